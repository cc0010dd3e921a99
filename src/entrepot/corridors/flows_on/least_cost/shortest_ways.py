"""The shortest ways of many commodities at once: Dijkstra by scipy, from each origin or towards each target.

Where an origin has many commodities, one tree serves them all, and the arcs are read back for all in step. Where a
network is large and the commodities are few, each is searched for alone and towards its target.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.corridors.flows_on.least_cost.towards_targets import TowardsTargets

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

# Measured in what it costs to weigh one arc anew: they steer time alone.
_TREE = 30  # an arc in a tree of Dijkstra's
_SEARCH = 40_000  # a search that begins
_MOST_HELD = 20_000_000  # distances held at once: 160 MB


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The ways of some commodities.

    Attributes:
        distance: of each; infinite where there is none.
        arcs: of all, one way behind the other, from the target back to the origin.
        lengths: how many arcs each has.
    """

    distance: Numbers
    arcs: Indices
    lengths: Indices

    def only(self, ways: NDArray[np.bool_], kept: NDArray[np.bool_]) -> tuple[Indices, Indices]:
        """Arcs and lengths of those kept; of those that are no ways of ours, none.

        Args:
            ways: of which the arcs count.
            kept: which are kept, with or without arcs.
        """
        arcs = self.arcs[np.repeat(ways & kept, self.lengths)]
        return arcs, np.where(ways, self.lengths, 0)[kept]


class ShortestWays:
    """Searches one network again and again, under weights that are never less than the first.

    Args:
        nodes: how many nodes there are.
        ends: tail and head of each arc.
        origin: of each commodity.
        target: of each commodity.
        least: the weight of each arc below which none will be asked for, never negative.
    """

    def __init__(
        self, nodes: int, ends: tuple[Indices, Indices], origin: Indices, target: Indices, least: Numbers
    ) -> None:
        self._nodes, self._origin, self._target = nodes, origin, target
        # Sorted by their ends, so that parallel arcs lie together and the sparse matrix need not be built anew.
        self._key = ends[0].astype(np.int64) * nodes + ends[1]
        self._order = np.argsort(self._key, kind="stable")
        self._keys, self._first = np.unique(self._key[self._order], return_index=True)
        ends, pairs = (self._keys // nodes, self._keys % nodes), (origin, target)
        self._columns = ends[1].astype(np.int32)
        self._starts = np.searchsorted(ends[0], np.arange(nodes + 1)).astype(np.int32)
        pays = self._goals_pay()
        self._goals = TowardsTargets(nodes, ends, pairs, self._least(least)[0]) if pays else None

    def _goals_pay(self) -> bool:
        """Whether a search for each commodity costs less than a tree from each origin."""
        arcs, origins = len(self._keys), len(np.unique(self._origin))
        held = len(np.unique(self._target)) * self._nodes
        return len(self._target) * (arcs + _SEARCH) < origins * arcs * _TREE and held <= _MOST_HELD

    def _graph(self, least: Numbers) -> Any:
        from scipy.sparse import csr_array

        return csr_array((least, self._columns, self._starts), shape=(self._nodes, self._nodes))

    def find(self, weight: Numbers, commodities: Indices, limit: Numbers | None = None) -> Found:
        """The shortest way of each of these commodities.

        Args:
            weight: of each arc.
            commodities: their places.
            limit: for each; a way that is longer need not be found. Without it, `weight` is the least there is.
        """
        least, arc = self._least(weight)
        if self._goals is not None:
            return self._to_targets(self._goals, (least, arc), commodities, limit)
        beyond = np.inf if limit is None or len(limit) == 0 else float(np.max(limit))
        order = np.argsort(self._origin[commodities], kind="stable")
        blocks = 1 + len(np.unique(self._origin[commodities])) * self._nodes * 4 // _MOST_HELD
        graph = self._graph(least)
        parts = [self._trees(graph, arc, commodities[some], beyond) for some in np.array_split(order, blocks)]
        return _in_order(parts, order)

    def _least(self, weight: Numbers) -> tuple[Numbers, Indices]:
        """Of parallel arcs the lightest: its weight and which it is."""
        sorted_weight = weight[self._order]
        if len(self._keys) == len(self._order):
            return sorted_weight, self._order
        least = np.minimum.reduceat(sorted_weight, self._first)
        which = np.lexsort((sorted_weight, self._key[self._order]))[self._first]
        return least, self._order[which]

    def _trees(self, graph: Any, arc: Indices, commodities: Indices, beyond: float) -> Found:
        """A tree from each origin."""
        from scipy.sparse.csgraph import dijkstra

        origins, at = np.unique(self._origin[commodities], return_inverse=True)
        distance, before = dijkstra(graph, indices=origins, return_predecessors=True, limit=beyond)
        target = self._target[commodities]
        reached = np.asarray(distance[at, target], dtype=np.float64)
        arcs, lengths = self._back(before, at, target, arc)
        return Found(reached, arcs, lengths)

    def _back(self, before: NDArray[np.int32], at: Indices, target: Indices, arc: Indices) -> tuple[Indices, Indices]:
        """The arcs of all ways, read back from their targets step by step."""
        here, who = target.copy(), np.arange(len(target))
        steps: list[tuple[Indices, Indices]] = []
        while len(who):
            back = before[at[who], here].astype(np.int64)
            onward = back >= 0  # scipy gives -9999 at the origin and where nothing leads
            who, back, here = who[onward], back[onward], here[onward]
            place = np.searchsorted(self._keys, back * self._nodes + here)
            steps.append((who, arc[place]))
            here = back
        if not steps:
            return np.zeros(0, dtype=np.int64), np.zeros(len(target), dtype=np.int64)
        owner = np.concatenate([s[0] for s in steps])
        arcs = np.concatenate([s[1] for s in steps])
        order = np.argsort(owner, kind="stable")
        return arcs[order], np.bincount(owner, minlength=len(target)).astype(np.int64)

    def _to_targets(
        self, goals: TowardsTargets, arcs: tuple[Numbers, Indices], commodities: Indices, limit: Numbers | None
    ) -> Found:
        """A search for each commodity, towards its target."""
        distance = np.full(len(commodities), np.inf)
        ways: list[Indices] = []
        for i, k in enumerate(commodities.tolist()):
            way = goals.way(k, arcs[0], None if limit is None else float(limit[i]))
            ways.append(np.zeros(0, dtype=np.int64) if way is None else arcs[1][way])
            if way is not None:
                distance[i] = arcs[0][way].sum()
        joined = np.concatenate([*ways, np.zeros(0, dtype=np.int64)])
        return Found(distance, joined, np.array([len(w) for w in ways], dtype=np.int64))


def _in_order(parts: list[Found], order: Indices) -> Found:
    """The parts as one, in the order in which they were asked for."""
    if len(order) == 0:
        return parts[0]
    distance, arcs, lengths = (
        np.concatenate([getattr(p, name) for p in parts]) for name in ("distance", "arcs", "lengths")
    )
    back = np.argsort(order, kind="stable")
    count = lengths[back]
    start = (np.cumsum(lengths) - lengths)[back]
    at = np.repeat(start - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))
    return Found(distance[back], arcs[at], count)
