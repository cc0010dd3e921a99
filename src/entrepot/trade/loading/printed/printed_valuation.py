"""How goods are valued, where a heading, a title or a cell says it: customs value, FAS, CIF, FOB; words are data."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import Row, packaged_rows
from entrepot.trade.contract import VALUATIONS
from entrepot.trade.loading.printed.printed_units import HAN, parted, undotted

if TYPE_CHECKING:
    from collections.abc import Iterable

    import polars as pl

# What is not said is valued as is usual (UN, IMTS 2010, par. 4.7): exports at the border of who sells, imports at that
# of who buys.
_USUAL = {"export": "FOB", "re-export": "FOB", "domestic-export": "FOB", "import": "CIF", "re-import": "CIF"}
_AS_WRITTEN = ("FOB", "CIF", "unknown")


def spoken_valuation(text: str) -> str:
    """How a text says that goods are valued, in the words of `data/valuations.csv`; empty where nothing, or two ways.

    >>> spoken_valuation("Customs Value (Gen) ($US)"), spoken_valuation("VL_FOB"), spoken_valuation("Trade Value")
    ('customs value', 'free on board', '')
    """
    words = f" {' '.join(_words(text))} "
    found = {way for word, way in _ways().items() if (word if HAN.search(word) else f" {word} ") in words}
    return found.pop() if len(found) == 1 else ""


def one_valuation(texts: Iterable[str]) -> str:
    """How headings say that goods are valued, where they say it and do not differ."""
    found = {spoken_valuation(text) for text in texts}
    return found.pop() if len(found) == 1 else ""


def told_of(way: str, text: str) -> str:
    """A sentence on what was read, of the text that says it."""
    return f"the value of {text!r} is {_rows()[way]['told']}"


def valuations(frame: pl.DataFrame) -> pl.DataFrame:
    """The column `valuation` as FOB, CIF or unknown: as printed, else as is usual; who reports and what flows is known.

    Customs value is FOB to those who leave freight and insurance out of it, and else what is usual.
    """
    import polars as pl

    printed = frame["valuation"].cast(pl.String()).drop_nulls().unique().to_list()
    ways = {text: _means(text) for text in printed}
    means = pl.col("valuation").cast(pl.String()).replace_strict(ways, default=None, return_dtype=pl.String())
    usual = usual_of(pl.col("flow"))
    fob = [r for row in _rows().values() if row["means"] == "customs" for r in row["fob_in"] or ()]
    customs = pl.when(pl.col("reporter").is_in(fob)).then(pl.lit("FOB")).otherwise(usual)
    told = pl.when(means == "customs").then(customs).when(means == "usual").then(usual).otherwise(means)
    return frame.with_columns(told.fill_null(usual).alias("valuation"))


def usual_of(flow: pl.Expr) -> pl.Expr:
    """How flows are valued where nothing says it: FOB or CIF, by their kinds."""
    import polars as pl

    return flow.replace_strict(_USUAL, default="unknown", return_dtype=pl.String())


def _means(text: str) -> str | None:
    """FOB, CIF or unknown, or customs or usual; None where a text says nothing."""
    written = next((one for one in _AS_WRITTEN if one.casefold() == text.strip().casefold()), None)
    way = spoken_valuation(text)
    return written or (str(_rows()[way]["means"]) if way else None)


def _words(text: str) -> list[str]:
    """Words in small letters, abbreviations without their points."""
    return re.findall(r"[^\W\d_]+", undotted(parted(re.sub(r"_+", " ", text)).casefold()))


@cache
def _rows() -> dict[str, Row]:
    return {row["said"]: row for row in packaged_rows(VALUATIONS)}


@cache
def _ways() -> dict[str, str]:
    """Words, as they are compared, to the way in which they say that goods are valued."""
    return {" ".join(_words(word)): way for way, row in _rows().items() for word in row["words"]}
