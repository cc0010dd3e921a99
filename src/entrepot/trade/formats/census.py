"""United States Census Bureau: international trade as its API answers, in dollars.

https://api.census.gov/data/timeseries/intltrade/imports/hs gives rows under a row of names: CTY_CODE, CTY_NAME,
I_COMMODITY, GEN_VAL_MO (general imports), CON_VAL_MO (imports for consumption), time; exports/hs has E_COMMODITY and
ALL_VAL_MO, domestic and foreign goods together. Imports are at customs value, which leaves freight and insurance out,
exports free alongside ship. `_YR` are sums from January, read only where no value of a month is: that of December is
the year's, and one of another month is refused, for it is no month's and no year's. CTY_CODE is a
number of Schedule C, so that names are read; groups (ASIA, NATO) stand beside countries and keep a code of their own.
What is asked for by a predicate stands in the answer once more (Census Bureau, Guide to the International Trade APIs).
The period stands in `time`, or in YEAR and MONTH. Where DF is asked for, exports of goods made in the country (1) and
of foreign ones (2) stand apart: both are an export together, and the second is a re-export too; `-` is both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, our_columns
from entrepot.trade.loading.draft import Draft
from entrepot.trade.loading.printed.printed_periods import of_parts

if TYPE_CHECKING:
    import polars as pl

    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_GOODS = ("icommodity", "ecommodity", "naics")
_MONTHLY = {"genvalyr": "GEN_VAL_MO", "convalyr": "CON_VAL_MO", "allvalyr": "ALL_VAL_MO"}
_SHOWN = 3  # periods that a refusal names
# Values with their flow, the one to prefer first: what entered the country before what was cleared for consumption.
_VALUES = {
    "genvalmo": "import",
    "convalmo": "import",
    "allvalmo": "export",
    "genvalyr": "import",
    "convalyr": "import",
    "allvalyr": "export",
}
# The quantity that belongs to a value; its unit is UNIT_QY1.
_QUANTITIES = {"genvalmo": "genqy1mo", "convalmo": "conqy1mo", "allvalmo": "qty1mo"}
_UNIT, _DF, _WHEN, _OF_PARTS = "unitqy1", "df", "time", ("year", "month")
_HOME, _FOREIGN = "1", "2"
# What the API has besides: levels of codes and texts of goods, known and of no use here.
_UNREAD = frozenset(("summarylvl", "commlvl", "ctycode", "icommoditysdesc", "ecommoditysdesc", "icommodityldesc"))


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of such an answer: nobody else calls goods and values so."""
    is_dated = _WHEN in keys or {*_OF_PARTS} <= keys
    return bool(keys & {*_GOODS}) and bool(keys & _VALUES.keys()) and "ctyname" in keys and is_dated


def is_joined(keys: frozenset[str]) -> bool:
    """Whether the two parts of an export stand in rows of their own."""
    return _DF in keys


def draft(opened: Opened, faults: Faults) -> Draft:
    """The columns under our names, of one of the values.

    Raises:
        BadInputError: the file has sums from January alone, to other months than December.
    """
    import polars as pl

    names = by_key(opened.heading)
    valued = [k for k in _VALUES if k in names]
    goods = next(names[k] for k in _GOODS if k in names)
    read = valued[0]
    found = {"partner": names["ctyname"], "product": goods, "value": names[read]}
    if _QUANTITIES.get(read) in names and _UNIT in names:
        found |= {"quantity": names[_QUANTITIES[read]], "quantity_unit": names[_UNIT]}
    year, month = (names.get(k, "") for k in _OF_PARTS)
    period = pl.col(names[_WHEN]).alias("period") if _WHEN in names else of_parts(year, month, "-").alias("period")
    when = {names[_WHEN]} if _WHEN in names else {year, month}
    parts = names.get(_DF, "") if _VALUES[read] == "export" else ""
    known = {*found.values(), *when, parts}
    for heading in (h for k, h in names.items() if k not in _UNREAD and h not in known):
        faults.column("unread_column", tr("column {heading!r} is not read", heading=heading))
    constants = {"reporter": "USA", "flow": _VALUES[read], "valuation": "FOB", "currency": "USD", "status": "reported"}
    frame = opened.frame.select(*our_columns(found), period, *([pl.col(parts).alias(_DF)] if parts else []))
    frame = _of_years(frame, read) if read.endswith("yr") else frame
    if parts:
        del constants["flow"]
        frame = _by_origin(frame, faults)
    return Draft(frame, constants, national=True)


