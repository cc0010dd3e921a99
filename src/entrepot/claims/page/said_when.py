"""The dates that only say of when: rows of the table, so that each figure and date of a report has one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims.mentions.mentions import read_report
from entrepot.claims.model import Claim, identified
from entrepot.claims.page.tally import OPEN, PERIOD, tally
from entrepot.core.words.translate import in_english, marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.claims.mentions.mention import Mention
    from entrepot.claims.model import Report

QUANTITY = "period"  # what such a row is of: no quantity of the record
_BORNE_OUT = frozenset({"agrees", "agrees_within_rounding"})  # verdicts of a figure that its date shares
_SINCE = "since"  # form of a date that opens a stretch
_PART = "/"  # in the id of a part of a law, between the two
_BASE = marked("With when a figure is compared.")
_OF_REPORT = marked("The day of the report itself.")
_BESIDE = marked("Says of when the words beside it are.")
_BASES = frozenset({"stated", "relative"})  # others that a mention has are told as inferred
_LEFT = frozenset({PERIOD, OPEN})  # what became of a date that no claim is of


@in_english
def periods(report: Report, claims: Sequence[Claim]) -> list[Claim]:
    """The dates of a report that no claim is of, each with the figure that it is the period of.

    A date is judged with its figure: it stands on record where a row has the figure of then, and else is not judged.

    Args:
        report: as opened.
        claims: judged, in order.
    """
    counted = tally(report, claims)
    loose = [m for m, b in zip(counted.mentions, counted.became, strict=True) if m.kind == "date" and b in _LEFT]
    figures = _by_period(c for c in claims if c.value is not None and c.period_start)
    said = {line.start: report.text[line.start : line.end].strip() for line in read_report(report)}
    return [identified(_row(one, said.get(one.sentence, ""), figures, report), report.sha256) for one in loose]


def _by_period(figures: Iterable[Claim]) -> dict[tuple[str, str | None], list[Claim]]:
    out = defaultdict(list)
    for claim in figures:
        for day in dict.fromkeys((claim.period_start, claim.period_end)):
            out[claim.sentence, day].append(claim)
    return out


def _row(one: Mention, sentence: str, figures: Mapping[tuple[str, str | None], list[Claim]], report: Report) -> Claim:
    """The row of a date; the figure nearest to it in its sentence of which it says a day of the period has it."""
    first, last = (None if day is None else day.isoformat() for day in (one.first, one.last))
    found = [] if one.base else [*figures.get((sentence, first), ()), *figures.get((sentence, last), ())]
    near = min(found, key=lambda c: max(c.span_start - one.end, one.start - c.span_end), default=None)
    row = Claim(
        "c-" + 12 * "0", one.start, one.end, one.printed, sentence, quantity=QUANTITY, period_start=first,
        period_end=last, verdict="no_record", against=(), note=tr(_note(one, report)),
        period_basis=one.basis if one.basis in _BASES else "inferred" if first or last else "none",
    )  # fmt: skip
    if near is None:
        return row
    row = replace(row, subject_kind=near.subject_kind, subject=near.subject)
    # A total bears out up to when it counts and not since when; the limit of a law, since when it holds.
    counted = one.form == _SINCE and not any(_PART in row_id for row_id in near.against or ())
    if near.verdict not in _BORNE_OUT or counted:
        return replace(row, note=tr("Says of when “{figure}” is: see there.", figure=near.text))
    return replace(
        row, verdict=near.verdict, certainty=near.certainty, against=near.against, offered=near.offered,
        note=tr("Says of when “{figure}” is, and is judged with it.", figure=near.text),
    )  # fmt: skip


def _note(one: Mention, report: Report) -> str:
    if one.base:
        return _BASE
    return _OF_REPORT if one.first == one.last == report.published is not None else _BESIDE
