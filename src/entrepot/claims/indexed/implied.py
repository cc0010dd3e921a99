"""What rows of the record imply for a thing that none of them prints; see docs/design/13-claims.md, Derivations.

Every operator takes its inputs from the index by place and quantity, keeps to one family of reporters, and carries the
open intervals of its inputs. None is chained but the exchange rate, which may turn the result of another.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.indexed import intervals
from entrepot.core import units
from entrepot.core.findings import plain
from entrepot.core.periods import Period
from entrepot.core.words.translate import tr
from entrepot.vocabulary.currencies import rates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.claims.indexed.intervals import Interval
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex

WIDEST = 0.1  # a result wider than a tenth of its middle supports nothing
_MOST = 40  # rows of one thing that are tried: of the record none has more of one period
_HUNDRED = intervals.Interval(100, 100)
_MONEY = ("CNY", "USD", "EUR")
_PERCENT = "percent"
# of a direction the two that make it, and whether they are added or taken off
_BOTH_WAYS = {"both": ("in", "out", 1), "in": ("both", "out", -1), "out": ("both", "in", -1)}


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing that is asked for: the fields as of an entry; `growth` on the year before, `change` by how much."""

    place: str
    quantity: str
    unit: str
    first: date
    last: date
    partner: str = ""
    direction: str = ""
    mode: str = ""
    good: str = ""
    per: str | None = None
    growth: bool = False
    change: bool = False


@dataclass(frozen=True, slots=True)
class Implied:
    """What rows imply.

    Attributes:
        interval: the numbers left possible.
        value: from the printed inputs.
        working: the arithmetic with its numbers and rows.
        rows: ids of the rows it rests on.
        family: whose statistics they are.
    """

    interval: Interval
    value: float
    working: str
    rows: tuple[str, ...]
    family: str


def asked_as(entry: Entry, unit: str, first: date, last: date, *, grown: bool) -> Asked:
    """What an entry is of, in another unit or period."""
    percent = unit == _PERCENT
    return Asked(
        entry.place, entry.quantity, unit, first, last, entry.partner, entry.direction, entry.mode, entry.good,
        entry.per, growth=grown and percent, change=grown and not percent,
    )  # fmt: skip


