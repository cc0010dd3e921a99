"""The one most likely break of each series: all dates, all series at once.

Sup-F of a shift in the mean (Andrews 1993) by cumulative sums: one pass instead of a regression a date. Neighbouring
periods resemble each other, so F is deflated by what an AR(1) adds to the variance of a mean. p comes from simulated
series without a break, of the same length and trimming.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Floats, Ints

# Share of the periods that must lie on either side of a break, a convention; and how many at least: one has no spread.
_TRIM, _LEAST = 0.1, 2
_DRAWS = 1999  # of series without a break: the least p is 1 in 2000
_ROWS = 20_000  # series worked on at once: 100 periods of them fill 16 MB
_SEED = 20220621  # fixed, so that p is the same on every run; any number would do


@dataclass(frozen=True, slots=True, eq=False)
class Breaks:
    """Breaks.

    Attributes:
        at: the first period after the break, one a series; -1 where a series is too short or flat.
        statistic: sup-F, deflated; NaN likewise.
        shift: mean after less mean before, in the unit of the series.
        p: how often a series without a break has as large a statistic; NaN likewise.
    """

    at: Ints
    statistic: Floats
    shift: Floats
    p: Floats


def breaks(series: Floats, trim: float = _TRIM) -> Breaks:
    """The most likely break of each series.

    Args:
        series: series x periods, NaN where nothing is known.
        trim: share of the known periods that must lie on either side.
    """
    parts = [_part(series[i : i + _ROWS], trim) for i in range(0, max(len(series), 1), _ROWS)]
    at, statistic, shift = (np.concatenate([p[k] for p in parts]) for k in range(3))
    known = np.isfinite(statistic)
    p = np.full(len(at), np.nan)
    if known.any():
        null = _without_break(series.shape[1], trim)
        above = len(null) - np.searchsorted(null, statistic[known], side="left")
        p[known] = (1 + above) / (1 + len(null))
    return Breaks(at, statistic, shift, p)


def _part(series: Floats, trim: float) -> tuple[Ints, Floats, Floats]:
    known = np.isfinite(series)
    count = known.sum(1)
    y = np.where(known, series, 0.0)
    with np.errstate(invalid="ignore", divide="ignore"):
        y = np.where(known, y - (y.sum(1) / np.maximum(count, 1))[:, None], 0.0)
        left_n, left = np.cumsum(known, axis=1)[:, :-1].astype(float), np.cumsum(y, axis=1)[:, :-1]
        right_n = count[:, None] - left_n
        # the mean is zero, so the right sum is the left one with the other sign
        gain = left**2 * (1 / left_n + 1 / right_n)
        least = np.maximum(np.floor(trim * count), _LEAST)[:, None]
        gain = np.where((left_n >= least) & (right_n >= least) & known[:, 1:], gain, -1.0)
        best = np.argmax(gain, axis=1)
        rows = np.arange(len(series))
        top, total = gain[rows, best], (y**2).sum(1)
        rest = np.maximum(total - top, 0.0)
        usable = (top > 0) & (count >= 2 * _LEAST + 1) & (total > 0)
        f = top / (rest / np.maximum(count - 2, 1)) * _deflation(y, known, (left, left_n, right_n), best)
        shift = -left[rows, best] * (1 / left_n[rows, best] + 1 / right_n[rows, best])
    f = np.where(rest > total * 1e-12, f, np.inf)
    return np.where(usable, best + 1, -1), np.where(usable, f, np.nan), np.where(usable, shift, np.nan)


def _deflation(y: Floats, known: Floats, sums: tuple[Floats, ...], best: Ints) -> Floats:
    """(1 - r) / (1 + r), r the first autocorrelation about the two means; 1 where it is negative."""
    left, left_n, right_n = sums
    rows = np.arange(len(y))
    first = left[rows, best] / left_n[rows, best]
    second = -left[rows, best] / right_n[rows, best]
    behind = np.arange(y.shape[1])[None, :] > best[:, None]
    e = np.where(known, y - np.where(behind, second[:, None], first[:, None]), 0.0)
    r = (e[:, 1:] * e[:, :-1]).sum(1) / np.maximum((e**2).sum(1), 1e-300)
    r = np.clip(r, 0.0, 0.95)
    out: Floats = (1 - r) / (1 + r)
    return out


@cache
def _without_break(periods: int, trim: float) -> Floats:
    """Sorted statistics of white noise of that length."""
    draws = np.random.default_rng(_SEED).standard_normal((_DRAWS, periods))
    found: Floats = np.sort(_part(draws, trim)[1])
    kept: Floats = found[np.isfinite(found)]
    return kept
