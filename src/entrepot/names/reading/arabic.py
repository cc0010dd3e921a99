"""Names in Arabic letters: short vowels are not written, so a Latin spelling is judged by what the letters can sound.

`fit` walks both words at once: each Arabic letter may be written by any of its Latin spellings at a cost, and Latin
vowels come free between letters. The spellings are those of the romanisations in use for Arabic, Persian, Dari,
Pashto and Urdu (UNGEGN, BGN/PCGN, ALA-LC, passport usage in French and English).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_MARKS = re.compile(r"[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]")
_SAME = str.maketrans("أإآٱىیےېۍئؤکہھۀﻻ", "اااايييييييكهههل")
# Each letter with its Latin spellings; "0" stands for no letter at all. One row a cost.
_SPELLINGS: dict[str, tuple[tuple[float, str], ...]] = {
    "ا": ((0.0, "a aa"), (0.1, "e 0"), (0.2, "i u o")),
    "ب": ((0.0, "b"), (0.1, "p")),
    "پ": ((0.0, "p"), (0.2, "b")),
    "ت": ((0.0, "t"),),
    "ث": ((0.0, "th"), (0.1, "s t")),
    "ج": ((0.0, "j dj"), (0.1, "g dzh dzj"), (0.3, "zh ch y z")),
    "چ": ((0.0, "ch"), (0.1, "tch"), (0.3, "c sh")),
    "ح": ((0.0, "h"), (0.3, "kh ch"), (0.4, "0")),
    "خ": ((0.0, "kh"), (0.2, "k h ch x q")),
    "د": ((0.0, "d"), (0.3, "t")),
    "ذ": ((0.0, "dh z"), (0.1, "d th")),
    "ر": ((0.0, "r"),),
    "ز": ((0.0, "z"), (0.2, "s")),
    "ژ": ((0.0, "zh j"), (0.2, "z")),
    "س": ((0.0, "s"), (0.2, "c z")),
    "ش": ((0.0, "sh ch"), (0.1, "sch"), (0.2, "s")),
    "ص": ((0.0, "s"), (0.2, "c z")),
    "ض": ((0.0, "d dh z"),),
    "ط": ((0.0, "t"),),
    "ظ": ((0.0, "z dh"), (0.1, "d th")),
    "ع": ((0.0, "0 a aa"), (0.1, "e o u i")),
    "غ": ((0.0, "gh"), (0.1, "g"), (0.3, "r q k")),
    "ف": ((0.0, "f"), (0.1, "ph"), (0.2, "v")),
    "ق": ((0.0, "q k"), (0.1, "g gh c"), (0.3, "kh")),
    "ك": ((0.0, "k"), (0.1, "c q ck"), (0.2, "g")),
    "گ": ((0.0, "g"), (0.2, "k")),
    "ل": ((0.0, "l"),),
    "م": ((0.0, "m"),),
    "ن": ((0.0, "n"),),
    "ه": ((0.0, "h"), (0.1, "0 a e")),
    "ة": ((0.0, "a ah at e"), (0.1, "eh et h t"), (0.3, "0")),
    "و": ((0.0, "w v u o ou oo aw au ow"), (0.1, "uw ww ew"), (0.4, "0 f")),
    "ي": ((0.0, "y i e ee ai ay ei ey iy"), (0.1, "j yy ie ye"), (0.3, "0 a")),
    "ء": ((0.0, "0 a"), (0.1, "e i u y")),
    "ٹ": ((0.0, "t"),),
    "ټ": ((0.0, "t"),),
    "ډ": ((0.0, "d"),),
    "ڈ": ((0.0, "d"),),
    "ړ": ((0.0, "r"), (0.1, "d")),
    "ڑ": ((0.0, "r"), (0.1, "d")),
    "ښ": ((0.0, "sh kh"), (0.1, "x h")),
    "ږ": ((0.0, "zh g"), (0.1, "j")),
    "ځ": ((0.0, "dz z"), (0.1, "j")),
    "څ": ((0.0, "ts"), (0.1, "s c ch")),
    "ڼ": ((0.0, "n"),),
    "ں": ((0.0, "n"), (0.2, "0")),
    "ګ": ((0.0, "g"),),
}
_LATIN = {letter: rows[0][1].split()[0].replace("0", "") for letter, rows in _SPELLINGS.items()}
READINGS = {
    letter: tuple((s.replace("0", ""), cost) for cost, group in rows for s in group.split())
    for letter, rows in _SPELLINGS.items()
}
# Costs of a whole letter. No measurement: chosen when Arabic was first read letter by letter.
# Letters that romanisations leave out:
WEAK = {"ا": 0.25, "و": 0.5, "ي": 0.4, "ع": 0.2, "ء": 0.05, "ه": 0.5, "ة": 0.4}
_EXTRA_VOWEL = 0.03  # short vowels are not written in Arabic: a Latin name has them beyond its letters
_EXTRA_H = 0.25  # h stands in digraphs, and for endings that are not spoken
SUN = "تثدذرزسشصضطظلن"  # the article's l is spoken, and often written, as the letter that follows
_VOWELS = "aeiouy"
# A word whose letters fit perfectly could still have other short vowels.
_PERFECT = 0.97
_SHORTEST = 2.0  # letters, below which a fit says no more


def is_arabic(char: str) -> bool:
    """Whether a character is an Arabic letter."""
    return "\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufeff"


def letters(text: str) -> str:
    """Arabic letters with one form each: marks, ligatures and regional shapes folded."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(_SAME)


