"""Reports that name no origin, no code, or goods sent on: where the goods of a gap may be counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.mirrors.opposite_gaps import LEAST

if TYPE_CHECKING:
    import polars as pl

# Chapter 99 and codes with letters (9999AA, 27SSSS99): what an office keeps back, or has no code for.
_REST = r"^99|^\d*[A-Z]"
FOUND = ("at", "reason", "beside", "amount_usd")
HELD = ("reporter", "flow", "exporter", "importer", "product", "hs_vintage", "period")  # the report that is meant


def unplaced(gaps: pl.DataFrame, table: pl.DataFrame) -> pl.DataFrame:
    """The rows of `FOUND`, each with the key of the report that it names: `_reporter`, … as in `HELD`; empty for none.

    Args:
        gaps: `opposite_gaps.signed` rows with `at`.
        table: under `trade_flows`.
    """
    import polars as pl

    # Who reports less: the importer where the gap is below nothing.
    less = pl.col("gap_usd") < 0
    sides = gaps.with_columns(
        pl.when(less).then("importer").otherwise("exporter").alias("_who"),
        pl.when(less).then(pl.lit("import")).otherwise(pl.lit("export")).alias("_kind"),
    )
    is_chapter = pl.col("product").str.len_chars() == 2  # noqa: PLR2004 - digits
    flows = table.filter(pl.col("value_usd") > 0).with_columns(
        pl.col("product").str.strip_prefix("+").str.head(6).alias("_code"),
        pl.when(is_chapter).then(pl.lit("unknown")).otherwise("hs_vintage").alias("_edition"),
    )
    parts = (_re_exports(sides, flows), _withheld_places(sides, flows), _withheld_codes(sides, flows))
    return pl.concat([*parts, _not_reported(sides, flows)])


def _report(name: str) -> pl.Expr:
    """The key of the report in its own columns, so that it survives a join."""
    import polars as pl

    return pl.col(name).alias(f"_{name}")


def _taken(found: pl.DataFrame, reason: str, beside: pl.Expr) -> pl.DataFrame:
    """The largest report of each gap, where it may hold a tenth of it."""
    import polars as pl

    gap = pl.col("gap_usd").abs()
    amount = pl.min_horizontal(gap, pl.col("value_usd_right")).alias("amount_usd")
    rows = found.with_columns(amount, pl.lit(reason).alias("reason"), beside.alias("beside"))
    rows = rows.filter(pl.col("amount_usd") >= LEAST * gap).sort("at", "value_usd_right", descending=[False, True])
    keys = [f"_{n}" for n in HELD]
    return rows.unique("at", keep="first", maintain_order=True).select(*FOUND, *keys)


def _keyed(flows: pl.DataFrame) -> pl.DataFrame:
    return flows.with_columns(_report(n) for n in HELD).rename({"value_usd": "value_usd_right"})


def _re_exports(gaps: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Re-exports that the exporter counts, where the importer reports less."""
    import polars as pl

    sent = _keyed(flows.filter(pl.col("flow") == "re-export", pl.col("reporter") == pl.col("exporter")))
    other = sent.select(
        "exporter", "importer", "period", pl.col("_code").alias("product"), pl.col("_edition").alias("hs_vintage"),
        "value_usd_right", *[f"_{n}" for n in HELD],
    )  # fmt: skip
    found = gaps.filter(pl.col("gap_usd") < 0).join(
        other, on=["exporter", "importer", "period", "product", "hs_vintage"]
    )
    return _taken(found, "re_exports", pl.lit(None, pl.String))


def _withheld_places(gaps: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Reports of the side with less that name no partner: areas not specified, secret countries."""
    import polars as pl

    from entrepot.vocabulary.partners import kind_of

    partner = pl.when(pl.col("reporter") == pl.col("importer")).then("exporter").otherwise("importer").alias("_partner")
    own = flows.with_columns(partner)
    rest = [c for c in own["_partner"].unique().to_list() if c.startswith("+") and kind_of(c) == "residual"]
    own = _keyed(own.filter(pl.col("_partner").is_in(rest)))
    other = own.select(
        pl.col("reporter").alias("_who"), pl.col("flow").alias("_kind"), pl.col("_code").alias("product"),
        pl.col("_edition").alias("hs_vintage"), "period", "_partner", "value_usd_right", *[f"_{n}" for n in HELD],
    )  # fmt: skip
    found = gaps.join(other, on=["_who", "_kind", "product", "hs_vintage", "period"])
    return _taken(found, "place_withheld", pl.col("_partner"))


def _withheld_codes(gaps: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Reports of the side with less on the same partner, under a code that says no goods."""
    import polars as pl

    own = _keyed(flows.filter(pl.col("product").str.contains(_REST)))
    other = own.select(
        "exporter", "importer", "period", pl.col("reporter").alias("_who"), pl.col("flow").alias("_kind"),
        pl.col("product").alias("_rest"), "value_usd_right", *[f"_{n}" for n in HELD],
    )  # fmt: skip
    found = gaps.join(other, on=["exporter", "importer", "period", "_who", "_kind"])
    return _taken(found.filter(pl.col("_rest") != pl.col("product")), "code_withheld", pl.col("_rest"))


def _not_reported(gaps: pl.DataFrame, flows: pl.DataFrame) -> pl.DataFrame:
    """Flows of which one side reports none, nor anything under that code with any other partner."""
    import polars as pl

    of = ["_who", "_kind", "product", "period"]
    known = flows.select(
        pl.col("reporter").alias("_who"), pl.col("flow").alias("_kind"), pl.col("_code").alias("product"), "period"
    ).unique()
    alone = gaps.filter(pl.col("sides") != "both").join(known, on=of, how="anti")
    none = [pl.lit(None, pl.String).alias(f"_{n}") for n in HELD]
    return alone.select(
        "at", pl.lit("not_reported").alias("reason"), pl.lit(None, pl.String).alias("beside"),
        pl.col("gap_usd").abs().alias("amount_usd"), *none,
    )  # fmt: skip
