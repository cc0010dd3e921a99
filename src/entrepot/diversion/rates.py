"""Rates of false discoveries over a whole scan.

Benjamini and Hochberg (1995) for one p a row. A signal needs three legs at once, and the largest of three p is far too
careful where most rows fail on two legs. The adaptive filter of Wang, Gui, Su, Sabatti and Owen (2022, "Detecting
multiple replicating signals using adaptive filtering procedures", Annals of Statistics 50) counts, at each threshold,
only the rows that all legs but one already support: those are the rows that one leg more, by chance, makes a signal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.diversion.panel import Floats

# A product has one direct leg and many hubs: the fall is tested once, the rises as often as there are hubs, so the fall
# may have a larger p. Weights are fixed before the data are seen; the rate holds for any.
FALL_WEIGHT = 5.0
_HALF = 0.5


def benjamini_hochberg(p: Floats) -> Floats:
    """The q of each p: the lowest rate at which it would be found.

    Args:
        p: one a test; NaN is no test.
    """
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    s = np.sort(p[known])
    if len(s):
        q = np.minimum.accumulate((s * len(s) / np.arange(1, len(s) + 1))[::-1])[::-1]
        out[known] = np.minimum(q[np.searchsorted(s, p[known], side="right") - 1], 1.0)
    return out


def conjunction(p: Floats, weights: tuple[float, ...] = ()) -> tuple[Floats, Floats]:
    """The largest p of each row, and its q under the adaptive filter.

    At a threshold t a row is found when the p of each leg k is at most t x weight k. A false one fails on some leg k
    while all others support it: at most t x weight k of those that fail on k. Two counts bound them, and the smaller is
    taken: by rows, each once, those found at the largest weight (the adaptive filter itself); and leg by leg, how many
    fail on it read off the rows with a p above one half there (Storey 2002), with one added for few rows.

    Args:
        p: rows x legs; a row with a NaN is no test.
        weights: one a leg; empty: all one.

    Returns:
        p and q, one a row.
    """
    known = np.flatnonzero(np.isfinite(p).all(1)) if p.size else np.empty(0, dtype=np.int64)
    largest, q = np.full(len(p), np.nan), np.full(len(p), np.nan)
    if not len(known):
        return largest, q
    largest[known] = p[known].max(1)
    weight = np.array(weights or (1.0,) * p.shape[1])
    scaled = p[known] / weight
    needed = scaled.max(1)
    at = np.sort(needed)
    found = np.searchsorted(at, at, side="right")
    by_leg, by_row = np.zeros(len(at)), at * weight.max() * found
    for k, w in enumerate(weight):
        others = np.delete(scaled, k, axis=1).max(1, initial=0.0)
        supported = np.searchsorted(np.sort(others), at, side="right")
        plainly = np.searchsorted(np.sort(others[p[known, k] > _HALF]), at, side="right")
        by_leg += np.minimum(at * w, 1.0) * np.minimum(supported, (plainly + 1) / (1 - _HALF))
        by_row += at * w * (supported - found)
    rate = np.minimum.accumulate((np.minimum(by_leg, by_row) / found)[::-1])[::-1]
    q[known] = np.minimum(rate[np.searchsorted(at, needed)], 1.0)
    return largest, q


def over_scan(tests: Floats) -> Floats:
    """The q of all rows of a scan; rows with all legs and rows with one unseen are scans of their own.

    Each keeps the rate, so both together do.

    Args:
        tests: rows x (fall, rise in, rise out); a rise is NaN where that leg is unseen, all are where it is not tested.
    """
    q = np.full(len(tests), np.nan)
    both = np.isfinite(tests[:, 1:]).all(1)
    _, whole = conjunction(np.where(both[:, None], tests, np.nan), (FALL_WEIGHT, 1.0, 1.0))
    one = np.column_stack([tests[:, 0], np.fmax(tests[:, 1], tests[:, 2])])
    _, part = conjunction(np.where(both[:, None], np.nan, one), (FALL_WEIGHT, 1.0))
    q[both], q[~both] = whole[both], part[~both]
    return q
