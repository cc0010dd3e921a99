"""A link in one direction: length, hours and dollars with what they rest on, out of all rows that tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.corridors.network.assumed import Amount
from entrepot.corridors.network.great_circle import great_circle_km, sea_km

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.corridors.network.assumed import Assumptions

    Row = Mapping[str, Any]

SEA_LANES = "sea_lanes"  # a length over a graph of sea lanes: scripts/sea_lanes.py
_WATER = ("sea", "ferry")
_FREIGHT_PRICES = ("USD per FEU", "USD per container")
_BORDER_FEES = "USD border fees per truck"


@dataclass(frozen=True, slots=True, eq=False)
class Leg:
    """A link in one direction.

    Attributes:
        start, end: place ids.
        mode: rail, road, sea or ferry.
        line: 1, or more where two lines run between the same places.
        km: the length; `km_low` and `km_high` are the ends of what reports say.
        moving, border: hours on the way, and at the border.
        freight, fees: dollars on the way, and at the border.
        crosses: whether its ends lie in two countries.
        gauge_break: whether the gauge of the rails changes.
        rows: the rows of `network_links` that tell of it.
    """

    start: str
    end: str
    mode: str
    line: int
    km: Amount
    km_low: float
    km_high: float
    moving: Amount
    border: Amount
    freight: Amount
    fees: Amount
    crosses: bool
    gauge_break: bool
    rows: tuple[Row, ...] = field(repr=False)

    @property
    def hours(self) -> float:
        """Hours on the way and at the border."""
        return self.moving.value + self.border.value

    @property
    def usd(self) -> float:
        """Dollars on the way and at the border."""
        return self.freight.value + self.fees.value

    @property
    def rests_on(self) -> tuple[str, ...]:
        """Rows of the record under it, each once."""
        own = (r["id"] for r in self.rows)
        parts = (self.km, self.moving, self.border, self.freight, self.fees)
        return tuple(dict.fromkeys((*own, *(i for p in parts for i in p.rows))))


def legs(rows: Sequence[Row], places: Mapping[str, Row], assumptions: Assumptions) -> tuple[Leg, Leg]:
    """Both directions of a link.

    Args:
        rows: all rows of one line between two places by one mode.
        places: place_id -> row of `network_places`.
        assumptions: what stands in.
    """
    a, b = rows[0]["from"], rows[0]["to"]
    newest = sorted(rows, key=lambda r: (r["valid_as_of"] or "", r["id"]), reverse=True)
    return _leg(a, b, newest, places, assumptions), _leg(b, a, newest, places, assumptions)


def _leg(start: str, end: str, rows: list[Row], places: Mapping[str, Row], given: Assumptions) -> Leg:
    mode, countries = rows[0]["mode"], (places[start]["country"], places[end]["country"])
    crosses = countries[0] != countries[1] and mode not in _WATER
    km = _length(start, end, rows, places, given)
    printed = [r["km"] for r in _printed(rows)] or [km.value]
    border, fees = Amount(0.0, "reported"), Amount(0.0, "reported")
    if crosses:
        border = _dwell(start, rows) or given.at_border(mode, (start, end), countries, "hours")
        fees = _fees(start, rows) or given.at_border(mode, (start, end), countries, "usd_border")
    return Leg(
        start=start,
        end=end,
        mode=mode,
        line=rows[0]["line"],
        km=km,
        km_low=min(printed),
        km_high=max(printed),
        moving=_on_the_way(rows) or _driven(km, mode, countries, given),
        border=border,
        freight=_price(start, rows) or _at(km, given.figure(mode, "usd_per_km", countries), per=False),
        fees=fees,
        crosses=crosses,
        gauge_break=any(r["gauge_break"] == "yes" for r in rows),
        rows=tuple(rows),
    )


def _length(start: str, end: str, rows: list[Row], places: Mapping[str, Row], given: Assumptions) -> Amount:
    """The newest printed length; else that of the sea lanes; else the great circle or straits times a factor."""
    for row in _printed(rows):
        return Amount(row["km"], "reported", (row["id"],))
    for row in rows:
        if row["km_basis"] == SEA_LANES:
            return Amount(row["km"], "estimated", (row["id"],))
    one, other = ((places[p]["lat"], places[p]["lon"]) for p in (start, end))
    mode = rows[0]["mode"]
    straight = (sea_km(start, end) if mode == "sea" else None) or great_circle_km(one, other)
    factor = given.figure(mode, "km_factor", (places[start]["country"], places[end]["country"]))
    return Amount(straight * factor.value, "assumed", factor.rows)


def _printed(rows: list[Row]) -> list[Row]:
    """The rows that print a length, however old, before what was computed over lanes."""
    return [r for r in rows if r["km"] is not None and r["km_basis"] != SEA_LANES]


def _on_the_way(rows: list[Row]) -> Amount | None:
    for row in rows:
        if row["hours_are"] == "on_the_way":
            return Amount(_middle(row, "hours"), "reported", (row["id"],))
    return None


def _driven(km: Amount, mode: str, countries: tuple[str, str], given: Assumptions) -> Amount:
    """Hours at the speed of the mode; on a road with the rest of drivers."""
    running = _at(km, given.figure(mode, "km_per_hour", countries), per=True)
    if mode != "road":
        return running
    a_day = given.figure(mode, "hours_a_day", countries)
    basis = "assumed" if "assumed" in {running.basis, a_day.basis} else "estimated"
    return Amount(running.value * 24 / a_day.value, basis, (*running.rows, *a_day.rows))


def _dwell(start: str, rows: list[Row]) -> Amount | None:
    """Hours at the border in this direction, as a row of the link has them."""
    for row in rows:
        if row["hours_are"] == "at_border" and row["from"] == start:
            return Amount(_middle(row, "hours"), "reported", (row["id"],))
    return None


def _fees(start: str, rows: list[Row]) -> Amount | None:
    for row in rows:
        if row["unit_of_cost"] == _BORDER_FEES and row["from"] == start:
            return Amount(_middle(row, "usd"), "reported", (row["id"],))
    return None


def _price(start: str, rows: list[Row]) -> Amount | None:
    """What the whole link costs in this direction; the way back may cost a sixth."""
    for row in rows:
        if row["unit_of_cost"] in _FREIGHT_PRICES and row["from"] == start:
            return Amount(_middle(row, "usd"), "reported", (row["id"],))
    return None


def _middle(row: Row, of: str) -> float:
    ends = [row[f"{of}_{end}"] for end in ("low", "high") if row[f"{of}_{end}"] is not None]
    return float(sum(ends) / len(ends))


def _at(km: Amount, rate: Amount, *, per: bool) -> Amount:
    """Hours or dollars of a length at a rate; assumed where either is."""
    basis = "assumed" if "assumed" in {km.basis, rate.basis} else "estimated"
    return Amount(km.value / rate.value if per else km.value * rate.value, basis, rate.rows)
