"""What is shown of scenarios. See docs/design/54-simulate.md."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.scenarios.figures.figure import DRAWS, MONEY, PARTS, PERCENT, RATIO

_NONE = ("not_applicable",)

SIMULATED_FIGURES = Contract(
    name="simulated_figures",
    meaning="What a scenario would do by the model: figures that nobody observed, each with what it assumes.",
    grain=("figure_id",),
    columns=(
        Column("scenario", "text", "id of the scenario"),
        Column(
            "part",
            "text",
            "answers, economies, sectors (of each economy), routes (flows), inputs (what moves an answer)",
            allowed=PARTS,
        ),
        Column("quantity", "text", "what is said; economies' exports, imports and welfare are changes in per cent"),
        Column("economy", "text", "code of the economy in the world that is asked", absent=_NONE),
        Column("sector", "text", "code of the sector in that world", absent=_NONE),
        Column(
            "partner", "text", "the other side of a flow; of `inputs` the input; of a capacity its id", absent=_NONE
        ),
        Column("value", "number", "the figure at the elasticities and shares thought likeliest", unit="unit"),
        Column("low", "number", "of 95 in 100 draws the lower end", unit="unit", absent=("unknown",)),
        Column("high", "number", "its upper end", unit="unit", absent=("unknown",)),
        Column("unit", "text", "unit of the value", allowed=(PERCENT, MONEY, RATIO, DRAWS)),
        Column("before", "number", "the level before, of what is a change", unit=MONEY, absent=_NONE),
        Column("after", "number", "the level after", unit=MONEY, absent=_NONE),
        Column("status", "text", "always simulated: no figure of the record stands here", allowed=("simulated",)),
        Column("from", "partial_date", "from when the scenario applies; the model knows no time"),
        Column(
            "residual",
            "number",
            "what markets miss by at most, as a share of value added; full capacities, of what they hold",
            unit="share",
            low=0,
        ),
        Column("assumed", "texts", "all that is assumed"),
        Column("figure_id", "text", "opens the row: `entrepot explain`", pattern="^simulated-[0-9a-f]{12}$"),
    ),
)

SCENARIO_CODES = Contract(
    name="scenario_codes",
    meaning="What a scenario file may name: presets, economies and sectors of the world.",
    grain=("kind", "code"),
    columns=(
        Column("kind", "text", "what it is", allowed=("preset", "economy", "sector")),
        Column("code", "text", "as a scenario file or --preset writes it"),
        Column("name", "text", "what it stands for"),
        Column("elasticity", "number", "trade elasticity of a sector", low=0, absent=_NONE),
        Column("low", "number", "of 95 in 100 draws its lower end", low=0, absent=_NONE),
        Column("high", "number", "its upper end", low=0, absent=_NONE),
    ),
)

SHOWN = (
    Shown(
        SIMULATED_FIGURES,
        "figure_id",
        "a simulated figure (simulated-…)",
        finding="entrepot.scenarios.simulated_shown:finding",
    ),
)
