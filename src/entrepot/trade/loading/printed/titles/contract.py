"""Words of headings and titles by which a side, goods, a classification or an office is known; units by number."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

HEADING_WORDS = PackagedTable(
    Contract(
        name="heading_words",
        meaning="Words by which a heading names a side of a flow, or goods and how they are classified.",
        grain=("kind", "means", "language"),
        columns=(
            Column(
                "kind",
                "text",
                "what the word is of; named: how cells say a place; of_office: beside office; span: of months "
                "together; both: exports and imports together, of which a word says a value elsewhere; "
                "subtotal: of rows above; of_which: before the parts of a sum",
                allowed=(
                    "side",
                    "named",
                    "goods",
                    "classed",
                    "scheme",
                    "by",
                    "office",
                    "of_office",
                    "span",
                    "both",
                    "subtotal",
                    "of_which",
                ),
            ),
            Column("means", "text", "the side, the classification, or what the word is of"),
            Column("language", "text", "ISO 639-1; mul: several"),
            Column("words", "texts", "in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "heading_words.csv",
)

PUBLISHERS = PackagedTable(
    Contract(
        name="publishers",
        meaning="Publishers of trade whose exports are known by their headings, and what holds of all of them.",
        grain=("layout",),
        columns=(
            Column("layout", "text", "one of the forms in which the publisher's exports come"),
            Column("publisher", "text", "as people call it"),
            Column("headings", "texts", "which all stand in one row", absent=("not_applicable",)),
            Column("above", "texts", "of which one stands above or below the table", absent=("not_applicable",)),
            Column(
                "reporter", "text", "the country of which all its exports are, ISO 3166-1", absent=("not_applicable",)
            ),
            Column(
                "thousands",
                "text",
                "what divides thousands where no cell proves it",
                absent=("unknown",),
                allowed=(".", ","),
            ),
            Column("currency", "text", "of its values where the file says none, ISO 4217", absent=("unknown",)),
            Column("scale", "number", "what its values are multiplied by then", absent=("not_applicable",)),
            Column(
                "scales",
                "texts",
                "what its values may be multiplied by, as who takes them chooses: the file has to say it",
                absent=("not_applicable",),
            ),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "publishers.csv",
)

UN_UNITS = PackagedTable(
    Contract(
        name="un_units",
        meaning="The units of quantities that UN Comtrade's files name by a number alone.",
        grain=("number",),
        columns=(
            Column("number", "integer", "the number in the files", low=2),
            Column("unit", "text", "as UN Comtrade abbreviates it beside the number"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "un_units.csv",
)
