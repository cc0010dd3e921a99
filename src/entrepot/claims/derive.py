"""Derivations: what rows of the record imply for a cell that none of them prints; see docs/design/13-claims.md.

Searched backwards from the cell, shortest first. Every operator takes its inputs from the index by subject and
quantity, keeps to one family of reporters, and carries the open intervals of its inputs.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims import cells, intervals
from entrepot.core import units
from entrepot.core.findings import plain
from entrepot.core.periods import Period
from entrepot.vocabulary.currencies import rates

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.claims.cells import Cell, Fact, Index
    from entrepot.claims.intervals import Interval

# Operators in a row, and rows looked at for one claim. A third operator says no more of the 255 claims of the gold set
# and the first report and takes twice the time; of these one says as much, but a part of a total that no row prints
# takes two. Two took 23 evaluations at most: 200 only end what a larger record would make long, and the note says so.
DEPTH, EVALUATIONS = 2, 200
WIDEST = 0.1  # a result wider than a tenth of its middle supports nothing
_HUNDRED = intervals.Interval(100, 100)
_MONEY = ("CNY", "USD", "EUR")


@dataclass(frozen=True, slots=True)
class Derived:
    """What rows imply for a cell.

    Attributes:
        interval: the numbers left possible.
        value: the middle of the printed inputs.
        working: the arithmetic with its numbers and rows.
        rows: ids of the rows it rests on.
        family: whose statistics they are.
        depth: how many operators were applied; 0 is a row itself.
        converted: whether it is an amount turned into another currency.
    """

    interval: Interval
    value: float
    working: str
    rows: tuple[str, ...]
    family: str
    depth: int = 0
    converted: bool = False


@dataclass(slots=True)
class Budget:
    """Evaluations left for one claim; where it was spent, the note says so."""

    left: int = EVALUATIONS
    spent: bool = field(default=False)

    def take(self) -> bool:
        """Take one evaluation; False where none is left."""
        if self.left <= 0:
            self.spent = True
            return False
        self.left -= 1
        return True


def derive(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """Everything the record implies for the cell by at most `depth` operators, the shortest first.

    Args:
        index: the facts.
        cell: what is asked for; with a period.
        depth: operators at most.
        budget: evaluations left, shared by the whole search.
    """
    if depth == 0:
        yield from _leaves(index, cell, budget)
        return
    if cell.start is None or cell.end is None:
        return
    for shallower in range(1, depth + 1):
        for operator in OPERATORS:
            for found in operator(index, cell, shallower - 1, budget):
                if found.depth == shallower:
                    yield found


def _leaves(index: Index, cell: Cell, budget: Budget) -> Iterator[Derived]:
    """The rows of the cell themselves, the most exact first."""
    for fact in cells.of(index, cell):
        if fact.quality == "unclear" or not (cells.same_thing(index, cell, fact) and cells.same_period(cell, fact)):
            continue
        if not budget.take():
            return
        yield _leaf(fact)


def _leaf(fact: Fact) -> Derived:
    value = units.with_unit(fact.number.value, fact.cell.unit or "")
    return Derived(fact.number.open, fact.number.value, f"{value} ({fact.row_id})", (fact.row_id,), fact.family)


def _inputs(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """Rows of the cell, else what is derived for it."""
    found = list(_leaves(index, cell, budget))
    yield from found
    if not found and depth > 0 and budget.left > 0:
        yield from derive(index, cell, depth, budget)


def _joined(  # noqa: PLR0913, PLR0917 - two inputs and what was made of them
    a: Derived, b: Derived, interval: Interval | None, value: float, words: str, unit: str | None
) -> Iterator[Derived]:
    """The result of two inputs of one family, with its working; nothing where the families differ."""
    if interval is None or a.family != b.family or not set(a.rows).isdisjoint(b.rows):
        return
    result = units.with_unit(units.rounded(value, 5), unit or "")
    rows = (*a.rows, *b.rows)
    yield Derived(interval, value, f"{words} = {result}", rows, a.family, max(a.depth, b.depth) + 1)


def year_before(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """The figure of the year before, from a row with printed growth; never chained, so rows only."""
    del depth
    if cell.comparison != "none":
        return
    after = replace(cell, start=_years(cell.start, 1), end=_years(cell.end, 1))
    for fact in cells.of(index, after):
        fits = cells.same_thing(index, after, fact) and cells.same_period(after, fact) and not fact.state
        if not fits or fact.growth is None or fact.growth <= -100 or not budget.take():  # noqa: PLR2004 - a fall by all
            continue
        grown = intervals.printed(fact.growth, "exact", "percent").open
        factor = intervals.scaled(intervals.plus(grown, _HUNDRED), 0.01)
        interval = intervals.over(fact.number.open, factor)
        value = fact.number.value / (1 + fact.growth / 100)
        now = _leaf(fact)
        shown = units.with_unit(units.rounded(value, 5), cell.unit or "")
        if interval is not None:
            words = f"{now.working} / (1 + {units.with_unit(fact.growth, 'percent')}) = {shown}"
            yield Derived(interval, value, words, now.rows, now.family, 1)


def growth(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """Growth from two rows of the same stretch of the calendar, a year apart; rows only, for it is never chained."""
    del depth
    if cell.comparison != "yoy":
        return
    for unit in _units(index, cell):
        now = replace(cell, unit=unit, comparison="none")
        before = replace(now, start=_years(cell.start, -1), end=_years(cell.end, -1))
        for a in _leaves(index, now, budget):
            for b in _leaves(index, before, budget):
                ratio = intervals.over(a.interval, b.interval)
                if ratio is None or not b.value:
                    continue
                interval = intervals.minus(intervals.scaled(ratio, 100), _HUNDRED)
                words = f"{a.working} / {b.working} − 1"
                yield from _joined(a, b, interval, 100 * (a.value / b.value - 1), words, "percent")


def share(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """A part from its share of the total, or a share from part and total."""
    of_trade = "trade_share" in (cell.quantity, *index.also.get(cell.quantity, ()))
    if of_trade:
        for unit in _MONEY:
            part = replace(cell, quantity="trade_value", unit=unit)
            whole = replace(part, partner=None)
            for a in _inputs(index, part, 0, budget):
                for b in _inputs(index, whole, 0, budget):
                    ratio = intervals.over(a.interval, b.interval)
                    if ratio is not None and b.value:
                        words = f"{a.working} / {b.working}"
                        yield from _joined(
                            a, b, intervals.scaled(ratio, 100), 100 * a.value / b.value, words, "percent"
                        )
    elif cell.quantity == "trade_value" and cell.partner and cell.comparison == "none":
        rate = replace(cell, quantity="trade_share", unit="percent")
        for a in _inputs(index, rate, 0, budget):
            for b in _inputs(index, replace(cell, partner=None), depth, budget):
                interval = intervals.scaled(intervals.times(a.interval, b.interval), 0.01)
                words = f"{a.working} of {b.working}"
                yield from _joined(a, b, interval, a.value * b.value / 100, words, cell.unit)


def convert(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """An amount in another currency: the mean rate of the period, between the lowest and the highest of its days."""
    if cell.unit not in _MONEY or cell.comparison != "none" or cell.start is None or cell.end is None:
        return
    for unit in _MONEY:
        if unit == cell.unit:
            continue
        for a in _inputs(index, replace(cell, unit=unit), depth, budget):
            if a.converted:  # by way of a third currency it would be any rate
                continue
            held = rates(unit, cell.unit, Period(cell.start, cell.end, "span"))
            if held is None or not budget.take():
                continue
            value = a.value * held.mean.value
            words = (
                f"{a.working} at {plain(units.rounded(held.mean.value, 5))}, the mean rate of {held.mean.days} days, "
                f"= {units.with_unit(units.rounded(value, 5), cell.unit)}"
            )
            interval = intervals.times(a.interval, intervals.Interval(held.low, held.high))
            yield Derived(interval, value, words, a.rows, a.family, a.depth + 1, converted=True)


def directions(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """In and out make both; both less one makes the other."""
    if cell.comparison != "none" or cell.direction is None or cell.unit == "percent":
        return
    one, two, sign = {"both": ("in", "out", 1), "in": ("both", "out", -1), "out": ("both", "in", -1)}[cell.direction]
    for a in _inputs(index, replace(cell, direction=one), depth, budget):
        for b in _inputs(index, replace(cell, direction=two), depth, budget):
            yield from _sum(a, b, sign, cell)


def _sum(a: Derived, b: Derived, sign: int, cell: Cell) -> Iterator[Derived]:
    combine = intervals.plus if sign > 0 else intervals.minus
    words = f"{a.working} {'+' if sign > 0 else '−'} {b.working}"
    yield from _joined(a, b, combine(a.interval, b.interval), a.value + sign * b.value, words, cell.unit)


def parts(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """The parts of a group make the group."""
    names = index.parts.get(cell.subject, ())
    if not names or cell.comparison != "none" or cell.unit == "percent":
        return
    total: list[Derived] = []
    for name in names:
        found = next(_inputs(index, replace(cell, subject=name), depth, budget), None)
        if found is None or (total and found.family != total[0].family):
            return
        total = list(_sum(total[0], found, 1, cell)) if total else [found]
    yield from (replace(t, depth=1 + t.depth - len(names) + 1) for t in total)


def stretches(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """Year to date less an earlier year to date; two stretches that adjoin."""
    del depth
    if cell.comparison != "none" or cell.unit == "percent" or cell.start is None or cell.end is None:
        return
    new_year = date(cell.start.year, 1, 1)
    if cell.start > new_year:
        long, short = replace(cell, start=new_year), replace(cell, start=new_year, end=cell.start - timedelta(days=1))
        for a in _leaves(index, long, budget):
            for b in _leaves(index, short, budget):
                yield from _sum(a, b, -1, cell)
    for fact in list(cells.of(index, cell)):
        end = fact.cell.end
        inside = fact.cell.start == cell.start and end is not None and end < cell.end and not fact.state
        if not inside or end is None or not cells.same_thing(index, cell, fact) or not budget.take():
            continue
        for b in _leaves(index, replace(cell, start=end + timedelta(days=1)), budget):
            yield from _sum(_leaf(fact), b, 1, cell)


def rate(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """A day's rate times the days of its period."""
    del depth
    if cell.per is not None or cell.comparison != "none" or not cell.days or cell.unit == "percent":
        return
    for a in _leaves(index, replace(cell, per="day"), budget):
        words = f"{a.working} a day x {cell.days} days = {units.with_unit(a.value * cell.days, cell.unit or '')}"
        yield Derived(intervals.scaled(a.interval, cell.days), a.value * cell.days, words, a.rows, a.family, 1)


