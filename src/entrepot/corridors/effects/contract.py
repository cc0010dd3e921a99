"""What is said of the effect of an event, and of which quantities it is asked."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.core.tables.packaged import SOURCE, PackagedTable

MOVED = PackagedTable(
    Contract(
        name="moved_quantities",
        meaning="Which quantity an event may have moved, and what would settle how far.",
        grain=("event_id", "place_id", "metric"),
        columns=(
            Column("event_id", "text", "the event, a row of the experiments"),
            Column("place_id", "text", "where it is counted"),
            Column("metric", "text", "what is counted"),
            Column("mode", "text", "how it moves"),
            Column("direction", "text", "in, out or both"),
            Column("settles", "text", "the observations that would settle the effect"),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "moved_quantities.csv",
)

_NUMBER = ("not_applicable", "unknown")

CORRIDOR_EFFECTS = Contract(
    name="corridor_effects",
    meaning="What an event changed, window by window, or that the record does not allow it to be said.",
    grain=("effect_id",),
    columns=(
        Column("event_id", "text", "the event"),
        Column("event", "text", "what happened"),
        Column("place", "text", "where it is counted"),
        Column("quantity", "text", "what is counted"),
        Column("counter", "text", "whose count it is", absent=("unknown",)),
        Column("period_start", "partial_date", "first month"),
        Column("period_end", "partial_date", "last month, included"),
        Column(
            "state",
            "text",
            "estimated, or not_identifiable: the record leaves one side open by more than a factor of three",
            allowed=("estimated", "not_identifiable"),
        ),
        Column("actual", "number", "what passed", unit="unit", absent=_NUMBER),
        Column("expected", "number", "what would have passed without it", unit="unit", absent=_NUMBER),
        Column("difference", "number", "the effect", unit="unit", absent=_NUMBER),
        Column("low", "number", "lower end of its interval of 95 in 100", unit="unit", absent=_NUMBER),
        Column("high", "number", "upper end", unit="unit", absent=_NUMBER),
        Column(
            "change_percent", "number", "the effect in percent of what was expected", unit="percent", absent=_NUMBER
        ),
        Column("unit", "text", "unit of the amounts", absent=("unknown",)),
        Column(
            "placebos",
            "integer",
            "other windows of as many months, before it",
            unit="windows",
            low=0,
        ),
        Column(
            "placebos_as_far",
            "integer",
            "of these, those in which what passed was as far from what was expected",
            unit="windows",
            absent=("not_applicable",),
            low=0,
        ),
        Column("reports", "texts", "the reports under it", absent=("not_applicable",)),
        Column("settles", "text", "observations that would settle it, or narrow it"),
        Column("basis", "text", "how it was got, or why it was not"),
        Column("effect_id", "text", "for `entrepot explain`", pattern=r"^effect-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(
        CORRIDOR_EFFECTS,
        "effect_id",
        "an effect of an event (effect-…)",
        finding="entrepot.corridors.effects.effect_shown:finding",
    ),
)
