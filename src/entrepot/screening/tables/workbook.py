"""A sheet of an Excel workbook as rows of text; what was packed to burst is refused."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.screening.tables.cells import Row, as_text, without_last_blanks
from entrepot.screening.tables.heading_row import LOOKED_AT, Heading, heading_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_UNPACKED = 1_000_000_000  # bytes that a workbook may unpack to; a million rows take about a fifth
# What packs 200 times was made to: tables of names pack 5 to 30 times. Small ones are harmless.
_MOST_PACKED, _HARMLESS = 200, 50_000_000
# With the blank cells before a far one. No measurement: chosen so that no sheet fills the memory.
_MOST_CELLS = 100_000_000
_MOST_ROWS = 1_048_576  # rows of a sheet in Excel
_MOST_NAMED = 5  # sheets and cells in a note
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how an .xls begins, and an .xlsx under a password
_SEALED = "; this one is an old .xls, or is locked with a password"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that is read.

    Attributes:
        heading: its headings.
        rows: those under the headings, of one width; blank ones stay, but for the last.
        place: where the headings stand, for a message.
        notes: on the other sheets, the headings, and formulas without a value.
    """

    heading: Heading
    rows: list[Row]
    place: str
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Book:
    """An opened workbook.

    Attributes:
        origin: its file name.
        sheets: its worksheets by name, in order.
        hidden: names of those that are not shown.
        formulas: worksheets by name with formulas in place of values; empty where no sheet holds a formula.
    """

    origin: str
    sheets: dict[str, Any]
    hidden: frozenset[str]
    formulas: dict[str, Any] = field(default_factory=dict)


