"""Rates that the levels beside them do not bear out: growth from one to another, or a level with its rise."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from entrepot.claims.indexed.intervals import Interval, meet, printed, step
from entrepot.core import units
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.indexed.intervals import Printed
    from entrepot.claims.model import Claim

_PERCENT = "percent"
_GAP = 80  # characters between two levels that are told of together
# Between two figures: a rise from the first to the second; the second as the base of the first, or the other way about.
_TO = re.compile(r"\b(?:to|до)\b|增至|增加到|升至|降至|减少到|到|至", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|(?<!\w)с|从|由)\s?(?:\w+\s){0,2}[^\w]*$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|up from|down from|против|по сравнению с)\b", re.IGNORECASE
)
# The later level before its rise from the first: to 100, an increase of 30 percent from the current level of 70.
_RISEN = re.compile(
    r"\b(?:increase|rise|growth|jump|gain|up|decrease|decline|drop|fall|down)\b[^.;]{0,40}\bfrom "
    r"(?:(?:the|a|its|about|around|some|nearly|over|current|previous|earlier|levels?|of|total|just|only) )*[^\w,;]*$",
    re.IGNORECASE,
)
_OFF = 3.0  # times: a rate further from what the figures give is of something else


def slips(claims: Sequence[Claim], text: str) -> Iterator[Claim]:
    """The rates of a report that are alone with two levels in their sentence and do not follow from them, with why.

    Args:
        claims: of a report, in the order of their spans.
        text: the report's.
    """
    for _, held in groupby((c for c in claims if c.value and c.value_high is None), key=lambda c: c.sentence):
        found = list(held)
        rates = [c for c in found if c.unit == _PERCENT and c.comparison != "none"]
        for a, b in pairwise(c for c in found if c not in rates):
            alike = a.unit == b.unit != _PERCENT and a.unit is not None and a.per == b.per
            if alike and len(rates) == 1 and sum(c.unit == a.unit for c in found) == len((a, b)):
                yield from _slip(rates[0], (a, b), _given(a, b, text))


def _given(a: Claim, b: Claim, text: str) -> list[Interval]:
    """The rates that two figures may give; of one against another either may be the later: writers mix them up."""
    first, second, gap = _of(a).open, _of(b).open, text[a.span_end : b.span_start]
    if min(first.low, second.low) <= 0 or len(gap) > _GAP or a.comparison != "none":
        return []
    if b.comparison != "none":  # 616.4, up 54.6, or 9.7 percent; of a fall the level was more
        rose, fell = (Interval(first.low - x.high, first.high - x.low) for x in (second, _negative(second)))
        return [_rate(before, first) for before in (rose, fell) if before.low > 0]
    if _RISEN.search(gap):
        return [_rate(second, first)]
    if _AGAINST.search(gap):
        return [_rate(second, first), _rate(first, second)]
    led = _TO.search(gap) and _FROM.search(text[max(0, a.span_start - 24) : a.span_start])
    return [_rate(first, second)] if led else []


def _rate(then: Interval, now: Interval) -> Interval:
    """The growth from one figure to another, in percent."""
    return Interval(100 * (now.low / then.high - 1), 100 * (now.high / then.low - 1))


def _negative(a: Interval) -> Interval:
    return Interval(-a.high, -a.low)


def _slip(rate: Claim, others: tuple[Claim, Claim], given: Sequence[Interval]) -> Iterator[Claim]:
    said, last = _of(rate).open, step(abs(rate.value or 0), _PERCENT)  # 5.169 is printed 5.16 as well
    if not given or any(meet(said, Interval(g.low - last, g.high + last)) for g in given):
        return
    middle = (given[0].low + given[0].high) / 2
    if not abs(middle) / _OFF <= abs(rate.value or 0) <= _OFF * max(abs(middle), 1.0):
        return
    a, b = (units.with_unit(o.value or 0.0, o.unit or "") for o in others)
    told = tr("{a} and {b} give {rate} percent. The text says another: look.", a=a, b=b, rate=f"{middle:.3g}")
    if rate.verdict == "no_record":
        yield replace(rate, verdict="differs", against=tuple(o.claim_id for o in others), note=told)
    else:
        yield replace(rate, note=f"{rate.note or ''} {told}".strip())


def _of(claim: Claim) -> Printed:
    return printed(claim.value or 0.0, claim.bound, claim.unit)
