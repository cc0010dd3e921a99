"""Like with like: one quantity over the same stretch of the calendar in several years, as one office counts it.

A figure is held against the growth that its own reporter printed, else against the figure of an earlier year. Rows
of two offices, of two modes or of windows that begin or end on other days are never held against each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods, units
from entrepot.core.words.translate import in_english
from entrepot.corridors import throughput

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.core.findings import Finding

Row = dict[str, Any]
LONGEST = 366  # days; longer windows are sums of years and show no turn
CHAIN = 3  # years shown of one quantity: two show a change, a third whether it goes on
_KEY = ("place_id", "partner", "metric", "mode", "direction", "sector", "origin", "unit_norm", "per")
_DIGITS = 3  # of a share: no printed total carries more into it


@dataclass(frozen=True, slots=True)
class Compared:
    """Reports that can be held against each other.

    Attributes:
        rows: the rows of the observations, oldest first; one only where the growth was printed with it.
        figures: what each says, oldest first.
        growth: the change on the year before as printed; None where two figures were compared.
        low, high: the change in percent that the printed figures leave possible; None where open.
        years: how many years lie between the last two figures.
    """

    rows: tuple[Row, ...]
    figures: tuple[Finding, ...]
    growth: Finding | None
    low: float | None
    high: float | None
    years: int = 1

    @property
    def until(self) -> str:
        """Last day of the freshest figure."""
        return periods.last_day(str(self.figures[-1].period_end)).isoformat()

    @property
    def since(self) -> str:
        """First day of the figure before, of the implied one where growth was printed."""
        first = periods.first_day(str(self.figures[-1 if self.growth else -2].period_start))
        return f"{first.year - (1 if self.growth else 0)}-{first:%m-%d}"


def usable(row: Row, least_days: int) -> bool:
    """Whether a row is a report of a whole window that another year can be held against."""
    if row["value_norm"] is None or row["status"] != "reported" or not (row["period_start"] and row["period_end"]):
        return False
    return least_days <= periods.span(str(row["period_start"]), str(row["period_end"])).days <= LONGEST


def freshest(rows: Iterable[Row], *, least_days: int, longest_gap: int) -> list[Compared]:
    """The freshest comparison of each quantity, freshest first.

    Args:
        rows: rows of the step `observations`.
        least_days: windows shorter than that are passed over.
        longest_gap: how many years may lie between two figures.
    """
    groups: dict[tuple[Any, ...], dict[str, list[Row]]] = {}
    for row in rows:
        if usable(row, least_days):
            groups.setdefault(tuple(row[k] for k in _KEY), {}).setdefault(str(row["family"]), []).append(row)
    best = [c for offices in groups.values() if (c := _best(offices, longest_gap))]
    return sorted(best, key=lambda c: (c.until, c.figures[-1].number, c.figures[-1].id), reverse=True)


def _best(offices: Mapping[str, Sequence[Row]], longest_gap: int) -> Compared | None:
    found = [c for rows in offices.values() for c in _comparisons(rows, longest_gap)]
    return max(found, key=_rank, default=None)


def _rank(c: Compared) -> tuple[str, int, int, bool, str]:
    row = c.rows[-1]
    days = periods.span(str(row["period_start"]), str(row["period_end"])).days
    return c.until, -c.years, days, row["quality"] == "good", str(row["id"])


def stretch(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The part of the calendar that a window covers, whatever its year; a last day of February is one day."""
    first, last = periods.first_day(str(row["period_start"])), periods.last_day(str(row["period_end"]))
    end = (last.month, 0 if _ends_month(str(row["period_end"])) else last.day)
    return (first.month, first.day), end, last.year - first.year


def _ends_month(end: str) -> bool:
    last = periods.last_day(end)
    return last == periods.last_day(f"{last:%Y-%m}")


def one_a_window(rows: Iterable[Row]) -> list[Row]:
    """One report a window: exact before bounded, good before doubtful, then the latest known."""
    out: dict[tuple[str, str], Row] = {}
    best = sorted(rows, key=lambda r: (str(r["known_on"] or ""), str(r["id"])), reverse=True)
    for row in sorted(best, key=lambda r: (r["bound"] != "exact", r["quality"] != "good", r["yoy_pct"] is None)):
        window = str(periods.first_day(row["period_start"])), str(periods.last_day(row["period_end"]))
        out.setdefault(window, row)
    return list(out.values())


def _comparisons(rows: Sequence[Row], longest_gap: int) -> list[Compared]:
    years: dict[tuple[Any, ...], dict[int, Row]] = {}
    for row in one_a_window(rows):
        years.setdefault(stretch(row), {})[periods.first_day(row["period_start"]).year] = row
    out = []
    for by_year in years.values():
        for year, row in by_year.items():
            if row["yoy_pct"] is not None:
                out.append(_printed(row))
            elif earlier := next((y for y in range(year - 1, year - 1 - longest_gap, -1) if y in by_year), None):
                out.append(_chain(by_year, year, year - earlier))
    return out


