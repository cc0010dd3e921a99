"""Observed throughput as findings: what was reported, and what a printed growth rate implies for the year before.

Two rules keep series honest. A figure is compared only with the same stretch of the calendar; and growth is taken
on the reporter's own base, one step back, never chained, because first prints are revised.
"""

from __future__ import annotations

from datetime import date
from math import floor, log10
from typing import TYPE_CHECKING, Any

from entrepot.core import findings, periods, units
from entrepot.core.findings import Finding, Ground
from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Mapping


# "about" is taken as good to half a unit of the second digit: "about 357 billion" is 352 to 362 billion.
_ABOUT_DIGITS = 2
# A derived figure is kept to four significant digits; no growth rate or day count in print carries more.
_DIGITS = 4


def sides(row: Mapping[str, Any]) -> tuple[str, str]:
    """The place, and the partner where the figure is of one partner only; empty where it is not.

    A programme names whose it is, as a crossing does: UFLPA enforcement is by the United States, and not with them.
    """
    place, partner = str(row["place"]), row.get("partner")
    of_itself = row.get("place_type") in {"crossing", "programme"}
    return place, str(partner) if partner and not of_itself and partner not in place else ""


@in_english
def subject(row: Mapping[str, Any]) -> str:
    """The sides of a figure in words."""
    place, partner = sides(row)
    return tr("{place} with {partner}", place=place, partner=partner) if partner else place


@in_english
def quantity(row: Mapping[str, Any]) -> str:
    """The metric with its mode, direction, sector and origin, as in `cargo, by road, both directions`.

    A capacity or a target says so: neither is what passed.
    """
    words = [str(row["metric"]).replace("_", " ")]
    if row["mode"] in {"rail", "road", "pipeline"}:
        words.append(tr("by {mode}", mode=row["mode"]))
    words.append({"in": "inward", "out": "outward"}.get(str(row["direction"]), tr("both directions")))
    if row.get("sector"):
        words.append(str(row["sector"]))
    if row.get("origin"):
        words.append(tr("declared origin {origin}", origin=row["origin"]))
    if row.get("per"):
        words.append(f"a {row['per']}")
    if row.get("status") in {"capacity", "target"}:
        words.append(str(row["status"]))
    return ", ".join(words)


def bounds(value: float, bound: str) -> tuple[float | None, float | None]:
    """What a printed bound leaves possible: (low, high), None where open.

    >>> bounds(500, "at_least")
    (500, None)
    """
    if bound == "at_least":
        return value, None
    if bound == "at_most":
        return None, value
    if bound == "about":
        size = len(str(int(abs(value)))) if abs(value) >= 1 else 1
        half = 0.5 * 10 ** (size - _ABOUT_DIGITS)
        return value - half, value + half
    return value, value


@in_english
def reported(row: Mapping[str, Any]) -> Finding:
    """The observation itself as a finding, value normalised, the printed words in its basis."""
    low, high = bounds(float(row["value_norm"]), str(row["bound"]))
    printed = f"{findings.plain(row['value'])} {row['unit']}".strip()
    bound = "" if row["bound"] == "exact" else tr(", printed as {replace}", replace=str(row["bound"]).replace("_", " "))
    who = tr(", counted by {reported_by}", reported_by=row["reported_by"]) if row.get("reported_by") else ""
    doubt = "" if row["quality"] == "good" else tr("; source quality: {quality}", quality=row["quality"])
    return findings.make(
        kind="number",
        subject=subject(row),
        quantity=quantity(row),
        value=float(row["value_norm"]),
        unit=str(row["unit_norm"]),
        period=(row["period_start"], row["period_end"]),
        as_of=row.get("known_on"),
        status="forecast" if row["status"] in {"forecast", "target"} else "reported",
        low=low,
        high=high,
        basis=f"as printed: {printed}{bound}{who}{doubt}",
        grounds=[Ground("observations", str(row["id"]), row["source_id"])],
    )


@in_english
def growth(row: Mapping[str, Any]) -> Finding:
    """The growth on the year before, as the reporter printed it."""
    return findings.make(
        kind="number",
        subject=subject(row),
        quantity=f"{quantity(row)}: change on the same period a year before",
        value=float(row["yoy_pct"]),
        unit="percent",
        period=(row["period_start"], row["period_end"]),
        as_of=row.get("known_on"),
        basis="growth as printed, on the reporter's own base",
        grounds=[Ground("observations", str(row["id"]), row["source_id"])],
    )


def growth_half_unit(percent: float) -> float:
    """Half a unit of the last printed digit of a growth rate or another figure, in the unit of print.

    >>> growth_half_unit(12.5)
    0.05
    """
    decimals = len(findings.plain(percent).partition(".")[2])
    return 0.5 * 10.0**-decimals


