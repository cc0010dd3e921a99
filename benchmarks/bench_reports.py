"""Real reports held against the record: what the reader makes of claims that were labelled before it saw them.

    python benchmarks/bench_reports.py FOLDER                     every set, by kind and language, with the bars
    python benchmarks/bench_reports.py FOLDER --set second        one of the sets below
    python benchmarks/bench_reports.py FOLDER --by source         by another column of reports.csv
    python benchmarks/bench_reports.py FOLDER --baseline          beside a reader without grammar
    python benchmarks/bench_reports.py FOLDER --failures          with a table of failures by class, never a text
    python benchmarks/bench_reports.py FOLDER --set seen --show   with each claim that is not judged rightly
    python benchmarks/bench_reports.py FOLDER --changed           the figures that agree, changed as a person errs

The sets: those of `SETS` in `real_reports/report_labels.py`; what ends in "seen", "unseen" aside, is open.

FOLDER holds the texts as `<report>.txt`, in it or in folders of it; a text that is not there, or is not the one that
was labelled, is counted as absent. Labels and their rules: `tests/claims/reports/README.md`. `--show` is refused for
the sets set aside: whoever mends the reader does not look at them.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from real_reports.report_baseline import read_without_grammar
from real_reports.report_changes import KINDS, changed_texts
from real_reports.report_failures import Failures
from real_reports.report_labels import (
    LABELS,
    NO_CLAIM,
    OPEN,
    SETS,
    labels_of,
    placed,
    read,
    reports_of,
    rows_of,
    text_of,
)
from real_reports.report_score import (
    FIRST,
    Said,
    Score,
    agrees_rightly,
    bars,
    left_alone,
    meets,
    right_row,
    right_verdict,
    said_of,
    share,
    shares,
    verdicts,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from real_reports.report_labels import Row

__all__ = [
    "LABELS",
    "SETS",
    "Said",
    "Score",
    "agrees_rightly",
    "left_alone",
    "right_row",
    "right_verdict",
    "rows_of",
    "said_of",
    "verdicts",
]
SEED = 2027  # of the changes, another than that of the fit
COLUMNS = ("kind", "language", "source", "round")
_OPENLY = " or ".join(OPEN)


@dataclass
class Measured:
    """The scores of a set: over all, and by the values of its columns."""

    whole: Score = field(default_factory=Score)
    parts: dict[str, dict[str, Score]] = field(default_factory=dict)
    failures: Failures = field(default_factory=Failures)

    def of(self, report: Row) -> Iterator[Score]:
        """The scores that a report counts for."""
        yield self.whole
        for column, values in self.parts.items():
            yield values.setdefault(report[column] or "none", Score())

    def named(self) -> Iterator[tuple[str, Score]]:
        """The scores by name, those over all last."""
        for values in self.parts.values():
            yield from sorted(values.items())
        yield "all", self.whole


def measured(
    name: str,
    folder: Path,
    columns: Iterable[str] = (),
    *,
    baseline: bool = False,
    show: bool = False,
) -> Measured:
    """The scores of a set."""
    out = Measured(parts={column: {} for column in columns})
    for report in reports_of(name):
        path = text_of(folder, report)
        scores = list(out.of(report))
        for score in scores:
            score.reports += 1
            score.absent += path is None
        if path is None:
            continue
        claims, mentions, moved = _read(path, report, baseline=baseline)
        labels = [placed(row, moved) for row in labels_of(name).get(report["report"], [])]
        elsewhere = sum(c["verdict"] == "contradicts" and not meets(c, labels) for c in claims)
        for score in scores:
            score.mentions += mentions
            score.red_elsewhere += elsewhere
        for label in labels:
            said = said_of(label, claims)
            out.failures.add(label, said)
            for score in scores:
                score.add(label, said)
            if show and label["verdict"] != NO_CLAIM and not right_verdict(label, said):
                print(_missed(label, said))
    return out


def _read(path: Path, report: Row, *, baseline: bool) -> tuple[Sequence[Mapping[str, object]], int, Mapping[int, int]]:
    if not baseline:
        return read(path, report)
    claims = read_without_grammar(path)
    return claims, len(claims), {}


def _missed(label: Row, said: Said) -> str:
    shown = ", ".join(said.offered[:FIRST]) or "none"
    asked = f"{label['verdict']} ({label['rows'] or 'none'})"
    return f"  {label['claim']} {label['printed']!r}: {asked}, said {said.verdict} ({shown})"


def printed(name: str, scores: Sequence[tuple[str, Score]]) -> str:
    """The table of a set."""
    lines = [f"{name}: {SETS[name]}"]
    for value, score in scores:
        lines.append(
            f"{value}: {score.reports} reports ({score.absent} absent), {score.mentions} mentions, "
            f"{score.claims} claims, {score.wrong_red} wrong contradicts, "
            f"{score.red_elsewhere} contradicts of unlabelled figures"
        )
        lines += [f"    {what:38} {share(*of)}" for what, of in shares(score).items()]
        held = {bar: met for bar, met in bars(score).items() if met is not None}
        lines.append("    bars: " + ("; ".join(f"{b} {'met' if m else 'missed'}" for b, m in held.items()) or "none"))
    named = dict(scores)
    if "law firm" in named and "wire" in named:
        law, wire = (named[kind].judged / max(1, named[kind].claims) for kind in ("law firm", "wire"))
        lines.append(f"law firms no worse than wires: {'met' if law >= wire else 'missed'} ({law:.2f}, {wire:.2f})")
    whole = scores[-1][1]
    words = sorted({said for _, said in whole.said})
    lines.append(f"{'label':14}" + "".join(f"{w:>14}" for w in words))
    for label in sorted({label for label, _ in whole.said}):
        lines.append(f"{label:14}" + "".join(f"{whole.said[label, w]:>14}" for w in words))
    return "\n".join(lines)


def beside(name: str, reader: Score, baseline: Score) -> str:
    """The reader's figures over a set beside those of the reader without grammar."""
    lines = [f"{name}: {'reader':42}{'without grammar'}"]
    theirs = shares(baseline)
    lines += [f"    {what:38} {share(*of):32} {share(*theirs[what])}" for what, of in shares(reader).items()]
    return "\n".join(lines)


