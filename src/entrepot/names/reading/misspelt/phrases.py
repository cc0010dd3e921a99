"""Fixed phrases of trade and place in which a word was mistyped or scanned badly: impotr and export, 1nner mongolia.

A phrase is one word of meaning. Read as its pieces, a damaged one stands against the whole phrase of a clean name as
another line of business would. The words beside a damaged one say what it is, so that less of it needs to be left than
of a word alone.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import product
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.reading import lexicon
from entrepot.names.reading.latin import syllables
from entrepot.names.reading.letters import printed
from entrepot.names.reading.misspelt import typos

if TYPE_CHECKING:
    from collections.abc import Sequence

_TYPED = 5  # letters of a word of a phrase from which one letter changed leaves it known
_EXCHANGED = 4  # letters from which two that changed places do: iorn and steel
_PRINTED = 3  # letters and digits from which a digit read for a letter does
LONGEST = 4  # words of a phrase; longer ones are institutions, whose names are listed as they are
_MOST_HELD = 50_000  # words looked at, which come again in other names
_NONE: tuple[str, ...] = ()


def with_slip(words: Sequence[str], longer_than: int) -> tuple[str, int] | None:
    """The phrase that begins here where its damaged words are put right, and in how many words; None where none does.

    One word at least stands as the tables have it, unless nothing but digits were read for letters.

    Args:
        words: Latin words from here on, lower case.
        longer_than: words that are read already.
    """
    ways: list[tuple[str, ...]] = []
    for word in words[:LONGEST]:
        read = (word,) if word in _words() else meant(word)
        if not read:
            break
        ways.append(read)
    for length in range(len(ways), max(1, longer_than), -1):
        for read in product(*ways[:length]):
            key = " ".join(read)
            if key in _phrases() and _is_sure(words[:length], read):
                return key, length
    return None


def _is_sure(words: Sequence[str], read: Sequence[str]) -> bool:
    """Whether something was put right, and a word of the phrase stands as it is or no letter of it is another."""
    slips = [(w, r) for w, r in zip(words, read, strict=True) if w != r]
    return bool(slips) and (len(slips) < len(words) or all(printed(w) == printed(r) for w, r in slips))


@lru_cache(maxsize=_MOST_HELD)
def meant(word: str) -> tuple[str, ...]:
    """The words of phrases that a strange word may be; none for one that lists carry often, or in whole pinyin."""
    if not word or word in lexicon.latin() or word in lexicon.frequent() or syllables().fullmatch(word):
        return _NONE
    if not word.isalpha():
        return _as_printed().get(printed(word), _NONE) if len(word) >= _PRINTED and not word.isdigit() else _NONE
    if len(word) < _EXCHANGED:
        return _NONE
    near = {w for part in (word, *typos.without_one(word)) for w in _deleted().get(part, _NONE)}
    return tuple(sorted(w for w in near if _is_slip(word, w)))


def _is_slip(word: str, known: str) -> bool:
    """Whether a word is a known one with a letter wrong, not the first; of a short one two letters changed places."""
    if word[0] != known[0] or OSA.distance(word, known, score_cutoff=1) > 1:
        return False
    return len(known) >= _TYPED or sorted(word) == sorted(known)


@cache
def _phrases() -> frozenset[str]:
    """Phrases of trade and place."""
    return frozenset(
        key for key, e in lexicon.latin().items() if " " in key and e.role in {"word", "place"} and _is_short(key)
    )


def _is_short(phrase: str) -> bool:
    return phrase.count(" ") < LONGEST


@cache
def _words() -> frozenset[str]:
    """The words of phrases."""
    return frozenset(w for phrase in _phrases() for w in phrase.split())


@cache
def _deleted() -> dict[str, tuple[str, ...]]:
    """Words of English phrases and places, whole and with one letter left out -> the words.

    Declined words of Russian are too near one another to be told apart.
    """
    english = lexicon.english()
    known = (phrase.split() for phrase in _phrases())
    words = {w for phrase in known if not english.isdisjoint(phrase) for w in phrase}
    return typos.deleted(sorted(w for w in words if len(w) >= _EXCHANGED))


@cache
def _as_printed() -> dict[str, tuple[str, ...]]:
    """What words of phrases are printed alike as -> the words."""
    out: dict[str, tuple[str, ...]] = {}
    for word in sorted(w for w in _words() if len(w) >= _PRINTED):
        out[printed(word)] = (*out.get(printed(word), _NONE), word)
    return out