def printed_range(row: Mapping[str, Any]) -> tuple[float | None, float | None]:
    """What the print of a figure leaves possible, its rounding counted in: half a unit of its last digit either way.

    Args:
        row: an observation; `value` as printed, `value_norm` in the unit that it is counted in.
    """
    if row["bound"] != "exact":
        return bounds(float(row["value_norm"]), str(row["bound"]))
    printed, value = float(row["value"]), float(row["value_norm"])
    half = growth_half_unit(printed) * (value / printed if printed else 1.0)
    return value - half, value + half


def implied_year_before(value: float, percent: float, bound: str) -> tuple[float, float | None, float | None]:
    """Value, low and high a year before, from a figure and its printed growth.

    The interval carries the rounding of the growth rate and the bound of the figure: "at least 500, up 12.5 %"
    implies at least 500 / 1.1255 a year before, with no upper bound.
    """
    half = growth_half_unit(percent)
    low_now, high_now = bounds(value, bound)
    before = value / (1 + percent / 100)
    low = None if low_now is None else low_now / (1 + (percent + half) / 100)
    high = None if high_now is None else high_now / (1 + (percent - half) / 100)
    return before, low, high


def _outward(limit: float | None, *, up: bool) -> float | None:
    """A limit rounded away from the value, so that rounding never shuts out what the print leaves possible."""
    if limit is None:
        return None
    nearest = units.rounded(limit, _DIGITS)
    if nearest == limit or (nearest > limit) == up:
        return nearest
    unit = 10.0 ** (floor(log10(abs(limit))) + 1 - _DIGITS)
    return units.rounded(nearest + (unit if up else -unit), _DIGITS)


@in_english
def year_before(row: Mapping[str, Any]) -> Finding | None:
    """The implied figure of the same period a year before; None without printed growth or a full period."""
    if row.get("yoy_pct") is None or not (row["period_start"] and row["period_end"]):
        return None
    percent, value = float(row["yoy_pct"]), float(row["value_norm"])
    if percent <= -100:  # noqa: PLR2004 - a fall by all leaves nothing to divide by
        return None
    before, low, high = implied_year_before(value, percent, str(row["bound"]))
    start, end = _a_year_earlier(str(row["period_start"])), _a_year_earlier(str(row["period_end"]), last=True)
    least = tr("at least ") if row["bound"] == "at_least" else ""
    return findings.make(
        kind="number",
        subject=subject(row),
        quantity=quantity(row),
        value=units.rounded(before, _DIGITS),
        unit=str(row["unit_norm"]),
        period=(start, end),
        as_of=row.get("known_on"),
        status="estimated",
        low=_outward(low, up=False),
        high=_outward(high, up=True),
        basis=f"implied: {least}{findings.plain(value)} / (1 + {findings.plain(percent)} %), "
        "from the figure and the growth printed with it; not a print of that year",
        grounds=[Ground("observations", str(row["id"]), row["source_id"])],
    )


def _a_year_earlier(text: str, *, last: bool = False) -> str:
    day = periods.last_day(text) if last else periods.first_day(text)
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28).isoformat()
    whole_february = last and (day.month, day.day) == (2, 28)
    earlier = day.replace(year=day.year - 1)
    return periods.last_day(f"{earlier:%Y-%m}").isoformat() if whole_february else earlier.isoformat()


@in_english
def per_day(row: Mapping[str, Any]) -> Finding:
    """The figure as a mean per day of its period, so that reports over unequal periods can stand on one map."""
    period = periods.span(str(row["period_start"]), str(row["period_end"]))
    days = period.days
    low, high = bounds(float(row["value_norm"]), str(row["bound"]))
    return findings.make(
        kind="number",
        subject=subject(row),
        quantity=f"{quantity(row)}, mean per day",
        value=units.rounded(float(row["value_norm"]) / days, _DIGITS),
        unit=f"{row['unit_norm']} a day",
        period=(row["period_start"], row["period_end"]),
        as_of=row.get("known_on"),
        status="estimated",
        low=_outward(None if low is None else low / days, up=False),
        high=_outward(None if high is None else high / days, up=True),
        basis=f"{findings.plain(float(row['value_norm']))} {row['unit_norm']} over {days} days; "
        "seasons are not evened out",
        grounds=[Ground("observations", str(row["id"]), row["source_id"])],
    )


def is_peak(row: Mapping[str, Any]) -> bool:
    """Whether a figure is that of the highest single day of its window, which no sum holds."""
    return "highest single day" in str(row.get("corrected") or "")


def is_full_year(row: Mapping[str, Any]) -> bool:
    """Whether the period is one whole calendar year."""
    if not (row["period_start"] and row["period_end"]):
        return False
    return periods.span(str(row["period_start"]), str(row["period_end"])).precision == "year"
