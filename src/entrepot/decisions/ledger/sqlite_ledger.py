"""The ledger as a file of the store: SQLite of the standard library."""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.errors import StoreError, StoreLockedError
from entrepot.core.runtime import rights
from entrepot.core.store.access import refuse_read_only
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.ledger.ledger_database import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from entrepot.decisions.ledger.ledger_database import Rows, Session

FILE = "ledger.sqlite3"
_BACK = marked("Put it back from a backup: entrepot store restore. Nothing was written.")
_BROKEN = marked("the ledger cannot be read: it was cut short or written over")


class _Session:
    """A transaction on the file."""

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def run(self, sql: str, **given: Any) -> Rows:
        """Run one statement with its parameters; its rows."""
        return self._con.execute(sql, given).fetchall()


@dataclass(frozen=True, slots=True)
class SqliteLedger:
    """The ledger in a file.

    Attributes:
        folder: the store in which it lies.
        wait: seconds for another to leave it.
    """

    folder: Path
    wait: float = store.WAIT_SECONDS

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / FILE

    def name(self) -> str:
        """Where it lies."""
        return str(self.path)

    def is_there(self) -> bool:
        """Whether the file is there and holds anything: a run that was killed at its first word leaves an empty one."""
        try:
            if self.path.with_name(f"{FILE}-journal").exists() and self.path.exists():
                with self.reading() as session:  # rolls back what a killed run left: a first entry leaves nothing
                    session.run("SELECT count(*) FROM sqlite_master")
            return self.path.exists() and self.path.stat().st_size > 0
        except OSError as exc:
            raise self._unusable(exc, writing=False) from exc

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that reads. What a killed run left half done is rolled back, where the file may be written."""
        with self._transaction("rw" if os.access(self.path, os.W_OK) else "ro", "DEFERRED") as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that nobody writes beside, under the lock of the store, so that a backup is of one moment."""
        refuse_read_only(self.folder)
        with store.locked(self.folder, wait=self.wait):
            if self.path.exists() and not os.access(self.path, os.W_OK):
                raise self._unusable(PermissionError(13, tr("the file is read-only"), str(self.path)))
            is_new = not self.path.exists()
            with self._transaction("rwc", "IMMEDIATE") as session:
                if is_new:
                    rights.like_its_folder(self.path)
                yield session

    @contextmanager
    def _transaction(self, mode: str, kind: str) -> Iterator[Session]:
        try:
            address = f"{self.path.absolute().as_uri()}?mode={mode}"
            with closing(sqlite3.connect(address, timeout=self.wait, isolation_level=None, uri=True)) as con:
                # EXTRA: an entry that was told as written outlives a power cut, its folder's entry too.
                con.execute("PRAGMA synchronous = EXTRA")
                con.execute("PRAGMA secure_delete = ON")  # what is redacted is overwritten, and lies in no free page
                con.execute(f"BEGIN {kind}")
                if mode == "rwc":
                    for sql in TABLES:
                        con.execute(sql)
                yield _Session(con)
                con.execute("COMMIT")  # not reached after an error: closing rolls back
        except (sqlite3.Error, OSError) as exc:
            raise self._unusable(exc, writing=mode == "rwc") from exc

    def _unusable(self, exc: Exception, *, writing: bool = True) -> StoreError:
        """What is said where SQLite or the system cannot use the file."""
        if "locked" in str(exc):
            remedy = tr("Wait for them to end. Nothing was written.")
            return StoreLockedError(tr("another reviewer holds the ledger"), found=self.name(), remedy=remedy)
        if isinstance(exc, OSError) or "readonly" in str(exc) or "unable to open" in str(exc) or _is_full(exc):
            known = exc if isinstance(exc, OSError) else _of_the_system(exc)
            remedy = rights.remedy(known, self.path, tr("Nothing was written."), writing=writing)
            thing = tr(
                "the ledger cannot be {which} ({strerror})",
                which=tr("written") if writing else tr("read"),
                strerror=known.strerror or known,
            )
            return StoreError(thing, found=self.name(), remedy=remedy)
        return StoreError(f"{_BROKEN} ({exc})", found=self.name(), remedy=_BACK)


def _is_full(exc: Exception) -> bool:
    """Whether SQLite found the disk full."""
    return getattr(exc, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL or "is full" in str(exc)


def _of_the_system(exc: Exception) -> OSError:
    """SQLite's word for a file that cannot be used as an error of the system, for which there is a remedy."""
    return OSError(errno.ENOSPC if _is_full(exc) else errno.EACCES, str(exc))
