"""Real panels under the contract `trade_flows`, read from the data shelf; nothing of them is committed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entrepot.vocabulary.countries import alpha3

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

ROOT = Path(__file__).parents[2]
_ORDER = (
    *("reporter", "exporter", "importer", "flow", "valuation", "product", "hs_vintage", "period", "frequency"),
    *("value_usd", "quantity", "quantity_unit", "net_kg", "status", "source_id"),
)
# Fixest writes the EU's own codes.
_EU = {"EL": "GR", "UK": "GB"}
# The monthly panel: 14 places, 12 products; as many series of two legs as Ember has partners with an unbroken record.
_PLACES, _PRODUCTS, _MONTHS = 14, 12, 60


def shelf() -> Path:
    """The folder data/ of the shelf."""
    return Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared") / "data"


def eu15() -> pa.Table:
    """EU15 x 20 products x 10 years in euros, which stand in for dollars; all pairs, so both legs of each hub exist."""
    import polars as pl

    frame = pl.read_csv(shelf() / "gravity/fixest_trade.csv", infer_schema_length=None)
    codes = {c: alpha3(_EU.get(c, c)) for c in frame["Origin"].unique()}
    frame = frame.select(
        exporter=pl.col("Origin").replace_strict(codes),
        importer=pl.col("Destination").replace_strict(codes),
        product=pl.format("{}", pl.col("Product").cast(pl.String).str.zfill(2)),
        period=pl.col("Year").cast(pl.String),
        value_usd=pl.col("Euros").cast(pl.Float64),
    )
    return _finished(frame.with_columns(reporter=pl.col("importer"), flow=pl.lit("import")), "fixest-trade", "year")


def comtrade() -> pa.Table:
    """HS chapters of five reporters and all their partners by year: exports and imports as the five count them.

    Names stand for codes, for the file has none. Re-exports are within exports and are left out.
    """
    import polars as pl

    frame = pl.read_csv(
        shelf() / "trade/comtrade_hs2_partner_selected_reporters.csv.gz",
        schema_overrides={"hs2": pl.String, "value_usd": pl.Float64},
    )
    frame = frame.filter(pl.col("flow").is_in(["Export", "Import"]), pl.col("partner") != "World")
    frame = frame.filter(pl.col("partner") != pl.col("reporter"))
    out = pl.col("flow") == "Export"
    frame = frame.select(
        reporter="reporter",
        exporter=pl.when(out).then("reporter").otherwise("partner"),
        importer=pl.when(out).then("partner").otherwise("reporter"),
        flow=pl.col("flow").str.to_lowercase(),
        product="hs2",
        period=pl.col("year").cast(pl.String),
        value_usd="value_usd",
    )
    keys = [c for c in frame.columns if c != "value_usd"]
    return _finished(frame.group_by(keys).agg(pl.col("value_usd").sum()).sort(keys), "comtrade-hs2", "year")


def monthly(seed: int) -> pa.Table:
    """A monthly panel of both legs, drawn from Ember's series of one leg.

    Each (exporter, importer, product) is the real series of one partner of China, months kept in their order, so that
    noise, season and growth are real; its level is drawn, and which partner stands for which leg is drawn. Places and
    products are invented, and what one leg owes to another is not in it, beyond what China's partners share.
    """
    import polars as pl

    real = _ember_months()
    rng = np.random.default_rng(seed)
    names = [f"P{i:02d}" for i in range(_PLACES)]
    legs = [(a, b, f"{k:02d}") for a in names for b in names if a != b for k in range(_PRODUCTS)]
    picked = rng.integers(len(real), size=len(legs))
    # Levels: a size of exporter, of importer and of the pair, lognormal; together they spread as EU15 pairs do (sd 2).
    size = {n: rng.normal(0, 0.9, 2) for n in names}
    level = [np.exp(15 + size[a][0] + size[b][1] + rng.normal(0, 1.2)) for a, b, _ in legs]
    months = [f"{2017 + i // 12}-{i % 12 + 1:02d}" for i in range(_MONTHS)]
    values = real[picked] * np.array(level)[:, None]
    frame = pl.DataFrame(
        {
            "exporter": np.repeat([leg[0] for leg in legs], _MONTHS),
            "importer": np.repeat([leg[1] for leg in legs], _MONTHS),
            "product": np.repeat([leg[2] for leg in legs], _MONTHS),
            "period": months * len(legs),
            "value_usd": values.ravel(),
        }
    ).filter(pl.col("value_usd").is_not_nan())
    return _finished(frame.with_columns(reporter=pl.col("importer"), flow=pl.lit("import")), "ember-drawn", "month")


def _ember_months() -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Panels, 2017-01 to 2021-12 (one code throughout), of partners that lack at most two months; each by its mean."""
    import polars as pl

    frame = pl.read_csv(shelf() / "trade/ember_china_solar_exports_monthly.csv.gz", infer_schema_length=None)
    frame = frame.filter(pl.col("Commodity code") == 85414020, pl.col("Area type") == "Country or economy")
    wide = frame.pivot(on="Date", index="Area", values="Amount (USD)", aggregate_function="sum").sort("Area")
    matrix = wide.select(sorted(c for c in wide.columns if c != "Area")).to_numpy().astype(float)
    matrix = matrix[np.isnan(matrix).sum(axis=1) <= 2]
    scaled: np.ndarray[tuple[int, int], np.dtype[np.float64]] = matrix / np.nanmean(matrix, axis=1, keepdims=True)
    return scaled


def _finished(frame: pl.DataFrame, source: str, frequency: str) -> pa.Table:
    import polars as pl

    frame = frame.with_columns(
        valuation=pl.lit("unknown"),
        hs_vintage=pl.lit("unknown"),
        frequency=pl.lit(frequency),
        quantity=pl.lit(None, pl.Float64),
        quantity_unit=pl.lit(None, pl.String),
        net_kg=pl.lit(None, pl.Float64),
        status=pl.lit("reported"),
        source_id=pl.lit(source),
    )
    return frame.select(_ORDER).to_arrow()
