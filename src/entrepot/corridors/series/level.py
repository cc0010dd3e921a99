"""The most probable level of a quantity by month, in logarithms: a walk with a season through all that was reported."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.corridors.series.open_days import MONTHS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.series.linear_reports import Placed

    Array: TypeAlias = NDArray[np.float64]

_START_SD = 1.5  # of the level before anything is known, in logarithms: within a factor of twenty of the reports
_BREAK_SD = 0.7  # a reopening after years finds half to twice the level of before
_OPENING_SD = 1.0  # a temporary opening clears what has waited: a third to three times the usual day
_SHOCK_SD = 1.5  # of an event whose effect is asked for: it may cut traffic to a twentieth, or raise it as far
_TAIL = 4.0  # degrees of freedom of a report's error: one in thirty is off by three of its deviations
# Of the search: most steps, those in which every report is believed, and when that and all is settled, in logarithms.
_MOST_STEPS, _BELIEVED, _NEARLY, _SETTLED = 60, 15, 1e-2, 1e-4
_DAYS = 30.4375  # of a month, on which the walk's level stands


@dataclass(frozen=True, slots=True)
class Walk:
    """How far a level moves; all in logarithms.

    Attributes:
        drift: standard deviation of its walk from one month to the next.
        unrest: standard deviation of a month around it.
        season: standard deviation of a calendar month's own level.
    """

    drift: float
    unrest: float
    season: float


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """A level with what is not known of it.

    Attributes:
        walk: what it was found under.
        amounts: by open month.
        mean: what the walk alone expects, as a share of `amounts`, less one; by open month.
        spread: covariance of it, before any report.
        errors: standard deviation by report as a share; a report that fits badly has a larger one.
        evidence: logarithm of how probable the reports are under the walk.
    """

    walk: Walk
    amounts: Array
    mean: Array
    spread: Array
    errors: Array
    evidence: float


@lru_cache(maxsize=2)  # all walks of a series have one calendar
def _same_month(count: int) -> Array:
    """One where two months are of one name, less what each has of all names."""
    months = np.arange(count)
    return np.asarray(((months[:, None] - months[None, :]) % MONTHS == 0) - 1 / MONTHS)


def prior(placed: Placed, walk: Walk, shaken: tuple[int, int] | None = None) -> Array:
    """Covariance of the level by open month, in logarithms, before any report.

    Args:
        placed: the reports, for the calendar.
        walk: how far the level moves.
        shaken: numbers of the first and the last month of something that may have moved all of them together.
    """
    months = placed.days.first + np.arange(placed.days.months)
    steps = np.full(len(months), walk.drift**2)
    steps[0] = _START_SD**2
    for month in placed.days.breaks:
        steps[month - months[0]] += _BREAK_SD**2
    passed = np.cumsum(steps)
    cov = np.minimum(passed[:, None], passed[None, :])
    cov += walk.season**2 * _same_month(len(months))
    own = np.full(len(months), walk.unrest**2)
    own[[m - int(months[0]) for m in placed.days.openings]] += _OPENING_SD**2
    cov[np.diag_indices_from(cov)] += own
    if shaken is not None:
        moved = ((months >= shaken[0]) & (months <= shaken[1])).astype(np.float64)
        cov += _SHOCK_SD**2 * np.outer(moved, moved)
    is_open = placed.days.open_days > 0
    return np.asarray(cov[np.ix_(is_open, is_open)])


def level(placed: Placed, spread: Array, walk: Walk, near: Level | None = None) -> Level:
    """The most probable level under a walk, by damped Gauss-Newton steps on logarithms of sums.

    Args:
        placed: the reports.
        spread: of `prior`.
        walk: of which it is.
        near: a level found under another walk, from which the search begins.
    """
    is_open = placed.days.open_days > 0
    shares, bases = placed.shares[:, is_open], placed.bases[:, is_open]
    size = np.log(placed.days.open_days[is_open] / _DAYS)
    said = np.log([r.value for r in placed.reports])
    senses = np.array([r.sense for r in placed.reports])
    centre = _centre(placed, senses, said)
    at = np.full(int(is_open.sum()), centre) if near is None else np.log(near.amounts) - size
    grown = senses == "growth"
    sides = _Sides(grown | (senses == "exact"), senses == "least", senses == "most")
    is_believed = True
    for number in range(_MOST_STEPS):
        now, slopes = _sums(at + size, shares, bases, grown)
        missed = said - now
        # Every report is believed before any is doubted: a search that doubts far from its end loses whole years.
        errors, used = _weighed(placed.errors, missed, sides, believed=is_believed)
        gap = missed[used] + slopes[used] @ (at - centre)
        met = slopes[used] @ spread
        cov = met @ slopes[used].T + np.diag(errors[used] ** 2)
        step = centre + met.T @ np.linalg.solve(cov, gap) - at  # a spread is its own transpose
        at = at + step * min(1.0, 1.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < _SETTLED and not is_believed:
            break
        is_believed = is_believed and number < _BELIEVED and bool(np.abs(step).max() > _NEARLY)
    evidence = _evidence(gap, cov, errors[used], placed.errors[used])
    # A bound that pulls says on which side the level is, not where: a probability and no density.
    evidence += float(np.log(errors[used & ~sides.both] * np.sqrt(2 * np.pi)).sum())
    return Level(walk, np.exp(at + size), centre - at, spread, errors, evidence)


def _centre(placed: Placed, senses: NDArray[np.str_], said: Array) -> float:
    """The middle of the reports, as an amount in a month of usual length."""
    days = placed.shares @ placed.days.open_days
    amounts = senses != "growth"
    exact = senses == "exact"
    held = exact if exact.any() else amounts
    return float(np.median(said[held] - np.log(days[held] / _DAYS))) if held.any() else 0.0


def _sums(at: Array, shares: Array, bases: Array, grown: NDArray[np.bool_]) -> tuple[Array, Array]:
    """Logarithms of what the reports sum, and their slopes by month."""
    amounts = np.exp(at)
    parts = shares * amounts
    whole = parts.sum(axis=1)
    logs, slopes = np.log(whole), parts / whole[:, None]
    if grown.any():
        before = bases[grown] * amounts
        logs[grown] -= np.log(before.sum(axis=1))
        slopes[grown] -= before / before.sum(axis=1)[:, None]
    return np.asarray(logs), np.asarray(slopes)


@dataclass(frozen=True, slots=True, eq=False)
class _Sides:
    """From which sides reports pull: both, from below, from above."""

    both: NDArray[np.bool_]
    least: NDArray[np.bool_]
    most: NDArray[np.bool_]


def _weighed(errors: Array, missed: Array, sides: _Sides, *, believed: bool) -> tuple[Array, NDArray[np.bool_]]:
    """Errors widened where a report fits badly, and which reports pull: a bound that holds does not."""
    used = sides.both | (sides.least & (missed > 0)) | (sides.most & (missed < 0))
    if believed:
        return errors, used
    off = (missed / errors) ** 2
    return errors / np.sqrt(np.minimum(1.0, (_TAIL + 1) / (_TAIL + off))), used


def _evidence(gap: Array, cov: Array, errors: Array, printed: Array) -> float:
    """Logarithm of the density of the reports, each widened error at the price that its tail has."""
    sign, size = np.linalg.slogdet(cov)
    weights = (printed / errors) ** 2
    priced = float(np.sum((_TAIL / 2 - 1) * np.log(weights) - _TAIL / 2 * (weights - 1)))
    fit = float(-0.5 * (gap @ np.linalg.solve(cov, gap) + sign * size))
    return fit + priced - 0.5 * len(gap) * float(np.log(2 * np.pi))
