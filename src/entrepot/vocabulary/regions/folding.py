"""A text in lower case Latin letters and Chinese characters, with the place in the original of each character."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

WORD = re.compile(r"[a-z0-9]+")
# What stands between words of an ASCII text becomes a space: cut so, an address takes a quarter of the time.
_IN_WORDS = frozenset((string.ascii_letters + string.digits).encode())
_BETWEEN = bytes(b if b in _IN_WORDS else ord(" ") for b in range(256))


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    Attributes:
        text: lower case, other scripts than Chinese in Latin letters, no diacritics, no invisible characters.
        at: for each of its characters, where the character of the original stands that it came from.
        words, han: its words in Latin letters and digits, and its Chinese characters.
    """

    text: str
    at: Sequence[int]
    words: frozenset[str]
    han: frozenset[str]


@lru_cache(maxsize=4_096)  # each region reads the same text
def folded(text: str) -> Folded:
    """Fold a text."""
    if text.isascii() and text.isprintable():
        lower = text.lower()
        return Folded(
            lower, range(len(text)), frozenset(lower.encode().translate(_BETWEEN).decode().split()), frozenset()
        )
    out: list[str] = []
    at: list[int] = []
    for i, char in enumerate(text):
        letters = _fold_one(char)
        out.append(letters)
        at.extend([i] * len(letters))
    whole = "".join(out)
    return Folded(whole, at, frozenset(WORD.findall(whole)), frozenset(filter(is_han, whole)))


def folded_letters(text: str) -> str:
    """The text of `folded`, without the places and the words: what a table of spellings is asked for."""
    return text.lower() if text.isascii() and text.isprintable() else "".join(map(_fold_one, text))


@lru_cache(maxsize=8_192)
def _fold_one(char: str) -> str:
    from anyascii import anyascii

    if is_han(char):
        return char
    return anyascii(char).lower() if char.isprintable() or char.isspace() else ""


def is_han(char: str) -> bool:
    """Whether a character is Chinese."""
    return "\u3400" <= char <= "\u9fff"
