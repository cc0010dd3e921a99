"""By how much a month's amount is multiplied to be in yuan, or in dollars."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.ties.contract import EXCHANGE_RATES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

# What is counted in one is counted in the other.
OTHER_CURRENCY = {"CNY": "USD", "USD": "CNY"}
# Customs reckon at a rate of the month before, weighted by trade; the rate changed by .9 percent from month to month
# (standard deviation, August 2005 to July 2025).
RATE_ERROR = 0.01
_MONTHS = 12  # of a year


@cache
def _by_month() -> Mapping[int, float]:
    """Number of a month, twelve times the year and the months since January -> yuan for a dollar."""
    rows = packaged_rows(EXCHANGE_RATES)
    return {_MONTHS * int(r["month"][:4]) + int(r["month"][5:]) - 1: float(r["cny_per_usd"]) for r in rows}


def converted(first: int, months: int, currency: str) -> Array:
    """By what a month's amount in the other currency is multiplied to be in this one.

    Args:
        first: number of the first month.
        months: how many.
        currency: CNY or USD, in which it shall be.

    Returns:
        By month; not a number where the table has no rate.
    """
    rates = np.array([_by_month().get(n, np.nan) for n in range(first, first + months)])
    return np.asarray(rates if currency == "CNY" else 1 / rates, dtype=np.float64)
