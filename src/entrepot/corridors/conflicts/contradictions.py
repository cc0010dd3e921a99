"""Where reports cannot all be right: two figures of one thing, parts above wholes, sums that fall, failing growth."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day, last_day
from entrepot.corridors.series.linear_reports import year_earlier
from entrepot.corridors.series.quantities import NOT_NAMED, counter_of
from entrepot.corridors.throughput import growth_half_unit, is_peak, printed_range

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    Row = Mapping[str, Any]

_KEY = ("place_id", "partner", "metric", "mode", "direction", "sector", "origin", "unit_norm", "per")
_LEAST = 0.005  # apart: less is what a figure of four digits loses when it is carried from one report to another


@dataclass(frozen=True, slots=True)
class Print:
    """A report with what it leaves possible.

    Attributes:
        row: the observation.
        key: the values of its quantity.
        counter: whose count it is.
        start, end: its window.
        low, high: what its rounding or bound leaves possible.
        is_any: whether it is held against every count.
    """

    row: Row
    key: tuple[Any, ...]
    counter: str
    start: date
    end: date
    low: float
    high: float
    is_any: bool = False

    def counts_as(self, other: Print) -> bool:
        """Whether two reports may be of one count."""
        return self.counter == other.counter or self.is_any or other.is_any

    @property
    def id(self) -> str:
        """The row."""
        return str(self.row["id"])

    def of(self, **other: Any) -> tuple[Any, ...]:
        """The key with some of its values changed."""
        return tuple(other.get(name, value) for name, value in zip(_KEY, self.key, strict=True))


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Reports that cannot all be right.

    Attributes:
        kind: of `KINDS`.
        over: what is too high, one report or the parts of a whole.
        under: what it would have to lie below, or be equal to.
        apart: by which share of the smaller they miss each other.
        implied: of growth that does not follow, the figure that it implies for the year before.
    """

    kind: str
    over: tuple[Print, ...]
    under: Print
    apart: float
    implied: float | None = None

    @property
    def ids(self) -> tuple[str, ...]:
        """The rows, in order."""
        return tuple(sorted({p.id for p in (*self.over, self.under)}))


def contradictions(rows: Iterable[Row], own: Collection[str] = ()) -> list[Contradiction]:
    """Every contradiction among observations, the widest apart first.

    Args:
        rows: observations; those that were replaced, were not reported or have no whole period are passed over.
        own: ids of the user's own rows, of which one that names no count is held against every count: it is in their
            series, where it may be taken for any.
    """
    prints = [p for row in rows if (p := _print(row, own)) is not None]
    groups: dict[tuple[Any, ...], list[Print]] = {}
    for one in prints:
        groups.setdefault(one.key, []).append(one)
    found: list[Contradiction] = []
    for held in groups.values():
        found += [*_of_one_window(held), *_of_nested_windows(held), *_of_growth(held)]
    found += _of_sectors(prints, groups)
    found += _of_directions_and_modes(prints, groups)
    held_once: dict[tuple[str, tuple[str, ...]], Contradiction] = {}
    for each in sorted(found, key=lambda c: (-c.apart, c.ids)):
        if each.apart >= _LEAST:
            held_once.setdefault((each.kind, each.ids), each)
    return list(held_once.values())


def _print(row: Row, own: Collection[str]) -> Print | None:
    is_whole = row["period_start"] and row["period_end"] and row["value_norm"] is not None
    if row["status"] != "reported" or row["superseded_by"] or not is_whole or row["value_norm"] <= 0 or is_peak(row):
        return None
    low, high = printed_range(row)
    counter = counter_of(row)
    return Print(
        row,
        tuple(row[k] for k in _KEY),
        counter,
        first_day(row["period_start"]),
        last_day(row["period_end"]),
        0.0 if low is None else low,
        inf if high is None else high,
        is_any=counter == NOT_NAMED and row["id"] in own,
    )


def is_sum(one: Print) -> bool:
    """Whether a figure adds up over days and directions: a share, a rate or a number of routes does not."""
    return not one.row["per"] and one.row["unit_norm"] not in {"percent", "routes", "entities"}


def _apart(over: float, under: float) -> float:
    """By which share of the lower the least of one lies above the most of the other; 0 where it does not."""
    return over / under - 1 if 0 < under < over < inf else 0.0


def _of_one_window(held: Sequence[Print]) -> Iterator[Contradiction]:
    for a, b in combinations(held, 2):
        if (a.start, a.end) == (b.start, b.end):
            high, low = (a, b) if a.low > b.high else (b, a)
            yield Contradiction("different_figures", (high,), low, _apart(high.low, low.high))


def _of_nested_windows(held: Sequence[Print]) -> Iterator[Contradiction]:
    """A part of a window above the whole; of each whole only the part that lies furthest above it."""
    for whole in held:
        parts = [
            p
            for p in held
            if p.counts_as(whole)
            and is_sum(p)
            and whole.start <= p.start
            and p.end <= whole.end
            and (p.start, p.end) != (whole.start, whole.end)
        ]
        worst = max(parts, key=lambda p: (_apart(p.low, whole.high), p.id), default=None)
        if worst is not None:
            kind = "cumulative_falls" if worst.start == whole.start else "part_over_total"
            yield Contradiction(kind, (worst,), whole, _apart(worst.low, whole.high))


def _of_growth(held: Sequence[Print]) -> Iterator[Contradiction]:
    for now in held:
        growth = now.row["yoy_pct"]
        if growth is None or growth <= -100:  # noqa: PLR2004 - nothing is left to divide by
            continue
        before = year_earlier(now.start), year_earlier(now.end, is_end=True)
        half = growth_half_unit(float(growth))
        least, most = (now.low / (1 + (growth + half) / 100), now.high / (1 + max(growth - half, -99.9) / 100))
        implied = float(now.row["value_norm"]) / (1 + growth / 100)
        for base in held:
            if (base.start, base.end) == before and base.counts_as(now):
                apart = max(_apart(least, base.high), _apart(base.low, most))
                yield Contradiction("growth_does_not_follow", (now,), base, apart, implied)


def _of_sectors(prints: Sequence[Print], groups: Mapping[Any, Sequence[Print]]) -> Iterator[Contradiction]:
    by_whole: dict[tuple[Any, ...], dict[str, Print]] = {}
    for one in prints:
        if one.row["sector"]:
            said = by_whole.setdefault((one.of(sector=None), one.start, one.end, one.row["source_id"]), {})
            said.setdefault(str(one.row["sector"]), one)
    for (key, start, end, _), parts in by_whole.items():
        for whole in groups.get(key, ()):
            if (whole.start, whole.end) == (start, end):
                kind = "parts_over_total" if len(parts) > 1 else "part_over_total"
                apart = _apart(sum(p.low for p in parts.values()), whole.high)
                yield Contradiction(kind, tuple(parts.values()), whole, apart)


def _of_directions_and_modes(prints: Sequence[Print], groups: Mapping[Any, Sequence[Print]]) -> Iterator[Contradiction]:
    for part in prints:
        wholes: list[Print] = []
        if not is_sum(part):
            continue
        if part.row["direction"] in {"in", "out"}:
            wholes += groups.get(part.of(direction="both"), [])
        if part.row["mode"] in {"rail", "road"}:
            wholes += groups.get(part.of(mode="all"), [])
        for whole in wholes:
            if part.counts_as(whole) and whole.start <= part.start and part.end <= whole.end:
                yield Contradiction("part_over_total", (part,), whole, _apart(part.low, whole.high))
