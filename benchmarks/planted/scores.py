"""Scores of runs: power, false discoveries, coverage, width; pure functions of the rows that `runs.judged` makes."""

from __future__ import annotations

import polars as pl
from scipy.stats import beta, binom

# Errors of the plain baseline, on the worst of three legs: one-sided 1 in 100. A test of three legs at the level that a
# scan leaves it needs more, a better baseline less.
REACH = 2.33
_DIVERTED = pl.col("kind") == "diversion"
# A place that both sells on its own goods and keeps the origin's is told apart by no flow: counted in neither.
_OPEN = pl.col("kind") == "both"


def interval(hits: int, of: int) -> tuple[float, float]:
    """The exact 95 % interval of a share (Clopper and Pearson)."""
    if of == 0:
        return 0.0, 1.0
    low = float(beta.ppf(0.025, hits, of - hits + 1)) if hits else 0.0
    high = float(beta.ppf(0.975, hits + 1, of - hits)) if hits < of else 1.0
    return low, high


def placebo_limit(measures: int, rate: float) -> int:
    """Most of these placebo measures that may be found in 95 of 100 such trials, if each is found at this rate."""
    return int(binom.ppf(0.95, measures, rate))


def power(rows: pl.DataFrame) -> pl.DataFrame:
    """By size: planted, found, and the share found with its interval; the share within reach, and found of those."""
    planted = rows.filter(_DIVERTED, pl.col("planted") > 0).with_columns(pl.col("found").fill_null(value=False))
    out = planted.group_by("size").agg(
        of=pl.len(), hits=pl.col("found").sum(), within_reach=(pl.col("reach") > REACH).mean(),
        power_within=pl.col("found").filter(pl.col("reach") > REACH).mean(),
    ).sort("size")  # fmt: skip
    spans = [interval(h, n) for n, h in out.select("of", "hits").rows()]
    return out.with_columns(
        power=pl.col("hits") / pl.col("of"),
        low=pl.Series([s[0] for s in spans], dtype=pl.Float64),
        high=pl.Series([s[1] for s in spans], dtype=pl.Float64),
    )


def false_discoveries(rows: pl.DataFrame) -> pl.DataFrame:
    """By size: the mean over scans of the share of signals that are none (no signal: 0), and the pool."""
    found = pl.col("found").fill_null(value=False) & ~_OPEN
    scans = rows.group_by("size", "seed").agg(
        signals=found.sum(), false=(found & ~(_DIVERTED & (pl.col("planted") > 0)).fill_null(value=False)).sum()
    )
    scans = scans.with_columns(share=pl.col("false") / pl.col("signals").clip(1))
    return scans.group_by("size").agg(
        scans=pl.len(),
        signals=pl.col("signals").sum(),
        false=pl.col("false").sum(),
        fdr=pl.col("share").mean(),
        fdr_se=pl.col("share").std() / pl.len().sqrt(),
    ).sort("size")  # fmt: skip


def coverage(rows: pl.DataFrame, *, among_found: bool = False) -> pl.DataFrame:
    """By size: how often the planted value lies in the interval alone and with sampling error, and how wide it is.

    Width is that of the interval, alone and with its error, over [0, min(A, B)], of rows where both excesses are above
    zero.
    """
    seen = rows.filter(_DIVERTED, pl.col("planted") > 0, pl.col("low").is_not_null())
    if among_found:
        seen = seen.filter(pl.col("found"))
    room = pl.min_horizontal("excess_in", "excess_out")
    within = (pl.col("low") <= pl.col("planted")) & (pl.col("planted") <= pl.col("high"))
    declared = pl.min_horizontal("declared_in", "declared_out")
    visible = (pl.col("low_95") <= declared) & (declared <= pl.col("high_95"))
    sampled = (pl.col("low_95") <= pl.col("planted")) & (pl.col("planted") <= pl.col("high_95"))
    return seen.group_by("size").agg(
        of=pl.len(),
        alone=within.mean(),
        with_error=sampled.mean(),
        declared=visible.mean(),
        below=(pl.col("planted") < pl.col("low_95")).mean(),
        above=(pl.col("planted") > pl.col("high_95")).mean(),
        width=((pl.col("high") - pl.col("low")) / room).filter(room > 0).median(),
        width_known=((pl.col("high") - pl.col("low")) / room).filter(room > 0, pl.col("output_known")).median(),
        width_95=((pl.col("high_95") - pl.col("low_95")) / room).filter(room > 0).median(),
    ).sort("size")  # fmt: skip
