"""Observed less expected over the periods after, with the error that the baseline leaves."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.units import counted
from entrepot.diversion.expected.null import centre, quantile, tail

if TYPE_CHECKING:
    from entrepot.diversion.expected.baseline import Baseline, Window
    from entrepot.diversion.expected.null import Null
    from entrepot.diversion.flows.panel import Bools, Floats

# Periods that must be known before and after, by frequency; and the share of each side that must be. Three years are
# the fewest that leave a spread behind a level; quarters and months are held to a year and a half, in which most
# seasons are seen once. Conventions, not measured: 40 calm worlds of series that short give no signal
# (docs/design/22-diversion.md).
BEFORE = {"year": 3, "quarter": 6, "month": 18}
# As much a convention: a single shipment fills a month, hardly three.
AFTER = {"year": 1, "quarter": 2, "month": 3}
# More known than not; a convention. 0.3 or 0.9 find as many of 40 plants in EU15, where a place lacks one year in ten.
_KNOWN = 0.6
# Three upper bounds must hold together, a third of 2.5 % each; half of that, for the spread of a series that was seen a
# few times is itself an estimate, and the placebos of its size share only part of its error.
TAIL = 0.025
TAIL_OF_THREE = TAIL / 6  # doubled or halved, 39 of 40 intervals of plants in EU15 hold what was declared, as with it
_Z = 1.96  # standard errors on either side that hold 95 % of a normal error
# The least standard error, as a share of the excess: a leg that hardly was hardly wandered, and what is counted of it
# when it fills is no surer than other counts.
FLOOR = 0.025


@dataclass(frozen=True, slots=True, eq=False)
class Excess:
    """Amounts of series over all periods after, in the unit of the panel.

    Attributes:
        observed, expected: sums; scaled up where some periods after are not reported.
        value: observed less expected.
        error: standard error of `value`.
        low, high: bounds of `value`, each missed in 2.5 % of cases.
        least, most: the same, missed in a third of that.
        p_rise, p_fall: how often nothing gives as much.
        judged: whether enough periods are known.
    """

    observed: Floats
    expected: Floats
    value: Floats
    error: Floats
    low: Floats
    high: Floats
    least: Floats
    most: Floats
    p_rise: Floats
    p_fall: Floats
    judged: Bools


def judged(value: Floats, window: Window) -> Bools:
    """Whether enough periods are known before and after, and whether anything was ever traded."""
    before, after = np.isfinite(value[:, : window.after]), np.isfinite(value[:, window.after : window.end])
    enough = (before.sum(1) >= BEFORE[window.frequency]) & (after.sum(1) >= AFTER[window.frequency])
    traded = np.nan_to_num(value[:, : window.end]).sum(1) > 0
    life = np.logical_or.accumulate(before, axis=1).sum(1)  # a code that began late is judged on its own life
    # Typed here: numpy's stubs for Python 3.11 take the result for anything.
    found: Bools = enough & (before.sum(1) >= _KNOWN * life) & (after.mean(1) >= _KNOWN) & traded
    return found


def seen_at_most(of: Excess, value: Floats, window: Window) -> Floats:
    """What a series carried after the day, which nothing that went along it can pass; infinite where a period is out.

    Args:
        of: its excess.
        value: series x periods.
        window: before and after.
    """
    whole = np.isfinite(value[:, window.after : window.end]).all(1)
    found: Floats = np.where(whole, of.observed, np.inf)
    return found


def unsure(of: Excess, value: Floats, window: Window) -> Bools:
    """Whether the standard error of a series is larger than all its trade that was ever observed."""
    found: Bools = of.error > np.nan_to_num(value[:, : window.end]).sum(1)
    return found


def short_by(before: int, after: int, frequency: str) -> str:
    """Why a series is not judged: how many of its periods are known, and how many it takes."""
    known = f"{counted(before, frequency)} reported before and {after:,} after"
    if before >= BEFORE[frequency] and after >= AFTER[frequency]:
        return f"too full of gaps: {known}"
    return f"too short: {known}, of {BEFORE[frequency]} and {AFTER[frequency]} that are needed"


def statistic(value: Floats, expected: Floats, of: Baseline, window: Window) -> Floats:
    """Log of observed over expected, sums over the periods after that are known, in spreads of the series."""
    seen, foreseen, count = sums(value, expected, window)
    offset = of.offset * count
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.log((seen + offset) / (foreseen + offset))
    return np.where(count > 0, ratio / of.spread, np.nan)


def sums(value: Floats, expected: Floats, window: Window) -> tuple[Floats, Floats, Floats]:
    """Observed and expected over the periods after that are known, and how many these are."""
    after = value[:, window.after : window.end]
    known = np.isfinite(after)
    return np.where(known, after, 0.0).sum(1), np.where(known, expected, 0.0).sum(1), known.sum(1)


def excess(value: Floats, expected: Floats, of: Baseline, window: Window, against: Null) -> Excess:
    """The excess of every series.

    Args:
        value: series x periods.
        expected: series x periods after: `of.expected` or `of.apart`.
        of: the baseline.
        window: before and after.
        against: how far series wander where nothing happened.
    """
    stat = statistic(value, expected, of, window)
    seen, foreseen, count = sums(value, expected, window)
    scale = (window.end - window.after) / np.maximum(count, 1)
    offset = of.offset * count

    def would(level: Floats) -> Floats:
        grown = np.exp(np.clip(of.spread * level, -20, 20))
        return np.maximum((foreseen + offset) * grown - offset, 0.0) * scale

    middle = would(centre(against, of.size))
    seen = seen * scale
    value_seen = seen - middle
    floor = FLOOR * np.abs(value_seen)
    up, down = _unseen(value, expected, window)

    def bound(level: float) -> Floats:
        plain, least = seen - would(quantile(against, of.size, 1 - level)), NormalDist().inv_cdf(level) * floor
        below = level < 0.5  # noqa: PLR2004 - the middle
        reach = np.minimum(plain - value_seen, least) - down if below else np.maximum(plain - value_seen, least) + up
        found: Floats = value_seen + reach
        return found

    low, high = bound(TAIL), bound(1 - TAIL)
    return Excess(
        seen,
        middle,
        value_seen,
        (high - low) / (2 * _Z),
        low,
        high,
        least=bound(TAIL_OF_THREE),
        most=bound(1 - TAIL_OF_THREE),
        p_rise=tail(against, stat, of.size, up=True),
        p_fall=tail(against, stat, of.size, up=False),
        judged=judged(value, window),
    )


def _unseen(value: Floats, expected: Floats, window: Window) -> tuple[Floats, Floats]:
    """How far the periods after that nobody reported may lie above and below the mean excess of the others.

    A move that comes by and by is largest in the last periods: each may hold as much as the largest that is seen.
    """
    each = value[:, window.after : window.end] - expected
    known = np.isfinite(each)
    count = known.sum(1)
    gaps = np.where(count > 0, each.shape[1] - count, 0)
    mean = np.where(known, each, 0.0).sum(1) / np.maximum(count, 1)
    each = np.where(known, each, mean[:, None])
    return gaps * (each.max(1) - mean), gaps * (mean - each.min(1))
