"""Give damaged files to every reader of lists, parties, flows and reports, and say which of them break.

    make fuzz                                        5,000 damaged files of each kind of reader
    make fuzz FUZZ_OPTIONS='--each 5000'             5,000 of each reader
    make fuzz FUZZ_OPTIONS='--readers un-xml'        one reader
    make fuzz FUZZ_OPTIONS='--case un-xml:1234'      one case again; its file and what it does lie in out/fuzz

A file is read, or refused by an error of ours; any other error, a file that is read otherwise in blocks than held, more
than ten seconds of the processor, more than 1 GB, a temporary file left behind or a process that dies is a fault: it is
saved in out/fuzz with its traceback, and the exit code is 1. See docs/design/34-fuzzing.md.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "scripts")]

from fuzz.cases import case, seeds, shelf  # noqa: E402
from fuzz.pool import Asked, run  # noqa: E402
from fuzz.readers import KINDS, readers  # noqa: E402

if TYPE_CHECKING:
    from fuzz.pool import Tally
    from fuzz.verdict import Verdict

_MANY = 5_000  # damaged files of each kind of reader
_BY_COMMAND = 200  # one case in so many goes through the command line too, which takes a second or two
_SAVED = 3  # cases that are saved of one fault
_PROGRESS = 10.0  # seconds between two lines of progress


class Saved:
    """Keeps the cases of faults, and says how far the run is."""

    def __init__(self, out: Path, place: Path | None, count: int) -> None:
        self.faults: Counter[tuple[str, str, str]] = Counter()
        self._out, self._shelf, self._count = out, place, count
        self._done, self._said, self._began = 0, time.monotonic(), time.monotonic()

    def take(self, asked: Asked, found: Verdict) -> None:
        """One more verdict."""
        self._done += 1
        if found.is_fault:
            key = (asked.reader, found.kind, found.place or found.what[:60])
            self.faults[key] += 1
            if self.faults[key] <= _SAVED:
                self._save(asked, found)
        if time.monotonic() - self._said > _PROGRESS:
            self._said = time.monotonic()
            took = self._said - self._began
            print(f"{self._done:,} of {self._count:,} in {took:.0f} s, {self.faults.total()} faults", file=sys.stderr)

    def _save(self, asked: Asked, found: Verdict) -> None:
        one = case(asked.reader, asked.number, seeds(self._shelf)[asked.reader])
        folder = self._out / f"{asked.reader}-{asked.number}"
        one.lay(folder)
        text = f"{found.kind}: {found.what}\n{found.place}\ndamage: {', '.join(one.done)}\n\n{found.trace}"
        (folder / "fault.txt").write_text(text, encoding="utf-8", errors="backslashreplace")
        print(f"{asked.reader}:{asked.number} {found.kind}: {found.what[:200]}", flush=True)


def _asked(options: argparse.Namespace) -> list[Asked]:
    if options.case:
        name, _, number = options.case.partition(":")
        return [Asked(name, int(number)), Asked(name, int(number), by_command=True)]
    known = {n: r for n, r in readers().items() if n in seeds(None) and (not options.readers or n in options.readers)}
    found = []
    for kind in KINDS:
        names = [n for n, r in known.items() if r.kind == kind]
        each = options.each or -(-options.mutations // max(1, len(names)))
        for name in names:
            for number in range(options.start, options.start + each):
                found.append(Asked(name, number))
                if options.by_command and not number % options.by_command:
                    found.append(Asked(name, number, by_command=True))
    return found


def _table(tallies: dict[str, Tally]) -> str:
    heads = ("reader", "cases", "read", "refused", "faults", "by command", "ms a case", "slowest s", "most MB")
    rows: list[tuple[str, ...]] = [heads]
    for name, t in tallies.items():
        cases = t.verdicts.total()
        each = f"{1000 * t.seconds / max(1, cases - t.commands):.0f}"
        read, refused = t.verdicts["read"], t.verdicts["refused"]
        counts = (cases, read, refused, t.faults, t.commands, each, f"{t.slowest:.1f}", f"{t.memory / 1e6:.0f}")
        rows.append((name, *map(str, counts)))
    widths = [max(len(r[i]) for r in rows) for i in range(len(heads))]
    return "\n".join("  ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in rows)


def main() -> int:
    """Fuzz; the exit code."""
    described = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=described)
    parser.add_argument("--mutations", type=int, default=_MANY, help="damaged files of each kind of reader")
    parser.add_argument("--each", type=int, default=0, help="damaged files of each reader, in place of that")
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    parser.add_argument("--readers", nargs="*", default=[], help="only these")
    parser.add_argument("--case", default="", help="READER:NUMBER, one case again")
    parser.add_argument("--by-command", type=int, default=_BY_COMMAND, help="one in so many, 0 for none")
    parser.add_argument("--without-shelf", action="store_true", help="seeds constructed here alone, as the tests do")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path, default=Path("out/fuzz"))
    options = parser.parse_args()
    place = None if options.without_shelf else shelf()
    asked = _asked(options)
    if options.case:
        case(asked[0].reader, asked[0].number, seeds(place)[asked[0].reader]).lay(options.out / options.case)
    saved = Saved(options.out, place, len(asked))
    print(_table(run(asked, place, options.jobs, saved.take)))
    for (reader, kind, where), count in sorted(saved.faults.items()):
        print(f"{count} x {reader}: {kind}, {where}")
    print(
        f"{saved.faults.total()} faults of {len(asked):,} cases, seeds {'with' if place else 'without'} the data shelf"
    )
    return 1 if saved.faults else 0


if __name__ == "__main__":
    sys.exit(main())
