"""Pages of tables under the name of a workbook: what Trade Map and many offices call Excel is HTML.

A browser's page is no table and is refused as before; only a file whose name promises one is looked into. Its tables
become one of text, in their order, so that lines of a title above the figures stay above them.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr
from entrepot.intake.decode import examine

if TYPE_CHECKING:
    from entrepot.intake.unpack import Content

_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_MOST_SPANNED = 1_000  # columns of a merged cell: a sheet of Excel has 16,384, a page a few
_SILENT = ("script", "style")


def is_page(begins: bytes) -> bool:
    """Whether bytes are a page that holds a table."""
    return begins.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") and bool(_TABLE.search(begins))


def as_text(content: Content, encoding: str) -> tuple[Content, tuple[str, ...]]:
    """A page as a text of the rows of its tables, cells divided by tabs; and a note where it ends within one of them.

    Args:
        content: the page.
        encoding: as the user says; empty for what it declares, or to find it.

    Raises:
        UnreadableFileError: the text is mis-encoded or empty.
        BadInputError: no such encoding.
    """
    declared = re.search(rb"charset\s*=\s*[\"']?([\w-]+)", content.begins(), re.IGNORECASE)
    with examine(content, encoding or (declared[1].decode("ascii") if declared else "")).open() as text:
        rows = _Rows()
        rows.feed(text.read())
        rows.close()
    made = io.StringIO()
    csv.writer(made, delimiter="\t", lineterminator="\n").writerows(rows.found)
    cut = tr(
        "The page ends within a table, in its row {row}: it was cut off, that row may not be whole and rows behind it "
        "may be missing. Export it again.",
        row=len(rows.found),
    )
    notes = (cut,) if rows.open else ()
    return replace(content, source=made.getvalue().encode(), is_gzip=False, member="", name="table.tsv"), notes


class _Rows(HTMLParser):
    """The rows of all tables of a page; a merged cell stands in its first column, and blank ones after it.

    `open` counts the tables that are begun and not ended: one that is left was cut off.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span, self._silent, self.open = 1, 0, 0
        self._held: dict[int, int] = {}  # columns that a cell of an earlier row reaches down into, and how many rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self.open += 1
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in {"td", "th"} and self._row is not None:
            self._end_cell()
            said = {k: int(v) for k, v in attrs if k in {"colspan", "rowspan"} and v and v.isdigit()}
            self._fill()
            self._span = min(max(said.get("colspan", 1), 1), _MOST_SPANNED)
            if (down := said.get("rowspan", 1)) > 1:
                at = len(self._row)
                self._held |= dict.fromkeys(range(at, at + self._span), down)
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self._end_row()
            if tag == "table":
                self._held.clear()
                self.open = max(0, self.open - 1)

    def handle_data(self, data: str) -> None:
        if self._cell is not None and not self._silent:
            self._cell.append(data)

    def close(self) -> None:
        super().close()
        self._end_row()

    def _fill(self) -> None:
        """Blank cells where one of an earlier row reaches down."""
        while self._row is not None and self._held.get(len(self._row), 0) > 0:
            self._row.append("")

    def _end_cell(self) -> None:
        if self._cell is None or self._row is None:
            return
        self._row += [" ".join("".join(self._cell).split()), *[""] * (self._span - 1)]
        self._cell = None

    def _end_row(self) -> None:
        self._end_cell()
        if self._row is None:
            return
        self._fill()
        if any(self._row):
            self.found.append(self._row)
        self._held = {at: left - 1 for at, left in self._held.items() if left > 1}
        self._row = None
