"""Headings that stand one below the other over one column, whose rows are of as many kinds.

1C prints reports by account, counterparty and contract so, or by supplier and document.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.intake.groups.row_words import of_heading
from entrepot.intake.heading_row import LOOKED_AT, Heading, folded, heading_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.intake.reading_options import ReadingOptions, Words
    from entrepot.intake.text_table import Row

STACK = "\x1e"  # between headings of one column: the separator of records, which no heading holds
_LEAST = 3  # cells of the row that the stack begins in: below a label two stand, as on a cover
_APART = re.compile(r"\s*[,/]\s+|\s+/\s*")  # "Поставщик, Документ", "Поставщик / Документ": as one cell has them


def heading_above(rows: Sequence[Row], options: ReadingOptions) -> Heading | None:
    """The headings among the first rows of a table, those that stand over one column together divided by STACK.

    Args:
        rows: the first ones, without those above that are skipped.
        options: as `heading_of` takes them.
    """
    wanted = {folded(h) for h in options.headings}
    top = [[c or "" for c in r] for r in rows[:LOOKED_AT]] if options.words is not None else []
    for at in range(len(top)):
        found = _stacked(top, at, options.words) if options.words is not None else None
        if found and wanted <= {folded(part) for cell in found.cells for part in cell.split(STACK)}:
            return found
    return heading_of(rows, options)


def _stacked(top: list[list[str]], at: int, words: Words) -> Heading | None:
    row = top[at]
    if sum(map(bool, row)) < _LEAST or not row[0] or not _names_rows(row[0], words):
        return None
    many = 1
    while at + many < len(top) and _goes_on(top[at + many], words):
        many += 1
    stack = [part for r in top[at : at + many] for part in _parts(r[0], words)]
    # One of them names parties and the others what is of a party; two that name parties are a heading and a group.
    parties = [h for h in stack if not of_heading(h)]
    if len(stack) < 2 or len(parties) != 1:  # noqa: PLR2004 - one alone is a heading like any
        return None
    width = max(map(len, top[at : at + many]))
    cells, over = [STACK.join(stack)], ""
    for i in range(1, width):
        over = (row[i] if i < len(row) else "") or over  # a merged cell stands in its first column only
        below = [r[i] for r in top[at + 1 : at + many] if i < len(r) and r[i]]
        cells.append(" ".join(filter(None, (over if below or (i < len(row) and row[i]) else "", *below))))
    return Heading(tuple(cells), at + many - 1, many)


def _parts(cell: str, words: Words) -> list[str]:
    """The headings of one cell: several where each of them names rows."""
    parts = [p for p in _APART.split(cell) if p]
    return parts if len(parts) > 1 and all(of_heading(p) or words.is_telling([p]) for p in parts) else [cell]


def _names_rows(cell: str, words: Words) -> bool:
    return all(of_heading(p) or words.is_telling([p]) for p in _parts(cell, words))


def _goes_on(row: list[str], words: Words) -> bool:
    """Whether a row goes on with the stack: its first cell names rows, and no cell has a digit, as figures have."""
    cells = [c for c in row if c]
    return bool(row and row[0]) and _names_rows(row[0], words) and not any(map(str.isdigit, "".join(cells)))
