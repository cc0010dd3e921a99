"""The least and the most that the exposed sources can be of each node, over all shares that the rows allow.

A node's exposure is the sum of its inputs' exposures by their shares. Over shares between two ends that is a Markov
decision process whose goal is an exposed source, and both ends are attained by one choice of shares. The choice is
found by policy iteration (Howard 1960; Bertsekas and Tsitsiklis 1991 for chains that must end). See
docs/design/56-tracing.md.

Mass is conserved: goods that go round a loop came into it from somewhere. A choice of shares that closes a loop upon
itself is none, so the least starts from a choice that leaves every loop and is only changed where that lowers it, which
can close none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from entrepot.tracing.method.share_rows import ShareRows, allocated

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.int64]

End = Literal["least", "most"]
# A change of shares must move a node by more than the rounding of its sum, or the search would go in circles.
_GAIN = 1e-12
_ROUNDS = 1_000  # policies tried; each is better than the last, and some dozen are enough on what was seen
_RESIDUAL = 1e-9  # above it the equations were not solved, and nothing is said


class UnsolvedError(ArithmeticError):
    """The equations of the shares were not solved to the residual that is asked for."""


@dataclass(frozen=True, slots=True, eq=False)
class Bound:
    """One end of the exposure of every node.

    Attributes:
        values: by node, 0 to 1.
        shares: the shares that attain it, by input.
        residual: the largest difference between a node and the sum of its inputs.
    """

    values: Floats
    shares: Floats
    residual: float


def bound(rows: ShareRows, fixed: Floats, end: End) -> Bound:
    """One end of the exposure.

    Args:
        rows: the shares.
        fixed: by node, the exposure of those that are not made of their inputs: an exposed source 1, an origin that is
            known to be elsewhere 0; NaN where it is found from the inputs. A node without inputs must be fixed. A loop
            that nothing enters came from nowhere that is known, and counts as an end that is not traced.
        end: the least or the most.

    Raises:
        UnsolvedError: the equations were not solved.
        ValueError: a node has neither inputs nor a value.
    """
    is_fixed = ~np.isnan(fixed)
    if (~is_fixed & ~rows.has_inputs).any():
        raise ValueError("a node without inputs has no value")
    away = _steps(rows, is_fixed if end == "least" else is_fixed & (np.nan_to_num(fixed) > 0))
    lost = ~is_fixed & ~np.isfinite(away)  # no choice of shares lets anything in
    held = np.where(lost, 0.0, fixed)  # a loop that nothing enters: for the most the caller gives it a source
    free = np.isnan(held)
    shares = allocated(rows, away[rows.sources])
    values = _solved(rows, shares, held, free)
    sign = 1.0 if end == "least" else -1.0
    for _ in range(_ROUNDS):
        better = allocated(rows, sign * values[rows.sources])
        gain = sign * (values - _summed(rows, better, values))
        moved = free & (gain > _GAIN)
        if not moved.any():
            residual = float(np.abs(values - _summed(rows, shares, values))[free].max(initial=0.0))
            return Bound(np.clip(values, 0.0, 1.0), shares, residual)
        shares = np.where(moved[rows.takers], better, shares)
        values = _solved(rows, shares, held, free)
    raise UnsolvedError(f"{_ROUNDS} choices of shares were tried and one better is still found")


def with_untraced_loops(rows: ShareRows, fixed: Floats) -> tuple[ShareRows, Ints]:
    """The same rows where each loop that no source can enter is an end of what is known, and which nodes those are.

    Args:
        rows: the shares.
        fixed: by node, as `bound` takes it.
    """
    away = _steps(rows, ~np.isnan(fixed))
    lost = np.isnan(fixed) & ~np.isfinite(away)
    if not lost.any():
        return rows, np.empty(0, dtype=np.int64)
    kept = ~lost[rows.takers]
    counts = np.where(lost, 0, np.diff(rows.starts))
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    cut = replace(rows, starts=starts, sources=rows.sources[kept], low=rows.low[kept], high=rows.high[kept])
    return cut, np.flatnonzero(lost)


def _summed(rows: ShareRows, shares: Floats, values: Floats) -> Floats:
    found = np.bincount(rows.takers, weights=shares * values[rows.sources], minlength=rows.nodes)
    return np.asarray(found, dtype=np.float64)


def _steps(rows: ShareRows, goal: NDArray[np.bool_]) -> Floats:
    """How many inputs lie between a node and the nearest goal, along inputs that may have a share; inf for none."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    can = rows.high > 0
    size = rows.nodes
    ends = np.flatnonzero(goal)
    if not len(ends):
        return np.full(size, np.inf)
    # One node more stands for every goal, so that one search finds the nearest.
    heads = np.concatenate([rows.sources[can], np.full(len(ends), size)])
    tails = np.concatenate([rows.takers[can], ends])
    graph = csr_array((np.ones(len(heads)), (heads, tails)), shape=(size + 1, size + 1))
    found = dijkstra(graph, unweighted=True, indices=size)
    return np.asarray(found[:size], dtype=np.float64)


def _solved(rows: ShareRows, shares: Floats, held: Floats, free: NDArray[np.bool_]) -> Floats:
    """Values of the free nodes under one choice of shares: a sparse system, solved directly."""
    from scipy.sparse import csc_array, eye_array
    from scipy.sparse.linalg import splu

    values = np.where(free, 0.0, held)
    count = int(free.sum())
    if not count:
        return values
    place = np.full(rows.nodes, -1, dtype=np.int64)
    place[free] = np.arange(count)
    takers = rows.takers
    inner = free[takers] & free[rows.sources] & (shares > 0)
    given = _summed(rows, np.where(free[rows.sources], 0.0, shares), values)[free]
    made = csc_array((shares[inner], (place[takers[inner]], place[rows.sources[inner]])), shape=(count, count))
    try:
        values[free] = splu((eye_array(count, format="csc") - made).tocsc()).solve(given)
    except RuntimeError as exc:  # exactly singular: a loop that is closed
        raise UnsolvedError("a choice of shares closes a loop") from exc
    residual = np.abs(values - _summed(rows, shares, values))[free].max()
    if not residual <= _RESIDUAL:
        raise UnsolvedError(f"the equations of the shares were solved to {residual:.1e} only")
    return values
