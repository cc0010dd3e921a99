"""The least and the most that the exposed sources can be of each node, over all shares that the rows allow.

A node's exposure is the sum of its inputs' exposures by their shares. Over shares between two ends that is a Markov
decision process whose goal is an exposed source, and both ends are attained by one choice of shares. Nodes are taken
level by level: of those in no loop the best choice is read off their inputs; of those in loops it is found by policy
iteration (Howard 1960; Bertsekas and Tsitsiklis 1991 for chains that must end). See docs/design/56-tracing.md.

Mass is conserved: goods that go round a loop came into it from somewhere. A choice of shares that closes a loop upon
itself is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.method.compiled_loops import FlowOrder, Found, bounds_in_order, flow_order
from entrepot.tracing.method.loop_levels import loop_levels, spans
from entrepot.tracing.method.policy_search import settled
from entrepot.tracing.method.policy_values import UnsolvedError
from entrepot.tracing.method.share_rows import allocated, some_rows

if TYPE_CHECKING:
    from entrepot.tracing.method.loop_levels import Levels
    from entrepot.tracing.method.policy_search import End
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints, ShareRows

_RESIDUAL = 1e-9  # above it the equations were not solved, and nothing is said
_ROUNDED = 2.0**-52  # of a sum near one: what a residual of nothing may hide
_FARTHEST = 1e-6  # values may lie this far from what their shares give: the last digit of a percentage that is shown


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """One end of the exposure of every node.

    Attributes:
        values: by node, 0 to 1.
        shares: the shares that attain it, by input.
        residual: the largest difference between a node and the sum of its inputs.
        error: how far a value may be from what the shares give: the residual times the steps that goods take in loops.
    """

    values: Floats
    shares: Floats
    residual: float
    error: float


def bound(rows: ShareRows, fixed: Floats, end: End, flow: FlowOrder | Levels | None = None) -> Bound:
    """One end of the exposure.

    Args:
        rows: the shares.
        fixed: by node, the exposure of those that are not made of their inputs: an exposed source 1, an origin that is
            known to be elsewhere 0; NaN where it is found from the inputs. A node without inputs must be fixed. A loop
            that nothing enters came from nowhere that is known, and counts as an end that is not traced.
        end: the least or the most.
        flow: of the nodes that are not fixed, where it is known already.

    Raises:
        UnsolvedError: the equations were not solved.
        ValueError: a node has neither inputs nor a value.
    """
    free = np.isnan(fixed)
    if (free & ~rows.has_inputs).any():
        raise ValueError("a node without inputs has no value")
    order = flow if flow is not None else flow_of(rows, free)
    found = (
        bounds_in_order(rows, fixed, end, order)
        if isinstance(order, FlowOrder)
        else _by_levels(rows, fixed, end, order)
    )
    values, shares, steps = found
    takers = rows.takers
    summed = np.bincount(takers, weights=shares * values[rows.sources], minlength=rows.nodes)
    # A loop that nothing enters has values of nothing, and its shares say nothing of them.
    residual = float(np.abs(values - summed)[free].max(initial=0.0))
    if not residual <= _RESIDUAL:
        raise UnsolvedError(tr("the equations of the shares were solved to {residual:.1e} only", residual=residual))
    error = (residual + _ROUNDED) * steps
    if not error <= _FARTHEST:
        raise UnsolvedError(tr("goods go round so long that values are known to {error:.1e} only", error=error))
    return Bound(np.clip(values, 0.0, 1.0), shares, residual, error)


def flow_of(rows: ShareRows, free: Flags) -> FlowOrder | Levels:
    """The order in which goods flow through the free nodes, by the compiled core where there is one.

    Args:
        rows: the shares; an input counts that may have one.
        free: which nodes are found from their inputs.
    """
    return flow_order(rows, free) or loop_levels(rows, free)


def _by_levels(rows: ShareRows, fixed: Floats, end: End, levels: Levels) -> Found:
    """One end, level by level, in numpy and scipy."""
    values = np.nan_to_num(fixed)
    shares = rows.low.copy()
    place = np.full(rows.nodes, -1, dtype=np.int64)
    sign, steps = (1.0 if end == "least" else -1.0), 0.0
    for plain, looped in levels:
        if len(plain):
            part, at = some_rows(rows, plain)
            worth = values[part.sources]
            shares[at] = allocated(part, sign * worth)
            values[plain] = np.bincount(part.takers, weights=shares[at] * worth, minlength=part.nodes)
            steps += 1
        if len(looped):
            found = settled(rows, looped, values, end, place)
            values[looped], shares[found.at] = found.values, found.shares
            steps += found.steps
    return Found(values, shares, steps)


def with_untraced_loops(rows: ShareRows, fixed: Floats) -> tuple[ShareRows, Ints]:
    """The same rows where each loop that no source can enter is an end of what is known, and which nodes those are.

    Args:
        rows: the shares.
        fixed: by node, as `bound` takes it.
    """
    lost = ~_fed(rows, ~np.isnan(fixed))
    if not lost.any():
        return rows, np.empty(0, dtype=np.int64)
    kept = ~lost[rows.takers]
    counts = np.where(lost, 0, np.diff(rows.starts))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    cut = replace(rows, starts=starts, sources=rows.sources[kept], low=rows.low[kept], high=rows.high[kept])
    return cut, np.flatnonzero(lost)


def _fed(rows: ShareRows, goal: Flags) -> Flags:
    """Which nodes a goal can give a share to, at first or second hand."""
    can = rows.can
    heads, tails = rows.sources[can], rows.takers[can]
    order = np.argsort(heads, kind="stable")
    tails = tails[order]
    starts = np.searchsorted(heads[order], np.arange(rows.nodes + 1))
    fed = goal.copy()
    front = np.flatnonzero(goal)
    while len(front):
        reached = tails[spans(starts, front)]
        front = np.unique(reached[~fed[reached]])
        fed[front] = True
    return fed
