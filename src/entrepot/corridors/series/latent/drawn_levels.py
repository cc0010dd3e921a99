"""Draws of what passed by month under one walk: in logarithms, where it is Gaussian, with sums kept as they add up.

Near the most probable level logarithms of sums are linear in those of months, and what bounds leave of a Gaussian can
be drawn from exactly. Far from it they are not: the sum of months that scatter more is larger. So each draw is taken
apart into what the walk alone had drawn and the prints as they might have been, and put together again with sums that
add up.
Source: Oliver, He and Reynolds, "Conditioning permeability fields to pressure data", Proceedings of the fifth European
conference on the mathematics of oil recovery (1996); Bardsley and others, "Randomize-then-optimize", SIAM Journal on
Scientific Computing 36 (2014), A1895-A1910.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.corridors.series.latent.bounded_gaussian import Bounds, draws
from entrepot.corridors.series.latent.level import sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.series.latent.level import Level
    from entrepot.corridors.series.linear_reports import Placed

    Array: TypeAlias = NDArray[np.float64]

_JITTER = 1e-9  # of the variance, so that a factor is found where two months are the same to rounding
_SURE = 4.5  # deviations beyond which a bound is left out: three draws in a million would meet it
_INSIDE = 1e-6  # in logarithms: where a path starts off a bound
_BESIDE = 50  # draws settled side by side: their matrices stay within the memory next to the processor
# Of putting a draw together: most steps, the longest, and when it is settled; a tenth of what a named print is off by.
_MOST_STEPS, _LONGEST, _SETTLED = 8, 1.0, 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """Reports near the most probable level; all in logarithms, as they differ from it.

    Attributes:
        prior: what the walk alone expects by open month.
        rows, aims, noise: of exact reports and growth: slopes by month, what was said, standard deviation.
        sums, least, errors: the same of bounds, "at most" turned about: each sum, with an error, is at least so much.
        mean, spread: by open month, exact reports and growth taken in and bounds not yet.
        gain: what a month moves by, by exact report.
    """

    prior: Array
    rows: Array
    aims: Array
    noise: Array
    sums: Array
    least: Array
    errors: Array
    mean: Array
    spread: Array
    gain: Array


def linear(held: Placed, found: Level) -> Linear:
    """Reports near the most probable level, exact ones and growth taken in.

    Args:
        held: the reports.
        found: the level.
    """
    senses = np.array([r.sense for r in held.reports])
    now, slopes = sums(found.at, held)
    aims = np.log([r.value for r in held.reports]) - now
    fixed = (senses == "exact") | (senses == "growth")
    met = slopes[fixed] @ found.spread
    cov = met @ slopes[fixed].T + np.diag(found.errors[fixed] ** 2)
    gain = np.linalg.solve(cov, met).T
    after = found.spread - gain @ met
    turned = np.where(senses == "most", -1.0, 1.0)[~fixed]
    return Linear(
        found.mean, slopes[fixed], aims[fixed], found.errors[fixed],
        slopes[~fixed] * turned[:, None], aims[~fixed] * turned, found.errors[~fixed],
        found.mean + gain @ (aims[fixed] - slopes[fixed] @ found.mean), (after + after.T) / 2, gain,
    )  # fmt: skip


def drawn_levels(held: Placed, found: Level, count: int, seed: int) -> Array:
    """Draws of the level, in logarithms; shape (count, open months).

    Args:
        held: the reports.
        found: the most probable level under a walk.
        count: how many.
        seed: of the draws.
    """
    cut = linear(held, found)
    near = _within_bounds(cut, count, seed)
    if not len(cut.rows):
        return np.asarray(found.at + near)
    random = np.random.default_rng(seed + 1)
    cov = cut.rows @ found.spread @ cut.rows.T + np.diag(cut.noise**2)
    # How far prints are from what the walk had drawn is independent of what both together say.
    apart = cut.aims - cut.rows @ cut.prior + random.standard_normal((count, len(cov))) @ np.linalg.cholesky(cov).T
    alone = near - apart @ cut.gain.T
    printed = apart + alone @ cut.rows.T
    parts = range(0, count, _BESIDE)
    return np.concatenate(
        [_settled(held, found, near[k : k + _BESIDE], alone[k : k + _BESIDE], printed[k : k + _BESIDE]) for k in parts]
    )


def _settled(held: Placed, found: Level, near: Array, alone: Array, printed: Array) -> Array:
    """The most probable levels between what the walk drew alone and the prints as they might have been."""
    senses = np.array([r.sense for r in held.reports])
    fixed = (senses == "exact") | (senses == "growth")
    start, _ = sums(found.at, held)
    noise = np.diag(found.errors[fixed] ** 2)
    place = near
    for _ in range(_MOST_STEPS):
        now, slopes = sums(found.at + place, held, fixed)
        off = printed - (now - start[fixed]) + np.einsum("bmn,bn->bm", slopes, place - alone)
        met = slopes @ found.spread
        cov = met @ slopes.transpose(0, 2, 1) + noise
        step = alone + np.einsum("bmn,bm->bn", met, np.linalg.solve(cov, off[:, :, None])[:, :, 0]) - place
        most = np.abs(step).max(axis=1)
        place = place + step * np.minimum(1.0, _LONGEST / np.maximum(most, 1e-12))[:, None]
        if most.max() < _SETTLED:
            break
    return np.asarray(found.at + place)


def _within_bounds(cut: Linear, count: int, seed: int) -> Array:
    """Draws near the most probable level, cut by bounds; each bound with an error of its own."""
    months, bounds = len(cut.mean), len(cut.sums)
    size = float(np.mean(np.diag(cut.spread)))
    spread = np.zeros((months + bounds, months + bounds))
    spread[:months, :months] = cut.spread + np.eye(months) * _JITTER * max(size, _JITTER)
    spread[months:, months:] = np.diag(cut.errors**2)
    mean = np.concatenate([cut.mean, np.zeros(bounds)])
    rows = np.concatenate([cut.sums, np.eye(bounds)], axis=1)
    start = mean.copy()
    start[months:] = np.maximum(0.0, cut.least - cut.sums @ cut.mean) + _INSIDE
    near = rows @ mean - cut.least < _SURE * np.sqrt(np.einsum("ij,jk,ik->i", rows, spread, rows))
    root = np.linalg.cholesky(spread).astype(np.float64)
    return draws(mean, root, Bounds(rows[near], cut.least[near], start), count, seed)[:, :months]
