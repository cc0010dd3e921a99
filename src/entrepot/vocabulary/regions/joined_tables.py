"""The regions' tables as they lie in the package, and joined over all regions for the record."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from entrepot.core.tables.packaged import PackagedTable, proven_table
from entrepot.sources.tables import RecordTable
from entrepot.vocabulary.regions.contract import REGION_LOOK_ALIKES, REGION_PLACES, REGION_UNITS
from entrepot.vocabulary.regions.region_tables import (
    CONTRACTS,
    LOOK_ALIKES,
    PLACES,
    UNITS,
    file_names,
    region_ids,
    region_texts,
    rows,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.core.contract import Contract


def _joined(contract: Contract, name: str) -> pa.Table:
    """One table of all regions, region by region."""
    found = region_texts()
    return proven_table(contract, [{"region": i} | row for i in region_ids(found) for row in rows(i, name, found)])


_PACKAGE = "entrepot.vocabulary.regions"

FILES: tuple[PackagedTable, ...] = tuple(
    PackagedTable(contract, _PACKAGE, name)
    for name in file_names()
    for table, contract in CONTRACTS.items()
    if name.endswith(f"-{table}.csv")
)

TABLES: tuple[RecordTable, ...] = tuple(
    RecordTable(contract, _PACKAGE, build=partial(_joined, contract, name))
    for contract, name in ((REGION_PLACES, PLACES), (REGION_LOOK_ALIKES, LOOK_ALIKES), (REGION_UNITS, UNITS))
)
