"""The ways of all commodities that were found so far, their arcs one behind the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class WaysHeld:
    """Some ways.

    Attributes:
        commodity: of each.
        cost: of one unit on each, without prices.
        lengths: how many arcs each has; 0 where it is left behind or at home.
        arcs: of all, one way behind the other, from the target back to the origin.
        groups: the capacity that each of these arcs shares.
    """

    commodity: Indices
    cost: Numbers
    lengths: Indices
    arcs: Indices
    groups: Indices

    def __len__(self) -> int:
        return len(self.commodity)

    def and_then(self, more: WaysHeld) -> WaysHeld:
        """These, and behind them others.

        Args:
            more: the others.
        """
        return WaysHeld(
            np.concatenate([self.commodity, more.commodity]),
            np.concatenate([self.cost, more.cost]),
            np.concatenate([self.lengths, more.lengths]),
            np.concatenate([self.arcs, more.arcs]),
            np.concatenate([self.groups, more.groups]),
        )

    def only(self, kept: NDArray[np.bool_]) -> WaysHeld:
        """Those that are kept, in the order they have.

        Args:
            kept: for each whether it is.
        """
        return self.at(np.flatnonzero(kept))

    def at(self, places: Indices) -> WaysHeld:
        """Those at these places, in their order.

        Args:
            places: of ways.
        """
        lengths = self.lengths[places]
        start = (np.cumsum(self.lengths) - self.lengths)[places]
        arcs = np.repeat(start - (np.cumsum(lengths) - lengths), lengths) + np.arange(int(lengths.sum()))
        return WaysHeld(self.commodity[places], self.cost[places], lengths, self.arcs[arcs], self.groups[arcs])

    def load(self, amounts: Numbers, groups: int) -> Numbers:
        """What ways with these amounts put on each capacity.

        Args:
            amounts: on each way.
            groups: how many capacities there are.
        """
        load = np.bincount(self.groups, weights=np.repeat(amounts, self.lengths), minlength=groups)
        return load.astype(np.float64)

    def priced(self, price: Numbers) -> Numbers:
        """The cost of each way with the prices of its capacities.

        Args:
            price: of each capacity.
        """
        return self.cost + sums(price[self.groups], self.lengths)


def sums(values: Numbers, lengths: Indices) -> Numbers:
    """The sum of each stretch of values; 0 of an empty one.

    Args:
        values: one stretch behind the other.
        lengths: of the stretches.
    """
    stretch = np.repeat(np.arange(len(lengths)), lengths)  # a running sum over all would lose the last digits
    return np.bincount(stretch, weights=values, minlength=len(lengths)).astype(np.float64)
