"""The world before a scenario and after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from entrepot.scenarios.asked.meant_change import meant_change, ready
from entrepot.scenarios.equilibrium.solve import solve

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.equilibrium.solve import Change, Outcome
    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Difference:
    """What a scenario makes of a world.

    Attributes:
        before: the world before it.
        change: what it changes.
        outcome: the equilibrium after it.
    """

    before: World
    change: Change
    outcome: Outcome

    @cached_property
    def gains(self) -> Array:
        """(N,) change of real income at the prices of before, in units of value: the equivalent variation."""
        out: Array = self.before.income * (self.outcome.welfare - 1)
        return out

    def places(self, economies: Iterable[str]) -> list[int]:
        """The numbers of economies."""
        return [self.before.economies.index(one) for one in economies]

    def gain(self, economies: Iterable[str]) -> float:
        """What some gain together; below 0 it is a loss."""
        return float(self.gains[self.places(economies)].sum())

    def income(self, economies: Iterable[str]) -> float:
        """What some earned together before."""
        return float(self.before.income[self.places(economies)].sum())


def difference(world: World, scenario: Scenario) -> Difference:
    """What a scenario makes of a world.

    Args:
        world: the baseline.
        scenario: what is asked.

    Raises:
        BadInputError: a buyer is left without any seller of a sector that it uses.
        NotEstimableError: no equilibrium was found; the residual is told.
    """
    before = ready(world, scenario)
    change = meant_change(before, scenario)
    return Difference(before, change, solve(before, change))
