"""Names with their number before them in one cell, as SAP prints them, in two columns: 100231     Spinnerei GmbH."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.screening.parties.headings.heading_role import heading_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.intake.text_table import Numbered, Row, TextTable

# A supplier's number of SAP has ten digits, without its zeros four and more; a firm whose name begins with a year or a
# number ("1000 Islands Ltd") stands beside others whose names do not.
_NUMBERED = re.compile(r"((?:[A-Z]{1,4}-?)?\d{3,10})(?:\s+|\s*[-:/|]\s*)([^\W\d_].*)")
_SHOWING = 500  # first rows: whether names are numbered shows in fewer
_LEAST = 2  # different names: one may begin with a number of its own
_TOTAL_LEFT = 1  # cells without a number: the line of totals has none


def numbers_apart(table: TextTable) -> TextTable:
    """The table with the numbers before names in a column of their own; as it was where no column has them.

    Args:
        table: as it was opened.
    """
    first = list(islice(table.rows(), _SHOWING))
    at = [i for i, h in enumerate(table.headings) if heading_role(h).role == "party" and _is_numbered(i, first)]
    if len(at) != 1 or table.nested:
        return table
    (place,) = at

    def numbered() -> Iterator[Numbered]:
        for number, row in table.numbered():
            yield number, _apart(row, place)

    heading = table.headings[place]
    headings = [*table.headings[:place], tr("{heading} no.", heading=heading), *table.headings[place:]]
    said = tr("Names in {heading} begin with their number, which is read apart.", heading=heading)
    return replace(table, headings=headings, numbered=numbered, fast=None, notes=(*table.notes, said))


def _is_numbered(at: int, rows: Sequence[Row]) -> bool:
    cells = {cell for row in rows if (cell := row[at])}
    told = {m[2] for c in cells if (m := _NUMBERED.fullmatch(c))}
    return len(told) >= _LEAST and len(cells) - len(told) <= _TOTAL_LEFT


def _apart(row: Row, at: int) -> Row:
    found = _NUMBERED.fullmatch(row[at] or "")
    return [*row[:at], *((found[1], found[2]) if found else (None, row[at])), *row[at + 1 :]]
