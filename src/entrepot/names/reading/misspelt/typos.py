"""Generic words, places and legal forms that were mistyped, scanned badly or written without their vowels.

A name's own word is left alone: only a word that lists of parties do not carry often is taken for a misspelt one, and
only where it is as long that a single letter changed does not make it another word.
"""

from __future__ import annotations

from functools import cache, lru_cache
from string import ascii_lowercase
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.reading import lexicon
from entrepot.names.reading.latin import as_letters, syllables
from entrepot.names.reading.letters import inner_vowels_out, printed

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPED = 7  # letters from which one letter changed leaves the word known
_PRINTED = 6  # letters from which confusions of print do
_NUMBERED = 4  # letters and digits; a shorter one with a digit other than 0 is a model or a number
_LETTERS = frozenset(ascii_lowercase)  # what is none of these in a word is a digit
_BARE = 3  # letters that are left of a word without its vowels


@lru_cache(maxsize=50_000)
def meant(word: str) -> str:
    """The known word that a Latin word is a misspelling of; empty where there is none, or more than one.

    Args:
        word: lower case, letters and digits.
    """
    if not word.isalpha() and (read := _scanned(word)):
        return read
    if len(word) < _BARE or word in lexicon.frequent() or syllables().fullmatch(word):
        return ""  # two words of pinyin a letter apart are two words: zhonghe is not zhongye, the seed trade
    if found := _bare().get(word):
        return found
    if len(word) >= _PRINTED and (found := _as_printed().get(printed(word))):
        return found
    if len(word) < _TYPED - 1:
        return ""
    near = {w for part in (word, *without_one(word)) for w in _deleted().get(part, ())}
    near = {w for w in near if OSA.distance(word, w, score_cutoff=1) <= 1}
    meanings = {lexicon.latin()[w].meaning for w in near}
    return min(near) if len(meanings) == 1 else ""


def _scanned(word: str) -> str:
    """The known word that a scanner read digits into (gr0up, 0f); a model number (4s) is none."""
    digits = set(word) - _LETTERS
    if word.isdigit() or (digits != {"0"} and len(word) < _NUMBERED):
        return ""
    return next((r for r in (as_letters(word), as_letters(word.replace("1", "i"))) if r in _table()), "")


@cache
def _table() -> frozenset[str]:
    return frozenset(lexicon.typed())


def without_one(word: str) -> set[str]:
    """A word with one letter left out, in every way."""
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


@cache
def _deleted() -> dict[str, tuple[str, ...]]:
    """Each long word, whole and with one letter left out -> the words."""
    return deleted(w for w in lexicon.typed() if len(w) >= _TYPED)


def deleted(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words, whole and with one letter left out -> the words."""
    out: dict[str, tuple[str, ...]] = {}
    for word in words:
        one = (word,)
        for part in (word, *without_one(word)):
            held = out.get(part)
            out[part] = one if held is None else (*held, word)
    return out


@cache
def _as_printed() -> dict[str, str]:
    return _unique([(printed(w), w) for w in lexicon.typed() if len(w) >= _PRINTED])


@cache
def _bare() -> dict[str, str]:
    """Words without their inner vowels -> the word, where no known word is written so."""
    words = set(lexicon.typed())
    found = [(bare, w) for w in words if len(w) > len(bare := inner_vowels_out(w)) >= _BARE]
    return {k: w for k, w in _unique(found).items() if k not in words}


def _unique(pairs: list[tuple[str, str]]) -> dict[str, str]:
    """Those keys that lead to one meaning only."""
    first: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    for key, word in pairs:
        if (was := first.setdefault(key, word)) != word:
            several.setdefault(key, {was}).add(word)
    known = lexicon.latin()
    for key, words in several.items():
        if len({known[w].meaning for w in words}) == 1:
            first[key] = min(words)
        else:
            del first[key]
    return first
