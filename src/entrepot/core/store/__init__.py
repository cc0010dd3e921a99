"""The store: what Entrepot keeps for the person between runs.

One DuckDB file in a folder: `--store`, else `ENTREPOT_STORE`, else the platform's data directory. It holds the
findings and matches already shown, so that `entrepot explain ID` can open them later. Every change is one
transaction under a lock, so a killed run leaves the store as it was. The schema carries a version; older stores
are migrated in order on opening, newer ones are refused. Each room keeps the migrations of its tables (`migrations`).
"""

from __future__ import annotations

import json
import os
import re
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.core.contract import Column, Contract, arrow_schema, batch
from entrepot.core.engine import LOCKED
from entrepot.core.errors import StoreError, StoreLockedError, StoreVersionError
from entrepot.core.migrations import migrations
from entrepot.core.runtime import rights
from entrepot.core.store.access import FILE as FILE
from entrepot.core.store.access import LOCK as LOCK
from entrepot.core.store.access import refuse_read_only
from entrepot.core.store.turns import POLL_SECONDS, NotOurTurnError, next_to_write
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    import duckdb
    import pyarrow as pa

    Connection: TypeAlias = duckdb.DuckDBPyConnection

WAIT_SECONDS = 10  # for another command to leave the store; no measurement is on record
# What to do with a database that cannot be read.
BROKEN = f"If {FILE} is broken, entrepot store repair will move it away and name its lists in a new one."
_NAMED = re.compile(r'file "([^"]+)"')  # as DuckDB says which file it could not use
_PRIVATE = 0o700  # of a folder that a run makes: names of suppliers will lie in it, and its owner alone may look
_LEAST_BYTES = 12_288  # of a database of DuckDB: its three headers of 4,096 bytes

SHOWN = Contract(
    name="shown",
    meaning="Rows other than findings that were shown to the person, as JSON, for explain.",
    grain=("id",),
    columns=(
        Column("id", "text", "id of the row"),
        Column("kind", "text", "contract of the row"),
        Column("row", "text", "the row as JSON"),
    ),
)


def location(given: str | None = None) -> Path:
    """The store's folder: as given, else `ENTREPOT_STORE`, else the platform's data directory."""
    chosen = given or os.environ.get("ENTREPOT_STORE")
    if chosen and chosen.strip():
        try:
            return Path(chosen).expanduser()
        except RuntimeError as exc:
            raise StoreError(
                tr("cannot use the store (no such home)"), found=chosen, remedy=tr("Give a full path.")
            ) from exc
    from platformdirs import user_data_path

    return user_data_path("entrepot", appauthor=False)


@contextmanager
def opened(folder: Path, *, wait: float = WAIT_SECONDS) -> Iterator[duckdb.DuckDBPyConnection]:
    """The store, locked, migrated, inside one transaction: committed on success, rolled back on any error.

    Raises:
        StoreLockedError: another run held it for `wait` seconds.
        StoreVersionError: a newer Entrepot wrote it.
        StoreError: the folder or the file cannot be used.
    """
    import duckdb

    with locked(folder, wait=wait):
        try:
            con = _connected(folder, wait)
        except (duckdb.Error, OSError) as exc:
            raise unusable(folder, exc) from exc
        with con:
            try:
                con.begin()
                _migrate(con, folder)
                yield con
                con.commit()
            except duckdb.Error as exc:  # no space left, a table that another program changed
                _roll_back(con)
                if isinstance(exc, duckdb.InterruptException):
                    raise KeyboardInterrupt from exc
                raise unusable(folder, exc) from exc
            except BaseException:
                _roll_back(con)
                raise


@contextmanager
def locked(folder: Path, *, wait: float = WAIT_SECONDS) -> Iterator[None]:
    """The store's folder, made where it is not there, for this run alone.

    Raises:
        StoreLockedError: another run held it for `wait` seconds.
        StoreError: the folder cannot be used, or the store is read only.
    """
    from filelock import FileLock, Timeout

    refuse_read_only(folder)
    end = time.monotonic() + wait
    try:
        _make(folder)
        is_new = not (folder / LOCK).exists()
        with next_to_write(folder, end):
            lock = FileLock(folder / LOCK, timeout=max(end - time.monotonic(), 0), poll_interval=POLL_SECONDS)
            lock.acquire()
        if is_new:
            rights.like_its_folder(folder / LOCK)
    except (Timeout, NotOurTurnError) as exc:
        raise held_by_another(folder) from exc
    except OSError as exc:
        raise unusable(folder, exc) from exc
    try:
        yield
    finally:
        lock.release()


