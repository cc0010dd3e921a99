"""Whether a store's database can be read from its first block to its last; DuckDB checks each block as it reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store
from entrepot.core.store.stocktaking import tables
from entrepot.core.store.store_reading import connected, unwritten

if TYPE_CHECKING:
    from pathlib import Path

_ROWS = 10_000  # read at a time, so that a large store is checked in little memory


def broken_blocks(folder: Path) -> str:
    """What DuckDB says of a database that it cannot read whole; empty where it can, or where there is none.

    Raises:
        StoreLockedError: another run holds the store.
    """
    import duckdb

    if not store.is_there(folder):
        return ""
    try:
        with unwritten(folder), connected(folder) as con:
            for name in tables(con):
                for _ in con.table(f'"{name}"').to_arrow_reader(_ROWS):
                    pass
    except (duckdb.Error, OSError) as exc:
        return str(exc).splitlines()[0]
    return ""
