"""Gaps held against the margin and against what both sides weigh: freight, prices, or quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.margins import FREIGHT_AT_MOST
from entrepot.trade.mirrors.mirror_gaps import USUAL
from entrepot.trade.mirrors.opposite_gaps import LEAST

if TYPE_CHECKING:
    import polars as pl


def freight(gaps: pl.DataFrame) -> pl.DataFrame:
    """What of the difference of both figures as printed the usual margin is, where the importer's is larger.

    It stands beside a gap of the same sign alone: where the importer counts more, and less more than is usual, freight
    is no reason why it counts too little.
    It is called freight as far as freight and insurance cost as much anywhere, and else what it is: a margin.

    Args:
        gaps: `opposite_gaps.signed` rows with `at`.

    Returns:
        `at`, `reason`, `amount_usd` and `gap_usd`, which is that difference.
    """
    import polars as pl

    apart = pl.col("import_usd") - pl.col("export_usd")
    usual = pl.col("export_usd") * pl.col("margin")
    rows = gaps.filter(pl.col("sides") == "both", apart > 0, pl.col("gap_usd") > 0, pl.col("margin") > 0)
    return rows.select(
        "at",
        pl.when(pl.col("margin") > FREIGHT_AT_MOST).then(pl.lit("margin")).otherwise(pl.lit("freight")).alias("reason"),
        pl.min_horizontal(apart, usual).alias("amount_usd"),
        apart.alias("gap_usd"),
    )


def weighed(gaps: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """How much of a gap prices are, and how much quantities, where both sides report a quantity.

    A figure is a quantity at a price. Where the quantities differ by no more than the errors of both reporters make
    usual, the gap is one of prices alone; where the prices do, one of quantities; else each is given its part.

    Args:
        gaps: `opposite_gaps.signed` rows with `at`.
        reports: the reports under them with `at`, under `trade_flows`.

    Returns:
        `at`, `reason` (valuation or quantity), `amount_usd`, `quantity_pct`.
    """
    import polars as pl

    both = gaps.filter(pl.col("sides") == "both").join(_ratios(reports), on="at")
    sent, received = pl.col("export_usd"), pl.col("import_usd") / (1 + pl.col("margin"))
    value = (received / sent).log()
    usual = value.abs() / pl.col("z").abs()
    both = both.with_columns(
        pl.col("ratio").log().alias("q"), (value - pl.col("ratio").log()).alias("p"), (USUAL * usual).alias("near"),
        sent.alias("sent"), received.alias("received"),
    )  # fmt: skip
    by_quantity, by_price = sent * (pl.col("ratio") - 1), received - sent * pl.col("ratio")
    quantities, prices = (pl.col(c).abs() <= pl.col("near") for c in ("q", "p"))
    only_price, only_quantity = quantities & ~prices, prices & ~quantities
    of_price = pl.when(only_price).then("gap_usd").otherwise(by_price)
    of_quantity = pl.when(only_quantity).then("gap_usd").otherwise(by_quantity)
    valued, counted = both.filter(~only_quantity), both.filter(~only_price)
    return pl.concat([_part(valued, "valuation", of_price), _part(counted, "quantity", of_quantity)])


def _part(rows: pl.DataFrame, reason: str, dollars: pl.Expr) -> pl.DataFrame:
    """The part of each gap, where it has the sign of the gap and is a tenth of it."""
    import polars as pl

    gap = pl.col("gap_usd")
    found = rows.with_columns(pl.min_horizontal(dollars.abs(), gap.abs()).alias("amount_usd"))
    found = found.filter((dollars > 0) == (gap > 0), pl.col("amount_usd") >= LEAST * gap.abs())
    return found.select(
        "at", pl.lit(reason).alias("reason"), "amount_usd", (100 * pl.col("ratio")).alias("quantity_pct")
    )


def _ratios(reports: pl.DataFrame) -> pl.DataFrame:
    """Importer's over exporter's weight; where one side weighs nothing, quantities in one unit."""
    import polars as pl

    def whole(name: str) -> pl.Expr:
        given = pl.col(name)
        return pl.when(given.count() == pl.len()).then(given.sum()).alias(name)

    one_unit = pl.col("quantity_unit").n_unique() == 1
    sums = reports.group_by("at", "flow").agg(
        whole("net_kg"), whole("quantity"), pl.when(one_unit).then(pl.col("quantity_unit").first()).alias("unit")
    )
    sides = [sums.filter(pl.col("flow") == f).drop("flow") for f in ("export", "import")]
    both = sides[0].join(sides[1], on="at", suffix="_in")
    kilograms = pl.when(pl.col("net_kg") > 0, pl.col("net_kg_in") > 0).then(pl.col("net_kg_in") / pl.col("net_kg"))
    counted = pl.when(pl.col("unit") == pl.col("unit_in"), pl.col("quantity") > 0, pl.col("quantity_in") > 0)
    ratio = pl.coalesce(kilograms, counted.then(pl.col("quantity_in") / pl.col("quantity")))
    return both.select("at", ratio.alias("ratio")).drop_nulls()
