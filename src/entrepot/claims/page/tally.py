"""How many figures and dates a report has and what became of each: a count that adds up, and the line made of it."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.contract import VERDICTS
from entrepot.claims.mentions.headed import heads
from entrepot.claims.mentions.mentions import of_report
from entrepot.core.words.translate import WordsBy, ntr, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.claims.mentions.mention import Mention
    from entrepot.claims.model import Claim, Report

# What an editor looks at first; of several verdicts on one figure the first of these counts.
LIKELY = "likely"  # called right by a row that is only most likely the one meant
FIRST = (
    "contradicts",
    "differs",
    "superseded",
    "imprecise",
    "no_record",
    "unread",
    "consistent",
    LIKELY,
    *VERDICTS[:2],
)
PERIOD, OPEN, NUMBER, WITHIN = "period", "not judged", "numbering", "contradicts within"
# In the order in which they are said: what there is to look at stands first.
_COUNTED = WordsBy(
    {
        "contradicts": ("contradicts it", "contradict it"),
        WITHIN: ("contradicts another claim of the report", "contradict another claim of the report"),
        "differs": ("differs from rows near it (look)", "differ from rows near them (look)"),
        "superseded": ("is superseded", "are superseded"),
        "imprecise": ("is imprecise", "are imprecise"),
        "agrees": ("agrees", "agree"),
        "agrees_within_rounding": ("agrees within rounding", "agree within rounding"),
        LIKELY: ("most likely agrees (see its row)", "most likely agree (see their rows)"),
        "consistent": ("is consistent with it", "are consistent with it"),
        "no_record": ("is not on record", "are not on record"),
        "unread": ("was not read", "were not read"),
        PERIOD: (
            "is the period of another figure or the day of publication",
            "are periods of other figures or the day of publication",
        ),
        OPEN: ("is not judged", "are not judged"),
    }
)
_BASES = WordsBy({"given": "as given", "metadata": "from the file", "weak_metadata": "from the file, weakly"})


@dataclass(frozen=True, slots=True)
class Tally:
    """What became of the figures and dates of a report.

    Attributes:
        became: of each mention, in their order: a verdict, `PERIOD`, `OPEN` or `NUMBER`.
        mentions: the mentions.
        statements: claims without a figure or date, by verdict.
    """

    mentions: tuple[Mention, ...]
    became: tuple[str, ...]
    statements: tuple[str, ...]

    @property
    def figures(self) -> int:
        """Figures and dates."""
        return sum(b != NUMBER for b in self.became)

    @property
    def counts(self) -> dict[str, int]:
        """How many figures, dates and statements became what; they add up to all of them."""
        found = Counter([b for b in self.became if b != NUMBER] + list(self.statements))
        return {b: found[b] for b in _COUNTED if found[b]}

    @property
    def verdicts(self) -> dict[str, int]:
        """The counts as they are shown, whatever it is that contradicts; what an editor looks at stands first."""
        found = Counter(self.counts)
        found[FIRST[0]] += found.pop(WITHIN, 0)
        return {v: found[v] for v in _COUNTED if v in FIRST and found[v]}


def tally(report: Report, claims: Sequence[Claim]) -> Tally:
    """What became of each figure and date.

    Args:
        report: as opened.
        claims: judged.
    """
    found = tuple(of_report(report))
    starts = [m.start for m in found]
    became: dict[int, str] = {}
    statements: list[str] = []
    spoken: dict[int, set[tuple[str | None, str | None]]] = defaultdict(set)
    for claim in sorted(claims, key=lambda c: FIRST.index(shown_as(c))):
        met = _met(found, starts, claim)
        if all(_numbers(found[i]) for i in met):
            statements.append(_word(claim))
        for i in met:
            became.setdefault(i, _word(claim))
            spoken[found[i].sentence] |= {(claim.period_start, claim.period_end), (claim.base_start, claim.base_end)}
    headings = _of_heads(report, starts)
    words = (
        NUMBER
        if _numbers(m)
        else became.get(i) or (PERIOD if i in headings and m.kind == "date" else _without(m, spoken, report))
        for i, m in enumerate(found)
    )
    return Tally(found, tuple(words), tuple(statements))


def _of_heads(report: Report, starts: list[int]) -> frozenset[int]:
    """The mentions in the heads of tables: they say of when the figures below and beside them are."""
    begun = heads(report)
    held = (b for b in report.blocks if b.start in begun)
    return frozenset(i for b in held for i in range(bisect_left(starts, b.start), bisect_left(starts, b.end)))


def _met(found: Sequence[Mention], starts: list[int], claim: Claim) -> list[int]:
    """The mentions that lie in the span of a claim."""
    first = max(0, bisect_left(starts, claim.span_start) - 1)
    last = bisect_left(starts, claim.span_end)
    return [i for i in range(first, last) if found[i].end > claim.span_start]


def _numbers(one: Mention) -> bool:
    """Whether a number says neither how much nor when."""
    return one.kind == "ordinal" and one.form != "hour"


def _without(one: Mention, spoken: Mapping[int, set[tuple[str | None, str | None]]], report: Report) -> str:
    if one.kind == "date" and one.first is not None and one.last is not None:
        days = (one.first.isoformat(), one.last.isoformat())
        if days in spoken.get(one.sentence, ()) or one.first == one.last == report.published:
            return PERIOD
    return OPEN


def summary(report: Report, claims: Sequence[Claim], as_of: str | None = None) -> str:
    """One line that an editor can quote; its numbers add up."""
    found = tally(report, claims)
    day = tr("of unknown date")
    if report.published:
        day = tr("published {published} ({basis})", published=report.published, basis=_basis(report))
    counts = found.counts
    if not counts:
        return tr("No checkable figure or dated event found in this report, {day}.", day=day)
    against = tr("the record as of {as_of}", as_of=as_of) if as_of else tr("the record")
    what = ntr(found.figures, "{n} figure or date", "{n} figures and dates", n=found.figures)
    if others := len(found.statements):
        what = ntr(others, "{what} and {n} statement", "{what} and {n} statements", what=what, n=others)
    parts = ", ".join(f"{n} {_COUNTED[b][n > 1]}" for b, n in counts.items())
    said = tr("{what}, {day}, held against {against}: {parts}.", what=what, day=day, against=against, parts=parts)
    numbering = len(found.became) - found.figures
    if not numbering:
        return said
    tail = ntr(
        numbering,
        "{n} number of items, articles, laws and names not counted.",
        "{n} numbers of items, articles, laws and names not counted.",
        n=numbering,
    )
    return f"{said} {tail}"


def _word(claim: Claim) -> str:
    """The verdict, told apart where a claim contradicts the report itself and not the record."""
    against = claim.against or ()
    itself = claim.verdict == FIRST[0] and bool(against) and all(a.startswith("c-") for a in against)
    return WITHIN if itself else shown_as(claim)


def shown_as(claim: Claim) -> str:
    """What a claim is shown as: its verdict, or that it agrees most likely, where its row is not surely the one meant.

    What is not true any more is shown as that, however likely.
    """
    likely = claim.certainty == LIKELY and claim.verdict in VERDICTS[:2]
    return LIKELY if likely else str(claim.verdict)


def _basis(report: Report) -> str:
    known = _BASES.get(report.published_basis)
    return known or tr("inferred: {basis}", basis=report.published_basis.replace("_", " "))
