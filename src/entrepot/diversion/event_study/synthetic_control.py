"""Synthetic control: the mix of other series that ran like one before a date, and what became of the two after.

Abadie, Diamond and Hainmueller (2010). Pure functions on matrices of periods x series.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Control:
    """A synthetic control.

    Attributes:
        weights: one a donor, none negative, summing to one.
        series: the mix, one value a period.
        before, after: root mean squared distance between the series and the mix, before the date and after.
    """

    weights: Matrix
    series: Matrix
    before: float
    after: float


@dataclass(frozen=True, slots=True, eq=False)
class Placebos:
    """What the same procedure finds in series that were not touched.

    Attributes:
        p: share of all series, the touched one counted, that come as far apart after the date.
        effects: of each donor, the logarithm of its sum after the date over that of its mix.
    """

    p: float
    effects: Matrix


def weights(donors: Matrix, target: Matrix) -> Matrix:
    """The point of the simplex that brings the donors nearest to the target, by least squares.

    With weights that sum to one, donors @ w - target is (donors - target) @ w: a cone whose best direction non-negative
    least squares finds exactly, with one more row that asks for a sum of one.

    Args:
        donors: periods x donors.
        target: one value a period.
    """
    from scipy.optimize import nnls

    gaps = donors - target[:, None]
    scale = float(np.abs(gaps).max()) or 1.0
    asked = np.append(np.zeros(len(target)), 1.0)
    found, _ = nnls(np.vstack([gaps / scale, np.ones(donors.shape[1])]), asked)
    return np.asarray(found / found.sum(), dtype=float)


def control(target: Matrix, donors: Matrix, event: int) -> Control:
    """The synthetic control of a series; `event` is the index of the first period after."""
    w = weights(donors[:event], target[:event])
    series = donors @ w
    gap = (target - series) ** 2
    return Control(w, series, float(np.sqrt(gap[:event].mean())), float(np.sqrt(gap[event:].mean())))


def placebos(matrix: Matrix, own: Control, event: int) -> Placebos:
    """Take each donor for the touched series in its turn, the touched one left out of its donors.

    What is compared is the distance after over the distance before; the latter counts as no smaller than the median of
    all series, for a mix of many donors can meet a few periods perfectly and its ratio would then say nothing.

    Args:
        matrix: periods x series, the touched one first; at least two others.
        own: the control of the touched one.
        event: index of the first period after.
    """
    others = range(1, matrix.shape[1])
    made = [own] + [control(matrix[:, j], np.delete(matrix, (0, j), axis=1), event) for j in others]
    least = float(np.median([c.before for c in made])) or 1.0
    ratios = np.array([c.after / max(c.before, least) for c in made])
    sums = np.array([[matrix[event:, j].sum(), made[j].series[event:].sum()] for j in others])
    return Placebos(float((ratios >= ratios[0]).mean()), np.log(sums[:, 0] / sums[:, 1]))


def indexed(values: Matrix, seasons: NDArray[Any], event: int) -> Matrix:
    """Each series over its mean of the same season before the date, so that size and season cancel.

    Args:
        values: periods x series, all positive means.
        seasons: the season of each period; every season has a period before the date.
        event: index of the first period after.
    """
    out = np.empty_like(values, dtype=float)
    for season in np.unique(seasons):
        of = seasons == season
        out[of] = values[of] / values[:event][of[:event]].mean(axis=0)
    return out
