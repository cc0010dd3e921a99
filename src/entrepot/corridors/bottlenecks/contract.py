"""What is shown of the use of crossings. See docs/design/48-trains.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown

STATES = ("over", "near", "below", "not_known")
_UNKNOWN = ("unknown",)

CROSSING_BOTTLENECKS = Contract(
    name="crossing_bottlenecks",
    meaning="What passes at crossings against what can, of each mode and unit that has a capacity on record.",
    grain=("place_id", "mode", "direction", "unit"),
    columns=(
        Column("place_id", "text", "the crossing"),
        Column("place", "text", "its name"),
        Column("mode", "text", "rail or road", allowed=("rail", "road")),
        Column("direction", "text", "both ways together, or into China", allowed=("both", "in")),
        Column("unit", "text", "what is counted", allowed=("trains", "TEU", "vehicles", "tonnes")),
        Column(
            "state",
            "text",
            "over: more passes than the capacity on record, with the whole interval; near: the interval reaches 75 "
            "percent of it; below; not_known: nothing is known to pass that could be held against it",
            allowed=STATES,
        ),
        Column("a_day", "number", "what passes, a day", unit="unit a day", absent=_UNKNOWN, low=0),
        Column("a_day_low", "number", "lower end of 95 in 100, or of the bound", unit="unit a day", absent=_UNKNOWN),
        Column("a_day_high", "number", "its upper end; empty: at least so much", unit="unit a day", absent=_UNKNOWN),
        Column("period_start", "partial_date", "first day of what is counted", absent=_UNKNOWN),
        Column("period_end", "partial_date", "its last day, included", absent=_UNKNOWN),
        Column("capacity_a_day", "number", "the capacity", unit="unit a day", low=0),
        Column("capacity_kind", "text", "as in `crossing_capacities`"),
        Column("capacity_of", "partial_date", "from when on it holds; empty: undated", absent=_UNKNOWN),
        Column("capacity_years", "number", "its age at the end of what is counted", unit="years", absent=_UNKNOWN),
        Column("use_percent", "number", "what passes over the capacity", unit="percent", absent=_UNKNOWN),
        Column("use_low", "number", "with the lower end", unit="percent", absent=_UNKNOWN),
        Column("use_high", "number", "with the upper end", unit="percent", absent=_UNKNOWN),
        Column("rests_on", "texts", "rows of the record, the capacity last"),
        Column("basis", "text", "how it was got, and what the capacity leaves open"),
        Column("bottleneck_id", "text", "for `entrepot explain`", pattern=r"^use-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(
        CROSSING_BOTTLENECKS,
        "bottleneck_id",
        "the use of a crossing (use-…)",
        finding="entrepot.corridors.bottlenecks.bottleneck_shown:finding",
    ),
)
