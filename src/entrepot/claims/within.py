"""What a report says against itself and the calendar: notes on claims, and rates that its levels do not bear out."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.arithmetic import slips
from entrepot.claims.evidence.unread_words import says
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.model import Claim

_FUTURE = frozenset({"forecast", "planned", "scheduled", "rule"})  # what may end after publication
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def held_within(claims: Sequence[Claim], published: date | None, text: str) -> list[Claim]:
    """The claims with what stands against them in the report itself, in their order.

    Args:
        claims: held against the record.
        published: day of publication.
        text: the report's.
    """
    slipped = {c.claim_id: c for c in slips(claims, text)}
    return [_noted(slipped.get(c.claim_id, c), list(_notes(c, published))) for c in claims]


def _noted(claim: Claim, notes: list[str]) -> Claim:
    return replace(claim, note=" ".join(filter(None, (claim.note, *notes)))) if notes else claim


def _notes(claim: Claim, published: date | None) -> Iterator[str]:
    last = claim.period_end
    running = claim.period_basis == "inferred"
    if published and last and claim.status not in _FUTURE and last > published.isoformat() and not running:
        yield tr(
            "The period ends on {last}, after publication on {published}, and is no forecast.",
            last=last,
            published=published,
        )
    if claim.period_start and claim.period_start == last:
        day = date.fromisoformat(last)
        said = [i for i in range(7) if says(claim.sentence, f"weekday_{i}")]
        stated = re.search(rf"(?<!\d){day.day}(?!\d)", claim.sentence)
        if len(said) == 1 and stated and said[0] != day.weekday():
            yield tr(
                "{day} was a {weekdays}, not a {weekdays_2}.",
                day=day,
                weekdays=_WEEKDAYS[day.weekday()],
                weekdays_2=_WEEKDAYS[said[0]],
            )
