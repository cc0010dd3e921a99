"""What is held and shown of attacks and closures. See docs/design/47-risk.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_PACKAGE = "entrepot.corridors"
_NONE = ("not_applicable",)
KINDS = ("attack", "protest", "politics", "weather")
_KIND = (
    "attack; or closed by protest, by politics (an order of a state, a pandemic among them) or by weather outside of a "
    "season"
)

HAZARD_CORRIDORS = PackagedTable(
    Contract(
        name="hazard_corridors",
        meaning="The corridors whose attacks and closures are counted, and which places of the network are on them.",
        grain=("corridor_id",),
        columns=(
            Column("corridor_id", "text", "the corridor"),
            Column("corridor", "text", "its name"),
            Column("part_of", "text", "the corridor of which it is a stretch", absent=_NONE),
            Column("kinds", "texts", "what is counted there; an order of a state shuts a border and no inland way"),
            Column(
                "places",
                "texts",
                "places of the network on it: who comes to one is on the corridor; a whole of stretches has none",
                absent=_NONE,
            ),
            SOURCE,
        ),
    ),
    _PACKAGE,
    "hazard_corridors.csv",
)

HAZARD_EVENTS = PackagedTable(
    Contract(
        name="hazard_events",
        meaning="Which attacks and closures of the record count as one, where, and why the others do not.",
        grain=("event_id", "corridor_id"),
        columns=(
            Column("event_id", "text", "the row of events or experiments"),
            Column("corridor_id", "text", "where; none: on no corridor"),
            Column("kind", "text", _KIND, allowed=KINDS),
            Column("counts", "text", "whether it is counted", allowed=("yes", "no")),
            Column("same_as", "text", "the event of which it is another report", absent=_NONE),
            Column("first", "partial_date", "first day shut; empty: the day of the event", absent=_NONE),
            Column("last", "partial_date", "last day shut, included", absent=("unknown", "not_applicable")),
            Column("why", "text", "why it counts, or does not"),
            SOURCE,
        ),
    ),
    _PACKAGE,
    "hazard_events.csv",
)

HAZARD_WATCH = PackagedTable(
    Contract(
        name="hazard_watch",
        meaning="From when to when events are looked for, and by whom they are counted.",
        grain=("watch", "kind"),
        columns=(
            Column("watch", "text", "record: the rows of the record; else an office that counts", pattern="^[a-z]+$"),
            Column("kind", "text", "attack or closure", allowed=("attack", "closure")),
            Column("corridor_id", "text", "of which corridor alone; empty: of each", absent=_NONE),
            Column("first", "partial_date", "first day"),
            Column("last", "partial_date", "last day, included"),
            Column("count_row", "text", "the observation that gives the count", absent=_NONE),
            Column("complete", "text", "whether nothing is missing in the count", allowed=("yes", "no")),
            Column("why", "text", "why these days; what the count leaves open"),
            SOURCE,
        ),
    ),
    _PACKAGE,
    "hazard_watch.csv",
)

HAZARD_ASSUMPTIONS = PackagedTable(
    Contract(
        name="hazard_assumptions",
        meaning="What stands in where no report says how long a way was shut, each with its reason.",
        grain=("kind", "quantity"),
        columns=(
            Column("kind", "text", "of which events", allowed=(*KINDS, "any")),
            Column(
                "quantity",
                "text",
                "days: shut after an event without an end on record; longest_wait: until a load goes another way",
                allowed=("days", "longest_wait"),
            ),
            Column("value", "number", "the figure", unit="unit", low=0),
            Column("unit", "text", "its unit"),
            Column("reason", "text", "why this figure"),
            SOURCE,
        ),
    ),
    _PACKAGE,
    "hazard_assumptions.csv",
)

CORRIDOR_RISK = Contract(
    name="corridor_risk",
    meaning="Attacks and closures of a corridor as a yearly rate with its interval, kinds apart, with what counts.",
    grain=("risk_id",),
    columns=(
        Column("corridor_id", "text", "the corridor"),
        Column("corridor", "text", "its name"),
        Column("kind", "text", _KIND, allowed=KINDS),
        Column("counted_by", "text", "record: events of the record; else the office whose count it is"),
        Column("first", "partial_date", "first day on which events were looked for"),
        Column("last", "partial_date", "last day, included"),
        Column("years", "number", "exposure: years in between on which the way was open", unit="years", low=0),
        Column("events", "integer", "events counted", unit="events", low=0),
        Column(
            "count_is",
            "text",
            "lower_bound: no list on record is complete, so more may have happened; complete: an office's count",
            allowed=("lower_bound", "complete"),
        ),
        Column("rate", "number", "events to be expected in a year", unit="events a year", absent=("unknown",), low=0),
        Column("low", "number", "lower end of its interval of 95 in 100", unit="events a year", low=0),
        Column("high", "number", "upper end", unit="events a year", low=0),
        Column("prior", "text", "what the corridors together say of one of them", absent=_NONE),
        Column(
            "change", "number", "rate of the later half of the days over that of the earlier", unit="times",
            absent=("unknown",), low=0,
        ),
        Column("change_low", "number", "lower end of its interval", unit="times", absent=("unknown",), low=0),
        Column("change_high", "number", "upper end", unit="times", absent=("unknown",), low=0),
        Column("days_shut", "number", "days shut by an event, the mean; with what stands in", unit="days", low=0),
        Column("days_basis", "text", "how many of these lengths are on record"),
        Column(
            "hours_lost", "number", "hours that one load must expect to lose by them", unit="hours",
            absent=("unknown",), low=0,
        ),
        Column("assumed_percent", "number", "of these hours, from lengths that are assumed", unit="percent",
               absent=("unknown",), low=0, high=100),
        Column("counted", "texts", "rows that are counted", absent=_NONE),
        Column("not_counted", "texts", "rows that are not, each with the reason", absent=_NONE),
        Column("basis", "text", "how it was got"),
        Column("risk_id", "text", "for `entrepot explain`", pattern=r"^risk-[0-9a-f]{12}$"),
    ),
)  # fmt: skip

SHOWN = (
    Shown(
        CORRIDOR_RISK,
        "risk_id",
        "a hazard of a corridor (risk-…)",
        finding="entrepot.corridors.risk.risk_shown:finding",
    ),
)
