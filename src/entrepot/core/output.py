"""Tables as files: CSV, JSON, Parquet, XLSX; what a spreadsheet would run as a formula is escaped."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
_SUFFIXES = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".xlsx": "xlsx", ".txt": "table"}
# A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide forms count in East Asian locales
_NUMBER = re.compile(r"-\d+(\.\d+)?")  # a negative number is no formula
_XLSX_CELL = 32_767  # characters that one cell of the format holds


def format_of(path: Path | None, given: str | None) -> str:
    """The format: as given, else from the file's ending, else a terminal table."""
    if given:
        return given
    if path is None:
        return "table"
    found = _SUFFIXES.get(path.suffix.casefold())
    if found is None:
        raise BadInputError(
            "cannot tell the format from the file name",
            found=path.name,
            allowed=f"an ending of {', '.join(_SUFFIXES)}",
            remedy="Or give --format.",
        )
    return found


def escaped(cell: str) -> str:
    """Text that a spreadsheet shows as it stands: a leading apostrophe where it would run a formula."""
    return "'" + cell if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else cell


def _joined(cell: Any) -> Any:
    """A cell for a format without lists."""
    return "; ".join(str(c) for c in cell) if isinstance(cell, list) else cell


def _flat(cell: Any) -> Any:
    """A cell for a format without lists or formulas."""
    cell = _joined(cell)
    return escaped(cell) if isinstance(cell, str) else cell


def to_csv(data: pa.Table) -> str:
    """RFC 4180 CSV with a header row, lists joined by '; ', formulas escaped; lines end in LF."""
    out = io.StringIO()
    plain = csv.writer(out, lineterminator="\n")
    # With LF line ends the writer leaves a lone carriage return unquoted, which readers take for the end of a row.
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    plain.writerow(data.column_names)
    for row in data.to_pylist():
        cells = [_flat(c) for c in row.values()]
        risky = any(isinstance(c, str) and "\r" in c for c in cells)
        (quoting if risky else plain).writerow(cells)
    return out.getvalue()


def to_json(data: pa.Table) -> str:
    """A JSON array of row objects, one row a line, keys in the contract's order."""
    return json_text(data.to_pylist())


def json_text(rows: list[dict[str, Any]]) -> str:
    """A JSON array of objects, one a line; NaN and infinity are refused, for JSON has neither."""
    lines = ",\n".join(json.dumps(r, ensure_ascii=False, default=str, allow_nan=False) for r in rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def write(data: pa.Table, path: Path, fmt: str) -> None:
    """Write `data` to `path` atomically.

    Args:
        data: any Arrow table.
        path: the file.
        fmt: csv, json, parquet or xlsx.
    """
    with replacing(path) as part:
        if fmt == "csv":
            part.write_text(to_csv(data), encoding="utf-8", newline="\n")
        elif fmt == "json":
            part.write_text(to_json(data), encoding="utf-8", newline="\n")
        elif fmt == "parquet":
            import pyarrow.parquet as pq

            pq.write_table(data, part, compression="zstd")
        elif fmt == "xlsx":
            _write_xlsx(data, part)
        else:
            raise BadInputError("not a file format", found=fmt, allowed=", ".join(FORMATS[1:]))


def _write_xlsx(data: pa.Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("entrepot")
    sheet.append(data.column_names)
    for row in data.to_pylist():
        # Stripped before it is escaped: what the format cannot hold may hide a formula behind it.
        legal = [ILLEGAL_CHARACTERS_RE.sub("", c) if isinstance(c, str) else c for c in map(_joined, row.values())]
        sheet.append([escaped(c)[:_XLSX_CELL] if isinstance(c, str) else c for c in legal])
    book.save(path)
