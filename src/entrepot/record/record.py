"""The record: every table of the rooms below, read once, found by name.

A room exposes `TABLES` in its `contract.py`; the record adds nothing of its own. See docs/design/02-the-record.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Contract, check
from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import last_day
from entrepot.evidence.tables import RecordTable, read

if TYPE_CHECKING:
    import pyarrow as pa


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
    from entrepot.evidence import contract as evidence
    from entrepot.measures import contract as measures
    from entrepot.trade import contract as trade
    from entrepot.vocabulary import contract as vocabulary

    return (*evidence.TABLES, *vocabulary.TABLES, *measures.TABLES, *corridors.TABLES, *trade.TABLES)


@cache
def load() -> Record:
    """The embedded record; read once a process, for its tables cannot change.

    Raises:
        ContractBrokenError, UnreadableFileError: a packaged table is damaged.
    """
    return assemble(tables())


def assemble(parts: tuple[RecordTable, ...]) -> Record:
    """A record of these tables.

    Raises:
        ContractBrokenError, UnreadableFileError: a table cannot be read under its contract.
    """
    contracts = {part.contract.name: part.contract for part in parts}
    return Record(
        MappingProxyType({part.contract.name: read(part) for part in parts}), MappingProxyType(contracts)
    )


def table(record: Record, name: str) -> pa.Table:
    """One table.

    Raises:
        UnknownNameError: no such table; carries the nearest names.
    """
    if name not in record.tables:
        raise UnknownNameError("table of the record", name, record.tables)
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

    A key may stand in several tables: a `place_id` in places and in crossings.
    """
    import pyarrow.compute as pc

    found = []
    for name, contract in record.contracts.items():
        data = record.tables[name]
        if len(contract.grain) == 1:
            rows = data.filter(pc.equal(data.column(contract.grain[0]), row_id))
            found += [(name, row) for row in rows.to_pylist()]
    return found


def known(record: Record, as_of: date) -> Known:
    """The record as it could be known on `as_of`, that day included.

    Rows known later are left out of the tables that carry `known_on`; a date known to the month counts from the
    month's last day. Tables without `known_on` stay whole: listings and membership are dated by their validity.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    kept, inferred, later = {}, {}, {}
    for name, contract in record.contracts.items():
        if "known_on" not in contract.names:
            continue
        data = record.tables[name]
        dates = pc.unique(data.column("known_on")).to_pylist()
        in_time = [d for d in dates if last_day(d) <= as_of]
        kept[name] = data.filter(pc.is_in(data.column("known_on"), value_set=pa.array(in_time, pa.string())))
        inferred[name] = pc.sum(pc.equal(kept[name].column("known_on_basis"), "inferred")).as_py() or 0
        later[name] = data.num_rows - kept[name].num_rows
    return Known(_with(record, kept), as_of, MappingProxyType(inferred), MappingProxyType(later))


def _with(record: Record, changed: Mapping[str, pa.Table]) -> Record:
    return Record(MappingProxyType({**record.tables, **changed}), record.contracts)
