"""Emptying a store: its database is made again with the rows that stay, for a row deleted in place can be dug up.

See docs/design/25-installing-and-upkeep.md.
"""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from entrepot.core import store
from entrepot.core.engine import LOCKED
from entrepot.core.errors import StoreError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

_NEW = ".emptied"  # the folder in which the database is made again
# What the store makes for itself beside its database.
OWN_FILES = (store.FILE, f"{store.FILE}.wal", store.LOCK, f".{store.FILE}.part", f".{store.FILE}.part.wal", _NEW)


def empty(folder: Path, keep: Collection[str], wait: float = store.WAIT_SECONDS) -> None:
    """Leave in the store's database only the rows named; where none is named, no database.

    A run that is killed leaves the database as it was or as it is to be.

    Args:
        folder: the store's folder, with a database in it.
        keep: tables, as `stocktaking.Stock.rows` names them; `shown:KIND` keeps that kind of `shown`.
        wait: seconds to wait for another run.

    Raises:
        StoreLockedError: another run held it for `wait` seconds.
        StoreVersionError: a newer Entrepot wrote it.
        StoreError: the folder or the file cannot be used.
    """
    with store.opened(folder, wait=wait):
        pass  # brought to today's schema, so that its rows fit a database made today
    try:
        with store.locked(folder, wait=wait):
            shutil.rmtree(folder / _NEW, ignore_errors=True)
            if keep:
                _made_again(folder, keep)
                (folder / _NEW / store.FILE).replace(folder / store.FILE)
                rights.like_its_folder(folder / store.FILE)
                shutil.rmtree(folder / _NEW)
            else:
                (folder / store.FILE).unlink()
    except OSError as exc:
        remedy = rights.remedy(exc, folder, "")
        raise StoreError(
            tr("cannot empty the store ({strerror})", strerror=exc.strerror), found=str(folder), remedy=remedy
        ) from exc


def _made_again(folder: Path, keep: Collection[str]) -> None:
    """A database in `.emptied` with the rows that stay."""
    import duckdb

    with (
        duckdb.connect(str(folder / store.FILE), read_only=True, config=LOCKED) as old,
        store.opened(folder / _NEW) as new,
    ):
        for name in sorted(keep):
            table, _, kind = name.partition(":")
            rows = old.table(f'"{table}"')
            if kind:
                rows = rows.filter(duckdb.ColumnExpression("kind") == duckdb.ConstantExpression(kind))
            new.register("staying", rows.to_arrow_table())
            new.execute(f'INSERT INTO "{table}" BY NAME SELECT * FROM staying')  # noqa: S608 - a table of our own schema
            new.unregister("staying")
