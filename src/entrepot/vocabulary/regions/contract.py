"""The regions' tables, joined over all regions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.sources.contract import SOURCE_ID
from entrepot.sources.tables import RecordTable
from entrepot.vocabulary.regions.region_tables import (
    LOOK_ALIKES,
    PLACES,
    UNITS,
    region_ids,
    region_texts,
    rows,
)

if TYPE_CHECKING:
    import pyarrow as pa

_REGION = Column("region", "text", "the region's id, the name of its file", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")

REGION_PLACES = Contract(
    name="region_places",
    meaning="The places of regions under a measure, with their spellings.",
    grain=("region", "place_id"),
    columns=(
        _REGION,
        Column("place_id", "text", "id of the place: a code of its country, or words"),
        Column("kind", "text", "what sort of place, a word of the region"),
        Column("name", "text", "name in English"),
        Column("name_local", "text", "name in the language of the place", absent=("unknown",)),
        Column("parent", "text", "the place it lies in", absent=("not_applicable",)),
        Column("spellings", "texts", "spellings that name no other place", absent=("not_applicable",)),
        Column("ambiguous_abroad", "texts", "spellings that name a place abroad too", absent=("not_applicable",)),
        Column("ambiguous", "texts", "spellings that can name other things at home", absent=("not_applicable",)),
        SOURCE_ID,
    ),
)

REGION_LOOK_ALIKES = Contract(
    name="region_look_alikes",
    meaning="Places and things elsewhere that bear the name of a place of a region, and what tells them from it.",
    grain=("region", "spelling", "elsewhere"),
    columns=(
        _REGION,
        Column("spelling", "text", "the spelling, one of the region's places"),
        Column("place_id", "text", "the place of the region that bears it"),
        Column("elsewhere", "text", "what else bears it"),
        Column("countries", "texts", "ISO alpha-2 of the countries it lies in", absent=("not_applicable",)),
        Column("signs", "texts", "words beside it that say so", absent=("not_applicable",)),
        SOURCE_ID,
    ),
)

REGION_UNITS = Contract(
    name="region_units",
    meaning="Which unit of a region holds the units of which numbers: divisions and regiments.",
    grain=("region", "block"),
    columns=(
        _REGION,
        Column("block", "text", "the unit and the first number of the block"),
        Column("place_id", "text", "place_id of the unit that holds them"),
        Column("first", "integer", "first number of the block"),
        Column("last", "integer", "last number of the block"),
        SOURCE_ID,
    ),
)


def _joined(contract: Contract, name: str) -> pa.Table:
    """One table of all regions, region by region."""
    found = region_texts()
    kinds = {c.name: c.kind for c in contract.columns}

    def cell(column: str, value: str) -> Any:
        return kinds[column].read(value) if value else None

    all_rows = [(i, row) for i in region_ids(found) for row in rows(i, name, found)]
    return table(contract, [{"region": i} | {c: cell(c, v) for c, v in row.items()} for i, row in all_rows])


TABLES: tuple[RecordTable, ...] = tuple(
    RecordTable(contract, "entrepot.vocabulary.regions", build=partial(_joined, contract, name))
    for contract, name in ((REGION_PLACES, PLACES), (REGION_LOOK_ALIKES, LOOK_ALIKES), (REGION_UNITS, UNITS))
)
