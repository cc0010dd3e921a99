"""A scenario answered: the figures, their intervals, what moves them, as rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.units import counted
from entrepot.core.words.translate import in_english, tr
from entrepot.scenarios.asked.assumptions import assumed
from entrepot.scenarios.figures.figure import ANSWERS
from entrepot.scenarios.figures.figure_rows import figure_rows
from entrepot.scenarios.figures.potential import ADDS, OF_FULL, OF_GLOBAL, aside
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.uncertainty.drawn_intervals import (
    ENOUGH,
    full_in_draws,
    held_of_100,
    holding,
    intervals,
    most_by_joining,
)
from entrepot.scenarios.uncertainty.draws import EVERY, Asked, answers, chances
from entrepot.scenarios.uncertainty.most_moving import most_moving
from entrepot.scenarios.uncertainty.unsure_inputs import unsure_inputs

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld
    from entrepot.scenarios.figures.figure import Figure, Key
    from entrepot.scenarios.figures.simulated import Simulated

    Progress = Callable[[int, int], None]

JOINERS_DRAWN = 4  # candidates asked in each draw, those that add most at the middle; each costs one equilibrium


@dataclass(frozen=True, slots=True)
class Doubt:
    """How the unknown is gone through.

    Attributes:
        draws: how many; 0: no intervals.
        seed: of the draws.
        sensitivity: a power of 2 for Sobol's indices; 0: not asked.
        workers: processes; 0 for as many as there are cores.
    """

    draws: int = 0
    seed: int = 1
    sensitivity: int = 0
    workers: int = 0


@dataclass(frozen=True, slots=True)
class Answered:
    """A scenario with its answer.

    Attributes:
        scenario: what was asked.
        assumed: all that is assumed.
        rows: of `simulated_figures`.
        missing: sentences on what could not be answered.
        residual: what markets miss by at most.
        unsure: the world that it was asked of, with the names of what the rows call by codes.
    """

    scenario: Scenario
    assumed: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]
    missing: tuple[str, ...]
    residual: float
    unsure: UnsureWorld


@in_english
def answered(unsure: UnsureWorld, scenario: Scenario, doubt: Doubt, progress: Progress | None = None) -> Answered:
    """Answer a scenario, of the world whole unless it names a region.

    Args:
        unsure: the world with its doubts.
        scenario: what is asked.
        doubt: how the unknown is gone through.
        progress: told (draws done, in all).

    Raises:
        BadInputError: a buyer is left without any seller of a sector that it uses.
        NotEstimableError: the scenario has no equilibrium that could be found; the residual is told.
    """
    unsure = unsure.asked_by(scenario)
    found = simulated(unsure.world, scenario, aside(unsure.world, scenario, unsure.nobody))
    between, more, missing = _under_doubt(unsure, scenario, doubt, found, progress)
    said = assumed(unsure, scenario)
    rows = figure_rows([*found.figures, *more], between, scenario, (found.residual, said))
    return Answered(scenario, said, tuple(rows), (*found.missing, *missing), found.residual, unsure)


def _under_doubt(
    unsure: UnsureWorld, scenario: Scenario, doubt: Doubt, found: Simulated, progress: Progress | None
) -> tuple[dict[Key, tuple[float, float]], list[Figure], list[str]]:
    """Intervals, further figures, and what must be told of the draws."""
    inputs = unsure_inputs(unsure, scenario)
    adding = tuple(f.key.economy for f in found.figures if f.key.quantity == ADDS)
    best, others = adding[:JOINERS_DRAWN], adding[JOINERS_DRAWN:]
    known = tuple(f.key.quantity for f in found.figures if f.key.quantity in {OF_FULL, OF_GLOBAL})
    asked = Asked(unsure, scenario, inputs, best, others, known)
    if not inputs:
        return {}, [], [tr("Nothing is left open, so that no figure has an interval.")] if doubt.draws else []
    drawn = answers(asked, chances(len(inputs), doubt.draws, doubt.seed), workers=doubt.workers, progress=progress)
    more = [*most_by_joining(drawn), *full_in_draws(drawn)]
    if doubt.sensitivity:
        more += most_moving(asked, doubt.sensitivity, doubt.seed, workers=doubt.workers, progress=progress)
    told = _of_draws(doubt.draws, drawn.count(None), asks_others=bool(others))
    between, widened = holding(intervals(drawn), found.figures)
    if widened:
        told.append(
            tr(
                "Of {count} the interval of {draws} draws did not hold the figure itself and is widened to it: more "
                "draws make it one of 95 in 100.",
                count=counted(widened, "figure"),
                draws=doubt.draws,
            )
        )
    return between, more, told


def _of_draws(draws: int, lost: int, *, asks_others: bool) -> list[str]:
    """How many draws the intervals rest on, and what so few of them cannot hold."""
    told = []
    if lost:
        told.append(
            tr("{lost} of {draws} draws have no equilibrium and are left out of the intervals.", lost=lost, draws=draws)
        )
    if 1 < (held := draws - lost) < ENOUGH:
        told.append(
            tr(
                "Of {draws} draws an interval goes from the least to the greatest, and would hold a further draw in "
                "{cases} of 100 cases: from {enough} draws on in 95.",
                draws=held,
                cases=held_of_100(held),
                enough=ENOUGH,
            )
        )
    if draws and asks_others:
        few = len(range(0, draws, EVERY))
        rest = tr("rest on {few} draws", few=few) if few > 1 else tr("are left out: too few draws")
        told.append(
            tr(
                "Intervals of what would be added by who is not among the first {joiners_drawn} {rest}.",
                joiners_drawn=JOINERS_DRAWN,
                rest=rest,
            )
        )
        if 1 < few < ENOUGH <= draws:
            told[-1] += tr(" They would hold a further draw in {cases} of 100 cases.", cases=held_of_100(few))
    return told


def answers_of(rows: tuple[dict[str, Any], ...], quantity: str) -> list[dict[str, Any]]:
    """The rows of an answer.

    Args:
        rows: of `simulated_figures`.
        quantity: which answer.
    """
    return [row for row in rows if row["part"] == ANSWERS and row["quantity"] == quantity]
