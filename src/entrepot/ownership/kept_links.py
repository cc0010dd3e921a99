"""Files of ownership data in the store: each taken whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import arrow_schema, table
from entrepot.core.errors import UnknownNameError
from entrepot.core.store.store_reading import reading
from entrepot.ownership.contract import OWNERSHIP_FILES, OWNERSHIP_LINKS, OWNERSHIP_PARTIES
from entrepot.ownership.recorded_links import recorded_links

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.ownership.read_links import Links

_TABLES = (OWNERSHIP_FILES, OWNERSHIP_PARTIES, OWNERSHIP_LINKS)


def put(folder: Path, links: Links) -> bool:
    """Keep a file; whether it is new. The same file again changes nothing.

    Raises:
        StoreError: the store cannot be used.
    """
    with store.opened(folder) as con:
        if _has(con, links.row["file_id"]):
            return False
        rows = table(OWNERSHIP_FILES, [links.row])
        for contract, data in zip(_TABLES, (rows, links.parties, links.links), strict=True):
            con.register("incoming", data.cast(arrow_schema(contract)))
            con.execute(f'INSERT INTO "{contract.name}" BY NAME SELECT * FROM incoming')  # noqa: S608 - our own contract
            con.unregister("incoming")
    return True


def files(folder: Path) -> list[dict[str, Any]]:
    """The files that are held, oldest first; none where there is no store."""
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        rows: list[dict[str, Any]] = _all(con, OWNERSHIP_FILES).to_pylist()
    return sorted(rows, key=lambda r: (r["loaded_at"], r["file_id"]))


def remove(folder: Path, file_id: str) -> dict[str, Any]:
    """Remove a file, and what was read of it; its row.

    Raises:
        UnknownNameError: no such file is held.
        StoreError: the store cannot be used.
    """
    held = {r["file_id"]: r for r in files(folder)}
    if file_id not in held:
        raise UnknownNameError("file of ownership data", file_id, held, remedy="See entrepot own files.")
    with store.opened(folder) as con:
        for contract in _TABLES:
            con.execute(f'DELETE FROM "{contract.name}" WHERE file_id = ?', [file_id])  # noqa: S608 - our own contract
    return held[file_id]


def held_links(folder: Path) -> tuple[pa.Table, pa.Table]:
    """Parties and links of every file, those of the record first.

    Raises:
        StoreError: the store cannot be read.
    """
    import pyarrow as pa

    parties, links = recorded_links()
    if not store.is_there(folder):
        return parties, links
    with reading(folder) as con:
        own = [_all(con, contract) for contract in (OWNERSHIP_PARTIES, OWNERSHIP_LINKS)]
    return pa.concat_tables([parties, own[0]]), pa.concat_tables([links, own[1]])


def _all(con: duckdb.DuckDBPyConnection, contract: Contract) -> pa.Table:
    return con.sql(f'SELECT * FROM "{contract.name}"').to_arrow_table().cast(arrow_schema(contract))  # noqa: S608 - our own contract


def _has(con: duckdb.DuckDBPyConnection, file_id: str) -> bool:
    return bool(con.execute("SELECT count(*) FROM ownership_files WHERE file_id = ?", [file_id]).fetchall()[0][0])
