"""The shares that are left open, chosen again and again: an order is kept for as long as it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.method.share_rows import rest_given

if TYPE_CHECKING:
    from entrepot.tracing.method.share_rows import Flags, Floats, Ints, ShareRows


_NOTHING = 1e-14  # a gain that is a rounding of a sum: inputs of one worth, which may stand in any order


class OpenShares:
    """One choice of the shares of all inputs; those of a row that has a rest stand in the order in which they take it.

    Only rows of which the order no longer holds, or which had something to gain when it last changed, are looked at:
    after some rounds these are few.

    Args:
        rows: the shares.
        worth_at: by input, where its worth stands among those that `better` is given.
        first: by input; within a row the smallest takes first.

    Attributes:
        shares: of each input.
    """

    def __init__(self, rows: ShareRows, worth_at: Ints, first: Floats) -> None:
        takers, self._rest = rows.takers, rows.rest
        at = np.flatnonzero(self._rest[takers] > 0)
        self._at = at[np.lexsort((first[at], takers[at]))]
        self._row = takers[self._at]
        self._same = self._row[1:] == self._row[:-1]
        self._low, self._room = rows.low, rows.high - rows.low
        self._worth_at = worth_at
        self._index = worth_at[self._at].astype(np.int32)
        self._is_stale = np.zeros(rows.nodes, dtype=bool)
        self.shares = rows.low.copy()
        if len(at):
            self.shares[self._at] += rest_given(self._row, self._rest[self._row], self._room[self._at])

    def look_at_all(self) -> None:
        """Have `better` look at every row once more."""
        self._is_stale[:] = self._rest > 0

    def better(self, worth: Floats, sign: float, least: float, live: Flags) -> tuple[Ints, Floats]:
        """Change the shares of rows where that gains more than so much.

        Args:
            worth: what inputs are worth, at `worth_at`.
            sign: 1 for the smaller the better, -1 for the larger.
            least: what a change must gain.
            live: rows that may be changed.

        Returns:
            The inputs whose rows were changed, and by how much each share was.
        """
        held = worth[self._index]
        wrong = (sign * (held[1:] - held[:-1]) < 0) & self._same
        self._is_stale[self._row[1:][wrong]] = True
        self._is_stale &= live
        slots = np.flatnonzero(self._is_stale[self._row])
        if not len(slots):
            return slots, np.empty(0)
        slots_at, row = self._at[slots], self._row[slots]
        at = slots_at[np.lexsort((sign * held[slots], row))]
        self._at[slots], self._index[slots] = at, self._worth_at[at]
        change = self._low[at] + rest_given(row, self._rest[row], self._room[at]) - self.shares[at]
        begin = np.concatenate([[True], row[1:] != row[:-1]])
        gain = -sign * np.add.reduceat(change * worth[self._worth_at[at]], np.flatnonzero(begin))
        number = np.cumsum(begin) - 1
        moved = (gain > least)[number]
        self._is_stale[row[moved | (gain <= _NOTHING)[number]]] = False
        self.shares[at[moved]] += change[moved]
        return at[moved], change[moved]
