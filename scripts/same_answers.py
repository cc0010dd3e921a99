"""Run the commands of Entrepot with two checkouts and compare what they answer, byte for byte.

    python scripts/same_answers.py BEFORE AFTER                    all commands, one line each
    python scripts/same_answers.py BEFORE AFTER --quick            without those that take long
    python scripts/same_answers.py BEFORE AFTER --only 'lists-*'   some scenes
    python scripts/same_answers.py BEFORE AFTER --allow allowed.toml

BEFORE and AFTER are folders that hold src/entrepot. Commands, inputs and what is substituted are described in
scripts/README.md. Exit codes: 0 the same, 1 a difference that is not allowed, 2 nothing could be compared.
"""

from __future__ import annotations

import argparse
import fnmatch
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from answers import comparing, inputs, running
from answers.comparing import Comparison, Verdict
from answers.running import Answer, Command, Scene, Side

ROOT = Path(__file__).resolve().parents[1]
VARIES = ROOT / "scripts" / "answers" / "varies.toml"  # what two runs of one checkout answer otherwise
SAME, DIFFERENT, REFUSED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Line:
    """One command on both sides."""

    scene: str
    command: Command
    before: Answer
    after: Answer
    verdict: Verdict

    @property
    def word(self) -> str:
        """The verdict; a command that ends otherwise than it has to compares nothing, even if both sides do so."""
        alike = self.verdict.word in {comparing.SAME, comparing.SUBSTITUTED}
        return "FAILS" if alike and self.after.code != self.command.ends else self.verdict.word


def main(given: Sequence[str] | None = None) -> int:
    """Compare, print the table, and say how it ended."""
    asked = _parser().parse_args(given)
    shared = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared").resolve()
    shelf = shared if (shared / "data").is_dir() else None
    chosen = [s for s in running.scenes() if fnmatch.fnmatchcase(s.name, asked.only)]
    if not chosen:
        print(f"no scene is called {asked.only!r}: {', '.join(s.name for s in running.scenes())}", file=sys.stderr)
        return REFUSED
    with tempfile.TemporaryDirectory(prefix="answers-") as folder:
        kept = Path(asked.keep or folder).resolve()
        sides = [Side(n, Path(t).resolve(), asked.python, kept / n) for n, t in _named(asked)]
        for side in sides:
            if wrong := running.check(side, Path(folder) / "check"):
                print(wrong, file=sys.stderr)
                return REFUSED
        try:
            allowed = [a for f in (VARIES, asked.allow) if f for a in comparing.allowances(f)]
        except (OSError, ValueError) as exc:
            print(exc, file=sys.stderr)
            return REFUSED
        comparison = Comparison(sides[0], sides[1], Path(folder) / "run", datetime.now(UTC), allowed)
        left_out = {s.name: "long" for s in chosen if asked.quick and s.long}
        left_out |= {s.name: f"needs {', '.join(m)}" for s in chosen if (m := s.missing(shelf))}
        shown = _compared([s for s in chosen if s.name not in left_out], comparison, shelf, asked.jobs)
        return _told(shown, comparison, left_out)


def _named(asked: argparse.Namespace) -> tuple[tuple[str, str], ...]:
    return ("before", asked.before), ("after", asked.after)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", metavar="BEFORE", help="a checkout")
    parser.add_argument("after", metavar="AFTER", help="the other one")
    parser.add_argument("--python", type=Path, default=Path(sys.executable), help="interpreter that runs both")
    parser.add_argument("--quick", action="store_true", help="leave out scenes that take long")
    parser.add_argument("--only", default="*", metavar="PATTERN", help="scenes to run, such as 'screen-*'")
    parser.add_argument("--allow", type=Path, metavar="FILE", help="differences that may be, each with a reason")
    parser.add_argument("--jobs", type=int, default=2, help="scenes run at a time, one command each; default: 2")
    parser.add_argument("--keep", metavar="FOLDER", help="keep what the commands wrote, in FOLDER")
    return parser


def _compared(chosen: list[Scene], comparison: Comparison, shelf: Path | None, jobs: int) -> Iterator[Line]:
    """The lines of the scenes in order, each as soon as it is there."""
    made = comparison.place / "inputs"
    made.parent.mkdir(parents=True, exist_ok=True)
    inputs.make(made, ROOT / "docs" / "examples", shelf)

    def both(scene: Scene) -> list[Line]:
        place = comparison.place / scene.name
        one, two = (running.run(scene, s, place, made, shelf) for s in (comparison.before, comparison.after))
        return [
            Line(scene.name, c, a, b, comparison.verdict(c.text, a, b))
            for c, a, b in zip(scene.commands, one, two, strict=True)
        ]

    with ThreadPoolExecutor(max(1, jobs)) as pool:
        for lines in pool.map(both, chosen):
            yield from lines


def _told(lines: Iterator[Line], comparison: Comparison, left_out: dict[str, str]) -> int:
    began = datetime.now(UTC)
    words: Counter[str] = Counter()
    substituted: Counter[str] = Counter()
    print(f"{'':8} {'before':>7} {'after':>7}  {'scene':18} command")
    for line in lines:
        words[line.word] += 1
        substituted.update(line.verdict.substituted)
        times = f"{line.before.seconds:6.1f}s {line.after.seconds:6.1f}s"
        print(f"{line.word:8} {times}  {line.scene:18} {line.command.text}", *_differences(line), sep="\n", flush=True)
    print(f"\n{sum(words.values())} commands: {', '.join(f'{n} {w}' for w, n in words.items())}.")
    for name, count in substituted.items():
        print(f"same*: substituted before comparing: {name}, {count} times.")
    for allowance in comparison.allowed:
        print(f"allowed: {allowance.reason}: {comparison.used[allowance.reason] or 'never met'}.")
    for name, why in left_out.items():
        print(f"not run: {name} ({why}).")
    ended = datetime.now(UTC)
    print(f"{(ended - began).total_seconds():.0f} seconds.")
    if ended.date() != began.date():
        print("The day changed in the middle: what is as of today may differ for that.")
    return DIFFERENT if words[comparing.DIFFERS] or words["FAILS"] else SAME


def _differences(line: Line) -> Iterator[str]:
    if line.word == "FAILS":
        yield f"         ended with {line.after.code}, not {line.command.ends}: {_last(line.after.stderr)}"
    for found in line.verdict.differences:
        allowed = f" (allowed: {'; '.join(found.reasons)})" if found.reasons else ""
        yield f"         {found.part}, line {found.line}{allowed}"
        yield f"         - {found.before}"
        yield f"         + {found.after}"


def _last(stderr: bytes) -> str:
    return (stderr.decode(errors="replace").strip().splitlines() or [""])[-1]


if __name__ == "__main__":
    sys.exit(main())
