"""The missing share of additional exports, with the interval that chance leaves it, and when it is none.

A share of a rise that is no rise is noise: where exports changed by less than they differ from one period to the next
anyway, a few dollars divide a few others. Each period after the day is held against the same season before it; how
these differences scatter says what the sum of them can be by chance. The share is a ratio of two such sums, and its
interval is Fieller's (1954), which has no end where the denominator may be nothing. See docs/design/21-flows.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

LEAST = 4  # differences of a season: of three the scatter is known to a factor of two and more
_NORMAL = 1.959964  # the same in the limit of many periods: 95 % of a normal variable lies within
_WHOLE = 100.0  # percent: what is more than the whole rise, either way, is no share of it
_SHOWN = 4  # rows that a note names
# What `missing_basis` says of a row: a share with its interval, one without, or why there is none.
BASES = ("interval", "no_interval", "chance", "beyond_rise", "no_rise")


def with_shares(rows: pl.DataFrame, differences: pl.DataFrame, periods: int) -> pl.DataFrame:
    """The rows with `missing_usd`, `missing_pct`, its ends `missing_low_pct`, `missing_high_pct`, and `missing_basis`.

    Args:
        rows: exporter, importer, `export_change_usd`, `import_change_usd`.
        differences: exporter, importer, nth, `export`, `import`: after less before, of each pair of periods; a pair
            that lacks one did not change in it.
        periods: how many pairs of periods there are, nth from 0.
    """
    import polars as pl

    sent, got = pl.col("export_change_usd"), pl.col("import_change_usd")
    keys = ["exporter", "importer"]
    found = rows.with_columns(pl.when(sent > 0).then(sent - got).alias("missing_usd"))
    if periods < LEAST:
        ends = [pl.lit(None, pl.Float64).alias(c) for c in ("_low", "_high")]
        found = found.with_columns(*ends, pl.lit("no_interval").alias("_told"))
    else:
        found = found.join(_intervals(differences, periods), on=keys, how="left")
    share = pl.when(sent > 0).then(_WHOLE * (sent - got) / sent)
    known = pl.when(sent <= 0).then(pl.lit("no_rise")).when(pl.col("_told") == "chance").then(pl.lit("chance"))
    basis = known.when(share.abs() > _WHOLE).then(pl.lit("beyond_rise")).otherwise("_told")
    found = found.with_columns(share.alias("_share"), basis.alias("missing_basis"))
    given = pl.col("missing_basis").is_in(["interval", "no_interval"])
    named = {"missing_pct": "_share", "missing_low_pct": "_low", "missing_high_pct": "_high"}
    return found.with_columns(pl.when(given).then(pl.col(c)).alias(n) for n, c in named.items())


def _intervals(differences: pl.DataFrame, periods: int) -> pl.DataFrame:
    """Of each row `_told`, interval or chance, and the ends of its share in percent."""
    import numpy as np
    import polars as pl

    keys = ["exporter", "importer"]
    rows = differences.select(keys).unique(maintain_order=True).with_row_index("_row")
    placed = differences.join(rows, on=keys)
    at = (placed["_row"].to_numpy(), placed["nth"].to_numpy())
    sent, missing = np.zeros((rows.height, periods)), np.zeros((rows.height, periods))
    np.add.at(sent, at, placed["export"].to_numpy())
    np.add.at(missing, at, (placed["export"] - placed["import"]).to_numpy())
    low, high = fieller(missing, sent)
    told = np.where(np.isnan(low), "chance", "interval")
    ends = {"_low": _WHOLE * low, "_high": _WHOLE * high, "_told": told}
    done = rows.drop("_row").with_columns(pl.Series(n, v) for n, v in ends.items())
    return done.with_columns(pl.col("_low", "_high").fill_nan(None))


def fieller(part: Floats, whole: Floats) -> tuple[Floats, Floats]:
    """The 95 % interval of the ratio of two sums, row by row; not a number where it has no end, or says nothing.

    Args:
        part: rows x periods, the terms of the sum above.
        whole: likewise, of the sum below.
    """
    import numpy as np

    n = whole.shape[1]
    t2 = student(n - 1) ** 2
    above, below = part.mean(1), whole.mean(1)
    v_below, v_both, v_above = _covariances(part, whole)
    with np.errstate(divide="ignore", invalid="ignore"):
        # (above - r below)^2 <= t^2 Var(above - r below), a square in r: between its roots where it opens upwards.
        a = below**2 - t2 * v_below
        b = above * below - t2 * v_both
        root = np.sqrt(np.maximum(b**2 - a * (above**2 - t2 * v_above), 0.0))
        low, high = (b - root) / a, (b + root) / a
    nothing = (a <= 0) | (high - low > 1)  # wider than from none of it to all
    return np.where(nothing, np.nan, low), np.where(nothing, np.nan, high)


def _covariances(part: Floats, whole: Floats) -> tuple[Floats, Floats, Floats]:
    """Variances and covariance of the means: of `whole`, of both, of `part`.

    A good month is often followed by another, which makes sums scatter more than their terms say (Newey and West
    1987); the other way round is not believed, for few periods show it by chance.
    """
    import numpy as np

    n = whole.shape[1]
    e, f = part - part.mean(1, keepdims=True), whole - whole.mean(1, keepdims=True)
    alone = np.stack([(f * f).sum(1), (e * f).sum(1), (e * e).sum(1)])
    long = alone.copy()
    reach = round(n ** (1 / 3))  # the usual growth of the reach with the length of the series
    for lag in range(1, reach + 1):
        now, then = (e[:, lag:], f[:, lag:]), (e[:, :-lag], f[:, :-lag])
        weight = 1 - lag / (reach + 1)
        cross = (now[0] * then[1] + now[1] * then[0]).sum(1)
        long += weight * np.stack([2 * (now[1] * then[1]).sum(1), cross, 2 * (now[0] * then[0]).sum(1)])
    wider = long[0] > alone[0]
    below, both, above = np.where(wider, long, alone) / (n * (n - 1))
    return below, both, above


def student(freedom: int) -> float:
    """The value that 95 % of a Student variable lie within, either side of nothing (Abramowitz and Stegun, 26.7.5).

    Args:
        freedom: degrees, three at least, from which on it is within 1 %.
    """
    z = _NORMAL
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    third = (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384
    return z + first / freedom + second / freedom**2 + third / freedom**3


def told(rows: pl.DataFrame, periods: int) -> tuple[str, ...]:
    """Of which rows no share is given, and why; and that shares have no interval.

    Args:
        rows: as `with_shares` gives them, in the order shown, with `export_change_pct`.
        periods: how many pairs of periods there are.
    """
    import polars as pl

    def of(basis: str) -> pl.DataFrame:
        return rows.filter(pl.col("missing_basis") == basis)

    said = []
    if (chance := of("chance")).height:
        said.append(
            tr(
                "No share is given where the change of exports is no larger than chance, or chance leaves the share "
                "open by more than the whole rise; missing_usd says nothing there ({count:,} of {rows:,} rows): "
                "{names}. Chance is how far the {periods} periods differ from those before, at 95 %.",
                count=chance.height,
                rows=rows.height,
                names=_named(chance),
                periods=periods,
            )
        )
    if (beyond := of("beyond_rise")).height:
        said.append(
            ntr(
                beyond.height,
                "No share is given where imports changed by more than exports rose beside them, or fell: missing_usd "
                "is more than the whole rise there ({count} row): {names}.",
                "No share is given where imports changed by more than exports rose beside them, or fell: missing_usd "
                "is more than the whole rise there ({count} rows): {names}.",
                names=_named(beyond),
            )
        )
    if of("no_interval").height:
        said.append(
            ntr(
                periods,
                "Of {count} period before and after the day chance cannot be told, {least} are needed: a share of a "
                "small rise may be noise.",
                "Of {count} periods before and after the day chance cannot be told, {least} are needed: a share of a "
                "small rise may be noise.",
                least=LEAST,
            )
        )
    return tuple(said)


def _named(rows: pl.DataFrame) -> str:
    first = [
        tr("{exporter} to {importer} (exports {more:+,.1f} %)", exporter=e, importer=i, more=p)
        if p is not None
        else tr("{exporter} to {importer} (no exports before)", exporter=e, importer=i)
        for e, i, p in rows.head(_SHOWN).select("exporter", "importer", "export_change_pct").iter_rows()
    ]
    rest = rows.height - len(first)
    return ", ".join(first) + (tr(" and {rest:,} more", rest=rest) if rest else "")
