"""United States Census Bureau: international trade as its API answers, in dollars.

https://api.census.gov/data/timeseries/intltrade/imports/hs gives rows under a row of names: CTY_CODE, CTY_NAME,
I_COMMODITY, GEN_VAL_MO (general imports), CON_VAL_MO (imports for consumption), time; exports/hs has E_COMMODITY and
ALL_VAL_MO, domestic and foreign goods together. Imports are at customs value, which leaves freight and insurance out,
exports free alongside ship. `_YR` are sums from January, read only where no value of a month is: that of December is
the year's, and one of another month is refused, for it is no month's and no year's. CTY_CODE is a
number of Schedule C, so that names are read; groups (ASIA, NATO) stand beside countries and keep a code of their own.
What is asked for by a predicate stands in the answer once more (Census Bureau, Guide to the International Trade APIs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, our_columns
from entrepot.trade.loading.draft import Draft

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
# What the API has besides: levels of codes and texts of goods, known and of no use here.
_UNREAD = frozenset(("summarylvl", "commlvl", "ctycode", "icommoditysdesc", "ecommoditysdesc", "icommodityldesc"))


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of such an answer: nobody else calls goods and values so."""
    return bool(keys & {*_GOODS}) and bool(keys & _VALUES.keys()) and {"ctyname", "time"} <= keys


def draft(opened: Opened, faults: Faults) -> Draft:
    """The columns under our names, of one of the values.

    Raises:
        BadInputError: the file has sums from January alone, to other months than December.
    """
    names = by_key(opened.heading)
    valued = [k for k in _VALUES if k in names]
    goods = next(names[k] for k in _GOODS if k in names)
    read = valued[0]
    found = {"partner": names["ctyname"], "product": goods, "period": names["time"], "value": names[read]}
    for heading in (h for k, h in names.items() if k not in _UNREAD and h not in found.values()):
        faults.column("unread_column", tr("column {heading!r} is not read", heading=heading))
    constants = {"reporter": "USA", "flow": _VALUES[read], "valuation": "FOB", "currency": "USD", "status": "reported"}
    frame = opened.frame.select(our_columns(found))
    return Draft(_of_years(frame, read) if read.endswith("yr") else frame, constants, national=True)


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
