"""What a report says against itself and the calendar: notes on claims, and rates that its levels do not bear out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.arithmetic import slips
from entrepot.claims.evidence.case import BORNE_OUT
from entrepot.claims.mentions.seen import NO_DAY
from entrepot.claims.text.unread_words import says, spans
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.model import Claim

_FUTURE = frozenset({"forecast", "planned", "scheduled", "rule"})  # what may end after publication
# Characters between a date and the weekday that is said of it: Tuesday, the 5th; May 17 (Friday); Sunday night, the 7th
_BESIDE = 18
_RECENT = timedelta(days=60)  # before publication: a day without its year is then of no other one
_LOOK = frozenset({"agrees", "no_record"})  # verdicts that a wrong weekday overturns: one of the two is in error
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def held_within(claims: Sequence[Claim], published: date | None, text: str) -> list[Claim]:
    """The claims with what stands against them in the report itself, in their order.

    Args:
        claims: held against the record.
        published: day of publication.
        text: the report's.
    """
    slipped = {c.claim_id: c for c in slips(claims, text)}
    return [_noted(slipped.get(c.claim_id, c), published, text) for c in claims]


def _noted(claim: Claim, published: date | None, text: str) -> Claim:
    if claim.unread_reason == NO_DAY:
        return replace(
            claim,
            verdict="differs",
            against=(),
            unread_reason=None,
            note=tr("No calendar has “{day}”: look.", day=claim.text),
        )
    late = _late(claim, published)
    weekday = _weekday(claim) if _is_beside(claim, published, text) else ""  # another may be that of the announcement
    if claim.verdict in _LOOK and weekday:
        claim = replace(claim, verdict="differs", certainty=None)
    notes = list(filter(None, (late, weekday)))
    return replace(claim, note=" ".join(filter(None, (claim.note, *notes)))) if notes else claim


def _late(claim: Claim, published: date | None) -> str:
    """That a period which is no forecast ends after publication; empty where it does not."""
    last = claim.period_end
    running = claim.period_basis in {"inferred", "relative"}  # of the other days only tomorrow lies ahead
    told = claim.status in _FUTURE or claim.verdict in BORNE_OUT  # what the record has of then too
    if published and last and not told and last > published.isoformat() and not running:
        return tr(
            "The period ends on {last}, after publication on {published}, and is no forecast.",
            last=last,
            published=published,
        )
    return ""


def _weekday(claim: Claim) -> str:
    """That a day has another weekday than the only one of its sentence; empty where it has not."""
    if claim.period_end and claim.period_start == claim.period_end:
        day = date.fromisoformat(claim.period_end)
        said = [i for i in range(7) if says(claim.sentence, f"weekday_{i}")]
        stated = re.search(rf"(?<!\d){day.day}(?!\d)", claim.sentence)
        if len(said) == 1 and stated and said[0] != day.weekday():
            return tr(
                "{day} was a {weekdays}, not a {weekdays_2}.",
                day=day,
                weekdays=_WEEKDAYS[day.weekday()],
                weekdays_2=_WEEKDAYS[said[0]],
            )
    return ""


def _is_beside(claim: Claim, published: date | None, text: str) -> bool:
    """Whether a weekday stands beside a day of a known year: printed, or that of a report of those days."""
    if claim.value is not None or not claim.period_end:
        return False
    since = published - date.fromisoformat(claim.period_end) if published else None
    recent = since is not None and timedelta() <= since <= _RECENT
    first = max(0, claim.span_start - _BESIDE)
    around = text[first : claim.span_end + _BESIDE]
    known = recent or re.search(r"\d{4}", claim.text) is not None
    start, end = claim.span_start - first, claim.span_end - first
    days = (day for i in range(7) for day in spans(around, f"weekday_{i}"))
    between = (around[b:start] if b <= start else around[end:a] if a >= end else "" for a, b in days)
    return known and any(not says(b, "parts_days") for b in between)  # from Sunday until 27 November