def _printed(row: Row) -> Compared:
    percent = float(row["yoy_pct"])
    half = throughput.growth_half_unit(percent)
    return Compared((row,), (throughput.reported(row),), throughput.growth(row), percent - half, percent + half)


def _chain(by_year: Mapping[int, Row], year: int, gap: int) -> Compared:
    years = [y for y in range(year, year - gap * CHAIN, -gap) if y in by_year]
    unbroken = years[: next((i for i in range(1, len(years)) if years[i - 1] - years[i] != gap), len(years))]
    rows = tuple(by_year[y] for y in reversed(unbroken))
    figures = tuple(throughput.reported(r) for r in rows)
    return Compared(rows, figures, None, *change(figures[-2], figures[-1]), years=gap)


def change(before: Finding, after: Finding) -> tuple[float | None, float | None]:
    """The lowest and highest change in percent that two figures leave possible; None where open."""
    low = _percent(after.low, before.high)
    return low, _percent(after.high, before.low)


def _percent(after: float | None, before: float | None) -> float | None:
    return None if after is None or before is None or before <= 0 else 100 * (after / before - 1)


@in_english
def share(part: Finding, whole: Finding, quantity: str) -> Finding:
    """One figure as a percentage of another over the same window."""
    value = units.rounded(100 * part.number / whole.number, _DIGITS)
    ends = [f for f in (part.low, part.high, whole.low, whole.high) if f is None]
    exact = not ends and part.low == part.high and whole.low == whole.high
    return findings.make(
        kind="number",
        subject=part.subject,
        quantity=quantity,
        value=value,
        unit="percent",
        period=(part.period_start, part.period_end),
        as_of=max(part.as_of or "", whole.as_of or "") or None,
        status="estimated",
        low=value if exact else None,
        high=value if exact else None,
        basis=f"{findings.plain(part.number)} / {findings.plain(whole.number)} {part.unit}, both as printed",
        grounds=[*whole.grounds, *part.grounds],
    )


@dataclass(frozen=True, slots=True)
class Against:
    """A figure held against one of a base year whose window is not the same.

    Attributes:
        now, then: the two figures.
        least: now as a percentage of the same months of the base year, at least; None where that is not bounded.
        most: likewise, at most.
    """

    row: Row
    now: Finding
    then: Finding
    least: Finding | None
    most: Finding | None


def against(rows: Sequence[Row], base: int, *, least_days: int) -> Against | None:
    """The freshest figure of at least so many days that the base year bounds.

    What passed in April to October of the base year is no more than what passed in January to November of it: a part
    of a window bounds the whole, and the whole its part.
    """
    whole = [r for r in rows if usable(r, least_days) and r["bound"] == "exact"]
    then = [r for r in one_a_window(whole) if periods.last_day(r["period_end"]).year == base and _in_one_year(r)]
    years: dict[int, list[Row]] = {}
    for row in one_a_window(whole):
        year = periods.first_day(row["period_start"]).year
        if year > base and _in_one_year(row) and any(_bounds(row, t) for t in then):
            years.setdefault(year, []).append(row)
    if not years:
        return None
    row = max(years[max(years)], key=lambda r: (periods.span(r["period_start"], r["period_end"]).days, r["id"]))
    best = min((t for t in then if _bounds(row, t)), key=lambda t: (abs(_days(t) - _days(row)), t["id"]))
    now, before = throughput.reported(row), throughput.reported(best)
    inside, outside = _within(row, best), _within(best, row)
    return Against(
        row, now, before,
        _bound(now, before, least=True) if inside else None,
        _bound(now, before, least=False) if outside else None,
    )  # fmt: skip


def _days(row: Row) -> int:
    return periods.span(row["period_start"], row["period_end"]).days


def _in_one_year(row: Row) -> bool:
    return periods.first_day(row["period_start"]).year == periods.last_day(row["period_end"]).year


def _within(row: Row, other: Row) -> bool:
    """Whether the months of one window lie within those of another, whatever their years; of one quantity."""
    if any(row[k] != other[k] for k in _KEY):
        return False
    a, b = ((periods.first_day(r["period_start"]), periods.last_day(r["period_end"])) for r in (row, other))
    return f"{b[0]:%m-%d}" <= f"{a[0]:%m-%d}" and f"{a[1]:%m-%d}" <= f"{b[1]:%m-%d}"


def _bounds(row: Row, then: Row) -> bool:
    return _within(row, then) or _within(then, row)


@in_english
def _bound(now: Finding, then: Finding, *, least: bool) -> Finding:
    value = units.rounded(100 * now.number / then.number, _DIGITS)
    word = "part" if least else "whole"
    return findings.make(
        kind="number",
        subject=now.subject,
        quantity=f"{now.quantity}: of the same months of the earlier year",
        value=value,
        unit="percent",
        period=(now.period_start, now.period_end),
        as_of=max(now.as_of or "", then.as_of or "") or None,
        status="estimated",
        low=value if least else None,
        high=None if least else value,
        basis=f"{findings.plain(now.number)} / {findings.plain(then.number)} {now.unit}; the later window is {word} of "
        "the earlier one, so of the same months at " + ("least" if least else "most"),
        grounds=[*then.grounds, *now.grounds],
    )
