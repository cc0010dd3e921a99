"""Shares of inputs as rows: each node is made of what its suppliers give, each share between two ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats: TypeAlias = NDArray[np.float64]
    Ints: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]

_ROUNDING = 1e-9  # of sums of shares that were read from decimal text
# Shares are summed along all rows at once as whole numbers of 2^-52: sums of floats would carry the rounding of a
# million rows into the last, while whole numbers that run over come back to the same differences.
_PARTS = 2.0**52


@dataclass(frozen=True, slots=True, eq=False)
class ShareRows:
    """Nodes and the shares of their inputs, row after row.

    Attributes:
        starts: where the inputs of each node begin, shape (nodes + 1,); a node without inputs is an end of what is
            known.
        sources: the node that each input comes from, shape (inputs,).
        low: least share of the input, 0 to 1.
        high: most; of a node with inputs the low shares sum to at most 1 and the high ones to at least 1.
    """

    starts: Ints
    sources: Ints
    low: Floats
    high: Floats

    @property
    def nodes(self) -> int:
        """How many nodes there are."""
        return len(self.starts) - 1

    @property
    def has_inputs(self) -> Flags:
        """Which nodes have inputs."""
        return np.diff(self.starts) > 0

    @property
    def takers(self) -> Ints:
        """The node that each input goes into, shape (inputs,)."""
        return np.repeat(np.arange(self.nodes), np.diff(self.starts))

    @property
    def rest(self) -> Floats:
        """What the least shares of each row leave of the whole; none of a node without inputs."""
        left = 1 - np.bincount(self.takers, weights=self.low, minlength=self.nodes)
        return np.where(self.has_inputs & (left > _ROUNDING), left, 0.0)

    @property
    def can(self) -> Flags:
        """Which inputs may have a share: one has it, or there is a rest to take it from."""
        return (self.low > 0) | ((self.high > 0) & (self.rest[self.takers] > 0))


def share_rows(nodes: int, links: Sequence[tuple[int, int, float, float]]) -> ShareRows:
    """Rows of links in any order.

    Args:
        nodes: how many there are.
        links: of each its taker, its source, its least and its most share.

    Raises:
        ValueError: shares of a taker that cannot sum to one.
    """
    ends = np.array([x[:2] for x in links], dtype=np.int64).reshape(-1, 2)
    shares = np.array([x[2:] for x in links], dtype=np.float64).reshape(-1, 2)
    order = np.argsort(ends[:, 0], kind="stable")
    return rows_of(nodes, ends[order, 0], ends[order, 1], shares[order, 0], shares[order, 1])


def rows_of(nodes: int, takers: Ints, sources: Ints, low: Floats, high: Floats) -> ShareRows:
    """Rows of links that stand in the order of their takers.

    Args:
        nodes: how many there are.
        takers: of each link the node that it goes into.
        sources: the node that it comes from.
        low: its least share.
        high: its most.

    Raises:
        ValueError: shares of a taker that cannot sum to one.
    """
    rows = ShareRows(np.searchsorted(takers, np.arange(nodes + 1)).astype(np.int64), sources, low, high)
    least, most = (np.bincount(takers, weights=w, minlength=nodes) for w in (low, high))
    wrong = rows.has_inputs & ((least > 1 + _ROUNDING) | (most < 1 - _ROUNDING))
    if wrong.any() or (low > high + _ROUNDING).any() or (low < 0).any():
        raise ValueError(f"the shares of node {int(np.argmax(wrong))} cannot sum to one")
    return rows


def some_rows(rows: ShareRows, nodes: Ints) -> tuple[ShareRows, Ints]:
    """The rows of some nodes, in the order given, and the places of their inputs among all.

    Args:
        rows: the shares.
        nodes: which; sources keep their numbers.
    """
    counts = rows.starts[nodes + 1] - rows.starts[nodes]
    starts = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    at = np.arange(starts[-1]) + np.repeat(rows.starts[nodes] - starts[:-1], counts)
    return ShareRows(starts, rows.sources[at], rows.low[at], rows.high[at]), at


def allocated(rows: ShareRows, first: Floats) -> Floats:
    """Shares that sum to one in each row: each input its least, and the rest to the inputs in an order.

    Args:
        rows: the shares.
        first: by input; within a row the input with the smallest takes as much of the rest as it may, then the next.

    Returns:
        The share of each input, shape (inputs,).
    """
    takers, rest = rows.takers, rows.rest
    at = np.flatnonzero(rest[takers] > 0)
    shares = rows.low.copy()
    if len(at):
        at = at[np.lexsort((first[at], takers[at]))]
        shares[at] += rest_given(takers[at], rest[takers[at]], (rows.high - rows.low)[at])
    return shares


def rest_given(row: Ints, rest: Floats, room: Floats) -> Floats:
    """What each input takes of the rest of its row, in the order in which they stand.

    Args:
        row: of each input; those of one row stand together.
        rest: of each input, that of its row.
        room: the most that each may take.
    """
    parts = np.rint(room * _PARTS).astype(np.int64)
    given = np.cumsum(parts) - parts  # to inputs before this one, over all rows
    begin = np.concatenate([[True], row[1:] != row[:-1]])
    before = given - given[np.flatnonzero(begin)][np.cumsum(begin) - 1]
    return np.asarray(np.clip(np.rint(rest * _PARTS).astype(np.int64) - before, 0, parts) / _PARTS)