def _by_origin(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """Exports by where goods were made: an export is both parts together, and of foreign goods a re-export as well.

    Rows of both in one stay as they are, and the parts that they hold are set aside. Where goods of one origin have
    several rows of a flow, nothing is added.
    """
    import polars as pl

    frame = frame.with_columns(pl.col(_DF).cast(pl.String()).str.strip_chars().str.replace(r"\.0$", ""))
    home, foreign = pl.col(_DF) == _HOME, pl.col(_DF) == _FOREIGN
    again = frame.filter(foreign).with_columns(pl.lit("re-export").alias("flow"))
    export = pl.lit("export").alias("flow")
    whole = frame.filter(~(home | foreign).fill_null(value=False)).with_columns(export)
    apart = frame.filter(home | foreign).with_columns(export)
    keys = ["partner", "product", "period"]
    if whole.height:
        is_held = pl.struct(keys).is_in(whole.select(pl.struct(keys)).to_series().implode())
        what = tr("exports of goods made in the country, which are part of the exports beside them")
        faults.take(frame, home & is_held, "total_among_details", what)
        held = pl.concat([whole, again.filter(is_held)]).drop(_DF)
        apart, again = apart.filter(~is_held), again.filter(~is_held)
        if not apart.height:
            return held
        return pl.concat([held, _joined(apart, again, keys, faults).select(held.columns)])
    return _joined(apart, again, keys, faults)


def _joined(apart: pl.DataFrame, again: pl.DataFrame, keys: list[str], faults: Faults) -> pl.DataFrame:
    """Exports of flows of which no row holds both parts, and the re-exports among them.

    Args:
        apart: both parts, each as an export.
        again: those of foreign goods as re-exports.
        keys: what says which flow a row is of.
        faults: told what the exports are.
    """
    import polars as pl

    if not again.height or apart.height == again.height:
        said = tr(
            "only exports of goods made in the country are in the file (DF 1); those of foreign goods are missing"
        )
        if apart.height > again.height:
            faults.column("unread_column", said)
            return apart.drop(_DF)
        return again.drop(_DF)
    if apart.select(*keys, _DF).is_duplicated().any():
        return pl.concat([apart.filter(pl.col(_DF) == _HOME), again]).drop(_DF)
    figures = [c for c in ("value", "quantity") if c in apart.columns]
    added = [
        pl.when(pl.len() == 1).then(pl.col(c).first()).otherwise(pl.col(c).cast(pl.Float64(), strict=False).sum())
        for c in figures
    ]
    others = [pl.col(c).first() for c in apart.columns if c not in {*keys, *figures, _DF, "flow"}]
    both = apart.group_by(keys, maintain_order=True).agg(*added, *others, pl.lit("export").alias("flow"))
    faults.column(
        "unread_column", tr("exports are those of goods made in the country and of foreign goods together (DF 1 and 2)")
    )
    return pl.concat([both.select(again.drop(_DF).columns), again.drop(_DF)])


def _of_years(frame: pl.DataFrame, value: str) -> pl.DataFrame:
    """Sums from January to December as the years that they are of."""
    import polars as pl

    year = pl.col("period").str.extract(r"^\s*(\d{4})(?:-12)?\s*$")
    if others := frame.filter(year.is_null())["period"].drop_nulls().unique().sort().to_list():
        raise BadInputError(
            tr("values are sums from January, and months other than December are in the file"),
            found=", ".join(others[:_SHOWN]),
            remedy=tr("Ask the API for {value}, or for December alone.", value=_MONTHLY[value]),
        )
    return frame.with_columns(year.alias("period"))
