"""Why loads are left behind: those that have no way, and the capacities that together let too few through."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.corridors.flows_on.shared_capacity import carry

if TYPE_CHECKING:
    from entrepot.corridors.flows_on.flow_rows import Sent
    from entrepot.corridors.flows_on.over_network import Limit

_LITTLE = 1e-6  # of a load, or of a weight: as close as the solver keeps its rows


@dataclass(frozen=True, slots=True)
class Shortfall:
    """What no routing can carry.

    Attributes:
        no_way: rows of the demand that have no open way, 1 is the first, and their loads a day.
        limits: the capacities that bind, each with its weight: 1, but where loads must pass several of them.
        hold: what these let through together, by weight.
        must: what has to pass them, by weight; more than they hold.
        apart: which share of what is left behind might yet go, for the search was stopped; 0: none, and the cut is one.
    """

    no_way: tuple[tuple[int, float], ...]
    limits: tuple[tuple[Limit, float], ...]
    hold: float
    must: float
    apart: float = 0.0

    @property
    def short(self) -> float:
        """By how many loads a day the capacities fall short."""
        return self.must - self.hold


def shortfall(of: Sent) -> Shortfall:
    """What must stay behind whatever way it takes, and why.

    What is left is made least, hours aside. By duality it is what has to pass the capacities that then have a price,
    less what these hold: a cut, as in the theorem of Ford and Fulkerson, and of many commodities one by weight.

    Args:
        of: a flow in which something is left behind.
    """
    counted = replace(of.problem, cost=np.zeros(len(of.problem.cost)), left_cost=1.0)
    wide = carry(replace(counted, capacity=np.full(len(counted.capacity), np.inf)))
    none = tuple(sorted((w.commodity + 1, w.amount) for w in wide.ways if not w.arcs))
    least = carry(counted)
    binding = [int(g) for g in np.flatnonzero(least.price > _LITTLE) if np.isfinite(counted.capacity[g])]
    hold = float(sum(least.price[g] * counted.capacity[g] for g in binding))
    short = least.cost - sum(amount for _, amount in none)
    limits = tuple((of.made.limits[g], float(least.price[g])) for g in binding)
    gap = least.cost - max(least.bound, 0.0)
    apart = gap / least.cost if gap > _LITTLE * max(least.cost, 1.0) else 0.0
    return Shortfall(none, limits, hold, hold + max(short, 0.0), apart)
