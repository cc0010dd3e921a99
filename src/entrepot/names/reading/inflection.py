"""The forms of a Cyrillic word in a table, in its customary romanisations.

A word in data/words.csv ends in a mark where it is declined: `химическ~` is an adjective, `завод^m` a masculine noun,
`фабрик^f` a feminine one, `компани^i` one in -ия, `предприяти^n` one in -ие, `производств^o` one in -о.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# Russian, then Ukrainian; "-" is no ending; those of nouns in -ость stand last among the adjectives'.
_TABLE = """
~ ый ий ой ая яя ое ее ые ие ого его ой ей ому ым ых их ую а е і ої ній ь и ью
^m - а у ом е ы и ов
^f - а ы и у ой е
^i ия ии ию ией ий ія ії ію ій
^n ие ия ию ием ий ья ье ня ння
^o - о а у ом
^e е я ю и
"""
_ENDINGS = {line.split()[0]: line.replace("-", "").split(" ")[1:] for line in _TABLE.strip().splitlines()}
# Romanisations beside that of `ascii_words`: passports (ICAO 9303) and the older one of telegrams.
_SYSTEMS: tuple[dict[int, str], ...] = (
    {},
    str.maketrans({"й": "i", "ю": "iu", "я": "ia", "х": "kh", "ц": "ts", "ё": "e", "ы": "y", "ь": "", "щ": "shch"}),
    str.maketrans({"х": "h", "й": "y", "ц": "c", "щ": "sch", "ж": "zh", "ы": "y", "ь": "", "ё": "e"}),
)
_YE = (("oe", "oye"), ("ee", "eye"), ("ie", "iye"), ("ye", "yye"))  # BGN/PCGN: e after a vowel


def stems(word: str) -> list[str]:
    """What `romanised` reads: the word without its mark in each system; the word itself where it is not Cyrillic."""
    if not any("\u0400" <= c <= "\u052f" for c in word):
        return [word]
    stem = word.removesuffix(_mark(word))
    return [stem.translate(system) for system in _SYSTEMS]


def romanised(word: str, read: Callable[[str], list[str]]) -> list[str]:
    """All forms of a word of the table in Latin letters, words set apart by a space, each form once.

    Args:
        word: a Cyrillic word or words, with or without a mark of declension; other scripts pass through `read`.
        read: what turns any script into Latin words.
    """
    out: list[str] = []
    for number, stem in enumerate(stems(word)):
        latin = " ".join(read(stem))
        out += [latin + ending for ending in _endings(_mark(word), number, read)]
    return list(dict.fromkeys(out))


def _mark(word: str) -> str:
    return next((m for m in _ENDINGS if word.endswith(m)), "")


@cache
def _endings(mark: str, number: int, read: Callable[[str], list[str]]) -> list[str]:
    if not mark:
        return [""]
    latin = ["".join(read(e)) for e in endings(mark, number)]
    return list(dict.fromkeys(latin + [to for e in latin for was, to in _YE if e == was]))


@cache
def endings(mark: str, number: int) -> tuple[str, ...]:
    """The endings of a mark in one system, before they are read."""
    return tuple(e.translate(_SYSTEMS[number]) for e in _ENDINGS[mark])


def all_endings() -> list[str]:
    """Every ending in every system."""
    return [e for mark in _ENDINGS for number in range(len(_SYSTEMS)) for e in endings(mark, number)]
