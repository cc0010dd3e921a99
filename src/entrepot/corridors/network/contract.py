"""The network's tables as they are packaged, and what is shown of it. See docs/design/46-the-network.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.sources.contract import CORRECTED, NOTE, SOURCE_ID
from entrepot.sources.tables import RecordTable

MODES = ("rail", "road", "sea", "ferry")
BASES = ("reported", "estimated", "assumed")
_BASIS = (
    "reported: a row of the link says so; estimated: a published mean of such links, or the shortest path over sea "
    "lanes; assumed: a factor of ours"
)
_UNKNOWN = ("unknown",)
_HEAD = ("not_applicable",)

NETWORK_PLACES = Contract(
    name="network_places",
    meaning="Places of the network: cities, junctions, crossings and ports, each with a point on the map.",
    grain=("place_id",),
    columns=(
        Column("place_id", "text", "the place; as in places and crossings where it stands there"),
        Column("name", "text", "its name in English"),
        Column(
            "kind",
            "text",
            "what sort of place",
            allowed=("city", "crossing", "dry_port", "free_zone", "junction", "port"),
        ),
        Column("country", "text", "where it lies, ISO alpha-2", pattern="^[A-Z]{2}$"),
        Column("lat", "number", "latitude, WGS84", unit="degrees", low=-90, high=90),
        Column("lon", "number", "longitude, WGS84", unit="degrees", low=-180, high=180),
        Column(
            "point_basis",
            "text",
            "crossings: the point of that table; approximate: to 0.1 degree from general knowledge, not looked up",
            allowed=("crossings", "approximate"),
        ),
        SOURCE_ID,
    ),
)

NETWORK_LINKS = Contract(
    name="network_links",
    meaning="What reports say of links between two places of the network. Reports that disagree both stay; a row that "
    "spans several links is a check of their sum and no link.",
    grain=("id",),
    columns=(
        Column(
            "id", "text", "A and three digits; from A301 on rows added when the table was checked", pattern=r"^A\d{3}$"
        ),
        Column("from", "text", "place id of one end"),
        Column("to", "text", "place id of the other end"),
        Column("mode", "text", "how goods move", allowed=MODES),
        Column("line", "integer", "1, or more where two lines run between the same places", low=1),
        Column("spans", "text", "one link, or several, as a check of their sum", allowed=("one", "several")),
        Column("km", "number", "length as printed, or as km_basis says", unit="km", absent=("not_reported",), low=0),
        Column(
            "km_basis",
            "text",
            "seen in the source; computed from what it says; sea_lanes: the shortest path over a published graph of "
            "sea lanes, which no report prints",
            absent=("not_applicable",),
            allowed=("seen", "computed", "sea_lanes"),
        ),
        Column("hours_low", "number", "hours, lower end", unit="hours", absent=("not_reported",), low=0),
        Column("hours_high", "number", "hours, upper end", unit="hours", absent=("not_reported",), low=0),
        Column("usd_low", "number", "cost, lower end", unit="USD", absent=("not_reported",), low=0),
        Column("usd_high", "number", "cost, upper end", unit="USD", absent=("not_reported",), low=0),
        Column("unit_of_cost", "text", "what the cost is for", absent=("not_reported",)),
        Column(
            "capacity_per_year",
            "number",
            "capacity as reported, a year",
            unit="capacity_unit",
            absent=("not_reported",),
        ),
        Column(
            "capacity_unit",
            "text",
            "what the capacity counts",
            absent=("not_reported",),
            allowed=("tonnes", "trains", "train pairs", "TEU"),
        ),
        Column("gauge", "integer", "gauge of the rails", unit="mm", absent=("not_applicable", "unknown")),
        Column(
            "gauge_break",
            "text",
            "whether the gauge changes on it",
            absent=("not_applicable", "unknown"),
            allowed=("yes", "no"),
        ),
        Column("season", "text", "when it is open; empty is not all year", absent=_UNKNOWN, allowed=("all_year",)),
        Column("opened", "partial_date", "when it opened, or is to", absent=_UNKNOWN),
        Column("status", "text", "how it stands", allowed=("open", "planned", "under_construction", "closed")),
        Column("valid_as_of", "partial_date", "of when the report is", absent=_UNKNOWN),
        Column(
            "hours_are",
            "text",
            "hours at the border, of handling in a terminal, on the way, or on the way of passengers",
            absent=("not_applicable",),
            allowed=("at_border", "handling", "on_the_way", "by_passengers"),
        ),
        Column("quote", "text", "what the source says, in its words or shortened", absent=("not_applicable",)),
        SOURCE_ID,
        CORRECTED,
        NOTE,
    ),
)

NETWORK_CAPACITIES = Contract(
    name="network_capacities",
    meaning="What ports of the network can handle in a year, or did; competing rows stay side by side.",
    grain=("id",),
    columns=(
        Column("id", "text", "P and two digits", pattern=r"^P\d{2}$"),
        Column("place_id", "text", "the place"),
        Column("value_per_year", "number", "the figure", unit="unit", low=0),
        Column("unit", "text", "what is counted", allowed=("tonnes", "TEU")),
        Column("kind", "text", "what sort of figure"),
        Column("valid_as_of", "partial_date", "of when the report is"),
        SOURCE_ID,
    ),
)

NETWORK_SEASONS = Contract(
    name="network_seasons",
    meaning="When crossings of the network are open, as the rules and interruptions of the record say, read by hand.",
    grain=("id",),
    columns=(
        Column("id", "text", "W and two digits", pattern=r"^W\d{2}$"),
        Column("place_id", "text", "the crossing"),
        Column(
            "what",
            "text",
            "season: open in these months and in no others; opening: open in spite of season and closure; closure: "
            "closed",
            allowed=("season", "opening", "closure"),
        ),
        Column("first_month", "integer", "first open month", absent=_HEAD, low=1, high=12),
        Column("last_month", "integer", "last open month", absent=_HEAD, low=1, high=12),
        Column("valid_from", "partial_date", "first day", absent=_UNKNOWN),
        Column("valid_to", "partial_date", "last day, included", absent=("unknown", "not_applicable")),
        Column("rests_on", "text", "the row of rules, experiments or events that says so"),
        SOURCE_ID,
        NOTE,
    ),
)

NETWORK_ASSUMPTIONS = Contract(
    name="network_assumptions",
    meaning="What stands in where no report gives the length, the hours or the cost of a link, each with its reason.",
    grain=("id",),
    columns=(
        Column("id", "text", "K and two digits", pattern=r"^K\d{2}$"),
        Column("mode", "text", "of which links", allowed=(*MODES, "transfer")),
        Column(
            "quantity",
            "text",
            "what it stands in for",
            allowed=(
                "km_factor",
                "km_per_hour",
                "hours_a_day",
                "hours_a_day",
                "usd_per_km",
                "usd_at_border",
                "hours_at_border",
                "hours",
                "usd",
            ),
        ),
        Column("value", "number", "the figure", unit="unit", low=0),
        Column("unit", "text", "its unit"),
        Column(
            "countries",
            "texts",
            "ISO alpha-2 of the countries of which it is a published mean; elsewhere it is assumed",
            absent=_HEAD,
        ),
        Column("rests_on", "text", "the row it is taken from", absent=_HEAD),
        Column("reason", "text", "why this figure"),
        SOURCE_ID,
    ),
)

NETWORK = Contract(
    name="network",
    meaning="The links of the network on a day: the length, hours and dollars that a route is computed from, and on "
    "what they rest.",
    grain=("from", "to", "mode", "line"),
    columns=(
        Column("from", "text", "place id of one end"),
        Column("to", "text", "place id of the other end"),
        Column("mode", "text", "how goods move", allowed=MODES),
        Column("line", "integer", "1, or more where two lines run between the same places", low=1),
        Column("km", "number", "length", unit="km", low=0),
        Column("km_low", "number", "the shortest that a report gives", unit="km", low=0),
        Column("km_high", "number", "the longest that a report gives", unit="km", low=0),
        Column("km_basis", "text", _BASIS, allowed=BASES),
        Column("hours", "number", "hours on the way and at the border", unit="hours", low=0),
        Column("hours_at_border", "number", "of these, at the border", unit="hours", low=0),
        Column("hours_basis", "text", _BASIS, allowed=BASES),
        Column("usd", "number", "cost of a truck or container with 20 t", unit="USD", low=0),
        Column("usd_basis", "text", _BASIS, allowed=BASES),
        Column("border", "boolean", "whether its ends lie in two countries"),
        Column("gauge_break", "boolean", "whether the gauge of the rails changes"),
        Column("capacities", "texts", "capacities as reported, a year", absent=("not_reported",)),
        Column("disagreement", "text", "where reports differ on the length", absent=_HEAD),
        Column("rests_on", "texts", "rows of the record under it"),
        Column("source_ids", "texts", "their sources"),
        Column("leg_id", "text", "opens the link: `entrepot explain`", pattern="^leg-[0-9a-f]{12}$"),
    ),
)

NETWORK_SUMS = Contract(
    name="network_sums",
    meaning="Reports that span several links against the sum of the links, and which source is wrong where they "
    "differ.",
    grain=("id",),
    columns=(
        Column("id", "text", "the row of network_links that spans several"),
        Column("from", "text", "place id of one end"),
        Column("to", "text", "place id of the other end"),
        Column("mode", "text", "how goods move", allowed=MODES),
        Column("printed_km", "number", "length as printed", unit="km", absent=("not_reported",)),
        Column("sum_km", "number", "length of the shortest chain of links", unit="km", absent=("not_applicable",)),
        Column(
            "difference_percent", "number", "printed less sum, over the sum", unit="percent", absent=("not_applicable",)
        ),
        Column(
            "assumed_percent",
            "number",
            "of the sum, from links without a report",
            unit="percent",
            absent=("not_applicable",),
        ),
        Column("straight_km", "number", "the great circle", unit="km"),
        Column(
            "printed_hours", "number", "hours as printed, the mean of the ends", unit="hours", absent=("not_reported",)
        ),
        Column("sum_hours", "number", "hours of that chain", unit="hours", absent=("not_applicable",)),
        Column(
            "verdict",
            "text",
            "which source is wrong, as far as the record tells",
            allowed=(
                "agrees",
                "printed wrong",
                "link wrong",
                "either",
                "other way",
                "not tested",
                "no chain",
                "made from it",
                "no length",
            ),
        ),
        Column("reason", "text", "why"),
        Column("chain", "texts", "the places of the chain", absent=("not_applicable",)),
        Column("rests_on", "texts", "the row and the links of the chain"),
        SOURCE_ID,
        Column("sum_id", "text", "opens the row: `entrepot explain`", pattern="^sum-[0-9a-f]{12}$"),
    ),
)

TABLES = (
    RecordTable(NETWORK_PLACES, "entrepot.corridors", "network_places.csv"),
    RecordTable(NETWORK_LINKS, "entrepot.corridors", "network_links.csv.gz"),
    RecordTable(NETWORK_CAPACITIES, "entrepot.corridors", "network_capacities.csv"),
    RecordTable(NETWORK_SEASONS, "entrepot.corridors", "network_seasons.csv"),
    RecordTable(NETWORK_ASSUMPTIONS, "entrepot.corridors", "network_assumptions.csv"),
)

SHOWN = (
    Shown(NETWORK, "leg_id", "a link of the network (leg-…)", finding="entrepot.corridors.network.network_shown:leg"),
    Shown(
        NETWORK_SUMS,
        "sum_id",
        "a check of a sum of links (sum-…)",
        finding="entrepot.corridors.network.network_shown:sum_",
    ),
)
