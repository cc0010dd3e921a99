"""The tables of the balance: faults of documents, the rows they rest on, and what one stage gives of another."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable
from entrepot.core.words.translate import WordsBy

_OPEN = ("not_applicable",)
UNITS = ("kg", "EA", "W", "m2", "m")
"""What quantities are compared in: mass, pieces, power, area, length."""

KINDS_SAID = WordsBy(
    {
        "more_made_than_possible": "more made than possible",
        "less_made_than_expected": "less made than expected",
        "more_supplied_than_made": "more supplied than made",
        "used_before_made": "used before made",
        "supplied_before_made": "supplied before made",
        "supplied_twice": "supplied twice",
        "lot_overdrawn": "lot overdrawn",
        "made_of_itself": "made of itself",
        "input_not_supplied": "input not supplied",
        "number_twice": "number twice",
        "declared_otherwise": "declared otherwise",
        "value_otherwise": "value otherwise",
        "goods_otherwise": "goods otherwise",
        "origin_otherwise": "origin otherwise",
        "paid_too_much": "paid too much",
        "paid_to_another": "paid to another",
        "paid_without_invoice": "paid without invoice",
        "renamed_supplier": "renamed supplier",
        "contradiction": "contradiction",
    }
)
"""What is wrong, by the rule that says so, in words."""

KINDS = tuple(KINDS_SAID)
"""What is wrong, by the rule that says so."""

SUPPLY_FAULTS = Contract(
    name="supply_faults",
    meaning="Documents that cannot all be true, or that a person must look at, by what was loaded. A fault is no proof "
    "of a wrong: a document that is not there may explain it.",
    grain=("fault_id",),
    columns=(
        Column("kind", "text", "what is wrong", allowed=KINDS),
        Column("subject", "text", "the lot, step, document or party that it is about"),
        Column("reason", "text", "what is wrong in one sentence"),
        Column("said", "number", "the quantity or value that documents say", unit="as unit says", absent=_OPEN),
        Column("low", "number", "the least that the other documents allow", unit="as unit says", absent=_OPEN),
        Column("high", "number", "the most that they allow", unit="as unit says", absent=_OPEN),
        Column("unit", "text", "the unit of these", absent=_OPEN),
        Column("documents", "texts", "the documents, those that say it first"),
        Column("rows", "texts", "where they stand: file and row"),
        Column("remedy", "text", "what would settle it"),
        Column("basis", "texts", "the rule, and what it rests on: yields with their sources"),
        Column("files", "texts", "files that the documents are from"),
        Column("fault_id", "text", "fault- and twelve digits", pattern="^fault-[0-9a-f]{12}$"),
    ),
)

SUPPLY_FAULT_ROWS = Contract(
    name="supply_fault_rows",
    meaning="The rows of the person's files on which a fault rests, as they were when it was shown.",
    grain=("fault_id", "file_id", "row"),
    columns=(
        Column("fault_id", "text", "the fault"),
        Column("file_id", "text", "the file"),
        Column("row", "integer", "row, line or event of it", low=1),
        Column("document", "text", "the document", absent=("not_reported",)),
        Column("said", "text", "what it says"),
    ),
)

STAGES = PackagedTable(
    Contract(
        name="supply_stages",
        meaning="The stages of goods of which one becomes the next, and by which words and codes they are known.",
        grain=("stage",),
        columns=(
            Column("stage", "text", "the stage"),
            Column("chain", "text", "the chain that it is of"),
            Column("words", "texts", "names under which it goes"),
            Column("hs", "texts", "headings and subheadings of it", absent=_OPEN),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "stages.csv",
)

YIELDS = PackagedTable(
    Contract(
        name="supply_yields",
        meaning="How much of one stage comes out of a unit of the stage before: the widest that sources let stand.",
        grain=("yield_id",),
        columns=(
            Column("yield_id", "text", "y- and a word"),
            Column("input", "text", "the stage that goes in"),
            Column("output", "text", "the stage that comes out"),
            Column("low", "number", "least that comes out of a unit", unit="output_unit a input_unit", low=0),
            Column("high", "number", "most that comes out of a unit", unit="output_unit a input_unit", low=0),
            Column("input_unit", "text", "the unit that goes in", allowed=UNITS),
            Column("output_unit", "text", "the unit that comes out", allowed=UNITS),
            Column("printed", "text", "what the sources print, and how far the range goes beyond it"),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "yields.csv",
)

SUPPLY_UNITS = PackagedTable(
    Contract(
        name="supply_units",
        meaning="Units of quantities, as documents write them, in the unit that they are compared in.",
        grain=("unit",),
        columns=(
            Column("unit", "text", "as it is written, in small letters"),
            Column("base", "text", "the unit that it is compared in", allowed=UNITS),
            Column("low", "number", "least of that in one of it", unit="as base says", low=0),
            Column("high", "number", "most of that in one of it", unit="as base says", low=0),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "supply_units.csv",
)
