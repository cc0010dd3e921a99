"""Nodes in the order in which goods flow, and their bounds, by the compiled core (native/loops.c).

Where there is no core, `loop_levels` and `policy_search` do the same in numpy and scipy; what the core does not settle
is handed to them too. See docs/design/56-tracing.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from entrepot.names.native.library import address, library
from entrepot.tracing.method.policy_search import settled
from entrepot.tracing.method.share_rows import ShareRows, some_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.tracing.method.policy_search import End
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints

_MOST = 2**31 - 1  # what the core counts with


@dataclass(frozen=True, slots=True, eq=False)
class FlowOrder:
    """The free nodes in the order in which goods flow, and their inputs in that order.

    Attributes:
        order: the nodes; those that one is made of stand before it, but for what goes round with it.
        ends: where each strongly connected component ends in `order`, behind a zero.
        starts: where the inputs of each begin, in that order, shape (free nodes + 1,).
        at: the place of each of these inputs among all.
        sources: where the node that each comes from stands: in `order`, or behind it.
        others: the nodes behind it, which are not free.
    """

    order: Ints
    ends: NDArray[np.int32]
    starts: NDArray[np.int32]
    at: Ints
    sources: NDArray[np.int32]
    others: Ints

    @property
    def in_loops(self) -> int:
        """How many nodes lie in the largest component."""
        return int(np.diff(self.ends).max(initial=0))


class Found(NamedTuple):
    """What was found of all nodes.

    Attributes:
        values: by node; of those that are not free as they were given.
        shares: by input; of nodes that are not free the least.
        steps: as many as goods take at most on average before they are out, from the worst node.
    """

    values: Floats
    shares: Floats
    steps: float


def flow_order(rows: ShareRows, free: Flags) -> FlowOrder | None:
    """The free nodes in the order in which goods flow; None where the core is not there or cannot count so far.

    Args:
        rows: the shares; an input counts that may have one.
        free: which nodes are found from their inputs.
    """
    core, nodes, links = library(), rows.nodes, len(rows.sources)
    if core is None or max(nodes, links) >= _MOST:
        return None
    starts, sources = (np.ascontiguousarray(x, dtype=np.int64) for x in (rows.starts, rows.sources))
    used, is_free = rows.can, np.ascontiguousarray(free)
    order, ends, place, low, stack, path = (np.empty(nodes + 1, dtype=np.int32) for _ in range(6))
    filled: list[NDArray[Any]] = [order, ends, place, low, stack, path, np.empty(nodes, dtype=np.int64)]
    told = core.components(
        address(starts), address(sources), address(used), links, address(is_free), nodes, *map(address, filled)
    )
    if told < 0:
        return None
    chosen, others = order[: int(ends[told])].astype(np.int64), np.flatnonzero(~free)
    place[chosen], place[others] = np.arange(len(chosen)), len(chosen) + np.arange(len(others))
    part, at = some_rows(rows, chosen)
    return FlowOrder(chosen, ends[: told + 1].copy(), part.starts.astype(np.int32), at, place[part.sources], others)


def bounds_in_order(rows: ShareRows, fixed: Floats, end: End, flow: FlowOrder) -> Found:
    """One end of the exposure of all nodes.

    Args:
        rows: the shares.
        fixed: by node, the exposure of those that are not free.
        end: the least or the most.
        flow: of the free nodes.

    Raises:
        UnsolvedError: the equations were not solved.
    """
    core, free = library(), len(flow.order)
    assert core is not None
    low = rows.low[flow.at]
    high = low if rows.high is rows.low else rows.high[flow.at]  # shares that are all known
    rest, room = rows.rest[flow.order], high - low
    values = np.concatenate([np.zeros(free), fixed[flow.others]])
    steps, shares, least_step = np.zeros(len(values)), np.empty(len(low)), np.ones(1)
    longest = int(np.diff(flow.starts).max(initial=0))
    turn, moves = np.empty(len(low), dtype=np.int32), np.empty(len(values))
    depth, back, queue = (np.empty(len(values) + 1, dtype=np.int32) for _ in range(3))
    keys, held = np.empty(2 * longest + 1), np.empty(2 * longest + 1, dtype=np.int32)
    given: list[NDArray[Any]] = [flow.ends, flow.starts, flow.sources, low, room, rest]
    sums = np.empty(2 * len(values))
    filled: list[NDArray[Any]] = [values, steps, shares, turn, moves, depth, back, queue, keys, held, sums]
    done, count = 0, len(flow.ends) - 1
    while done < count:
        done = core.component_bounds(
            done, count, *map(address, given), len(values), len(low), 1.0 if end == "least" else -1.0,
            *map(address, filled), longest, address(least_step),
        )  # fmt: skip
        if done < 0:
            raise AssertionError("rows that are no rows were given to the core")
        if done < count:
            all_rows = ShareRows(_all(flow.starts, len(values)), flow.sources.astype(np.int64), low, high)
            _settle(all_rows, flow.ends[done : done + 2], end, (values, steps, shares))
            done += 1
    by_node, by_input = fixed.copy(), rows.low.copy()
    by_node[flow.order], by_input[flow.at] = values[:free], shares
    return Found(by_node, by_input, float(np.max(steps, initial=0.0) / least_step[0]))


def _all(starts: NDArray[np.int32], nodes: int) -> Ints:
    """Where inputs begin, with those behind the free ones, which have none."""
    return np.concatenate([starts, np.full(nodes + 1 - len(starts), starts[-1])]).astype(np.int64)


def _settle(rows: ShareRows, span: NDArray[np.int32], end: End, written: tuple[Floats, Floats, Floats]) -> None:
    """A component that the core did not settle, by other methods; values, steps and shares are written."""
    values, steps, shares = written
    nodes = np.arange(*span, dtype=np.int64)
    steps[nodes] = 0.0  # what the core left there proves nothing
    found = settled(rows, nodes, values, end, np.full(rows.nodes, -1, dtype=np.int64))
    values[nodes], shares[found.at] = found.values, found.shares
    outside = float(np.max(steps[rows.sources[found.at]], initial=0.0))
    steps[nodes] = found.steps * (1.0 + outside)
