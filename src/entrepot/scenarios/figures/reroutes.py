"""Old and new routes: to whom the target sells, of whom the coalition buys, and what is offset through whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked
from entrepot.scenarios.asked.scenario import EXPORT_BAN
from entrepot.scenarios.figures.figure import ANSWERS, MONEY, ROUTES, Figure, Key, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.figures.difference import Difference

    Array = NDArray[np.float64]

SOLD, BOUGHT = marked("sold by the target"), marked("bought by the coalition")
OFFSET, THROUGH = marked("lost sales offset elsewhere"), marked("lost sales offset through")
# Under a ban of exports the target cannot buy, and what matters is of whom it then buys.
TAKEN, GIVEN = marked("bought by the target"), marked("sold by the coalition")
REPLACED, REPLACED_THROUGH = marked("lost purchases replaced elsewhere"), marked("lost purchases replaced through")


def reroutes(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """Flows of the goods of the acts before and after, and how much of what is lost is sold elsewhere.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.
    """
    before, after = _hit(found, scenario)
    names = (SOLD, BOUGHT)
    if all(act.instrument == EXPORT_BAN for act in scenario.acts):
        before, after, names = before.T, after.T, (TAKEN, GIVEN)
    target, coalition = found.places(scenario.target), found.places(scenario.coalition)
    sold = before[:, target].sum(axis=1), after[:, target].sum(axis=1)
    bought = before[coalition].sum(axis=0), after[coalition].sum(axis=0)
    for n, one in enumerate(found.before.economies):
        yield changed(Key(ROUTES, names[0], "", "", one), float(sold[0][n]), float(sold[1][n]))
        yield changed(Key(ROUTES, names[1], "", "", one), float(bought[0][n]), float(bought[1][n]))
    yield from _offset(found, scenario, sold[1] - sold[0], names[0])


def _hit(found: Difference, scenario: Scenario) -> tuple[Array, Array]:
    """(N, N) trade in the goods of the acts, buyers by sellers, before and after."""
    chosen = of_measure(found, scenario)
    was: Array = found.before.imports[chosen].sum(axis=0)
    now: Array = found.outcome.world.imports[chosen].sum(axis=0)
    return was, now


def of_measure(found: Difference, scenario: Scenario) -> list[int]:
    """The numbers of the sectors that the acts are of.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.
    """
    named = {sector for act in scenario.acts for sector in act.sectors}
    every = any(not act.sectors for act in scenario.acts)
    return [j for j, sector in enumerate(found.before.sectors) if every or sector in named]


def _offset(found: Difference, scenario: Scenario, more: Array, of: str) -> Iterator[Figure]:
    """What is lost with the coalition, and the share of it that others buy more."""
    lost = -float(more[found.places(scenario.coalition)].sum())
    name, elsewhere, through = {
        SOLD: ("lost sales to the coalition", OFFSET, THROUGH),
        TAKEN: ("lost purchases from the coalition", REPLACED, REPLACED_THROUGH),
    }[of]
    yield Figure(Key(ANSWERS, f"{name}, value"), lost, MONEY)
    if lost <= 0:
        return
    apart = {*scenario.coalition, *scenario.target}
    others = [n for n, one in enumerate(found.before.economies) if one not in apart]
    yield Figure(Key(ANSWERS, elsewhere), 100 * float(np.maximum(more[others], 0).sum()) / lost)
    for n in others:
        yield Figure(Key(ANSWERS, through, "", "", found.before.economies[n]), 100 * float(more[n]) / lost)
