"""Tables as files: CSV, JSON, Parquet, XLSX; what a spreadsheet would run as a formula is escaped."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing
from entrepot.core.tables.sheet import write_sheet
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from entrepot.core.tables.book import Sheet

FORMATS = ("table", "csv", "json", "parquet", "xlsx")
_SUFFIXES = {".csv": "csv", ".json": "json", ".parquet": "parquet", ".xlsx": "xlsx", ".txt": "table"}
# A cell that begins with one of these is run as a formula by spreadsheets (OWASP, CSV injection).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # the wide forms count in East Asian locales
_NUMBER = re.compile(r"-\d+(\.\d+)?")  # a negative number is no formula
# Where the list separator is ";" or a tab, a spreadsheet cuts a row there, inside quotation marks too, for to it the
# cell does not begin with one; the line that follows a break within a cell is a row of its own then.
_PIECES = re.compile(r"([;\t\r\n] *)(?=[=+\-@＝＋－＠])([^;\t\r\n]*)")
_ESCAPED_PIECE = re.compile(r"([;\t\r\n] *)'(?=[=+\-@＝＋－＠])([^;\t\r\n]*)")
_ROW_GROUP = 20_000  # rows that are gathered before they are written


def format_of(path: Path | None, given: str | None) -> str:
    """The format: as given, else from the file's ending, else a terminal table."""
    if given:
        return given
    if path is None:
        return "table"
    found = _SUFFIXES.get(path.suffix.casefold())
    if found is None:
        raise BadInputError(
            tr("cannot tell the format from the file name"),
            found=path.name,
            allowed=tr("an ending of {suffixes}", suffixes=", ".join(_SUFFIXES)),
            remedy=tr("Or give --format."),
        )
    return found


def as_named(path: object, given: str | None) -> str:
    """What is said of a file whose name ends as another format does than the one it was written in; else nothing.

    Args:
        path: where it was written.
        given: the format that was asked for; None where the ending chose it.
    """
    ending = path.suffix.casefold() if isinstance(path, Path) else ""
    if not given or _SUFFIXES.get(ending, given) == given:
        return ""
    return tr(" as {fmt}, as --format says, though its name ends in {ending}", fmt=given, ending=ending)


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
    pieces = (data.slice(at, _ROW_GROUP) for at in range(0, data.num_rows, _ROW_GROUP))  # as text it is much larger
    write_parts(pieces, data.schema, path, fmt)


def write_parts(parts: Iterable[pa.Table], schema: pa.Schema, path: Path, fmt: str) -> int:
    """Write tables of one schema one after the other, atomically and without holding them together.

    Args:
        parts: the tables.
        schema: theirs.
        path: the file.
        fmt: csv, json, parquet or xlsx.

    Returns:
        How many rows were written.

    Raises:
        BadInputError: no such format, or more than a sheet of Excel holds.
    """
    if fmt not in FORMATS[1:]:
        raise BadInputError(tr("not a file format"), found=fmt, allowed=", ".join(FORMATS[1:]))
    with replacing(path) as part:
        if fmt == "csv":
            return _write_csv(parts, schema, part)
        if fmt == "json":
            return _write_json(parts, part)
        if fmt == "parquet":
            return _write_parquet(parts, schema, part)
        return write_sheet(parts, schema, part, _cell)


def write_workbook(sheets: Sequence[Sheet], path: Path) -> list[int]:
    """Write a workbook of several sheets atomically, formulas escaped.

    Args:
        sheets: in order.
        path: the file.

    Returns:
        How many rows each sheet has.

    Raises:
        BadInputError: more than a sheet of Excel holds.
    """
    from entrepot.core.tables.book import write_book

    with replacing(path) as part:
        return write_book(sheets, part, _cell)


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
            # A cast loads pyarrow.compute, a twentieth of the time of a small screening.
            waiting.append(data if data.schema.equals(schema) else data.cast(schema))
            rows += data.num_rows
            if sum(t.num_rows for t in waiting) >= _ROW_GROUP:
                out.write_table(pa.concat_tables(waiting))
                waiting = [_no_rows(schema)]
        if not rows or len(waiting) > 1:
            out.write_table(pa.concat_tables(waiting))
    return rows


def _cell(value: Any) -> Any:
    """A value as a cell of a sheet holds it; what the format cannot hold is left out."""
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    value = _joined(value)
    # Left out before it is escaped: what the format cannot hold may hide a formula behind it.
    return escaped(ILLEGAL_CHARACTERS_RE.sub("", value)) if isinstance(value, str) else value
