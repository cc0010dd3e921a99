"""The published measure of welfare, to first order: terms of trade and volume of trade."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.solve import Outcome
    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class FirstOrder:
    """Welfare to first order, in shares of income.

    Attributes:
        terms: (N,) terms of trade: what exports gain in price less what imports do.
        volume: (N,) volume of trade: what the revenue of tariffs gains by larger imports.
    """

    terms: Array
    volume: Array

    @property
    def welfare(self) -> Array:
        """(N,) the sum of both."""
        return self.terms + self.volume


def first_order(before: World, outcome: Outcome) -> FirstOrder:
    """Welfare as the authors print it, with changes in per cent and not in logarithms.

    It weighs changes by what was traded before, so that for large changes it is far from the exact change of real
    income (`Outcome.welfare`): both are shown, each by its name.

    Source: Caliendo and Parro (2015), Estimates of the Trade and Welfare Effects of NAFTA, Review of Economic Studies
    82(1), equation 16.
    """
    bought, now = before.imports, outcome.world.imports
    dearer = outcome.costs - 1  # (J, N) by seller
    sold = (bought.sum(axis=1) * dearer).sum(axis=0)
    paid = np.einsum("jni,ji->n", bought, dearer)
    more = before.tariffs * (now - bought * outcome.costs[:, None, :])
    return FirstOrder((sold - paid) / before.income, more.sum(axis=(0, 2)) / before.income)
