"""Places and countries: the words that every other table uses for them."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.sources.contract import NOTE, SOURCE_ID
from entrepot.sources.tables import RecordTable
from entrepot.vocabulary.code_tables import COUNTRIES
from entrepot.vocabulary.regions.joined_tables import TABLES as REGION_TABLES

PLACES = Contract(
    name="places",
    meaning="Every place, pair, corridor and programme that a row of the record can be about.",
    grain=("place_id",),
    columns=(
        Column("place_id", "text", "the place's id, a slug", pattern="^[a-z0-9]+(-[a-z0-9]+)*$"),
        Column("name", "text", "its name in English"),
        Column(
            "kind",
            "text",
            "what sort of place it is",
            allowed=(
                "crossing",
                "partner_post",
                "dry_port",
                "free_zone",
                "city",
                "port",
                "group",
                "corridor",
                "route",
                "region",
                "zone",
                "country",
                "country_pair",
                "programme",
            ),
        ),
        Column("countries", "texts", "ISO alpha-2 codes of the countries it touches", absent=("not_applicable",)),
        Column("parent", "text", "the place it is a part of, not an addend of", absent=("not_applicable",)),
        SOURCE_ID,
        NOTE,
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(PLACES, "entrepot.vocabulary", "places.csv"),
    COUNTRIES,
    *REGION_TABLES,
)
