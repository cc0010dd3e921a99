"""Files of supply links in the store: each taken whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import arrow_schema, table
from entrepot.core.errors import UnknownNameError
from entrepot.core.store.store_reading import reading
from entrepot.tracing.contract import SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.core.contract import Contract
    from entrepot.tracing.supply.read_supply import SupplyFile

_TABLES = (SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED)


def put(folder: Path, file: SupplyFile) -> bool:
    """Keep a file; whether it is new. The same file again changes nothing.

    Raises:
        StoreError: the store cannot be used.
    """
    with store.opened(folder) as con:
        asked = "SELECT count(*) FROM supply_files WHERE file_id = ?"
        if con.execute(asked, [file.row["file_id"]]).fetchall()[0][0]:
            return False
        for contract, rows in zip(_TABLES, ([file.row], file.links, file.refused), strict=True):
            con.register("incoming", table(contract, rows).cast(arrow_schema(contract)))
            con.execute(f'INSERT INTO "{contract.name}" BY NAME SELECT * FROM incoming')  # noqa: S608 - our own contract
            con.unregister("incoming")
    return True


def files(folder: Path) -> list[dict[str, Any]]:
    """The files that are held, oldest first; none where there is no store."""
    return sorted(_held(folder, SUPPLY_FILES), key=lambda r: (r["loaded_at"], r["file_id"]))


def links(folder: Path) -> list[dict[str, Any]]:
    """The links of every file, in the order of the files' rows."""
    return sorted(_held(folder, SUPPLY_LINKS), key=lambda r: (r["file_id"], r["row"]))


def refused(folder: Path, file_id: str) -> list[dict[str, Any]]:
    """The rows of a file that were refused.

    Raises:
        UnknownNameError: no such file is held.
    """
    _named(folder, file_id)
    return sorted((r for r in _held(folder, SUPPLY_REFUSED) if r["file_id"] == file_id), key=lambda r: r["row"])


def remove(folder: Path, file_id: str) -> dict[str, Any]:
    """Remove a file, and what was read of it; its row.

    Raises:
        UnknownNameError: no such file is held.
        StoreError: the store cannot be used.
    """
    row = _named(folder, file_id)
    with store.opened(folder) as con:
        for contract in _TABLES:
            con.execute(f'DELETE FROM "{contract.name}" WHERE file_id = ?', [file_id])  # noqa: S608 - our own contract
    return row


def _named(folder: Path, file_id: str) -> dict[str, Any]:
    held = {r["file_id"]: r for r in files(folder)}
    if file_id not in held:
        raise UnknownNameError("file of supply links", file_id, held, remedy="See entrepot supply files.")
    return held[file_id]


def _held(folder: Path, contract: Contract) -> list[dict[str, Any]]:
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        rows: list[dict[str, Any]] = con.sql(f'SELECT * FROM "{contract.name}"').to_arrow_table().to_pylist()  # noqa: S608 - our own contract
    return rows
