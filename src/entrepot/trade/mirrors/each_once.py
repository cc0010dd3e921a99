"""Reports of which each flow is counted once: of each pair one side's, and the other's where that one is silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

SAME_GOODS = ("export", "import", "balanced")  # which count the same goods: what is sent on is of neither side
PAIR = ("exporter", "importer")
FLOW = (*PAIR, "product", "period")  # two reports of it are of the same goods
_RANK = "_rank"  # a column of its own
_YEAR = 4  # digits with which a period begins


def each_once(flows: pl.DataFrame, sides: Sequence[str], counting: pl.DataFrame) -> pl.DataFrame:
    """The reports of each pair's side of most value, and of its others those of periods of which nothing is told yet.

    By pair over all periods, and not month by month: goods that are on the way as a month ends are exports of the one
    and imports of the next, and would count in both. By pair and not by goods: the two ends of one sale often name
    different codes, and one of them a heading. A period of another length is of the same time where it is of the same
    year. A report without a value tells nothing.

    Args:
        flows: under `trade_flows`.
        sides: values of `flow`, that of most value in all of the flows first; of pairs that are even it is taken.
        counting: those of the flows that count in a sum, with `set_aside`, empty where one is drawn.
    """
    import polars as pl

    if sides[0] not in SAME_GOODS:
        return flows.filter(pl.col("flow") == sides[0])
    of = flows.filter(pl.col("flow").is_in(SAME_GOODS))
    ranked = of.join(_ranks(of, sides, counting), on=(*PAIR, "flow"), how="left", maintain_order="left")
    mine = ranked.filter(pl.col(_RANK) == 0)
    for rank in range(1, len(SAME_GOODS)):
        mine = pl.concat([mine, _not_told(ranked.filter(pl.col(_RANK) == rank), mine)])
    return mine.select(flows.columns)


def _ranks(flows: pl.DataFrame, sides: Sequence[str], counting: pl.DataFrame) -> pl.DataFrame:
    """Each pair's sides, that of most value 0: of what is drawn, else of what counts, else as in all of the flows."""
    import polars as pl

    drawn = pl.col("value_usd").filter(pl.col("set_aside").is_null()).sum().alias("drawn")
    sums = counting.group_by(*PAIR, "flow").agg(drawn, pl.col("value_usd").sum().alias("every"))
    order = pl.col("flow").replace_strict({s: n for n, s in enumerate(sides)}, return_dtype=pl.Int64()).alias("order")
    known = flows.select(*PAIR, "flow").unique().join(sums, on=(*PAIR, "flow"), how="left").with_columns(order)
    values = pl.col("drawn", "every").fill_null(0.0)
    best = known.with_columns(values).sort("drawn", "every", "order", descending=[True, True, False])
    ranks = best.with_columns(pl.int_range(pl.len()).over(PAIR).alias(_RANK))
    return ranks.select(*PAIR, "flow", _RANK)


def _not_told(others: pl.DataFrame, mine: pl.DataFrame) -> pl.DataFrame:
    import polars as pl

    year = pl.col("period").str.slice(0, _YEAR).alias("year")
    said = mine.filter(pl.col("value_usd").is_not_null()).select(*PAIR, "period", "frequency", year)
    left = others.with_columns(year).with_row_index("nth").join(said, on=(*PAIR, "period"), how="anti")
    same_year = left.join(said, on=(*PAIR, "year"), how="inner", suffix="_said")
    told = same_year.filter(pl.col("frequency") != pl.col("frequency_said"))
    return left.join(told, on="nth", how="anti").select(others.columns)
