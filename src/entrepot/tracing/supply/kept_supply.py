"""Files of supply links in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.store.whole_files import WholeFiles
from entrepot.tracing.contract import SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.tracing.supply.read_supply import SupplyFile

KEPT = WholeFiles("file of supply links", "entrepot supply files", (SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED))


def put(folder: Path, file: SupplyFile) -> bool:
    """Keep a file; whether it is new. The same file again changes nothing.

    Raises:
        StoreError: the store cannot be used.
    """
    rows = zip(KEPT.tables, ([file.row], file.links, file.refused), strict=True)
    return KEPT.put(folder, file.row["file_id"], [table(contract, some) for contract, some in rows])


def links(folder: Path) -> list[dict[str, Any]]:
    """The links of every file, in the order of the files' rows."""
    rows: list[dict[str, Any]] = KEPT.held(folder, SUPPLY_LINKS).to_pylist()
    return sorted(rows, key=lambda r: (r["file_id"], r["row"]))


def refused(folder: Path, file_id: str) -> list[dict[str, Any]]:
    """The rows of a file that were refused.

    Raises:
        UnknownNameError: no such file is held.
    """
    KEPT.row(folder, file_id)
    rows: list[dict[str, Any]] = KEPT.held(folder, SUPPLY_REFUSED).to_pylist()
    return sorted((r for r in rows if r["file_id"] == file_id), key=lambda r: r["row"])
