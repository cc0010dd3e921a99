"""A fixed point found by Anderson's acceleration, held back where it leads away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

DEPTH = 8  # steps remembered: fewer need more steps, more gain nothing on the tables tried (5 to 20)
_LOST = 1e3  # times the best distance so far: the memory has led away and is dropped
_ALIKE = 1e-10  # singular values below this share of the largest are noise: steps have become alike
_CARE = 0.5  # share of a plain step that is taken from the best point after the memory was dropped


@dataclass(frozen=True, eq=False)
class Found:
    """Where the search ended.

    Attributes:
        point: the last point, or the best one where the search did not end.
        distance: the largest change that one more step makes in any entry.
        steps: how many steps were taken.
        converged: whether the distance is within the tolerance.
    """

    point: Vector
    distance: float
    steps: int
    converged: bool


def fixed_point(step: Callable[[Vector], Vector], start: Vector, *, tolerance: float, most: int) -> Found:
    """A point that a step leaves where it is.

    Source: Walker and Ni (2011), Anderson acceleration for fixed-point iterations, SIAM Journal on Numerical Analysis
    49(4).

    Args:
        step: from a point to the next; entries that are not finite mark a point outside its domain.
        start: where to begin.
        tolerance: of the largest change in any entry.
        most: steps after which the search is given up.

    Returns:
        The point; the caller looks at `converged`.
    """
    point, best, best_distance = start, start, np.inf
    moves: list[Vector] = []
    goals: list[Vector] = []
    for count in range(1, most + 1):
        with np.errstate(all="ignore"):
            goal = step(point)
        move = goal - point
        distance = float(np.abs(move).max())
        if distance <= tolerance:
            return Found(point, distance, count, converged=True)
        if not distance < _LOST * best_distance:  # not a number counts as lost
            if point is best:  # the start itself lies outside the domain
                return Found(best, distance, count, converged=False)
            moves.clear()
            goals.clear()
            point = nearer(step, best, 1)
            continue
        if distance < best_distance:
            best, best_distance = point, distance
        moves.append(move)
        goals.append(goal)
        del moves[: -DEPTH - 1], goals[: -DEPTH - 1]
        point = _ahead(moves, goals)
    return Found(best, best_distance, most, converged=False)


def nearer(step: Callable[[Vector], Vector], point: Vector, count: int) -> Vector:
    """The point after so many plain steps, each taken half: they crawl, and they seldom lead away."""
    for _ in range(count):
        with np.errstate(all="ignore"):
            then = point + _CARE * (step(point) - point)
        if not np.isfinite(then).all():
            break
        point = then
    return point


def _ahead(moves: list[Vector], goals: list[Vector]) -> Vector:
    """The mixture of the goals remembered whose own moves cancel best."""
    if len(moves) == 1:
        return goals[0]
    change = np.diff(np.stack(moves, axis=1), axis=1)
    weights = np.linalg.lstsq(change, moves[-1], rcond=_ALIKE)[0]
    ahead: Vector = goals[-1] - np.diff(np.stack(goals, axis=1), axis=1) @ weights
    return ahead
