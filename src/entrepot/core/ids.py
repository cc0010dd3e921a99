"""Ids of what is said: the same words give the same id, on every machine and in every run.

The hash is written here once, of a file too. What is hashed elsewhere is a file while it is read or written, and a
number of a person's document under a secret key.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    Said: TypeAlias = str | bytes | Iterable[str | bytes]

DIGITS = 12  # 48 bits: among a million rows two meet by chance once in five hundred times
WHOLE = 64  # hexadecimal digits of SHA-256


def id_of(kind: str, said: Said, digits: int = DIGITS) -> str:
    """The id of what is said: its kind, a hyphen, and the first digits of its digest.

    Args:
        kind: f, match, c, …
        said: all that the id stands for.
        digits: hexadecimal digits.
    """
    return f"{kind}-{digest(said, digits)}"


def digest(said: Said, digits: int = WHOLE) -> str:
    """The first hexadecimal digits of the SHA-256 of what is said.

    Args:
        said: a text, taken as its UTF-8, a lone surrogate as it stands; bytes; or several, one after the other.
        digits: how many; 64 are all.
    """
    found = hashlib.sha256()
    for piece in (said,) if isinstance(said, (str, bytes)) else said:
        found.update(piece.encode("utf-8", "surrogatepass") if isinstance(piece, str) else piece)
    return found.hexdigest()[:digits]


def file_digest(path: Path) -> str:
    """The SHA-256 of a file as it lies there, in hexadecimal digits.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
