"""What a report says against itself and the calendar: notes on claims, and two figures for one thing."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from entrepot.claims.arithmetic import Slip, slips
from entrepot.claims.evidence.unread_words import says
from entrepot.claims.indexed.intervals import meet, printed
from entrepot.core import units
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.model import Claim

_FUTURE = frozenset({"forecast", "planned", "scheduled", "rule"})  # what may end after publication
_OPEN = frozenset({"no_record", "agrees", "agrees_within_rounding"})  # verdicts beside which a second figure is shown
_READ = frozenset({"stated", "relative"})  # bases of a period that the words of the sentence give
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LIST = re.compile(r"[^:.;]{0,60}:\s*([^:;()]{8,600}?)\.?$", re.DOTALL)
_BETWEEN = re.compile(r",\s*(?:and\s+)?|\s+and\s+|、|和")
_SUFFIX = re.compile(r",?\s*(?:Co\.?,?\s*Ltd\.?|Ltd\.?|Inc\.?|Corp\.?|LLC)")
# Beyond it two figures are of two things; between a part and a whole there is mostly more.
_COMPARABLE = 1.6
_MOST = 40  # claims of one thing that are held against one another


def held_within(claims: Sequence[Claim], published: date | None, text: str) -> list[Claim]:
    """The claims with what stands against them in the report itself, in their order.

    Args:
        claims: held against the record.
        published: day of publication.
        text: the report's.
    """
    pairs = dict(_two_figures(claims)) | {s.claim.claim_id: _slipped(s) for s in slips(claims, text)}
    return [_noted(pairs.get(c.claim_id, c), list(_notes(c, published))) for c in claims]


def _slipped(slip: Slip) -> Claim:
    """A figure that others of its passage do not bear out."""
    claim, told = slip.claim, f"{slip.working} {tr('The text says another: look.')}"
    if claim.verdict == "no_record":
        ids = tuple(o.claim_id for o in slip.others)
        return replace(claim, verdict="differs", against=ids, note=told)
    return replace(claim, note=f"{claim.note or ''} {told}".strip())


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
    if claim.unit == "entities" and claim.bound == "exact" and claim.value is not None:
        opened = _LIST.match(claim.sentence[claim.sentence.find(claim.text) + len(claim.text) :])
        names = [n for n in _BETWEEN.split(_SUFFIX.sub("", opened[1])) if n.strip()] if opened else []
        if len(names) > 1 and len(names) != claim.value:
            yield tr(
                "The text counts {units} and names {count} after it.", units=units.number(claim.value), count=len(names)
            )


def _two_figures(claims: Sequence[Claim]) -> Iterator[tuple[str, Claim]]:
    """Claims of one thing and period that cannot both be right, each with the other beside it."""
    things: defaultdict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for c in claims:
        if c.subject and c.quantity and c.value and c.period_basis in _READ and c.verdict in _OPEN:
            of = (c.subject, c.quantity, c.unit, c.partner, c.product, c.mode, c.direction, c.per, c.status)
            things[(*of, c.comparison, c.period_start, c.period_end)].append(c)
    for held in things.values():
        for a, b in combinations(held[:_MOST], 2):
            if a.sentence == b.sentence or not _conflict(a, b):
                continue
            for one, other in ((a, b), (b, a)):
                said = units.with_unit(other.value or 0, other.unit or "")
                told = tr("The text gives another figure for the same thing: {said}.", said=said)
                note = f"{one.note or ''} {told}".strip()
                if one.verdict == "no_record":
                    yield one.claim_id, replace(one, verdict="differs", against=(other.claim_id,), note=note)
                else:
                    yield one.claim_id, replace(one, note=note)


def _conflict(a: Claim, b: Claim) -> bool:
    first, second = (printed(c.value or 0, c.bound if c.value_high is None else "about", c.unit) for c in (a, b))
    low, high = sorted((abs(first.value), abs(second.value)))
    return high <= _COMPARABLE * low and not meet(first.open, second.open)
