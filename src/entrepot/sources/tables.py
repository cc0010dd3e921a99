"""Tables of the record: where each lies, and how it is read.

A packaged table is a CSV under the `data` folder of its room: UTF-8, header row, an empty cell is an absence, a list
is written with `; ` between its parts. A computed table names the function that builds it. Reading casts to the
contract's Arrow schema; the rules inside a column are checked by the tests, not at every start.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.contract import Contract, arrow_schema
from entrepot.core.errors import ContractBrokenError, UnreadableFileError
from entrepot.core.tables.buffers import lists
from entrepot.core.tables.packaged import PackagedTable
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

LIST_SEPARATOR = "; "
_NAMED = 3  # rows that an error names; the others are counted


@dataclass(frozen=True, slots=True)
class RecordTable(PackagedTable):
    """A packaged or computed table that a room adds to the record; the contract's name is the table's name.

    Attributes:
        file: the CSV under the room's `data` folder; empty for a computed table.
        build: makes a computed table; None for a packaged one.
    """

    file: str = ""
    build: Callable[[], pa.Table] | None = None


def read_table(table: RecordTable) -> pa.Table:
    """The table under its contract's Arrow schema.

    Raises:
        ContractBrokenError: columns are missing, surplus or out of order, or a cell that may not be empty is.
        UnreadableFileError: a cell is not of its column's type, or the file is not CSV.
    """
    if table.build is not None:
        return table.build()
    return parse_csv(table.contract, table.content, table.file)


def parse_csv(contract: Contract, data: bytes, origin: str) -> pa.Table:
    """CSV bytes as an Arrow table under the contract; `origin` names the file in errors.

    Raises:
        ContractBrokenError, UnreadableFileError: see `read`.
    """
    import pyarrow as pa
    from pyarrow import csv

    wanted = arrow_schema(contract)
    types = {f.name: pa.string() if pa.types.is_list(f.type) else f.type for f in wanted}
    convert = csv.ConvertOptions(
        column_types=types,
        null_values=[""],
        strings_can_be_null=True,
        true_values=["true"],
        false_values=["false"],
    )
    # newlines_in_values lets a note hold a line break; one block keeps the rows in a single chunk
    options = csv.ParseOptions(newlines_in_values=True)
    blocks = csv.ReadOptions(use_threads=False, block_size=max(len(data), 1) + 1)
    try:
        found = csv.read_csv(pa.BufferReader(data), convert_options=convert, parse_options=options, read_options=blocks)
    except pa.ArrowInvalid as exc:
        raise UnreadableFileError(
            origin, str(exc).split("\n")[0], allowed=tr("the table {name!r}", name=contract.name)
        ) from exc
    if tuple(found.column_names) != contract.names:
        raise ContractBrokenError(
            contract.name,
            [tr("its columns are {column_names}", column_names=", ".join(found.column_names))],
            remedy=tr("Write them as: {names}.", names=", ".join(contract.names)),
        )
    return _typed(contract, found, wanted)


def _typed(contract: Contract, found: pa.Table, wanted: pa.Schema) -> pa.Table:
    """Split the lists, then refuse an absence where the contract allows none."""
    import pyarrow as pa

    columns = []
    for name, field in zip(contract.names, wanted, strict=True):
        column = found.column(name)
        if pa.types.is_list(field.type):
            # Not by pyarrow.compute or pyarrow.array, which looks for pandas: either takes longer than all the tables.
            cells = [None if cell is None else cell.split(LIST_SEPARATOR) for cell in column.to_pylist()]
            column = pa.chunked_array([lists(cells, field.type)])
        if column.null_count and not field.nullable:
            raise ContractBrokenError(
                contract.name,
                [tr("{name} is empty, where it may not be: {empty}", name=name, empty=_empty(contract, found, name))],
            )
        columns.append(column)
    return pa.Table.from_arrays(columns, schema=wanted)


def _empty(contract: Contract, found: pa.Table, name: str) -> str:
    """The rows without a cell, the first few by their keys."""
    keys = [found.column(c).to_pylist() for c in contract.grain]
    at = [i for i, cell in enumerate(found.column(name).to_pylist()) if cell is None]
    rows = [tr("row {i}", i=i + 1) if name in contract.grain else "/".join(str(k[i]) for k in keys) for i in at]
    more = tr(" and {count} more", count=len(rows) - _NAMED) if len(rows) > _NAMED else ""
    return ", ".join(rows[:_NAMED]) + more
