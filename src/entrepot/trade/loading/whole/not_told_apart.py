"""What a total of products holds beside the codes below it: a row of its own, so that no sum of codes lacks it.

Offices keep codes back and still count them in the heading, and a query may ask for a heading and one of its codes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import engine
from entrepot.core.words.amounts import with_unit
from entrepot.core.words.translate import tr
from entrepot.trade.loading.losses import Sums
from entrepot.trade.loading.printed.printed_products import ALL_GOODS, REST

if TYPE_CHECKING:
    import duckdb
    import polars as pl

    from entrepot.trade.loading.faults import Faults

_KEYS = ["reporter", "exporter", "importer", "flow", "hs_vintage", "period"]
# As `trade.totals` holds World rows against their partners: a thousandth of the total, or two dollars a detail.
_NEAR, _EACH = 0.001, 2.0
_CENTS, _GRAMS = 2, 3  # decimals, so that the order in which details are added up does not show
_EMPTY = ("quantity", "quantity_unit", "estimated_quantity", "estimated_unit")  # units of the details may be others


def with_rests(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The flows, and for each total that is larger than the codes below it by more than rounding a row of the rest.

    The code of the rest is that of the total with REST behind it. Totals of all goods and partners are not looked at.

    Args:
        frame: flows that no other row says, totals of products behind a plus.
        faults: gathers what is wrong.
    """
    import polars as pl

    code = pl.col("product")
    is_head = code.str.starts_with("+") & (code != ALL_GOODS)
    heads = frame.filter(is_head)
    if not heads.height:
        return frame
    needed = ["row", *_KEYS, "product", "value_usd", "net_kg"]
    told, rests = frame.filter(~code.str.starts_with("+")).select(needed), []
    for size in sorted(heads.select(code.str.len_chars() - 1).to_series().unique(), reverse=True):
        mine = heads.filter(code.str.len_chars() == size + 1)
        rest = _rest(mine, told, int(size))
        told = pl.concat([told, rest.select(needed)])
        rests.append(rest.select(frame.columns))
    every = pl.concat(rests)
    _tell(every, faults)
    return pl.concat([frame, every])


def _rest(heads: pl.DataFrame, told: pl.DataFrame, size: int) -> pl.DataFrame:
    """The rests of totals of so many digits: the step `not_told_apart` says the same in SQL."""
    import polars as pl

    value, weight = pl.col("value_usd"), pl.col("net_kg")
    below = (
        told.filter(pl.col("product").str.len_chars() > size)
        .with_columns(("+" + pl.col("product").str.head(size)).alias("product"))
        .group_by(*_KEYS, "product")
        .agg(
            pl.len().alias("_details"),
            value.sum().alias("_usd"),
            pl.when((value.is_null() == weight.is_null()).all()).then(weight.sum()).alias("_kg"),
        )
    )
    gap, light = value - pl.col("_usd"), weight - pl.col("_kg")
    least = pl.max_horizontal(_NEAR * value, _EACH * pl.col("_details"))
    found = heads.join(below, on=[*_KEYS, "product"], maintain_order="left").filter(gap > least)
    return found.with_columns(
        (pl.col("product").str.tail(size) + REST).alias("product"),
        gap.round(_CENTS).alias("value_usd"),
        pl.when(light > 0).then(light.round(_GRAMS)).alias("net_kg"),
        *(pl.lit(None, found.schema[name]).alias(name) for name in _EMPTY),
    )


def rests_of(con: duckdb.DuckDBPyConnection, faults: Faults) -> None:
    """The same out of core: the views `kept` and `off` are read, and the table `rests` is made.

    Args:
        con: the engine.
        faults: gathers what is wrong.
    """
    import polars as pl

    con.execute("CREATE TABLE rests AS SELECT * FROM kept LIMIT 0")
    step = engine.step("entrepot.trade", "not_told_apart")
    sizes = "SELECT DISTINCT length(product) - 1 FROM kept WHERE left(product, 1) = '+' AND product <> '+TOTAL'"
    for (size,) in sorted(con.sql(sizes).fetchall(), reverse=True):
        given = {"size": size, "near": _NEAR, "each": _EACH, "cents": _CENTS, "grams": _GRAMS, "rest": REST}
        con.register("rest", engine.run(con, step, given))
        con.execute("INSERT INTO rests BY NAME SELECT * FROM rest")
        con.unregister("rest")
    _tell(pl.DataFrame(pl.from_arrow(con.sql("SELECT * FROM rests").to_arrow_table())), faults)


def _tell(rests: pl.DataFrame, faults: Faults) -> None:
    if not rests.height:
        return
    sums = Sums()
    sums.add(rests, "value_usd")  # what the world trades its partners trade, and is not said twice
    what = tr(
        "totals of products are larger than the codes below them: {usd} that no code tells apart; kept as rows of "
        "their own, under the code of the total with {rest} behind it",
        usd=with_unit(sums.others or sums.world, "USD"),
        rest=REST,
    )
    faults.add("not_told_apart", rests["row"], what, "kept")
