"""Words of headings and titles by which a side, goods, a classification or an office is known."""

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
                "what the word is of; named: how cells say a place; of_office: a word beside office",
                allowed=("side", "named", "goods", "classed", "scheme", "by", "office", "of_office"),
            ),
            Column("means", "text", "the side, the classification, or what the word is of"),
            Column("language", "text", "ISO 639-1"),
            Column("words", "texts", "in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "heading_words.csv",
)
