"""Opening a file of flows: what is packed is unpacked, and every cell is text until a reader says what it is.

CSV, TSV and semicolons; JSON as UN Comtrade's API gives it; Parquet; each alone, packed with gzip, or in a zip.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnreadableFileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import polars as pl

ROW = "row"  # rows are counted from 1 below the heading
_SEPARATORS = ("\t", ";", "|", ",")
_TABLES = (".csv", ".tsv", ".txt", ".dat", ".json", ".parquet")
_BLOCK = 1 << 24  # bytes of a block: some 500,000 rows of BACI
_BLOCK_ROWS = 500_000  # of a Parquet file: as many as a block of BACI has
_LOOK = 20  # lines that show what divides the cells
_HEAD = 65_536  # bytes that hold the heading


@dataclass(frozen=True, slots=True)
class Opened:
    """One table of a file.

    Attributes:
        name: the file's name, with that of the member of a zip.
        frame: its cells as text, with the number of the row in `row`.
        beside: other members of the zip by name, such as a list of country codes.
    """

    name: str
    frame: pl.DataFrame
    beside: dict[str, bytes]

    @property
    def heading(self) -> tuple[str, ...]:
        """The columns as printed."""
        return tuple(c for c in self.frame.columns if c != ROW)


def opened(path: Path, skip: int = 0) -> Iterator[Opened]:
    """The tables of a file, one after the other; more than one only in a zip.

    Args:
        path: the file.
        skip: lines above the heading, such as the title of a spreadsheet.

    Raises:
        UnreadableFileError: no such file, an empty one, a broken archive, rows of unequal length, an unknown kind.
    """
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise UnreadableFileError(path, f"cannot be read ({exc.strerror or exc})") from exc
    if data[:4] == b"PK\x03\x04" and path.suffix.casefold() != ".xlsx":
        yield from _zipped(path, data, skip)
    else:
        yield Opened(path.name, _frame(path, _unpacked(path, data), skip), _siblings(path))


def blocks(path: Path, skip: int = 0) -> Iterator[Opened]:
    """The tables of a large file in blocks of some hundred thousand rows, counted on; CSV and its kin, or Parquet.

    Args:
        path: the file.
        skip: lines above the heading.

    Raises:
        UnreadableFileError: as in `opened`.
    """
    try:
        with path.open("rb") as handle:
            kind = handle.read(4)
        if kind == b"PK\x03\x04":
            yield from _zip_blocks(path, skip)
        elif kind == b"PAR1":
            yield from _parquet_blocks(path)
        else:
            opener = gzip.open if kind[:2] == b"\x1f\x8b" else open
            with opener(path, "rb") as handle:
                yield from _text_blocks(path, handle, skip, (path.name, _siblings(path)))
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as exc:
        raise UnreadableFileError(path, f"cannot be read ({exc})") from exc


def _zip_blocks(path: Path, skip: int) -> Iterator[Opened]:
    with zipfile.ZipFile(path) as archive:
        tables, beside = _members(archive)
        for name in tables:
            with archive.open(name) as handle:
                yield from _text_blocks(path, handle, skip, (f"{path.name}/{name}", beside))


def _members(archive: zipfile.ZipFile) -> tuple[list[str], dict[str, bytes]]:
    """The tables of a zip by name, and the lists of codes beside them; what people are to read is neither."""
    names = sorted(n for n in archive.namelist() if n.casefold().endswith(_TABLES) and "__MACOSX" not in n)
    codes = [n for n in names if "codes" in n.rpartition("/")[2].casefold()]
    tables = [n for n in names if n not in codes and not _is_prose(archive, n)]
    return tables, {n.rpartition("/")[2]: archive.read(n) for n in codes}


def _is_prose(archive: zipfile.ZipFile, name: str) -> bool:
    """Whether a member is a text such as BACI's Readme.txt: named so, or a .txt whose first line nothing divides."""
    base = name.rpartition("/")[2].casefold()
    if base.startswith(("readme", "read_me", "license", "licence")):
        return True
    if not base.endswith(".txt"):
        return False
    with archive.open(name) as handle:
        first = handle.readline(_HEAD).decode("utf-8", errors="replace")
    return not any(mark in first for mark in _SEPARATORS)


