"""What a contradiction between reports holds."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown

KINDS = ("different_figures", "part_over_total", "parts_over_total", "cumulative_falls", "growth_does_not_follow")

CORRIDOR_CONFLICTS = Contract(
    name="corridor_conflicts",
    meaning="Reports that cannot all be right, the widest apart first. None of them is preferred.",
    grain=("conflict_id",),
    columns=(
        Column("rank", "integer", "one is the widest apart", low=1),
        Column(
            "kind",
            "text",
            "different_figures: of one thing; part_over_total: a window, direction or mode above its whole; "
            "parts_over_total: parts that together exceed their whole; cumulative_falls: a later sum from the same day "
            "that is lower; growth_does_not_follow: from the figure and that of the year before",
            allowed=KINDS,
        ),
        Column("place_id", "text", "the place"),
        Column("place", "text", "its name"),
        Column("quantity", "text", "what is counted"),
        Column("period_start", "partial_date", "first day of the wider window"),
        Column("period_end", "partial_date", "its last day, included"),
        Column("says", "text", "what one side says"),
        Column("other_says", "text", "what the other says"),
        Column("unit", "text", "of both figures; of a rate with what it is a rate of, `tonnes a day`"),
        Column(
            "apart_percent",
            "number",
            "by how much the two miss each other, beyond rounding, as a percentage of the smaller",
            unit="percent",
            low=0,
        ),
        Column("reason", "text", "what likely lies behind it; a guess by rule, and no judgement on who is right"),
        Column("reports", "texts", "the reports"),
        Column("conflict_id", "text", "for `entrepot explain`", pattern=r"^conflict-[0-9a-f]{12}$"),
    ),
)

SHOWN = (
    Shown(
        CORRIDOR_CONFLICTS,
        "conflict_id",
        "a contradiction of reports (conflict-…)",
        finding="entrepot.corridors.conflicts.conflict_shown:finding",
    ),
)
