"""Parties to screen: a file or a frame read into rows of text, with the columns that matter found."""

from __future__ import annotations

import hashlib
import json
import warnings
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.screening.columns import PartyColumn, party_columns
from entrepot.screening.decoding import decode
from entrepot.screening.delimited import read_delimited

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LARGEST = 2_000_000_000  # bytes of a file, read whole: more than screening gets through in a day
_MOST_UNPACKED = 1_000_000_000  # bytes that a workbook may unpack to; a million rows take about a fifth
# What packs 200 times was made to: tables of names pack 5 to 30 times. Small ones are harmless.
_MOST_PACKED, _HARMLESS = 200, 50_000_000
_MOST_CELLS = 100_000_000
_MOST_ROWS = 1_048_576  # rows of a sheet in Excel
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how an .xls begins, and an .xlsx under a password
_SEALED = "; this one is an old .xls, or is locked with a password"
_MOST_NOTES = 20  # repeated headings named one by one
_JSON_KINDS = {"int": "a number", "float": "a number", "str": "a text", "list": "a list", "bool": "a truth value"}
_IN_MEMORY = "a table in memory"

Row = list[str | None]


@dataclass(frozen=True, slots=True)
class Party:
    """One party of one row, as given; `shared` names what may describe another party of the row."""

    row: int
    column: str
    name: str | None
    country: str | None
    address: str | None
    identifier: str | None
    shared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Parties:
    """A table of parties.

    Attributes:
        origin: file name, or "a table in memory".
        headings: all headings.
        rows: cells as text, None where empty.
        columns: the party columns.
        sha256: hash of the file; empty for a table in memory.
        encoding: of a text file; empty for others.
        notes: what a reader of the result must know about how it was read.
    """

    origin: str
    headings: tuple[str, ...]
    rows: Sequence[Row]
    columns: tuple[PartyColumn, ...]
    sha256: str = ""
    encoding: str = ""
    notes: tuple[str, ...] = ()

    def each(self) -> Iterable[Party]:
        """Every party with a name, or with an address or an identifier of its own, row by row."""
        for number, row in enumerate(self.rows, 1):
            for column in self.columns:
                if _holds_party(row, column):
                    address, country, identifier = (
                        _joined(row, at) for at in (column.address, column.country, column.identifier)
                    )
                    yield Party(number, column.name, row[column.position], country, address, identifier, column.shared)

    def count(self) -> int:
        """Number of parties that `each` gives."""
        return sum(_holds_party(row, c) for row in self.rows for c in self.columns)


def _holds_party(row: Row, column: PartyColumn) -> bool:
    """Whether the row has this party: what may describe another party of the row does not make one."""
    own = {"address": column.address, "identifier": column.identifier}
    return bool(row[column.position]) or any(_joined(row, at) for role, at in own.items() if role not in column.shared)


@dataclass(frozen=True, slots=True)
class _Table:
    headings: list[str]
    rows: list[Row]
    encoding: str = ""
    notes: tuple[str, ...] = ()
    nested: frozenset[int] = frozenset()  # positions of columns with lists or objects


def read_parties(source: Any, name_columns: Sequence[str] = ()) -> Parties:
    """Read parties from a path or a frame.

    Args:
        source: a path (.csv, .tsv, .txt, .xlsx, .jsonl, .ndjson, .json, .parquet), or any table with
        `__arrow_c_stream__`
            (Arrow, polars, pandas).
        name_columns: the columns that hold parties; empty to guess them from their headings.

    Raises:
        UnreadableFileError: the file is missing, empty, mis-encoded, wrongly quoted or of an unknown kind.
        BadInputError: no column holds parties.
        UnknownNameError: a named column is not there.
    """
    if isinstance(source, (str, Path)):
        path = Path(source)
        data = _bytes(path)
        table = _reader(path)(data, path.name)
        origin, digest = path.name, hashlib.sha256(data).hexdigest()
    else:
        table, origin, digest = _from_frame(source, _IN_MEMORY), _IN_MEMORY, ""
    if not table.rows:
        raise UnreadableFileError(origin, "there is no row under the heading", allowed="at least one party")
    headings, renamed = _unique(table.headings)
    columns = party_columns(headings, name_columns)
    notes = (*table.notes, *renamed, *_nameless(table.rows, columns), *_names(table, headings, columns))
    return Parties(origin, tuple(headings), table.rows, columns, digest, table.encoding, notes)


