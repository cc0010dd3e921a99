"""Rows of text out of a file or a frame, read piece by piece as often as they are asked for.

CSV, TSV, JSON lines, Parquet and frames are never held whole. Workbooks and JSON arrays are: they have no pieces.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.screening.cells import Row, as_text
from entrepot.screening.decoding import TextFile, examine
from entrepot.screening.delimited import Short, read_delimited, separator_note

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import pyarrow as pa

_LARGEST = 20_000_000_000  # bytes of a file read in pieces: more than screening gets through in a day
_LARGEST_WHOLE = 2_000_000_000  # bytes of a file that is read whole
_PIECE = 10_000  # rows of a Parquet file or a frame turned to text at a time
_JSON_KINDS = {"int": "a number", "float": "a number", "str": "a text", "list": "a list", "bool": "a truth value"}
IN_MEMORY = "a table in memory"


@dataclass(frozen=True, slots=True)
class Source:
    """A table of text.

    Attributes:
        origin: file name, or "a table in memory".
        headings: as they stand.
        rows: gives the cells as text, None where empty, from the first row on; notes are taken on the way.
        sha256, encoding: of the file; empty where there is none.
        notes: how it was read.
        late_notes: filled by each whole reading of the rows.
        nested: positions of columns with lists or objects.
    """

    origin: str
    headings: list[str]
    rows: Callable[[], Iterator[Row]]
    sha256: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    late_notes: list[str] = field(default_factory=list)
    nested: frozenset[int] = frozenset()


def opened(path: Path) -> Source:
    """A file as a table.

    Raises:
        UnreadableFileError: it is missing, empty, mis-encoded, wrongly quoted or of an unknown kind.
    """
    try:
        # A pipe or a device may never end.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(path, "not a regular file", allowed="a file", remedy="Save the table first.")
        read, most = _reader(path)
        if path.is_file() and path.stat().st_size > most:
            raise UnreadableFileError(path, "the file is too large", allowed=f"at most {most:,} bytes")
        return read(path)
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        raise UnreadableFileError(path, f"cannot be read ({reason})", remedy="Check the path.") from exc


def _reader(path: Path) -> tuple[Callable[[Path], Source], int]:
    path.open("rb").close()  # a missing file is missing, whatever its ending
    found = _READERS.get(path.suffix.casefold())
    if found is None:
        raise UnreadableFileError(
            path.name,
            f"files that end in {path.suffix!r} are not known" if path.suffix else "the name has no ending",
            allowed=", ".join(_READERS),
            remedy="Save the table as CSV in UTF-8.",
        )
    return found


def of_frame(frame: Any) -> Source:
    """A table in memory, or any with `__arrow_c_stream__` (Arrow, polars, pandas).

    Raises:
        BadInputError: it is no table.
        UnreadableFileError: a column cannot be read as text.
    """
    import pyarrow as pa

    if not isinstance(frame, pa.Table):
        if not hasattr(frame, "__arrow_c_stream__"):
            raise BadInputError(
                "parties are neither a path nor a table",
                found=type(frame).__name__,
                allowed="a path, or an Arrow, polars or pandas table",
            )
        frame = pa.table(frame)
    table: pa.Table = frame

    def rows() -> Iterator[Row]:
        for piece in table.to_batches(max_chunksize=_PIECE):
            yield from _from_batch(piece, IN_MEMORY)

    return Source(IN_MEMORY, [str(n) for n in table.column_names], rows, nested=_nested(table.schema))


def _from_batch(piece: pa.RecordBatch, origin: str) -> Iterator[Row]:
    import pyarrow as pa

    try:
        lists = [piece.column(i).to_pylist() for i in range(piece.num_columns)]
    except (pa.ArrowException, ValueError, OverflowError) as exc:
        raise UnreadableFileError(origin, f"a column cannot be read ({exc})", allowed="text columns") from exc
    for row in zip(*lists, strict=True):
        yield [as_text(c) for c in row]


def _nested(schema: pa.Schema) -> frozenset[int]:
    import pyarrow as pa

    return frozenset(i for i, t in enumerate(schema.types) if pa.types.is_nested(t))


def _from_parquet(path: Path) -> Source:
    import pyarrow.parquet as pq

    def rows() -> Iterator[Row]:
        with _parquet_faults(path.name), pq.ParquetFile(path) as file:
            for piece in file.iter_batches(batch_size=_PIECE, use_threads=False):
                yield from _from_batch(piece, path.name)

    with path.open("rb") as data:
        digest = hashlib.file_digest(data, "sha256").hexdigest()
    if not path.stat().st_size:
        raise UnreadableFileError(path.name, "the file is empty", allowed="a heading row and at least one row under it")
    with _parquet_faults(path.name), pq.ParquetFile(path) as file:
        schema: pa.Schema = file.schema_arrow
    return Source(path.name, list(schema.names), rows, digest, nested=_nested(schema))


class _parquet_faults:  # noqa: N801 - reads as the statement that it is
    """Turns what the Parquet library raises into one error of ours."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, exc: BaseException | None, trace: object) -> None:
        import pyarrow as pa

        if isinstance(exc, (pa.ArrowException, OSError, ValueError)) and not isinstance(exc, BadInputError):
            reason = str(exc).split("\n", maxsplit=1)[0]
            raise UnreadableFileError(self._origin, f"not a Parquet file ({reason})", allowed="a Parquet file") from exc


