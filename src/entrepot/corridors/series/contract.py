"""What series of a corridor hold: months and years with intervals; and the data under them beside the record."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_PACKAGE = "entrepot.corridors"

SHUT_DAYS = PackagedTable(
    Contract(
        name="shut_days",
        meaning="Seasons, closures and temporary openings of crossings as days; a later row overrules an earlier one.",
        grain=("id",),
        columns=(
            Column("id", "text", "K and three digits", pattern=r"^K\d{3}$"),
            Column("place_id", "text", "the place"),
            Column("state", "text", "what it was", allowed=("shut", "open")),
            Column("first", "partial_date", "first day, included"),
            Column("last", "partial_date", "last day, included"),
            Column("season_start", "text", "of what recurs each year: month and day", absent=("not_applicable",)),
            Column("season_end", "text", "its last day, included", absent=("not_applicable",)),
            Column(
                "break_at",
                "text",
                "where the level before says little of the level after",
                absent=("not_applicable",),
                allowed=("start", "both"),
            ),
            Column("rests_on", "texts", "rows of the record that say so"),
            Column(
                "would_be_without",
                "text",
                "the row of the record without which it would hold; it never held",
                absent=("not_applicable",),
            ),
            SOURCE,
            Column("note", "text", "what was decided where rows disagree"),
        ),
    ),
    _PACKAGE,
    "shut_days.csv",
)

COUNTERS = PackagedTable(
    Contract(
        name="counters",
        meaning="On whose count a reporter's figures rest. Figures of two counters are never put into one series.",
        grain=("reported_by",),
        columns=(
            Column("reported_by", "text", "the reporter as in the observations"),
            Column("counter", "text", "whose count it is"),
            SOURCE,
        ),
    ),
    _PACKAGE,
    "counters.csv",
)

STATES = ("estimated", "printed", "shut", "not_known")

CORRIDOR_SERIES = Contract(
    name="corridor_series",
    meaning="What passed, month by month and year by year, estimated from all that was reported of one quantity.",
    grain=("series_id",),
    columns=(
        Column("place_id", "text", "the place"),
        Column("place", "text", "its name"),
        Column("quantity", "text", "what is counted, by which mode, in which direction"),
        Column("counter", "text", "whose count it is"),
        Column("step", "text", "a month or a year", allowed=("month", "year")),
        Column("period_start", "partial_date", "first day"),
        Column("period_end", "partial_date", "last day, included"),
        Column(
            "state",
            "text",
            "printed: a report gives this very period, no other contradicts it or draws the estimate elsewhere, and "
            "the value is its figure; "
            "shut: closed throughout; "
            "not_known: the interval is wider than a factor of three, so no number is given",
            allowed=STATES,
        ),
        Column(
            "value",
            "number",
            "the middle of the estimate; the figure of the report where it is printed",
            unit="unit",
            absent=("unknown",),
        ),
        Column("low", "number", "lower end of the interval that holds 95 in 100", unit="unit", absent=("unknown",)),
        Column("high", "number", "its upper end", unit="unit", absent=("unknown",)),
        Column(
            "printed",
            "number",
            "what a report that stands prints of this very period, as the value or beside it",
            unit="unit",
            absent=("not_reported",),
        ),
        Column("unit", "text", "unit of the value"),
        Column(
            "reports",
            "texts",
            "the reports that carry it, most telling first, then prints of this period and those not borne out",
            absent=("not_applicable",),
        ),
        Column("open_days", "integer", "days on which the record has it open", unit="days", low=0),
        Column("basis", "text", "how it was got"),
        Column("series_id", "text", "for `entrepot explain`", pattern=r"^series-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(
        CORRIDOR_SERIES,
        "series_id",
        "an estimate of a series (series-…)",
        finding="entrepot.corridors.series.estimate_shown:finding",
    ),
)
