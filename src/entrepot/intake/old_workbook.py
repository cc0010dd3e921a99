"""Sheets of an Excel workbook of before 2007 (.xls, BIFF in an OLE container), as those of a workbook of today."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_MESSAGE = 80  # characters of what the reader says of a broken file


@dataclass(frozen=True, slots=True)
class OldSheet:
    """A sheet, read when its rows are asked for.

    Attributes:
        book: the opened workbook.
        title: its name.
        sheet_state: visible, or hidden.
    """

    book: Any
    title: str
    sheet_state: str

    def reset_dimensions(self) -> None:
        """A sheet of this kind is as large as its cells."""

    def iter_rows(self, **_asked: bool) -> Iterator[tuple[Any, ...]]:
        """The values of the rows from the first, each down to its last filled cell; they have nothing else."""
        sheet = self.book.sheet_by_name(self.title)
        for at in range(sheet.nrows):
            yield tuple(self._value(cell) for cell in sheet.row(at))

    def _value(self, cell: Any) -> Any:
        import xlrd

        if cell.ctype == xlrd.XL_CELL_DATE:
            return xlrd.xldate_as_datetime(cell.value, self.book.datemode)
        if cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        if cell.ctype == xlrd.XL_CELL_ERROR:
            return xlrd.error_text_from_code.get(cell.value)
        return None if cell.value == "" else cell.value


def old_sheets(data: bytes, origin: str) -> dict[str, OldSheet]:
    """The sheets of a workbook by name, in order.

    Args:
        data: the file.
        origin: what a message calls it.

    Raises:
        UnreadableFileError: it is none of this kind, or under a password.
    """
    import xlrd

    try:
        # What the reader prints of a file that is not to the letter is no answer of ours.
        book = xlrd.open_workbook(file_contents=data, on_demand=True, ragged_rows=True, logfile=io.StringIO())
        hidden = [book.sheet_by_name(n).visibility != 0 for n in book.sheet_names()]
    except Exception as exc:  # the reader raises whatever a broken part leads to
        raise UnreadableFileError(
            origin,
            f"not an old workbook that can be read ({type(exc).__name__}: {str(exc)[:_MOST_MESSAGE]})",
            allowed="an Excel workbook, .xlsx or .xls, without a password",
            remedy="Open it in Excel, take the password off, and save it as .xlsx, or as CSV in UTF-8.",
        ) from exc
    names = zip(book.sheet_names(), hidden, strict=True)
    return {n: OldSheet(book, n, "hidden" if h else "visible") for n, h in names}
