"""What Chinese characters stand for, as bytes that the core reads (native/brand.c).

The costs are those of `brand_pair`; here they are only laid out.
"""

from __future__ import annotations

from functools import cache, lru_cache
from struct import Struct
from typing import TYPE_CHECKING

from entrepot.names.brands import brand_pair
from entrepot.names.reading.han import simplified

if TYPE_CHECKING:
    from collections.abc import Iterable

_A = ord("a")
_KNOWN, _MATCH, _SAID, _HEARD = Struct("<IB"), Struct("<BBB"), Struct("<BB"), Struct("<IBB")
_MOST_HELD = 20_000  # characters and words, which come again in other names


@lru_cache(maxsize=_MOST_HELD)
def brand_bytes(shown: str) -> bytes:
    """A word as it is written, character by character; of more characters than a brand has only how many they are.

    Args:
        shown: any characters.
    """
    plain = simplified(shown)
    if len(plain) > brand_pair.MOST_CHARACTERS:
        return b"\0"
    both = [_known(plain[i : i + 2]) for i in range(len(plain) - 1)]
    return b"".join([bytes([len(plain)]), *map(_character, plain), *both])


@cache
def onsets() -> tuple[str, ...]:
    """The consonants with which a syllable may begin as a transcription writes it, by their number in the core."""
    return tuple(brand_pair.CLASSES)


@lru_cache(maxsize=_MOST_HELD)
def _character(char: str) -> bytes:
    read = brand_pair.readings(char)
    first = read[0][0] if read and read[0][0].isascii() else "\0"
    heard = read[: brand_pair.MOST_HEARD]
    return b"".join([_known(char), _SAID.pack(ord(first), len(heard)), *map(_syllable, heard)])


@lru_cache(maxsize=_MOST_HELD)
def _syllable(syllable: str) -> bytes:
    start, rest = brand_pair.parted(syllable)
    head = _HEARD.pack(_letters(brand_pair.heard(rest)), brand_pair.is_nasal(rest), start in {"l", "r"})
    return head + bytes(brand_pair.beginning(start, onset) for onset in onsets())


@lru_cache(maxsize=_MOST_HELD)
def _known(characters: str) -> bytes:
    """What stands for one or two characters as it is, and the letters with which that can begin."""
    found = [(t, cost) for t, cost in brand_pair.matches(characters) if t.isascii() and t.isalpha() and t.islower()]
    texts = [_MATCH.pack(cost, brand_pair.is_long_match(t, characters), len(t)) + t.encode() for t, cost in found]
    return _KNOWN.pack(_letters(brand_pair.starts(characters)), len(found)) + b"".join(texts)


def _letters(letters: Iterable[str]) -> int:
    """Letters as a number, a bit for each; what is no small Latin letter begins no word that is compared."""
    return sum(1 << ord(c) - _A for c in set(letters) if c.isascii() and c.islower())
