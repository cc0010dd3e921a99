"""How far series wander where nothing happened: the distribution that p values and errors are read off.

Trade is heavy-tailed and remembers its past, so no textbook distribution is trusted: the statistic is computed for
pairs that the measure does not touch (placebo hubs) and, where those are few, for earlier dates (placebo dates), by
size of flow. Beyond the observed draws the tail is a Pareto's (Hill 1975), which is heavy as trade is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.tails import student_above, student_at

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Floats

# Classes of size: three, and more where there are draws for them, for in flows of the whole world sizes span nine
# powers of ten and what a trifle does says little of what is tested. Twelve at most, a convention.
_BINS, _MOST_BINS = 3, 12
# Draws that a size class needs to stand alone, and one beyond the first three: below 200 the 97.5 % bound rests on
# fewer than five of them.
_PER_BIN, _PER_MORE = 200, 2000
# Draws below which none is read off them, but off Student's t with three degrees of freedom, the fewest of which the
# variance is finite: its tails are heavy, as those of trade are. Thirty is a convention.
FEW = 30
# Share of the draws that the Pareto tail is fitted to, and how many at least: of 200 draws a twentieth is ten.
_TAIL, _TAIL_LEAST = 0.05, 15
_LEAST = 1e-12  # shares of a distribution that are told from none and from all
_MAD = 1.4826  # median absolute deviation to standard deviation, normal


@dataclass(frozen=True, slots=True, eq=False)
class Null:
    """Draws of the statistic where nothing happened.

    Attributes:
        edges: sizes that part the classes.
        draws: one sorted array a class, centred on its median.
        centres: the medians, taken off every statistic.
    """

    edges: Floats
    draws: tuple[Floats, ...]
    centres: Floats

    @property
    def count(self) -> int:
        """Draws in all."""
        return sum(len(d) for d in self.draws)


def null(statistic: Floats, size: Floats) -> Null:
    """The distribution by classes of size.

    Args:
        statistic: one a placebo, in spreads of its series; NaN is left out.
        size: the share of its product's trade.
    """
    known = np.isfinite(statistic)
    statistic, size = statistic[known], size[known]
    # In flows of the whole world sizes span nine powers of ten: what a trifle does says little of what is tested.
    bins = min(max(min(_BINS, len(size) // _PER_BIN), len(size) // _PER_MORE, 1), _MOST_BINS)
    edges = np.quantile(size, np.linspace(0, 1, bins + 1)[1:-1]) if len(size) else np.empty(0)
    of = np.searchsorted(edges, size)
    centres = np.array([np.median(statistic[of == b]) if (of == b).any() else 0.0 for b in range(bins)])
    return Null(edges, tuple(np.sort(statistic[of == b] - centres[b]) for b in range(bins)), centres)


def widened(of: Null, statistic: Floats, size: Floats) -> Null:
    """The draws stretched, class by class, where the middle half of the series that are judged is wider than theirs.

    Most series are touched by nothing, and what is does not reach the middle half (Efron 2004, "Large-scale
    simultaneous hypothesis testing: the choice of a null hypothesis", JASA 99). Draws are never drawn together.

    Args:
        of: draws of earlier dates.
        statistic: of the series that are judged; NaN is left out.
        size: likewise.
    """
    bins, draws, centres = np.searchsorted(of.edges, size), [], of.centres.copy()
    for b, old in enumerate(of.draws):
        mine = statistic[(bins == b) & np.isfinite(statistic)]
        if min(len(mine), len(old)) < FEW:
            draws.append(old)
            continue
        low, middle, high = np.quantile(mine, (0.25, 0.5, 0.75))
        usual = np.subtract(*np.quantile(old, (0.75, 0.25)))
        draws.append(old * max((high - low) / max(usual, 1e-9), 1.0))
        centres[b] = middle
    return Null(of.edges, tuple(draws), centres)


def centre(of: Null, size: Floats) -> Floats:
    """What the statistic is where nothing happened, by size: the drift that logarithms leave."""
    found: Floats = of.centres[np.searchsorted(of.edges, size)]
    return found


def tail(of: Null, statistic: Floats, size: Floats, *, up: bool) -> Floats:
    """How often nothing gives as large a rise (`up`) or fall.

    Args:
        of: the distribution.
        statistic: one a series.
        size: likewise.
        up: whether rises count; falls otherwise.
    """
    out = np.full(len(statistic), np.nan)
    bins = np.searchsorted(of.edges, size)
    for b, draws in enumerate(of.draws):
        mine = np.flatnonzero((bins == b) & np.isfinite(statistic))
        x = statistic[mine] - of.centres[b]
        out[mine] = _upper(draws if up else -draws[::-1], x if up else -x)
    return out


def _upper(draws: Floats, x: Floats) -> Floats:
    if len(draws) < FEW:
        return student_above(x / _few_scale(draws))
    n = len(draws)
    p = np.asarray((1.0 + n - np.searchsorted(draws, x, side="left")) / (n + 1.0), dtype=np.float64)
    threshold, share, index = _pareto(draws)
    beyond = (x > threshold) & (threshold > 0)
    p[beyond] = share * (x[beyond] / threshold) ** -index
    return p


def _pareto(draws: Floats) -> tuple[float, float, float]:
    """Threshold, share of the draws above it, and the tail index by Hill."""
    n = len(draws)
    k = min(max(int(_TAIL * n), _TAIL_LEAST), n // 2)
    threshold = float(draws[n - k - 1])
    if threshold <= 0:
        return 0.0, 1.0, 1.0
    mean = float(np.mean(np.log(draws[n - k :] / threshold)))
    return threshold, (k + 1) / (n + 1), 1.0 / max(mean, 1e-6)


def reached(of: Null, size: Floats, p: Floats | float) -> Floats:
    """The statistic, its centre included, that nothing passes in a share `p` of cases: the inverse of `tail`.

    Args:
        of: the distribution.
        size: of each series.
        p: one for all, or one a series; small; beyond the draws the Pareto tail is followed.
    """
    asked, bins = np.broadcast_to(np.asarray(p, dtype=np.float64), size.shape), np.searchsorted(of.edges, size)
    found = np.empty(size.shape)
    for b, draws in enumerate(of.draws):
        mine = bins == b
        found[mine] = _reached(draws, asked[mine]) + of.centres[b]
    return found


def _reached(draws: Floats, p: Floats) -> Floats:
    if len(draws) < FEW:
        levels = np.clip(1 - p, _LEAST, 1 - _LEAST)
        return np.array([student_at(x) for x in levels.tolist()]) * _few_scale(draws)
    threshold, share, index = _pareto(draws)
    within = np.quantile(draws, np.clip(1 - p, 0.0, 1.0))
    if threshold <= 0:
        return within
    return np.where(p < share, threshold * (share / np.minimum(p, share)) ** (1 / index), within)


def quantile(of: Null, size: Floats, level: float) -> Floats:
    """The statistic that a share `level` of nothing stays below, its centre included, by size of series."""
    by_class = np.array([_level(d, level) for d in of.draws]) + of.centres
    found: Floats = by_class[np.searchsorted(of.edges, size)]
    return found


def _level(draws: Floats, level: float) -> float:
    if len(draws) < FEW:
        return float(student_at(level) * _few_scale(draws))
    return float(np.quantile(draws, level))


def _few_scale(draws: Floats) -> float:
    """How far they wander where there are too few to read quantiles off."""
    return max(float(np.median(np.abs(draws))) * _MAD, 1.0) if len(draws) else 1.0
