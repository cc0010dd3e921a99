"""The real panels with their questions: which measures are imagined, and between whom."""

from __future__ import annotations

from itertools import product as pairs_of
from typing import TYPE_CHECKING

import polars as pl

from planted import panels
from planted.runs import ONE_PERCENT, Real, classes, in_class

if TYPE_CHECKING:
    import pyarrow as pa

    Ask = tuple[str, str, tuple[str, ...], str]

_LARGEST = 40  # direct legs, by trade; a measure is aimed at trade that matters


def eu15() -> Real:
    """Half the questions between the largest pairs, half between any."""
    flows = panels.eu15()
    return Real("EU15, years", flows, _asks(flows, ("2012", "2013", "2014")), 1, 2, classes(flows))


def _asks(flows: pa.Table, days: tuple[str, ...]) -> tuple[Ask, ...]:
    sums = pl.DataFrame(flows).group_by("exporter", "importer").agg(pl.col("value_usd").sum())
    legs = [row[:2] for row in sums.sort("value_usd", descending=True).rows()]
    half = (legs[:_LARGEST] * len(legs))[: len(legs)]
    return tuple((a, b, (), since) for (a, b), since in pairs_of([*legs, *half], days))


def monthly(seed: int = 0) -> Real:
    """As of years, the measure in one of five half-years."""
    flows = panels.monthly(seed)
    asks = _asks(flows, ("2010-07", "2011-01", "2011-07", "2012-01", "2012-07"))
    return Real("EU15 by Ember's months", flows, asks, 6, 6, classes(flows))


def ember(seed: int = 0) -> Real:
    """Between all pairs of invented places."""
    flows = panels.ember(seed)
    return Real("Ember drawn, months", flows, _asks(flows, ("2020-01", "2020-07")), 6, 6, classes(flows))


def comtrade() -> Real:
    """Of the five reporters three have trade with one another; each is asked about its largest suppliers."""
    flows = panels.comtrade()
    three = ("ARM", "AZE", "GEO")
    origins = ("RUS", "TUR", "CHN", "DEU", "UKR", "ITA", "USA", "IRN")
    asks = tuple(
        (a, b, tuple(h for h in (*three, "PAK") if h != b), since)
        for (a, b), since in pairs_of(pairs_of(origins, three), ("2012", "2015"))
    )
    return Real("Comtrade HS2, years", flows, asks, 1, 2, classes(flows))


PANELS = {"eu15": eu15, "monthly": monthly, "ember": ember, "comtrade": comtrade}


def share_in_class(real: Real) -> tuple[float, float, float]:
    """Of the direct legs of the panel: the share in the class, of their trade, and of the legs over 1 %."""
    legs = real.classes
    if real.asks[0][2]:  # few are asked about
        asked = pl.DataFrame(sorted({(a, b) for a, b, _, _ in real.asks}), ["exporter", "importer"], orient="row")
        legs = legs.join(asked, on=["exporter", "importer"])
    inside = legs.filter(in_class())
    large = legs.filter(pl.col("trade_share") > ONE_PERCENT)
    trade = float(inside["total"].sum()) / float(legs["total"].sum())
    return inside.height / legs.height, trade, inside.height / large.height