def _parquet_blocks(path: Path) -> Iterator[Opened]:
    import polars as pl
    import pyarrow as pa
    import pyarrow.parquet as pq

    done = 0
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=_BLOCK_ROWS):
                frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
                yield Opened(path.name, _numbered(_as_text(frame), done), {})
                done += frame.height
    except pa.ArrowInvalid as exc:
        raise UnreadableFileError(path, "is no Parquet that can be read") from exc


def _text_blocks(path: Path, handle: Any, skip: int, told: tuple[str, dict[str, bytes]]) -> Iterator[Opened]:
    """Blocks of a text that commas, tabs or semicolons divide; `told` is its name and what lies beside it."""
    import polars as pl
    import pyarrow as pa
    from pyarrow import csv as arrow_csv

    for _ in range(skip):
        handle.readline()
    head = handle.peek(_HEAD)[:_HEAD]
    encoding = "utf8" if _is_utf8(head) else "cp1252"
    separator = _separator(path, head.rpartition(b"\n")[0] or head)
    names = next(csv.reader([head.partition(b"\n")[0].decode(encoding).removeprefix("\ufeff")], delimiter=separator))
    options = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=True, null_values=[""]
    )
    done = 0
    try:
        with arrow_csv.open_csv(
            handle,
            read_options=arrow_csv.ReadOptions(block_size=_BLOCK, encoding=encoding, use_threads=False),
            parse_options=arrow_csv.ParseOptions(delimiter=separator),
            convert_options=options,
        ) as reader:
            for batch in reader:
                frame = pl.DataFrame(pl.from_arrow(pa.Table.from_batches([batch])))
                yield Opened(told[0], _numbered(frame.rename(str.strip), done), told[1])
                done += frame.height
    except pa.ArrowInvalid as exc:
        reason = str(exc).partition("\n")[0]
        raise UnreadableFileError(path, f"its rows are not those of its heading ({reason})") from exc


def _is_utf8(head: bytes) -> bool:
    try:
        head[: head.rfind(b"\n") + 1].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _numbered(frame: pl.DataFrame, done: int) -> pl.DataFrame:
    import polars as pl

    return frame.with_row_index(ROW, offset=done + 1).with_columns(pl.col(ROW).cast(pl.Int64))


def _siblings(path: Path) -> dict[str, bytes]:
    """Lists of country codes that lie beside a file, as BACI's do."""
    found = sorted(path.parent.glob("country_codes*.csv"))
    return {p.name: p.read_bytes() for p in found if p != path}


def _unpacked(path: Path, data: bytes) -> bytes:
    if data[:2] != b"\x1f\x8b":
        return data
    try:
        return gzip.decompress(data)
    except (OSError, EOFError, zlib.error) as exc:
        raise UnreadableFileError(path, "is cut short or not gzip", remedy="Download it again.") from exc


def _zipped(path: Path, data: bytes, skip: int) -> Iterator[Opened]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            tables, beside = _members(archive)
            if not tables:
                raise UnreadableFileError(path, "holds no table", allowed=", ".join(_TABLES))
            for name in tables:
                yield Opened(f"{path.name}/{name}", _frame(path, archive.read(name), skip), beside)
    except (zipfile.BadZipFile, EOFError, zlib.error, NotImplementedError, RuntimeError) as exc:
        raise UnreadableFileError(path, f"is no zip that can be read ({exc})", remedy="Download it again.") from exc


def _frame(path: Path, data: bytes, skip: int) -> pl.DataFrame:
    """The cells of one table."""
    if not data.strip():
        raise UnreadableFileError(path, "is empty")
    if data[:4] == b"PAR1":
        frame = _parquet(path, data)
    elif data[:4] == b"PK\x03\x04":
        frame = _workbook(path, data, skip)
    elif data.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in {b"{", b"["}:
        frame = _json(path, data)
    else:
        frame = _delimited(path, data, skip)
    if ROW in frame.columns:
        frame = frame.rename({ROW: "row "})
    if not frame.height:
        raise UnreadableFileError(path, "has a heading and no row", allowed="at least one row of flows")
    return _numbered(frame, 0)


def _parquet(path: Path, data: bytes) -> pl.DataFrame:
    import polars as pl

    try:
        return _as_text(pl.read_parquet(io.BytesIO(data)))
    except (pl.exceptions.PolarsError, OSError) as exc:
        raise UnreadableFileError(path, "is no Parquet that can be read") from exc


def _as_text(frame: pl.DataFrame) -> pl.DataFrame:
    """Typed cells as text, which readers expect; figures come back to the last bit. Nested cells are no cells."""
    import polars as pl

    nested = [n for n, kind in frame.schema.items() if kind.is_nested() or kind == pl.Binary()]
    return frame.with_columns(pl.lit(None, pl.String()).alias(n) for n in nested).cast(pl.String())


