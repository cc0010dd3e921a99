"""Reports as statements on sums over days: so much, at least so much, or so many times the same days a year before."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr
from entrepot.corridors.series.open_days import month_number, open_days
from entrepot.corridors.series.quantities import KEY
from entrepot.corridors.throughput import growth_half_unit, printed_range
from entrepot.corridors.ties.exchange_rates import RATE_ERROR, converted
from entrepot.corridors.ties.two_ways import both_ways, one_way
from entrepot.corridors.ties.window_report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.open_days import OpenDays
    from entrepot.corridors.series.quantities import Quantity

    Array: TypeAlias = NDArray[np.float64]

# Standard deviation of a print around what was later settled. Thirteen pairs of exact prints of one office, period and
# quantity stand in the record: their median difference is 0.4 percent, three differ by 1.4 to 4 percent.
NAMED_ERROR = 0.01
# A copy, a doubtful year or scope, an unnamed reporter: as far off as the widest of those pairs.
DOUBTFUL_ERROR = 0.04
# Of a month of which a part is reported, that part is known to this share of the month where it is half of it: days of
# a crossing come in runs (holidays, snow, queues), so that half a month holds 40 to 60 percent of it.
_PART_ERROR = 0.4
_SHORTEST = 7  # days: a shorter window is printed because it was a record, and says little of its month
_OPENING = 0.25  # of a month's open days: a short window that is so much of them is the month itself


@dataclass(frozen=True, slots=True)
class Placed:
    """Reports on the months of one calendar.

    Attributes:
        reports: the reports.
        days: the calendar.
        shares: of each month's amount, by report, shape (reports, months).
        bases: the same of the year before, zero where the report is no growth.
        errors: standard deviation by report as a share, the parts of months counted in.
        aside: id -> why a report cannot be placed.
    """

    reports: tuple[Report, ...]
    days: OpenDays
    shares: Array
    bases: Array
    errors: Array
    aside: Mapping[str, str]


def reports_of(quantity: Quantity, without: frozenset[str] = frozenset()) -> list[Report]:
    """The reports of a quantity; prints that say the same of one window are one report.

    Behind its own stand those that two identities make of others: imports and exports are both ways, and dollars at the
    rate of each month are yuan.

    Args:
        quantity: its rows.
        without: rows that are taken as never printed.
    """
    own = _with_third(quantity, without)
    other = quantity.other_currency
    if other is None:
        return own
    return own + [
        replace(one, other_unit=other.unit, error=float(np.hypot(one.error, RATE_ERROR)))
        for one in _with_third(other, without)
    ]


def _with_third(quantity: Quantity, without: frozenset[str]) -> list[Report]:
    """Its own reports, and of windows of which it has none what the other directions make."""
    own = _own_reports(quantity, without)
    ways = {way: _own_reports(one, without) for way, one in quantity.ways.items()}
    direction = str(quantity.key[KEY.index("direction")])
    if direction == "both":
        made = both_ways(ways.get("in", []), ways.get("out", []))
    else:
        made = one_way(ways.get("both", []), ways.get({"in": "out", "out": "in"}[direction], []))
    printed = {(r.start, r.end) for r in own if r.sense == "exact"}
    return own + [r for r in made if (r.start, r.end) not in printed]


def _own_reports(quantity: Quantity, without: frozenset[str]) -> list[Report]:
    held: dict[tuple[Any, ...], Report] = {}
    parts = (
        replace(r, sense="least")
        for row in quantity.parts
        for r in _of_row(row)
        if r.sense != "growth" and row["id"] not in without
    )
    rows = (
        r
        for row in quantity.rows
        for r in _of_row(row, is_unnamed=row["id"] in quantity.unnamed)
        if row["id"] not in without
    )
    for one in (*rows, *parts):
        same = (one.start, one.end, one.sense, one.value)
        held[same] = _joined(held[same], one) if same in held else one
    return list(held.values())


def _joined(a: Report, b: Report) -> Report:
    best, other = (a, b) if a.error <= b.error else (b, a)
    return Report(
        (*best.ids, *other.ids), best.sources | other.sources, best.start, best.end, best.sense, best.value,
        best.error, best.is_doubtful, best.rounding, max(a.known_on, b.known_on),
    )  # fmt: skip


def _of_row(row: Mapping[str, Any], *, is_unnamed: bool = False) -> Iterable[Report]:
    value, start, end = float(row["value_norm"]), first_day(row["period_start"]), last_day(row["period_end"])
    is_doubtful = is_unnamed or row["quality"] != "good"
    own = DOUBTFUL_ERROR if is_doubtful else NAMED_ERROR
    head = ((str(row["id"]),), frozenset({str(row["source_id"])}), start, end)
    if row["bound"] in {"at_least", "at_most"}:
        yield Report(*head, "least" if row["bound"] == "at_least" else "most", value, own, is_doubtful)
    else:
        low, high = printed_range(row)
        half = (high - low) / 2 / value if high is not None and low is not None else 0.0
        yield Report(
            *head, "exact", value, float(np.hypot(own, half / np.sqrt(3))), is_doubtful, half, str(row["known_on"])
        )
    if row["yoy_pct"] is not None and float(row["yoy_pct"]) > -100:  # noqa: PLR2004 - nothing is left to divide by
        ratio = 1 + float(row["yoy_pct"]) / 100
        half = growth_half_unit(float(row["yoy_pct"])) / 100 / ratio
        # Both figures of the ratio were printed with an error of their own.
        yield Report(*head, "growth", ratio, float(np.hypot(own * np.sqrt(2), half / np.sqrt(3))), is_doubtful)


def year_earlier(day: date, *, is_end: bool = False) -> date:
    """The same day a year before; the end of February stays the end of February."""
    last = monthrange(day.year - 1, day.month)[1]
    ends_month = is_end and day.day == monthrange(day.year, day.month)[1]
    return date(day.year - 1, day.month, last if ends_month else min(day.day, last))


@dataclass(frozen=True, slots=True)
class Frame:
    """Where and over which months something is estimated.

    Attributes:
        place_id: the place, for its seasons and closures.
        span: numbers of the first and the last month; None for those that the reports reach.
        without: rows of the record that are supposed not to have happened.
        shaken: numbers of the first and the last month of something that may have moved all of them together.
    """

    place_id: str
    span: tuple[int, int] | None = None
    without: frozenset[str] = frozenset()
    shaken: tuple[int, int] | None = None


def placed(frame: Frame, reports: Sequence[Report]) -> Placed:
    """Reports on the calendar of a place.

    Args:
        frame: the place and the months.
        reports: the reports.
    """
    first, last = frame.span or reached(reports)
    days = open_days(frame.place_id, first, last, frame.without)
    shares, bases, errors, kept, aside = [], [], [], [], {}
    for one in reports:
        share = days.shares(one.start, one.end)
        base = np.zeros(days.months)
        if one.sense == "growth":
            base = days.shares(year_earlier(one.start), year_earlier(one.end, is_end=True))
        if why := _not_placed(one, share, base):
            aside.update(dict.fromkeys(one.ids, why))
            continue
        rates = _rates(one, days)
        if np.isnan(rates[(share > 0) | (base > 0)]).any():
            aside.update(
                dict.fromkeys(
                    one.ids, tr("in {other_unit}, of months without a rate on record", other_unit=one.other_unit)
                )
            )
            continue
        kept.append(one)
        errors.append(np.hypot(one.error, np.hypot(_part_error(share, days), _part_error(base, days))))
        shares.append(np.where(share > 0, share * rates, 0.0))
        bases.append(np.where(base > 0, base * rates, 0.0))
    shape = (len(kept), days.months)
    return Placed(
        tuple(kept), days, np.array(shares).reshape(shape), np.array(bases).reshape(shape), np.array(errors), aside
    )


def _rates(one: Report, days: OpenDays) -> Array:
    """By what a month's amount in the unit of the series is multiplied to be what the report counts."""
    return converted(days.first, days.months, one.other_unit) if one.other_unit else np.ones(days.months)


def reached(reports: Sequence[Report]) -> tuple[int, int]:
    """Numbers of the first and the last month that reports reach, bases of growth among them."""
    starts = [year_earlier(r.start) if r.sense == "growth" else r.start for r in reports]
    return month_number(min(starts)), month_number(max(r.end for r in reports))


def _not_placed(one: Report, share: Array, base: Array) -> str:
    if not share.any():
        return tr("the record has the place shut throughout")
    if one.sense == "growth" and not base.any():
        return tr("growth on a year before in which the record has the place shut throughout")
    if (one.end - one.start).days + 1 < _SHORTEST and float(np.max(share)) < _OPENING:
        return tr("fewer than {shortest} days, printed as a record", shortest=_SHORTEST)
    return ""


def _part_error(share: Array, days: OpenDays) -> float:
    whole = float(share @ days.open_days)
    return float(_PART_ERROR * (share * (1 - share) * days.open_days).sum() / whole) if whole else 0.0
