"""Wages sought by Newton's method, with prices and spending settled for each: where one joint search does not end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.scenarios.equilibrium.fixed_point import Found, fixed_point

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Vector = NDArray[np.float64]

_INNER = 1e-13  # of prices and spending for given wages: a hundredth of what is asked of wages
_INNER_STEPS = 2000  # for given wages prices and spending draw together: tables tried need 20 to 400
_NUDGE = 1e-5  # of the logarithm of a wage: the slope is right to about as much, and the inner search leaves 1e-8 of it
_ROUNDS = 60  # Newton needs 5 to 15 where it ends at all
_LONGEST = 1.0  # of the logarithm of a wage in one round
_HALVINGS = 8  # a move of less than a hundredth that still does not help points the wrong way
_GOOD = 0.2  # a round that leaves more than this of the miss has its slopes measured anew


def by_wages(step: Callable[[Vector], Vector], found: Found, earned: Vector, *, tolerance: float) -> Found:
    """A fixed point whose first entries are logarithms of wages.

    Args:
        step: from a point to the next.
        found: where the joint search ended.
        earned: (N,) what each economy earns at the wages of before, as a share of the world's; wages are in its unit.
        tolerance: of the wages, of prices and of spending.

    Returns:
        The point; the caller looks at `converged`.
    """
    search = _Wages(step, found, earned)
    with np.errstate(all="ignore"):  # what is not finite is a wage outside the domain, and is passed over
        return _rounds(search, search.in_unit(found.point[: len(earned)]), tolerance)


def _rounds(search: _Wages, wages: Vector, tolerance: float) -> Found:
    miss, slopes = search.miss(wages), None
    for _ in range(_ROUNDS):
        if miss is None:
            break
        slopes = search.slopes(wages, miss) if slopes is None else slopes
        move = None if slopes is None else _newton(slopes, miss)
        if np.abs(miss).max() <= _INNER or (move is not None and np.abs(move).max() <= tolerance):
            return search.end(converged=True)
        ahead = None if move is None else search.towards(wages, move, miss)
        if slopes is None or ahead is None:
            break
        then, after = ahead
        taken, gained = then - wages, after - miss
        poor = np.abs(after).max() > _GOOD * np.abs(miss).max()
        slopes = None if poor else slopes + np.outer(gained - slopes @ taken, taken) / (taken @ taken)
        wages, miss = then, after
    return search.end(converged=False)


def _newton(slopes: Vector, miss: Vector) -> Vector | None:
    try:
        move: Vector = -np.linalg.solve(slopes, miss).astype(np.float64)
    except np.linalg.LinAlgError:
        return None
    return move * min(1.0, _LONGEST / np.abs(move).max()) if move.any() else move


class _Wages:
    """Prices and spending for given wages, begun each time from the last ones."""

    def __init__(self, step: Callable[[Vector], Vector], found: Found, earned: Vector) -> None:
        self.step, self.earned, self.count = step, earned, len(earned)
        self.point, self.steps, self.distance = found.point, found.steps, found.distance

    def in_unit(self, wages: Vector) -> Vector:
        """Wages at which the world earns what it earned."""
        out: Vector = wages - np.log(self.earned @ np.exp(wages))
        return out

    def settle(self, wages: Vector) -> Vector | None:
        """The whole point for these wages; None where prices or spending do not settle."""
        inner = fixed_point(
            lambda rest: self.step(np.concatenate([wages, rest]))[self.count :],
            self.point[self.count :], tolerance=_INNER, most=_INNER_STEPS,
        )  # fmt: skip
        self.steps += inner.steps
        return np.concatenate([wages, inner.point]) if inner.converged else None

    def miss(self, wages: Vector, *, keep: bool = True) -> Vector | None:
        """By how much, in logarithms, what economies earn misses these wages."""
        point = self.settle(wages)
        if point is None:
            return None
        missed: Vector = self.step(point)[: self.count] - wages
        if keep:
            self.point, self.distance = point, float(np.abs(missed).max())
        return missed

    def slopes(self, wages: Vector, miss: Vector) -> Vector | None:
        """(N, N) how each miss answers to each wage."""
        out = np.empty((self.count, self.count))
        for n in range(self.count):
            nudged = wages.copy()
            nudged[n] += _NUDGE
            then = self.miss(nudged, keep=False)
            if then is None:
                return None
            out[:, n] = (then - miss) / _NUDGE
        return out

    def towards(self, wages: Vector, move: Vector, miss: Vector) -> tuple[Vector, Vector] | None:
        """The first point on the way that misses by less, and by how much; None where there is none."""
        for _ in range(_HALVINGS):
            ahead = self.in_unit(wages + move)
            then = self.miss(ahead, keep=False)
            if then is not None and np.abs(then).max() < np.abs(miss).max():
                self.miss(ahead)
                return ahead, then
            move = move / 2
        return None

    def end(self, *, converged: bool) -> Found:
        """Where the search ended."""
        return Found(self.point, self.distance, self.steps, converged)
