"""The tables of the room: files of supply links, the links, the rows refused, and exposures."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.shown import Shown
from entrepot.ownership.contract import OWNERSHIP_FILES
from entrepot.tracing.balance.contract import SUPPLY_FAULT_ROWS, SUPPLY_FAULTS
from entrepot.tracing.dossier.contract import DOSSIER_LINES, DOSSIER_ROWS

TOUCHES = ("yes", "cannot_be_excluded", "no")

KINDS = ("links", "shipments", "production", "bom", "payments", "papers", "facilities", "epcis")
"""What a file is read as: supplies, customs declarations, records of making, bills of material, …"""

_FILE_ID = Column("file_id", "text", "the file: supply- and the first twelve digits of its hash")
_OPEN = ("not_reported",)

SUPPLY_FILES = Contract(
    name="supply_files",
    meaning="The files of supply that were loaded into the store; read is taken and refused together.",
    grain=("file_id",),
    columns=(
        _FILE_ID,
        Column("file", "text", "name of the file"),
        Column("kind", "text", "what it was read as", allowed=KINDS),
        Column("sha256", "text", "hash of the file", pattern="^[0-9a-f]{64}$"),
        Column("loaded_at", "text", "when it was loaded, UTC"),
        Column("read", "integer", "rows, or events, that hold anything", unit="rows", low=0),
        Column("taken", "integer", "rows, or events, that were taken", unit="rows", low=0),
        Column("links", "integer", "supplies from one party to another that they say", unit="links", low=0),
        Column("refused", "integer", "rows that cannot be, each with its reason", unit="rows", low=0),
        Column("notes", "texts", "what was not read, or read with doubt, each with its count"),
    ),
)

SUPPLY_LINKS = Contract(
    name="supply_links",
    meaning="Who supplied what to whom, for which product of theirs, as a file says.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        Column("row", "integer", "row or line of the file", low=1),
        Column("supplier_id", "text", "who supplies: the file's own id, or name: and the name"),
        Column("supplier", "text", "its name"),
        Column("supplier_address", "text", "its address", absent=_OPEN),
        Column("supplier_country", "text", "its country", absent=_OPEN),
        Column("buyer_id", "text", "who takes it"),
        Column("buyer", "text", "its name"),
        Column("material", "text", "what is supplied", absent=_OPEN),
        Column("product", "text", "what the buyer makes of it; empty: anything that it makes", absent=_OPEN),
        Column("quantity", "number", "how much", unit="as unit says", low=0, absent=_OPEN),
        Column("unit", "text", "the unit of the quantity", absent=_OPEN),
        Column("value", "number", "what it cost", unit="as currency says", low=0, absent=_OPEN),
        Column("currency", "text", "the currency of the value", absent=_OPEN),
        Column(
            "low_percent", "number", "least share of the product's input", unit="percent", low=0, high=100, absent=_OPEN
        ),
        Column("high_percent", "number", "most share of it", unit="percent", low=0, high=100, absent=_OPEN),
        Column("date", "partial_date", "when it was supplied", absent=_OPEN),
        Column("document", "text", "the document that says so", absent=_OPEN),
        Column("origin", "text", "where the material was grown, mined or first made", absent=_OPEN),
    ),
)

SUPPLY_CHAIN = Contract(
    name="supply_chain",
    meaning="Supply links as a file says them, those above a product with how many links lie between.",
    grain=("file_id", "row"),
    columns=(
        Column(
            "tier",
            "integer",
            "1 for what the maker is supplied with, 2 for what its suppliers are; empty without a product",
            low=1,
            absent=("not_applicable",),
        ),
        *SUPPLY_LINKS.columns,
    ),
)

SUPPLY_REFUSED = Contract(
    name="supply_refused",
    meaning="Rows of a file of supply links that cannot be, each with what is wrong and what would be right.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        Column("row", "integer", "row or line of the file", low=1),
        Column("problem", "text", "what is wrong"),
        Column("remedy", "text", "what would be right"),
    ),
)

EXPOSURES = Contract(
    name="exposures",
    meaning="What part of the input of a product comes from parties that are listed or placed in a region, by the "
    "supply links that were loaded. A share ranks products; it never clears one: the law asks for any amount.",
    grain=("exposure_id",),
    columns=(
        Column(
            "touches",
            "text",
            "yes: documents lead from such a party to the product, in the order of their dates; cannot_be_excluded: "
            "a party on the way may be one, the chain ends where nothing more is known, or no file tells where one "
            "of the makers makes; no",
            allowed=TOUCHES,
        ),
        Column("product", "text", "the product; empty for all that the party is supplied with", absent=_OPEN),
        Column("party", "text", "who makes it"),
        Column("party_id", "text", "its id in the file"),
        Column("low_percent", "number", "least share that can come from them", unit="percent", low=0, high=100),
        Column(
            "likely_percent",
            "number",
            "the share where shares are known, ranges at their middle, and what is not traced counts as theirs in no "
            "part",
            unit="percent",
            low=0,
            high=100,
            absent=("unknown",),
        ),
        Column("high_percent", "number", "most share that can come from them", unit="percent", low=0, high=100),
        Column(
            "untraced_percent",
            "number",
            "most share of which the origin is not known",
            unit="percent",
            low=0,
            high=100,
        ),
        Column(
            "share_of",
            "texts",
            "of what the shares are parts, the product's own first, then those above it. percent: as the rows say; "
            "value: of values in one currency; quantity: of quantities of one material in one unit, where not every "
            "row has a value; one_supply: nothing stands beside it; not_known: rows do not agree",
            absent=("not_applicable",),
        ),
        Column("tiers", "integer", "links on the path to the nearest such party", low=0, absent=("not_applicable",)),
        Column("reached", "texts", "such parties that documents lead to, nearest first", absent=("not_applicable",)),
        Column("path", "texts", "link by link to the nearest, each with its document", absent=("not_applicable",)),
        Column("ends", "texts", "where the chain is not known further, the largest first", absent=("not_applicable",)),
        Column("least_shares", "texts", "one choice of the shares that gives the least", absent=("not_applicable",)),
        Column("most_shares", "texts", "one choice of the shares that gives the most", absent=("not_applicable",)),
        Column("reason", "text", "the answer in one sentence"),
        Column("files", "texts", "files that the links are from"),
        Column("as_of", "partial_date", "the day: later links and listings are not known"),
        Column("exposure_id", "text", "exposure- and twelve digits", pattern="^exposure-[0-9a-f]{12}$"),
    ),
)

EXPOSURE_LINKS = Contract(
    name="exposure_links",
    meaning="The links of the path that an exposure names, as they were when it was shown.",
    grain=("exposure_id", "file_id", "row"),
    columns=(Column("exposure_id", "text", "the exposure"), *SUPPLY_LINKS.columns),
)

SHOWN: tuple[Shown, ...] = (
    Shown(
        SUPPLY_FAULTS,
        "fault_id",
        "a fault of documents (fault-…)",
        explain="entrepot.tracing.balance.fault_explained:explain",
        rests=SUPPLY_FAULT_ROWS,
        listed_in=(SUPPLY_FILES.name,),
    ),
    Shown(
        EXPOSURES,
        "exposure_id",
        "an exposure (exposure-…)",
        explain="entrepot.tracing.exposure_explained:explain",
        rests=EXPOSURE_LINKS,
        listed_in=(SUPPLY_FILES.name,),
    ),
    Shown(
        DOSSIER_LINES,
        "line_id",
        "a statement of a dossier (dossier-…)",
        explain="entrepot.tracing.dossier.file_pages.line_explained:explain",
        rests=DOSSIER_ROWS,
        listed_in=(SUPPLY_FILES.name, OWNERSHIP_FILES.name),
    ),
)
