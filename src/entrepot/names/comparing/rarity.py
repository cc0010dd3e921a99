"""How much a word of a name says: in bits, the more the fewer names have it."""

from __future__ import annotations

from functools import lru_cache
from math import log2
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon

if TYPE_CHECKING:
    from entrepot.names.reading.name import Word

# Bits that one letter can carry: English letters carry 4.2 each alone, and half of that within words.
_A_LETTER = 2.2
_A_CONSONANT = 2.6  # of a word written without its vowels
# A syllable of Chinese read as Latin: 400 are in use (8.6 bits), most names are made of the commonest hundred.
_A_SYLLABLE = 4.5
_RAREST = 6  # parties: a word that is not in the table stands in fewer than 12, on average in half as many
_INITIAL = 3.5  # a first letter
_TITLE = 0.3  # bits: next to nothing; no measurement: chosen when rarity was first counted in bits
_GENERIC = 6.0  # a generic word of weight 1
RANK = 0.15  # weight of "group" or "holdings", which a name has or has not as the writer likes
_PLACE = 7.0  # of a place at most: the firms of one town are many, whoever of them is listed


def bits(word: Word) -> float:
    """Bits of evidence that meeting this word gives.

    Args:
        word: of a prepared name.
    """
    if word.kind == "place" and word.weight < 1:  # the Corps is a party
        return max(_GENERIC * word.weight, min(_PLACE, bits_of_text(word.text)))
    if word.kind not in {"core", "place"}:
        return _GENERIC * word.weight if word.weight > RANK else 0.0
    if word.initials:
        return min(_A_SYLLABLE * len(word.initials), bits_of_text(word.text))
    if word.letters:
        return min(_A_CONSONANT * len(word.letters), bits_of_text(word.text))
    return bits_of_text(word.text)


@lru_cache(maxsize=50_000)
def bits_of_text(text: str) -> float:
    """Bits of a word in Latin letters.

    Args:
        text: as it is compared.
    """
    if text in lexicon.HONORIFICS:
        return _TITLE
    if len(text) == 1:
        return _INITIAL
    seen = lexicon.frequent().get(text, _RAREST)
    return max(0.5, min(_A_LETTER * len(text), log2(lexicon.parties() / seen)))
