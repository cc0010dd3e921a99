"""How much can have come round: what the data identify as an interval, and its sampling error beside it.

With A the hub's excess imports from the origin, B its excess exports to the destination, L the loss of the direct leg
and S all the extra supply the hub had (A, other imports, output), the goods that came round lie in
[max(0, A + B - S), min(A, B, L)]. The upper end is the least of three estimates: its bound with error is the least of
their bounds, each at a third of the risk (Chernozhukov, Lee and Rosen 2013, "Intersection bounds", with Bonferroni's
inequality in place of their critical value). See docs/design/22-diversion.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Floats

_Z = 1.96  # standard errors on either side that hold 95 % of a normal error


@dataclass(frozen=True, slots=True, eq=False)
class Amount:
    """An estimate, one a row; NaN where unknown.

    Attributes:
        value, error: the estimate and its standard error.
        low: a bound that the truth passes below in 2.5 % of cases.
        most: one that it passes above in a third of that.
    """

    value: Floats
    error: Floats
    low: Floats
    most: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """What can have come round, one a row.

    Attributes:
        low, high: what the data identify.
        low_error, high_error: standard errors of the two ends.
        low_95, high_95: the interval with its sampling error.
        supply, supply_error: all extra supply; NaN where unknown.
    """

    low: Floats
    high: Floats
    low_error: Floats
    high_error: Floats
    low_95: Floats
    high_95: Floats
    supply: Floats
    supply_error: Floats


def attribute(enters: Amount, leaves: Amount, lost: Amount, other: Amount) -> Bounds:
    """The interval of each row.

    Args:
        enters: A, excess imports of the hub from the origin; NaN where that leg is not in the data.
        leaves: B, excess exports of the hub to the destination; NaN likewise.
        lost: L, loss of the direct leg.
        other: supply beside A: excess of other imports and of output, not below zero; NaN where unknown.

    Returns:
        `low` is 0 where supply or a leg is unknown; `high` is that of the legs known; never above the loss.
    """
    high, error = _least(enters, leaves, lost)
    most = np.maximum(np.fmin(np.fmin(enters.most, leaves.most), lost.most), 0.0)
    spare = np.maximum(other.value, 0.0)
    known = np.isfinite(spare) & np.isfinite(enters.value) & np.isfinite(leaves.value)
    low = np.where(known, np.clip(leaves.value - spare, 0.0, None), 0.0)
    low_error = np.where(known & (low > 0), np.hypot(leaves.error, other.error), 0.0)
    below = leaves.value - spare - np.hypot(leaves.value - leaves.low, _Z * other.error)
    low_95 = np.where(known, np.clip(below, 0.0, None), 0.0)
    # A + B - S may pass min(A, B, L) by error alone: the ends then meet, and the errors say how well they are known.
    binding = low > high
    low, low_error = np.minimum(low, high), np.where(binding, error, low_error)
    supply = np.maximum(enters.value, 0.0) + spare
    return Bounds(
        low,
        high,
        low_error,
        error,
        np.minimum(np.minimum(low_95, low), most),
        np.maximum(most, high),
        supply,
        np.hypot(enters.error, other.error),
    )


def _least(*amounts: Amount) -> tuple[Floats, Floats]:
    """The least of the known estimates, not below zero, and the error of that one."""
    values = np.array([a.value for a in amounts])
    errors = np.array([a.error for a in amounts])
    filled = np.where(np.isfinite(values), values, np.inf)
    which = np.argmin(filled, axis=0)
    rows = np.arange(values.shape[1])
    least = filled[which, rows]
    return np.where(np.isfinite(least), np.maximum(least, 0.0), np.nan), errors[which, rows]


def together(low: Floats, high: Floats, loss: float) -> tuple[float, float]:
    """All hubs of a product: [sum of low, min(sum of high, loss)]; ends in order."""
    most = max(min(float(high.sum()), loss), 0.0)
    return min(float(low.sum()), most), most
