"""The table of words by which reports name their rows."""

from __future__ import annotations

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable

KINDS = ("account", "contract", "document", "goods", "site")  # what a row may be that is of a party and is none
ROW_WORDS = PackagedTable(
    Contract(
        name="row_words",
        meaning="Words by which reports that are grouped name their rows, as headings and within cells.",
        grain=("meaning",),
        columns=(
            Column(
                "meaning",
                "text",
                "what a row with the word is: of a party without being one; cancelled: what an order is that was taken "
                "back, under a heading of state; counted, counted_of: that a row counts, and what; "
                "deleted: what marks such a row, under a heading of deletion; end: "
                "what a report ends with; group: "
                "what several parties are called together; group_beside: what may stand beside such a word; nobody: "
                "what stands for a name that is not known; page, page_beside: words of the number of a page; "
                "same_as, same_whom: what a cell says that leads to the name of another cell, and whose; "
                "subtotal: before what a row sums the rows of; to_order, to_order_alone, to_order_end: what a cell "
                "begins with, is, or ends with where goods go to whoever holds the bill, at first a bank, and the "
                "cell names nobody who bought; to_order_of: likewise where a bank stands behind it; bank: what words "
                "for one end with; total: what rows together are",
                allowed=(
                    *KINDS,
                    "cancelled",
                    "counted",
                    "counted_of",
                    "deleted",
                    "deletion",
                    "end",
                    "group",
                    "group_beside",
                    "nobody",
                    "page",
                    "page_beside",
                    "same_as",
                    "same_whom",
                    "state",
                    "subtotal",
                    "bank",
                    "to_order",
                    "to_order_of",
                    "to_order_alone",
                    "to_order_end",
                    "total",
                ),
            ),
            Column("words", "texts", "the words, in small letters"),
            SOURCE,
        ),
    ),
    "entrepot.intake.groups",
    "row_words.csv",
)
