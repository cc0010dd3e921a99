"""Ember's monthly series of China's exports of solar panels, cells and wafers (CC BY 4.0).

The heading is that of the file which Ember publishes as "China's solar PV exports" on ember-energy.org. Items and
kilograms are counted by China Customs. The capacity in MW is Ember's own estimate, of cells and panels from the value
at a world price, of wafers from the weight, so it is an estimated quantity and no ground for a unit value. Areas of the
type Region are aggregates.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.trade.formats import by_key, key, our_columns
from entrepot.trade.loading.draft import Draft

if TYPE_CHECKING:
    import polars as pl

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
# From so much on an estimate cannot be rounded to nothing, so a capacity of zero is one that is missing. A wafer of a
# megawatt weighs under a tonne, and no cell or panel has cost more than five dollars a watt since 2017; Ember prints
# hundredths of a megawatt, so both are far above what half of one needs.
_WAFERS, _KILOS, _DOLLARS = "38180019", 100.0, 100_000.0
_UNREAD = ("Area type", "Region", "Commodity type", "Commodity price", "Price unit", "Cumulative capacity (MW)")
_MISSING = "a capacity of 0 MW beside goods that have one: Ember's estimate is missing, which is no zero; left empty"
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
    frame = _without_false_zeros(frame, faults)
    constants = {
        "reporter": "CHN",
        "flow": "export",
        "valuation": "FOB",
        "quantity_unit": "items",
        "estimated_unit": "MW",
        "status": "reported",
    }
    return Draft(frame, constants, national=True)


def _without_false_zeros(frame: pl.DataFrame, faults: Faults) -> pl.DataFrame:
    """The frame without capacities of zero beside a weight or a value that has one: refused, named, left empty."""
    import polars as pl

    weight, value, capacity = (
        pl.col(c).cast(pl.Float64(), strict=False) for c in ("net_kg", "value", "estimated_quantity")
    )
    wafers = pl.col("product").cast(pl.String()) == _WAFERS
    large = pl.when(wafers).then(weight >= _KILOS).otherwise(value >= _DOLLARS)
    missing = (capacity == 0) & large
    bad = frame.filter(missing)
    if not bad.height:
        return frame
    faults.add("zero_unclear", bad["row"], _MISSING, "converted")
    kept = pl.when(missing).then(None).otherwise(pl.col("estimated_quantity"))
    return frame.with_columns(kept.alias("estimated_quantity"))
