"""A store that is read: while nobody writes to it, and without a byte written where it is read only.

See docs/design/30-the-store-vouches.md, "Read only".
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from entrepot.core import store
from entrepot.core.engine import LOCKED
from entrepot.core.errors import StoreError
from entrepot.core.migrations import migrations
from entrepot.core.store.access import OPTION, why_read_only
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entrepot.core.store import Connection

_POLL_SECONDS = 0.05  # as often as the lock of writers is asked for (filelock)


@contextmanager
def reading(folder: Path, *, wait: float = store.WAIT_SECONDS) -> Iterator[Connection]:
    """The store, to read; one that may be written is locked and migrated as by `opened`, one that is read only is not.

    Raises:
        StoreLockedError: another run wrote to it for `wait` seconds.
        StoreVersionError: a newer Entrepot wrote it.
        StoreError: it is not there, an older Entrepot wrote it and it cannot be migrated, or it cannot be used.
    """
    if not why_read_only(folder):
        with store.opened(folder, wait=wait) as con:
            yield con
        return
    import duckdb

    if not store.is_there(folder):
        remedy = tr("Give the folder of one with --store, or leave out {option} to have one made.", option=OPTION)
        raise StoreError(tr("there is no store to read"), found=str(folder), remedy=remedy)
    try:
        with unwritten(folder, wait), connected(folder, wait) as con:
            _refuse_other_version(con, folder)
            yield con
    except (duckdb.Error, OSError) as exc:
        raise store.unusable(folder, exc, writing=False) from exc


@contextmanager
def unwritten(folder: Path, wait: float = 0) -> Iterator[None]:
    """While nobody writes: the lock of writers is shared, not written. Where it cannot be opened DuckDB's own must do.

    Raises:
        StoreLockedError: another run held the store for `wait` seconds.
    """
    handle = None
    with suppress(OSError):  # none was ever made, or it is another's alone
        handle = os.open(folder / store.LOCK, os.O_RDONLY)
    try:
        if handle is not None:
            _share(handle, folder, wait)
        yield
    finally:
        if handle is not None:
            os.close(handle)  # and the lock with it


def _share(handle: int, folder: Path, wait: float) -> None:
    try:
        import fcntl
    except ImportError:  # Windows: DuckDB locks its file there too
        return
    end = time.monotonic() + wait
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            if time.monotonic() >= end:
                raise store.held_by_another(folder) from exc
            time.sleep(_POLL_SECONDS)
        except OSError:  # a file system without locks
            return
        else:
            return


def connected(folder: Path, wait: float = 0) -> Connection:
    """The database, to read only; the changes of a killed run that stand in its log are seen and not worked in.

    Raises:
        StoreLockedError: another run wrote to it for `wait` seconds.
    """
    import duckdb

    end = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(folder / store.FILE), read_only=True, config=LOCKED)
        except duckdb.IOException as exc:
            if not store.is_held(exc):
                raise
            if time.monotonic() >= end:
                raise store.held_by_another(folder) from exc
            time.sleep(_POLL_SECONDS)


def _refuse_other_version(con: Connection, folder: Path) -> None:
    version, known = store.version_of(con), len(migrations())
    if version > known:
        raise store.too_new(folder, version)
    if version < known:
        raise StoreError(
            tr(
                "the store has schema version {version}, and is read only: it cannot be brought to {known}",
                version=version,
                known=known,
            ),
            found=str(folder),
            remedy=tr("Let somebody who may write to it run: entrepot store check."),
        )
