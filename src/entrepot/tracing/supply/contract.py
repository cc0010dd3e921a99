"""What files of supply say beside links: lots, places of making, recipes, payments, events that were withdrawn."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

_OPEN = ("not_reported",)
_FILE_ID = Column("file_id", "text", "the file: supply- and the first twelve digits of its hash")
_ROW = Column("row", "integer", "row, line or event of the file", low=1)

ACTS = ("made", "used", "supplied", "seen", "ended")
"""What is done with a lot: made or used by a step, handed over, met where it is, brought to an end."""

SUPPLY_LOTS = Contract(
    name="supply_lots",
    meaning="What documents say of lots: which step of making used and made them, who handed them to whom.",
    grain=("file_id", "row", "entry"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("entry", "integer", "which of the lots that the row names", low=1),
        Column("act", "text", "what is done with it", allowed=ACTS),
        Column("step", "text", "the step of making: a production order, a transformation", absent=_OPEN),
        Column("lot", "text", "the lot, batch or serial number", absent=_OPEN),
        Column("material", "text", "what it is", absent=_OPEN),
        Column("party_id", "text", "who made, used, holds or hands it over", absent=_OPEN),
        Column("party", "text", "its name", absent=_OPEN),
        Column("buyer_id", "text", "who takes it", absent=("not_applicable", "not_reported")),
        Column("buyer", "text", "its name", absent=("not_applicable", "not_reported")),
        Column("quantity", "number", "how much", unit="as unit says", low=0, absent=_OPEN),
        Column("unit", "text", "the unit of the quantity", absent=_OPEN),
        Column("date", "partial_date", "when", absent=_OPEN),
        Column("document", "text", "the document that says so", absent=_OPEN),
        Column("origin", "text", "where it was grown, mined or first made", absent=_OPEN),
        Column("event_id", "text", "the event of an EPCIS file", absent=("not_applicable",)),
    ),
)

SUPPLY_WITHDRAWN = Contract(
    name="supply_withdrawn",
    meaning="Events that an error declaration of a file withdraws; what they said counts for nothing, in any file.",
    grain=("file_id", "row"),
    columns=(_FILE_ID, _ROW, Column("event_id", "text", "the event")),
)

SUPPLY_FACILITIES = Contract(
    name="supply_facilities",
    meaning="Places of making, as a list of facilities names them.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("facility_id", "text", "the list's own id of it", absent=_OPEN),
        Column("name", "text", "its name"),
        Column("address", "text", "its address", absent=_OPEN),
        Column("country", "text", "its country", absent=_OPEN),
        Column("sector", "text", "what it makes", absent=_OPEN),
    ),
)

SUPPLY_RECIPES = Contract(
    name="supply_recipes",
    meaning="How much of each material goes into a product, as a bill of material says.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("maker_id", "text", "who makes it so; empty: anybody", absent=("not_applicable",)),
        Column("maker", "text", "its name", absent=("not_applicable",)),
        Column("product", "text", "what is made"),
        Column("product_quantity", "number", "how much of it the recipe is for", unit="as product_unit says", low=0),
        Column("product_unit", "text", "the unit of that", absent=_OPEN),
        Column("material", "text", "what goes into it"),
        Column("quantity", "number", "how much", unit="as unit says", low=0),
        Column("unit", "text", "the unit of that", absent=_OPEN),
        Column("document", "text", "the document that says so", absent=_OPEN),
    ),
)

SUPPLY_PAYMENTS = Contract(
    name="supply_payments",
    meaning="Who paid whom how much for which invoice.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("payer_id", "text", "who paid"),
        Column("payer", "text", "its name"),
        Column("payee_id", "text", "who was paid"),
        Column("payee", "text", "its name"),
        Column("value", "number", "how much", unit="as currency says", low=0),
        Column("currency", "text", "the currency", absent=_OPEN),
        Column("date", "partial_date", "when", absent=_OPEN),
        Column("document", "text", "the document that says so", absent=_OPEN),
        Column("invoice", "text", "the invoice that it names", absent=_OPEN),
    ),
)

SUPPLY_PAPERS = Contract(
    name="supply_papers",
    meaning="Papers that belong to a paper of another file: the order, the packing list, the bill of lading of an "
    "invoice, a translation; and in which language a paper is.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("document", "text", "the number of the paper"),
        Column("belongs_to", "text", "the number of the paper that it goes with; its own, where it is in another file"),
        Column(
            "issuer",
            "text",
            "who issued it, or the paper that it goes with, where several have that number",
            absent=_OPEN,
        ),
        Column("sort", "text", "what it is", absent=_OPEN),
        Column("language", "text", "its language, as the file says it", absent=_OPEN),
        Column("translation_of", "text", "the number of the paper that it translates", absent=("not_applicable",)),
        Column("date", "partial_date", "when it was issued", absent=_OPEN),
    ),
)

SUPPLY_DECLARATIONS = Contract(
    name="supply_declarations",
    meaning="Links that a customs declaration says: the invoice, lot and crossing that it names, the code of goods.",
    grain=("file_id", "row"),
    columns=(
        _FILE_ID,
        _ROW,
        Column("hs", "text", "code of the goods as declared, digits alone", absent=_OPEN, pattern="^[0-9]{4,14}$"),
        Column("invoice", "text", "the invoice that it names", absent=_OPEN),
        Column("lot", "text", "the lot that it names", absent=_OPEN),
        Column("crossing", "text", "the crossing, station or port that it names", absent=_OPEN),
        Column("container", "text", "the containers that it names, as they stand in the cell", absent=_OPEN),
    ),
)

EPCIS_WORDS = PackagedTable(
    Contract(
        name="epcis_words",
        meaning="The words that an event may use bare; any other is an address or stands under a prefix.",
        grain=("field", "word"),
        columns=(
            Column("field", "text", "where it stands", allowed=("bizStep", "disposition", "sourceOrDestination")),
            Column("word", "text", "the word"),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "epcis_words.csv",
)

SUPPLY_HEADINGS = PackagedTable(
    Contract(
        name="supply_headings",
        meaning="What columns of files of supply are called by the systems and in the languages that export them.",
        grain=("column", "language"),
        columns=(
            Column("column", "text", "our column"),
            Column("language", "text", "language, or system for names of fields"),
            Column("headings", "texts", "headings, the one to prefer first; each whole, case and accents aside"),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "supply_headings.csv",
)

SUPPLY_WORDS = PackagedTable(
    Contract(
        name="supply_words",
        meaning="Words of files of supply: of lines of totals, of what was used and made, before a former name, "
        "before who takes mail for a firm, of units of a firm behind its name, and such as every address has.",
        grain=("meaning", "language"),
        columns=(
            Column(
                "meaning",
                "text",
                "what they say",
                allowed=("total", "used", "made", "formerly", "care_of", "unit", "address", "supplies", "supplied"),
            ),
            Column("language", "text", "language, or system for codes"),
            Column("words", "texts", "the words"),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "supply_words.csv",
)

SUPPLY_PARTY_WORDS = PackagedTable(
    Contract(
        name="supply_party_words",
        meaning="Words of which headings of parties are made: who it is, and what of it the column holds.",
        grain=("meaning", "language"),
        columns=(
            Column(
                "meaning",
                "text",
                "who: the first five; what of it; neutral: nothing; english: a name in Latin letters beside another",
                allowed=(
                    *("supplier", "exporter", "maker", "buyer", "importer"),
                    *("name", "id", "whole_address", "address", "country", "owner", "neutral", "english"),
                ),
            ),
            Column("language", "text", "language of the words"),
            Column("words", "texts", "the words"),
            SOURCE,
        ),
    ),
    "entrepot.tracing",
    "party_words.csv",
)
