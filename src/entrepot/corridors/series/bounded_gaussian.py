"""Draws from a Gaussian that is cut by linear bounds, by exact Hamiltonian Monte Carlo.

Between two bounds the path of a particle in a Gaussian well is known in closed form, so no step size is tuned and no
draw is rejected: where the path meets a bound it is mirrored. Source: Pakman and Paninski, "Exact Hamiltonian Monte
Carlo for truncated multivariate Gaussians", Journal of Computational and Graphical Statistics 23 (2014), 518-542.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

_TRAVEL = np.pi / 2  # after a quarter of a turn place and speed have changed roles: a draw without memory, were it free
_TOUCHING = 1e-9  # radians: a bound that was met just now is met again at once by rounding only
_MOST_BOUNCES = 2_000  # of one draw; a path that still bounces ends where it is, which leaves the law untouched
_PATHS = 50  # followed side by side, for a step of one costs as much as a step of all
_BURNED = (
    10  # draws of each path passed over: it forgets its start within a few, each draw nearly free of the one before
)


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What a point must keep: rows @ x >= least.

    Attributes:
        rows: shape (m, d); m may be 0.
        least: shape (m,).
        start: a point that keeps them, shape (d,).
    """

    rows: Array
    least: Array
    start: Array


def draws(mean: Array, factor: Array, bounds: Bounds, count: int, seed: int) -> Array:
    """Draws of x ~ N(mean, factor @ factor.T) within bounds.

    Args:
        mean: shape (d,).
        factor: lower triangular, shape (d, d).
        bounds: what each draw keeps.
        count: how many draws.
        seed: of the generator.

    Returns:
        Shape (count, d).

    Raises:
        ValueError: the start lies outside the bounds.
    """
    random = np.random.default_rng(seed)
    if not len(bounds.rows):
        return np.asarray(mean + random.standard_normal((count, len(mean))) @ factor.T)
    sides, offsets = bounds.rows @ factor, bounds.rows @ mean - bounds.least
    lengths = np.sqrt((sides**2).sum(axis=1))
    lengths[lengths == 0] = 1.0
    sides, offsets = sides / lengths[:, None], offsets / lengths
    place = np.linalg.solve(factor, bounds.start - mean)
    if (sides @ place + offsets < -_TOUCHING).any():
        raise ValueError("the start lies outside the bounds")
    paths = min(_PATHS, count)
    places = np.tile(place, (paths, 1))
    kept = []
    for number in range(-_BURNED, -(-count // paths)):
        speeds = np.asarray(random.standard_normal((paths, len(place))), dtype=np.float64)
        places = _travelled(places, speeds, sides, offsets)
        if number >= 0:
            kept.append(places.copy())
    return np.asarray(mean + np.concatenate(kept)[:count] @ factor.T)


def _travelled(places: Array, speeds: Array, sides: Array, offsets: Array) -> Array:
    """Where particles are after a quarter of a turn, mirrored at each bound on their way; shape (paths, d)."""
    left = np.full(len(places), _TRAVEL)
    going = np.arange(len(places))
    for _ in range(_MOST_BOUNCES):
        met, when = _first_met(places[going] @ sides.T, speeds[going] @ sides.T, offsets, left[going])
        turn, rise = np.cos(when)[:, None], np.sin(when)[:, None]
        places[going], speeds[going] = (
            places[going] * turn + speeds[going] * rise,
            speeds[going] * turn - places[going] * rise,
        )
        left[going] -= when
        going, walls = going[met >= 0], sides[met[met >= 0]]  # the sides have length one
        if not len(going):
            break
        speeds[going] -= 2 * np.einsum("ij,ij->i", speeds[going], walls)[:, None] * walls
    return places


def _first_met(at: Array, towards: Array, offsets: Array, left: Array) -> tuple[NDArray[np.int64], Array]:
    """By path the bound that is met first, -1 where none is on the way left, and how far it goes until then."""
    reach = np.hypot(at, towards)
    can = reach > np.abs(offsets)  # of a hundred walls a path can meet some three: only their angles are computed
    along, height = towards[can], np.broadcast_to(offsets, reach.shape)[can]
    # The height falls through the bound where cos(t - phase) = -offset / reach.
    then = np.mod(np.arctan2(along, at[can]) + np.arccos(np.clip(-height / reach[can], -1, 1)), 2 * np.pi)
    # A bound that is touched is met again only by a path that goes on outward.
    is_touched = (then < _TOUCHING) | (then > 2 * np.pi - _TOUCHING)
    then[is_touched & (along < 0)] = 0.0
    then[is_touched & (along >= 0)] = np.inf
    when = np.full(reach.shape, np.inf)
    when[can] = then
    met = np.argmin(when, axis=1)
    soonest = when[np.arange(len(when)), met]
    is_met = soonest < left
    return np.where(is_met, met, -1), np.where(is_met, soonest, left)
