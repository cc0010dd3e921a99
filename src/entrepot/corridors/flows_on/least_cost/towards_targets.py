"""The shortest way of one commodity at a time, towards its target, in the little of the network that can hold it.

What is left from a node to the target under the least weights is taken off (A*). Weights are never less than those, so
what lies too far out under them lies too far out under all, and is left aside from then on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

_NOWHERE = 1e30  # more than any way, and less than what cannot be subtracted
_ROUNDED = 1e-9  # relative: sums of weights taken in another order
_FIRST = 0.1  # of the shortest way: how much longer ways may be at first that are kept in reach
_MOST_HELD = 4_000_000  # arcs in reach of commodities that are kept: some 110 MB
_WIDER = 3.0  # times that, when nothing is found so near


@dataclass(frozen=True, slots=True, eq=False)
class _Near:
    """What ways of a commodity may pass that are longer than the shortest by no more than this.

    Attributes:
        reach: by how much.
        places: of the arcs.
        keys: tail times count of nodes, and head; ascending.
        columns, starts: of the arcs as a sparse matrix.
        off: what is taken off each weight.
        ends: origin and target among the nodes.
    """

    reach: float
    places: Indices
    keys: Indices
    columns: NDArray[np.int32]
    starts: NDArray[np.int32]
    off: Numbers
    ends: tuple[int, int]


class TowardsTargets:
    """A network that is searched for one commodity after the other.

    Args:
        nodes: how many nodes there are.
        ends: tail and head of each arc, sorted.
        pairs: origin and target of each commodity.
        least: the least weight of each arc.
    """

    def __init__(
        self, nodes: int, ends: tuple[Indices, Indices], pairs: tuple[Indices, Indices], least: Numbers
    ) -> None:
        from scipy.sparse.csgraph import dijkstra

        self._nodes, self._least = nodes, least
        self._tails, self._heads = ends
        self._origin, self._target = pairs
        targets, self._goal = np.unique(self._target, return_inverse=True)
        back = _graph(least, ends, nodes).T.tocsr()
        self._ahead = np.asarray(dijkstra(back, indices=targets), dtype=np.float64)
        self._ahead[np.isinf(self._ahead)] = _NOWHERE
        self._near: dict[int, _Near] = {}
        self._held = 0

    def way(self, commodity: int, weight: Numbers, limit: float | None) -> Indices | None:
        """The places of the arcs of the shortest way, from the target back; None where there is none so short.

        Args:
            commodity: its place.
            weight: of each arc.
            limit: longer it need not be found. Without it, the weights are the least.
        """
        shortest = float(self._ahead[self._goal[commodity], self._origin[commodity]])
        if shortest >= _NOWHERE:
            return None
        longest = shortest if limit is None else limit
        beyond = longest * (1 + _ROUNDED) - shortest + _ROUNDED
        near = self._near.get(commodity) or self._within(commodity, _FIRST * shortest + _ROUNDED)
        while (found := _search(near, weight, min(beyond, near.reach))) is None and near.reach < beyond:
            near = self._within(commodity, _WIDER * near.reach)
        self._keep(commodity, near)
        return found

    def _keep(self, commodity: int, near: _Near) -> None:
        held = self._near.get(commodity)
        more = len(near.places) - (0 if held is None else len(held.places))
        if held is not near and self._held + more <= _MOST_HELD:
            self._near[commodity] = near
            self._held += more

    def _within(self, commodity: int, reach: float) -> _Near:
        from scipy.sparse.csgraph import dijkstra

        left = self._ahead[self._goal[commodity]]
        off = left[self._tails] - left[self._heads]
        aside = np.maximum(self._least - off, 0.0)
        graph = _graph(aside, (self._tails, self._heads), self._nodes)
        origin = int(self._origin[commodity])
        so_far = np.asarray(dijkstra(graph, indices=origin, limit=reach))
        places = np.flatnonzero(so_far[self._tails] + aside <= reach)
        nodes = np.flatnonzero(np.isfinite(so_far))
        number = np.full(self._nodes, -1, dtype=np.int64)
        number[nodes] = np.arange(len(nodes))
        tails, heads = number[self._tails[places]], number[self._heads[places]]
        starts = np.searchsorted(tails, np.arange(len(nodes) + 1)).astype(np.int32)
        ends = int(number[origin]), int(number[self._target[commodity]])
        return _Near(reach, places, tails * len(nodes) + heads, heads.astype(np.int32), starts, off[places], ends)


def _search(near: _Near, weight: Numbers, beyond: float) -> Indices | None:
    """The places of the arcs of the shortest way, from the target back."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    count, (origin, here) = len(near.starts) - 1, near.ends
    aside = np.maximum(weight[near.places] - near.off, 0.0)
    graph = csr_array((aside, near.columns, near.starts), shape=(count, count))
    distance, before = dijkstra(graph, indices=origin, return_predecessors=True, limit=beyond)
    if here < 0 or np.isinf(distance[here]):
        return None
    passed = [here]
    while passed[-1] != origin:
        passed.append(int(before[passed[-1]]))
    on = np.array(passed, dtype=np.int64)
    return near.places[np.searchsorted(near.keys, on[1:] * count + on[:-1])]


def _graph(weight: Numbers, ends: tuple[Indices, Indices], nodes: int) -> Any:
    from scipy.sparse import csr_array

    starts = np.searchsorted(ends[0], np.arange(nodes + 1)).astype(np.int32)
    return csr_array((weight, ends[1].astype(np.int32), starts), shape=(nodes, nodes))
