"""The tables of the dossier: its statements, the rows they rest on, what is asked for, and words that tell a paper."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_OPEN = ("not_applicable",)

REQUESTS = ("applicability", "exception")
"""What is requested of CBP: that the act does not apply, or that an exception is made."""

COMMODITIES = ("cotton", "polysilicon", "tomatoes", "aluminium", "PVC", "batteries", "steel", "tyres")
"""Goods for which CBP has a list of its own."""

SORTS = (
    "invoice", "order", "contract", "payment", "transport", "packing", "declaration", "production", "origin", "receipt",
    "test", "statement", "translation", "recipe", "event", "facilities", "not_told",
)  # fmt: skip
"""What a paper is."""

PARTS = (
    "summary", "gap", "met", "clock", "step", "party", "transport", "payment", "balance", "translation", "compared",
    "eu", "paper", "set_aside", "lists", "input",
)  # fmt: skip

STATUSES = ("stated", "there", "missing", "not_told", "fault")

DOSSIER_LINES = Contract(
    name="dossier_lines",
    meaning="The statements of a dossier on a shipment, in its order: what papers say, what is asked, and what of that "
    "is not there. It says which papers lead where, never that goods may enter.",
    grain=("line_id",),
    columns=(
        Column("shipment", "text", "the shipment, as the paper calls it"),
        Column("part", "text", "the part of the dossier", allowed=PARTS),
        Column("number", "text", "of the step, the paper (step.paper) or the thing asked", absent=_OPEN),
        Column("subject", "text", "what is asked, or the party", absent=_OPEN),
        Column(
            "status", "text", "there; missing; not_told: something is there, what it is is not said", allowed=STATUSES
        ),
        Column("said", "text", "the statement in one sentence or more"),
        Column("asked", "integer", "how often it is asked of this chain", low=0, absent=_OPEN),
        Column("there", "integer", "how often of these it is there", low=0, absent=_OPEN),
        Column("documents", "texts", "papers that it rests on", absent=_OPEN),
        Column("rows", "texts", "where they stand: file and row", absent=_OPEN),
        Column("basis", "text", "the rule, or the place in what asks for it"),
        Column("source_id", "text", "the source of the rule", absent=_OPEN),
        Column("request", "text", "what is requested of CBP", allowed=REQUESTS),
        Column("as_of", "partial_date", "the day: later papers and listings are not known"),
        Column("line_id", "text", "dossier- and twelve digits", pattern="^dossier-[0-9a-f]{12}$"),
    ),
)

DOSSIER_ROWS = Contract(
    name="dossier_rows",
    meaning="The rows of the person's files on which a statement of a dossier rests, as they were when it was shown.",
    grain=("line_id", "file_id", "row"),
    columns=(
        Column("line_id", "text", "the statement"),
        Column("file_id", "text", "the file"),
        Column("row", "integer", "row, line or event of it", low=1),
        Column("document", "text", "the document", absent=("not_reported",)),
        Column("said", "text", "what it says"),
    ),
)

ASKED_OF = ("file", "step", "step of China", "supply", "raw", "company", "identical", "unsupplied")

ASKED_PAPERS = PackagedTable(
    Contract(
        name="asked_papers",
        meaning="What CBP asks for where goods are held under the UFLPA, in our words, with where it says so.",
        grain=("asked_id",),
        columns=(
            Column("asked_id", "text", "a letter and two digits", pattern="^[A-Z][0-9]{2}$"),
            Column("commodity", "text", "the goods whose list it is of; all", allowed=("all", *COMMODITIES)),
            Column("request", "text", "of which request", allowed=("both", *REQUESTS)),
            Column(
                "of",
                "text",
                "of what: the file, each step, each supply between steps, each supply of a raw material, the company; "
                "identical: where the chain is said to be one that was reviewed; unsupplied: each input that a step "
                "used, or that a bill of material names, and that nobody is on record as supplying",
                allowed=ASKED_OF,
            ),
            Column("asks", "text", "what is asked"),
            Column(
                "met_by",
                "texts",
                "what meets it, one of these; empty: nothing that a file of supply holds",
                absent=_OPEN,
            ),
            Column("place", "text", "where it says so"),
            Column("dated", "partial_date", "of when that is"),
            Column(
                "verified",
                "text",
                "how well it is known",
                allowed=("official", "confirmed", "secondary", "partly", "unverified"),
            ),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "asked_papers.csv",
)

PAPER_WORDS = PackagedTable(
    Contract(
        name="paper_words",
        meaning="Words in the number of a paper that tell what it is.",
        grain=("word",),
        columns=(
            Column("word", "text", "the words, in small letters"),
            Column("sort", "text", "what the paper is", allowed=SORTS),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "paper_words.csv",
)
