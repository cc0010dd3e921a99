"""The tables of a region, as they lie in its files and as the record joins them over all regions."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.sources.contract import SOURCE_ID

_NONE = ("not_applicable",)
_REGION = Column("region", "text", "the region's id, the name of its file", pattern="^[a-z0-9]+(-[a-z0-9]+)*$")


def _joined(one: Contract, name: str) -> Contract:
    """The contract of the same table of all regions."""
    return Contract(name, one.meaning, ("region", *one.grain), (_REGION, *one.columns))


PLACES_OF_REGION = Contract(
    name="places_of_region",
    meaning="The places of regions under a measure, with their spellings.",
    grain=("place_id",),
    columns=(
        Column("place_id", "text", "id of the place: a code of its country, or words"),
        Column("kind", "text", "what sort of place, a word of the region"),
        Column("name", "text", "name in English"),
        Column("name_local", "text", "name in the language of the place", absent=("unknown",)),
        Column("parent", "text", "the place it lies in", absent=_NONE),
        Column("spellings", "texts", "spellings that name no other place", absent=_NONE),
        Column("ambiguous_abroad", "texts", "spellings that name a place abroad too", absent=_NONE),
        Column("ambiguous", "texts", "spellings that can name other things at home", absent=_NONE),
        SOURCE_ID,
    ),
)

LOOK_ALIKES_OF_REGION = Contract(
    name="look_alikes_of_region",
    meaning="Places and things elsewhere that bear the name of a place of a region, and what tells them from it.",
    grain=("spelling", "elsewhere"),
    columns=(
        Column("spelling", "text", "the spelling, one of the region's places"),
        Column("place_id", "text", "the place of the region that bears it"),
        Column("elsewhere", "text", "what else bears it"),
        Column("countries", "texts", "ISO alpha-2 of the countries it lies in", absent=_NONE),
        Column("signs", "texts", "words beside it that say so", absent=_NONE),
        SOURCE_ID,
    ),
)

UNITS_OF_REGION = Contract(
    name="units_of_region",
    meaning="Which unit of a region holds the units of which numbers: divisions and regiments.",
    grain=("block",),
    columns=(
        Column("block", "text", "the unit and the first number of the block"),
        Column("place_id", "text", "place_id of the unit that holds them"),
        Column("first", "integer", "first number of the block"),
        Column("last", "integer", "last number of the block"),
        SOURCE_ID,
    ),
)

REGION_PLACES = _joined(PLACES_OF_REGION, "region_places")
REGION_LOOK_ALIKES = _joined(LOOK_ALIKES_OF_REGION, "region_look_alikes")
REGION_UNITS = _joined(UNITS_OF_REGION, "region_units")
