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
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
_SUFFIXES = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".xlsx": "xlsx", ".txt": "table"}
# A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide forms count in East Asian locales
_NUMBER = re.compile(r"-\d+(\.\d+)?")  # a negative number is no formula
# Where the list separator is ";" or a tab, a spreadsheet cuts a row there, inside quotation marks too, for to it the
# cell does not begin with one; the line that follows a break within a cell is a row of its own then.
_PIECES = re.compile(r"([;\t\r\n] *)(?=[=+\-@＝＋－＠])([^;\t\r\n]*)")
_ESCAPED_PIECE = re.compile(r"([;\t\r\n] *)'(?=[=+\-@＝＋－＠])([^;\t\r\n]*)")
_ROW_GROUP = 20_000  # rows of a Parquet file that are gathered before they are written
_XLSX_CELL = 32_767  # characters that one cell of the format holds
_XLSX_ROWS = 1_048_576  # rows that one sheet of the format holds, the headings included


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
    """Text that a spreadsheet shows as it stands: a leading apostrophe where it would run a formula.

    Behind a separator at which some spreadsheets cut the cell it would run one too; numbers stay as they are.
    """
    within = _PIECES.sub(_marked, cell)
    return "'" + within if cell.startswith(_FORMULA) and not _NUMBER.fullmatch(cell) else within


def _marked(piece: re.Match[str]) -> str:
    return piece[0] if _NUMBER.fullmatch(piece[2].rstrip()) else f"{piece[1]}'{piece[2]}"


def unescaped(cell: str) -> str:
    """What `escaped` was given, so that a table that was written reads as it was."""
    within = _ESCAPED_PIECE.sub(r"\1\2", cell)
    return next((one for one in (within.removeprefix("'"), within) if escaped(one) == cell), cell)


def _joined(cell: Any) -> Any:
    """A cell for a format without lists."""
    return "; ".join(str(c) for c in cell) if isinstance(cell, list) else cell


def _flat(cell: Any) -> Any:
    """A cell for a format without lists or formulas."""
    cell = _joined(cell)
    return escaped(cell) if isinstance(cell, str) else cell


def to_csv(data: pa.Table, *, heading: bool = True) -> str:
    """RFC 4180 CSV with a header row, lists joined by '; ', formulas escaped; lines end in LF.

    Args:
        data: any Arrow table.
        heading: whether to begin with the header row.
    """
    out = io.StringIO()
    plain = csv.writer(out, lineterminator="\n")
    # With LF line ends the writer leaves a lone carriage return unquoted, which readers take for the end of a row.
    quoting = csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL)
    if heading:
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
    lines = _json_lines(rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def _json_lines(rows: list[dict[str, Any]]) -> str:
    return ",\n".join(json.dumps(r, ensure_ascii=False, default=str, allow_nan=False) for r in rows)


def write(data: pa.Table, path: Path, fmt: str) -> None:
    """Write `data` to `path` atomically.

    Args:
        data: any Arrow table.
        path: the file.
        fmt: csv, json, parquet or xlsx.
    """
    write_parts([data], data.schema, path, fmt)


def write_parts(parts: Iterable[pa.Table], schema: pa.Schema, path: Path, fmt: str) -> int:
    """Write tables of one schema one after the other, atomically; all but a workbook without holding them together.

    Args:
        parts: the tables.
        schema: theirs.
        path: the file.
        fmt: csv, json, parquet or xlsx.

    Returns:
        How many rows were written.

    Raises:
        BadInputError: a workbook of more rows than a sheet holds, or as `replacing`.
    """
    if fmt not in FORMATS[1:]:
        raise BadInputError("not a file format", found=fmt, allowed=", ".join(FORMATS[1:]))
    with replacing(path) as part:
        if fmt == "csv":
            return _write_csv(parts, schema, part)
        if fmt == "json":
            return _write_json(parts, part)
        if fmt == "parquet":
            return _write_parquet(parts, schema, part)
        import pyarrow as pa

        whole = pa.concat_tables([_no_rows(schema), *parts])
        _refuse_too_long(whole.num_rows, path)
        _write_xlsx(whole, part)
        return int(whole.num_rows)


def _no_rows(schema: pa.Schema) -> pa.Table:
    """A table without rows."""
    return schema.empty_table()


def _write_csv(parts: Iterable[pa.Table], schema: pa.Schema, path: Path) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.write(to_csv(_no_rows(schema)))
        for data in parts:
            out.write(to_csv(data, heading=False))
            rows += data.num_rows
    return rows


def _write_json(parts: Iterable[pa.Table], path: Path) -> int:
    rows = 0
    with path.open("w", encoding="utf-8", newline="\n") as out:
        for data in parts:
            if data.num_rows:
                out.write(",\n" if rows else "[\n")
                out.write(_json_lines(data.to_pylist()))
                rows += data.num_rows
        out.write("\n]\n" if rows else "[]\n")
    return rows


def _write_parquet(parts: Iterable[pa.Table], schema: pa.Schema, path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows, waiting = 0, [_no_rows(schema)]
    with pq.ParquetWriter(path, schema, compression="zstd") as out:
        for data in parts:
            waiting.append(data.cast(schema))
            rows += data.num_rows
            if sum(t.num_rows for t in waiting) >= _ROW_GROUP:
                out.write_table(pa.concat_tables(waiting))
                waiting = [_no_rows(schema)]
        if not rows or len(waiting) > 1:
            out.write_table(pa.concat_tables(waiting))
    return rows


def _refuse_too_long(rows: int, path: Path) -> None:
    """Refuse what a sheet cannot hold whole: a workbook that ends early looks like one that is complete."""
    if rows >= _XLSX_ROWS:
        raise BadInputError(
            f"{path.name}: more rows than a sheet of Excel holds, so nothing is written",
            found=f"{rows:,}",
            allowed=f"at most {_XLSX_ROWS - 1:,} below the headings",
            remedy="Write CSV or Parquet: --out with that ending.",
        )


def _cell(text: str) -> str:
    """A text as a cell holds it; what is cut ends in an ellipsis."""
    return text if len(text) <= _XLSX_CELL else f"{text[: _XLSX_CELL - 1]}…"


def _write_xlsx(data: pa.Table, path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    book = Workbook(write_only=True)
    sheet = book.create_sheet("entrepot")
    sheet.append(data.column_names)
    for row in data.to_pylist():
        # Stripped before it is escaped: what the format cannot hold may hide a formula behind it.
        legal = [ILLEGAL_CHARACTERS_RE.sub("", c) if isinstance(c, str) else c for c in map(_joined, row.values())]
        sheet.append([_cell(escaped(c)) if isinstance(c, str) else c for c in legal])
    book.save(path)
