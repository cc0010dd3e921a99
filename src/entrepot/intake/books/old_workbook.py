"""Workbooks of before 2007 (.xls, BIFF in an OLE container), which ledgers and ERP systems write to this day.

A sheet of one is as a sheet of a workbook of today: rows of values, its merged cells, the levels of its outline, and
percentages as they are shown.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.intake.books.merged_cells import Merged
from entrepot.intake.books.percent_cells import as_shown, is_percentage

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet.

    Attributes:
        book: the opened workbook.
        title: its name.
        sheet_state: visible, or hidden.
        percents: the formats of cells, by their numbers, that show a number times a hundred.
    """

    book: Any
    title: str
    sheet_state: str
    percents: dict[int, str]

    def reset_dimensions(self) -> None:
        """A sheet of this kind is as large as its cells."""

    def iter_rows(self, **_asked: bool) -> Iterator[tuple[Any, ...]]:
        """The values of the rows from the first, each down to its last cell; shown as a percentage it is a text."""
        sheet = self.book.sheet_by_name(self.title)
        for at in range(sheet.nrows):
            yield tuple(self._value(cell) for cell in sheet.row(at))

    def merged(self) -> list[Merged]:
        """Its cells merged over several rows, from the top down."""
        found = self.book.sheet_by_name(self.title).merged_cells  # rows and columns from 0, the ends excluded
        return sorted(Merged(top + 1, bottom, left) for top, bottom, left, _ in found if bottom - top > 1)

    def levels(self) -> dict[int, int]:
        """Number of a row -> its level, of those that lie below others."""
        known = self.book.sheet_by_name(self.title).rowinfo_map.items()
        return {at + 1: row.outline_level for at, row in known if row.outline_level}

    def _value(self, cell: Any) -> Any:
        import xlrd

        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, self.book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value)
        if cell.xf_index in self.percents:
            return as_shown(cell.value, self.percents[cell.xf_index])
        return None if cell.value == "" else cell.value


def old_sheets(data: bytes) -> dict[str, OldSheet]:
    """The sheets of a workbook by name, in order.

    Args:
        data: the file.

    Raises:
        Exception: whatever the reader meets in a file that is none of this kind, broken, or under a password.
    """
    try:
        book = _opened(data, with_looks=True)
    except Exception:  # noqa: BLE001 - a writer that is sloppy in its formats alone: the values are read without them
        book = _opened(data, with_looks=False)
    names = book.sheet_names()
    hidden = [book.sheet_by_name(n).visibility != 0 for n in names]
    shown = {
        at: book.format_map[xf.format_key].format_str
        for at, xf in enumerate(book.xf_list)
        if xf.format_key in book.format_map
    }
    percents = {at: form for at, form in shown.items() if is_percentage(form)}
    states = ("hidden" if h else "visible" for h in hidden)
    return {n: OldSheet(book, n, state, percents) for n, state in zip(names, states, strict=True)}


def _opened(data: bytes, *, with_looks: bool) -> Any:
    import xlrd

    # What the reader prints of a file that is not to the letter is no answer of ours.
    book = xlrd.open_workbook(
        file_contents=data, on_demand=True, ragged_rows=True, formatting_info=with_looks, logfile=io.StringIO()
    )
    for name in book.sheet_names():
        book.sheet_by_name(name)  # a sheet of a broken look is met here
    return book
