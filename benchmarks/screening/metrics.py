"""Figures of quality: pure functions of scores and truths, tested against scikit-learn and by hand."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    Scores = NDArray[np.float64]
    Truths = NDArray[np.bool_]
    Folds = NDArray[np.int64]

Z_95 = 1.959964  # two-sided 95 % of the normal distribution


@dataclass(frozen=True, slots=True)
class Curve:
    """Precision and recall at every threshold that a set of scores allows, highest first.

    Attributes:
        thresholds: distinct scores; what scores as high or higher is accepted.
        precision, recall: at each, in [0, 1].
    """

    thresholds: Scores
    precision: Scores
    recall: Scores


def curve(scores: Scores, right: Truths, whole: int | None = None) -> Curve:
    """Precision and recall by threshold; equal scores are accepted or refused together.

    Args:
        scores: of each pair or answer.
        right: whether it is right to accept it.
        whole: number of right answers there are; those among `right` when None.
    """
    order = np.argsort(-scores, kind="stable")
    ranked, hits = scores[order], np.cumsum(right[order])
    last = np.append(ranked[1:] != ranked[:-1], True) if len(ranked) else np.zeros(0, dtype=bool)
    accepted = np.arange(1, len(ranked) + 1)
    total = int(right.sum()) if whole is None else whole
    return Curve(ranked[last], (hits / accepted)[last], (hits / max(1, total))[last])


def threshold_at_precision(scores: Scores, right: Truths, least: float) -> float:
    """The threshold of the highest recall among those of at least that precision; infinity where there is none."""
    found = curve(scores, right)
    good = found.precision >= least
    return float(found.thresholds[good][np.argmax(found.recall[good])]) if good.any() else float("inf")


def recall_at_precision(scores: Scores, right: Truths, least: float, whole: int | None = None) -> float:
    """The highest recall among thresholds of at least that precision; 0 where there is none."""
    found = curve(scores, right, whole)
    good = found.precision >= least
    return float(np.max(found.recall[good])) if good.any() else 0.0


def f1_threshold(scores: Scores, right: Truths) -> float:
    """The threshold of the highest F1."""
    found = curve(scores, right)
    both = np.maximum(found.precision + found.recall, 1e-12)
    return float(found.thresholds[np.argmax(2 * found.precision * found.recall / both)])


def rates(accepted: Truths, right: Truths) -> tuple[float, float, float]:
    """Precision, recall and F1 of what was accepted; a figure without a base is 0."""
    hits = int((accepted & right).sum())
    precision = hits / max(1, int(accepted.sum()))
    recall = hits / max(1, int(right.sum()))
    return precision, recall, 2 * precision * recall / max(1e-12, precision + recall)


def alert_threshold(scores: Scores, share: float) -> float:
    """The lowest threshold at which at most that share of the scores, all of parties on no list, raises an alert."""
    allowed = int(share * len(scores))
    ranked = np.sort(scores)[::-1]
    if allowed >= len(ranked):
        return float(ranked[-1]) if len(ranked) else 0.0
    # What scores above the first refused score is accepted: ties with it are refused together.
    return float(np.nextafter(ranked[allowed], np.inf))


def group_folds(groups: Sequence[str], folds: int, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each row, so that no group is split: largest groups first, each to the smallest fold.

    Args:
        groups: the group of each row.
        folds: how many.
        seed: order among groups of one size.
    """
    names, index, counts = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    shuffled = np.random.default_rng(seed).permutation(len(names))
    sizes = np.zeros(folds, dtype=int)
    chosen = np.zeros(len(names), dtype=np.int64)
    for group in sorted(shuffled, key=lambda g: -counts[g]):
        fold = int(np.argmin(sizes))
        chosen[group] = fold
        sizes[fold] += counts[group]
    return chosen[index]


def held_out_decisions(
    scores: Scores, right: Truths, folds: NDArray[np.int64], choose: Callable[[Scores, Truths], float]
) -> Truths:
    """What is accepted when each fold takes its threshold from the others."""
    accepted = np.zeros(len(scores), dtype=bool)
    for fold in np.unique(folds):
        out = folds == fold
        accepted[out] = scores[out] >= choose(scores[~out], right[~out])
    return accepted


def bootstrap(
    figure: Callable[[NDArray[np.int64]], float], count: int, *, repeats: int = 2_000, seed: int = 0
) -> tuple[float, float]:
    """The 95 % percentile interval of a figure when its cases are drawn again with replacement.

    Args:
        figure: the figure of the cases at these positions.
        count: number of cases.
        repeats: how often they are drawn.
        seed: of the draws.
    """
    rng = np.random.default_rng(seed)
    drawn = [figure(rng.integers(0, count, count)) for _ in range(repeats)] if count else [0.0]
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def wilson(hits: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share by Wilson's score; (0, 1) without a case."""
    if not count:
        return 0.0, 1.0
    share, z2 = hits / count, Z_95**2
    middle = (share + z2 / (2 * count)) / (1 + z2 / count)
    half = Z_95 * sqrt(share * (1 - share) / count + z2 / (4 * count**2)) / (1 + z2 / count)
    return max(0.0, middle - half), min(1.0, middle + half)
