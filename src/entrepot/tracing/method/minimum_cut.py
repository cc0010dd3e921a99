"""The cheapest links to cut so that no path is left from any source to a goal: a minimum cut, by maximum flow."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.method.loop_levels import spans
from entrepot.tracing.method.policy_values import need_scipy

if TYPE_CHECKING:
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints

_WHOLE = (
    2**30
)  # all costs together, as whole numbers that a flow of 32 bits holds; a cost is exact to a billionth of it


class CostedLinks(NamedTuple):
    """Links as arrays: the node that each leaves, the node that it enters, and its cost, more than nothing."""

    heads: Ints
    tails: Ints
    costs: Floats


class NoCutError(ValueError):
    """The goal is a source itself: there is no link to cut."""


def minimum_cut(nodes: int, links: CostedLinks, sources: Flags, goal: int) -> Ints:
    """Which links to cut.

    Args:
        nodes: how many there are.
        links: that may be cut.
        sources: by node.
        goal: a node.

    Returns:
        The links, by number; none where there is no path.

    Raises:
        NoCutError: the goal is a source.
    """
    need_scipy(tr("which supplies to replace"))
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import maximum_flow

    heads, tails, costs = links
    if sources[goal]:
        raise NoCutError(tr("the goal is a source"))
    ahead = reached(nodes, heads, tails, np.flatnonzero(sources))
    behind = reached(nodes, tails, heads, np.array([goal]))
    if not ahead[goal]:
        return np.empty(0, dtype=np.int64)
    # A link into a source is on no shortest path from one: what comes from there is theirs already.
    kept = np.flatnonzero(ahead[heads] & behind[heads] & behind[tails] & ~sources[tails])
    head, tail = np.where(sources[heads[kept]], nodes, heads[kept]), tails[kept]
    total = float(costs[kept].sum())
    whole = np.maximum(1, np.rint(costs[kept] / total * (_WHOLE - len(kept)))).astype(np.int32)
    used, place = np.unique(np.concatenate([head, tail, [nodes, goal]]), return_inverse=True)
    size, many = len(used), len(kept)
    a, b = place[:many], place[many : 2 * many]
    graph = coo_array((whole, (a, b)), shape=(size, size)).tocsr()
    begin, end = int(place[-2]), int(place[-1])
    flow = maximum_flow(graph.astype(np.int32), begin, end).flow
    left = (graph - flow).tocoo()
    open_ = left.data > 0
    side = reached(size, left.row[open_].astype(np.int64), left.col[open_].astype(np.int64), np.array([begin]))
    return np.asarray(kept[side[a] & ~side[b]], dtype=np.int64)


def reached(nodes: int, heads: Ints, tails: Ints, begin: Ints) -> Flags:
    """Which nodes links lead to from some.

    Args:
        nodes: how many there are.
        heads: of each link the node that it leaves.
        tails: of each link the node that it enters.
        begin: the first nodes.
    """
    order = np.argsort(heads, kind="stable")
    starts, tails = np.searchsorted(heads[order], np.arange(nodes + 1)), tails[order]
    found = np.zeros(nodes, dtype=bool)
    found[begin] = True
    front = begin
    while len(front):
        nearer = tails[spans(starts, front)]
        front = np.unique(nearer[~found[nearer]])
        found[front] = True
    return found
