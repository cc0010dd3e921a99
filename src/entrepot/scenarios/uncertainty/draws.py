"""The figures of a scenario under draws of what is not known, on all cores: alike for any number of processes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.workers import cores, spread
from entrepot.scenarios.figures.burdens import burdens
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.uncertainty.unsure_inputs import drawn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld
    from entrepot.scenarios.figures.figure import Key
    from entrepot.scenarios.uncertainty.unsure_inputs import Unsure

    Array = NDArray[np.float64]
    Values = dict[Key, float]

_WORTH_A_PROCESS = 64  # draws; a process starts in about a second, in which some 30 are answered
_EDGE = 1e-6  # of a stratum: an elasticity has no value at a chance of 0
_PART = 8  # draws handed over at once: about a third of a second of work
EVERY = 4  # one draw of so many asks all candidates, each an equilibrium, the others only those that add most


@dataclass(frozen=True, slots=True)
class Asked:
    """What is answered for each draw.

    Attributes:
        unsure: the world with its doubts.
        scenario: what is asked.
        inputs: those drawn.
        candidates: economies that are asked in each draw whether they would add by joining.
        others: further ones that are asked in one draw of `EVERY`.
        embargoes: with which the measure is compared: those that have an equilibrium at the middle, for to find that
            there is none takes as long as fifty answers.
        burdens: only what the target loses and the coalition pays, which needs one equilibrium.
    """

    unsure: UnsureWorld
    scenario: Scenario
    inputs: tuple[Unsure, ...]
    candidates: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    embargoes: tuple[str, ...] = ()
    burdens: bool = False


def chances(inputs: int, draws: int, seed: int) -> Array:
    """(draws, inputs) numbers between 0 and 1, spread evenly in each input.

    Source: McKay, Beckman and Conover (1979), latin hypercube sampling, Technometrics 21(2).
    """
    chance = np.random.default_rng(seed)
    strata = np.array([chance.permutation(draws) for _ in range(inputs)], dtype=np.float64).reshape(inputs, draws).T
    within = chance.uniform(_EDGE, 1 - _EDGE, (draws, inputs))
    return (strata + within) / draws


def answers(
    asked: Asked, points: Array, *, workers: int = 0, progress: Callable[[int, int], None] | None = None
) -> list[Values | None]:
    """The figures at each point, in order; None where the draw has no equilibrium that could be found.

    Args:
        asked: what is answered.
        points: (draws, inputs) chances.
        workers: processes; 0 for as many as there are cores.
        progress: told (done, in all).
    """
    parts = [points[i : i + _PART] for i in range(0, len(points), _PART)]
    found: list[Values | None] = []
    for part in _each(asked, parts, min(workers or cores(), max(len(points) // _WORTH_A_PROCESS, 1))):
        found += part
        if progress is not None:
            progress(len(found), len(points))
    return found


def _each(asked: Asked, parts: Sequence[Array], workers: int) -> Iterator[list[Values | None]]:
    if workers <= 1:
        yield from (_part(asked, part) for part in parts)
        return
    for part in spread(parts, here=partial(_part, asked), there=_part_held, workers=workers, held=(_hold, (asked,))):
        assert part is not None
        yield part


def _part(asked: Asked, points: Array) -> list[Values | None]:
    """The figures of draws that are handed over together; the first of each `EVERY` asks all candidates."""
    everybody = (*asked.candidates, *asked.others)
    return [_one(asked, point, asked.candidates if at % EVERY else everybody) for at, point in enumerate(points)]


def _one(asked: Asked, point: Array, candidates: Sequence[str]) -> Values | None:
    world, scenario = drawn(asked.unsure, asked.scenario, asked.inputs, point)
    try:
        if asked.burdens:
            return {f.key: f.value for f in burdens(difference(world, scenario), scenario)}
        return {f.key: f.value for f in simulated(world, scenario, candidates, asked.embargoes).figures}
    except BadInputError:
        return None


_held: list[Any] = []


def _hold(asked: Asked) -> None:
    """In a worker: what every draw is asked, received once."""
    _held[:] = [asked]


def _part_held(points: Array) -> list[Values | None]:
    return _part(_held[0], points)
