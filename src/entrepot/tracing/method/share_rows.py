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
    return Allocation(rows).shares(first)


class Allocation:
    """The rest of each row given to its inputs in an order, again and again: an order is kept until it no longer holds.

    Only rows that have a rest are looked at; of the others every input has its least.

    Args:
        rows: the shares.

    Attributes:
        at: the places of the inputs of rows with a rest.
        row: of each of these the number of its row among those rows.
        nodes: the rows with a rest.
    """

    def __init__(self, rows: ShareRows) -> None:
        counts = np.diff(rows.starts)
        takers = np.repeat(np.arange(rows.nodes), counts)
        rest = rows.rest
        is_open = rest > 0
        self._low = rows.low
        self.nodes = np.flatnonzero(is_open)
        self.at = np.flatnonzero(is_open[takers])
        sizes = counts[is_open]
        self.row = np.repeat(np.arange(len(sizes)), sizes)
        self._begin = (np.cumsum(sizes) - sizes).astype(np.int64)
        self._rest = np.rint(rest[is_open] * _PARTS).astype(np.int64)[self.row]
        self._room = np.rint((rows.high - rows.low)[self.at] * _PARTS).astype(np.int64)
        self._order = np.arange(len(self.at))
        self._same = self.row[1:] == self.row[:-1]

    def shares(self, first: Floats) -> Floats:
        """The share of each input, where the input with the smallest `first` takes first of the rest of its row."""
        shares = self._low.copy()
        shares[self.at] = self.open_shares(first[self.at])
        return shares

    def open_shares(self, first: Floats) -> Floats:
        """The same for the inputs at `at` alone."""
        self._sort(first)
        room = self._room[self._order]
        given = np.cumsum(room) - room  # to inputs before this one, over all rows
        before = given - given[self._begin][self.row] if len(room) else given
        shares = self._low[self.at]
        shares[self._order] += np.clip(self._rest - before, 0, room) / _PARTS
        return shares

    def _sort(self, key: Floats) -> None:
        """Bring the rows of which the order no longer holds into order."""
        held = key[self._order]
        wrong = (held[1:] < held[:-1]) & self._same
        if wrong.any():
            is_wrong = np.zeros(len(self._begin), dtype=bool)
            is_wrong[self.row[1:][wrong]] = True
            slots = np.flatnonzero(is_wrong[self.row])
            some = np.lexsort((held[slots], self.row[slots]))
            self._order[slots] = self._order[slots][some]
