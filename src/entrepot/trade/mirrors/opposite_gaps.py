"""Gaps of the opposite sign beside a gap: at another partner, under another code, in the period before or after.

What one side of a flow misses may stand where another flow has too much. Of each kind the largest are taken; how often
both flows were apart in opposite ways over the whole file tells a habit from a chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

KEYS = ("exporter", "importer", "product", "hs_vintage", "period")
_KINDS = {"importer": "third_place", "exporter": "third_place", "product": "other_code", "period": "other_period"}
LEAST = 0.1  # of a gap: what holds less leaves nine tenths of it as they are
MOST = 3  # of a kind beside one gap: a reader weighs three places; those beyond are counted


def signed(flows: pl.DataFrame) -> pl.DataFrame:
    """The flows with `gap_usd` filled where one side reports none, and only those with a gap beyond what is usual.

    Args:
        flows: the columns of `mirrored`.
    """
    import polars as pl

    alone = pl.when(pl.col("sides") == "exporter_only").then(-pl.col("value_usd")).otherwise("value_usd")
    gap = pl.when(pl.col("sides") == "both").then("gap_usd").otherwise(alone)
    apart = (pl.col("sides") != "both") | (pl.col("mirror_gap_usd") != 0)
    return flows.with_columns(gap.alias("gap_usd")).filter(apart, pl.col("gap_usd") != 0)


def opposites(gaps: pl.DataFrame, every: pl.DataFrame) -> tuple[pl.DataFrame, int]:
    """What stands beside each gap with the opposite sign, and how much of that is not listed.

    Args:
        gaps: `signed` rows with `at`, the place of each.
        every: `signed` rows of the whole file.

    Returns:
        One row a gap and flow beside it: `at`, `along` (the column in which they differ), `reason`, `beside`, the
        `amount_usd` that both have, `opposite` and `both` periods; and the number of others.
    """
    import polars as pl

    parts, unlisted = [], 0
    for along, reason in _KINDS.items():
        found = _beside(gaps, every, along).with_columns(
            pl.min_horizontal(pl.col("gap_usd").abs(), pl.col("other_usd").abs()).alias("amount_usd")
        )
        found = found.filter(pl.col("amount_usd") >= LEAST * pl.col("gap_usd").abs())
        order = found.sort("at", "amount_usd", "beside", descending=[False, True, False])
        kept = order.group_by("at", maintain_order=True).head(MOST)
        unlisted += found.height - kept.height
        said = [pl.lit(along).alias("along"), pl.lit(reason).alias("reason")]
        parts.append(_habit(kept, every, along).with_columns(said).select(*_GIVEN))
    return pl.concat(parts), unlisted


_GIVEN = ("at", "along", "reason", "beside", "amount_usd", "opposite", "both")


def _beside(gaps: pl.DataFrame, every: pl.DataFrame, along: str) -> pl.DataFrame:
    """Each gap with the flows that differ from it in one column and have a gap of the opposite sign."""
    import polars as pl

    here, there, same = gaps, every, [k for k in KEYS if k != along]
    if along == "period":  # the one before and the one after
        here = gaps.with_columns(_place_in_time()).with_columns(pl.concat_list(pl.col("_t") - 1, pl.col("_t") + 1))
        here, there = here.explode("_t"), every.with_columns(_place_in_time())
        same = [*same, "_t", "_length"]
    if along == "product":  # of the same chapter and as fine; chapters themselves are not taken for one another
        fine = [pl.col("product").str.head(2).alias("_chapter"), pl.col("product").str.len_chars().alias("_length")]
        here, there = here.with_columns(fine).filter(pl.col("_length") > 2), there.with_columns(fine)  # noqa: PLR2004
        same = [*same, "_chapter", "_length"]
    other = there.select(*same, pl.col(along).alias("beside"), pl.col("gap_usd").alias("other_usd"))
    found = here.join(other, on=same, how="inner")
    return found.filter(pl.col("beside") != pl.col(along), (pl.col("gap_usd") > 0) != (pl.col("other_usd") > 0))


def _place_in_time() -> tuple[pl.Expr, pl.Expr]:
    """Periods numbered by the calendar, `_t`, and what they are counted in, `_length`."""
    import polars as pl

    year, part = pl.col("period").str.head(4).cast(pl.Int64), pl.col("period").str.slice(5).str.strip_prefix("Q")
    length = pl.when(part == "").then(1).when(pl.col("period").str.contains("Q")).then(4).otherwise(12)
    nth = pl.when(part == "").then(0).otherwise(part.cast(pl.Int64, strict=False) - 1)
    return (year * length + nth).alias("_t"), length.alias("_length")


def _habit(kept: pl.DataFrame, every: pl.DataFrame, along: str) -> pl.DataFrame:
    """The rows with the periods in which both flows have a gap, and those in which the gaps are opposite."""
    import polars as pl

    if along == "period":
        none = pl.lit(None, pl.Int64)
        return kept.with_columns(none.alias("opposite"), none.alias("both"))
    flow = [k for k in KEYS if k != "period"]
    up = (pl.col("gap_usd") > 0).alias("up")
    mine = kept.select("at", "beside", *flow).join(every.select(*flow, "period", up), on=flow)
    theirs = every.select(*[pl.col(k).alias("beside" if k == along else k) for k in flow], "period", up.alias("other"))
    both = mine.join(theirs, on=[*("beside" if k == along else k for k in flow), "period"])
    counts = both.group_by("at", "beside").agg(
        (pl.col("up") != pl.col("other")).sum().cast(pl.Int64).alias("opposite"), pl.len().cast(pl.Int64).alias("both")
    )
    return kept.join(counts, on=["at", "beside"], how="left")
