"""The least way of each commodity under prices, by the network or by being left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NoRoomError
from entrepot.corridors.flows_on.least_cost.shortest_ways import ShortestWays
from entrepot.corridors.flows_on.least_cost.ways_held import WaysHeld, sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.flows_on.least_cost.shared_demands import Demands
    from entrepot.corridors.flows_on.least_cost.shortest_ways import Found

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]


class LeastWays:
    """Searches the network of one problem.

    Args:
        given: the problem.

    Attributes:
        shortest: cost of the least way of each commodity without prices, which are never negative.
        first: these ways.

    Raises:
        NoRoomError: all must go, and something has no way.
    """

    def __init__(self, given: Demands) -> None:
        self._given = given
        ends = given.tail, given.head
        self._search = ShortestWays(given.nodes, ends, given.origin, given.target, given.cost)
        everything = np.arange(len(given.amount))
        found = self._search.find(given.cost, everything)
        self.shortest = self._reach(found)
        if not np.isfinite(self.shortest).all():
            lost = ~np.isfinite(self.shortest)
            raise NoRoomError(float(given.amount[lost].sum()), ())
        self.first = self._ways(found, everything, np.full(len(everything), fill_value=True))

    def _reach(self, found: Found) -> Numbers:
        left = self._given.left_cost
        return found.distance if left is None else np.minimum(found.distance, left)

    def under(self, price: Numbers, asked: Indices, best: Numbers, slack: Numbers) -> tuple[Numbers, WaysHeld]:
        """What the least way of each commodity costs, and those that cost less than what is known.

        Args:
            price: of each capacity.
            asked: commodities.
            best: of each of them what it is known to cost under these prices; beyond it none is looked for.
            slack: by how much a way must be cheaper to be told.
        """
        given = self._given
        found = self._search.find(given.cost + price[given.group], asked, best)
        reach = self._reach(found)
        return np.minimum(reach, best), self._ways(found, asked, reach < best - slack)

    def _ways(self, found: Found, asked: Indices, kept: NDArray[np.bool_]) -> WaysHeld:
        given, commodity = self._given, asked[kept]
        arcs, lengths = found.only(kept & (found.distance <= self._reach(found)), kept)
        cost = sums(given.cost[arcs], lengths)
        if given.left_cost is not None:
            home = given.origin[commodity] == given.target[commodity]
            cost = np.where((lengths == 0) & ~home, given.left_cost, cost)
        return WaysHeld(commodity, cost, lengths, arcs, given.group[arcs])
