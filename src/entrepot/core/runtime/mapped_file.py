"""Files that are mapped into memory: read where they are touched, shared by all processes that map them."""

from __future__ import annotations

import mmap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def mapped(path: Path) -> mmap.mmap:
    """Map a file for reading.

    Raises:
        OSError, ValueError: it is missing, may not be read, or is empty.
    """
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def let_go(of: mmap.mmap) -> None:
    """Let the pages read so far count no more as memory of this process; they are read again where they are touched.

    A checksum touches every page of a file of which a screening needs a part.
    """
    if hasattr(of, "madvise") and hasattr(mmap, "MADV_DONTNEED"):
        of.madvise(mmap.MADV_DONTNEED)
