"""The shortest ways of many commodities at once: Dijkstra by scipy, the arcs read back for all in step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]


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
    """Searches one network again and again, under other weights.

    Args:
        nodes: how many nodes there are.
        tail: of each arc.
        head: of each arc.
        origin: of each commodity.
        target: of each commodity.
    """

    def __init__(self, nodes: int, tail: Indices, head: Indices, origin: Indices, target: Indices) -> None:
        self._nodes, self._origin, self._target = nodes, origin, target
        # Sorted by their ends, so that parallel arcs lie together and the sparse matrix need not be built anew.
        self._key = tail.astype(np.int64) * nodes + head
        self._order = np.argsort(self._key, kind="stable")
        self._keys, self._first = np.unique(self._key[self._order], return_index=True)
        self._columns = (self._keys % nodes).astype(np.int32)
        self._starts = np.searchsorted(self._keys // nodes, np.arange(nodes + 1)).astype(np.int32)

    def find(self, weight: Numbers, commodities: Indices, limit: float = np.inf) -> Found:
        """The shortest way of each of these commodities.

        Args:
            weight: of each arc, never negative.
            commodities: their places.
            limit: beyond it a way is as good as none, and is not looked for.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        least, arc = self._least(weight)
        graph = csr_array((least, self._columns, self._starts), shape=(self._nodes, self._nodes))
        origins, at = np.unique(self._origin[commodities], return_inverse=True)
        distance, before = dijkstra(graph, indices=origins, return_predecessors=True, limit=limit)
        target = self._target[commodities]
        reached = np.asarray(distance[at, target], dtype=np.float64)
        arcs, lengths = self._back(before, at, target, arc)
        return Found(reached, arcs, lengths)

    def _least(self, weight: Numbers) -> tuple[Numbers, Indices]:
        """Of parallel arcs the lightest: its weight and which it is."""
        sorted_weight = weight[self._order]
        if len(self._keys) == len(self._order):
            return sorted_weight, self._order
        least = np.minimum.reduceat(sorted_weight, self._first)
        which = np.lexsort((sorted_weight, self._key[self._order]))[self._first]
        return least, self._order[which]

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
