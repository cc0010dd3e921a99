"""Series of a place: which quantities are asked for, and each of them as rows by month and by year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core import units
from entrepot.core.periods import last_day
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.series.estimate import Estimate, estimate
from entrepot.corridors.series.excluding import excluded, lies_apart
from entrepot.corridors.series.linear_reports import Frame, placed, reports_of
from entrepot.corridors.series.open_days import MONTHS, month_name, shut_rows
from entrepot.corridors.series.tellings import carriers, tellings
from entrepot.corridors.throughput import quantity as in_words
from entrepot.corridors.throughput import sides

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.linear_reports import Placed
    from entrepot.corridors.series.quantities import Quantity
    from entrepot.corridors.series.tellings import Carriers
    from entrepot.corridors.ties.window_report import Report

    Array = NDArray[np.float64]

INTERVAL = (0.025, 0.5, 0.975)  # ends that hold 95 in 100, as readers of official statistics expect, and the middle
WIDEST = 3.0  # times the low end: a wider interval says not even the order of magnitude, and counts as not known
_DIGITS = 4  # as the room writes what is derived
_HAIR = 1 + 1e-9  # half a unit of the last digit is met exactly by what was rounded from a five
_TELLING = 8  # reports named of one estimate; the rest move it by less


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """A quantity with what is estimated of it.

    Attributes:
        quantity: the quantity.
        reports: what was reported.
        estimate: draws by month.
        whole: every report on the calendar, those too that may not stand.
    """

    quantity: Quantity
    reports: tuple[Report, ...]
    estimate: Estimate
    whole: Placed


@in_english
def series_of(quantity: Quantity) -> Series:
    """A quantity estimated.

    Args:
        quantity: with at least one report.
    """
    reports = reports_of(quantity)
    frame = Frame(quantity.place_id)
    return Series(quantity, tuple(reports), estimate(frame, reports), placed(frame, reports))


def is_placeable(quantity: Quantity) -> bool:
    """Whether any report of a quantity says something of a month: a record of one day does not.

    Args:
        quantity: its rows.
    """
    # One at a time: what a report says of its own months hangs on no other, and mostly the first says something.
    return any(placed(Frame(quantity.place_id), [r]).reports for r in reports_of(quantity) if r.sense != "growth")


@in_english
def rows(series: Series, name: str, steps: Sequence[str]) -> Iterator[dict[str, Any]]:
    """Rows of `corridor_series`, in order of time.

    Args:
        series: a quantity estimated.
        name: of its place.
        steps: month, year or both.
    """
    doubted = unborne(series)
    apart = excluded(series.reports) | {u.report for u in doubted}
    asked = _Asked(series, name, carriers(series.estimate.components[0]), _prints(series), apart, doubted)
    for step in steps:
        for start, months in _periods(series.whole, step):
            yield _row(asked, step, start, months)


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    """A series with what is the same for all its rows."""

    series: Series
    name: str
    carriers: Carriers
    prints: Mapping[tuple[date, date], tuple[Report, ...]]
    apart: frozenset[Report]
    unborne: tuple[Unborne, ...]


def _prints(series: Series) -> dict[tuple[date, date], tuple[Report, ...]]:
    """Windows that reports print in the series' own unit, with those reports."""
    held: dict[tuple[date, date], tuple[Report, ...]] = {}
    for one in series.reports:
        if one.sense == "exact" and not (one.other_unit or one.is_made):
            held[one.start, one.end] = (*held.get((one.start, one.end), ()), one)
    return held


@dataclass(frozen=True, slots=True)
class Unborne:
    """A report that the others do not bear out: what all of them together leave of its window does not hold it.

    Attributes:
        report: the report.
        low, high: ends that hold 95 in 100 of the draws of its window.
        months: places of its months.
    """

    report: Report
    low: float
    high: float
    months: frozenset[int]


def unborne(series: Series) -> tuple[Unborne, ...]:
    """The reports that the others do not bear out, those that exclude each other left out.

    Tails are long, so a print that fits badly counts for less; what so counts for nothing is contradicted, though no
    single print excludes it.

    Args:
        series: a quantity estimated.
    """
    apart = excluded(series.reports)
    out: list[Unborne] = []
    for one, share in zip(series.whole.reports, series.whole.shares, strict=True):
        if one.sense == "growth" or one.is_made or one.other_unit or one in apart:
            continue
        low, _, high = np.quantile(series.estimate.amounts @ share, INTERVAL)
        if lies_apart(one, float(low), float(high)):
            out.append(Unborne(one, float(low), float(high), frozenset(np.flatnonzero(share).tolist())))
    return tuple(out)


