"""Files that are gone when a run ends: the run removes them, and after a kill the next run does.

A kill leaves a run's files and frees its locks. So whoever makes such a file holds a lock on it, and one of ours that
nobody holds is removed. Where there are no such locks (Windows), what a kill leaves stays.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# How the name of an unfinished file ends, and of a folder of unfinished files, whose names stand in the file beside it.
PART, BESIDE = ".part", ".parts"
_PREFIX, _NEW, _LOCK = "entrepot-", "entrepot-new-", "held"
_FOLDER = re.compile(r"entrepot-[a-z0-9_]{8}")


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder of this run's own, removed at the end."""
    sweep()
    made = Path(tempfile.mkdtemp(prefix=_NEW))
    lock = os.open(made / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
    folder = made
    if hold(lock):  # under its lasting name only now: another run would take it for abandoned
        folder = made.rename(made.with_name(made.name.replace(_NEW, _PREFIX)))
    try:
        yield folder
    finally:
        os.close(lock)
        shutil.rmtree(folder, ignore_errors=True)


@cache
def lasting() -> Path:
    """A folder that stays until this process ends."""
    stack = ExitStack()
    atexit.register(stack.close)
    return stack.enter_context(scratch())


@cache
def sweep() -> None:
    """Remove the folders of runs that were killed; once a process, for a long one leaves none."""
    with suppress(OSError), os.scandir(tempfile.gettempdir()) as found:
        for one in found:
            if _FOLDER.fullmatch(one.name) and one.is_dir(follow_symlinks=False):
                lock = Path(one.path) / _LOCK
                if _is_abandoned(lock):
                    shutil.rmtree(one.path, ignore_errors=True)


@cache
def sweep_parts(folder: Path, begins: str) -> None:
    """Remove the unfinished files of runs that were killed, each with its folder first; once a process.

    Args:
        folder: where they lie.
        begins: how the names of those of one output begin; what follows is eight characters by chance, and `PART`.
    """
    pattern = re.compile(re.escape(begins) + r"[a-z0-9_]{8}" + re.escape(PART))
    with suppress(OSError), os.scandir(folder) as found:
        for one in found:
            if pattern.fullmatch(one.name) and _is_abandoned(Path(one.path)):
                mark = Path(one.path)
                if (beside := mark.with_suffix(BESIDE)).is_dir():
                    remove_folder(beside, mark.read_text("utf-8", errors="replace").splitlines())
                mark.unlink(missing_ok=True)


def remove_folder(folder: Path, names: Sequence[str]) -> None:
    """Remove files of these names and the folder that they lie in; with anything else in it, it stays."""
    if folder.is_symlink():
        return
    with suppress(OSError):
        for name in names:
            if Path(name).name == name:
                (folder / name).unlink(missing_ok=True)
        folder.rmdir()


def hold(handle: int) -> bool:
    """Lock an open file until it is closed or the process ends; False where the system has no such locks, or no more.

    Args:
        handle: of the file.
    """
    try:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (ImportError, OSError):
        return False
    return True


def _is_abandoned(path: Path) -> bool:
    """Whether a file is our own account's and nobody holds it."""
    try:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return False
    try:
        return os.name == "posix" and os.fstat(handle).st_uid == os.getuid() and hold(handle)
    finally:
        os.close(handle)
