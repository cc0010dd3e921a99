"""Nodes in levels: what a node is made of stands in levels before its own, but for what goes round with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.method.policy_values import need_scipy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.tracing.method.share_rows import Flags, Ints, ShareRows

# A level costs some dozens of passes over arrays, whatever it holds. What lies deeper is solved as one system, which
# has little fill where so many levels lie above one another.
_DEEPEST = 2_000


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The free nodes in levels.

    Attributes:
        order: the nodes, level after level, in each those first that lie in no loop.
        starts: where each level begins in `order`, shape (levels + 1,).
        loops: where the nodes that lie in loops begin, shape (levels,).
    """

    order: Ints
    starts: Ints
    loops: Ints

    @property
    def in_loops(self) -> int:
        """How many nodes of one level lie in loops, at most."""
        return int(np.max(self.starts[1:] - self.loops, initial=0))

    def __iter__(self) -> Iterator[tuple[Ints, Ints]]:
        """The nodes of each level: those in no loop, and those in loops."""
        for begin, loop, stop in zip(self.starts[:-1], self.loops, self.starts[1:], strict=True):
            yield self.order[begin:loop], self.order[loop:stop]


def loop_levels(rows: ShareRows, free: Flags) -> Levels:
    """The levels of the free nodes.

    Args:
        rows: the shares; an input counts that may have one.
        free: which nodes are found from their inputs.
    """
    need_scipy(tr("tracing without the compiled core"))
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    takers = rows.takers
    inner = free[takers] & free[rows.sources] & rows.can
    heads, tails = rows.sources[inner], takers[inner]
    shape = (rows.nodes, rows.nodes)
    count, label = connected_components(
        csr_array((np.ones(len(heads), dtype=np.int8), (heads, tails)), shape=shape), connection="strong"
    )
    label = label.astype(np.int64)
    in_loop = np.bincount(label, minlength=count)[label] > 1
    in_loop[tails[heads == tails]] = True
    across = label[heads] != label[tails]
    level = _levels(count, label[heads[across]], label[tails[across]])[label]
    nodes = np.flatnonzero(free)
    many = int(level[nodes].max(initial=-1)) + 1
    in_loop |= level >= _DEEPEST
    order = nodes[np.lexsort((in_loop[nodes], level[nodes]))]
    starts = np.searchsorted(level[order], np.arange(many + 1))
    loops = starts[1:] - np.bincount(level[order][in_loop[order]], minlength=many)
    return Levels(order, starts, loops)


def _levels(count: int, heads: Ints, tails: Ints) -> Ints:
    """The level of each component: one above the highest that leads into it; the deepest are all of one."""
    order = np.argsort(heads, kind="stable")
    tails = tails[order]
    starts = np.searchsorted(heads[order], np.arange(count + 1))
    waits = np.bincount(tails, minlength=count)
    level = np.full(count, _DEEPEST, dtype=np.int64)
    front = np.flatnonzero(waits == 0)
    for depth in range(_DEEPEST):
        if not len(front):
            break
        level[front] = depth
        reached = tails[spans(starts, front)]
        np.subtract.at(waits, reached, 1)
        front = np.unique(reached[waits[reached] == 0])
    return level


def spans(starts: Ints, some: Ints) -> Ints:
    """The places from starts[i] up to starts[i + 1] of some i, one after the other."""
    counts = starts[some + 1] - starts[some]
    ends = np.cumsum(counts)
    return np.asarray(np.arange(ends[-1] if len(ends) else 0) + np.repeat(starts[some] - ends + counts, counts))
