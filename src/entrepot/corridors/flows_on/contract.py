"""What is shown of flows. See docs/design/46-the-network.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

LOAD_UNITS = PackagedTable(
    Contract(
        name="load_units",
        meaning="How many loads of 20 tonnes one of each unit is, so that trucks, trains and tonnes share a capacity.",
        grain=("unit",),
        columns=(
            Column("unit", "text", "the unit"),
            Column("loads", "number", "loads of 20 tonnes in one of it", unit="loads", low=0),
            Column("reason", "text", "why"),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "load_units.csv",
)

_PER_DAY = "loads a day"

FLOWS_FOUND = Contract(
    name="flows_found",
    meaning="Who goes where at least time under the capacities, and what is left behind; beside it what went there "
    "before something was closed or capped.",
    grain=("line", "way"),
    columns=(
        Column("line", "integer", "the row of the demand, 1 is the first", low=1),
        Column("way", "integer", "1, 2 … of this row; 0: left behind", low=0),
        Column("from", "text", "place id of the start"),
        Column("to", "text", "place id of the end"),
        Column("wanted", "number", "what the row wants to send", unit=_PER_DAY, low=0),
        Column("carried", "number", "what goes this way", unit=_PER_DAY, low=0),
        Column("before", "number", "what went this way without --close and --cap", unit=_PER_DAY, low=0),
        Column(
            "hours",
            "number",
            "hours of one load; none of what is left behind",
            unit="hours",
            absent=("not_applicable",),
        ),
        Column("via", "texts", "places on the way", absent=("not_applicable",)),
        Column("modes", "texts", "modes in order", absent=("not_applicable",)),
        Column("full", "texts", "capacities on it that are used up", absent=("not_applicable",)),
        Column(
            "assumed_km_percent",
            "number",
            "share of the km of the way that is assumed",
            unit="percent",
            absent=("not_applicable",),
            low=0,
            high=100,
        ),
        Column(
            "assumed_hours_percent",
            "number",
            "share of the hours of the way that is assumed",
            unit="percent",
            absent=("not_applicable",),
            low=0,
            high=100,
        ),
        Column("rests_on", "texts", "rows of the record under it", absent=("not_applicable",)),
        Column("flow_id", "text", "opens the row: `entrepot explain`", pattern="^flow-[0-9a-f]{12}$"),
    ),
)

CROSSING_PRICES = Contract(
    name="crossing_prices",
    meaning="Capacities under a flow: what passes, and what one load a day more or less is worth, from either side.",
    grain=("capacity",),
    columns=(
        Column("capacity", "text", "the crossing or link, and the mode"),
        Column("limit", "number", "what may pass", unit=_PER_DAY, low=0),
        Column("load", "number", "what passes", unit=_PER_DAY, low=0),
        Column("before", "number", "what passed without --close and --cap", unit=_PER_DAY, low=0),
        Column("price", "number", "of the linear programme: one between the two that follow", unit="hours", low=0),
        Column(
            "price_more",
            "number",
            "hours a day saved by a little more, from the right",
            unit="hours",
            absent=("not_applicable",),
        ),
        Column(
            "price_less",
            "number",
            "hours a day lost by a little less, from the left",
            unit="hours",
            absent=("not_applicable",),
        ),
        Column(
            "one_more",
            "number",
            "hours a day saved by one load more, solved again",
            unit="hours",
            absent=("not_applicable",),
        ),
        Column(
            "one_less",
            "number",
            "hours a day lost by one load less, solved again",
            unit="hours",
            absent=("not_applicable",),
        ),
        Column("rests_on", "texts", "the row that limits it, or the option", absent=("not_applicable",)),
        Column("price_id", "text", "opens the row: `entrepot explain`", pattern="^price-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(FLOWS_FOUND, "flow_id", "a flow (flow-…)", finding="entrepot.corridors.flows_on.flow_shown:flow"),
    Shown(
        CROSSING_PRICES,
        "price_id",
        "a price of a capacity (price-…)",
        finding="entrepot.corridors.flows_on.flow_shown:price",
    ),
)
