"""Rows above the headings of a table that hold what it is of: a list of firms over another, which is not read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.document.hinted import hinted
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Row

_MOST_NAMED, _MOST_SHOWN = 5, 60  # rows in a note, characters of each
_COLONS = (":", "：")


def values_above(rows: Sequence[Row], options: ReadingOptions) -> str:
    """One sentence on the rows above the headings that hold values, each with its number; empty where none do.

    One alone in its row is whose report it is, and what stands with a label what it was made of.

    Args:
        rows: above the headings, without those that are skipped.
        options: by what a cell is known to be a value, and how many rows are skipped.
    """
    is_value = options.words.is_value if options.words is not None else None
    if is_value is None:
        return ""
    found: list[tuple[int, str]] = []
    rows_of_several = 0
    for number, row in enumerate(rows, options.skip + 1):
        filled = [c for c in row if c]
        if any(mark in c for c in filled for mark in _COLONS):
            continue
        if value := next(filter(is_value, filled), ""):
            found.append((number, value))
            rows_of_several += len(filled) > 1
    if not rows_of_several and len(found) < 2:  # noqa: PLR2004 - the one whose report it is
        return ""
    named = ", ".join(tr("row {number} {text!r}", number=n, text=text[:_MOST_SHOWN]) for n, text in found[:_MOST_NAMED])
    more = tr(" and {count} more", count=len(found) - _MOST_NAMED) if len(found) > _MOST_NAMED else ""
    said = tr("Rows above the headings are not read, and hold firms: {named}{more}.", named=named, more=more)
    return hinted(said, tr("Where the list is to have them, put them below its headings."))
