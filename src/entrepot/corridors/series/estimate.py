"""What passed by month: draws that agree with all that was reported, over every walk and every print that may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.core.runtime.algebra_threads import small_matrices
from entrepot.corridors.series.bounded_gaussian import Bounds, draws
from entrepot.corridors.series.excluding import alternatives, without
from entrepot.corridors.series.level import Walk, level, prior
from entrepot.corridors.series.linear_reports import placed, reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.level import Level
    from entrepot.corridors.series.linear_reports import Frame, Placed
    from entrepot.corridors.ties.window_report import Report

    Array: TypeAlias = NDArray[np.float64]

DRAWS = 400  # the ends of an interval of 95 in 100 are then known to a tenth of its width
# Walks over which the answer is integrated: a yearly change of 3 to 55 percent (drift times the root of twelve),
# calm and restless months, weak and strong seasons. Their weights come from the reports.
_DRIFTS, _UNRESTS, _SEASONS = (0.01, 0.02, 0.04, 0.08, 0.16), (0.04, 0.1, 0.2), (0.05, 0.15)
WALKS = tuple(Walk(*w) for w in product(_DRIFTS, _UNRESTS, _SEASONS))
# Of the weight. Without a cut left-out figures are held as often (93.2 percent, not 93.4) and fewer are known (162, not
# 166 of 203 at crossings), though sums of years of invented truths are held in 90.9 percent, not 89.3.
_FOLLOWED = 0.03
_JITTER = 1e-9  # of the variance, so that a factor is found where two months are the same to rounding
_SURE = 4.5  # deviations beyond which a bound is left out: three draws in a million would meet it
_INSIDE = 1e-6  # of an amount: where a path starts off a bound
# Estimates remembered while the process lives, some 300 kB each: a server answers of the same prints for days on end.
_REMEMBERED = 64


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One walk with the reports that stand under it.

    Attributes:
        weight: how probable it is, given the reports.
        placed: the reports.
        level: the most probable level.
    """

    weight: float
    placed: Placed
    level: Level


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """What passed by month.

    Attributes:
        first: number of the first month.
        amounts: draws by month, shape (draws, months); 0 where the place was shut.
        components: what the draws are of, most probable first.
    """

    first: int
    amounts: Array
    components: tuple[Component, ...]


def estimate(frame: Frame, reports: Sequence[Report], *, count: int = DRAWS, seed: int = 17) -> Estimate:
    """What passed by month, given all reports.

    Args:
        frame: the place and the months.
        reports: of one quantity.
        count: how many draws.
        seed: of the draws; the same gives the same.
    """
    return _estimate(frame, tuple(reports), count, seed)


@lru_cache(_REMEMBERED)
@small_matrices()
def _estimate(frame: Frame, reports: tuple[Report, ...], count: int, seed: int) -> Estimate:
    held = components(frame, reports)
    shares = _counts([c.weight for c in held], count)
    parts = [_drawn(c, n, seed + k) for k, (c, n) in enumerate(zip(held, shares, strict=True)) if n]
    amounts = np.concatenate(parts)
    amounts.setflags(write=False)
    return Estimate(held[0].placed.days.first, amounts, tuple(held))


def components(frame: Frame, reports: Sequence[Report]) -> list[Component]:
    """Walks and alternatives with their weights, most probable first; those that do not matter left out.

    Args:
        frame: the place and the months.
        reports: of one quantity.
    """
    found: list[Component] = []
    spreads: list[Array] = []
    whole = replace(frame, span=frame.span or reached(reports))
    for one in alternatives(reports):
        held = placed(whole, without(reports, one.out))
        if not held.reports:
            continue
        spreads = spreads or [prior(held, w, frame.shaken) for w in WALKS]  # one calendar, whichever reports stand
        near: Level | None = None
        for walk, spread in zip(WALKS, spreads, strict=True):
            near = level(held, spread, walk, near)
            found.append(Component(one.weight + near.evidence, held, near))
    weights = np.exp(np.array([c.weight for c in found]) - max(c.weight for c in found))
    weights /= weights.sum()
    kept = [
        Component(float(w), c.placed, c.level)
        for w, c in zip(weights, found, strict=True)
        if w >= _FOLLOWED or w == weights.max()
    ]
    kept_weight = sum(c.weight for c in kept)
    return sorted((Component(c.weight / kept_weight, c.placed, c.level) for c in kept), key=lambda c: -c.weight)


def _counts(weights: Sequence[float], count: int) -> list[int]:
    """Draws by component, in proportion, which add up."""
    ends = np.round(np.cumsum(weights) * count).astype(int)
    return [int(n) for n in np.diff(np.concatenate([[0], ends]))]


