"""The network as nodes, arcs and capacities on which flows are sent: a node for each place and mode."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.flows_on.demand_file import loads_a_year
from entrepot.corridors.flows_on.least_cost.shared_demands import Demands
from entrepot.corridors.network.closures import closed
from entrepot.corridors.routing.route_rows import in_force

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from entrepot.corridors.flows_on.demand_file import Cap, Wanted
    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network

_LEFT_HOURS = 8760.0  # a year: what is left behind weighs more than any way there is, the longest takes some 30 days
_QUEUE = "vehicles/day"
_ONLY = "only "


@dataclass(frozen=True, slots=True)
class Limit:
    """A capacity.

    Attributes:
        name: the crossing or link and the mode.
        loads: a day.
        rests_on: the row that says so; empty where a person does.
    """

    name: str
    loads: float
    rests_on: str


@dataclass(slots=True, eq=False)
class Arcs:
    """The network as arcs.

    Attributes:
        nodes: (place, mode) -> node; the mode is "in" and "out" where a flow ends and begins.
        tail, head, cost: of each arc.
        leg: of each arc its link; None where it begins, ends or changes mode.
        limit: of each arc the place of its capacity among `limits`.
        limits: the capacities; the first limits nothing.
    """

    nodes: dict[tuple[str, str], int] = field(default_factory=dict)
    tail: list[int] = field(default_factory=list)
    head: list[int] = field(default_factory=list)
    cost: list[float] = field(default_factory=list)
    leg: list[Leg | None] = field(default_factory=list)
    limit: list[int] = field(default_factory=list)
    limits: list[Limit] = field(default_factory=list)

    def node(self, place: str, mode: str) -> int:
        """The node of a place and mode, made when first asked for."""
        return self.nodes.setdefault((place, mode), len(self.nodes))

    def add(self, tail: int, head: int, cost: float, leg: Leg | None = None, limit: int = 0) -> None:
        """One more arc."""
        self.tail.append(tail)
        self.head.append(head)
        self.cost.append(cost)
        self.leg.append(leg)
        self.limit.append(limit)


@dataclass(frozen=True, slots=True)
class Changed:
    """What a person changes, beside what the record says.

    Attributes:
        close: places that are closed.
        caps: capacities, instead of those on record.
    """

    close: frozenset[str] = frozenset()
    caps: tuple[Cap, ...] = ()


@in_english
def arcs(net: Network, rules: Sequence[Mapping[str, object]], changed: Changed, modes: Collection[str]) -> Arcs:
    """The network as arcs, with the capacities on record and those that a person gives.

    Args:
        net: the network.
        rules: rows of `rules`: queues at crossings.
        changed: what a person changes.
        modes: to which some demand keeps: each has the network of its links once more, under the same capacities.

    Raises:
        BadInputError: a capacity that limits nothing.
    """
    shut = changed.close | {c.place_id for c in closed(net.seasons, net.day)}
    made = Arcs(limits=[Limit("", np.inf, "")])
    at_crossings = {**_queues(net, rules), **{(c.place, c.mode): (c.loads, "") for c in changed.caps}}
    places: dict[tuple[str, str], int] = {}
    for key, (loads, row) in at_crossings.items():
        places[key] = len(made.limits)
        made.limits.append(Limit(f"{key[0]}, {key[1] or tr('all modes')}", loads, row))
    pairs: dict[tuple[str, str, str, int], int] = {}
    for leg in net.legs:
        if leg.start in shut or leg.end in shut:
            continue
        limit = _at_crossing(leg, places) or _of_link(leg, pairs, made)
        made.add(made.node(leg.start, leg.mode), made.node(leg.end, leg.mode), leg.hours, leg, limit)
        if leg.mode in modes:
            one, other = (made.node(p, _only(leg.mode)) for p in (leg.start, leg.end))
            made.add(one, other, leg.hours, leg, limit)
    for idle in set(places.values()) - set(made.limit):
        if not made.limits[idle].rests_on:
            raise BadInputError(
                tr("--cap limits nothing: no open link crosses a border at {name}", name=made.limits[idle].name),
                remedy=tr("Name a crossing and a mode of its links: entrepot corridor network --place PLACE."),
            )
    _change(made, net.assumptions.figure("transfer", "hours", ("", "")).value)
    return made


def _only(mode: str) -> str:
    """The layer of the network that has the links of one mode alone."""
    return f"{_ONLY}{mode}"


def _queues(net: Network, rules: Sequence[Mapping[str, object]]) -> dict[tuple[str, str], tuple[float, str]]:
    """The least queue in force at each crossing, by road."""
    found: dict[tuple[str, str], tuple[float, str]] = {}
    for rule in rules:
        key = (str(rule["place_id"]), "road")
        if rule["unit"] == _QUEUE and rule["status"] == "rule" and in_force(rule, net.day):
            found[key] = min(found.get(key, (np.inf, "")), (float(str(rule["quantity"])), str(rule["id"])))
    return found


def _at_crossing(leg: Leg, places: Mapping[tuple[str, str], int]) -> int:
    """A capacity of a crossing holds for what passes the border there; of a place that is none, for all links."""
    for end in (leg.start, leg.end):
        for mode in (leg.mode, ""):
            if (end, mode) in places and leg.crosses:
                return places[end, mode]
    return 0


def _of_link(leg: Leg, pairs: dict[tuple[str, str, str, int], int], made: Arcs) -> int:
    """The newest capacity that a report gives of a link, both directions together; aims are none."""
    a, b = sorted((leg.start, leg.end))
    key = (a, b, leg.mode, leg.line)
    if key not in pairs:
        pairs[key] = 0
        for row in leg.rows:
            if row["capacity_per_year"] is None or (row["corrected"] or "").startswith("marked"):
                continue
            loads = loads_a_year(row["capacity_per_year"], row["capacity_unit"])
            if loads is not None:
                pairs[key] = len(made.limits)
                made.limits.append(Limit(tr("{a} to {b}, {mode}", a=a, b=b, mode=leg.mode), loads, row["id"]))
                break
    return pairs[key]


def _change(made: Arcs, hours: float) -> None:
    """Arcs from mode to mode, and where a flow begins and ends."""
    by_place: dict[str, list[str]] = {}
    for place, mode in list(made.nodes):
        if not mode.startswith(_ONLY):
            by_place.setdefault(place, []).append(mode)
    for place, modes in by_place.items():
        for mode in modes:
            made.add(made.node(place, "out"), made.node(place, mode), 0.0)
            made.add(made.node(place, mode), made.node(place, "in"), 0.0)
            for other in modes:
                if other != mode:
                    made.add(made.node(place, mode), made.node(place, other), hours)


def demands(made: Arcs, wanted: Sequence[Wanted]) -> Demands:
    """The problem that is to be solved.

    Args:
        made: the network as arcs.
        wanted: what is to be sent.
    """
    origin = np.array([made.node(w.origin, _only(w.mode) if w.mode else "out") for w in wanted])
    target = np.array([made.node(w.target, _only(w.mode) if w.mode else "in") for w in wanted])
    return Demands(
        nodes=len(made.nodes),
        tail=np.array(made.tail),
        head=np.array(made.head),
        cost=np.array(made.cost),
        group=np.array(made.limit),
        capacity=np.array([limit.loads for limit in made.limits]),
        origin=origin,
        target=target,
        amount=np.array([w.loads for w in wanted]),
        left_cost=_LEFT_HOURS,
    )
