"""Poisson or least squares with absorbed effects, where each covariate marks some rows and no two the same.

An event study marks one flow among thousands by thirty terms. Held as columns, five million rows of them are several
gigabytes; as one number a row they are twenty megabytes. Coefficients are those of `trade.gravity` (the tests hold the
two against one another), found by Newton's method over all levels at once. See docs/design/23-replications.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import CollinearError, NotEstimableError, NothingLeftError
from entrepot.core.words.translate import tr
from entrepot.trade.gravity import Fit
from entrepot.trade.marked.absorbed import Level, fitted, solved, without

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.trade.marked.absorbed import Codes, Vector

# A coefficient that moves by less is found: the next step would be a thousandth of it, and rounding begins at 1e-13.
_FOUND = 1e-10
_LONGEST = 4.0  # of a step, in powers of e
_MOST_STEPS = 100  # of Newton's method; it takes 8 to 15, one more for each power of e that a separated row falls
# Of the length of the right hand side. A step of Newton's method need only be better than the last; the error that is
# left in what stands beside the marks enters the errors of coefficients as it is.
_STEP, _EXACT = 1e-3, 1e-10
# Of the root of the rows, each of a mean of 1: what sums by level lose in rounding, thirty times that of one number. A
# right hand side as small has no solution that is one, and the steps towards it grow without end.
_ROUNDING = 30 * float(np.finfo(np.float64).eps)
# A row that is separated falls by 1 a step for ever, while those that trade stand still. One that has an expectation,
# if a small one, falls likewise until it is there: so only what is below a thousand-millionth of the mean is let go.
_SETTLED, _FALLING, _NOTHING = 1e-2, -0.5, 1e-9
_COLLINEAR = 1e-9  # of a column's own length: as in the engines of `trade.gravity`


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """What is estimated.

    Attributes:
        outcome: one a row; under ppml none negative.
        marks: the covariates; the last level is that of rows that no covariate marks.
        effects: what is absorbed.
        clusters: within which errors may hang together.
        names: the covariates.
        estimator: ppml or ols.
        method: in words.
        blocks: where rows begin that share no level of any effect with those before them, and the end; rows of a block
            stand together, and so do its levels.
    """

    outcome: Vector
    marks: Level
    effects: tuple[Level, ...]
    clusters: Codes
    names: tuple[str, ...]
    estimator: str
    method: str
    blocks: NDArray[np.int64]


def marked_fit(model: Marked) -> Fit:
    """Estimate.

    Raises:
        NotEstimableError: nothing left, a covariate that the effects explain, or no end to the search.
    """
    keep, separated, singletons = _entering(model)
    if not keep.any():
        raise NothingLeftError(tr("nothing is left to estimate from once separated and single rows are out"))
    y, levels, marks, clusters = _kept(model, keep)
    edges = np.searchsorted(np.flatnonzero(keep), model.blocks)
    if model.estimator == "ols":
        every, weights = [*levels, marks], np.ones(len(y))
        found = solved(every, weights, [e.sums(y) for e in every], _EXACT)
        slopes, residual = found[-1][:-1], y - fitted(every, found)
    else:
        slopes, weights = _poisson(y / y.mean(), levels, marks)
        falling = np.isnan(weights)
        if falling.any():
            stay = ~falling
            y, weights = y[stay], weights[stay]
            levels, marks, clusters = [e.kept(stay) for e in levels], marks.kept(stay), clusters[stay]
            edges = np.searchsorted(np.flatnonzero(stay), edges)
            separated += int(falling.sum())
        residual = y / y.mean() - weights
    bread, scores = _left(levels, marks, (weights, residual), clusters, edges)
    _told_apart(bread, marks.squares(weights)[:-1], model.names)
    inverse, groups = np.linalg.inv((bread + bread.T) / 2), len(scores)
    # Cameron and Miller's, times G / (G - 1) as in `trade.gravity`.
    covariance = inverse @ (scores.T @ scores) @ inverse * (groups / (groups - 1))
    errors = tuple(float(s) for s in np.sqrt(np.diagonal(covariance)))
    beta = tuple(float(b) for b in slopes)
    return Fit(model.names, beta, errors, covariance, len(y), groups, separated, singletons, model.method)


def _entering(model: Marked) -> tuple[NDArray[np.bool_], int, int]:
    """Which rows enter: those that an effect has alone stay out, and under ppml those of a level that is all nothing.

    Returns:
        The rows, and how many were separated, and single.
    """
    keep = np.ones(len(model.outcome), dtype=bool)
    separated = singletons = 0
    while True:
        before = separated + singletons
        for effect in model.effects:
            if model.estimator == "ppml":
                traded = np.bincount(effect.codes, weights=np.where(keep, model.outcome, 0.0), minlength=effect.size)
                empty = keep & (traded == 0)[effect.codes]
                separated += int(empty.sum())
                keep &= ~empty
            single = keep & (np.bincount(effect.codes[keep], minlength=effect.size) == 1)[effect.codes]
            singletons += int(single.sum())
            keep &= ~single
        if separated + singletons == before:
            return keep, separated, singletons


def _kept(model: Marked, keep: NDArray[np.bool_]) -> tuple[Vector, list[Level], Level, Codes]:
    """Outcome, effects (the largest first), marks and clusters of the rows that enter."""
    effects = sorted(model.effects, key=lambda e: -e.size)
    if keep.all():
        return model.outcome, effects, model.marks, model.clusters
    return model.outcome[keep], [e.kept(keep) for e in effects], model.marks.kept(keep), model.clusters[keep]


def _poisson(y: Vector, levels: Sequence[Level], marks: Level) -> tuple[Vector, Vector]:
    """Newton's method on the logarithm of the mean.

    Returns:
        The coefficients, and the mean of each row: not a number where it falls for ever, for no mean above nothing
        suits what stands there.

    Raises:
        NotEstimableError: no end was found.
    """
    every = [*levels, marks]
    mean = (y + 1.0) / 2
    target = np.log(mean) + y / mean - 1
    target *= mean
    found = solved(every, mean, [e.sums(target) for e in every], _STEP)
    del target
    index, slopes = fitted(every, found), found[-1]
    out = np.zeros(len(y), dtype=bool)
    for _ in range(_MOST_STEPS):
        mean = np.exp(index)
        mean[out] = 0.0
        found = solved(every, mean, [e.sums(y - mean) for e in every], _STEP, _ROUNDING * len(y) ** 0.5)
        move = fitted(every, found)
        move[out] = 0.0
        longest, far = float(np.abs(move).max()), float(np.abs(found[-1]).max())
        # A longer step leaves the place where a parabola resembles the likelihood.
        part = min(1.0, _LONGEST / longest) if longest else 1.0
        index += part * move
        slopes = slopes + part * found[-1]
        falls = (y == 0) & (move < _FALLING) & (mean < _NOTHING)
        if falls.any() and float(np.abs(move[~falls]).max()) < _SETTLED:
            out |= falls
        elif far < _FOUND and float(mean @ move**2) < _FOUND * len(y):
            mean = np.exp(index)
            mean[out] = np.nan
            return slopes[:-1], mean
    raise NotEstimableError(
        tr("the estimation found no end"),
        found=tr("a coefficient still moved by {far:.1g} at step {most_steps}", far=far, most_steps=_MOST_STEPS),
    )


def _left(
    levels: Sequence[Level], marks: Level, at: tuple[Vector, Vector], clusters: Codes, edges: NDArray[np.int64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What the effects leave of the covariates, block by block and one after the other.

    Returns:
        The products of the covariates with what is left of each, and by cluster the sums of that times the residual.
    """
    held = np.unique(clusters, return_inverse=True)[1]
    many = marks.size - 1
    bread, scores = np.zeros((many, many)), np.zeros((int(np.max(held)) + 1, many))
    for start, end in pairwise(edges.tolist()):
        own, here = [e.part(start, end) for e in levels], marks.part(start, end)
        weights, residual = at[0][start:end], at[1][start:end]
        for column in np.unique(here.codes[here.codes < many]):
            left = without(own, weights, here, int(column), _EXACT)
            bread[:, column] += here.sums(left * weights)[:-1]
            left *= residual
            scores[:, column] += np.bincount(held[start:end], weights=left, minlength=len(scores))
    return bread, scores


def _told_apart(bread: NDArray[np.float64], own: Vector, names: Sequence[str]) -> None:
    """Refuse where what is left of a column, beside the columns before it, is nothing.

    Raises:
        CollinearError: so it is.
    """
    left = bread.copy()
    lost = []
    for i, name in enumerate(names):
        if left[i, i] <= _COLLINEAR * own[i]:
            lost.append(name)
            continue
        left[i + 1 :] -= np.outer(left[i + 1 :, i] / left[i, i], left[i])
    if lost:
        raise CollinearError(lost)
