"""Figures of one passage that its own other figures do not bear out: growth, rises and sums, worked out as printed."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.claims.indexed.intervals import Interval, meet, printed, step
from entrepot.claims.text import language
from entrepot.claims.text.lexicon import found
from entrepot.core import units
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.indexed.intervals import Printed
    from entrepot.claims.model import Claim

_PERCENT = "percent"
# Between two figures: a rise from the first to the second; the second as the base of the first.
_TO = re.compile(
    r"\W*(?:\w+[\s-]){0,6}?(?:to|до)\s[^\w]*$|^[^,，;；。]{0,8}(?:增至|增加到|升至|降至|减少到|到|至)\W*$",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|(?<!\w)с|从|由)\s?(?:\w+\s){0,2}[^\w]*$", re.IGNORECASE)
_AGAINST = re.compile(
    r"^[^.;:]{0,40}?\b(?:against|compared (?:with|to)|versus|up from|down from|против|по сравнению с)"
    r"\s(?:\w+\s){0,4}[^\w]*$",
    re.IGNORECASE,
)
_NEXT = re.compile(r"^[^.;。；]{0,60}$")  # behind the two: showing an increase of
_BEFORE = re.compile(r"^[^.;。；]{0,48}$")  # from the rate to them: in eight months, from
_RISE = re.compile(r"^[^.;。；]{0,16}$")  # from a level to by how much it rose, and from that to the rate
_DATED = re.compile(r"\b(?:19|20)\d\d(?:[-–/]\d{2,4})?\b|\b\d{1,2}\b")
# Counts of time may stand between two figures: neither of them is held against those.
_TIMES = frozenset({"days", "weeks", "months", "years"})
_WORD_OF_CHANGE = 48  # characters around a rate in which its rise or fall is told
_OFF = 3.0  # times: a rate further from what the figures give is of something else


@dataclass(frozen=True, slots=True)
class Slip:
    """A figure and what others of its passage make of it.

    Attributes:
        claim: that does not fit.
        others: from which it is worked out.
        working: the arithmetic, and what it gives.
    """

    claim: Claim
    others: tuple[Claim, ...]
    working: str


def slips(claims: Sequence[Claim], text: str) -> Iterator[Slip]:
    """The figures of a report that others beside them contradict, in order.

    Args:
        claims: of a report, in the order of their spans.
        text: the report's.
    """
    held = [c for c in claims if c.value is not None and c.value_high is None]
    for a, b in pairwise(held):
        if _levels(a, b) and (earlier_later := _ends(a, b, text)):
            yield from _growth(earlier_later, held, text)
    for level, rise, rate in zip(held, held[1:], held[2:], strict=False):
        yield from _risen(level, rise, rate, text)


def _levels(a: Claim, b: Claim) -> bool:
    """Whether two figures are levels of one unit in one sentence, of one bound."""
    return (
        a.sentence == b.sentence
        and a.unit == b.unit is not None
        and a.unit != _PERCENT
        and a.comparison == b.comparison == "none"
        and a.per == b.per
        and a.value != b.value
    )


def _ends(a: Claim, b: Claim, text: str) -> tuple[Claim, Claim, bool] | None:
    """Of two figures the earlier and the later, where the words between them say it, and whether they say it surely.

    Of one against another either may be the later: writers change them about.
    """
    gap = text[a.span_end : b.span_start]
    if _AGAINST.search(gap):
        return b, a, False
    if _TO.search(gap) and _FROM.search(text[max(0, a.span_start - 24) : a.span_start]):
        return a, b, True
    return None


def _growth(pair: tuple[Claim, Claim, bool], held: Sequence[Claim], text: str) -> Iterator[Slip]:
    """The rate that stands beside a figure then and now."""
    first, last, surely = pair
    start, end = min(first.span_start, last.span_start), max(first.span_end, last.span_end)
    here = [c for c in held if c.sentence == first.sentence and c.unit == _PERCENT and c.comparison != "none"]
    before = [c for c in here if c.span_end <= start and _free(held, c.span_end, start)]
    behind = [c for c in here if c.span_start >= end and _free(held, end, c.span_start)]
    near = [c for c in before if _BEFORE.match(_plain(text[c.span_end : start]))]
    near += [c for c in behind if _NEXT.match(_plain(text[end : c.span_start]))]
    if len(near) != 1:
        return
    rate = near[0]
    then, now = _of(first).open, _of(last).open
    if then.low <= 0 or now.low <= 0:
        return
    head = text[max(0, rate.span_start - _WORD_OF_CHANGE) : rate.span_end + _WORD_OF_CHANGE]
    falls = _falls(head)
    if falls is None:
        return
    changed = _slip(_signed(rate, fall=falls), (last, first), _rate(now, then)) if not surely else None
    if surely or any(changed or ()):
        found = _slip(_signed(rate, fall=falls), (first, last), _rate(then, now))
        yield from (replace(slip, claim=rate) for slip in found)


def _rate(then: Interval, now: Interval) -> Interval:
    """The growth from one figure to another, in percent."""
    return Interval(100 * (now.low / then.high - 1), 100 * (now.high / then.low - 1))


def _falls(words: str) -> bool | None:
    """Whether the words around a rate tell of a fall; None: of neither or of both."""
    spoken = language.of(words)
    if spoken not in language.READ:
        return None
    signs = {h.row["value"] for h in found(words, spoken).of("changes.change") if h.row["amount"] != "none"}
    return signs == {-1} if len(signs) == 1 else None


def _signed(rate: Claim, *, fall: bool) -> Claim:
    return replace(rate, value=-abs(rate.value or 0.0) if fall else abs(rate.value or 0.0))


def _risen(level: Claim, rise: Claim, rate: Claim, text: str) -> Iterator[Slip]:
    """A level, by how much it rose, and at what rate: 616.4, up 54.6, or 9.7 percent."""
    of_one = level.sentence == rise.sentence == rate.sentence and level.unit == rise.unit is not None
    if not of_one or rate.unit != _PERCENT or rate.comparison == "none" or level.comparison != "none":
        return
    gaps = text[level.span_end : rise.span_start], text[rise.span_end : rate.span_start]
    if rise.comparison == "none" or not all(_RISE.match(_plain(g)) for g in gaps):
        return
    now, more = _of(level).open, _of(rise).open
    sign = -1 if rate.value is not None and rate.value < 0 else 1
    before = Interval(now.low - sign * more.high, now.high - sign * more.low)
    if before.low > 0 and more.low >= 0:
        low, high = sorted((sign * 100 * more.low / before.high, sign * 100 * more.high / before.low))
        given = Interval(low, high)
        yield from _slip(rate, (level, rise), given)


def _slip(rate: Claim, others: tuple[Claim, ...], given: Interval) -> Iterator[Slip]:
    said, middle = _of(rate), (given.low + given.high) / 2
    if rate.value is None:
        return
    last = step(abs(rate.value), _PERCENT)  # 5.169 is printed 5.16 as well
    if meet(said.open, Interval(given.low - last, given.high + last)):
        return
    if not abs(middle) / _OFF <= abs(rate.value) <= _OFF * max(abs(middle), 1.0):
        return
    shown = [units.with_unit(o.value or 0.0, o.unit or "") for o in others]
    yield Slip(rate, others, tr("{a} and {b} give {rate} percent.", a=shown[0], b=shown[1], rate=f"{middle:.3g}"))


def _of(claim: Claim) -> Printed:
    return printed(claim.value or 0.0, claim.bound, claim.unit)


def _free(held: Sequence[Claim], start: int, end: int) -> bool:
    """Whether no figure but a stretch of time stands between two offsets."""
    return not any(c.span_start < end and start < c.span_end and c.unit not in _TIMES for c in held)


def _plain(gap: str) -> str:
    """What stands between two figures, without years."""
    return _DATED.sub("", gap)
