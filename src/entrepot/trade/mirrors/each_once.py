"""Reports of which each flow is counted once: one side's, and the other's where that one is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

SAME_GOODS = ("export", "import", "balanced")  # which count the same goods: what is sent on is of neither side
PAIR = ("exporter", "importer")
FLOW = (*PAIR, "product", "period")  # two reports of it are of the same goods
_YEAR = 4  # digits with which a period begins


def each_once(flows: pl.DataFrame, sides: Sequence[str]) -> pl.DataFrame:
    """The reports of the first side, and of each other one those of pairs and periods of which nothing is reported yet.

    By pair and period, not by goods: the two ends of one sale often name different codes, and one of them a heading.
    A period of another length is of the same time where it is of the same year. A report without a value tells nothing.

    Args:
        flows: under `trade_flows`.
        sides: values of `flow`, that which is taken whole first.
    """
    import polars as pl

    mine = flows.filter(pl.col("flow") == sides[0])
    for side in sides[1:] if sides[0] in SAME_GOODS else ():
        if side in SAME_GOODS:
            mine = pl.concat([mine, _not_told(flows.filter(pl.col("flow") == side), mine)])
    return mine


def _not_told(others: pl.DataFrame, mine: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    year = pl.col("period").str.slice(0, _YEAR).alias("year")
    said = mine.filter(pl.col("value_usd").is_not_null()).select(*PAIR, "period", "frequency", year)
    left = others.with_columns(year).with_row_index("nth").join(said, on=(*PAIR, "period"), how="anti")
    same_year = left.join(said, on=(*PAIR, "year"), how="inner", suffix="_said")
    told = same_year.filter(pl.col("frequency") != pl.col("frequency_said"))
    return left.join(told, on="nth", how="anti").select(others.columns)
