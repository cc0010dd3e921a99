"""What passes against what can: the newest count of each crossing, mode and unit against its capacity on record."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods
from entrepot.core.shown import row_id
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.units import rounded
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.series.quantities import KEY
from entrepot.corridors.throughput import bounds, is_peak
from entrepot.corridors.trains.contract import CROSSING_CAPACITIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from entrepot.corridors.series.quantities import Quantity

    Row = Mapping[str, Any]
    Years = Callable[[Quantity], Sequence[Row]]

# Percent. UIC leaflet 406 (2004) sets 75 percent of the peak hours as what a line of mixed trains can be used without
# losing its reserve against delay; for roads at a border nobody sets a share, so it stands for these too.
NEAR = 75.0
_SHORTEST, _LONGEST = 28, 366  # days of a report that stands for what passes: a month, as no day does; no sum of years
_METRICS = {"trains": "trains", "vehicles": "vehicles", "tonnes": "cargo", "TEU": "containers_teu"}
# Years. The works of a border are planned by five years (khorgos 2022, the new site of Irkeshtam 2011): an older figure
# may be of a site that has been rebuilt.
STALE = 5.0
_STATES = ("over", "near", "below", "not_known")
_FITTED = ("a_day", "a_day_low", "a_day_high", "use_percent", "use_low", "use_high")


@dataclass(frozen=True, slots=True)
class Passed:
    """What is known to pass.

    Attributes:
        amount, low, high: of the whole period; no high: at least so much.
        days: of the period.
        first, last: its days, as the report or the series has them.
        rows: of the record.
        how: estimated or printed.
    """

    amount: float
    low: float
    high: float | None
    days: int
    first: str
    last: str
    rows: tuple[str, ...]
    how: str


@in_english
def bottlenecks(
    held: Sequence[Quantity], observed: Sequence[Row], names: Mapping[str, str], day: date, years: Years
) -> list[dict[str, Any]]:
    """Rows of `crossing_bottlenecks`, the fullest first.

    Args:
        held: the quantities of all places.
        observed: all observations that are known.
        names: place_id -> name.
        day: capacities of later dates are not known yet.
        years: estimates the years of a quantity, rows of `corridor_series`.
    """
    keys = dict.fromkeys(_key(r) for r in packaged_rows(CROSSING_CAPACITIES))
    rows = [
        _row(key, names[key[0]], capacity, _passed(key, held, observed, years))
        for key in keys
        if (capacity := _capacity(key, day)) is not None
    ]
    return sorted(rows, key=lambda r: (_STATES.index(r["state"]), -(r["use_percent"] or 0), r["place"], r["unit"]))


Key = tuple[str, str, str, str]  # place, mode, direction, unit


def _key(row: Row) -> Key:
    return row["place_id"], row["mode"], row["direction"], row["unit"]


def _capacity(key: Key, day: date) -> Row | None:
    """A limit in force; else the highest that has a date, because a lower one has been passed; else an undated one."""
    own = [
        r
        for r in packaged_rows(CROSSING_CAPACITIES)
        if _key(r) == key
        and r["kind"] != "planned"
        and (not r["first"] or periods.first_day(r["first"]) <= day)
        and (not r["last"] or periods.last_day(r["last"]) >= day)
    ]
    return max(own, key=lambda r: (r["kind"] == "limit", bool(r["first"]), r["a_day"]), default=None)


def _passed(key: Key, held: Sequence[Quantity], observed: Iterable[Row], years: Years) -> Passed | None:
    """The last year that the series knows; the newest report of a month or longer where the year is older by a year.

    A part of a year has a season, so a whole one goes before it.
    """
    printed = max(_printed(key, observed), key=lambda p: (periods.last_day(p.last), p.days, p.rows), default=None)
    year = next(_of_series(key, held, years), None)
    if year is None or printed is None:
        return year or printed
    later = (periods.last_day(printed.last) - periods.last_day(year.last)).days
    return printed if later > _LONGEST else year


def _of_series(key: Key, held: Sequence[Quantity], years: Years) -> Iterator[Passed]:
    place, mode, direction, unit = key
    at = {name: KEY.index(name) for name in ("metric", "mode", "direction")}
    own = [
        q
        for q in held
        if q.place_id == place
        and len(q.rows) > 1
        and (q.key[at["metric"]], q.key[at["mode"]], q.key[at["direction"]]) == (_METRICS[unit], mode, direction)
    ]
    if not own:
        return
    known = [r for r in years(max(own, key=lambda q: len(q.rows))) if r["value"] is not None and r["state"] != "shut"]
    for row in known[-1:]:
        year = str(row["period_start"])[:4]
        yield Passed(
            row["value"], row["low"], row["high"], 365 + isleap(int(year)), year, year,
            tuple(row["reports"] or ()), "estimated",
        )  # fmt: skip


def _printed(key: Key, observed: Iterable[Row]) -> Iterator[Passed]:
    place, mode, direction, unit = key
    for row in observed:
        a_day = row["metric"] == f"{_METRICS[unit]}_per_day"
        if (
            (row["place_id"], row["mode"], row["direction"]) != (place, mode, direction)
            or not (a_day or row["metric"] == _METRICS[unit])
            or row["status"] != "reported"
            or row["bound"] == "at_most"
            or row["superseded_by"]
            or not (row["value_norm"] and row["period_start"] and row["period_end"])
            or is_peak(row)
        ):
            continue
        days = periods.span(row["period_start"], row["period_end"]).days
        if not a_day and (row["per"] or not _SHORTEST <= days <= _LONGEST):
            continue
        value, many = float(row["value_norm"]), days if a_day else 1
        low, high = bounds(value, str(row["bound"]))
        yield Passed(
            value * many, (value if low is None else low) * many, None if high is None else high * many, days,
            row["period_start"], row["period_end"], (str(row["id"]),), "printed",
        )  # fmt: skip


def _row(key: Key, name: str, capacity: Row, passed: Passed | None) -> dict[str, Any]:
    a_day = dict.fromkeys(("amount", "low", "high")) if passed is None else _a_day(passed)
    use = {end: None if v is None else rounded(100 * v / capacity["a_day"]) for end, v in a_day.items()}
    said = {
        "place_id": key[0],
        "place": name,
        "mode": key[1],
        "direction": key[2],
        "unit": key[3],
        "state": _state(use),
        "a_day": _shown(a_day["amount"]),
        "a_day_low": _shown(a_day["low"]),
        "a_day_high": _shown(a_day["high"]),
        "period_start": passed.first if passed else None,
        "period_end": passed.last if passed else None,
        "capacity_a_day": capacity["a_day"],
        "capacity_kind": capacity["kind"],
        "capacity_of": capacity["first"] or None,
        "capacity_years": _age(capacity, passed),
        "use_percent": use["amount"],
        "use_low": use["low"],
        "use_high": use["high"],
        "rests_on": [*(passed.rows if passed else ()), capacity["rests_on"]],
        "basis": _basis(capacity, passed, key[3]),
    }
    return said | {"bottleneck_id": row_id("use", said, estimates=_FITTED)}


def _a_day(passed: Passed) -> dict[str, float | None]:
    ends = {"amount": passed.amount, "low": passed.low, "high": passed.high}
    return {end: None if v is None else v / passed.days for end, v in ends.items()}


def _shown(value: float | None) -> float | None:
    return None if value is None else rounded(value)


def _state(use: Mapping[str, float | None]) -> str:
    value, low, high = use["amount"], use["low"], use["high"]
    if value is None or low is None:
        return "not_known"
    if low > 100:  # noqa: PLR2004 - percent
        return "over"
    # Where no upper end is known, at least so much passes: it may be near whenever the figure is.
    return "near" if (value if high is None else high) >= NEAR else "below"


def is_dated(row: Row) -> bool:
    """Whether a capacity has a date that is no older than `STALE` years.

    Args:
        row: of `crossing_bottlenecks`.
    """
    return row["capacity_years"] is not None and row["capacity_years"] <= STALE


def _age(capacity: Row, passed: Passed | None) -> float | None:
    if passed is None or not capacity["first"]:
        return None
    days = (periods.last_day(passed.last) - periods.first_day(capacity["first"])).days
    return round(max(days, 0) / 365.25, 1)


def _basis(capacity: Row, passed: Passed | None, unit: str) -> str:
    since = tr("from {first} on", first=capacity["first"]) if capacity["first"] else "undated"
    can = tr(
        "{a_day:g} {unit} a day, {replace}, {since}",
        a_day=capacity["a_day"],
        unit=unit,
        replace=capacity["kind"].replace("_", " "),
        since=since,
    )
    why = f"({capacity['rests_on']}): {capacity['why']}"
    if passed is None:
        return tr("Capacity {can} {why}. What passes is not known.", can=can, why=why)
    high = "more" if passed.high is None else findings.plain(passed.high)
    return tr(
        "{amount} {unit} over {days} days ({low} to {high}, {how}), of {can} {why}",
        amount=findings.plain(passed.amount),
        unit=unit,
        days=passed.days,
        low=findings.plain(passed.low),
        high=high,
        how=passed.how,
        can=can,
        why=why,
    )
