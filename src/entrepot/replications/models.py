"""The models of the studies: what each reads from its panel, and how it is estimated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.trade.gravity import Model

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import polars as pl

# Every fourth year: trade takes time to adjust, and the guide's panel is cut so.
_YEARS = (1986, 1990, 1994, 1998, 2002, 2006)
_SIDES = (("exporter", "year"), ("importer", "year"))
_GRAVITY = ("log_dist", "cntg", "lang", "clny", "rta")
_PHASES = ("rta", "rta_lag4", "rta_lag8", "rta_lag12")
_BORDERS = tuple(f"border_{year}" for year in _YEARS[:-1])


@dataclass(frozen=True, slots=True)
class Redone:
    """One estimation of a study.

    Attributes:
        words: what it is, in words.
        model: how it is estimated.
        rows: the rows of the study's panel that enter.
    """

    words: str
    model: Model
    rows: Callable[[pl.DataFrame], pl.DataFrame]


def guide_panel(path: Path) -> pl.DataFrame:
    """The panel of the Advanced Guide: 69 countries, trade with themselves included, every fourth year.

    Adds log_dist, log_trade (empty where there is no trade), home (the country for its trade with itself, else abroad)
    and border_<year>: 1 for trade across a border that year.
    """
    import polars as pl

    crossing = pl.col("exporter") != pl.col("importer")
    panel = pl.read_parquet(path).with_columns(pl.col("year").cast(pl.Int64), pl.col("pair_id").cast(pl.Int64))
    return panel.filter(pl.col("year").is_in(_YEARS)).with_columns(
        pl.col("dist").log().alias("log_dist"),
        pl.when(pl.col("trade") > 0).then(pl.col("trade").log()).alias("log_trade"),
        pl.when(crossing).then(pl.lit("abroad")).otherwise("exporter").alias("home"),
        *((crossing & (pl.col("year") == year)).alias(f"border_{year}") for year in _YEARS[:-1]),
    )


def eu15_panel(path: Path) -> pl.DataFrame:
    """Trade in euros of fifteen EU members in twenty products, 2007 to 2016, with log_dist; R writes 1e+05."""
    import polars as pl

    panel = pl.read_csv(path, schema_overrides={"Euros": pl.Float64, "dist_km": pl.Float64})
    return panel.with_columns(pl.col("dist_km").log().alias("log_dist"))


PANELS: dict[str, Callable[[Path], pl.DataFrame]] = {
    "advanced-guide-rta": guide_panel,
    "advanced-guide-in-r": guide_panel,
    "eu15-trade": eu15_panel,
}


def _abroad(panel: pl.DataFrame) -> pl.DataFrame:
    return panel.filter(panel.get_column("exporter") != panel.get_column("importer"))


def _traded(panel: pl.DataFrame) -> pl.DataFrame:
    return _abroad(panel).drop_nulls("log_trade")


def _all(panel: pl.DataFrame) -> pl.DataFrame:
    return panel


def _pairs(words: str, covariates: tuple[str, ...]) -> Redone:
    """An estimation with pair effects; the pair of the file is the same both ways."""
    return Redone(words, Model("trade", covariates, (*_SIDES, "pair_id"), ("pair_id",)), _all)


_GUIDE: dict[str, Redone] = {
    "ols": Redone(marked("traditional, OLS"), Model("log_trade", _GRAVITY, _SIDES, ("pair_id",), "ols"), _traded),
    "ppml": Redone(marked("traditional, PPML"), Model("trade", _GRAVITY, _SIDES, ("pair_id",)), _abroad),
    "home": Redone(marked("with trade at home"), Model("trade", _GRAVITY, (*_SIDES, "home"), ("pair_id",)), _all),
    "pairs": _pairs(marked("pair effects"), ("rta",)),
    "lead": _pairs(marked("pair effects and a lead"), ("rta", "rta_lead4")),
    "phasing": _pairs(marked("phasing in"), _PHASES),
    "globalisation": _pairs(marked("phasing in and globalisation"), (*_PHASES, *_BORDERS)),
}

# R's fixest scales its errors by the number of coefficients as well.
_EU15 = Model("Euros", ("log_dist",), ("Origin", "Destination", "Product", "Year"), ("Origin",), k_adj=True)

MODELS: dict[str, dict[str, Redone]] = {
    "advanced-guide-rta": _GUIDE,
    "advanced-guide-in-r": _GUIDE,
    "eu15-trade": {"ppml": Redone(marked("PPML by product"), _EU15, _all)},
}
