"""Rows of text out of a file or a frame, read piece by piece as often as they are asked for.

CSV, TSV, JSON lines, Parquet and frames are never held whole. Workbooks and JSON arrays are: they have no pieces.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.screening.parties.file_options import Given
from entrepot.screening.tables.cells import Row, as_text
from entrepot.screening.tables.decode import TextFile, examine
from entrepot.screening.tables.delimited import Short, read_delimited
from entrepot.screening.tables.unpack import STANDARD_INPUT, unpacked

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
        place: where the headings stand in a workbook, for a message.
    """

    origin: str
    headings: list[str]
    rows: Callable[[], Iterator[Row]]
    sha256: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()
    late_notes: list[str] = field(default_factory=list)
    nested: frozenset[int] = frozenset()
    place: str = ""


def opened(path: Path, given: Given | None = None) -> Source:
    """A file as a table.

    Args:
        path: the file.
        given: what the user says of it.

    Raises:
        UnreadableFileError: it is missing, empty, mis-encoded, wrongly quoted or of an unknown kind.
    """
    inner, digest = unpacked(path)
    if inner != path:
        name = STANDARD_INPUT if str(path) == STANDARD_INPUT else path.name
        return replace(opened(inner, given), origin=name, sha256=digest)
    try:
        # A pipe or a device may never end.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(path, "not a regular file", allowed="a file", remedy="Save the table first.")
        read, most = _reader(path)
        if path.is_file() and path.stat().st_size > most:
            raise UnreadableFileError(path, "the file is too large", allowed=f"at most {most:,} bytes")
        return read(path, given or Given())
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        raise UnreadableFileError(path, f"cannot be read ({reason})", remedy="Check the path.") from exc


def _reader(path: Path) -> tuple[Callable[[Path, Given], Source], int]:
    path.open("rb").close()  # a missing file is missing, whatever its ending
    found = _READERS.get(path.suffix.casefold())
    if found is None:
        raise UnreadableFileError(
            path.name,
            f"files that end in {path.suffix!r} are not known" if path.suffix else "the name has no ending",
            allowed=", ".join(_READERS) + "; .gz and .zip of these",
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


def _from_parquet(path: Path, _given: Given) -> Source:
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


def _from_delimited(path: Path, given: Given, separator: str = "") -> Source:
    file = examine(path, given.encoding)
    read = read_delimited(file, separator=separator, chosen=given.chosen)
    late: list[str] = []

    def rows() -> Iterator[Row]:
        short = Short()
        for cells in read.rows(short):
            yield [c.strip() or None for c in cells]
        late[:] = short.notes()

    notes = list(read.notes)
    if file.encoding == "gb18030" and not given.encoding:
        notes.append("The file is not UTF-8; it was read as GB 18030.")
    return Source(path.name, read.heading, rows, file.sha256, file.encoding, tuple(notes), late)


def _from_tsv(path: Path, given: Given) -> Source:
    return _from_delimited(path, given, "\t")


def _from_json(path: Path, given: Given) -> Source:
    file = examine(path, given.encoding)
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


def _from_xlsx(path: Path, given: Given) -> Source:
    from entrepot.screening.tables.workbook import sheet_of

    data = path.read_bytes()
    if not data.strip():
        raise UnreadableFileError(path.name, "the file is empty", allowed="a heading row and at least one row under it")
    sheet = sheet_of(data, path.name, given.chosen, given.sheet)
    digest = hashlib.sha256(data).hexdigest()
    headings = list(sheet.heading.cells)
    return Source(path.name, headings, lambda: iter(sheet.rows), digest, notes=sheet.notes, place=sheet.place)


_READERS: dict[str, tuple[Callable[[Path, Given], Source], int]] = {
    ".csv": (_from_delimited, _LARGEST),
    ".tsv": (_from_tsv, _LARGEST),
    ".txt": (_from_delimited, _LARGEST),
    ".xlsx": (_from_xlsx, _LARGEST_WHOLE),
    ".jsonl": (_from_json, _LARGEST),
    ".ndjson": (_from_json, _LARGEST),
    ".json": (_from_json, _LARGEST_WHOLE),
    ".parquet": (_from_parquet, _LARGEST),
}
