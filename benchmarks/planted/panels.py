"""Real panels under the contract `trade_flows`, read from the data shelf; nothing of them is committed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.contract import arrow_schema, check
from entrepot.core.errors import UnknownNameError
from entrepot.trade.contract import TRADE_FLOWS
from entrepot.vocabulary.countries import alpha3, code_of

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

ROOT = Path(__file__).parents[2]
# Fixest writes the EU's own codes.
_EU = {"EL": "GR", "UK": "GB"}
# Monthly panels: places and products; years of EU15 by month.
_PLACES, _PRODUCTS, _FIRST, _YEARS = 14, 12, 2007, 7
_LARGEST = 40  # partners of the five reporters: nine tenths of their trade

if TYPE_CHECKING:
    Matrix = np.ndarray[tuple[int, ...], np.dtype[np.float64]]


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

    Re-exports are within exports and are left out, and so are partners that are no country or not among the largest.
    """
    import polars as pl

    frame = pl.read_csv(
        shelf() / "trade/comtrade_hs2_partner_selected_reporters.csv.gz",
        schema_overrides={"hs2": pl.String, "value_usd": pl.Float64},
    )
    frame = frame.filter(pl.col("flow").is_in(["Export", "Import"]), pl.col("partner") != pl.col("reporter"))
    codes = {name: _code(name) for name in {*frame["partner"], *frame["reporter"]}}
    frame = frame.with_columns(pl.col("partner", "reporter").replace_strict(codes, return_dtype=pl.String)).drop_nulls()
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
    known = frame.filter(*(pl.col(side).is_in(_partners(frame)) for side in ("exporter", "importer")))
    frame, keys = known, [c for c in frame.columns if c != "value_usd"]
    return _finished(frame.group_by(keys).agg(pl.col("value_usd").sum()).sort(keys), "comtrade-hs2", "year")


def _partners(frame: pl.DataFrame) -> list[str]:
    """The reporters, and the places with the largest trade with them."""
    import polars as pl

    other = pl.when(pl.col("reporter") == pl.col("exporter")).then("importer").otherwise("exporter")
    sums = frame.group_by(place=other).agg(pl.col("value_usd").sum()).sort("value_usd", descending=True)
    return sorted({*frame["reporter"], *sums["place"].head(_LARGEST)})


def _code(name: str) -> str | None:
    """The alpha-3 code of a name as Comtrade prints it; None for areas that are no country."""
    try:
        return alpha3(code_of(name))
    except UnknownNameError:
        return None


def monthly(seed: int) -> pa.Table:
    """EU15 by month: real years of both legs, cut into months as Ember's partners of China cut theirs.

    Each leg takes the months of one partner, drawn, year by year in their order, as shares of that partner's year. So
    years, pairs and what one leg owes to another are real, and so are noise and season within a year; that they belong
    together is not. Growth from month to month steps where a year turns, as far as Ember's own does not bridge it.
    """
    import polars as pl

    years = pl.DataFrame(eu15()).filter(pl.col("product") <= f"{_PRODUCTS:02d}")
    keys = ["exporter", "importer", "product"]
    wide = years.pivot(on="period", index=keys, values="value_usd").sort(keys)
    real = _ember(range(2017, 2017 + _YEARS), 12 * _YEARS - 2).reshape(-1, _YEARS, 12)
    with np.errstate(invalid="ignore"):
        shares = real / np.nansum(real, axis=2, keepdims=True)
    picked = np.random.default_rng(seed).integers(len(shares), size=wide.height)
    cols = [str(_FIRST + y) for y in range(_YEARS)]
    values = shares[picked] * wide.select(cols).to_numpy().astype(float)[:, :, None]
    return _long(wide.select(keys), values.reshape(wide.height, -1), _FIRST, "fixest-trade-by-ember")


def ember(seed: int) -> pa.Table:
    """A monthly panel of both legs, drawn from Ember's series of one leg.

    Each (exporter, importer, product) is the real series of one partner of China, months kept in their order, so that
    noise, season and growth are real; its level is drawn, and which partner stands for which leg is drawn. Places and
    products are invented, and what one leg owes to another is not in it, beyond what China's partners share.
    """
    import polars as pl

    # Panels, 2017-01 to 2021-12: one code throughout.
    real = _ember(range(2017, 2022), 58)
    real = real / np.nanmean(real, axis=1, keepdims=True)
    rng = np.random.default_rng(seed)
    names = [f"XA{chr(65 + i)}" for i in range(_PLACES)]  # codes that ISO leaves to users
    legs = [(a, b, f"{k:02d}") for a in names for b in names if a != b for k in range(_PRODUCTS)]
    # Levels: a size of exporter, of importer and of the pair, lognormal; together they spread as EU15 pairs do (sd 2).
    size = {n: rng.normal(0, 0.9, 2) for n in names}
    level = np.array([np.exp(15 + size[a][0] + size[b][1] + rng.normal(0, 1.2)) for a, b, _ in legs])
    values = real[rng.integers(len(real), size=len(legs))] * level[:, None]
    keys = pl.DataFrame(legs, ["exporter", "importer", "product"], orient="row")
    return _long(keys, values, 2017, "ember-drawn")


def _ember(years: range, least: int) -> Matrix:
    """China's exports of panels, partner x month, of partners with at least so many months in these years."""
    import polars as pl

    frame = pl.read_csv(shelf() / "trade/ember_china_solar_exports_monthly.csv.gz", infer_schema_length=None)
    frame = frame.filter(pl.col("Commodity type") == "Panels", pl.col("Area type") == "Country or economy")
    frame = frame.filter(pl.col("Date").str.slice(0, 4).cast(pl.Int32).is_in(list(years)))
    wide = frame.pivot(on="Date", index="Area", values="Amount (USD)", aggregate_function="sum").sort("Area")
    matrix: Matrix = wide.select(sorted(c for c in wide.columns if c != "Area")).to_numpy().astype(float)
    known: Matrix = matrix[(~np.isnan(matrix)).sum(axis=1) >= least]
    return known


def _long(keys: pl.DataFrame, values: Matrix, first: int, source: str) -> pa.Table:
    """A matrix of legs by months as a table; empty cells are left out."""
    import polars as pl

    months = [f"{first + i // 12}-{i % 12 + 1:02d}" for i in range(values.shape[1])]
    each = {c: np.repeat(keys[c].to_numpy(), len(months)) for c in keys.columns}
    frame = pl.DataFrame(each | {"period": months * len(values), "value_usd": values.ravel()})
    frame = frame.filter(pl.col("value_usd").is_not_nan(), pl.col("value_usd").is_not_null())
    return _finished(frame.with_columns(reporter=pl.col("importer"), flow=pl.lit("import")), source, "month")


def _finished(frame: pl.DataFrame, source: str, frequency: str) -> pa.Table:
    import polars as pl

    frame = frame.with_columns(
        valuation=pl.lit("unknown"),
        hs_vintage=pl.lit("unknown"),
        frequency=pl.lit(frequency),
        status=pl.lit("reported"),
        source_id=pl.lit(source),
    )
    rest = {c.name: pl.String() if c.type == "text" else pl.Float64() for c in TRADE_FLOWS.columns}
    rest = {name: kind for name, kind in rest.items() if name not in frame.columns}
    frame = frame.with_columns(pl.lit(None, kind).alias(name) for name, kind in rest.items())
    return check(TRADE_FLOWS, frame.select(TRADE_FLOWS.names).to_arrow().cast(arrow_schema(TRADE_FLOWS)))