def _names(table: _Table, headings: list[str], columns: Sequence[PartyColumn]) -> list[str]:
    """Remarks on party columns without a letter.

    Raises:
        BadInputError: a party column holds nested values, or no row holds anything to screen.
    """
    given = {c.position: [n for r in table.rows if (n := r[c.position])] for c in columns}
    read = {i for c in columns for i in (c.position, *c.address, *c.identifier)}
    if not any(r[i] for r in table.rows for i in read):
        raise BadInputError(
            "no row has a name, an address or an identifier",
            found=", ".join(c.name for c in columns),
            allowed="at least one party",
            remedy="Give another --name-column.",
        )
    nested = next((headings[i] for i in given if i in table.nested), None)
    if nested is not None:
        raise BadInputError(
            "a party column holds nested values", found=nested, allowed="text", remedy="Give the name a column."
        )
    return [
        f"No name in column {headings[i]!r} has a letter: is it the right column?"
        for i, names in given.items()
        if names and not any(c.isalpha() for n in names for c in n)
    ]


def _nameless(rows: Sequence[Row], columns: Sequence[PartyColumn]) -> list[str]:
    """A note on the rows that name nobody: no list can be asked about them."""
    count = sum(1 for row in rows if not any(row[c.position] for c in columns))
    one = "1 row names no party: its address and identifier were read, no list was asked."
    more = f"{count} rows name no party: their addresses and identifiers were read, no list was asked."
    return [one if count == 1 else more] if count else []


def _bytes(path: Path) -> bytes:
    try:
        # A pipe or a device may never end.
        if path.exists() and not path.is_file() and not path.is_dir():
            raise UnreadableFileError(path, "not a regular file", allowed="a file", remedy="Save the table first.")
        if path.is_file() and path.stat().st_size > _LARGEST:
            raise UnreadableFileError(path, "the file is too large", allowed=f"at most {_LARGEST:,} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as exc:
        reason = getattr(exc, "strerror", None) or str(exc)
        raise UnreadableFileError(path, f"cannot be read ({reason})", remedy="Check the path.") from exc
    if not data.strip():
        raise UnreadableFileError(path.name, "the file is empty", allowed="a heading row and at least one row under it")
    return data


def _reader(path: Path) -> Callable[[bytes, str], _Table]:
    found = _READERS.get(path.suffix.casefold())
    if found is None:
        raise UnreadableFileError(
            path.name,
            f"files that end in {path.suffix!r} are not known" if path.suffix else "the name has no ending",
            allowed=", ".join(_READERS),
            remedy="Save the table as CSV in UTF-8.",
        )
    return found


def _joined(row: Row, at: tuple[int, ...]) -> str | None:
    return ", ".join(cell for i in at if (cell := row[i])) or None


def _unique(headings: list[str]) -> tuple[list[str], list[str]]:
    """Every heading its own name: blanks are numbered, repeats counted."""
    out: dict[str, None] = {}
    notes: list[str] = []
    last: dict[str, int] = {}
    for number, heading in enumerate(headings, 1):
        base = heading.strip().lstrip("\ufeff").strip() or f"column {number}"
        name, count = base, last.get(base, 1)
        while name in out:
            count += 1
            name = f"{base} ({count})"
        last[base] = count
        if name != base:
            notes.append(f"The heading {base!r} stands more than once; column {number} is called {name!r}.")
        out[name] = None
    more = len(notes) - _MOST_NOTES
    return list(out), notes if more <= 0 else [*notes[:_MOST_NOTES], f"{more} more headings stand more than once."]


def _text(cell: Any) -> str | None:
    """A cell as text: whole floats without their point, dates as ISO, nested values as JSON."""
    if cell is None or cell != cell:  # noqa: PLR0124 - NaN is the absence of a number
        return None
    if isinstance(cell, bytes):
        cell = cell.decode("utf-8", "replace")
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, (date, datetime)):
        cell = cell.isoformat()
    if isinstance(cell, (dict, list)):
        cell = json.dumps(cell, ensure_ascii=False, default=str)
    try:
        text = str(cell).strip()
    except ValueError:  # an integer of thousands of digits
        return None
    return text or None


def _from_delimited(data: bytes, origin: str, separator: str = "") -> _Table:
    text, encoding = decode(data, origin)
    heading, rows, notes = read_delimited(text, origin, separator=separator)
    if encoding == "gb18030":
        notes.append("The file is not UTF-8; it was read as GB 18030.")
    return _Table(heading, [[c.strip() or None for c in r] for r in rows], encoding, tuple(notes))


def _from_tsv(data: bytes, origin: str) -> _Table:
    return _from_delimited(data, origin, "\t")


