"""Rates of rare events at several places: a gamma prior, fitted over all of them, and each place's own count."""

from __future__ import annotations

from dataclasses import dataclass
from math import lgamma
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

INTERVAL = (0.025, 0.975)  # as everywhere in the room: 95 in 100
# Priors tried: means over six factors of ten about the mean of all, and shapes from one under which most places have
# nothing (0.05) to one under which all are alike (20). The counts weigh them.
_MEANS = np.geomspace(1e-3, 1e3, 41)
_SHAPES = np.geomspace(0.05, 20.0, 21)
_RATES = np.geomspace(1e-6, 1e3, 1601)  # times the mean of all; a step is 1.3 percent
_FLAT = 0.5  # Jeffreys' prior of a Poisson rate, where a count stands alone


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate a year.

    Attributes:
        mean: what is to be expected.
        low, high: the interval that holds it in 95 cases of 100.
    """

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Prior:
    """The gamma prior that fits the counts of all places best.

    Attributes:
        mean: rate of a place of which nothing is known.
        years: how many years of counting it weighs as much as.
    """

    mean: float
    years: float


def pooled(events: Sequence[int], years: Sequence[float]) -> tuple[Prior, list[Rate]]:
    """The rate of each place, drawn towards that of all as far as its own years are few.

    Empirical Bayes: counts are Poisson, rates gamma over the places. The prior is not put in at its best fit alone, as
    then intervals come out too narrow over few places: each prior counts by how well it fits (level over means and
    shapes in logarithms).

    Args:
        events: counted at each place.
        years: of exposure, above zero.

    Raises:
        ValueError: no event at any place: nothing to fit.
    """
    counts, exposure = np.asarray(events, np.float64), np.asarray(years, np.float64)
    if not counts.sum():
        raise ValueError("no event at any place")
    whole = float(counts.sum() / exposure.sum())
    means, shapes = (g.ravel() for g in np.meshgrid(_MEANS * whole, _SHAPES, indexing="ij"))
    scales = shapes / means  # of the gamma, in years
    fits = np.zeros(len(means))
    for count, span in zip(counts, exposure, strict=True):
        fits += _negative_binomial(shapes, scales, count, span)
    weights = np.exp(fits - np.max(fits))
    weights /= weights.sum()
    best = int(np.argmax(fits))
    prior = Prior(float(means[best]), float(scales[best]))
    kept = weights > weights.max() * 1e-6  # the rest moves no end by what is printed
    mixture = (weights[kept], shapes[kept], scales[kept])
    told = list(zip(counts.tolist(), exposure.tolist(), strict=True))
    # Most places have no event in the same years, so few are worked out.
    rates = {one: _of_mixture(mixture, *one, whole) for one in set(told)}
    return prior, [rates[one] for one in told]


def alone(events: int, years: float) -> Rate:
    """The rate of a count that stands alone, by Jeffreys' prior.

    Args:
        events: counted.
        years: of exposure.
    """
    one = np.ones(1)
    found = _of_mixture((one, one * _FLAT, one * 0.0), float(events), years, max(events, _FLAT) / years)
    return Rate((events + _FLAT) / years, found.low, found.high)


def change(earlier: tuple[int, float], later: tuple[int, float]) -> Rate:
    """The later rate over the earlier, by Jeffreys' prior of the share of events that fall into the later days.

    Args:
        earlier: events and years.
        later: events and years.
    """
    shares = np.linspace(0, 1, 20_001)[1:-1]
    before, after = earlier[0] + _FLAT, later[0] + _FLAT
    density = np.exp((after - 1) * np.log(shares) + (before - 1) * np.log1p(-shares))
    low, middle, high = _quantiles(shares, density, (INTERVAL[0], 0.5, INTERVAL[1]))
    span = earlier[1] / later[1]
    return Rate(*(share / (1 - share) * span for share in (middle, low, high)))


def _negative_binomial(shapes: Array, scales: Array, count: float, span: float) -> Array:
    """How probable a count is under each gamma prior, in logarithms."""
    n = int(count)
    grown = np.array([lgamma(a + n) - lgamma(a) for a in shapes[: len(_SHAPES)]])
    rising = np.tile(grown, len(shapes) // len(_SHAPES))
    fit = rising - lgamma(n + 1) - shapes * np.log1p(span / scales)
    return np.asarray(fit + (n * np.log(span / (scales + span)) if n else 0.0), np.float64)


def _of_mixture(mixture: tuple[Array, Array, Array], count: float, span: float, whole: float) -> Rate:
    """The rate of a place under gamma priors of these weights, shapes and scales."""
    weights, shapes, scales = mixture
    after_shape, after_scale = shapes + count, scales + span
    mean = float((weights * after_shape / after_scale).sum())
    rates = _RATES * whole
    logs = np.log(rates)
    heights = np.log(weights) + after_shape * np.log(after_scale) - np.array([lgamma(a) for a in after_shape])
    density = np.zeros(len(rates))
    for height, shape, scale in zip(heights, after_shape, after_scale, strict=True):
        density += np.exp(height + shape * logs - scale * rates)  # over the logarithm: one rate more in the exponent
    low, high = _quantiles(rates, density, INTERVAL)
    return Rate(mean, low if count else 0.0, high)  # where nothing happened, that nothing can is not excluded


def _quantiles(at: Array, density: Array, wanted: Sequence[float]) -> list[float]:
    """Points below which these shares lie; the steps of `at` are alike, or `density` is over its logarithm."""
    below = np.cumsum(density) - density / 2
    return [float(np.interp(q, below / density.sum(), at)) for q in wanted]