def _make(folder: Path) -> None:
    """Make the store's folder where it is not there, for its owner alone; one that is there keeps its rights."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        folder.mkdir(mode=_PRIVATE)
    except FileExistsError:
        if not folder.is_dir():
            raise


def held_by_another(folder: Path) -> StoreLockedError:
    """Another run holds the store."""
    return StoreLockedError(tr("another run holds the store"), found=str(folder), remedy=tr("Wait for it to end."))


def is_held(exc: Exception) -> bool:
    """Whether DuckDB says that somebody has the database open: a process that may not see our lock, or rows half read.

    In one process it opens a database to read only or to write, never both; rows of a reader that are still to come
    keep it open, where the lock has ended.
    """
    return "Could not set lock on file" in str(exc) or "with a different configuration" in str(exc)


def _connected(folder: Path, wait: float) -> duckdb.DuckDBPyConnection:
    """The database; a new one is made whole beside its place, so that a full disk leaves none or all of it.

    What an earlier run left before it had written the first page is no database, and is made anew.
    """
    import duckdb

    path = folder / FILE
    if path.exists() and path.stat().st_size < _LEAST_BYTES and _is_beginning(path.read_bytes()):
        path.unlink()
    if not path.exists():
        _make_new(folder, path)
    end = time.monotonic() + wait
    while True:
        try:
            return duckdb.connect(str(path), config=LOCKED)
        except (duckdb.IOException, duckdb.ConnectionException) as exc:
            if not is_held(exc):
                raise
            if time.monotonic() >= end:
                raise held_by_another(folder) from exc
            time.sleep(POLL_SECONDS)


def _make_new(folder: Path, path: Path) -> None:
    """Make a database beside its place and put it there; where that is interrupted, nothing of it is left."""
    import duckdb

    part = folder / f".{FILE}.part"
    parts = (part, part.with_name(f"{part.name}.wal"))
    for old in parts:
        old.unlink(missing_ok=True)  # of a run that was killed
    try:
        with duckdb.connect(str(part), config=LOCKED) as con:
            con.begin()
            _migrate(con, folder)
            con.commit()
            con.execute("CHECKPOINT")
        rights.like_its_folder(part)
        part.replace(path)
    except BaseException:
        for begun in parts:
            begun.unlink(missing_ok=True)
        raise


def _is_beginning(data: bytes) -> bool:
    """Whether this is the beginning of a database that was never written out: its mark, or nothing yet."""
    return data[8:12] == b"DUCK" or not any(data)


def _roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """Undo the transaction; where the disk is full the database has ended it by itself."""
    import duckdb

    with suppress(duckdb.Error):
        con.rollback()


def is_there(folder: Path) -> bool:
    """Whether a store has been made in the folder; looking makes none.

    Raises:
        StoreError: the folder cannot be looked into.
    """
    try:
        return (folder / FILE).exists()
    except OSError as exc:
        raise unusable(folder, exc, writing=False) from exc


def is_named(given: str | None = None) -> bool:
    """Whether the person named the store, by option or setting; else it lies in the platform's data directory."""
    return bool((given or os.environ.get("ENTREPOT_STORE") or "").strip())


def unusable(folder: Path, exc: Exception, *, writing: bool = True) -> StoreError:
    """What is said where the system or DuckDB cannot use the store's files.

    Args:
        folder: the store.
        exc: what they said.
        writing: whether it was to be written.
    """
    reason = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc).splitlines()[0]
    named = exc.filename if isinstance(exc, OSError) else (_NAMED.findall(str(exc)) or [None])[0]
    other = tr("Or give another store with --store.")
    known = rights.code_of(exc) is not None
    return StoreError(
        tr("cannot use the store ({reason})", reason=reason),
        found=str(folder),
        remedy=rights.remedy(exc, Path(named or folder), other if known else f"{BROKEN} {other}", writing=writing),
    )


def _migrate(con: duckdb.DuckDBPyConnection, folder: Path) -> None:
    con.execute("CREATE TABLE IF NOT EXISTS store_version (version BIGINT NOT NULL)")
    version, known = version_of(con), migrations()
    if version > len(known):
        raise too_new(folder, version)
    for number, sql in enumerate(known[version:], version + 1):
        con.execute(sql)
        con.execute("INSERT INTO store_version VALUES (?)", [number])


def version_of(con: duckdb.DuckDBPyConnection) -> int:
    """The version of a store's schema."""
    # fetchall, not fetchone: a result left unfinished blocks the next statement of the connection.
    return int(con.execute("SELECT coalesce(max(version), 0) FROM store_version").fetchall()[0][0])


def too_new(folder: Path, version: int) -> StoreVersionError:
    """A newer Entrepot wrote the store."""
    allowed = tr("{count} or older", count=len(migrations()))
    return StoreVersionError(
        tr("{folder} has schema version {version}", folder=folder, version=version),
        allowed=allowed,
        remedy=tr("Update Entrepot."),
    )


def keep(con: duckdb.DuckDBPyConnection, contract: Contract, data: pa.Table) -> None:
    """Put rows into a table of the store; a row with a known key replaces the old one."""
    schema = arrow_schema(contract)  # a cast loads pyarrow.compute, which takes longer than to keep some rows
    con.register("incoming", data if data.schema.equals(schema) else data.cast(schema))
    names = ", ".join(f'"{n}"' for n in contract.names)
    con.execute(f'INSERT OR REPLACE INTO "{contract.name}" ({names}) SELECT {names} FROM incoming')  # noqa: S608 - names of our own contract
    con.unregister("incoming")


def shown_rows(con: duckdb.DuckDBPyConnection, kind: str) -> list[dict[str, Any]]:
    """The rows of a kind that were kept as JSON, in order of their ids.

    Args:
        con: the open store.
        kind: name of the rows' contract.
    """
    found = con.execute("SELECT row FROM shown WHERE kind = ? ORDER BY id", [kind]).fetchall()
    return [json.loads(row) for (row,) in found]


def keep_shown(con: duckdb.DuckDBPyConnection, kind: str, key: str, data: pa.Table) -> None:
    """Keep rows of another contract as JSON under their key, for explain.

    Args:
        con: the open store.
        kind: name of the rows' contract.
        key: the column that identifies a row.
        data: the rows.
    """
    import pyarrow as pa

    rows = {str(r[key]): json.dumps(r, ensure_ascii=False) for r in data.to_pylist()}
    shown = batch(SHOWN, [{"id": i, "kind": kind, "row": text} for i, text in rows.items()])
    keep(con, SHOWN, pa.Table.from_batches([shown]))
