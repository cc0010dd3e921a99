"""Tables that lie in the package, and the one reader of them.

A packaged table is a CSV in the `data` folder of its room: UTF-8, the columns of its contract as header, a list with
semicolons between its parts, and of every row what it comes from. The reader needs neither polars nor pyarrow, so that
a screening, which begins with the tables of names, does not wait for them. See docs/design/01-tables-and-findings.md.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, batch, table
from entrepot.core.errors import ContractBrokenError, UnreadableFileError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

OURS = "Entrepot"  # the source of words and judgements that come from nowhere else

SOURCE = Column(
    "source",
    "text",
    "what the row comes from: an id of the register, a work with licence and version, a standard, a script of ours; "
    f"{OURS} for words and judgements of ours",
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PackagedTable:
    """A table that lies in the package.

    Attributes:
        contract: its promise.
        package: the room, `entrepot.corridors`.
        file: the CSV under the room's `data` folder; packed where its name ends in `.gz`.
    """

    contract: Contract
    package: str
    file: str

    @property
    def content(self) -> bytes:
        """The bytes of the file, unpacked."""
        return _unpacked(self.package, self.file)


def packaged_content(package: str, file: str) -> bytes:
    """The bytes of a file of the `data` folder of a room, as it lies there; a wheel has its tables packed."""
    found = files(package).joinpath("data", file)
    if not found.is_file() and (packed := files(package).joinpath("data", f"{file}.gz")).is_file():
        return gzip.decompress(packed.read_bytes())
    return found.read_bytes()


def _unpacked(package: str, file: str) -> bytes:
    found = packaged_content(package, file)
    return gzip.decompress(found) if file.endswith(".gz") else found


def packaged_rows(packaged: PackagedTable) -> list[Row]:
    """The rows by the names of their columns.

    Returns:
        A cell as its column's type reads it; an empty one is "" for text, [] for texts, None for all else.

    Raises:
        ContractBrokenError: the header is another, or a cell is empty that may not be.
        UnreadableFileError: no strict CSV in UTF-8, a row of more or fewer cells, a cell of another type.
    """
    cells = packaged_cells(packaged.package, packaged.file)
    return _rows(packaged.contract, cells, lambda: packaged.content, packaged.file)


@cache
def packaged_cells(package: str, file: str) -> list[list[str]]:
    """The cells of a packaged CSV, as `cells_of`; read once, for a table and for the hash of what it says."""
    return cells_of(_unpacked(package, file), file)


def rows_of(contract: Contract, data: bytes, origin: str) -> list[Row]:
    """The rows of CSV bytes under a contract; `origin` names the file in errors.

    Raises:
        ContractBrokenError, UnreadableFileError: see `packaged_rows`; with file and line.
    """
    return _rows(contract, cells_of(data, origin), lambda: data, origin)


def _rows(contract: Contract, cells: list[list[str]], data: Callable[[], bytes], origin: str) -> list[Row]:
    """As `rows_of`; the bytes are asked for only where a message needs a line."""
    head, *rows = cells
    names = contract.names
    if tuple(head) != names:
        failure = tr("{origin}, line 1: its columns are {head}", origin=origin, head=", ".join(head))
        raise ContractBrokenError(
            contract.name, [failure], remedy=tr("Write them as: {names}.", names=", ".join(names))
        )
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True)) or [() for _ in names]
    for at, column in enumerate(contract.columns):
        if "" in columns[at] and (not column.absent or column.name in contract.grain):
            line = _line(data(), columns[at].index(""))
            failure = tr(
                "{origin}, line {line}: {name} is empty where it may not be", origin=origin, line=line, name=column.name
            )
            raise ContractBrokenError(contract.name, [failure])
        if not column.kind.is_text:
            columns[at] = _read(column, columns[at], data, origin)
    # All are of one length, which `cells_of` has seen to: to ask again of each row takes as long as to read it.
    return [dict(zip(names, row, strict=False)) for row in zip(*columns, strict=True)]


def cells_of(data: bytes, origin: str) -> list[list[str]]:
    """The cells of strict CSV in UTF-8, row by row with the header first; all rows have as many as it.

    Raises:
        UnreadableFileError: it is not; with file and line.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as exc:
        line = data.count(b"\n", 0, exc.start) + 1
        raise UnreadableFileError(origin, tr("is not UTF-8"), line=line, allowed=tr("UTF-8")) from exc
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as exc:
        raise UnreadableFileError(origin, tr("is not strict CSV ({exc})", exc=exc), line=reader.line_num) from exc
    if not rows:
        raise UnreadableFileError(origin, tr("is empty"), line=1, allowed=tr("a header"))
    width = len(rows[0])
    if set(map(len, rows)) != {width}:
        at = next(i for i, row in enumerate(rows) if len(row) != width)
        problem = tr("{count} cells where the header has {width}", count=len(rows[at]), width=width)
        raise UnreadableFileError(origin, problem, line=_line(data, at - 1))
    return rows


def checked_table(contract: Contract, rows: Sequence[Row]) -> pa.Table:
    """Rows as an Arrow table whose every rule was checked; an empty text or list is an absence.

    Raises:
        ContractBrokenError: a rule is broken.
    """
    return table(contract, _with_absences(rows))


def proven_table(contract: Contract, rows: Sequence[Row]) -> pa.Table:
    """As `checked_table`, of rows that lie in the package: the tests hold them to every rule, not each start.

    To ask again takes half a second of whoever starts a command, the most of it for polars.
    """
    import pyarrow as pa

    return pa.Table.from_batches([batch(contract, _with_absences(rows))])


def _with_absences(rows: Sequence[Row]) -> list[Row]:
    return [{k: None if v in ("", []) else v for k, v in row.items()} for row in rows]


def _read(column: Column, cells: Sequence[str], data: Callable[[], bytes], origin: str) -> list[Any]:
    """The cells of one column as its type reads them."""
    kind, empty = column.kind, column.kind.is_list
    found: list[Any] = []
    try:
        for cell in cells:
            found.append(kind.read(cell) if cell else [] if empty else None)  # noqa: PERF401 - how far it came
    except ValueError as exc:
        cell, line = cells[len(found)], _line(data(), len(found))
        raise UnreadableFileError(
            origin, tr("{cell!r} in {name}", cell=cell, name=column.name), line=line, allowed=kind.words
        ) from exc
    return found


def _line(data: bytes, row: int) -> int:
    """The line on which a row begins; the first row behind the header is 0."""
    reader = csv.reader(StringIO(data.decode("utf-8"), newline=""))
    for _ in zip(range(row + 1), reader, strict=False):
        pass
    return reader.line_num + 1
