"""Whether a cell says that its row sums or counts others: "Total", "Subtotal China", "Total suppliers"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.intake.groups.row_words import is_subtotal, is_sum_of, is_tally, is_total_count, total_of
from entrepot.intake.heading_row import folded
from entrepot.screening.parties.headings.known_words import totals, words_in

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST = 60  # characters of a cell that says a total


def says_sum(cell: str, headings: Collection[str], last: str) -> bool:
    """Whether a cell says a sum or a count: of all rows, of those above it, or of a column of the table.

    Args:
        cell: as it stands.
        headings: of the table, as they are folded.
        last: the name above it; empty for none.

    >>> says_sum("Total spend", {"vendor", "spend"}, ""), says_sum("Total Energy", {"vendor", "spend"}, "")
    (True, False)
    >>> says_sum("Subtotal China", (), ""), says_sum("Foo Ltd Total", (), "Foo Ltd")
    (True, True)
    """
    if is_tally(cell) or is_sum_of(cell, last):
        return True
    text = folded(cell[:_LONGEST])
    if not text.startswith(totals()):  # nearly every cell: its words are not read for that
        return False
    return _is_total(cell, text) or is_subtotal(cell) or total_of(cell) in headings


def _is_total(cell: str, text: str) -> bool:
    """Whether a cell says a total: its word alone or with what is counted ("Total suppliers"), or with a count."""
    read = words_in(text)
    first = next((w.text for w in read.found if w.role == "total"), None)
    if first is None or not text.startswith(first) or len(cell) > _LONGEST:
        return False
    is_counted = read.is_whole and any(map(str.isdigit, text))  # TOTAL PROVEEDORES: 30
    return text == first or is_counted or is_total_count(cell)
