"""HM Revenue & Customs: the overseas trade statistics of the United Kingdom as its API gives them, in pounds.

https://api.uktradeinfo.com/OTS answers rows of MonthId (202301), FlowTypeId, CommodityId (a code of eight digits as a
number, so without its leading zero), CountryId, PortId, Value, NetMass and SuppUnit, one a port: they are parts of a
flow and are added, which the faults say. FlowTypeId is 1 for imports and 2 for exports with the European Union, 3 and 4
with all others. CountryId is a number of https://api.uktradeinfo.com/Country, a list of its own; where that is joined
to the rows, its letters or names are read in place of the number. Exports are valued FOB, imports CIF (HMRC, Overseas
Trade Statistics methodology, 3.1.2).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.formats import by_key, our_columns
from entrepot.trade.loading.draft import Draft

if TYPE_CHECKING:
    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

# With the European Union 1 and 2, with all others 3 and 4.
FLOWS = {"1": "import", "2": "export", "3": "import", "4": "export"}
_COLUMNS = {
    "monthid": "period",
    "flowtypeid": "flow",
    "commodityid": "product",
    "value": "value",
    "netmass": "net_kg",
    "suppunit": "quantity",
}
_SEVEN = r"^(\d{7})(?:\.0)?$"  # a code of eight digits whose first, as a number, is not written
_PARTNER = ("countrycodealpha", "countryname", "country", "countryid")  # the first that is there
# Columns that no other publisher calls so.
_NEEDED = frozenset(("monthid", "flowtypeid", "commodityid", "value"))
_AREAS = tuple(f"area{n}{part}" for n in range(1, 6) for part in ("", "a"))  # of the joined list
# What the API has besides, and what its list of countries adds: known, so that only other columns are named.
_UNREAD = frozenset(
    ("suppressionindex", "commoditysitcid", "portid", "countrycodenumeric", "regionid", *_PARTNER, *_AREAS)
)


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of such an answer."""
    return keys >= _NEEDED and bool(keys & set(_PARTNER))


def draft(opened: Opened, faults: Faults) -> Draft:
    """The columns under our names, values still in pounds."""
    import polars as pl

    names = by_key(opened.heading)
    for heading in (h for k, h in names.items() if k not in _UNREAD | _COLUMNS.keys()):
        faults.column("unread_column", f"column {heading!r} is not read")
    found = {ours: names[k] for k, ours in _COLUMNS.items() if k in names}
    found["partner"] = next(names[k] for k in _PARTNER if k in names)
    flow = pl.col("flow").cast(pl.String()).str.strip_chars().str.replace(r"\.0$", "").replace(FLOWS)
    code = pl.col("product").cast(pl.String()).str.strip_chars().str.replace(_SEVEN, "0$1")
    frame = opened.frame.select(our_columns(found)).with_columns(flow.alias("flow"), code.alias("product"))
    constants = {"reporter": "GBR", "currency": "GBP", "status": "reported"}
    return Draft(frame, constants, national=True, sums=True, own=True)
