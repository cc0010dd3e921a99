"""Places and countries: the words that every other table uses for them."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.sources.contract import NOTE, SOURCE_ID
from entrepot.sources.tables import RecordTable
from entrepot.vocabulary.regions.contract import TABLES as REGION_TABLES

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

COUNTRIES = Contract(
    name="countries",
    meaning="Countries and territories with their ISO 3166-1 codes and English names.",
    grain=("iso2",),
    columns=(
        Column("iso2", "text", "ISO 3166-1 alpha-2 code", pattern="^[A-Z]{2}$"),
        Column("iso3", "text", "ISO 3166-1 alpha-3 code", pattern="^[A-Z]{3}$"),
        Column("name", "text", "English name (CLDR)"),
        SOURCE_ID,
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(PLACES, "entrepot.vocabulary", "places.csv"),
    RecordTable(COUNTRIES, "entrepot.vocabulary", "countries.csv"),
    *REGION_TABLES,
)