def _from_delimited(path: Path, separator: str = "") -> Source:
    file = examine(path)
    read = read_delimited(file, separator=separator)
    late: list[str] = []

    def rows() -> Iterator[Row]:
        short = Short()
        for cells in read.rows(short):
            yield [c.strip() or None for c in cells]
        late[:] = short.notes()

    notes = separator_note(read.separator)
    if file.encoding == "gb18030":
        notes.append("The file is not UTF-8; it was read as GB 18030.")
    return Source(path.name, read.heading, rows, file.sha256, file.encoding, tuple(notes), late)


def _from_tsv(path: Path) -> Source:
    return _from_delimited(path, "\t")


def _from_json(path: Path) -> Source:
    file = examine(path)
    with file.open("\n") as text:
        begins = text.read(1 << 16).lstrip()
    whole = begins.startswith("[") or begins.split("\n", 1)[0].strip() == "{"  # an array; one object over several lines
    items = _array(file) if whole else lambda: _lines(file)
    headings: dict[str, None] = {}
    nested: set[str] = set()
    for line, item in items():
        _refuse_other(item, path.name, line)
        headings.update(dict.fromkeys(item))
        nested |= {k for k, v in item.items() if isinstance(v, (dict, list))}
    if not headings:
        raise UnreadableFileError(path.name, "the objects have no keys", line=1, column=1, allowed='{"name": "…", …}')
    names = list(headings)

    def rows() -> Iterator[Row]:
        for _, item in items():
            yield [as_text(item.get(h)) for h in names]

    at = frozenset(i for i, h in enumerate(names) if h in nested)
    return Source(path.name, names, rows, file.sha256, file.encoding, nested=at)


def _array(file: TextFile) -> Callable[[], Iterator[tuple[int, Any]]]:
    found = _loads(file.whole(), file.path.name, 1)
    items = list(enumerate(found, 1)) if isinstance(found, list) else [(1, found)]
    return lambda: iter(items)


def _lines(file: TextFile) -> Iterator[tuple[int, Any]]:
    with file.open("\n") as text:  # only line feeds end a line of JSON; a name may hold other separators
        for number, line in enumerate(text, 1):
            if line.strip():
                yield number, _loads(line.rstrip("\n"), file.path.name, number)


def _refuse_other(item: Any, origin: str, line: int) -> None:
    if not isinstance(item, dict):
        kind = _JSON_KINDS.get(type(item).__name__, type(item).__name__)
        problem = f"{kind} where an object is expected"
        raise UnreadableFileError(origin, problem, line=line, column=1, allowed='{"name": "…", …}')


def _loads(text: str, origin: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as exc:
        where = line + exc.lineno - 1
        problem, allowed = f"not JSON ({exc.msg})", "one JSON object a line"
        raise UnreadableFileError(origin, problem, line=where, column=exc.colno, allowed=allowed) from exc
    except (ValueError, RecursionError) as exc:
        problem = f"not readable as JSON ({type(exc).__name__})"
        raise UnreadableFileError(origin, problem, line=line, allowed="flat objects") from exc


def _from_xlsx(path: Path) -> Source:
    from entrepot.screening.workbook import first_sheet

    data = path.read_bytes()
    if not data.strip():
        raise UnreadableFileError(path.name, "the file is empty", allowed="a heading row and at least one row under it")
    cells, note = first_sheet(data, path.name)
    digest, notes = hashlib.sha256(data).hexdigest(), (note,) if note else ()
    return Source(path.name, [h or "" for h in cells[0]], lambda: iter(cells[1:]), digest, notes=notes)


_READERS: dict[str, tuple[Callable[[Path], Source], int]] = {
    ".csv": (_from_delimited, _LARGEST),
    ".tsv": (_from_tsv, _LARGEST),
    ".txt": (_from_delimited, _LARGEST),
    ".xlsx": (_from_xlsx, _LARGEST_WHOLE),
    ".jsonl": (_from_json, _LARGEST),
    ".ndjson": (_from_json, _LARGEST),
    ".json": (_from_json, _LARGEST_WHOLE),
    ".parquet": (_from_parquet, _LARGEST),
}
