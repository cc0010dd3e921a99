"""What counts as right for a labelled claim, the counts over many, and the bars they are held against."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from real_reports.report_labels import NO_CLAIM
from screening.metrics import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from real_reports.report_labels import Row

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
# What was asked of the half set aside when the reader was rebuilt around evidence; see docs/design/13-claims.md.
ROW_BAR = 0.85
VERDICT_BAR = 0.65
AGREES_BAR = 0.98
ERRORS_BAR = 0.5
_ROW = re.compile(r"\b(?:[A-Z]\d{3,4}|batch-[\w-]*\w|[a-z][a-z0-9-]+/[a-z][a-z0-9-]+)\b")


@dataclass(frozen=True)
class Said:
    """What the reader says of one labelled claim.

    Attributes:
        verdict: a word of the labels, `unread` or `dropped`.
        rests_on: the rows that the verdict rests on.
        offered: the rows that a person is shown, the best first.
        reason: why it was not read.
        likely: whether it is shown as likely alone: its row may be of something near.
    """

    verdict: str
    rests_on: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    reason: str = ""
    likely: bool = False


@dataclass
class Score:
    """Counts over reports of one set and kind."""

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
    likely: int = 0
    wrong_likely: int = 0
    errors: int = 0
    errors_shown: int = 0
    showable: int = 0
    showable_shown: int = 0
    no_claims: int = 0
    left_alone: int = 0
    said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, label: Row, said: Said) -> None:
        """Count one claim, or one number that is none."""
        if label["verdict"] == NO_CLAIM:
            self.no_claims += 1
            self.left_alone += left_alone(said)
            return
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
            self.likely += said.likely
            self.wrong_likely += said.likely and not agrees_rightly(label, said)
        if label["text_error"] == "yes":
            self.errors += 1
            self.errors_shown += said.verdict in LOOK
            if LOOK & allowed:
                self.showable += 1
                self.showable_shown += said.verdict in LOOK


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


def left_alone(said: Said) -> bool:
    """Whether nothing is said of a number that is no claim, and no row is shown for it."""
    return said.verdict in {DROPPED, "unread", "no_record"} and not said.offered


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
    offered = tuple(dict.fromkeys((*rests_on, *more)))
    likely = best.get("certainty") == "likely"
    return Said(SAYS[str(best["verdict"])], rests_on, offered, str(best.get("unread_reason") or ""), likely)


def meets(claim: Mapping[str, object], labels: Sequence[Row]) -> bool:
    """Whether a claim of the reader is of a figure that was labelled as a claim."""
    first, last = _span(claim)
    return any(first < int(row["end"]) and int(row["start"]) < last for row in labels if row["verdict"] != NO_CLAIM)


def _span(claim: Mapping[str, object]) -> tuple[int, int]:
    return int(str(claim["span_start"])), int(str(claim["span_end"]))


def _ids(value: object) -> tuple[str, ...]:
    return tuple(i for i in value if not i.startswith("c-")) if isinstance(value, list) else ()


def shares(score: Score) -> dict[str, tuple[int, int]]:
    """What is printed of a score: hits and of how many."""
    return {
        "right row in first 3, or none": (score.offered, score.claims),
        "judged rightly": (score.judged, score.claims),
        "the same, unread as no_record": (score.judged + score.unread, score.claims),
        "wrong contradicts of claims": (score.wrong_red, score.claims),
        "right of all contradicts": (score.red - score.wrong_red, score.red),
        "right of all agrees": (score.agree - score.wrong_agree, score.agree),
        "right of those shown as sure": (
            score.agree - score.likely - score.wrong_agree + score.wrong_likely,
            score.agree - score.likely,
        ),
        "errors of the texts shown": (score.errors_shown, score.errors),
        "of those that the record can show": (score.showable_shown, score.showable),
        "numbers that are no claim, left alone": (score.left_alone, score.no_claims),
    }


def bars(score: Score) -> dict[str, bool | None]:
    """Whether each bar is met; None: there is nothing to hold against it."""

    def reached(hits: int, of: int, bar: float) -> bool | None:
        return hits >= bar * of if of else None

    return {
        f"right row {ROW_BAR}": reached(score.offered, score.claims, ROW_BAR),
        f"judged {VERDICT_BAR}": reached(score.judged, score.claims, VERDICT_BAR),
        "no wrong red": score.wrong_red == 0 if score.claims else None,
        f"agrees {AGREES_BAR}": reached(score.agree - score.wrong_agree, score.agree, AGREES_BAR),
        f"errors shown {ERRORS_BAR}": reached(score.showable_shown, score.showable, ERRORS_BAR),
    }


def share(hits: int, of: int) -> str:
    """A share with its 95 % interval, as Wilson gives it."""
    if not of:
        return "none"
    low, high = wilson(hits, of)
    return f"{hits / of:.2f} [{low:.2f}, {high:.2f}] {hits}/{of}"