def _json(path: Path, data: bytes) -> pl.DataFrame:
    """The records of an answer: a list, or an object that holds it under `data` (now) or `dataset` (before 2023)."""
    import polars as pl

    try:
        found: Any = json.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as exc:
        raise UnreadableFileError(path, "is no JSON that can be read", line=getattr(exc, "lineno", None)) from exc
    if isinstance(found, dict):
        found = found.get("data", found.get("dataset", []))
    found = _headed(found)
    if not isinstance(found, list) or not all(isinstance(r, dict) for r in found):
        raise UnreadableFileError(path, "holds no list of records", allowed="an array of objects, or one under 'data'")
    names = list(dict.fromkeys(name for record in found for name in record))
    return pl.DataFrame({n: pl.Series(n, [_text(r.get(n)) for r in found], pl.String()) for n in names})


def _headed(found: Any) -> Any:
    """Rows of cells under a first row of names, as the US Census answers, as records."""
    if not (isinstance(found, list) and found and all(isinstance(r, list) and len(r) == len(found[0]) for r in found)):
        return found
    names = [str(n) for n in found[0]]  # a column that was asked for twice comes twice, the same
    return [dict(zip(names, row, strict=True)) for row in found[1:]]


def _text(cell: object) -> str | None:
    if cell is None:
        return None
    return repr(cell) if isinstance(cell, float) else str(cell)


def _workbook(path: Path, data: bytes, skip: int) -> pl.DataFrame:
    """The first sheet of a workbook."""
    import polars as pl
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        rows = [[_text(c) for c in row] for row in sheet.iter_rows(values_only=True)][skip:]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as exc:
        raise UnreadableFileError(path, "is no workbook that can be read") from exc
    if not rows:
        raise UnreadableFileError(path, "is empty")
    names = [(n or f"column {i}").strip() for i, n in enumerate(rows[0], 1)]
    if len(set(names)) < len(names):
        raise UnreadableFileError(path, "two columns have one name", line=skip + 1)
    filled = [r for r in rows[1:] if any(r)]
    return pl.DataFrame({n: pl.Series(n, [r[i] for r in filled], pl.String()) for i, n in enumerate(names)})


def _delimited(path: Path, data: bytes, skip: int) -> pl.DataFrame:
    import polars as pl

    data = _utf8(data)
    for _ in range(skip):
        data = data.partition(b"\n")[2]
    if not data.strip():
        raise UnreadableFileError(path, "is empty")
    separator = _separator(path, data[:_HEAD])
    try:
        frame = pl.read_csv(data, separator=separator, infer_schema=False, null_values=[""], low_memory=True)
    except pl.exceptions.PolarsError as exc:
        reason = str(exc).partition("\n")[0]
        raise UnreadableFileError(
            path,
            f"its rows are not those of its heading ({reason})",
            allowed="as many cells in each row as in the heading",
            remedy="Numbers with a comma need quotes in a file that commas divide.",
        ) from exc
    named = {c: c.strip().strip("\ufeff") for c in frame.columns}
    if len(set(named.values())) < len(named) or any("_duplicated_" in n for n in named):
        twice = next((n for n in named if "_duplicated_" in n), "")
        raise UnreadableFileError(path, "two columns have one name", column=twice.partition("_duplicated_")[0])
    return frame.rename(named)


def _utf8(data: bytes) -> bytes:
    """The text in UTF-8, whatever it came in: UTF-16 by its mark, else Windows-1252 where UTF-8 does not fit."""
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return data.decode("utf-16", errors="replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace").encode()
    return data


def _separator(path: Path, head: bytes) -> str:
    """The mark that divides every line alike; a heading may hold commas that divide nothing."""
    lines = [line for line in head.decode("utf-8", errors="replace").splitlines()[:_LOOK] if line.strip()]
    if not lines:  # a text's white space is wider than that of bytes
        raise UnreadableFileError(path, "is empty")
    alike = [s for s in _SEPARATORS if lines[0].count(s) and len({line.count(s) for line in lines}) == 1]
    best = alike[0] if alike else max(_SEPARATORS, key=lines[0].count)
    if best not in lines[0]:
        raise UnreadableFileError(path, "is no table", allowed="a heading of several columns", line=1)
    return best
