"""Places and countries: the words that every other table uses for them."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.sources.contract import NOTE, SOURCE_ID
from entrepot.sources.tables import RecordTable

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

XINJIANG_PLACES = Contract(
    name="xinjiang_places",
    meaning="The gazetteer of Xinjiang: divisions, cities, zones and the Corps's divisions, with their spellings.",
    grain=("place_id",),
    columns=(
        Column("place_id", "text", "division code (GB/T 2260), or a code of the Corps or of a zone"),
        Column(
            "kind",
            "text",
            "what sort of division",
            allowed=(
                "county",
                "county_city",
                "district",
                "port",
                "prefecture",
                "prefecture_city",
                "region",
                "xpcc",
                "xpcc_city",
                "xpcc_division",
                "zone",
            ),
        ),
        Column("name", "text", "name in English"),
        Column("name_zh", "text", "name in Chinese"),
        Column("parent", "text", "the division it lies in", absent=("not_applicable",)),
        Column("latin", "texts", "spellings that name no other place", absent=("not_applicable",)),
        Column("latin_ambiguous_abroad", "texts", "spellings that name a place abroad too", absent=("not_applicable",)),
        Column("latin_ambiguous", "texts", "spellings that can name other things", absent=("not_applicable",)),
        Column("han", "texts", "spellings in Chinese characters", absent=("not_applicable",)),
        Column("han_ambiguous", "texts", "Chinese spellings that can name other things", absent=("not_applicable",)),
        SOURCE_ID,
    ),
)

XPCC_REGIMENTS = Contract(
    name="xpcc_regiments",
    meaning="Which division of the Corps holds the regiments of which numbers.",
    grain=("block",),
    columns=(
        Column("block", "text", "the division and the first number of the block"),
        Column("division", "text", "place_id of the division", pattern="^xpcc-[0-9]{1,2}$"),
        Column("first", "integer", "first number of the block"),
        Column("last", "integer", "last number of the block"),
        SOURCE_ID,
    ),
)

TABLES: tuple[RecordTable, ...] = (
    RecordTable(PLACES, "entrepot.vocabulary", "places.csv"),
    RecordTable(COUNTRIES, "entrepot.vocabulary", "countries.csv"),
    RecordTable(XINJIANG_PLACES, "entrepot.vocabulary", "xinjiang_places.csv"),
    RecordTable(XPCC_REGIMENTS, "entrepot.vocabulary", "xpcc_regiments.csv"),
)
