"""Rates of false discoveries over a whole scan.

Benjamini and Hochberg (1995) for one p a row. A signal needs three legs at once, and the largest of three p is far too
careful where most rows fail on two legs. The adaptive filter of Wang, Gui, Su, Sabatti and Owen (2022, "Detecting
multiple replicating signals using adaptive filtering procedures", Annals of Statistics 50) counts, at each threshold,
only the rows that all legs but one already support: those are the rows that one leg more, by chance, makes a signal.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from entrepot.diversion.tails import normal_above, normal_density, normal_score

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Floats

# A product has one direct leg and many hubs: the fall is tested once, the rises as often as there are hubs, so the
# fall may have a larger p. Weights are fixed before the data are seen; the rate holds for any. A fifteenth in place
# of a fifth found 79 in place of 74 % of what was planted at 20 %, and lost half at 5 %.
FALL_WEIGHT = 5.0
# A measure that is known to have been taken need not be proved by the fall of each product; a fall that chance gives
# more often than this says nothing. At 0.6 no more is found (seeds 0 to 69 of EU15; docs/design/22-diversion.md).
GATE = 0.5
# What a rise counts beside the match: counting as much, 91 in place of 92 % are found through small hubs at 20 %
# planted, 73 in place of 78 % at 10 %. And the p that have a normal score: 0 and 1 have none.
_SAY, _SCORED = 2.0, (1e-15, 0.999)
# Amounts that have nothing to do with one another differ by up to two log points, evenly: of the pairs of legs of the
# EU15 panel that both rose by chance 13 % lie within 0.25, 24 % within 0.5, 43 % within 1, 72 % within 2. Nearer than a
# twentieth of that is not told apart.
ALIKE, NEAREST = 2.0, 0.05
_HALF = 0.5  # p above which a row says that it fails on a leg: the lambda of Storey (2002), at its usual value


def benjamini_hochberg(p: Floats, weights: Floats | None = None) -> Floats:
    """The q of each p: the lowest rate at which it would be found.

    Args:
        p: one a test; NaN is no test.
        weights: one a test, not made of p (Genovese, Roeder and Wasserman 2006); None: all one. Brought to a mean of
            one over the tests.
    """
    out = np.full(len(p), np.nan)
    known = np.flatnonzero(np.isfinite(p))
    if not len(known):
        return out
    of = p[known] if weights is None else p[known] * weights[known].mean() / weights[known]
    s = np.sort(of)
    q = np.minimum.accumulate((s * len(s) / np.arange(1, len(s) + 1))[::-1])[::-1]
    out[known] = np.minimum(q[np.searchsorted(s, of, side="right") - 1], 1.0)
    return out


def conjunction(p: Floats, weights: tuple[float, ...] = (), by_row: Floats | None = None) -> tuple[Floats, Floats]:
    """The largest p of each row, and its q under the adaptive filter.

    At a threshold t a row is found when the p of each leg k is at most t x weight k. A false one fails on some leg k
    while all others support it: at most t x weight k of those that fail on k. Two counts bound them, and the smaller is
    taken: by rows, each once, those found at the largest weight (the adaptive filter itself); and leg by leg, how many
    fail on it read off the rows with a p above one half there (Storey 2002), with one added for few rows. A row of
    another weight is found at as many times t, and counts as many times.

    Args:
        p: rows x legs; a row with a NaN is no test.
        weights: one a leg; empty: all one.
        by_row: one a row, not made of p; None: all one. Brought to a mean of one over those that are tests.

    Returns:
        p and q, one a row.
    """
    known = np.flatnonzero(np.isfinite(p).all(1)) if p.size else np.empty(0, dtype=np.int64)
    largest, q = np.full(len(p), np.nan), np.full(len(p), np.nan)
    if not len(known):
        return largest, q
    largest[known] = p[known].max(1)
    rows: Floats = np.ones(len(known)) if by_row is None else by_row[known] / by_row[known].mean()
    weight = np.array(weights or (1.0,) * p.shape[1])
    scaled = p[known] / (weight * rows[:, None])
    needed = scaled.max(1)
    at = np.sort(needed)
    found = _counted(needed, rows, at)
    heaviest = float(np.max(rows))
    by_leg, by_found = np.zeros(len(at)), at * weight.max() * found
    for k, w in enumerate(weight):
        others = np.delete(scaled, k, axis=1).max(1, initial=0.0)
        fails = p[known, k] > _HALF
        supported = _counted(others, rows, at)
        plainly = _counted(others[fails], rows[fails], at)
        by_leg += np.minimum(at * w, 1.0) * np.minimum(supported, (plainly + heaviest) / (1 - _HALF))
        by_found += at * w * (supported - found)
    signals = np.searchsorted(at, at, side="right")
    rate = np.minimum.accumulate((np.minimum(by_leg, by_found) / signals)[::-1])[::-1]
    q[known] = np.minimum(rate[np.searchsorted(at, needed)], 1.0)
    if (
        by_row is None
    ):  # of few rows the adaptive counts may say less than p alone: none is likelier than its weakest leg
        q[known] = np.maximum(q[known], largest[known])
    return largest, q


def _counted(values: Floats, weights: Floats, at: Floats) -> Floats:
    """The weights of the values that are no more than each threshold, added up."""
    order = np.argsort(values)
    total = np.concatenate([[0.0], np.cumsum(weights[order])])
    found: Floats = total[np.searchsorted(values[order], at, side="right")]
    return found


def one_amount(fall: Floats, into: Floats, out: Floats, match: Floats) -> Floats:
    """The p of a row: the largest of both rises, each together with the match; of fall and rise where one is unseen."""
    largest: Floats = np.where(
        np.isfinite(match), weaker_matched(into, out, match).max(1), np.maximum(fall, np.fmax(into, out))
    )
    return largest


def weaker_matched(into: Floats, out: Floats, match: Floats) -> Floats:
    """Rows x (rise in, rise out), the larger of the two taken together with the match.

    The match is used once: where both legs moved by chance it would else make two tests of one event.
    """
    weak = into >= out
    return np.column_stack([np.where(weak, with_match(into, match), into), np.where(weak, out, with_match(out, match))])


def with_match(p: Floats, match: Floats) -> Floats:
    """The p of a rise where it may be taken together with the match: of the smaller of both together and it alone.

    If nothing moved this leg, its rise is chance, and that it equals the other leg's is chance of its own, whether the
    other was moved or not. Two that have nothing to do with one another are taken together by their normal scores
    (Stouffer), the rise counting `_SAY` times the match. Where a measure cuts more than one origin, what leaves a hub
    is by far more than what one of them sold to it, and the amounts need not match: so the rise alone may speak too.
    The smaller of the two is as rare as `smaller` says.
    """
    within = np.clip(np.stack([p, np.maximum(match, NEAREST)]), *_SCORED)
    together = normal_above((_SAY * normal_score(within[0]) + normal_score(within[1])) / np.hypot(_SAY, 1.0))
    return smaller(np.minimum(together, p))


def smaller(x: Floats) -> Floats:
    """How often the smaller of a rise and of the rise with its match is at most x, where both are chance.

    Bonferroni's factor of two would be for two that have little in common; these have the rise in common. With z the
    normal score of x, a rise t short of it is made up for by a match of at most sf(hypot(`_SAY`, 1) z - `_SAY` t), and
    no match is below `NEAREST`. The integral over t is Gauss and Legendre's, made once over a grid of x.

    Args:
        x: p values; NaN is kept.
    """
    grid, told = _smaller()
    found: Floats = np.exp(np.interp(np.log(np.clip(x, grid[0], 1.0)), np.log(grid), np.log(told)))
    return np.where(x < grid[0], x, found)


@cache
def _smaller() -> tuple[Floats, Floats]:
    """The grid of x and what `smaller` is on it; below the grid no match makes up for a rise, and it is x itself."""
    grid = np.logspace(-12, 0, 481)
    z = normal_score(np.minimum(grid, _SCORED[1]))[:, None]
    reach, nodes = np.hypot(_SAY, 1.0) * z, np.polynomial.legendre.leggauss(32)
    first = np.minimum((reach - normal_score(NEAREST)) / _SAY, z)
    half = (z - first) / 2
    t = first + half * (1 + nodes[0])
    more = (half * nodes[1] * normal_density(t) * normal_above(reach - _SAY * t)).sum(1)
    return grid, np.minimum(grid + more, 1.0)


def p_of_rows(tests: Floats) -> Floats:
    """The p of each row of a scan, as `over_scan` tests it; NaN where it is not tested or the fall does not pass."""
    fall, into, out, match = tests.T
    p = one_amount(np.zeros(len(tests)), into, out, match)
    return np.where(fall <= GATE, p, np.nan)


def over_scan(tests: Floats, weights: Floats | None = None) -> Floats:
    """The q of all rows of a scan, those with all legs and those with one unseen being scans of their own.

    Each keeps the rate, so both together do. Where all legs are seen and counted in one unit the fall is a gate, and
    the rate is that of two rises of one amount. A gate does not touch their p: a direct leg falls by chance
    whatever the hub does, so those that pass are tested as if the others were not there.

    Args:
        tests: rows x (fall, rise in, rise out, match); a rise is NaN where that leg is unseen, the match where the
            amounts do not compare, all are where the row is not tested.
        weights: one a row, for those with all legs (`row_weights`); None: all one.
    """
    fall, into, out, match = tests.T
    q = np.full(len(tests), np.nan)
    both, compared = np.isfinite(into) & np.isfinite(out), np.isfinite(match)
    passes = np.where(fall <= GATE, 1.0, np.nan)
    rises = weaker_matched(into, out, match) * passes[:, None]
    scans = (
        (both & compared, rises, (1.0, 1.0), weights),
        (both & ~compared, tests[:, :3], (FALL_WEIGHT, 1.0, 1.0), None),
        (~both, np.column_stack([fall, np.fmax(into, out)]), (FALL_WEIGHT, 1.0), None),
    )
    for rows, p, by_leg, by_row in scans:
        q[rows] = conjunction(np.where(rows[:, None], p, np.nan), by_leg, by_row)[1][rows]
    q[both & compared & (fall > GATE)] = 1.0
    return q
