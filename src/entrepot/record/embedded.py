"""The record: every table of the rooms below, read once, found by name.

A room exposes `TABLES` in its `contract.py`; the record adds nothing of its own. See docs/design/02-the-record.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, check
from entrepot.core.contract import table as as_table
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import last_day
from entrepot.core.tables.packaged import proven_table
from entrepot.core.words.translate import tr
from entrepot.record.sound_record import refuse_unsound
from entrepot.sources.tables import RecordTable, read_table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import pyarrow as pa


TABLES = Contract(
    name="tables",
    meaning="The tables of the record.",
    grain=("table",),
    columns=(
        Column("table", "text", "name of the table"),
        Column("rows", "integer", "rows it holds", unit="rows", low=0),
        Column("grain", "texts", "columns that together identify a row"),
        Column("meaning", "text", "what it holds"),
    ),
)


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """The tables and their contracts, by name.

    Attributes:
        tables: Arrow tables, each under its contract.
        contracts: what each table promises, in the order of the rooms.
    """

    tables: Mapping[str, pa.Table]
    contracts: Mapping[str, Contract]


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The record as it could be known on a day.

    Attributes:
        record: the tables, later rows left out.
        as_of: the day.
        inferred: per table, how many of the rows kept carry an inferred date; only tables with `known_on`.
        later: per table, how many rows were left out.
    """

    record: Record
    as_of: date
    inferred: Mapping[str, int]
    later: Mapping[str, int]


def tables() -> tuple[RecordTable, ...]:
    """The tables of all rooms, lowest room first."""
    from entrepot.corridors import contract as corridors
    from entrepot.lists import contract as lists
    from entrepot.measures import contract as measures
    from entrepot.sources import contract as sources
    from entrepot.trade import contract as trade
    from entrepot.vocabulary import contract as vocabulary

    rooms = (sources, vocabulary, lists, measures, corridors, trade)
    return tuple(part for room in rooms for part in room.TABLES)


@cache
def load() -> Record:
    """The embedded record; read once a process, for its tables cannot change.

    Raises:
        ContractBrokenError, UnreadableFileError: a packaged table is damaged, holds a row twice, or names what is not
            there.
    """
    whole = assemble(tables())
    found = _with(whole, {"sources": register()})
    refuse_unsound(found.tables, found.contracts)
    return found


def register() -> pa.Table:
    """The register of sources, with those that the files of regions and measures cite.

    Raises:
        ContractBrokenError, UnreadableFileError: a file is damaged.
    """
    import pyarrow as pa

    from entrepot.measures.provisions import measure_sources
    from entrepot.sources.cited import register_rows
    from entrepot.sources.contract import SOURCES
    from entrepot.vocabulary.regions.region_files import regions

    (part,) = (t for t in tables() if t.contract == SOURCES)
    cited = [*register_rows(s for r in regions() for s in r.sources), *measure_sources()]
    return pa.concat_tables([read_table(part), proven_table(SOURCES, cited)]).combine_chunks()


def assemble(parts: tuple[RecordTable, ...]) -> Record:
    """A record of these tables.

    Raises:
        ContractBrokenError, UnreadableFileError: a table cannot be read under its contract.
    """
    contracts = {part.contract.name: part.contract for part in parts}
    return Record(
        MappingProxyType({part.contract.name: read_table(part) for part in parts}), MappingProxyType(contracts)
    )


def table(record: Record, name: str) -> pa.Table:
    """One table.

    Raises:
        UnknownNameError: no such table; carries the nearest names.
    """
    if name not in record.tables:
        raise UnknownNameError(tr("table of the record"), name, record.tables)
    return record.tables[name]


def replace(record: Record, name: str, data: pa.Table) -> Record:
    """The record with one table replaced; the other tables are shared, not copied.

    Raises:
        UnknownNameError: no such table.
        ContractBrokenError: `data` does not keep the table's contract.
    """
    table(record, name)
    return _with(record, {name: check(record.contracts[name], data)})


def find(record: Record, row_id: str) -> list[tuple[str, dict[str, Any]]]:
    """The rows whose key is `row_id`, as (table, row); empty when there is none.

    A key may stand in several tables: a `place_id` in places and in crossings. A key of two columns is written with
    a slash: `uflpa/presumption`.
    """
    import polars as pl

    found = []
    for name, contract in record.contracts.items():
        parts = row_id.split("/")
        if len(parts) != len(contract.grain):
            continue
        key = [pl.col(column) == part for column, part in zip(contract.grain, parts, strict=True)]
        rows = pl.DataFrame(record.tables[name]).filter(*key)
        found += [(name, row) for row in rows.to_dicts()]
    return found


def overview(record: Record) -> pa.Table:
    """The tables of the record under `TABLES`: what each holds and how many rows."""
    return as_table(
        TABLES,
        [
            {"table": name, "rows": record.tables[name].num_rows, "grain": list(c.grain), "meaning": c.meaning}
            for name, c in record.contracts.items()
        ],
    )


def known(record: Record, as_of: date) -> Known:
    """The record as it could be known on `as_of`, that day included.

    Rows known later are left out of the tables that carry `known_on`; a date known to the month counts from the
    month's last day. Tables without `known_on` stay whole: listings and membership are dated by their validity.
    """
    import polars as pl

    kept, inferred, later = {}, {}, {}
    for name, contract in record.contracts.items():
        if "known_on" not in contract.names:
            continue
        data = record.tables[name]
        frame = pl.DataFrame(data)
        in_time = [d for d in frame["known_on"].unique() if last_day(d) <= as_of]
        frame = frame.filter(pl.col("known_on").is_in(in_time))
        kept[name] = frame.to_arrow().cast(data.schema)
        inferred[name] = frame.filter(pl.col("known_on_basis") == "inferred").height
        later[name] = data.num_rows - frame.height
    return Known(_with(record, kept), as_of, MappingProxyType(inferred), MappingProxyType(later))


def _with(record: Record, changed: Mapping[str, pa.Table]) -> Record:
    return Record(MappingProxyType({**record.tables, **changed}), record.contracts)
