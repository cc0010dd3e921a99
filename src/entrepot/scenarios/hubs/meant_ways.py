"""The ways and capacities of a scenario in the numbers of a world, and the equilibrium with them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.scenarios.asked.meant_change import meant_change, of_acts
from entrepot.scenarios.asked.way_round import CROSSING, SHARE
from entrepot.scenarios.hubs.capped import solve_by_ways
from entrepot.scenarios.hubs.ways import Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.way_round import Cap, Carried, WayRound
    from entrepot.scenarios.equilibrium.solve import Change
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.hubs.capped import Routed

    Array = NDArray[np.float64]

DIRECT = "direct"
OVER, BESIDE = "over:", "beside:"  # trade of today that passes a crossing, and what of it goes elsewhere
_LEAST = 1e-6  # of what all its ways carry: room that is left where a crossing holds less than keeps its place there


@dataclass(frozen=True, eq=False)
class MeantWays:
    """What a scenario with ways round changes.

    Attributes:
        change: of costs and tariffs; the costs of pairs with ways stand in the ways.
        ways: of all pairs that have several.
        caps: id -> the most that passes, a value at the prices of before.
        dispersion: how alike forwarders find the ways.
    """

    change: Change
    ways: tuple[Way, ...]
    caps: dict[str, float]
    dispersion: float

    def solved(self, world: World, deficits: Array | None = None) -> Routed:
        """The equilibrium; with other deficits where they are given.

        Raises:
            BadInputError: a buyer is left without any seller of what it uses.
            NotEstimableError: none was found; the residual is told.
        """
        change = self.change if deficits is None else replace(self.change, deficits=deficits)
        return solve_by_ways(world, change, self.ways, self.caps, dispersion=self.dispersion)


def meant_ways(world: World, scenario: Scenario) -> MeantWays:
    """The ways of a scenario.

    A way round is closed where an act stops it: where the hub takes no goods of the origin, or the destination none of
    the hub's.

    Args:
        world: as `ready` gives it.
        scenario: what is asked; it has ways.
    """
    change, acts = meant_change(world, scenario), of_acts(world, scenario)[1]
    costs = change.costs.copy()
    ways: list[Way] = []
    for pair in _pairs(scenario):
        at = _flow(world, pair)
        ways += _round(world, scenario, pair, acts, costs[at].copy())
        costs[at] = 1.0
    caps = {}
    for cap in scenario.caps:
        room = Today(world, cap, scenario)
        ways += room.ways()
        caps[cap.id] = room.most
    return MeantWays(replace(change, costs=costs), tuple(ways), caps, scenario.dispersion)


def _pairs(scenario: Scenario) -> list[tuple[str, str]]:
    return list(dict.fromkeys((w.origin, w.destination) for w in scenario.ways))


def _flow(world: World, pair: tuple[str, str]) -> Any:
    return np.s_[:, world.economies.index(pair[1]), world.economies.index(pair[0])]


def _own(scenario: Scenario, pair: tuple[str, str]) -> list[WayRound]:
    return [w for w in scenario.ways if (w.origin, w.destination) == pair]


def _shares(world: World, scenario: Scenario, pair: tuple[str, str]) -> Array:
    """(1 + W, J) what part of a flow goes directly, and by each way round, before the measure."""
    own = _own(scenario, pair)
    weights = [_chosen(world, w.sectors) * (1 + w.cost) ** -scenario.dispersion for w in own]
    whole = np.array([np.ones(len(world.sectors)), *weights])
    out: Array = whole / whole.sum(axis=0)
    return out


def _round(world: World, scenario: Scenario, pair: tuple[str, str], acts: Array, direct: Array) -> list[Way]:
    """The direct way of a pair and those round it, with the shares that forwarders' costs give them."""
    n = world.economies.index
    first, *others = _shares(world, scenario, pair)
    found = [Way(DIRECT, *pair, first, direct)]
    for way, share in zip(_own(scenario, pair), others, strict=True):
        legs = np.maximum(acts[:, n(way.hub), n(way.origin)], acts[:, n(way.destination), n(way.hub)])
        found.append(Way(way.id, *pair, share, legs, (way.cap,) if way.cap else ()))
    return found


class Today:
    """What passes a capacity before the measure: trade that goes round already, trade that it carries, and others'."""

    def __init__(self, world: World, cap: Cap, scenario: Scenario) -> None:
        self.world, self.cap, self.scenario = world, cap, scenario
        own = [w for w in scenario.ways if w.cap == cap.id]
        self.goods: Array = np.array([_chosen(world, w.sectors) for w in own]).max(axis=0)
        self.round = sum(self._round(way) for way in own)

    def _round(self, way: WayRound) -> float:
        pair = (way.origin, way.destination)
        at = 1 + _own(self.scenario, pair).index(way)
        return float(_shares(self.world, self.scenario, pair)[at] @ self.world.imports[_flow(self.world, pair)])

    def share(self, carried: Carried) -> float:
        """What share of a trade passes, at most 1: what is counted beyond it is others', and keeps its place."""
        flow = self._trade(carried)
        counted = carried.part * max(self.cap.passing * self.cap.worth - self.round, 0.0)
        return min(1.0, counted / flow) if flow > 0 else 0.0

    def _trade(self, carried: Carried) -> float:
        return sum(float(self.goods @ self.world.imports[_flow(self.world, pair)]) for pair in carried.pairs)

    def ways(self) -> Iterator[Way]:
        """The trade that passes, which may go elsewhere when it is full."""
        for carried in self.cap.carried:
            over = self.share(carried) * self.goods
            for seller, buyer in carried.pairs:
                yield Way(f"{OVER}{self.cap.id}", seller, buyer, over, 1.0, (self.cap.id,))
                yield Way(f"{BESIDE}{self.cap.id}", seller, buyer, 1 - over)

    @property
    def most(self) -> float:
        """What the capacity holds of what is in the world, as a value at the prices of before."""
        cap = self.cap
        if cap.kind == SHARE:
            gone = {(w.origin, w.destination): w for w in self.scenario.ways if w.cap == cap.id}
            flows = [_chosen(self.world, w.sectors) @ self.world.imports[_flow(self.world, p)] for p, w in gone.items()]
            return cap.amount * float(sum(flows))
        if cap.kind != CROSSING:
            return cap.amount
        passing = cap.passing * cap.worth
        inside = self.round + sum(self.share(c) * self._trade(c) for c in cap.carried)
        return max(cap.amount * cap.worth - max(passing - inside, 0.0), _LEAST * passing)


def _chosen(world: World, sectors: Sequence[str]) -> Array:
    return np.array([float(not sectors or name in sectors) for name in world.sectors])
