"""The verb: the best routes between two places on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.document.hinted import Hinted
from entrepot.core.errors import BadInputError, NotEstimableError, UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.corridors.network.closures import Closed, closed
from entrepot.corridors.network.network import closed_places, network, place
from entrepot.corridors.network.network_rows import assumed_share
from entrepot.corridors.risk.hazards import hazards
from entrepot.corridors.risk.hours_lost import hours_lost
from entrepot.corridors.routing.best_routes import routes
from entrepot.corridors.routing.contract import ROUTES_FOUND
from entrepot.corridors.routing.route_rows import BETTER, REFUSED, Trip, route_rows
from entrepot.corridors.routing.way import Search, least_way
from entrepot.desk.answer import Answer
from entrepot.desk.corridor_network import refuse_unknown_modes
from entrepot.desk.corridor_risk import known_by
from entrepot.desk.keeping import check_store, keep, record_held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network
    from entrepot.corridors.risk.hours_lost import HoursLost
    from entrepot.corridors.routing.best_routes import Route
    from entrepot.desk.keeping import Store

_WAITED = "risk_hours: what a load must expect to wait for attacks and closures of each corridor on the way"
_UP_TO = (
    "up to the longest_wait of hazard_assumptions; days that no report gives are assumed. Observed counts are lower "
    "bounds."
)
_RISK_NOTE = Hinted(f"{_WAITED} (entrepot corridor risk), {_UP_TO}", f"{_WAITED}, {_UP_TO}")
_BY = ("time", "cost", "risk")
_MONTHS = range(1, 13)
_MIDDLE = 15  # of a month: the day that stands for it


def corridor_route(
    origin: str,
    destination: str,
    *,
    month: int | None = None,
    close: Sequence[str] = (),
    modes: Sequence[str] = (),
    by: str = "time",
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """The best routes between two places, with alternatives, what each hangs on, and what of it is assumed.

    Args:
        origin: where it starts, by id or name.
        destination: where it ends.
        month: of travel, the next one from the day on; None: the day itself.
        close: places that are taken as closed, beside those that the record closes.
        modes: the only modes; none: all.
        by: time, cost or risk, whichever is to be least; risk: hours with those that attacks and closures must be
            expected to cost.
        as_of: the day; today when None.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `routes_found`, the best first; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place, mode or thing to be least; the nearest are named.
        BadInputError: a month that is none; an end is closed, or one place; or no way is left, with what closes it.
        NotEstimableError: by cost, where more than half of the cost of the cheapest route is assumed.
    """
    refuse_unknown_modes(modes)
    if by not in _BY:
        raise UnknownNameError(tr("weight of a route"), by, _BY)
    check_store(store)
    held, notes = record_held(store)
    day = day_of(as_of)
    travel = _travel(day, month)
    net = network(held.tables, travel)
    ends = (place(net, origin, "--from"), place(net, destination, "--to"))
    shut = _shut(net, close, ends)
    lost = hours_lost(hazards(known_by(held, day))) if by == "risk" else None
    search = _search(net, _weigh(by, lost), {c.place_id for c in shut}, modes)
    found = routes(net, ends, search)
    if not found:
        raise _no_way(net, ends, shut, modes)
    if by == "cost":
        _refuse_unknown_cost(found[0])
    parents = {r["place_id"]: r["parent"] for r in held.tables["places"].to_pylist()}
    trip = Trip(ends, by, travel, held.tables["rules"].to_pylist(), parents, lost)
    rows = route_rows(found, trip)
    kept = keep(store, lambda con: stores.keep_shown(con, ROUTES_FOUND.name, "route_id", rows))
    said = (*_said(shut, found, rows.to_pylist(), travel), *(_risk_notes(found, lost) if lost else ()))
    return Answer(rows, (*kept, *notes, *said))


def _travel(day: date, month: int | None) -> date:
    if month is None:
        return day
    if month not in _MONTHS:
        raise BadInputError(tr("there is no such month"), found=str(month), allowed=tr("1 to 12"))
    return date(day.year + (month < day.month), month, _MIDDLE)


def _shut(net: Network, close: Sequence[str], ends: tuple[str, str]) -> tuple[Closed, ...]:
    """What the record closes that day, and what the person closes.

    Raises:
        BadInputError: an end of the route is among them.
    """
    asked = [Closed(one, tr("closed as asked"), ()) for one in closed_places(net, close)]
    shut = (*closed(net.seasons, net.day), *asked)
    for one in shut:
        if one.place_id in ends:
            raise BadInputError(
                tr("{place_id} is an end of the route and closed on {day}", place_id=one.place_id, day=net.day),
                found=one.why,
                remedy=tr("Choose another day by --as-of or --month, or another place."),
            )
    return shut


def _weigh(by: str, lost: HoursLost | None) -> Callable[[Leg], float]:
    if lost is None:
        return _usd if by == "cost" else _hours
    return lambda leg: leg.hours + lost.on_entering(leg.start, leg.end)


def _search(net: Network, weigh: Callable[[Leg], float], avoid: set[str], modes: Sequence[str]) -> Search:
    quantity = "usd" if weigh is _usd else "hours"
    return Search(weigh, net.assumptions.figure("transfer", quantity, ("", "")).value, avoid, (), tuple(modes))


def _hours(leg: Leg) -> float:
    return leg.hours


def _usd(leg: Leg) -> float:
    return leg.usd


def _no_way(net: Network, ends: tuple[str, str], shut: Sequence[Closed], modes: Sequence[str]) -> BadInputError:
    """What closes the way, or that none was there before."""
    whole = least_way(net.legs, *ends, Search(_hours, modes=tuple(modes)))
    if whole is None:
        return BadInputError(
            tr("no chain of links on record joins {ends} and {ends_2}", ends=ends[0], ends_2=ends[1]),
            found=tr("{ends} to {ends_2}", ends=ends[0], ends_2=ends[1]),
            remedy=tr(
                "See entrepot corridor network --place {ends}: where nothing is listed no link is on record.",
                ends=ends[1],
            ),
        )
    on_it = {leg.end for leg in whole}
    told = "; ".join(f"{c.place_id} ({c.why})" for c in shut if c.place_id in on_it)
    return BadInputError(
        tr(
            "no way from {ends} to {ends_2} on {day}: what is closed is the only way",
            ends=ends[0],
            ends_2=ends[1],
            day=net.day,
        ),
        found=told,
        remedy=tr("Choose another day by --as-of or --month, or close less."),
    )


def _refuse_unknown_cost(best: Route) -> None:
    """Refuse to rank by a cost that is more ours than anyone's.

    Raises:
        NotEstimableError: more than half of the cost of the cheapest route is assumed.
    """
    if (share := assumed_share(best.dollars())) > REFUSED:
        raise NotEstimableError(
            tr("more than half of the cost of the cheapest route is assumed"),
            found=f"{share:.0f} %",
            allowed=tr("at most {refused:g} %", refused=REFUSED),
            remedy=tr("Ask --by time: CAREC's rates hold for its own countries only."),
        )


def _risk_notes(found: Sequence[Route], lost: HoursLost) -> Iterator[str]:
    yield _RISK_NOTE
    borders = [(leg.start, leg.end) for route in found for leg in route.legs if leg.crosses]
    aside = dict.fromkeys(tr("{a} to {b}", a=a, b=b) for a, b in borders if not {a, b} & lost.on.keys())
    if aside:
        yield tr(
            "At these borders on the ways nothing is counted, and no hour is added: {aside}.", aside=", ".join(aside)
        )


def _said(
    shut: Sequence[Closed], found: Sequence[Route], rows: Sequence[Mapping[str, Any]], travel: date
) -> tuple[str, ...]:
    best = found[0]
    shares = tr(
        "{assumed_share:.0f} % of the km, {assumed_share_2:.0f} % of the hours, {assumed_share_3:.0f} % of the dollars",
        assumed_share=assumed_share(leg.km for leg in best.legs),
        assumed_share_2=assumed_share(best.hours()),
        assumed_share_3=assumed_share(best.dollars()),
    )
    told = "; ".join(f"{c.place_id} ({c.why})" for c in shut) or "nothing"
    return (
        tr(
            "On {travel}, closed: {told}. Of the best route are assumed {shares}{no_cost}.",
            travel=travel,
            told=told,
            shares=shares,
            no_cost=_no_cost(best),
        ),
        *_of_others(found),
        *_hanging(rows),
        tr(
            "Hours are on the way with the rest of drivers, at borders and between modes; waits for a train "
            "are left out."
        ),
        *_not_yet_told(best, travel),
    )


def _no_cost(best: Route) -> str:
    return tr(", so no cost is given") if assumed_share(best.dollars()) > REFUSED else ""


def _of_others(found: Sequence[Route]) -> Iterator[str]:
    """What is assumed of each alternative: the column of a narrow terminal is left out, the share must not be."""
    told = [
        tr(
            "route {rank} {assumed_share:.0f} % of the km and {assumed_share_2:.0f} % of the hours",
            rank=rank,
            assumed_share=assumed_share(leg.km for leg in route.legs),
            assumed_share_2=assumed_share(route.hours()),
        )
        for rank, route in enumerate(found[1:], start=2)
    ]
    if told:
        yield tr("Of the others are assumed: {told}.", told="; ".join(told))


def _hanging(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What each route hangs on, the best first; of the others what only a better one does without says nothing."""
    told = {r["rank"]: [h for h in r["hangs_on"] or () if not h.endswith(BETTER)] for r in rows}
    said = [tr("route {rank} on {on}", rank=rank, on="; ".join(on)) for rank, on in told.items() if on]
    if said:
        yield tr("What hangs on what: {said}.", said=". ".join(said))


def _not_yet_told(best: Route, travel: date) -> tuple[str, ...]:
    """Of a day in the past: how many links of a route no report of that year or before tells of."""
    later = [leg for leg in best.legs if not any(_stood(row, travel.year) for row in leg.rows)]
    if not later:
        return ()
    of = counted(len(best.legs), "link")
    told = tr(
        "{count} of {of} of the best route are told by reports later than {year} only",
        count=len(later),
        of=of,
        year=travel.year,
    )
    return (tr("{told}: whether they stood then is not on record.", told=told),)


def _stood(row: Mapping[str, Any], year: int) -> bool:
    """Whether a report tells of a link as of a year or before, or on what day it opened: the network knows by that."""
    return bool(row["opened"]) or (bool(row["valid_as_of"]) and first_day(row["valid_as_of"]).year <= year)