def of_changed(name: str, folder: Path) -> str:
    """Of figures that agreed, what is said once they are changed in the text, by kind of change."""
    random = Random(SEED)
    said_of_kind: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with TemporaryDirectory() as scratch:
        for report in reports_of(name):
            path = text_of(folder, report)
            if path is None:
                continue
            labels = [row for row in labels_of(name).get(report["report"], []) if row["verdict"] == "agrees"]
            claims, _, moved = read(path, report)
            copy = Path(scratch) / path.name
            for text, changes in changed_texts(path.read_text(encoding="utf-8"), labels, random):
                copy.write_text(text, encoding="utf-8")
                again, _, moved_again = read(copy, report)
                for before, after, kind in changes:
                    if said_of(placed(before, moved), claims).verdict != "agrees":
                        continue
                    said = said_of(placed(after, moved_again), again)
                    shown = bool({*before["rows"].split()} & {*said.offered[:FIRST]})
                    for held in (said_of_kind[kind], said_of_kind["all"]):
                        held.update({"changed": 1, said.verdict: 1, "the row is shown": shown})
    lines = [f"{name}: figures and dates that agreed, changed in the text"]
    for kind in (*KINDS, "all"):
        held = said_of_kind[kind]
        looked = held["contradicts"] + held["differs-look"]
        lines += [
            f"{kind}: {held['changed']} changed, {held['contradicts']} contradicts",
            f"    shown as a difference                  {share(looked, held['changed'])}",
            f"    the row among the first three          {share(held['the row is shown'], held['changed'])}",
            f"    agrees still                           {share(held['agrees'], held['changed'])}",
        ]
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the texts lie")
    parser.add_argument("--set", "--half", dest="set", choices=(*SETS, "all"), default="all")
    parser.add_argument("--by", choices=COLUMNS, action="append", help="kind and language unless said")
    parser.add_argument("--baseline", action="store_true", help="beside number, unit, place words and year alone")
    parser.add_argument("--changed", action="store_true", help="the figures that agree, changed as a person errs")
    parser.add_argument("--failures", action="store_true", help="failures by class, no text")
    parser.add_argument("--show", action="store_true", help=f"each claim not judged rightly; of {_OPENLY} only")
    asked = parser.parse_args(arguments)
    if asked.show and asked.set not in OPEN:
        parser.error(f"--show is for --set {_OPENLY} only: the others are set aside")
    for name in SETS if asked.set == "all" else (asked.set,):
        if asked.changed:
            print(of_changed(name, asked.folder))
            continue
        found = measured(name, asked.folder, asked.by or COLUMNS[:2], show=asked.show)
        print(printed(name, list(found.named())))
        if asked.failures:
            print("\n".join(found.failures.lines()))
        if asked.baseline:
            print(beside(name, found.whole, measured(name, asked.folder, baseline=True).whole))


if __name__ == "__main__":
    main()
