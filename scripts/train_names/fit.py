"""Fit the points: a logistic model of curves that may only rise, or only fall, with what a feature measures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Array = NDArray[Any]
RISE, FALL, FREE = 1, -1, 0
# Feature -> direction and knots. What a feature that is missing here measures is said, but not counted.
CURVES: dict[str, tuple[int, tuple[float, ...]]] = {
    "same_words": (RISE, (0, 0.5, 1, 2, 3, 5)),
    "same_meaning": (RISE, (0, 0.5, 1, 2, 3)),
    "written_together": (FREE, (0, 1)),
    "near_words": (FALL, (0, 0.1, 0.2, 0.3, 0.5, 0.8, 1.2)),
    "farthest_words": (FALL, (0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5)),
    "letters_changed": (FALL, (0, 1, 2, 3, 4, 6, 9)),
    "initials": (FALL, (0, 1, 2, 3)),
    "vowels_left_out": (FALL, (0, 1, 2, 4)),
    "called_otherwise": (FALL, (0, 1, 2)),
    "cut_word": (FALL, (0, 0.2, 0.5, 0.8)),
    "met_bits": (RISE, (0, 4, 7, 9, 11, 13, 15, 18, 21, 25, 30, 40)),
    "exchanged_bits": (FALL, (0, 1, 3, 6, 9, 12, 18)),
    "added_bits": (FALL, (0, 1, 3, 6, 9, 12, 18, 30)),
    "all_met": (RISE, (0, 1)),
    "text_alike": (RISE, (0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 1)),
    "place_left_out": (RISE, (0, 6, 9, 12, 15, 20)),
    "none_alone": (RISE, (0, 1)),
    "consonants_alike": (RISE, (0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.93, 0.96, 0.98, 1)),
    "beginning": (RISE, (0, 0.8, 1.5, 2, 3)),
    "known_words_differ": (FALL, (0, 1, 2)),
    "exchanged": (FALL, (0, 0.1, 0.3, 0.6, 1, 1.5, 2.5)),
    "added": (FALL, (0, 0.3, 0.6, 1, 2, 3, 4)),
    "added_share": (FALL, (0, 0.1, 0.25, 0.4, 0.6, 0.8)),
    "met_share": (RISE, (0, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1)),
    "met_evidence": (RISE, (0, 0.5, 1, 1.5, 2, 3, 4, 6)),
    "run_together": (RISE, (0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1)),
    "order_differs": (FALL, (0, 1)),
    "order_scrambled": (FALL, (0, 1)),
    "descent_differs": (FALL, (0, 1)),
    "forms_differ": (FALL, (0, 1)),
    "forms_same": (RISE, (0, 1)),
    "forms_exchanged": (FALL, (0, 1)),
    "form_or_word": (FALL, (0, 1)),
    "form_added": (FALL, (0, 1)),
    "numbers_differ": (FALL, (0, 1)),
    "number_added": (FALL, (0, 1)),
    "places_differ": (FALL, (0, 1)),
    "place_added": (FALL, (0, 1)),
    "trades_differ": (FALL, (0, 0.25, 0.6, 1.2)),
    "trade_for_none": (FALL, (0, 0.3, 0.5)),
    "institution_differs": (FALL, (0, 1)),
    "nothing_distinctive": (FALL, (0, 1, 2)),
    "short_name": (FALL, (0, 0.2, 0.4, 0.6, 1)),
    "other_characters": (FALL, (0, 1)),
    "acronym": (RISE, (0, 1)),
}
_RIDGE = 0.00002
_BOUNDS: dict[int, tuple[int | None, int | None]] = {RISE: (0, None), FALL: (None, 0), FREE: (None, None)}


@dataclass(frozen=True)
class Fitted:
    """Points per feature."""

    start: float
    points: dict[str, list[float]]

    def log_odds(self, values: dict[str, Array]) -> Array:
        """Log-odds of rows of feature values."""
        total = np.full(len(next(iter(values.values()))), self.start)
        for name, points in self.points.items():
            total += np.interp(values[name], CURVES[name][1], points)
        return total


def ramps(values: Array, knots: tuple[float, ...]) -> Array:
    """(rows, knots - 1): how much of each stretch between knots a value has passed, in [0, 1]."""
    low, high = np.array(knots[:-1]), np.array(knots[1:])
    passed: Array = np.clip((values[:, None] - low) / (high - low), 0, 1)
    return passed


def fit(values: dict[str, Array], same: Array, weight: Array) -> Fitted:
    """The points of least weighted log loss under the directions of CURVES."""
    blocks = [ramps(values[n], CURVES[n][1]) for n in CURVES]
    design = np.hstack([np.ones((len(same), 1)), *blocks])
    bounds: list[tuple[int | None, int | None]] = [(None, None)]
    for name, block in zip(CURVES, blocks, strict=True):
        bound = _BOUNDS[CURVES[name][0]]
        bounds += [bound] * block.shape[1]
    share = weight / weight.sum()
    sign = np.where(same, 1.0, -1.0)
    result = minimize(
        _loss(design, sign, share),
        np.zeros(design.shape[1]),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"maxiter": 500, "gtol": 3e-6},
    )
    return _read(result.x, blocks)


def _loss(design: Array, sign: Array, share: Array) -> Callable[[Array], tuple[float, Array]]:
    def loss(steps: Array) -> tuple[float, Array]:
        margin = sign * (design @ steps)
        wrong = 1 / (1 + np.exp(np.clip(margin, -500, 500)))
        penalty = np.r_[0.0, steps[1:]]
        value = float(share @ np.logaddexp(0, -margin) + _RIDGE * penalty @ penalty / 2)
        return value, design.T @ (-share * sign * wrong) + _RIDGE * penalty

    return loss


def _read(steps: Array, blocks: list[Array]) -> Fitted:
    points, at = {}, 1
    for name, block in zip(CURVES, blocks, strict=True):
        own = steps[at : at + block.shape[1]]
        points[name] = [0.0, *np.cumsum(own).tolist()]
        at += block.shape[1]
    return Fitted(float(steps[0]), points)