def implied(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """Everything that rows imply for a thing by one operator, and its conversions."""
    for operator in OPERATORS:
        yield from operator(index, asked)
    if asked.unit in _MONEY and not asked.growth:
        yield from _converted(index, asked)


def _rows(index: RecordIndex, asked: Asked) -> Iterator[Entry]:
    """Rows of just this thing, whatever their period."""
    for entry in index.of_thing.get((asked.place, asked.quantity), ()):
        same = (
            entry.unit == asked.unit
            and (entry.kind == "growth") == asked.growth
            and entry.per == asked.per
            and (entry.any_partner or entry.partner == asked.partner)
            and entry.good == asked.good
            and _or_unsaid(entry.direction, asked.direction)
            and _or_unsaid(entry.mode, asked.mode)
        )
        if same and not entry.unclear and entry.status == "reported" and entry.number is not None and not entry.part:
            yield entry


def _or_unsaid(a: str, b: str) -> bool:
    return not a or not b or a == b


def _of_period(index: RecordIndex, asked: Asked) -> list[Implied]:
    found = [e for e in _rows(index, asked) if (e.first, e.last) == (asked.first, asked.last)]
    return [_leaf(e) for e in found[:_MOST]]


def _leaf(entry: Entry) -> Implied:
    assert entry.number is not None
    value = units.with_unit(entry.number.value, entry.unit)
    return Implied(
        entry.number.open, entry.number.value, f"{value} ({entry.row_id})", (entry.row_id,), entry.family
    )  # fmt: skip


def _joined(  # noqa: PLR0913, PLR0917 - two inputs and what was made of them
    a: Implied, b: Implied, interval: Interval | None, value: float, words: str, unit: str
) -> Iterator[Implied]:
    """The result of two inputs of one family, with its working; nothing where the families differ."""
    if interval is not None and a.family == b.family and set(a.rows).isdisjoint(b.rows):
        result = units.with_unit(units.rounded(value, 5), unit)
        yield Implied(interval, value, f"{words} = {result}", (*a.rows, *b.rows), a.family)


def _sum(a: Implied, b: Implied, sign: int, unit: str) -> Iterator[Implied]:
    combine = intervals.plus if sign > 0 else intervals.minus
    words = f"{a.working} {'+' if sign > 0 else '−'} {b.working}"
    yield from _joined(a, b, combine(a.interval, b.interval), a.value + sign * b.value, words, unit)


def _year_before(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """The figure of the year before, from a row with printed growth."""
    if asked.growth or asked.change:
        return
    after = (_years(asked.first, 1), _years(asked.last, 1))
    for entry in _rows(index, asked):
        if (entry.first, entry.last) != after or entry.grown is None or entry.grown <= -100:  # noqa: PLR2004 - by all
            continue
        assert entry.number is not None
        grown = intervals.printed(entry.grown, "exact", _PERCENT).open
        factor = intervals.scaled(intervals.plus(grown, _HUNDRED), 0.01)
        interval = intervals.over(entry.number.open, factor)
        value = entry.number.value / (1 + entry.grown / 100)
        now = _leaf(entry)
        shown = units.with_unit(units.rounded(value, 5), asked.unit)
        if interval is not None:
            words = f"{now.working} / (1 + {units.with_unit(entry.grown, _PERCENT)}) = {shown}"
            yield Implied(interval, value, words, now.rows, now.family)


def _growth(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """Growth, or by how much, from two rows of the same stretch of the calendar a year apart."""
    if not (asked.growth or asked.change):
        return
    kept = {asked.unit} if asked.change else {e.unit for e in index.of_thing.get((asked.place, asked.quantity), ())}
    for unit in sorted(kept - {_PERCENT}):
        now = replace(asked, unit=unit, growth=False, change=False)
        first, last = _years(asked.first, -1), _years(asked.last, -1)
        before = replace(now, first=first, last=last) if first and last else None
        for a in _of_period(index, now):
            for b in _of_period(index, before) if before else ():
                if asked.change:
                    yield from _sum(a, b, -1, unit)
                    yield from _sum(b, a, -1, unit)
                    continue
                ratio = intervals.over(a.interval, b.interval)
                if ratio is not None and b.value:
                    interval = intervals.minus(intervals.scaled(ratio, 100), _HUNDRED)
                    words = f"{a.working} / {b.working} − 1"
                    yield from _joined(a, b, interval, 100 * (a.value / b.value - 1), words, _PERCENT)


def _directions(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """In and out make both; both less one makes the other."""
    if asked.growth or asked.change or asked.direction not in _BOTH_WAYS or asked.unit == _PERCENT:
        return
    one, two, sign = _BOTH_WAYS[asked.direction]
    for a in _of_period(index, replace(asked, direction=one)):
        for b in _of_period(index, replace(asked, direction=two)):
            yield from _sum(a, b, sign, asked.unit)


def _stretches(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """Year to date less an earlier year to date; two stretches that adjoin."""
    if asked.growth or asked.change or asked.unit == _PERCENT:
        return
    new_year = date(asked.first.year, 1, 1)
    if asked.first > new_year:
        short = replace(asked, first=new_year, last=asked.first - timedelta(days=1))
        for a in _of_period(index, replace(asked, first=new_year)):
            for b in _of_period(index, short):
                yield from _sum(a, b, -1, asked.unit)
    for entry in _rows(index, asked):
        if entry.first == asked.first and entry.last is not None and entry.last < asked.last and not entry.state:
            for b in _of_period(index, replace(asked, first=entry.last + timedelta(days=1))):
                yield from _sum(_leaf(entry), b, 1, asked.unit)


def _converted(index: RecordIndex, asked: Asked) -> Iterator[Implied]:
    """An amount in another currency: the mean rate of the period, between the lowest and the highest of its days."""
    for unit in _MONEY:
        held = None if unit == asked.unit else rates(unit, asked.unit, Period(asked.first, asked.last, "span"))
        if held is None:
            continue
        other = replace(asked, unit=unit)
        inputs = [*_of_period(index, other), *(f for operator in OPERATORS for f in operator(index, other))]
        for a in inputs:
            value = a.value * held.mean.value
            words = tr(
                "{working} at {rate}, the mean rate of {days} days, = {value}",
                working=a.working,
                rate=plain(units.rounded(held.mean.value, 5)),
                days=held.mean.days,
                value=units.with_unit(units.rounded(value, 5), asked.unit),
            )
            interval = intervals.times(a.interval, intervals.Interval(held.low, held.high))
            yield Implied(interval, value, words, a.rows, a.family)


def _years(day: date, by: int) -> date | None:
    """The day of another year: 29 February becomes the 28th, and the last day of February stays the last."""
    if not MINYEAR < day.year + by < MAXYEAR:
        return None
    if (day.month, day.day) in {(2, 28), (2, 29)} and (day + timedelta(days=1)).month != day.month:
        return date(day.year + by, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year + by)


OPERATORS: tuple[Callable[[RecordIndex, Asked], Iterator[Implied]], ...] = (
    _year_before,
    _growth,
    _directions,
    _stretches,
)
