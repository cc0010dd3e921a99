"""A table as a sheet of Excel, written row by row; what a sheet cannot hold is refused, and nothing is cut.

The limits are Excel's own (support.microsoft.com, "Excel specifications and limits").
"""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    import pyarrow as pa

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384  # the row of the headings is one of them
MOST_TEXT = 32_767  # characters of a cell, those beyond U+FFFF twice
_REMEDY = marked("Write it as .csv or .parquet, which have no such limit.")
_WIDEST = 2  # of a character in UTF-16


class Room:
    """How much of a sheet is left, so that a long run stops when it is full and not when all is done."""

    def __init__(self) -> None:
        self._rows = 1

    def take(self, data: pa.Table | pa.RecordBatch) -> None:
        """Take rows that are to be written.

        Raises:
            BadInputError: they do not fit; or a text is longer than a cell holds.
        """
        import pyarrow as pa
        import pyarrow.compute as pc

        refuse_wide(data.schema.names)
        self.take_rows(data.num_rows)
        for field in data.schema:
            if pa.types.is_string(field.type) and data.num_rows:
                column = data.column(field.name)
                if (pc.max(pc.utf8_length(column)).as_py() or 0) * _WIDEST > MOST_TEXT:
                    for text in column.to_pylist():
                        refuse_long(text or "", field.name)

    def take_rows(self, count: int) -> None:
        """Take a number of rows that are to be written.

        Raises:
            BadInputError: they do not fit.
        """
        self._rows += count
        if self._rows > MOST_ROWS:
            most = tr("at most {most_rows:,} under the headings", most_rows=MOST_ROWS - 1)
            raise BadInputError(tr("more rows than a sheet of Excel has"), allowed=most, remedy=tr(_REMEDY))


def refuse_wide(names: Sequence[str]) -> None:
    """Refuse a table of more columns than a sheet has.

    Raises:
        BadInputError: says how many there are.
    """
    if len(names) > MOST_COLUMNS:
        most = tr("at most {most_columns:,}", most_columns=MOST_COLUMNS)
        raise BadInputError(
            tr("more columns than a sheet of Excel has"), found=len(names), allowed=most, remedy=tr(_REMEDY)
        )


def refuse_long(text: str, column: str, row: int = 0) -> None:
    """Refuse a text that a cell does not hold.

    Args:
        text: of the cell.
        column: its heading.
        row: of the table, counted from 1; 0 where it is not known.

    Raises:
        BadInputError: names the column, and the row where it is known.
    """
    if len(text) * _WIDEST > MOST_TEXT and len(text.encode("utf-16-le", "surrogatepass")) // _WIDEST > MOST_TEXT:
        where = (
            tr("row {row}, column {column}", row=row, column=column) if row else tr("column {column}", column=column)
        )
        thing, most = (
            tr("{where}: a text longer than a cell of Excel holds", where=where),
            tr("at most {most_text:,} characters", most_text=MOST_TEXT),
        )
        raise BadInputError(thing, found=text[:40], allowed=most, remedy=tr(_REMEDY))


def write_sheet(parts: Iterable[pa.Table], schema: pa.Schema, path: Path, shown: Callable[[Any], Any]) -> int:
    """Write tables of one schema one below the other.

    Args:
        parts: the tables.
        schema: theirs.
        path: the file.
        shown: makes of a value what the cell holds.

    Returns:
        How many rows were written.

    Raises:
        BadInputError: more than a sheet holds.
    """
    from openpyxl import Workbook

    refuse_wide(schema.names)
    book, room, rows = Workbook(write_only=True), Room(), 0
    sheet = book.create_sheet("entrepot")
    with scratch() as folder, system_errors():
        with temporary_files_in(folder):  # the first row makes the library's own unfinished sheet
            sheet.append(schema.names)
        try:
            for data in parts:
                room.take(data)
                for rows, row in enumerate(data.to_pylist(), rows + 1):  # noqa: B020 - counted on
                    sheet.append(_fitting({name: shown(value) for name, value in row.items()}, rows))
        except BaseException:
            sheet.close()  # else the library's writer ends with a warning of its own
            raise
        save(book, path)
    return rows


def _fitting(cells: dict[str, Any], row: int) -> list[Any]:
    """The cells of a row; a text that a cell does not hold is refused."""
    for name, cell in cells.items():
        if isinstance(cell, str):
            refuse_long(cell, name, row)
    return list(cells.values())


def save(book: Any, path: Path) -> None:
    """Save a workbook; where the disk is full the unfinished archive is left as it is.

    Args:
        book: a workbook of openpyxl, its sheets filled.
        path: the file.

    Raises:
        OSError: it cannot be written.
    """
    from datetime import UTC, datetime
    from zipfile import ZIP_DEFLATED, ZipFile

    from openpyxl.writer.excel import ExcelWriter

    with path.open("wb") as file:
        archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)  # closed by the writer, or below
        book.properties.modified = datetime.now(tz=UTC).replace(tzinfo=None)
        try:
            ExcelWriter(book, archive).save()
        except BaseException:
            # An archive that is forgotten writes its list of contents once more, and Python prints that this fails.
            archive.fp = None
            raise


@contextmanager
def system_errors() -> Iterator[None]:
    """Have what the XML library says of the disk (`IO_ENOSPC`) be the system's own error.

    Raises:
        OSError: the disk is full, or may not be written.
    """
    try:
        yield
    except OSError:
        raise
    except Exception as exc:
        code = getattr(errno, str(exc).removeprefix("IO_"), None) if str(exc).startswith("IO_") else None
        if code is None:
            raise
        raise OSError(code, os.strerror(code)) from exc


@contextmanager
def temporary_files_in(folder: Path) -> Iterator[None]:
    """Have a library lay its unfinished files where what a kill leaves is removed."""
    before, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield
    finally:
        tempfile.tempdir = before
