"""What is not known of a scenario and its world, as inputs that are drawn."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import exp
from statistics import NormalDist
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.scenarios.asked.scenario import with_costs, with_passing, with_room

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld
    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]

ELASTICITY, PASSES = marked("elasticity of"), marked("what passes under act")
SHARES, HOME = marked("shares of the region"), marked("what the region buys of itself")
WAY, ROOM, WORTH, ALIKE = (
    marked("cost of the way"),
    marked("capacity of"),
    marked("worth of a unit at"),
    marked("how alike forwarders find ways"),
)


@dataclass(frozen=True, slots=True)
class Unsure:
    """An input that is drawn.

    Attributes:
        kind: ELASTICITY, PASSES, SHARES, HOME, WAY, ROOM, WORTH or ALIKE.
        of: the sector, the act, the region, the way or the capacity.
        middle: of an elasticity its value, which half of the draws lie below; else the lowest value.
        width: of an elasticity the standard deviation of its logarithm; else the highest less the lowest value.
    """

    kind: str
    of: str
    middle: float
    width: float

    @property
    def name(self) -> str:
        """As a reader knows it."""
        return f"{self.kind} {self.of}".strip()

    def value(self, chance: float) -> float:
        """The value below which a draw lies with this chance: elasticities lognormal, all else even."""
        if self.kind != ELASTICITY:
            return self.middle + self.width * chance
        return self.middle * exp(self.width * NormalDist().inv_cdf(chance))


def unsure_inputs(unsure: UnsureWorld, scenario: Scenario) -> tuple[Unsure, ...]:
    """Every input that is not taken as known.

    Args:
        unsure: the world with its doubts.
        scenario: what is asked; its own elasticities, with their spread, take the place of the world's.
    """
    found = []
    for sector, theta, spread in zip(unsure.world.sectors, unsure.world.elasticities, unsure.spreads, strict=True):
        own = scenario.elasticities.get(sector)
        wide = float(spread) if scenario.spread is None else scenario.spread
        if wide > 0:
            found.append(Unsure(ELASTICITY, sector, float(theta) if own is None else own, wide))
    found += [Unsure(PASSES, a.id, a.between[0], a.between[1] - a.between[0]) for a in scenario.acts if a.is_spread]
    found += [
        Unsure(kind, of, ends[0], ends[1] - ends[0]) for kind, of, ends in _of_ways(scenario) if ends[0] < ends[1]
    ]
    if unsure.at is not None:
        found += [Unsure(kind, unsure.region, 0.0, 1.0) for kind in (SHARES, HOME)]
    return tuple(found)


def _of_ways(scenario: Scenario) -> Iterator[tuple[str, str, tuple[float, float]]]:
    for way in scenario.ways:
        yield WAY, way.id, way.between
    for cap in scenario.caps:
        yield ROOM, cap.id, cap.between
        yield WORTH, cap.id, cap.worth_between
    yield ALIKE, "", scenario.dispersion_between


def drawn(unsure: UnsureWorld, scenario: Scenario, inputs: Sequence[Unsure], chances: Array) -> tuple[World, Scenario]:
    """World and scenario of one draw.

    Args:
        unsure: the world with its doubts.
        scenario: what is asked.
        inputs: D of them.
        chances: (D,) between 0 and 1.
    """
    values = [(one, one.value(float(chance))) for one, chance in zip(inputs, chances, strict=True)]
    of_region = [value for one, value in values if one.kind in {SHARES, HOME}]
    world = unsure.world if unsure.at is None else unsure.at(*of_region)
    of = {kind: {one.of: value for one, value in values if one.kind == kind} for kind in (PASSES, ELASTICITY, WAY)}
    room, worth = ({one.of: value for one, value in values if one.kind == kind} for kind in (ROOM, WORTH))
    alike = next((value for one, value in values if one.kind == ALIKE), scenario.dispersion)
    asked = with_room(with_costs(with_passing(scenario, of[PASSES]), of[WAY]), room, worth)
    return world, replace(asked, elasticities=dict(scenario.elasticities) | of[ELASTICITY], dispersion=alike)
