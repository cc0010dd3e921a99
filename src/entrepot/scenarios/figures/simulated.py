"""All figures of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.errors import NotEstimableError
from entrepot.core.words.translate import tr
from entrepot.scenarios.figures.burdens import burdens, transfers
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.economy_figures import economy_figures, sector_figures
from entrepot.scenarios.figures.gone_round import gone_round
from entrepot.scenarios.figures.potential import OF_FULL, OF_GLOBAL, joiners, potential
from entrepot.scenarios.figures.reroutes import reroutes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.figures.figure import Figure


@dataclass(frozen=True, slots=True)
class Simulated:
    """What a scenario does.

    Attributes:
        figures: all, answers first.
        missing: sentences on answers that no equilibrium was found for.
        residual: by how much the markets miss, as a share of an economy's value added, at most.
        steps: how many steps the search took.
    """

    figures: tuple[Figure, ...]
    missing: tuple[str, ...]
    residual: float
    steps: int


def simulated(
    world: World, scenario: Scenario, candidates: Sequence[str], embargoes: Sequence[str] = (OF_FULL, OF_GLOBAL)
) -> Simulated:
    """The figures of a scenario.

    Args:
        world: the baseline.
        scenario: what is asked.
        candidates: economies that are asked whether they would add by joining.
        embargoes: with which of them the measure is compared.

    Raises:
        BadInputError: a buyer is left without any seller of a sector that it uses.
        NotEstimableError: the scenario has no equilibrium that could be found; the residual is told.
    """
    found = difference(world, scenario)
    compared, others = potential(found, world, scenario, embargoes), joiners(found, world, scenario, candidates)
    missing = [*compared.missing, *others.missing]
    shared: list[Figure] = []
    try:
        shared = list(transfers(found, scenario))
    except NotEstimableError as exc:
        missing.append(tr("The transfers that share the burden are not known: {exc}", exc=exc))
    figures = (
        *burdens(found, scenario),
        *compared.figures,
        *reroutes(found, scenario),
        *gone_round(found, scenario),
        *others.figures,
        *shared,
        *economy_figures(found),
        *sector_figures(found),
    )
    # Of a full crossing the miss is a share of what it holds: the larger of both is told.
    residual = max(found.outcome.residual, found.routed.residual if found.routed is not None else 0.0)
    return Simulated(figures, tuple(missing), residual, found.outcome.steps)
