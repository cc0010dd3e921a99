"""The world before a scenario and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from entrepot.scenarios.asked.meant_change import meant_change, ready
from entrepot.scenarios.equilibrium.solve import solve
from entrepot.scenarios.hubs.meant_ways import meant_ways

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.equilibrium.solve import Change, Outcome
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.hubs.capped import Routed
    from entrepot.scenarios.hubs.meant_ways import MeantWays

    Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Difference:
    """What a scenario makes of a world.

    Attributes:
        before: the world before it.
        change: what it changes.
        outcome: the equilibrium after it.
        meant: the ways round; None where the scenario has none.
        routed: what takes each way; None likewise.
    """

    before: World
    change: Change
    outcome: Outcome
    meant: MeantWays | None = None
    routed: Routed | None = None

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

    def with_deficits(self, deficits: Array) -> Outcome:
        """The equilibrium at other deficits.

        Raises:
            NotEstimableError: none was found.
        """
        if self.meant is not None:
            return self.meant.solved(self.before, deficits).outcome
        return solve(self.before, replace(self.change, deficits=deficits))

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
    if scenario.ways:
        meant = meant_ways(before, scenario)
        routed = meant.solved(before)
        return Difference(before, meant.change, routed.outcome, meant, routed)
    change = meant_change(before, scenario)
    return Difference(before, change, solve(before, change))
