"""A sheet of an Excel workbook as rows of text; what was packed to burst is refused."""

from __future__ import annotations

import io
import warnings
import zipfile
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from entrepot.core.document.hinted import hinted
from entrepot.core.errors import UnknownNameError, UnreadableFileError
from entrepot.core.words.translate import tr
from entrepot.intake.books.chosen_sheet import chosen_sheet
from entrepot.intake.books.merged_cells import Merged, merged_in, with_merged
from entrepot.intake.books.old_workbook import OldSheet, old_sheets
from entrepot.intake.books.percent_cells import as_shown, has_percents
from entrepot.intake.books.word_document import BODY, word_sheets
from entrepot.intake.books.xml_workbook import is_xml_workbook, xml_sheets
from entrepot.intake.decode import EMPTY
from entrepot.intake.groups.row_levels import levels_in
from entrepot.intake.heading_row import FURTHEST, Heading
from entrepot.intake.limits import MOST_CELLS, MOST_ROWS, MOST_UNPACKED_BOOK
from entrepot.intake.signs.rows_above import values_above
from entrepot.intake.text_table import Row, TextTable, as_text, without_last_blanks
from entrepot.intake.unpack import CHUNK, OLE, refuse_bomb, sha256_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.intake.text_table import Numbered
    from entrepot.intake.unpack import Content

T = TypeVar("T")
_SHEET_TOP = 45  # rows of a sheet by which it is known: Eurostat has ten above its table
_TYPES, _LOOKS = "[Content_Types].xml", "xl/styles.xml"  # every workbook has the first part
# Sheets and cells in a note; characters of what the reader of old workbooks says of a broken one.
_MOST_NAMED, _MOST_MESSAGE = 5, 80


@dataclass(slots=True)
class _Book:
    """An opened workbook.

    Attributes:
        origin: its file name.
        sheets: its worksheets by name, in order.
        hidden: names of those that are not shown.
        options: how it is read.
        formulas: worksheets by name with formulas in place of values; empty where no sheet holds a formula.
        merged: cells merged over several rows, by name of the sheet, from the top down.
        levels: how deep rows lie below others, by name of the sheet.
        shows_percents: whether a cell may show its number as a percentage.
        whole: of a document of Word all of it as one sheet; None of a workbook.
        outside: likewise a note on what stands in no table.
    """

    origin: str
    sheets: dict[str, Any]
    hidden: frozenset[str]
    options: ReadingOptions
    formulas: dict[str, Any] = field(default_factory=dict)
    merged: dict[str, list[Merged]] = field(default_factory=dict)
    levels: dict[str, dict[int, int]] = field(default_factory=dict)
    shows_percents: bool = False
    whole: Any = None
    outside: str = ""


def read_workbook(content: Content, options: ReadingOptions) -> TextTable:
    """The sheet that is asked for, else the first that is shown and has a known heading, else the first that is shown.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst, or the sheet is empty.
        UnknownNameError: no such sheet.
    """
    table = _of_book(content, options, lambda book: _read(book, options.sheet))
    return replace(table, sha256=sha256_of(content, options))


def read_sheets(
    content: Content, options: ReadingOptions, skip_of: Callable[[list[list[str]]], int | None]
) -> list[tuple[str, TextTable]]:
    """All sheets of a workbook that hold a table of one kind, by name; the one that is asked for, where one is.

    Args:
        content: the workbook.
        options: how it is read.
        skip_of: gives, of the first rows of a sheet, how many stand above its headings; None where it holds no table.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst.
        UnknownNameError: no such sheet.
    """

    def sheets(book: _Book) -> list[tuple[str, TextTable]]:
        if options.sheet and options.sheet not in book.sheets:
            raise UnknownNameError(tr("sheet"), options.sheet, book.sheets)
        found = []
        for name in [options.sheet] if options.sheet else [n for n in book.sheets if n not in book.hidden]:
            top = [[c or "" for c in row] for _, row in islice(_rows(book, name), _SHEET_TOP)]
            if (skip := skip_of(top)) is not None:
                found.append((name, _read(replace(book, options=replace(options, skip=skip)), name, alone=False)))
        return found

    return _of_book(content, options, sheets)


