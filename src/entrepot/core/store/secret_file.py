"""A secret in a file of its own: made whole on first need, and used only while nobody but its owner can read it.

One that a group may share is used too where the group of its folder may read it, and nobody more.
"""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from typing import TYPE_CHECKING

from entrepot.core.errors import StoreError
from entrepot.core.runtime import rights
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_SHARE = marked("entrepot store share --group GROUP")
_MOST_BYTES = 65_536  # a key is far smaller; what is larger is no key


def kept_secret(path: Path, name: str, make: Callable[[], bytes] | None = None, *, shared: bool = False) -> bytes:
    """The bytes of a secret.

    Args:
        path: where it lies.
        name: what it is, for a message: "the key of the identifiers".
        make: gives the bytes of a new one where none is there; None to refuse then.
        shared: whether the group of the folder that it lies in may read it too.

    Raises:
        StoreError: it cannot be made or read, or others may read it.
    """
    try:
        if make is not None and not path.exists():
            _put(path, make())
        with path.open("rb") as stream:
            _refuse_wide(os.fstat(stream.fileno()), path, name, shared=shared)
            return stream.read(_MOST_BYTES)
    except OSError as exc:
        is_there = os.path.lexists(path)
        other = (
            tr("Or its owner shares the store with a group that you are in: {share}.", share=tr(_SHARE))
            if shared and is_there
            else ""
        )
        remedy = rights.remedy(exc, path, other, writing=not is_there)
        raise StoreError(
            tr("{name} cannot be used ({strerror})", name=name, strerror=exc.strerror), found=str(path), remedy=remedy
        ) from exc


def _refuse_wide(found: os.stat_result, path: Path, name: str, *, shared: bool) -> None:
    """Refuse a secret that more may do something with than its owner, and where it is shared its group may read.

    Raises:
        StoreError: says the rights that it has, and how to take them back.
    """
    others = found.st_mode & (stat.S_IRWXG | stat.S_IRWXO)
    if os.name != "posix" or not others:
        return
    if shared and others == stat.S_IRGRP and found.st_gid == path.parent.stat().st_gid:
        return
    remedy = tr("Take the right from others: chmod 600 {name}.", name=path.name)
    if shared:
        remedy += tr(" To let a group read the store, key and all: {share}.", share=tr(_SHARE))
    said = f"{path}, {stat.filemode(found.st_mode)[1:]}"
    raise StoreError(tr("others may read {name}", name=name), found=said, remedy=remedy)


def _put(path: Path, data: bytes) -> None:
    """Write it whole, then link it: of two runs that make one at once, one wins and both read it."""
    if not path.parent.exists():
        path.parent.mkdir(mode=stat.S_IRWXU, parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        _linked(part, path, data)
    finally:
        part.unlink(missing_ok=True)


def _linked(part: Path, path: Path, data: bytes) -> None:
    """Give the whole secret its name, unless another run has; a file system without hard links makes it in place.

    There a run at the same moment may find it in part: it ends with an error and makes no secret of its own.
    """
    try:
        os.link(part, path)
    except FileExistsError:
        return
    except (OSError, NotImplementedError, AttributeError):
        with suppress(FileExistsError), path.open("xb") as stream:
            path.chmod(0o600)
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
