"""Whether a store may be written: as the person asked, and as the system allows.

A store is read only where `--read-only` or ENTREPOT_READ_ONLY=1 says so, and where its folder, its database or its lock
cannot be written. See docs/design/30-the-store-vouches.md, "Read only".
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, StoreError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE, LOCK = "entrepot.duckdb", "entrepot.lock"  # of every store
SETTING, OPTION = "ENTREPOT_READ_ONLY", "--read-only"
# As most programs take a setting that is a yes or a no.
_YES, _NO = {"1", "true", "yes", "on"}, {"", "0", "false", "no", "off"}
_ASKED: ContextVar[bool] = ContextVar("entrepot_read_only", default=False)


@contextmanager
def read_only() -> Iterator[None]:
    """While this lasts stores are read and not written, as under ENTREPOT_READ_ONLY=1."""
    token = _ASKED.set(True)
    try:
        yield
    finally:
        _ASKED.reset(token)


def is_asked_read_only() -> bool:
    """Whether the person asked that no store is written.

    Raises:
        BadInputError: the setting is no yes or no.
    """
    said = os.environ.get(SETTING, "").strip().casefold()
    if said not in _YES | _NO:
        raise BadInputError(tr("{setting} is not understood", setting=SETTING), found=said, allowed=tr("1 or 0"))
    return _ASKED.get() or said in _YES


def is_writable(folder: Path) -> bool:
    """Whether a run may write to the store, or make it where it is not there yet; nothing is written to find out."""
    near = folder
    while not near.exists() and near != near.parent:
        near = near.parent
    files = [near / name for name in (FILE, LOCK) if (near / name).exists()] if near == folder else []
    return near.is_dir() and all(os.access(p, os.W_OK) for p in (near, *files))


def why_read_only(folder: Path) -> str:
    """Why a store is read and not written, one clause; empty where it may be written, or made.

    Raises:
        BadInputError: the setting is no yes or no.
    """
    if is_asked_read_only():
        return tr("as {option} or {setting} asks", option=OPTION, setting=SETTING)
    try:
        if not (folder / FILE).exists() or is_writable(folder):
            return ""
        if rights.is_read_only_mount(folder):
            return tr("its file system is mounted so")
        shut = next(p for p in (folder, folder / FILE, folder / LOCK) if p.exists() and not os.access(p, os.W_OK))
        return tr("{shut} {owner}; you are {me}", shut=shut, owner=rights.owner(shut), me=rights.me())
    except (OSError, StopIteration):  # it cannot be looked into: said where it is opened
        return ""


def refuse_read_only(folder: Path) -> None:
    """Refuse to write to a store that is read only.

    Raises:
        StoreError: says why it is.
    """
    if why := why_read_only(folder):
        remedy = (
            tr("To write to it, leave out {option} and {setting}.", option=OPTION, setting=SETTING)
            if is_asked_read_only()
            else tr("Let its owner do this, or give a store of your own with --store.")
        )
        raise StoreError(tr("the store is read only, {why}", why=why), found=str(folder), remedy=remedy)
