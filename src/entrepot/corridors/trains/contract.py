"""What is held and shown of trains at a crossing. See docs/design/48-trains.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.corridors.series.contract import STATES

_NUMBER = ("unknown",)

CROSSING_CAPACITIES = PackagedTable(
    Contract(
        name="crossing_capacities",
        meaning="What a crossing can pass in a day, as reports say; competing rows stay.",
        grain=("id",),
        columns=(
            Column("id", "text", "C and two digits", pattern=r"^C\d{2}$"),
            Column("place_id", "text", "the crossing"),
            Column("a_day", "number", "the figure, a day", unit="unit", low=0),
            Column("unit", "text", "what is counted", allowed=("trains", "TEU", "vehicles", "tonnes")),
            Column("mode", "text", "by what it passes", allowed=("rail", "road")),
            Column("direction", "text", "both ways together, or into China", allowed=("both", "in")),
            Column(
                "kind",
                "text",
                "reported: a capacity or an agreed exchange; best_day: the most that passed on one day; limit: a cap "
                "on a queue; planned",
                allowed=("reported", "best_day", "limit", "planned"),
            ),
            Column("first", "partial_date", "from when on; empty: not said", absent=_NUMBER),
            Column("last", "partial_date", "until when", absent=("unknown", "not_applicable")),
            Column("rests_on", "text", "the row of the record"),
            Column("why", "text", "what it counts, and what it leaves open"),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "crossing_capacities.csv",
)

CROSSING_TRAINS = Contract(
    name="crossing_trains",
    meaning="Container trains at a crossing by year, with containers, and how much of a capacity on record they take.",
    grain=("trains_id",),
    columns=(
        Column("place_id", "text", "the place"),
        Column("place", "text", "its name, with the other side"),
        Column("counter", "text", "whose count it is"),
        Column("year", "partial_date", "the year"),
        Column("state", "text", "as in `corridor_series`", allowed=STATES),
        Column("trains", "number", "trains, both ways", unit="trains", absent=_NUMBER, low=0),
        Column("low", "number", "lower end of the interval of 95 in 100", unit="trains", absent=_NUMBER, low=0),
        Column("high", "number", "its upper end", unit="trains", absent=_NUMBER, low=0),
        Column("trains_a_day", "number", "the middle over the days of the year", unit="trains a day", absent=_NUMBER),
        Column(
            "capacity_a_day",
            "number",
            "the highest capacity on record, from its date on, that is no plan",
            unit="trains a day",
            absent=_NUMBER,
        ),
        Column("capacity_kind", "text", "a reported capacity, or the best day", absent=_NUMBER),
        Column("capacity_of", "partial_date", "from when on the capacity holds", absent=_NUMBER),
        Column("capacity_row", "text", "the row of the record", absent=_NUMBER),
        Column("use_percent", "number", "trains a day over that capacity", unit="percent", absent=_NUMBER),
        Column("use_low", "number", "with the lower end", unit="percent", absent=_NUMBER),
        Column("use_high", "number", "with the upper end", unit="percent", absent=_NUMBER),
        Column(
            "other_capacities", "texts", "what else may hold in the year, each with its use and what it leaves open",
            absent=("not_applicable",),
        ),
        Column("teu", "number", "containers on them, in units of 20 feet", unit="TEU", absent=_NUMBER),
        Column("teu_low", "number", "lower end", unit="TEU", absent=_NUMBER),
        Column("teu_high", "number", "upper end", unit="TEU", absent=_NUMBER),
        Column("teu_state", "text", "as in `corridor_series`; empty: no report counts them", absent=_NUMBER),
        Column("teu_per_train", "number", "the middles of both", unit="TEU a train", absent=_NUMBER),
        Column("reports", "texts", "rows that carry the trains and the containers", absent=("not_applicable",)),
        Column("basis", "text", "how it was got"),
        Column("trains_id", "text", "for `entrepot explain`", pattern=r"^trains-[0-9a-f]{12}$"),
    ),
)  # fmt: skip

SHOWN = (
    Shown(
        CROSSING_TRAINS,
        "trains_id",
        "trains at a crossing in a year (trains-…)",
        finding="entrepot.corridors.trains.trains_shown:finding",
    ),
)
