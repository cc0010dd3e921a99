"""A secret in a file of its own: made whole on first need, and used only while nobody but its owner can read it."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from entrepot.core.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST_BYTES = 65_536  # a key is far smaller; what is larger is no key


def kept_secret(path: Path, name: str, make: Callable[[], bytes] | None = None) -> bytes:
    """The bytes of a secret.

    Args:
        path: where it lies.
        name: what it is, for a message: "the key of the identifiers".
        make: gives the bytes of a new one where none is there; None to refuse then.

    Raises:
        StoreError: it cannot be made or read, or others may read it.
    """
    try:
        if make is not None and not path.exists():
            _put(path, make())
        with path.open("rb") as stream:
            if os.name == "posix" and os.fstat(stream.fileno()).st_mode & 0o077:
                remedy = f"Take the right from others: chmod 600 {path.name}."
                raise StoreError(f"others may read {name}", found=str(path), remedy=remedy)
            return stream.read(_MOST_BYTES)
    except OSError as exc:
        raise StoreError(f"{name} cannot be used ({exc.strerror})", found=str(path)) from exc


def _put(path: Path, data: bytes) -> None:
    """Write it whole, then link it: of two runs that make one at once, one wins and both read it."""
    path.parent.mkdir(parents=True, exist_ok=True)
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
