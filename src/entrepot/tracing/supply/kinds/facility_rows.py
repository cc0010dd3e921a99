"""Lists of facilities, as brands publish them and Open Supply Hub takes them: country, name, address, sector."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.tracing.supply.contract import SUPPLY_FACILITIES
from entrepot.tracing.supply.supply_row import SupplyKind

if TYPE_CHECKING:
    from entrepot.tracing.supply.supply_row import Taken, ToldRow

NEEDED = ("name",)
COLUMNS = (*NEEDED, "country", "address", "sector", "facility_id")


def _read(told: ToldRow) -> list[Taken]:
    name = told.needed("name", tr("Give the facility's name."))
    if not told.text("address"):
        told.counts[tr("facilities without an address")] += 1
    facility = {"name": name, **{c: told.text(c) for c in COLUMNS if c not in NEEDED}}
    return [(SUPPLY_FACILITIES, facility)]


FACILITIES = SupplyKind("facilities", NEEDED, COLUMNS, (), _read)