@dataclass(frozen=True, slots=True, eq=False)
class Linear:
    """A component in amounts, cut by nothing yet.

    Attributes:
        mean, spread: of the amounts by open month, as shares of the level, less one.
        sums: what each report that is a bound sums, over the same.
        offsets: what it sums at the level, less its bound; a bound "at most" turned about.
        errors: standard deviation of what it sums.
    """

    mean: Array
    spread: Array
    sums: Array
    offsets: Array
    errors: Array


def linear(component: Component) -> Linear:
    """A component in amounts: exact reports and growth taken in, bounds kept apart."""
    held, found = component.placed, component.level
    is_open = held.days.open_days > 0
    parts = held.shares[:, is_open] * found.amounts
    bases = held.bases[:, is_open] * found.amounts
    said = np.array([r.value for r in held.reports])
    senses = np.array([r.sense for r in held.reports])
    grown = (senses == "growth")[:, None]
    rows = np.where(grown, parts - said[:, None] * bases, parts)
    scale = np.where(grown[:, 0], parts.sum(axis=1), said)
    errors = found.errors * scale
    aims = np.where(grown[:, 0], 0.0, said) - rows.sum(axis=1)
    fixed = (senses == "exact") | (senses == "growth")
    mean, spread = _conditioned(found.mean, found.spread, rows[fixed] / scale[fixed, None], aims[fixed] / scale[fixed],
                                errors[fixed] / scale[fixed])  # fmt: skip
    turned = np.where(senses == "most", -1.0, 1.0)[~fixed]
    return Linear(
        mean, spread, rows[~fixed] * turned[:, None] / scale[~fixed, None], -aims[~fixed] * turned / scale[~fixed],
        errors[~fixed] / scale[~fixed],
    )  # fmt: skip


def _conditioned(mean: Array, spread: Array, rows: Array, aims: Array, errors: Array) -> tuple[Array, Array]:
    if not len(rows):
        return mean, spread
    met = rows @ spread
    cov = met @ rows.T + np.diag(errors**2)
    gain = np.linalg.solve(cov, met).T
    after = spread - gain @ met
    return mean + gain @ (aims - rows @ mean), (after + after.T) / 2


def _drawn(component: Component, count: int, seed: int) -> Array:
    """Draws of one component by month, months without an open day at zero."""
    cut = linear(component)
    months, bounds = len(cut.mean), len(cut.sums)
    size = float(np.mean(np.diag(cut.spread)))
    spread = np.zeros((months + bounds, months + bounds))
    spread[:months, :months] = cut.spread + np.eye(months) * _JITTER * max(size, _JITTER)
    spread[months:, months:] = np.diag(cut.errors**2)
    mean = np.concatenate([cut.mean, np.zeros(bounds)])
    rows, least = _bounded(cut, months, bounds)
    start = _start(cut, rows, least)
    near = _near(rows, least, mean, spread)
    cuts = Bounds(rows[near], least[near], start)
    root = np.linalg.cholesky(spread).astype(np.float64)
    shares = draws(mean, root, cuts, count, seed)[:, :months]
    out = np.zeros((count, component.placed.days.months))
    out[:, component.placed.days.open_days > 0] = np.maximum(0.0, 1 + shares) * component.level.amounts
    return out


def _bounded(cut: Linear, months: int, bounds: int) -> tuple[Array, Array]:
    """No amount below zero; what a bound sums, with the error of its print, not below it."""
    rows = np.zeros((months + bounds, months + bounds))
    rows[:months, :months] = np.eye(months)
    rows[months:, :months] = cut.sums
    rows[months:, months:] = np.eye(bounds)
    return rows, np.concatenate([np.full(months, -1.0), -cut.offsets])


def _start(cut: Linear, rows: Array, least: Array) -> Array:
    """A point within the bounds: the level, and errors that make up for what a bound misses."""
    start = np.concatenate([np.maximum(cut.mean, -1 + _INSIDE), np.zeros(len(cut.sums))])
    missed = np.maximum(0.0, least - rows @ start)
    start[len(cut.mean) :] = missed[len(cut.mean) :] + _INSIDE
    return np.asarray(start)


def _near(rows: Array, least: Array, mean: Array, spread: Array) -> NDArray[np.bool_]:
    """Bounds that a draw can meet."""
    sd = np.sqrt(np.maximum(0.0, ((rows @ spread) * rows).sum(axis=1)))
    return np.asarray(rows @ mean - least < _SURE * sd)
