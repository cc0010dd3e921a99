"""Crossings, routes, their rules, what was counted at them, and what interrupted them."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.corridors.bottlenecks import contract as bottlenecks
from entrepot.corridors.conflicts import contract as conflicts
from entrepot.corridors.cooperation import contract as cooperation
from entrepot.corridors.effects import contract as effects
from entrepot.corridors.flows_on import contract as flows_on
from entrepot.corridors.network import contract as network
from entrepot.corridors.risk import contract as risk
from entrepot.corridors.routing import contract as routing
from entrepot.corridors.series import contract as series
from entrepot.corridors.trains import contract as trains
from entrepot.sources.contract import (
    CORRECTED,
    KNOWN_ON,
    KNOWN_ON_BASIS,
    NOTE,
    PUBLISHED,
    QUALITY,
    SOURCE_ID,
)
from entrepot.sources.tables import RecordTable

CROSSINGS = Contract(
    name="crossings",
    meaning="Crossings of Xinjiang's land border and the posts beside them, with names in four scripts.",
    grain=("place_id",),
    columns=(
        Column("place_id", "text", "the place"),
        Column("name", "text", "its name in English"),
        Column(
            "kind",
            "text",
            "what stands there; crossing_point: a pass, both posts stand elsewhere",
            allowed=("chinese_post", "partner_post", "dry_port", "free_zone", "crossing_point"),
        ),
        Column(
            "opposite",
            "texts",
            "place ids of the posts on the other side",
            absent=("unknown", "not_applicable"),
        ),
        Column("country", "text", "where it stands, ISO alpha-2", pattern="^[A-Z]{2}$"),
        Column("partner", "text", "the other side, ISO alpha-2", pattern="^[A-Z]{2}$"),
        Column("modes", "texts", "road, rail, pipeline, pedestrian"),
        Column("lat", "number", "latitude, WGS84", unit="degrees", absent=("unknown",), low=34, high=50),
        Column("lon", "number", "longitude, WGS84", unit="degrees", absent=("unknown",), low=73, high=97),
        Column(
            "coord_uncertainty_km",
            "number",
            "how far off the point may be",
            unit="km",
            absent=("unknown",),
            low=0,
        ),
        Column("coord_note", "text", "how the point was chosen"),
        Column("elevation_m", "number", "height above the sea", unit="m", absent=("unknown",)),
        Column("opened", "partial_date", "when it opened", absent=("unknown",)),
        Column("season", "text", "when it is open", absent=("unknown",)),
        Column("gauge", "text", "railway gauges that meet there", absent=("not_applicable", "unknown")),
        Column("capacity_note", "text", "capacity as reported", absent=("unknown",)),
        Column("status", "text", "how it stands", allowed=("open", "seasonal", "temporary works", "unverified")),
        Column("alias_latin", "texts", "other names in Latin script", absent=("unknown",)),
        Column("alias_chinese", "texts", "names in Chinese script", absent=("unknown",)),
        Column("alias_cyrillic", "texts", "names in Cyrillic script", absent=("unknown",)),
        Column("alias_arabic", "texts", "names in Arabic script", absent=("unknown",)),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

OBSERVATIONS = Contract(
    name="observations",
    meaning="One figure of one report: throughput, trade totals, stops under the UFLPA. Reports that disagree both "
    "stay; first prints are revised, so growth is never chained.",
    grain=("id",),
    columns=(
        Column(
            "id",
            "text",
            "O and four digits; u- and 12 digits: a row of your own",
            pattern=r"^(O\d{4}|u-[0-9a-f]{12})$",
        ),
        Column("place_id", "text", "the place"),
        Column("place", "text", "the place as printed"),
        Column(
            "place_type",
            "text",
            "what sort of place",
            allowed=("crossing", "port", "region", "corridor", "country_pair", "programme"),
        ),
        Column("partner", "text", "the other side; empty: all", absent=("not_applicable",)),
        Column("sector", "text", "sector of a stop under the UFLPA", absent=("not_applicable",)),
        Column("origin", "text", "declared origin of a stop under the UFLPA", absent=("not_applicable",)),
        Column("mode", "text", "how it moved", allowed=("all", "rail", "road", "pipeline", "unknown")),
        Column(
            "direction",
            "text",
            "in: into China (Pakistan at Sost, the US under the UFLPA)",
            allowed=("in", "out", "both"),
        ),
        Column("metric", "text", "what is counted; `_cumulative` runs from the start of the service"),
        Column("value", "number", "the figure as printed", unit="unit"),
        Column("unit", "text", "its unit as printed"),
        Column("value_norm", "number", "the figure without thousand, million or billion", unit="unit_norm"),
        Column("unit_norm", "text", "unit of value_norm"),
        Column("per", "text", "rate", absent=("not_applicable",), allowed=("day", "month", "year")),
        Column("bound", "text", "how exact", allowed=("exact", "at_least", "at_most", "about")),
        Column("status", "text", "what sort of figure", allowed=("reported", "forecast", "capacity", "target")),
        Column("period_start", "partial_date", "first day, included", absent=("not_reported",)),
        Column("period_end", "partial_date", "last day, included", absent=("not_reported",)),
        Column(
            "yoy_pct",
            "number",
            "growth as printed, on the reporter's base",
            unit="percent",
            absent=("not_reported",),
        ),
        Column("reported_by", "text", "who counted", absent=("not_reported",)),
        PUBLISHED,
        SOURCE_ID,
        QUALITY,
        Column("superseded_by", "text", "the row that replaces this one", absent=("not_applicable",)),
        KNOWN_ON,
        KNOWN_ON_BASIS,
        CORRECTED,
        NOTE,
    ),
)

RULES = Contract(
    name="rules",
    meaning="Rules of crossings and zones: seasons, visa-free days, allowances, queue caps, capacities. Competing "
    "rows stay side by side.",
    grain=("id",),
    columns=(
        Column("id", "text", "R and three digits", pattern=r"^R\d{3}$"),
        Column("rule", "text", "what it says"),
        Column("jurisdiction", "text", "whose rule"),
        Column("place_id", "text", "where it holds", absent=("not_applicable",)),
        Column("place", "text", "where it holds, as printed"),
        Column("quantity", "number", "the quantity as printed", unit="unit", absent=("not_applicable",)),
        Column("unit", "text", "its unit as printed", absent=("not_applicable",)),
        Column(
            "quantity_norm",
            "number",
            "without million or billion",
            unit="unit_norm",
            absent=("not_applicable",),
        ),
        Column("unit_norm", "text", "unit of quantity_norm", absent=("not_applicable",)),
        Column(
            "status",
            "text",
            "how it stands",
            allowed=("rule", "capacity", "planned", "scheduled", "superseded"),
        ),
        Column("valid_from", "partial_date", "first day", absent=("unknown",)),
        Column("valid_to", "partial_date", "last day, included", absent=("unknown", "not_applicable")),
        SOURCE_ID,
        QUALITY,
        CORRECTED,
        NOTE,
    ),
)

ROUTES = Contract(
    name="routes",
    meaning="Lengths and days of routes: operators' claims, not measurements.",
    grain=("id",),
    columns=(
        Column("id", "text", "RT and two digits", pattern=r"^RT\d{2}$"),
        Column("from", "text", "where it starts, as printed"),
        Column("to", "text", "where it ends, as printed"),
        Column("via", "text", "place id on the way", absent=("unknown",)),
        Column("mode", "texts", "rail, road, sea"),
        Column("km", "number", "length", unit="km", absent=("not_reported",), low=0),
        Column("days_low", "number", "days, lower end", unit="days", absent=("not_reported",), low=0),
        Column("days_high", "number", "days, upper end", unit="days", absent=("not_reported",), low=0),
        Column("usd_low", "number", "cost, lower end", unit="USD", absent=("not_reported",), low=0),
        Column("usd_high", "number", "cost, upper end", unit="USD", absent=("not_reported",), low=0),
        Column("unit_of_cost", "text", "what the cost is for", absent=("not_reported",)),
        Column("year", "partial_date", "date of the claim", absent=("unknown",)),
        Column("status", "text", "what sort of claim", allowed=("reported", "planned", "target")),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

BORDER_TIMES = Contract(
    name="border_times",
    meaning="CAREC's yearly means of hours and fees at border points. Small samples; 2021 and 2022 carry pandemic "
    "closures.",
    grain=("id",),
    columns=(
        Column("id", "text", "B and three digits", pattern=r"^B\d{3}$"),
        Column("year", "partial_date", "calendar year"),
        Column("scope", "text", "what is averaged, as printed"),
        Column("place_id", "text", "the place"),
        Column("mode", "text", "how it moved", allowed=("road", "rail")),
        Column("direction", "text", "seen from China", allowed=("avg", "outbound", "inbound")),
        Column("hours", "number", "time at the border point", unit="hours", absent=("not_reported",), low=0),
        Column(
            "usd_border",
            "number",
            "fees there per truck or wagon",
            unit="USD",
            absent=("not_reported",),
            low=0,
        ),
        Column(
            "usd_per_500km_20t",
            "number",
            "cost per 500 km and 20 t",
            unit="USD",
            absent=("not_reported",),
            low=0,
        ),
        Column(
            "speed_without_delay_kmh",
            "number",
            "speed without delays",
            unit="km/h",
            absent=("not_reported",),
            low=0,
        ),
        Column(
            "speed_with_delay_kmh",
            "number",
            "speed with delays",
            unit="km/h",
            absent=("not_reported",),
            low=0,
        ),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

EXPERIMENTS = Contract(
    name="experiments",
    meaning="Closures, openings, caps and disputes at crossings, to test models against.",
    grain=("id",),
    columns=(
        Column("id", "text", "N and three digits", pattern=r"^N\d{3}$"),
        Column("date_start", "partial_date", "first day"),
        Column("date_end", "partial_date", "day of reopening or end", absent=("unknown", "not_applicable")),
        Column("place_id", "texts", "the places"),
        Column(
            "kind",
            "text",
            "what sort of interruption",
            allowed=("closure", "opening", "blockade", "dispute", "cap", "agreement", "diversion"),
        ),
        Column("event", "text", "what happened"),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

REPORTERS = Contract(
    name="reporters",
    meaning="Which reporters print the statistics of one office; a series is drawn from one such family only.",
    grain=("reported_by",),
    columns=(
        Column("reported_by", "text", "the reporter as in the observations"),
        Column("family", "text", "whose statistics these are"),
        SOURCE_ID,
        Column("note", "text", "why", absent=("not_applicable",)),
    ),
)

TABLES: tuple[RecordTable, ...] = (
    tuple(
        RecordTable(contract, "entrepot.corridors", f"{contract.name}.csv")
        for contract in (CROSSINGS, OBSERVATIONS, RULES, ROUTES, BORDER_TIMES, EXPERIMENTS, REPORTERS)
    )
    + network.TABLES
    + cooperation.TABLES
)

DRAWN_LINES = PackagedTable(
    Contract(
        name="drawn_lines",
        meaning="Railways, roads and pipelines as the map of the crossings draws them: straight from town to town.",
        grain=("name",),
        columns=(
            Column("name", "text", "the line"),
            Column("mode", "text", "what it carries by", allowed=("rail", "road", "pipeline")),
            Column("course", "texts", "its points in order, longitude and latitude in degrees"),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "drawn_lines.csv",
)

DRAWN_NAMES = PackagedTable(
    Contract(
        name="drawn_names",
        meaning="Where the map of the crossings writes the names of countries, and of the territory of a measure.",
        grain=("name",),
        columns=(
            Column("name", "text", "as written on the map"),
            Column(
                "territory",
                "text",
                "place id: written in place of the country at this point where a measure is on it",
                absent=("not_applicable",),
            ),
            Column("lon", "number", "longitude of its middle", unit="degrees", low=-180, high=180),
            Column("lat", "number", "latitude of its foot", unit="degrees", low=-90, high=90),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "drawn_names.csv",
)

DRAWN_INSIDES = PackagedTable(
    Contract(
        name="drawn_insides",
        meaning="Points inside each country where a map of any frame may write its name; none on land that two claim.",
        grain=("iso3", "lon", "lat"),
        columns=(
            Column("iso3", "text", "the country, ISO alpha-3"),
            Column("lon", "number", "longitude", unit="degrees", low=-180, high=180),
            Column("lat", "number", "latitude", unit="degrees", low=-90, high=90),
            Column("depth", "number", "how far its nearest border or coast is", unit="degrees", low=0),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "drawn_insides.csv.gz",
)

SHOWN = (
    *series.SHOWN,
    *conflicts.SHOWN,
    *effects.SHOWN,
    *network.SHOWN,
    *routing.SHOWN,
    *flows_on.SHOWN,
    *risk.SHOWN,
    *trains.SHOWN,
    *cooperation.SHOWN,
    *bottlenecks.SHOWN,
)
