"""How much of a normal distribution, and of Student's with three degrees of freedom, lies beyond a value; and back.

Of the standard library's `erfc` and inverse (Wichura 1988), to 1e-14 and better: a library of statistics would be a
sixth of the installation. Tests hold them against scipy. See docs/design/26-weight.md.
"""

from __future__ import annotations

from math import erfc, pi, sqrt
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import ArrayLike

    from entrepot.diversion.flows.panel import Floats

_ROOT_TWO, _ROOT_THREE = sqrt(2.0), sqrt(3.0)
_NORMAL = NormalDist()
# Below _FAR arctan and its like differ by less than they are rounded to; there the series has ten terms to 1e-20.
_FAR, _TERMS = 0.1, 10
_MOST_STEPS = 500  # each takes at least a third of the way to the root: 1e-60 is reached


def normal_above(z: ArrayLike) -> Floats:
    """The share of a standard normal above each z; NaN is kept."""
    return _each(lambda x: 0.5 * erfc(x / _ROOT_TWO), z)


def normal_score(p: ArrayLike) -> Floats:
    """The z above which a share p of a standard normal lies; p in (0, 1), NaN is kept."""
    return _each(lambda x: -_NORMAL.inv_cdf(x), p)


def normal_density(z: Floats) -> Floats:
    """The density of a standard normal."""
    found: Floats = np.exp(-(z**2) / 2.0) / sqrt(2 * pi)
    return found


def student_above(x: ArrayLike) -> Floats:
    """The share of Student's t with three degrees of freedom above each x; NaN is kept."""
    given = np.asarray(x, dtype=np.float64)
    with np.errstate(divide="ignore"):
        u = _ROOT_THREE / np.abs(given)
    k = np.arange(1, _TERMS + 1)
    # arctan u - u / (1 + u²), term by term where both are nearly u.
    small = np.minimum(u, _FAR)[..., None]
    far = ((-1.0) ** (k + 1) * 2 * k / (2 * k + 1) * small ** (2 * k + 1)).sum(-1)
    with np.errstate(invalid="ignore"):
        near = np.arctan(u) - np.where(np.isinf(u), 0.0, u / (1 + u * u))
    above = np.where(u < _FAR, far, near) / pi
    found: Floats = np.where(given < 0, 1 - above, above)
    return found


def student_at(level: float) -> float:
    """The value that Student's t with three degrees of freedom stays below with a probability of `level`, in (0, 1)."""
    if level < 0.5:  # noqa: PLR2004 - the middle
        return -student_at(1 - level)
    x = 0.0  # the share above is convex from here on: Newton's steps come near from below
    for _ in range(_MOST_STEPS):
        nearer = x + (float(student_above(x)) - (1 - level)) / (2 / (pi * _ROOT_THREE * (1 + x * x / 3) ** 2))
        if nearer <= x:
            break
        x = nearer
    return x


def _each(of: Callable[[float], float], given: ArrayLike) -> Floats:
    """A function of one number over an array: as fast as a library's, whose wrapping takes as long."""
    values = np.asarray(given, dtype=np.float64)
    return np.fromiter(map(of, values.ravel().tolist()), np.float64, values.size).reshape(values.shape)