def sheet_cells(content: Content, options: ReadingOptions, most: int) -> tuple[list[list[str]], tuple[str, ...]]:
    """The cells of the sheet that `read_workbook` reads, all rows of one width, and a note on the other sheets.

    Args:
        content: the workbook.
        options: how it is read.
        most: rows that are wanted; one more tells that there are more.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst, or the sheet is empty.
        UnknownNameError: no such sheet.
    """

    def cells(book: _Book) -> tuple[list[list[str]], tuple[str, ...]]:
        if book.whole is not None and not options.sheet:
            book = replace(book, sheets={"": book.whole})
        name, _ = _chosen(book, options.sheet)
        others = _others(book, name, [n for n in book.sheets if n != name])
        rows = [[c or "" for c in row] for _, row in islice(_rows(book, name), most + 1)]
        width = max(map(len, rows), default=0)
        return [[*row, *[""] * (width - len(row))] for row in rows], tuple(filter(None, (others,)))

    return _of_book(content, options, cells)


def _of_book(content: Content, options: ReadingOptions, use: Callable[[_Book], T]) -> T:
    """What is made of an opened workbook; its rows are read while it is open.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst.
    """
    data, origin = content.whole(), content.origin
    if not data.strip():
        raise UnreadableFileError(origin, tr("the file is empty"), allowed=EMPTY)
    if data.startswith(OLE):
        return _of_old(data, origin, options, use)
    try:
        if is_xml_workbook(data[:CHUNK]):
            return use(_of_xml(data, origin, options))
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_other_zip(content, packed)
            refuse_bomb([i.file_size for i in packed.infolist()], len(data), origin, MOST_UNPACKED_BOOK)
            if BODY in packed.namelist():
                return use(_of_word(packed, origin, options))
            marks = _marks(packed)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read here
            return use(_opened(data, origin, options, marks))
    except (UnreadableFileError, UnknownNameError):
        raise
    except Exception as exc:  # openpyxl and zlib raise whatever a broken part leads to
        raise UnreadableFileError(
            origin,
            tr("not a workbook ({name}: {exc})", name=type(exc).__name__, exc=exc),
            allowed=tr("an Excel workbook (.xlsx, .xls)"),
            remedy=tr("Save it again as .xlsx, or as CSV in UTF-8."),
        ) from exc


def _of_old(data: bytes, origin: str, options: ReadingOptions, use: Callable[[_Book], T]) -> T:
    """As `_of_book`, of a workbook of before 2007."""
    sheets = _old_sheets(data, origin)
    hidden = frozenset(n for n, s in sheets.items() if s.sheet_state != "visible")
    try:
        merged, levels = {n: s.merged() for n, s in sheets.items()}, {n: s.levels() for n, s in sheets.items()}
        return use(_Book(origin, dict(sheets), hidden, options, merged=merged, levels=levels))
    except (UnreadableFileError, UnknownNameError):
        raise
    except Exception as exc:  # as of workbooks of today: a broken part is met when its sheet is read
        problem = tr("not a workbook ({name}: {exc})", name=type(exc).__name__, exc=exc)
        remedy = tr("Save it again as .xlsx, or as CSV in UTF-8.")
        raise UnreadableFileError(
            origin, problem, allowed=tr("an Excel workbook (.xlsx, .xls)"), remedy=remedy
        ) from exc


def _old_sheets(data: bytes, origin: str) -> dict[str, OldSheet]:
    """The sheets of a workbook by name, in order.

    Args:
        data: the file.
        origin: what a message calls it.

    Raises:
        UnreadableFileError: it is none of this kind, or under a password.
    """
    try:
        return old_sheets(data)
    except Exception as exc:  # the reader raises whatever a broken part leads to
        raise UnreadableFileError(
            origin,
            tr(
                "not an old workbook that can be read ({name}: {exc})",
                name=type(exc).__name__,
                exc=str(exc)[:_MOST_MESSAGE],
            ),
            allowed=tr("an Excel workbook, .xlsx or .xls, that is not locked with a password"),
            remedy=tr("Open it in Excel, take the password off, and save it as .xlsx, or as CSV in UTF-8."),
        ) from exc


def _of_xml(data: bytes, origin: str, options: ReadingOptions) -> _Book:
    """A workbook that is one XML file."""
    sheets = xml_sheets(data)
    hidden = frozenset(n for n, s in sheets.items() if s.sheet_state != "visible")
    return _Book(origin, dict(sheets), hidden, options, merged={n: s.merged for n, s in sheets.items()})