def additions(index: Index, cell: Cell, depth: int, budget: Budget) -> Iterator[Derived]:
    """What a list gained between two days: the sum of its notices, each once."""
    del depth
    if cell.quantity != "batches.added" or cell.start is None or cell.end is None:
        return
    inside = [
        f
        for f in cells.of(index, cell)
        if f.table == "batches" and f.cell.start and cell.start <= f.cell.start <= cell.end
    ]
    ordered = list({f.row_id: f for f in reversed(inside)}.values())[::-1]  # its first fact counts one by one
    if len(ordered) > 1 and budget.take():
        total = sum(f.number.value for f in ordered)
        words = " + ".join(_leaf(f).working for f in ordered)
        point = intervals.Interval(total, total)
        rows = tuple(f.row_id for f in ordered)
        yield Derived(point, total, f"{words} = {units.number(total)}", rows, ordered[0].family, 1)


def _units(index: Index, cell: Cell) -> list[str]:
    """The units in which the record has the quantity itself."""
    found = {f.cell.unit for f in cells.of(index, cell) if f.cell.comparison == "none" and f.cell.unit}
    return sorted(u for u in found if u != "percent")


def _years(day: date | None, by: int) -> date | None:
    """The day of another year: 29 February becomes the 28th, and the last day of February stays the last."""
    if day is None or not MINYEAR < day.year + by < MAXYEAR:
        return None
    if (day.month, day.day) in {(2, 28), (2, 29)} and (day + timedelta(days=1)).month != day.month:
        return date(day.year + by, 3, 1) - timedelta(days=1)
    return day.replace(year=day.year + by)


OPERATORS: tuple[Callable[[Index, Cell, int, Budget], Iterator[Derived]], ...] = (
    year_before,
    growth,
    share,
    convert,
    directions,
    parts,
    stretches,
    rate,
    additions,
)
