"""Ember's monthly series of China's exports of solar panels, cells and wafers (CC BY 4.0).

The heading is that of the file which Ember publishes as "China's solar PV exports" on ember-energy.org. Items and
kilograms are counted by China Customs. The capacity in MW is Ember's own estimate, derived from the value at a world
price, so it is an estimated quantity and no ground for a unit value. Areas of the type Region are aggregates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.formats import by_key, key, our_columns
from entrepot.trade.loading.draft import Draft

if TYPE_CHECKING:
    from entrepot.trade.loading.faults import Faults
    from entrepot.trade.loading.opening import Opened

_COLUMNS = {
    "Area": "partner",
    "Date": "period",
    "Commodity code": "product",
    "Amount (items)": "quantity",
    "Amount (kg)": "net_kg",
    "Amount (USD)": "value",
    "Capacity (MW)": "estimated_quantity",
}
_UNREAD = ("Area type", "Region", "Commodity type", "Commodity price", "Price unit", "Cumulative capacity (MW)")
_NEEDED = frozenset(key(c) for c in _COLUMNS)  # a file with all of these headings is Ember's


def fits(keys: frozenset[str]) -> bool:
    """Whether this is the heading of Ember's file."""
    return keys >= _NEEDED


def draft(opened: Opened, faults: Faults) -> Draft:
    """Ember's columns under our names."""
    names = by_key(opened.heading)
    known = _NEEDED | {key(c) for c in _UNREAD}
    for heading in (h for k, h in names.items() if k not in known):
        faults.column("unread_column", f"column {heading!r} is not read")
    frame = opened.frame.select(our_columns({ours: names[key(c)] for c, ours in _COLUMNS.items()}))
    constants = {
        "reporter": "CHN",
        "flow": "export",
        "valuation": "FOB",
        "quantity_unit": "items",
        "estimated_unit": "MW",
        "status": "reported",
    }
    return Draft(frame, constants, national=True)
