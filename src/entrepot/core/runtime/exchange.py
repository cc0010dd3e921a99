"""Two folders that change places at one instant, where the system can do that.

Linux has `renameat2` with `RENAME_EXCHANGE` since 3.15 (man 2 rename), macOS `renamex_np` with `RENAME_SWAP` since
10.12 (man 2 renamex_np); Python offers neither.
"""

from __future__ import annotations

import ctypes
import os
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_AT_CWD = -100  # AT_FDCWD of <fcntl.h>: paths are looked up as every call does
_EXCHANGE = 2  # RENAME_EXCHANGE of <linux/fs.h>, and RENAME_SWAP of macOS's <sys/stdio.h>


def change_places(one: Path, other: Path) -> bool:
    """Give each of two paths of one file system what the other had.

    Returns:
        False, with nothing changed, where the system or the file system cannot.
    """
    call = _call()
    return call is not None and call(os.fsencode(one), os.fsencode(other)) == 0


@cache
def _call() -> Callable[[bytes, bytes], int] | None:
    """The system's call with its constants filled in; None where there is none."""
    try:
        library = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows opens no library without a name
        return None
    linux, mac = getattr(library, "renameat2", None), getattr(library, "renamex_np", None)
    how = ctypes.c_uint(_EXCHANGE)
    if linux is not None:
        return lambda a, b: int(linux(_AT_CWD, a, _AT_CWD, b, how))
    if mac is not None:
        return lambda a, b: int(mac(a, b, how))
    return None
