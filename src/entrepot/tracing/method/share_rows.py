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
    def has_inputs(self) -> NDArray[np.bool_]:
        """Which nodes have inputs."""
        return np.diff(self.starts) > 0

    @property
    def takers(self) -> Ints:
        """The node that each input goes into, shape (inputs,)."""
        return np.repeat(np.arange(self.nodes), np.diff(self.starts))


def share_rows(nodes: int, links: Sequence[tuple[int, int, float, float]]) -> ShareRows:
    """Rows of links in any order.

    Args:
        nodes: how many there are.
        links: of each its taker, its source, its least and its most share.

    Raises:
        ValueError: shares of a taker that cannot sum to one.
    """
    ordered = sorted(links, key=lambda x: x[0])
    takers = np.array([x[0] for x in ordered], dtype=np.int64)
    starts = np.searchsorted(takers, np.arange(nodes + 1))
    rows = ShareRows(
        starts.astype(np.int64),
        np.array([x[1] for x in ordered], dtype=np.int64),
        np.array([x[2] for x in ordered], dtype=np.float64),
        np.array([x[3] for x in ordered], dtype=np.float64),
    )
    _refuse_impossible(rows)
    return rows


_ROUNDING = 1e-9  # of sums of shares that were read from decimal text


def _refuse_impossible(rows: ShareRows) -> None:
    least, most = (np.bincount(rows.takers, weights=w, minlength=rows.nodes) for w in (rows.low, rows.high))
    wrong = rows.has_inputs & ((least > 1 + _ROUNDING) | (most < 1 - _ROUNDING))
    if wrong.any() or (rows.low > rows.high + _ROUNDING).any() or (rows.low < 0).any():
        raise ValueError(f"the shares of node {int(np.argmax(wrong))} cannot sum to one")


def allocated(rows: ShareRows, first: Floats) -> Floats:
    """Shares that sum to one in each row: each input its least, and the rest to the inputs in an order.

    Args:
        rows: the shares.
        first: by input; within a row the input with the smallest takes as much of the rest as it may, then the next.

    Returns:
        The share of each input, shape (inputs,).
    """
    takers = rows.takers
    order = np.lexsort((first, takers))
    room = (rows.high - rows.low)[order]
    given = np.cumsum(room) - room  # to inputs before this one, over all rows
    begin = rows.starts[:-1][rows.has_inputs]
    before = given - np.repeat(given[begin], np.diff(rows.starts)[rows.has_inputs])
    rest = 1 - np.bincount(takers, weights=rows.low, minlength=rows.nodes)
    shares = np.empty_like(rows.low)
    shares[order] = rows.low[order] + np.clip(rest[takers[order]] - before, 0, room)
    return shares
