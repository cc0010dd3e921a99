"""What lies in a store, looked at without making, locking for long or migrating anything.

See docs/design/25-installing-and-upkeep.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.core import store
from entrepot.core.errors import StoreError
from entrepot.core.runtime import rights
from entrepot.core.store.store_reading import connected, unwritten
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from entrepot.core.store import Connection

_OWN = "store_version"  # the one table that is the store's and no room's


@dataclass(frozen=True, slots=True)
class Stock:
    """A store as it lies there.

    Attributes:
        folder: the store's folder.
        there: whether a database has been made in it.
        version: of its schema; None where there is no database.
        rows: table of the database -> rows; of `shown`, `shown:KIND` -> rows of that kind.
        sizes: name of a file or folder in it -> bytes, of a folder with all that lies below.
    """

    folder: Path
    there: bool
    version: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    sizes: Mapping[str, int] = field(default_factory=dict)


def stock(folder: Path) -> Stock:
    """What lies in a store.

    Args:
        folder: the store's folder, which need not be there.

    Raises:
        StoreLockedError: another run holds it.
        StoreError: the folder or its database cannot be read.
    """
    if not store.is_there(folder):
        return Stock(folder, there=False, sizes=_sizes(folder))
    import duckdb

    try:
        with unwritten(folder), connected(folder) as con:
            version, rows = _version(con), _rows(con)
    except (duckdb.Error, OSError) as exc:
        remedy = rights.remedy(exc, folder, "" if rights.code_of(exc) else store.BROKEN, writing=False)
        raise StoreError(
            tr("cannot read the store ({splitlines})", splitlines=str(exc).splitlines()[0]),
            found=str(folder),
            remedy=remedy,
        ) from exc
    return Stock(folder, there=True, version=version, rows=rows, sizes=_sizes(folder))


def tables(con: Connection) -> list[str]:
    """The tables of a store's database, without the store's own."""
    found = con.execute("SELECT table_name FROM duckdb_tables() WHERE NOT internal ORDER BY ALL").fetchall()
    return [name for (name,) in found if name != _OWN]


def _version(con: Connection) -> int:
    """Of the schema; 0 where the database is of something else."""
    if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = $own", {"own": _OWN}).fetchall():
        return 0
    return int(con.execute("SELECT coalesce(max(version), 0) FROM store_version").fetchall()[0][0])


def _rows(con: Connection) -> dict[str, int]:
    """Rows of each table; of `shown` also by kind."""
    found = {name: int(con.table(f'"{name}"').shape[0]) for name in tables(con)}
    if "shown" in found:
        kinds = con.execute("SELECT kind, count(*) FROM shown GROUP BY ALL ORDER BY ALL").fetchall()
        found |= {f"shown:{kind}": int(count) for kind, count in kinds}
    return found


def _sizes(folder: Path) -> dict[str, int]:
    """Bytes of each file and folder that lies in the store."""
    if not folder.is_dir():
        return {}
    return {p.name: _bytes(p) for p in sorted(folder.iterdir())}


def _bytes(path: Path) -> int:
    below = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    return sum(p.lstat().st_size for p in below if p.is_symlink() or not p.is_dir())
