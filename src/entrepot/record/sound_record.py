"""Faults of the record's files that no column shows alone: one key for two rows, a place or a source that is nowhere.

A doubled row would be counted twice and a row of an unknown place left out of every answer, both without a word. What a
column may hold is asked when its table is read. See docs/design/02-the-record.md.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import ContractBrokenError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyarrow as pa

    from entrepot.core.contract import Contract

# Columns that name a row of another table.
_LEADS_TO = {"place_id": "places", "source_id": "sources"}
# The places of the network and of regions stand in tables of their own.
_PLACED = {"crossings", "observations", "rules", "events", "border_times", "experiments", "cooperation"}
_NAMED = 3  # rows that an error names; the others are counted


def refuse_unsound(tables: Mapping[str, pa.Table], contracts: Mapping[str, Contract]) -> None:
    """Refuse tables of which a key stands twice, or that name a place or a source that is on no row.

    Args:
        tables: every table of the record, the register of sources whole.
        contracts: what each promises.

    Raises:
        ContractBrokenError: names the table, the rows and the values.
    """
    held = {table: set(tables[table].column(key).to_pylist()) for key, table in _LEADS_TO.items()}
    for name, contract in contracts.items():
        if broken := [*_doubled(tables[name], contract), *_astray(tables[name], contract, held)]:
            remedy = tr("Correct the row in the file of the table; nothing of the record is read until then.")
            raise ContractBrokenError(name, broken, remedy=remedy)


def _keys(table: pa.Table, contract: Contract) -> list[tuple[Any, ...]]:
    return list(zip(*(table.column(c).to_pylist() for c in contract.grain), strict=True))


def _doubled(table: pa.Table, contract: Contract) -> Iterator[str]:
    keys = _keys(table, contract)
    if len(set(keys)) == len(keys):
        return
    twice = [key for key, n in Counter(keys).items() if n > 1]
    yield tr("{grain} stands in more than one row: {some}", grain=", ".join(contract.grain), some=_some(twice))


def _astray(table: pa.Table, contract: Contract, held: Mapping[str, set[Any]]) -> Iterator[str]:
    for column, there in _LEADS_TO.items():
        if column not in table.column_names or (column == "place_id" and contract.name not in _PLACED):
            continue
        cells = table.column(column).to_pylist()
        wrong = [(i, v) for i, cell in enumerate(cells) for v in _values(cell) if v not in held[there]]
        if wrong:
            keys = _keys(table, contract)
            rows = [(*keys[i], f"{column} {v!r}") for i, v in wrong]
            yield tr("{column} names no row of {there}: {some}", column=column, there=there, some=_some(rows))


def _values(cell: Any) -> tuple[Any, ...]:
    """What a cell names: of a list each part, of an absence nothing."""
    return () if cell is None else tuple(cell) if isinstance(cell, list) else (cell,)


def _some(keys: list[tuple[Any, ...]]) -> str:
    more = tr(" and {count} more", count=len(keys) - _NAMED) if len(keys) > _NAMED else ""
    return ", ".join("/".join(map(str, key)) for key in keys[:_NAMED]) + more
