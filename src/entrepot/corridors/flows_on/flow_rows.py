"""Flows over the network: who goes where before and after, and what each capacity is worth from either side."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import table
from entrepot.core.shown import row_id
from entrepot.core.words.translate import in_english
from entrepot.corridors.flows_on.contract import CROSSING_PRICES, FLOWS_FOUND
from entrepot.corridors.flows_on.over_network import demands
from entrepot.corridors.flows_on.shared_capacity import carry
from entrepot.corridors.network.assumed import Amount
from entrepot.corridors.network.network_rows import assumed_share

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.corridors.flows_on.demand_file import Wanted
    from entrepot.corridors.flows_on.least_cost.shared_demands import Carried, Demands, Way
    from entrepot.corridors.flows_on.over_network import Arcs
    from entrepot.corridors.network.leg import Leg

_LITTLE = 0.01  # of a load: within it the price does not change, unless the capacity stands on a corner
_PROVEN = 1e-7  # relative: the least cost, as close as a proof by floating point comes
_FULL = 1e-6  # of a load: as close as the solver keeps its rows
_ESTIMATES = ("carried", "before", "hours", "load", "price", "price_more", "price_less", "one_more", "one_less")


@dataclass(frozen=True, slots=True, eq=False)
class Sent:
    """A solved flow.

    Attributes:
        made: the network as arcs.
        problem: what was solved.
        carried: its solution.
    """

    made: Arcs
    problem: Demands
    carried: Carried

    @property
    def left(self) -> float:
        """Loads a day that are left behind."""
        return sum(w.amount for w in self.carried.ways if not w.arcs)

    @property
    def apart(self) -> float:
        """By how much, as a share of its cost, the plan may lie above the least possible; 0: it is the least."""
        cost, bound = self.carried.cost, max(self.carried.bound, 0.0)
        return 0.0 if cost - bound <= _PROVEN * max(cost, 1.0) else (cost - bound) / cost

    @property
    def hours(self) -> float:
        """Hours of all loads of a day that are carried."""
        cost = self.problem.cost
        return float(sum(w.amount * cost[list(w.arcs)].sum() for w in self.carried.ways if w.arcs))

    def parts(self, way: Way) -> tuple[list[Amount], list[Amount]]:
        """Lengths, and hours on the way, at borders and from mode to mode, each with what it rests on.

        Args:
            way: of this flow.
        """
        legs = [(self.made.leg[a], float(self.problem.cost[a])) for a in way.arcs]
        hours = [p for leg, _ in legs if leg is not None for p in (leg.moving, leg.border)]
        # A change of mode costs a day that no report gives: K26 of the assumptions.
        hours += [Amount(cost, "assumed") for leg, cost in legs if leg is None and cost]
        return [leg.km for leg, _ in legs if leg is not None], hours


@in_english
def sent(made: Arcs, wanted: Sequence[Wanted]) -> Sent:
    """Send what is wanted.

    Args:
        made: the network as arcs.
        wanted: what is to be sent.
    """
    problem = demands(made, wanted)
    return Sent(made, problem, carry(problem))


@in_english
def flow_rows(after: Sent, before: Sent, wanted: Sequence[Wanted]) -> pa.Table:
    """Who goes where, beside what went there before.

    Args:
        after: the flow.
        before: the flow without what was closed or capped.
        wanted: the rows of the demand.

    Returns:
        Under `flows_found`; a way that is no longer taken has `carried` 0.
    """
    rows: list[dict[str, Any]] = []
    told = {_key(before, w): (w, before, 0.0, w.amount) for w in before.carried.ways}
    for way in after.carried.ways:
        key = _key(after, way)
        told[key] = (way, after, way.amount, told[key][3] if key in told else 0.0)
    for line, want in enumerate(wanted):
        mine = sorted((t for k, t in told.items() if k[0] == line), key=lambda t: (not t[0].arcs, -t[2], t[0].arcs))
        for number, (way, of, carried, was) in enumerate(mine, start=1):
            rows.append(_row(want, number if way.arcs else 0, (way, of), (carried, was)))
    return table(FLOWS_FOUND, [r | {"flow_id": row_id("flow", r, estimates=_ESTIMATES)} for r in rows])


def _legs(of: Sent, way: Way) -> list[Leg]:
    return [leg for a in way.arcs if (leg := of.made.leg[a]) is not None]


def _key(of: Sent, way: Way) -> tuple[Any, ...]:
    return way.commodity, *((g.start, g.end, g.mode, g.line) for g in _legs(of, way))


def _row(want: Wanted, number: int, way: tuple[Way, Sent], amounts: tuple[float, float]) -> dict[str, Any]:
    taken, of = way
    legs = _legs(of, taken)
    modes = [g.mode for g in legs]
    full = [of.made.limits[g] for g in dict.fromkeys(of.made.limit[a] for a in taken.arcs) if _is_full(of, g)]
    return {
        "line": want.line,
        "way": number,
        "from": want.origin,
        "to": want.target,
        "wanted": round(want.loads, 3),
        "carried": round(amounts[0], 3),
        "before": round(amounts[1], 3),
        "hours": round(float(of.problem.cost[list(taken.arcs)].sum()), 1) if legs else None,
        "via": [legs[0].start, *(g.end for g in legs)] if legs else None,
        "modes": [m for i, m in enumerate(modes) if i == 0 or m != modes[i - 1]] or None,
        "full": [limit.name for limit in full] or None,
        **_assumed(of, taken),
        "rests_on": list(dict.fromkeys(i for g in legs for i in g.rests_on)) or None,
    }


def _assumed(of: Sent, way: Way) -> dict[str, float | None]:
    """Which share of the km and hours of a way is assumed; none of what is left behind."""
    km, hours = of.parts(way)
    return {
        "assumed_km_percent": round(assumed_share(km), 1) if way.arcs else None,
        "assumed_hours_percent": round(assumed_share(hours), 1) if way.arcs else None,
    }


def assumed_of(flow: Sent) -> tuple[float, float]:
    """Which percent of the km and of the hours of all loads that go is assumed.

    Args:
        flow: a solved flow.
    """
    shares = []
    for kind in (0, 1):
        parts = [(p, way.amount) for way in flow.carried.ways if way.arcs for p in flow.parts(way)[kind]]
        whole = sum(p.value * loads for p, loads in parts)
        ours = sum(p.value * loads for p, loads in parts if p.basis == "assumed")
        shares.append(100 * ours / whole if whole else 0.0)
    return shares[0], shares[1]


def _is_full(of: Sent, group: int) -> bool:
    room = of.problem.capacity[group]
    return bool(np.isfinite(room) and of.carried.load[group] >= room - _FULL * max(1.0, room))


@in_english
def price_rows(after: Sent, before: Sent) -> pa.Table:
    """What each capacity is worth: where it is used up from both sides, and solved again at one load more and less.

    Args:
        after: the flow.
        before: the flow without what was closed or capped.

    Returns:
        Under `crossing_prices`, those that something passes, the dearest first.
    """
    was = {limit.name: float(x) for limit, x in zip(before.made.limits, before.carried.load, strict=True)}
    rows: list[dict[str, Any]] = []
    for group, limit in enumerate(after.made.limits):
        load = float(after.carried.load[group])
        if group == 0 or (load <= _FULL and was.get(limit.name, 0.0) <= _FULL and not _is_full(after, group)):
            continue
        row = {
            "capacity": limit.name,
            "limit": round(limit.loads, 3),
            "load": round(load, 3),
            "before": round(was.get(limit.name, 0.0), 3),
            "price": round(float(after.carried.price[group]), 4),
            "rests_on": [limit.rests_on] if limit.rests_on else None,
        }
        # Differences of two plans that were stopped would be differences of what is not known of each.
        rows.append(row | (_sides(after, group) if _is_full(after, group) and not after.apart else {}))
    rows.sort(key=lambda r: -r["price"])
    return table(CROSSING_PRICES, [r | {"price_id": row_id("price", r, estimates=_ESTIMATES)} for r in rows])


def _sides(after: Sent, group: int) -> dict[str, float]:
    """Cost again with a little more and less, and with one load more and less."""
    here = after.carried.cost

    def at(change: float) -> float:
        room = after.problem.capacity.copy()
        room[group] = max(0.0, room[group] + change)
        return carry(replace(after.problem, capacity=room)).cost

    less = min(_LITTLE, float(after.problem.capacity[group]))
    return {
        "price_more": round((here - at(_LITTLE)) / _LITTLE, 4),
        "price_less": round((at(-less) - here) / less, 4) if less else 0.0,
        "one_more": round(here - at(1.0), 4),
        "one_less": round(at(-1.0) - here, 4),
    }