def sheet_of(data: bytes, origin: str, chosen: Sequence[str] = (), name: str = "") -> Sheet:
    """The sheet that is asked for, else the first that is shown and has a known heading, else the first that is shown.

    Args:
        data: the workbook.
        origin: its file name.
        chosen: headings that must be there; empty for a known heading of a party.
        name: the sheet; empty to find it.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst, or the sheet is empty.
        UnknownNameError: no such sheet.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_bomb(sum(i.file_size for i in packed.infolist()), len(data), origin)
            has_formula = any(_holds_formula(packed, i) for i in packed.namelist())
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read here
            return _read(_opened(data, origin, has_formula=has_formula), chosen, name)
    except (UnreadableFileError, UnknownNameError):
        raise
    except Exception as exc:  # openpyxl and zlib raise whatever a broken part leads to
        raise UnreadableFileError(
            origin,
            f"not a workbook ({type(exc).__name__}: {exc})",
            allowed="an Excel workbook (.xlsx)" + _SEALED * data.startswith(_OLE),
            remedy="Save it again as .xlsx, or as CSV in UTF-8.",
        ) from exc


def _refuse_bomb(unpacked: int, packed: int, origin: str) -> None:
    if unpacked > _MOST_UNPACKED or unpacked > max(_HARMLESS, _MOST_PACKED * packed):
        raise UnreadableFileError(
            origin,
            f"{packed:,} bytes that unpack to {unpacked:,}",
            allowed=f"at most {_MOST_UNPACKED:,}, and at most {_MOST_PACKED} times the file",
            remedy="Save the table as CSV in UTF-8.",
        )


def _holds_formula(packed: zipfile.ZipFile, name: str) -> bool:
    if not name.startswith("xl/worksheets/"):
        return False
    text = packed.read(name)
    return b"<f>" in text or b"<f " in text


def _opened(data: bytes, origin: str, *, has_formula: bool) -> _Book:
    from openpyxl import load_workbook

    sheets = {s.title: s for s in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets}
    hidden = frozenset(n for n, s in sheets.items() if s.sheet_state != "visible")
    formulas = {}
    if has_formula:
        formulas = {s.title: s for s in load_workbook(io.BytesIO(data), read_only=True).worksheets}
    return _Book(origin, sheets, hidden, formulas)


def _read(book: _Book, chosen: Sequence[str], name: str) -> Sheet:
    if name and name not in book.sheets:
        raise UnknownNameError("sheet", name, book.sheets, remedy=f"The workbook has: {_named(book.sheets)}.")
    tried = [name] if name else [n for n in book.sheets if n not in book.hidden] or list(book.sheets)
    found, heading = _chosen(book, tried, chosen)
    if heading is None:
        problem = f"the sheet {found!r} is empty" if name else "the first sheet is empty"
        raise UnreadableFileError(book.origin, problem, allowed="a heading row and at least one row")
    others = [n for n in book.sheets if n != found]
    notes = [heading.note(), _others(book, found, others), _unvalued(book, found)]
    rows = _whole(book, found, heading)
    place = f" (row {heading.at + 1} of sheet {found!r}{'; other sheets: ' + _named(others) if others else ''})"
    cells = (*heading.cells, *[""] * (len(rows[0]) - len(heading.cells) if rows else 0))
    return Sheet(Heading(cells, heading.at, heading.above), rows, place, tuple(filter(None, notes)))


def _chosen(book: _Book, tried: Sequence[str], chosen: Sequence[str]) -> tuple[str, Heading | None]:
    """The sheet that is read with its headings; none where all are empty."""
    fallback: tuple[str, Heading | None] = (tried[0] if tried else "", None)
    for name in tried:
        top = [row for row, _ in zip(_rows(book, name), range(LOOKED_AT), strict=False)]
        if heading := heading_of(top, chosen):
            return name, heading
        first = next((i for i, r in enumerate(top) if any(r)), None)
        if fallback[1] is None and first is not None:
            fallback = name, Heading(tuple(c or "" for c in top[first]), first)
    return fallback


def _rows(book: _Book, name: str) -> Iterator[Row]:
    sheet = book.sheets[name]
    sheet.reset_dimensions()  # else one cell far off fills the gap before it with a million rows of thousands
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > _MOST_ROWS:
            raise UnreadableFileError(book.origin, "too many rows", line=number, allowed=f"at most {_MOST_ROWS:,}")
        yield [as_text(c) for c in values]


def _whole(book: _Book, name: str, heading: Heading) -> list[Row]:
    """The rows under the headings, as wide as the widest."""
    rows = list(without_last_blanks(r for i, r in enumerate(_rows(book, name)) if i > heading.at))
    top = max((i + 1 for i, c in enumerate(heading.cells) if c), default=0)
    width = max((i + 1 for r in rows for i, c in enumerate(r) if c), default=0)
    filled = sum(any(r) for r in rows)
    if max(width, top) * filled > _MOST_CELLS:
        problem = f"a sheet of {filled:,} rows and {width:,} columns"
        raise UnreadableFileError(book.origin, problem, allowed=f"at most {_MOST_CELLS:,} cells")
    width = max(width, len(heading.cells))
    blank: Row = [None] * width  # one for all: a far cell has a million of them before it
    return [[*r[:width], *[None] * (width - len(r))] if any(r) else blank for r in rows]


def _named(names: Sequence[str] | dict[str, Any]) -> str:
    shown = ", ".join(repr(n) for n in list(names)[:_MOST_NAMED])
    return shown + (f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else "")


def _others(book: _Book, found: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    hidden = "; hidden: " + _named([n for n in others if n in book.hidden]) if book.hidden & set(others) else ""
    return f"Only the sheet {found!r} is read; not read: {_named(others)}{hidden}. Name another with --sheet."


def _unvalued(book: _Book, name: str) -> str:
    """A note on formulas of which the file does not hold the value, so that they read as empty."""
    if name not in book.formulas:
        return ""
    sheet = book.formulas[name]
    sheet.reset_dimensions()
    at = [
        cell.coordinate
        for cells, values in zip(sheet.iter_rows(), _rows(book, name), strict=False)
        for cell, value in zip(cells, values, strict=False)
        if value is None and cell.data_type == "f"
    ]
    if not at:
        return ""
    more = f" and {len(at) - _MOST_NAMED} more" if len(at) > _MOST_NAMED else ""
    named = ", ".join(at[:_MOST_NAMED]) + more
    return f"Formulas whose value the file does not hold count as empty: {named}. Open it in Excel and save it."
