"""Whose turn it is at a store: one writer's alone, or many readers'; who comes to read waits behind a waiting writer.

Two locks of the system (flock), which end with their process. The lock file: a writer holds it alone (filelock takes
the same lock), readers share it. The folder: the writer who is next holds it until the lock file is theirs, and a
reader who comes looks whether it is free. Each descriptor has a lock of its own, so that threads of one process wait
for each other as processes do.

See docs/design/30-the-store-vouches.md, "Many read, one writes".
"""

from __future__ import annotations

import os
import time
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING

from entrepot.core.store.access import LOCK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POLL_SECONDS = 0.01  # as often as a lock is asked for; that takes less than a hundredth of a core

# The stores that this thread reads just now: who waits behind a writer that waits for them would wait for ever.
_READ: ContextVar[frozenset[Path]] = ContextVar("entrepot_stores_read", default=frozenset())


class NotOurTurnError(Exception):
    """Another run held the store for as long as was waited."""


@contextmanager
def next_to_write(folder: Path, end: float) -> Iterator[None]:
    """While a writer waits for the lock file: readers who come now wait behind them.

    Where the system has no such lock, writers and readers come as they come.

    Args:
        folder: the store's, which is there.
        end: of waiting, by `time.monotonic`.

    Raises:
        NotOurTurnError: another writer was next all the time.
    """
    with _descriptor(folder) as at:
        if at is not None:
            _held(at, end, alone=True)
        yield


@contextmanager
def among_readers(folder: Path, end: float) -> Iterator[bool]:
    """While nobody writes; gives whether the lock file keeps writers out. Nothing is made, and no byte changed.

    It does not where there is no lock file or it may not be opened, and where the system has no such lock.

    Args:
        folder: the store's.
        end: of waiting, by `time.monotonic`.

    Raises:
        NotOurTurnError: others wrote all the time.
    """
    if folder not in _READ.get():
        with _descriptor(folder) as at:
            if at is not None:
                _held(at, end, alone=False)  # and free again at once
    with _descriptor(folder / LOCK) as at:
        # One that was removed while it was waited for keeps nobody out: the next writer makes another.
        keeps_out = at is not None and _held(at, end, alone=False) and os.fstat(at).st_nlink > 0
        before = _READ.get()
        _READ.set(before | {folder})
        try:
            yield keeps_out
        finally:
            _READ.set(before)


@contextmanager
def _descriptor(path: Path) -> Iterator[int | None]:
    """What is locked, open to read; None where it is not there, or is another's alone. Its lock ends with this."""
    at, ours = None, os.getpid()
    with suppress(OSError):  # a folder cannot be opened on Windows
        at = os.open(path, os.O_RDONLY)
    try:
        yield at
    finally:
        if at is not None:
            if os.getpid() == ours:  # a fork has the same lock: it leaves it to its parent
                _unlocked(at)
            os.close(at)


def _unlocked(at: int) -> None:
    """End a lock by name: a fork that another thread began meanwhile still has the descriptor open."""
    with suppress(ImportError, OSError):
        import fcntl

        fcntl.flock(at, fcntl.LOCK_UN)


def _held(at: int, end: float, *, alone: bool) -> bool:
    """Take a lock; whether it is held, which it is not where the system has none.

    Raises:
        NotOurTurnError: another held it until then.
    """
    try:
        import fcntl
    except ImportError:
        return False
    while True:
        try:
            fcntl.flock(at, (fcntl.LOCK_EX if alone else fcntl.LOCK_SH) | fcntl.LOCK_NB)
        except BlockingIOError as exc:
            if time.monotonic() >= end:
                raise NotOurTurnError from exc
            time.sleep(POLL_SECONDS)
        except OSError:  # a file system without locks
            return False
        else:
            return True
