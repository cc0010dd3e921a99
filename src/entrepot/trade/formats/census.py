"""United States Census Bureau: international trade as its API answers, in dollars.

https://api.census.gov/data/timeseries/intltrade/imports/hs gives rows under a row of names: CTY_CODE, CTY_NAME,
I_COMMODITY, GEN_VAL_MO (general imports), CON_VAL_MO (imports for consumption), time; exports/hs has E_COMMODITY and
ALL_VAL_MO, domestic and foreign goods together. Imports are at customs value, which leaves freight and insurance out,
exports free alongside ship. `_YR` are sums from January and are read only where no value of a month is. CTY_CODE is a
number of Schedule C, so that names are read; groups (ASIA, NATO) stand beside countries and keep a code of their own.
What is asked for by a predicate stands in the answer once more (Census Bureau, Guide to the International Trade APIs).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.trade.formats import by_key, our_columns
from entrepot.trade.loading.draft import Draft

if TYPE_CHECKING:
    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_GOODS = ("icommodity", "ecommodity", "naics")
# Values with their flow, the one to prefer first: what entered the country before what was cleared for consumption.
_VALUES = {
    "genvalmo": "import",
    "convalmo": "import",
    "allvalmo": "export",
    "genvalyr": "import",
    "convalyr": "import",
    "allvalyr": "export",
}
_UNREAD = frozenset(("summarylvl", "commlvl", "ctycode", "icommoditysdesc", "ecommoditysdesc", "icommodityldesc"))


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of such an answer: nobody else calls goods and values so."""
    return bool(keys & {*_GOODS}) and bool(keys & _VALUES.keys()) and {"ctyname", "time"} <= keys


def draft(opened: Opened, faults: Faults) -> Draft:
    """The columns under our names, of one of the values."""
    names = by_key(opened.heading)
    valued = [k for k in _VALUES if k in names]
    goods = next(names[k] for k in _GOODS if k in names)
    read = valued[0]
    found = {"partner": names["ctyname"], "product": goods, "period": names["time"], "value": names[read]}
    for heading in (h for k, h in names.items() if k not in _UNREAD and h not in found.values()):
        faults.column("unread_column", tr("column {heading!r} is not read", heading=heading))
    constants = {"reporter": "USA", "flow": _VALUES[read], "valuation": "FOB", "currency": "USD", "status": "reported"}
    return Draft(opened.frame.select(our_columns(found)), constants, national=True)