def _from_json_lines(data: bytes, origin: str) -> _Table:
    text, encoding = decode(data, origin)
    if text.lstrip().startswith("[") or _is_one_object(text):
        items = [(1, _loads(text, origin, 1))]
        items = [(n, i) for n, i in enumerate(items[0][1], 1)] if isinstance(items[0][1], list) else items
    else:
        # Only line feeds end a line of JSON; a name may hold other separators.
        items = [(n, _loads(t, origin, n)) for n, t in enumerate(text.split("\n"), 1) if t.strip()]
    headings: dict[str, None] = {}
    for line, item in items:
        if not isinstance(item, dict):
            raise UnreadableFileError(
                origin,
                f"{_JSON_KINDS.get(type(item).__name__, type(item).__name__)} where an object is expected",
                line=line,
                column=1,
                allowed='{"name": "…", …}',
            )
        headings.update(dict.fromkeys(item))
    if items and not headings:
        raise UnreadableFileError(origin, "the objects have no keys", line=1, column=1, allowed='{"name": "…", …}')
    nested = frozenset(n for n, h in enumerate(headings) if any(isinstance(i.get(h), (dict, list)) for _, i in items))
    return _Table(list(headings), [[_text(i.get(h)) for h in headings] for _, i in items], encoding, nested=nested)


def _is_one_object(text: str) -> bool:
    """Whether the whole text is one object over several lines, not an object a line."""
    first = text.lstrip().split("\n", 1)[0].strip()
    return first == "{"


def _loads(text: str, origin: str, line: int) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError as exc:
        raise UnreadableFileError(
            origin,
            f"not JSON ({exc.msg})",
            line=line + exc.lineno - 1,
            column=exc.colno,
            allowed="one JSON object a line",
        ) from exc
    except (ValueError, RecursionError) as exc:
        raise UnreadableFileError(
            origin, f"not readable as JSON ({type(exc).__name__})", line=line, allowed="flat objects"
        ) from exc


def _from_xlsx(data: bytes, origin: str) -> _Table:
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
    return _Table([h or "" for h in cells[0]], cells[1:], notes=(note,) if note else ())


def _refuse_bomb(unpacked: int, packed: int, origin: str) -> None:
    if unpacked > _MOST_UNPACKED or unpacked > max(_HARMLESS, _MOST_PACKED * packed):
        raise UnreadableFileError(
            origin,
            f"{packed:,} bytes that unpack to {unpacked:,}",
            allowed=f"at most {_MOST_UNPACKED:,}, and at most {_MOST_PACKED} times the file",
            remedy="Save the table as CSV in UTF-8.",
        )


def _sheet(data: bytes, origin: str) -> tuple[list[Row], str]:
    """The rows of the first sheet that hold anything, of one width, and a note on the sheets that are not read."""
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
            row = [_text(c) for c in values]
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


def _from_parquet(data: bytes, origin: str) -> _Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        found = pq.read_table(pa.BufferReader(data))
    except (pa.ArrowException, OSError, ValueError) as exc:
        reason = str(exc).split("\n", maxsplit=1)[0]
        raise UnreadableFileError(origin, f"not a Parquet file ({reason})", allowed="a Parquet file") from exc
    return _from_frame(found, origin)


def _from_frame(frame: Any, origin: str) -> _Table:
    import pyarrow as pa

    if not isinstance(frame, pa.Table):
        if not hasattr(frame, "__arrow_c_stream__"):
            raise BadInputError(
                "parties are neither a path nor a table",
                found=type(frame).__name__,
                allowed="a path, or an Arrow, polars or pandas table",
            )
        frame = pa.table(frame)
    try:
        lists = [frame.column(i).to_pylist() for i in range(frame.num_columns)]
    except (pa.ArrowException, ValueError, OverflowError) as exc:
        raise UnreadableFileError(origin, f"a column cannot be read ({exc})", allowed="text columns") from exc
    nested = frozenset(i for i, t in enumerate(frame.schema.types) if pa.types.is_nested(t))
    rows = [[_text(c) for c in r] for r in zip(*lists, strict=True)]
    return _Table([str(n) for n in frame.column_names], rows, nested=nested)


_READERS: dict[str, Callable[[bytes, str], _Table]] = {
    ".csv": _from_delimited,
    ".tsv": _from_tsv,
    ".txt": _from_delimited,
    ".xlsx": _from_xlsx,
    ".jsonl": _from_json_lines,
    ".ndjson": _from_json_lines,
    ".json": _from_json_lines,
    ".parquet": _from_parquet,
}
