"""Whether letters are the short form of the name beside them, as ECI for Electronic Components Industries."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.names.reading.lexicon import PARTICLES, latin

if TYPE_CHECKING:
    from collections.abc import Sequence

_LEAST = 3  # letters of a short form: two begin too many names
_MOST = 10  # letters: longer ones are words in capitals
_OF_A_WORD = 2  # letters that a short form may take of one word: KOMID is Korea Mining Development
_LEFT_OUT = 1  # words that it may leave out beside articles and legal forms
_WORD = re.compile(r"[^\W\d_]+")


def beside_acronym(text: str) -> str:
    """What stands behind (or before) a word in capitals that is its short form; empty where none does.

    Args:
        text: a stretch of a cell, without brackets: "ECI Electronic Components Industries Co".
    """
    first, _, behind = text.partition(" ")
    if is_acronym(first, behind):
        return behind.strip()
    before, _, last = text.rpartition(" ")
    return before.strip() if is_acronym(last, before) else ""


def is_acronym(short: str, name: str) -> bool:
    """Whether a word is in capitals and takes the first letters of the words of a name, in their order.

    It takes a first letter of each word, of some the second too; articles and legal forms may be left out, and one
    word more.

    Args:
        short: one word.
        name: what it may stand for.
    """
    letters = short.strip(" .,").replace(".", "")
    if not (_LEAST <= len(letters) <= _MOST and letters.isalpha() and letters.isupper() and letters.isascii()):
        return False
    words = [w.lower() for w in _WORD.findall(name)]
    return len(words) >= _LEAST and _spells(letters.lower(), tuple(words))


def _spells(letters: str, words: Sequence[str]) -> bool:
    @cache
    def reached(at: int, word: int, left: int) -> bool:
        if word == len(words):
            return at == len(letters)
        said = words[word]
        taken = (n for n in range(1, _OF_A_WORD + 1) if said[:n] == letters[at : at + n] != "" and len(said) >= n)
        if any(reached(at + n, word + 1, left) for n in taken if at + n <= len(letters)):
            return True
        if _may_be_left_out(said):
            return reached(at, word + 1, left)
        return word > 0 and left > 0 and reached(at, word + 1, left - 1)

    return reached(0, 0, _LEFT_OUT)


def _may_be_left_out(word: str) -> bool:
    entry = latin().get(word)
    return word in PARTICLES or (entry is not None and entry.role == "form")
