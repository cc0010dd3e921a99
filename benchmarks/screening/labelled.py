"""Task: labelled pairs of names (name_bench), with thresholds from other groups of pairs than those they decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from screening import data, metrics
from screening.figures import Figure

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from screening.adapters import Contestant

FOLDS = 5
PRECISION = 0.95


def name_bench(who: Contestant) -> list[Figure]:
    """F1, and recall at a precision of 0.95, under grouped cross-validation; then at the default threshold."""
    pairs = data.name_bench()
    scores = who.score_pairs([(p.left, p.right) for p in pairs], [p.schema for p in pairs])
    right = np.array([p.same for p in pairs])
    folds = metrics.group_folds([p.group for p in pairs], FOLDS)
    split = f"threshold from the other {FOLDS - 1} of {FOLDS} folds, {len({p.group for p in pairs})} groups"
    f1 = metrics.held_out_decisions(scores, right, folds, metrics.f1_threshold)
    strict = metrics.held_out_decisions(scores, right, folds, _at_precision)
    precision, recall, _ = metrics.rates(strict, right)
    figures = [
        _figure("F1, held out", metrics.rates(f1, right)[2], f1, right, 2, split),
        _figure("recall at precision >= .95, held out", recall, strict, right, 1, f"precision {precision:.3f}"),
        Figure("name_bench", "recall at precision >= .95, threshold on these rows",
               metrics.recall_at_precision(scores, right, PRECISION), count=len(pairs)),
        Figure("name_bench", "F1, best threshold on these rows",
               metrics.rates(scores >= metrics.f1_threshold(scores, right), right)[2], count=len(pairs)),
    ]  # fmt: skip
    if who.default is not None:
        default = scores >= who.default
        precision, recall, value = metrics.rates(default, right)
        note = f"threshold {who.default:g}, precision {precision:.3f}, recall {recall:.3f}"
        figures.append(_figure("F1, default threshold", value, default, right, 2, note))
    return figures


def _at_precision(scores: metrics.Scores, right: metrics.Truths) -> float:
    return metrics.threshold_at_precision(scores, right, PRECISION)


def _figure(  # noqa: PLR0913, PLR0917 - six plain values of one row
    what: str, value: float, accepted: metrics.Truths, right: metrics.Truths, place: int, note: str
) -> Figure:
    def again(drawn: NDArray[np.int64]) -> float:
        return metrics.rates(accepted[drawn], right[drawn])[place]

    low, high = metrics.bootstrap(again, len(right), repeats=1_000)
    return Figure("name_bench", what, value, count=len(right), low=low, high=high, note=note)
