"""Quotes that make one row of several: a quote opened by mistake in one row, and another that closes it rows below."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINE_END = re.compile(r"\r\n|\r|\n")


def swallowed(cells: Sequence[str], separator: str, width: int) -> int:
    """How many rows a cell of several lines swallowed; 0 where none did.

    It did where more than half of its lines, the last one too, are rows as wide as the heading: the first with the
    cells before it, the last with those behind it. An address of several lines has lines of other widths. What a space
    follows divides no cells, as in "Urumqi, China"; a cell that holds a quote was quoted by somebody who knew how. In a
    table of one column any line would be a row: nothing tells there.

    Args:
        cells: of one row.
        separator: between cells.
        width: cells of the heading.
    """
    if width < 2:  # noqa: PLR2004 - see above
        return 0
    for at, cell in enumerate(cells):
        if '"' in cell or not ("\n" in cell or "\r" in cell):
            continue
        lines = _LINE_END.split(cell)
        wanted = [width - 1 - at, *[width - 1] * (len(lines) - 2), width - len(cells) + at]
        rows = [
            bool(line.strip(f"{separator} ")) and line.count(separator) - line.count(f"{separator} ") == count
            for line, count in zip(lines, wanted, strict=True)
        ]
        if rows[-1] and 2 * sum(rows) > len(rows):
            return len(rows)
    return 0


def refused(origin: str, line: int, rows: int) -> UnreadableFileError:
    """The error that names such a row.

    Args:
        origin: what a message calls the file.
        line: on which the row begins.
        rows: that were swallowed.
    """
    return UnreadableFileError(
        origin,
        f"quotes make one row of {rows} lines that are rows by themselves",
        line=line,
        allowed="quotes around one cell",
        remedy='Remove the quote that opens on this line, or write it twice within a quoted cell: "".',
    )
