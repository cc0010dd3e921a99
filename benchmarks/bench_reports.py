"""Real reports held against the record: what the reader makes of claims that were labelled before it saw them.

    python benchmarks/bench_reports.py FOLDER                  both halves, by kind
    python benchmarks/bench_reports.py FOLDER --half seen      one half
    python benchmarks/bench_reports.py FOLDER --by language    by another column of reports.csv
    python benchmarks/bench_reports.py FOLDER --half seen --show   with each claim that is not judged rightly

FOLDER holds the texts as `<report>.txt`, in it or in folders of it; a text that is not there, or is not the one that
was labelled, is counted as absent. Labels and their rules: `tests/claims/reports/README.md`. `--show` is refused for
the half set aside: whoever mends the reader does not look at it.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from screening.metrics import wilson

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LABELS = Path(__file__).resolve().parents[1] / "tests" / "claims" / "reports"
HALVES = ("seen", "unseen")
_REACH = 24  # characters that a reader may have left out in a row: blanks, the mark of an item
FIRST = 3  # rows that a person looks at
# What the reader says, as the labels have it. A right fact under a wrong word or scope asks a person to look.
SAYS = {
    "agrees": "agrees",
    "agrees_within_rounding": "agrees",
    "superseded": "agrees",
    "consistent": "derivable",
    "contradicts": "contradicts",
    "differs": "differs-look",
    "imprecise": "differs-look",
    "no_record": "no_record",
    "unread": "unread",
}
DROPPED = "dropped"  # no claim of the reader meets the figure
BORNE_OUT = frozenset({"agrees", "derivable"})
LOOK = frozenset({"contradicts", "differs-look"})
_ROW = re.compile(r"\b(?:[A-Z]\d{3,4}|batch-[\w-]*\w|[a-z][a-z0-9-]+/[a-z][a-z0-9-]+)\b")

Row = dict[str, str]


@dataclass(frozen=True)
class Said:
    """What the reader says of one labelled claim.

    Attributes:
        verdict: a word of the labels, `unread` or `dropped`.
        rests_on: the rows that the verdict rests on.
        offered: the rows that a person is shown, the best first.
    """

    verdict: str
    rests_on: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()


@dataclass
class Score:
    """Counts over reports of one half and kind."""

    reports: int = 0
    absent: int = 0
    mentions: int = 0
    claims: int = 0
    offered: int = 0
    judged: int = 0
    unread: int = 0
    red: int = 0
    wrong_red: int = 0
    red_elsewhere: int = 0
    agree: int = 0
    wrong_agree: int = 0
    errors: int = 0
    errors_shown: int = 0
    showable: int = 0
    showable_shown: int = 0
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, label: Row, said: Said) -> None:
        """Count one claim."""
        allowed = verdicts(label)
        self.claims += 1
        self.offered += right_row(label, said)
        self.judged += right_verdict(label, said)
        self.unread += said.verdict == "unread" and "no_record" in verdicts(label)
        self.said[label["verdict"], said.verdict] += 1
        if said.verdict == "contradicts":
            self.red += 1
            self.wrong_red += "contradicts" not in allowed
        if said.verdict == "agrees":
            self.agree += 1
            self.wrong_agree += not agrees_rightly(label, said)
        if label["text_error"] == "yes":
            self.errors += 1
            self.errors_shown += said.verdict in LOOK
            if LOOK & allowed:
                self.showable += 1
                self.showable_shown += said.verdict in LOOK


def rows_of(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def verdicts(label: Row) -> frozenset[str]:
    """The verdicts that count as right for a claim."""
    return frozenset({label["verdict"], *label["also"].split()})


def right_row(label: Row, said: Said) -> bool:
    """Whether a right row stands among the first that are shown; where there is none, whether none is shown."""
    right = set(label["rows"].split())
    shown = said.offered[:FIRST]
    if right & set(shown):
        return True
    return not shown and (not right or "no_record" in verdicts(label)) and said.verdict != DROPPED


def right_verdict(label: Row, said: Said) -> bool:
    """Whether the verdict is one that counts, and rests on a right row where it says that the record has one."""
    if said.verdict not in verdicts(label):
        return False
    right = set(label["rows"].split())
    return said.verdict == "no_record" or not right or bool(right & set(said.rests_on))


def agrees_rightly(label: Row, said: Said) -> bool:
    """Whether an agreement is of a claim that the record bears out, with a right row behind it."""
    return bool(BORNE_OUT & verdicts(label)) and bool(set(label["rows"].split()) & set(said.rests_on))


def said_of(label: Row, found: Sequence[Mapping[str, object]]) -> Said:
    """What the reader says of a labelled claim: of the claims that meet its span the red one, else the closest."""
    start, end = int(label["start"]), int(label["end"])
    met = [c for c in found if _span(c)[0] < end and start < _span(c)[1]]
    if not met:
        return Said(DROPPED)

    def closest(claim: Mapping[str, object]) -> tuple[bool, int, int]:
        first, last = _span(claim)
        shared = min(last, end) - max(first, start)
        return claim["verdict"] != "contradicts", -shared, last - first

    best = min(met, key=closest)
    rests_on = _ids(best.get("against"))
    more = _ids(best.get("offered")) or tuple(_ROW.findall(str(best.get("note") or "")))
    return Said(SAYS[str(best["verdict"])], rests_on, tuple(dict.fromkeys((*rests_on, *more))))


def _span(claim: Mapping[str, object]) -> tuple[int, int]:
    return int(str(claim["span_start"])), int(str(claim["span_end"]))


def _ids(value: object) -> tuple[str, ...]:
    return tuple(i for i in value if not i.startswith("c-")) if isinstance(value, list) else ()


def read(folder: Path, report: Row) -> tuple[list[Mapping[str, object]], int, Mapping[int, int]] | None:
    """The reader's claims of a report, its mentions, and where characters of the file stand in the text as read.

    None: the text is absent or another one. A reader joins lines and leaves out blanks, so that offsets move.
    """
    from entrepot.claims.check import check

    path = next(iter(sorted(folder.rglob(f"{report['report']}.txt"))), None)
    if path is None or hashlib.sha256(path.read_bytes()).hexdigest() != report["text_sha256"]:
        return None
    checked = check(path, published=report["published"] or None)
    mentions: Mapping[str, int] = getattr(checked, "mentions", {})
    moved = moved_in(path.read_text(encoding="utf-8"), checked.report.text)
    return checked.claims.to_pylist(), sum(mentions.values()) or len(checked.found), moved


def moved_in(printed: str, text: str) -> dict[int, int]:
    """Of each character of a file that is no blank, where it stands in the text as read."""
    moved, at = {}, 0
    for i, char in enumerate(printed):
        if not char.isspace():
            found = text.find(char, at, at + _REACH)
            if found >= 0:
                moved[i], at = found, found + 1
    return moved


def placed(label: Row, moved: Mapping[int, int]) -> Row:
    """A label with the offsets that its figure has in the text as read."""
    start, end = int(label["start"]), int(label["end"])
    first, last = moved.get(start, start), moved.get(end - 1, end - 1)
    return label | {"start": str(first), "end": str(last + 1)}


@cache
def labels_of(half: str) -> dict[str, list[Row]]:
    """The labels of a half by report."""
    out: dict[str, list[Row]] = {}
    for row in rows_of(LABELS / f"{half}-labels.csv"):
        out.setdefault(row["report"], []).append(row)
    return out


def scored(
    reports: Iterable[Row], half: str, folder: Path, by: str, *, show: bool = False
) -> Iterator[tuple[str, Score]]:
    """The scores of a half, one for each value of a column and one over all."""
    whole, parts = Score(), dict[str, Score]()
    for report in reports:
        if report["half"] != half:
            continue
        both = (whole, parts.setdefault(report[by] or "none", Score()))
        answer = read(folder, report)
        for score in both:
            score.reports += 1
            score.absent += answer is None
        if answer is None:
            continue
        claims, mentions, moved = answer
        labels = [placed(row, moved) for row in labels_of(half).get(report["report"], [])]
        elsewhere = sum(c["verdict"] == "contradicts" and not _labelled(c, labels) for c in claims)
        for score in both:
            score.mentions += mentions
            score.red_elsewhere += elsewhere
        for label in labels:
            said = said_of(label, claims)
            for score in both:
                score.add(label, said)
            if show and not right_verdict(label, said):
                print(_missed(label, said))
    yield from sorted(parts.items())
    yield "all", whole


def _labelled(claim: Mapping[str, object], labels: Iterable[Row]) -> bool:
    first, last = _span(claim)
    return any(first < int(row["end"]) and int(row["start"]) < last for row in labels)


def _missed(label: Row, said: Said) -> str:
    shown = ", ".join(said.offered[:FIRST]) or "none"
    asked = f"{label['verdict']} ({label['rows'] or 'none'})"
    return f"  {label['claim']} {label['printed']!r}: {asked}, said {said.verdict} ({shown})"


def shares(score: Score) -> dict[str, tuple[int, int]]:
    """What is printed of a score: hits and of how many."""
    return {
        "right row in first 3, or none": (score.offered, score.claims),
        "judged rightly": (score.judged, score.claims),
        "the same, unread as no_record": (score.judged + score.unread, score.claims),
        "wrong contradicts of claims": (score.wrong_red, score.claims),
        "right of all contradicts": (score.red - score.wrong_red, score.red),
        "right of all agrees": (score.agree - score.wrong_agree, score.agree),
        "errors of the texts shown": (score.errors_shown, score.errors),
        "of those that the record can show": (score.showable_shown, score.showable),
    }


def share(hits: int, of: int) -> str:
    """A share with its 95 % interval, as Wilson gives it."""
    if not of:
        return "none"
    low, high = wilson(hits, of)
    return f"{hits / of:.2f} [{low:.2f}, {high:.2f}] {hits}/{of}"


def printed(half: str, scores: Sequence[tuple[str, Score]]) -> str:
    """The table of a half."""
    lines = [f"{half} half"]
    for name, score in scores:
        lines.append(
            f"{name}: {score.reports} reports ({score.absent} absent), {score.mentions} mentions, "
            f"{score.claims} claims, {score.wrong_red} wrong contradicts, "
            f"{score.red_elsewhere} contradicts of unlabelled figures"
        )
        lines += [f"    {what:34} {share(*of)}" for what, of in shares(score).items()]
    whole = scores[-1][1]
    words = sorted({said for _, said in whole.said})
    lines.append(f"{'label':14}" + "".join(f"{w:>14}" for w in words))
    for label in sorted({label for label, _ in whole.said}):
        lines.append(f"{label:14}" + "".join(f"{whole.said[label, w]:>14}" for w in words))
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", type=Path, help="where the texts lie")
    parser.add_argument("--half", choices=(*HALVES, "both"), default="both")
    parser.add_argument(
        "--by",
        choices=("kind", "language", "source", "round"),
        default="kind",
        help="source: whether the record has it",
    )
    parser.add_argument("--show", action="store_true", help="each claim not judged rightly; the seen half only")
    asked = parser.parse_args(arguments)
    if asked.show and asked.half != "seen":
        parser.error("--show is for --half seen only: the other half is set aside")
    reports = [
        row | {"source": "source" if row["source_of_record"] else "no source"}
        for row in rows_of(LABELS / "reports.csv")
    ]
    for half in HALVES if asked.half == "both" else (asked.half,):
        print(printed(half, list(scored(reports, half, asked.folder, asked.by, show=asked.show))))


if __name__ == "__main__":
    main()