def tokens(text: str) -> list[str]:
    """Words of a text in Arabic letters, the article set apart and the servant names (abd al-) cut one way."""
    out: list[str] = []
    for word in re.findall(r"[\u0621-\u06ff]+", letters(text)):
        out += _cut(word)
    return list(_servants(out))


def _cut(word: str) -> list[str]:
    if word in {"الله", "عبدالله"}:
        return [word]
    if word.startswith("عبدال") and len(word) > len("عبدال") + 2:
        return ["عبد", "ال", word[len("عبدال") :]]
    if word.startswith("ال") and len(word) > len("ال") + 2:
        return ["ال", word[2:]]
    return [word]


def _servants(words: Iterable[str]) -> Iterable[str]:
    """Abd Allah is one name; abd al-X stays two, as in Abdul X."""
    before = ""
    for word in words:
        if before == "عبد" and word == "الله":
            yield before + word
            before = ""
            continue
        if before and not (before == "عبد" and word == "ال"):
            yield before
        # "Abd" takes the article with it, as "abdul" does in Latin.
        before = "عبدال" if before == "عبد" and word == "ال" else word
    if before:
        yield before


def latin(word: str) -> str:
    """The usual Latin consonants of a word, to show and to index; not how it sounds."""
    return "".join(_LATIN.get(c, "") for c in word)


@lru_cache(maxsize=50_000)
def fit(word: str, spelt: str) -> float:
    """How well a Latin spelling fits a word in Arabic letters, in [0, 1].

    Args:
        word: letters from `letters`.
        spelt: lower-case Latin letters.
    """
    known = "".join(c for c in word if c in READINGS)
    if not known or not spelt:
        return 0.0
    whole = max(_SHORTEST, sum(WEAK.get(c, 1.0) for c in known))
    return max(0.0, _PERFECT - _cost(known, spelt) / whole)


def _cost(word: str, spelt: str) -> float:
    """The cheapest way to write the letters as the spelling."""
    extra = [_extra(spelt, at) for at in range(len(spelt))]
    row = [0.0]
    for more in extra:
        row.append(row[-1] + more)
    for index, letter in enumerate(word):
        row = _next_row(row, _dropped(word, index), extra, spelt, READINGS[letter])
    return row[-1]


def _dropped(word: str, index: int) -> float:
    """Cost of a letter that is not spelt."""
    if word[index] == "ل" and index and word[index - 1] == "ا" and word[index + 1 : index + 2] in SUN:
        return 0.1
    return WEAK.get(word[index], 1.0)


def _next_row(
    row: list[float], dropped: float, extra: list[float], spelt: str, readings: tuple[tuple[str, float], ...]
) -> list[float]:
    out = [cost + dropped for cost in row]
    for reading, cost in readings:
        size = len(reading)
        at = spelt.find(reading)
        while at >= 0:
            if row[at] + cost < out[at + size]:  # noqa: PLR1730 - a call of min costs more than the rest
                out[at + size] = row[at] + cost
            at = spelt.find(reading, at + 1)
    last = out[0]
    for at, more in enumerate(extra, 1):
        last = out[at] = min(out[at], last + more, row[at - 1] + 1.2)
    return out


def _extra(spelt: str, at: int) -> float:
    """Cost of a Latin letter that no Arabic letter stands for."""
    char = spelt[at]
    if char in _VOWELS:
        return _EXTRA_VOWEL
    if at and spelt[at - 1] == char:
        return 0.0  # a doubled consonant is written once
    return _EXTRA_H if char == "h" else 1.0