def _of_word(packed: zipfile.ZipFile, origin: str, options: ReadingOptions) -> _Book:
    """A document of Word, its tables as sheets."""
    found = word_sheets(packed, options.words.is_value if options.words else None)
    merged = {n: s.merged for n, s in found.tables.items()}
    book = _Book(origin, dict(found.tables), frozenset(), options, merged=merged)
    return replace(book, whole=found.whole, outside=found.note)


def _refuse_other_zip(content: Content, packed: zipfile.ZipFile) -> None:
    if _TYPES not in packed.namelist():
        problem, allowed = tr("a zip within another, or one that is no workbook"), tr("a table, packed once")
        raise UnreadableFileError(content.origin, problem, allowed=allowed, remedy=tr("Unpack it first."))


class _Marks(NamedTuple):
    """Whether a sheet holds a formula or percentages, by its part the merged cells and how deep its rows lie."""

    has_formula: bool
    shows_percents: bool
    merged: dict[str, list[Merged]]
    levels: dict[str, dict[int, int]]


def _marks(packed: zipfile.ZipFile) -> _Marks:
    """What the reader of rows does not tell; every part is read once."""
    has_formula, merged, levels = False, dict[str, list[Merged]](), dict[str, dict[int, int]]()
    for name in packed.namelist():
        if name.startswith("xl/worksheets/"):
            text = packed.read(name)
            has_formula = has_formula or b"<f>" in text or b"<f " in text
            merged[name], levels[name] = merged_in(text), levels_in(text)
    styles = packed.read(_LOOKS) if _LOOKS in packed.namelist() else b""
    return _Marks(has_formula, has_percents(styles), merged, levels)


def _opened(data: bytes, origin: str, options: ReadingOptions, marks: _Marks) -> _Book:
    from openpyxl import load_workbook

    sheets = {s.title: s for s in load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets}
    hidden = frozenset(n for n, s in sheets.items() if s.sheet_state != "visible")
    formulas = {}
    if marks.has_formula:
        formulas = {s.title: s for s in load_workbook(io.BytesIO(data), read_only=True).worksheets}
    # The reader of rows alone knows no merged cells, and tells in which part of the file its sheet stands.
    parts = {n: getattr(s, "_worksheet_path", "") for n, s in sheets.items()}
    merged = {n: marks.merged[p] for n, p in parts.items() if p in marks.merged}
    levels = {n: marks.levels[p] for n, p in parts.items() if p in marks.levels}
    return _Book(origin, sheets, hidden, options, formulas, merged, levels, marks.shows_percents)


def _chosen(book: _Book, name: str) -> tuple[str, Heading]:
    """The sheet that is read, and its headings."""
    if name and name not in book.sheets:
        raise UnknownNameError(
            tr("sheet"), name, book.sheets, remedy=tr("The workbook has: {named}.", named=_named(book.sheets))
        )
    tried = [name] if name else [n for n in book.sheets if n not in book.hidden] or list(book.sheets)
    last = book.options.skip + FURTHEST + 1
    tops = ((n, [row for _, row in islice(_rows(book, n), book.options.skip, last)]) for n in tried)
    found, heading = chosen_sheet(tops, book.options)
    if heading is None:
        problem = tr("the sheet {found!r} is empty", found=found) if name else tr("the first sheet is empty")
        raise UnreadableFileError(book.origin, problem, allowed=tr("a heading row and at least one row"))
    return found, heading


def _read(book: _Book, name: str, *, alone: bool = True) -> TextTable:
    found, heading = _chosen(book, name)
    others = [n for n in book.sheets if n != found]
    over = islice(_rows(book, found), book.options.skip, max(book.options.skip, heading.at + 1 - heading.above))
    notes = [heading.note(), values_above([r for _, r in over], book.options), _others(book, found, others)]
    notes = notes if alone else []
    notes += [_unvalued(book, found), book.outside]
    rows, width = _whole(book, found, heading)
    place = tr(
        " (row {at} of sheet {found!r}{named})",
        at=max(heading.at, 0) + 1,
        found=found,
        named=tr("; other sheets: ") + _named(others) if others else "",
    )
    cells = [*heading.cells, *[""] * (width - len(heading.cells))]
    blank: Row = [None] * width  # one for all: a far cell has a million of them before it

    def numbered() -> Iterator[Numbered]:
        return ((n, [*r, *blank[len(r) :]] if r else blank) for n, r in rows)

    told = (book.origin, "workbook", cells, numbered, "", "", tuple(filter(None, notes)))
    return TextTable(*told, place=place, first_row=heading.at + 2, levels=book.levels.get(found, {}))