def _periods(whole: Placed, step: str) -> Iterator[tuple[str, list[int]]]:
    first, count = whole.days.first, whole.days.months
    if step == "month":
        for at in range(count):
            yield month_name(first + at), [at]
        return
    for year in range(first // MONTHS, (first + count - 1) // MONTHS + 1):
        months = [year * MONTHS + m - first for m in range(MONTHS)]
        if months[0] >= 0 and months[-1] < count:
            yield str(year), months


def _row(asked: _Asked, step: str, start: str, months: list[int]) -> dict[str, Any]:
    series = asked.series
    row = series.quantity.rows[0]
    open_days = int(series.whole.days.open_days[months].sum())
    low, middle, high = np.quantile(series.estimate.amounts[:, months].sum(axis=1), INTERVAL)
    prints = asked.prints.get(_window(start), ())
    figure = _figure([p for p in prints if p not in asked.apart])
    doubted = [u for u in asked.unborne if u.months & set(months)]
    told = _told(asked.carriers, months, [*prints, *(u.report for u in doubted)])
    is_printed = figure is not None and low <= figure.value <= high and _stands(figure, float(middle), prints, told)
    state = _state(open_days, (float(low), float(high)), is_printed=is_printed)
    is_number = state != "not_known"
    value = figure.value if figure is not None and state == "printed" else units.rounded(float(middle), _DIGITS)
    said = {
        "place_id": series.quantity.place_id,
        "place": _named(row, asked.name),
        "quantity": in_words(row),
        "counter": series.quantity.counter,
        "step": step,
        "period_start": start,
        "period_end": start,
        "state": state,
        "value": value if is_number else None,
        "low": units.rounded(float(low), _DIGITS) if is_number else None,
        "high": units.rounded(float(high), _DIGITS) if is_number else None,
        "printed": None if figure is None else figure.value,
        "unit": str(row["unit_norm"]),
        "reports": (_closing(series.quantity.place_id, start) if state == "shut" else told) or None,
        "open_days": open_days,
        "basis": _basis(series, state) + _beside(figure, state, str(row["unit_norm"])) + _doubted(doubted),
    }
    return said | {"series_id": row_id("series", said, (), {"value", "low", "high"})}


def _named(row: Mapping[str, Any], name: str) -> str:
    partner = sides(row)[1]
    return tr("{name} with {partner}", name=name, partner=partner) if partner else name


def _window(start: str) -> tuple[date, date]:
    return date.fromisoformat(f"{start}-01-01"[:10]), last_day(start)


def _figure(prints: Sequence[Report]) -> Report | None:
    """The print of a period with most digits, where every other is the same but for its own rounding; else None."""
    finest = min(prints, key=lambda p: p.rounding, default=None)
    if finest is None or any(abs(p.value - finest.value) > p.rounding * p.value * _HAIR for p in prints):
        return None
    return finest


def _stands(figure: Report, middle: float, prints: Sequence[Report], told: Sequence[str]) -> bool:
    """Whether an estimate is what was printed: no other report carries it, or they leave it where it was printed.

    Where a print alone carries its period, what the middle of the draws is off by says nothing but how they fell.
    """
    own = {i for p in prints for i in p.ids}
    as_shown = units.rounded(middle, _DIGITS) == units.rounded(figure.value, _DIGITS)
    return own.issuperset(told) or as_shown or abs(middle - figure.value) <= figure.rounding * figure.value


def _beside(figure: Report | None, state: str, unit: str) -> str:
    """What was printed of the period, in words."""
    if figure is None or state == "shut":
        return ""
    told = {"ids": ", ".join(figure.ids), "value": units.with_unit(figure.value, unit)}
    if state == "printed":
        return tr("; the value is what {ids} prints", **told)
    return tr("; {ids} prints {value}, and other reports draw the estimate away from it", **told)


def _doubted(doubted: Sequence[Unborne]) -> str:
    """Which reports the others do not bear out, in words."""
    ids = dict.fromkeys(i for u in doubted for i in u.report.ids)
    return tr("; the other reports do not bear out {ids}", ids=", ".join(ids)) if ids else ""


def _state(open_days: int, interval: tuple[float, float], *, is_printed: bool) -> str:
    if not open_days:
        return "shut"
    if interval[1] > WIDEST * interval[0]:
        return "not_known"
    return "printed" if is_printed else "estimated"


def _told(of: Carriers, months: list[int], beside: Sequence[Report]) -> list[str]:
    """Ids of the reports that carry an estimate, the most telling first; then those beside them that carry nothing."""
    found = tellings(of, months)
    carry = (i for ids, _ in found[:_TELLING] for i in ids)
    return list(dict.fromkeys((*carry, *(i for r in beside for i in r.ids))))


def _closing(place_id: str, start: str) -> list[str]:
    """The rows of the record that have the place shut in a period."""
    first, last = date.fromisoformat(f"{start}-01-01"[:10]), last_day(start)
    out: list[str] = []
    for row in shut_rows(place_id):
        reach = last_day(row["last"]) >= first and date.fromisoformat(row["first"]) <= last
        if row["state"] == "shut" and reach and (not row["season_start"] or _in_season(row, first)):
            out += row["rests_on"]
    return list(dict.fromkeys(out))


def _in_season(row: Mapping[str, Any], day: date) -> bool:
    start, end, at = row["season_start"], row["season_end"], f"{day + timedelta(1):%m-%d}"
    return bool(start <= at <= end if start <= end else at >= start or at <= end)


def _basis(series: Series, state: str) -> str:
    if state == "shut":
        return tr("the record has it shut on every day")
    how = tr("a walk with a season through {through}, bounds as bounds", through=_through(series.whole.reports))
    held = series.estimate.components
    fallen = len({frozenset(r.ids[0] for r in c.placed.reports) for c in held})
    if fallen > 1:
        how += tr("; prints exclude each other, so {fallen} ways for them to stand are weighed", fallen=fallen)
    if state == "not_known":
        return tr("{how}: the interval of 95 in 100 is wider than a factor of three", how=how)
    return tr("{how}; the middle and 95 in 100 of {count} draws", how=how, count=len(series.estimate.amounts))


def _through(reports: Sequence[Report]) -> str:
    """How many reports there are, those apart that a tie makes of others."""
    tied = [r for r in reports if r.other_unit or r.is_made]
    words = [tr("{count} of one count", count=units.counted(len(reports) - len(tied), "report"))]
    if made := sum(not r.other_unit for r in tied):
        words.append(tr("{made} made of imports, exports and both ways of one window", made=made))
    if exchanged := [r.other_unit for r in tied if r.other_unit]:
        words.append(
            tr(
                "{count} in {exchanged} at the mean rate of each month (Federal Reserve, G.5)",
                count=len(exchanged),
                exchanged=exchanged[0],
            )
        )
    return ", ".join(words)
