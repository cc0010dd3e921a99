"""A table of an OpenDocument spreadsheet as the comma-separated text that a reader of its list knows.

Format: https://docs.oasis-open.org/office/OpenDocument/v1.3/, part 3: `content.xml` holds tables, rows and cells; a
cell that stands several times is written once, with how often.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.lists.formats import xml_tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.lists.formats.reading import File
    from entrepot.lists.formats.xml_tree import Element

_ROOT = "document-content"
_CELLS = ("table-cell", "covered-table-cell")
_SPACES = ("s", "tab", "line-break")  # elements that stand for a blank
_MOST_REPEATED = 1_000  # of a cell that holds something; what is repeated to the edge of a sheet is empty
_DAY = len("2026-01-01")


def is_open_document(file: File) -> bool:
    """Whether a file is the content of an OpenDocument spreadsheet."""
    return b"urn:oasis:names:tc:opendocument" in file.data[:4096]  # the declarations of names stand in the root


def as_csv(file: File, heading: str) -> File:
    """The first table that has a heading, as UTF-8 text with commas; blank rows are left out.

    Args:
        file: `content.xml` of the spreadsheet.
        heading: a cell of the row of headings; rows are made as wide as it.

    Raises:
        UnreadableFileError: no XML, or no table has the heading.
    """
    for table in xml_tree.each(file, _ROOT, {"table": "spreadsheet"}):
        rows = [cells for cells in map(_cells, _rows(table)) if cells]
        top = next((len(cells) for cells in rows if heading in cells), 0)
        if top:
            text = io.StringIO(newline="")
            csv.writer(text).writerows(cells + [""] * (top - len(cells)) for cells in rows)
            return replace(file, data=text.getvalue().encode())
    raise UnreadableFileError(
        file.path, tr("no table has the heading {heading!r}", heading=heading), remedy=tr("Download it again.")
    )


def _rows(element: Element) -> Iterator[Element]:
    """Rows of a table, those in groups and those that are headings included."""
    for child in element.children:
        if child.name == "table-row":
            yield child
        else:
            yield from _rows(child)


def _cells(row: Element) -> list[str]:
    """The cells of a row, without the empty ones at its end."""
    found: list[str] = []
    for cell in row.children:
        if cell.name not in _CELLS:
            continue
        said = {name.rpartition(":")[2]: value for name, value in cell.attributes.items()}
        text = said.get("date-value", "")[:_DAY] or " ".join("\n".join(map(_text, cell.all("p"))).split())
        times = said.get("number-columns-repeated", "1")
        found += [text] * min(int(times) if times.isascii() and times.isdigit() else 1, _MOST_REPEATED)
    while found and not found[-1]:
        found.pop()
    return found


def _text(element: Element) -> str:
    inside = (" " * (c.name in _SPACES) + _text(c) + c.tail for c in element.children)
    return element.text + "".join(inside)
