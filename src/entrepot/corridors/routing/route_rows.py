"""Routes as rows, and what stands behind one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import findings
from entrepot.core.contract import table
from entrepot.core.periods import first_day, last_day
from entrepot.core.shown import Stated, row_id
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.corridors.network.network_rows import assumed_share
from entrepot.corridors.network.network_shown import grounds
from entrepot.corridors.risk.hours_lost import of_way
from entrepot.corridors.routing.contract import ROUTES_FOUND

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.core.shown import Look
    from entrepot.corridors.risk.hours_lost import HoursLost
    from entrepot.corridors.routing.best_routes import Hinge, Route

    Row = Mapping[str, Any]

REFUSED = 50.0  # percent: a cost of which more is ours than anyone's is no cost
BETTER = marked("a better route does without it")
_UNITS = {"time": "hours", "cost": "USD", "risk": marked("hours, those to be expected lost among them,")}
# Of rules that bind who passes: queues, opening hours, stays, allowances; leases and shares of profit do not.
_BINDING = ("vehicles/day", "trains/day", "hours/day", "hours", "days", "CNY", "USD")
_ESTIMATES = ("km", "km_low", "km_high", "hours", "hours_at_borders", "usd")


@dataclass(frozen=True, slots=True)
class Trip:
    """What was asked.

    Attributes:
        ends: place ids of start and end.
        by: time, cost or risk.
        day: of travel.
        rules: rows of `rules`.
        parents: place_id -> the place of which it is a part.
        lost: what attacks and closures cost; None where it is not asked for.
    """

    ends: tuple[str, str]
    by: str
    day: date
    rules: Sequence[Row]
    parents: Mapping[str, str | None]
    lost: HoursLost | None = None


@in_english
def route_rows(found: Sequence[Route], trip: Trip) -> pa.Table:
    """Routes under `ROUTES_FOUND`.

    Args:
        found: the best first.
        trip: what was asked.
    """
    rows = [_row(rank, route, trip) for rank, route in enumerate(found, start=1)]
    said = [r | {"route_id": row_id("route", r, estimates=_ESTIMATES)} for r in rows]
    priced = [of_way(trip.lost, [(leg.start, leg.end) for leg in route.legs]) for route in found]
    return table(ROUTES_FOUND, [r | cells for r, cells in zip(said, priced, strict=True)])


def _row(rank: int, route: Route, trip: Trip) -> dict[str, Any]:
    legs = route.legs
    usd = assumed_share(route.dollars())
    return {
        "rank": rank,
        "from": trip.ends[0],
        "to": trip.ends[1],
        "by": trip.by,
        "day": trip.day.isoformat(),
        "via": [legs[0].start, *(leg.end for leg in legs)],
        "modes": [m for i, m in enumerate(leg.mode for leg in legs) if i == 0 or m != legs[i - 1].mode],
        "crossings": [tr("{start} to {end}", start=leg.start, end=leg.end) for leg in legs if leg.crosses] or None,
        "km": round(sum(leg.km.value for leg in legs), 1),
        "km_low": round(sum(leg.km_low for leg in legs), 1),
        "km_high": round(sum(leg.km_high for leg in legs), 1),
        "assumed_km_percent": round(assumed_share(leg.km for leg in legs), 1),
        "hours": round(sum(p.value for p in route.hours()), 1),
        "hours_at_borders": round(sum(leg.border.value for leg in legs), 1),
        "assumed_hours_percent": round(assumed_share(route.hours()), 1),
        "usd": None if usd > REFUSED else round(sum(p.value for p in route.dollars())),
        "assumed_usd_percent": round(usd, 1),
        "hangs_on": [_worth(h, trip.by) for h in route.hinges] or None,
        "rules": _rules(route, trip) or None,
        "steps": [_step(leg) for leg in legs],
        "rests_on": list(dict.fromkeys(i for leg in legs for i in leg.rests_on)),
    }


def _worth(hinge: Hinge, by: str) -> str:
    if hinge.more is None:
        return tr("{name}: the only way", name=hinge.name)
    if hinge.more < 0:
        return f"{hinge.name}: {BETTER}"
    return tr("{name}: without it {more:,.0f} {units} more", name=hinge.name, more=hinge.more, units=_UNITS[by])


def _step(leg: Any) -> str:
    return tr(
        "{start} to {end} by {mode}, {value:,.0f} km ({basis}), {hours:,.1f} h",
        start=leg.start,
        end=leg.end,
        mode=leg.mode,
        value=leg.km.value,
        basis=leg.km.basis,
        hours=leg.hours,
    )


def _rules(route: Route, trip: Trip) -> list[str]:
    """Rules in force on the day at the places on the way and their parts, for who passes."""
    places = {p for leg in route.legs for p in (leg.start, leg.end)}
    return [
        f"{r['id']} {r['rule']}: {r['quantity']:g} {r['unit']}"
        for r in trip.rules
        if places & {r["place_id"], trip.parents.get(r["place_id"])}
        and r["status"] == "rule"
        and r["unit"] in _BINDING
        and in_force(r, trip.day)
    ]


def in_force(rule: Row, day: date) -> bool:
    """Whether a rule holds on a day; one without a first day holds, as far as is known.

    Args:
        rule: a row of `rules`.
        day: the day.
    """
    begun = rule["valid_from"] is None or first_day(rule["valid_from"]) <= day
    return begun and (rule["valid_to"] is None or day <= last_day(rule["valid_to"]))


@in_english
def finding(row: Row, look: Look) -> Stated:
    """A route as a finding: its hours, which rest on the links.

    Args:
        row: of `routes_found`.
        look: where the rows of the record are found.
    """
    cost = (
        tr("no cost is given, for more than half of it is assumed")
        if row["usd"] is None
        else tr("{usd:g} USD", usd=row["usd"])
    )
    found = findings.make(
        kind="number",
        subject=f"{row['from']} to {row['to']} by {', '.join(row['modes'])}",
        quantity="hours",
        value=row["hours"],
        unit="hours",
        period=(row["day"], row["day"]),
        status="estimated",
        basis=f"Least {row['by']}, route {row['rank']}: {'; '.join(row['steps'])}. {row['assumed_km_percent']:g} % of "
        f"the km, {row['assumed_hours_percent']:g} % of the hours and {row['assumed_usd_percent']:g} % of the dollars "
        f"are assumed; {cost}.{_risked(row)}",
        grounds=grounds(row["rests_on"], look),
    )
    return Stated(found)


def _risked(row: Row) -> str:
    if row["risk_hours"] is None:
        return ""
    parts = "; ".join(row["risks"] or (tr("no part of a tenth of an hour"),))
    return tr(
        " Attacks and closures must be expected to cost {risk_hours:g} hours more: {parts}.",
        risk_hours=row["risk_hours"],
        parts=parts,
    )
