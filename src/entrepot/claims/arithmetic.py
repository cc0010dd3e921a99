"""What two levels of a sentence say of the rate beside them, and of the word for which way it went."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from entrepot.claims.indexed.intervals import Interval, meet, printed, step
from entrepot.claims.text.lexicon import lexicon
from entrepot.core import units
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.claims.indexed.intervals import Printed
    from entrepot.claims.model import Claim

_PERCENT, _CHANGE = "percent", "changes.change"
_OPEN = frozenset({"agrees", "agrees_within_rounding", "consistent", "no_record"})  # verdicts that a look may follow
_SAID = frozenset({"agrees", "agrees_within_rounding"})  # verdicts of a level that a row has
_TILL = ("到", "至")  # ends of the words that lead a later level: 增至, 降到
_GAP = 80  # characters between two levels that are told of together
# Between two figures: a rise from the first to the second; the second as the base of the first, or the other way about.
_TO = re.compile(r"\b(?:to|до)\b|增至|增加到|升至|降至|减少到|到|至", re.IGNORECASE)
_FROM = re.compile(r"(?:\bfrom|(?<!\w)с|从|由)\s?(?:\w+\s){0,2}[^\w]*$|[从由][^，。；,;]{0,14}$", re.IGNORECASE)
_AGAINST = re.compile(
    r"\b(?:against|compared (?:with|to)|versus|up from|down from|против|по сравнению с)\b", re.IGNORECASE
)
# The later level before its rise from the first: to 100, an increase of 30 percent from the current level of 70.
_RISEN = re.compile(
    r"\b(?:increase|rise|growth|jump|gain|up|decrease|decline|drop|fall|down)\b[^.;]{0,40}\bfrom "
    r"(?:(?:the|a|its|about|around|some|nearly|over|current|previous|earlier|levels?|of|total|just|only) )*[^\w,;]*$",
    re.IGNORECASE,
)
# A word of a change, then at most a rate or what it is of, and the first of two levels: rose by 75 percent, from 25.
_LED = re.compile(
    r"(?:\s\w+ly)?(?:\s(?:in|of|на) [\w\s]{1,30}?|\s(?:by |на )?(?:about |some |around )?[\d.,]+\s?(?:%|per ?cent\w*))?"
    r",?\s?(?:(?:back |again )?(?:from|to|с|со|до|从|由)\s(?:about |around |some |over |just |only |nearly )?)?\W{0,6}",
    re.IGNORECASE,
)
_BACK = re.compile(r"\bfrom (?:about |around |some |just |only )?[^\w.;]{0,6}$|\bсо? $", re.IGNORECASE)
_AHEAD = re.compile(r"\b(?:to|до)\s(?:about |around |some |over |just |only |nearly )?\W{0,6}$", re.IGNORECASE)
_HEAD = 70  # characters before the first of two levels in which the word of their change stands
_LANGUAGES = ("en", "ru", "zh")
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
            alike = a.unit == b.unit != _PERCENT and a.per == b.per
            if not alike or sum(c.unit == a.unit for c in found) != len((a, b)):
                continue
            yield from _turned(a, b, text)
            if len(rates) == 1 and a.unit is not None:
                yield from _slip(rates[0], (a, b), _given(a, b, text))


def _turned(a: Claim, b: Claim, text: str) -> Iterator[Claim]:
    """The later of two levels that a sentence tells as a rise and that are a fall, or the other way about, with why."""
    head, gap = text[max(0, a.span_start - _HEAD) : a.span_start], text[a.span_end : b.span_start]
    if len(gap) > _GAP or a.comparison != "none" or b.comparison != "none":
        return
    if _FROM.search(head) and _TO.search(gap):
        then, now = a, b
    elif _AHEAD.search(head) and _BACK.search(gap):
        then, now = b, a
    else:
        return
    way, rose = _way(head, gap), _rose(then, now)
    if not way or not rose or way == rose or now.verdict not in _OPEN:
        return
    was, is_now = (units.with_unit(c.value or 0.0, c.unit or "") for c in (then, now))
    told = (
        tr("From {was} to {now} is a rise. The text says another way: look.", was=was, now=is_now)
        if rose > 0
        else tr("From {was} to {now} is a fall. The text says another way: look.", was=was, now=is_now)
    )
    yield replace(now, verdict="differs", certainty=None, note=f"{now.note or ''} {told}".strip())


def _rose(then: Claim, now: Claim) -> int:
    """Which way it went from one level to another, as both are printed: 1, -1, or 0 where words leave it open."""
    if then.bound == now.bound == "exact":
        return ((now.value or 0) > (then.value or 0)) - ((now.value or 0) < (then.value or 0))
    first, second = _of(then).open, _of(now).open
    return (second.low > first.high) - (second.high < first.low)


def _way(head: str, gap: str) -> int:
    """Which way the words before two levels, or in Chinese between them, say that it went: 1, -1; 0 where none does."""
    led = (h for language in _LANGUAGES for h in lexicon(language).scan(head) if h.kind == _CHANGE)
    hits = [h for h in led if _LED.fullmatch(head, h.end)]
    between = [h for h in lexicon("zh").scan(gap) if h.kind == _CHANGE and gap[h.end : h.end + 1] in _TILL]
    last = max((*hits, *between), key=lambda h: h.end, default=None)
    return 0 if last is None else int(last.row["value"])


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
    if not given:
        return
    middle = (given[0].low + given[0].high) / 2
    if any(meet(said, Interval(g.low - last, g.high + last)) for g in given):
        yield from _borne_out(rate, others, f"{middle:.3g}") if len(given) == 1 else ()
        return
    if not abs(middle) / _OFF <= abs(rate.value or 0) <= _OFF * max(abs(middle), 1.0):
        return
    a, b = (units.with_unit(o.value or 0.0, o.unit or "") for o in others)
    told = tr("{a} and {b} give {rate} percent. The text says another: look.", a=a, b=b, rate=f"{middle:.3g}")
    if rate.verdict == "no_record":
        yield replace(rate, verdict="differs", against=tuple(o.claim_id for o in others), note=told)
    else:
        yield replace(rate, note=f"{rate.note or ''} {told}".strip())


def _borne_out(rate: Claim, others: tuple[Claim, Claim], is_rate: str) -> Iterator[Claim]:
    """A rate that no row has, and that follows from two levels of which rows say the same."""
    if rate.verdict == "no_record" and all(o.verdict in _SAID for o in others):
        a, b = (units.with_unit(o.value or 0.0, o.unit or "") for o in others)
        rows = tuple(dict.fromkeys(r for o in others for r in o.against or ()))
        working = tr("{a} and {b} give {rate} percent.", a=a, b=b, rate=is_rate)
        note = tr("It follows from the two figures beside it, which are on record.")
        yield replace(rate, verdict="consistent", against=rows, working=working, note=note)


def _of(claim: Claim) -> Printed:
    return printed(claim.value or 0.0, claim.bound, claim.unit)
