"""A workbook for a person: sheets with a bold head that stays, a filter, and columns as wide as they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.runtime.scratch import scratch
from entrepot.core.tables.sheet import Room, refuse_long, save, system_errors, temporary_files_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Head:
    """A column of a sheet: its heading, how many characters wide it stands, how its numbers are shown."""

    title: str
    width: int = 12
    form: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """A sheet.

    Attributes:
        name: on its tab.
        heads: its columns.
        rows: its rows, each as long as `heads`.
        is_hidden: whether it is there for a program and not for a person.
    """

    name: str
    heads: Sequence[Head]
    rows: Iterable[Sequence[Any]]
    is_hidden: bool = False


def write_book(sheets: Sequence[Sheet], path: Path, shown: Callable[[Any], Any]) -> list[int]:
    """Write a workbook row by row.

    Args:
        sheets: in order; the first is the one that is open.
        path: the file.
        shown: makes of a value what a cell holds.

    Returns:
        How many rows each sheet has.

    Raises:
        BadInputError: more than a sheet, or a cell of it, holds.
    """
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    with scratch() as folder, temporary_files_in(folder), system_errors():
        counts = [_filled(book, one, shown) for one in sheets]
        save(book, path)
    return counts


def _filled(book: Any, sheet: Sheet, shown: Callable[[Any], Any]) -> int:
    made = book.create_sheet(sheet.name)
    made.sheet_state = "hidden" if sheet.is_hidden else "visible"
    made.freeze_panes = "A2"
    for i, head in enumerate(sheet.heads):
        made.column_dimensions[_letters(i)].width = head.width
    room, count = Room(), 0
    try:
        made.append([_head_cell(made, h.title) for h in sheet.heads])
        for count, row in enumerate(sheet.rows, 1):
            room.take_rows(1)
            made.append([_cell(made, h, shown(v), count) for h, v in zip(sheet.heads, row, strict=True)])
    except BaseException:
        made.close()  # else the library's writer ends with a warning of its own
        raise
    made.auto_filter.ref = f"A1:{_letters(len(sheet.heads) - 1)}{count + 1}"
    return count


def _head_cell(made: Any, title: str) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    cell = WriteOnlyCell(made, title)
    cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    cell.fill = PatternFill("solid", fgColor="E8E8E8")
    return cell


def _cell(made: Any, head: Head, value: Any, row: int) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    if isinstance(value, str):
        refuse_long(value, head.title, row)
    cell = WriteOnlyCell(made, value)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    if head.form:
        cell.number_format = head.form
    return cell


def _letters(at: int) -> str:
    """The letters of a column, counted from 0."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(at + 1))
