"""The first sheet of an Excel workbook as rows of text; what was packed to burst is refused."""

from __future__ import annotations

import warnings

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.cells import Row, as_text

_MOST_UNPACKED = 1_000_000_000  # bytes that a workbook may unpack to; a million rows take about a fifth
# What packs 200 times was made to: tables of names pack 5 to 30 times. Small ones are harmless.
_MOST_PACKED, _HARMLESS = 200, 50_000_000
_MOST_CELLS = 100_000_000
_MOST_ROWS = 1_048_576  # rows of a sheet in Excel
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how an .xls begins, and an .xlsx under a password
_SEALED = "; this one is an old .xls, or is locked with a password"


def first_sheet(data: bytes, origin: str) -> tuple[list[Row], str]:
    """The rows of the first sheet that hold anything, of one width, and a note on the sheets that are not read.

    Raises:
        UnreadableFileError: it is no workbook, or one made to burst.
    """
    import io
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_bomb(sum(i.file_size for i in packed.infolist()), len(data), origin)
        cells, note = _sheet(data, origin)
    except UnreadableFileError:
        raise
    except Exception as exc:  # openpyxl and zlib raise whatever a broken part leads to
        raise UnreadableFileError(
            origin,
            f"not a workbook ({type(exc).__name__}: {exc})",
            allowed="an Excel workbook (.xlsx)" + _SEALED * data.startswith(_OLE),
            remedy="Save it again as .xlsx, or as CSV in UTF-8.",
        ) from exc
    if not cells:
        raise UnreadableFileError(origin, "the first sheet is empty", allowed="a heading row and at least one row")
    return cells, note


def _refuse_bomb(unpacked: int, packed: int, origin: str) -> None:
    if unpacked > _MOST_UNPACKED or unpacked > max(_HARMLESS, _MOST_PACKED * packed):
        raise UnreadableFileError(
            origin,
            f"{packed:,} bytes that unpack to {unpacked:,}",
            allowed=f"at most {_MOST_UNPACKED:,}, and at most {_MOST_PACKED} times the file",
            remedy="Save the table as CSV in UTF-8.",
        )


def _sheet(data: bytes, origin: str) -> tuple[list[Row], str]:
    import io

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl warns of styles and validations, which are not read here
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        if not book.worksheets:
            return [], ""
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # else one cell far off fills the gap before it with a million rows of thousands
        cells = []
        for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
            if number > _MOST_ROWS:
                raise UnreadableFileError(origin, "too many rows", line=number, allowed=f"at most {_MOST_ROWS:,}")
            row = [as_text(c) for c in values]
            if any(row):
                cells.append(row)
    width = max((i + 1 for r in cells for i, c in enumerate(r) if c), default=0)
    if width * len(cells) > _MOST_CELLS:
        raise UnreadableFileError(
            origin, f"a sheet of {len(cells):,} rows and {width:,} columns", allowed=f"at most {_MOST_CELLS:,} cells"
        )
    others = len(book.worksheets) - 1
    note = f"Only the first sheet, {sheet.title!r}, is read; the workbook has {others} more." if others else ""
    return [[*r[:width], *[None] * (width - len(r))] for r in cells], note
