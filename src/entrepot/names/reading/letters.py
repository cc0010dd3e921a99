"""What becomes of the letters of a word in print, and where its vowels are left out."""

from __future__ import annotations

from functools import lru_cache

# What scanners and eyes confuse; both words are read so.
_PRINTED = (
    ("rn", "m"),
    ("cl", "d"),
    ("vv", "w"),
    ("1", "l"),
    ("i", "l"),
    ("0", "o"),
    ("5", "s"),
    ("8", "b"),
    ("2", "z"),
)


_NO_VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=50_000)
def printed(word: str) -> str:
    """The word with one letter for those that print alike."""
    for seen, meant in _PRINTED:
        word = word.replace(seen, meant)
    return word


@lru_cache(maxsize=50_000)
def inner_vowels_out(word: str) -> str:
    """The word without its vowels, first and last letter kept."""
    return word[:1] + word[1:-1].translate(_NO_VOWELS) + word[-1:]
