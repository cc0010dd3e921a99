"""A store that is read: beside others who read it, while nobody writes to it.

See docs/design/30-the-store-vouches.md, "Many read, one writes" and "Read only".
"""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from entrepot.core import store
from entrepot.core.engine import LOCKED
from entrepot.core.errors import StoreError
from entrepot.core.migrations import migrations
from entrepot.core.store.access import OPTION, why_read_only
from entrepot.core.store.turns import POLL_SECONDS, NotOurTurnError, among_readers
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from entrepot.core.store import Connection

P = ParamSpec("P")
R = TypeVar("R")
_LOG = f"{store.FILE}.wal"  # of changes that are not in the database yet


@contextmanager
def reading(folder: Path, *, wait: float = store.WAIT_SECONDS) -> Iterator[Connection]:
    """The store, to read, beside others who read it.

    One that may be written is made where it is not there, migrated where it is old, and what a killed run left in its
    log is worked in: for this alone it is had as by `opened`. One that is read only is left as it is.

    Raises:
        StoreLockedError: another run wrote to it for `wait` seconds.
        StoreVersionError: a newer Entrepot wrote it.
        StoreError: it is not there, an older Entrepot wrote it and it cannot be migrated, or it cannot be used.
    """
    import duckdb

    if not why_read_only(folder):
        end = time.monotonic() + wait
        with ExitStack() as held:
            con = _beside_others(folder, end, held)
            if con is None:
                yield held.enter_context(store.opened(folder, wait=_left(end)))
                return
            try:
                yield con
            except duckdb.InterruptException as exc:
                raise KeyboardInterrupt from exc
            except duckdb.Error as exc:
                raise store.unusable(folder, exc, writing=False) from exc
        return

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
def reads_together(folder: Path, *, wait: float = store.WAIT_SECONDS) -> Iterator[None]:
    """Have the store open to read for all that is read within, which is then of one state of it.

    DuckDB takes some 25 ms to open a database that its process has not open, and none for one that it has. Nothing is
    held where there is no store and where it must be had alone. Who writes within waits for themselves: nobody may.

    Args:
        folder: the store's.
        wait: seconds, for another run that writes.

    Raises:
        StoreLockedError: another run wrote to it for `wait` seconds.
    """
    with ExitStack() as held:
        _beside_others(folder, time.monotonic() + wait, held)
        yield


def in_one_reading(read: Callable[Concatenate[Path, P], R]) -> Callable[Concatenate[Path, P], R]:
    """What a function reads of the store, its first argument, is read with `reads_together`."""

    @wraps(read)
    def together(folder: Path, /, *args: P.args, **named: P.kwargs) -> R:
        with reads_together(folder):
            return read(folder, *args, **named)

    return together


def _beside_others(folder: Path, end: float, held: ExitStack) -> Connection | None:
    """The store open to read only and its lock shared, both until `held` ends; None where it must be had alone.

    That is where there is none, where nothing keeps writers out (a system without such locks, a lock file that is to be
    made), where a killed run left a log, where the schema is not of today, and where DuckDB cannot open it: `opened`
    makes, mends or migrates it, or says what is wrong.

    Args:
        folder: the store's.
        end: of waiting, by `time.monotonic`.
        held: what keeps it.

    Raises:
        StoreLockedError: another run wrote to it until then.
    """
    import duckdb

    if not store.is_there(folder):
        return None
    with ExitStack() as tried:
        # While writers are kept out a log is of a run that was killed.
        if not tried.enter_context(unwritten(folder, _left(end))) or (folder / _LOG).exists():
            return None
        try:
            con = tried.enter_context(connected(folder, _left(end)))
            if store.version_of(con) != len(migrations()):
                return None
        except (duckdb.Error, OSError):
            return None
        held.push(tried.pop_all())
    return con


def _left(end: float) -> float:
    """Seconds that are left to wait."""
    return max(end - time.monotonic(), 0)


@contextmanager
def unwritten(folder: Path, wait: float = 0) -> Iterator[bool]:
    """While nobody writes: the lock of writers is shared, not written; gives whether it is.

    Where it cannot be opened DuckDB's own must do.

    Raises:
        StoreLockedError: another run held the store for `wait` seconds.
    """
    with ExitStack() as held:
        try:
            is_shared = held.enter_context(among_readers(folder, time.monotonic() + wait))
        except NotOurTurnError as exc:
            raise store.held_by_another(folder) from exc
        yield is_shared


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
        except (duckdb.IOException, duckdb.ConnectionException) as exc:
            if not store.is_held(exc):
                raise
            if time.monotonic() >= end:
                raise store.held_by_another(folder) from exc
            time.sleep(POLL_SECONDS)


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