def _rows(book: _Book, name: str) -> Iterator[Numbered]:
    sheet = book.sheets[name]
    sheet.reset_dimensions()  # else one cell far off fills the gap before it with a million rows of thousands
    for number, values in enumerate(_values(sheet, with_looks=book.shows_percents), 1):
        if number > MOST_ROWS:
            raise UnreadableFileError(
                book.origin, tr("too many rows"), line=number, allowed=tr("at most {most_rows:,}", most_rows=MOST_ROWS)
            )
        yield number, [as_text(c, is_printed=book.options.is_printed) for c in values]


def _values(sheet: Any, *, with_looks: bool) -> Iterator[tuple[Any, ...]]:
    """The values of each row; slower where each cell is asked how it is shown."""
    if not with_looks:
        yield from sheet.iter_rows(values_only=True)
        return
    yield from (tuple(as_shown(c.value, c.number_format) for c in row) for row in sheet.iter_rows())


def _whole(book: _Book, name: str, heading: Heading) -> tuple[list[Numbered], int]:
    """The rows under the headings, each down to its last filled cell, and the width of the widest.

    Raises:
        UnreadableFileError: a cell so far off that the table would have more cells than may be read.
    """
    width, rows = len(heading.cells), []
    below = islice(_rows(book, name), heading.at + 1, None)
    for number, cells in without_last_blanks(with_merged(below, book.merged.get(name, []))):
        filled = max((i + 1 for i, c in enumerate(cells) if c), default=0)
        width = max(width, filled)
        if filled and number * width > MOST_CELLS:
            raise _far_off(book.origin, number, filled, width)
        rows.append((number, cells[:filled]))
    return rows, width


def _far_off(origin: str, number: int, filled: int, width: int) -> UnreadableFileError:
    from openpyxl.utils import get_column_letter

    return UnreadableFileError(
        origin,
        tr(
            "the cell {get_column_letter}{number} makes it a table of {number:,} rows and {width:,} columns",
            get_column_letter=get_column_letter(filled),
            number=number,
            width=width,
        ),
        allowed=tr("at most {most_cells:,} cells, blank ones included", most_cells=MOST_CELLS),
        remedy=tr("Empty the cells far from the table, or save the table alone."),
    )


def _named(names: Sequence[str] | dict[str, Any]) -> str:
    shown = ", ".join(repr(n) for n in list(names)[:_MOST_NAMED])
    return shown + (tr(" and {count} more", count=len(names) - _MOST_NAMED) if len(names) > _MOST_NAMED else "")


def _others(book: _Book, found: str, others: Sequence[str]) -> str:
    if not others:
        return ""
    hidden = "; hidden: " + _named([n for n in others if n in book.hidden]) if book.hidden & set(others) else ""
    return hinted(
        tr(
            "Only the sheet {found!r} is read; not read: {named}{hidden}.",
            found=found,
            named=_named(others),
            hidden=hidden,
        ),
        tr("Name another with --sheet."),
    )


def _unvalued(book: _Book, name: str) -> str:
    """A note on formulas of which the file does not hold the value, so that they read as empty."""
    if name not in book.formulas:
        return ""
    sheet = book.formulas[name]
    sheet.reset_dimensions()
    at = [
        cell.coordinate
        for cells, (_, values) in zip(sheet.iter_rows(), _rows(book, name), strict=False)
        for cell, value in zip(cells, values, strict=False)
        if value is None and cell.data_type == "f"
    ]
    if not at:
        return ""
    more = tr(" and {count} more", count=len(at) - _MOST_NAMED) if len(at) > _MOST_NAMED else ""
    named = ", ".join(at[:_MOST_NAMED]) + more
    return tr(
        "Formulas whose value the file does not hold count as empty: {named}. Open it in Excel and save it.",
        named=named,
    )
