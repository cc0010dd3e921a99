"""Ids of what is said: the same words give the same id, on every machine and in every run."""

from __future__ import annotations

import hashlib

DIGITS = 12  # 48 bits: among a million rows two meet by chance once in five hundred times


def id_of(kind: str, said: str, digits: int = DIGITS) -> str:
    """The id of what is said: its kind, a hyphen, and the first digits of the SHA-256 of its UTF-8.

    Args:
        kind: f, match, c, …
        said: all that the id stands for, as text.
        digits: hexadecimal digits.
    """
    return f"{kind}-{hashlib.sha256(said.encode()).hexdigest()[:digits]}"
