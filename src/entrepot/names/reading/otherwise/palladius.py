"""Chinese names as Russian writes them, read back as pinyin: Чжунтай is Zhongtai, Ли Сяопин is Li Xiaoping.

Russian spells the syllables of Chinese by the system of Palladius, which is regular (data/han_palladius.csv, derived by
scripts/palladius.py). A Russian word may look the same (Дина is also di and na), so pinyin is a further reading beside
the plain transliteration, and the better of the two counts.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.core.tables.packaged import packaged_rows
from entrepot.names.contract import HAN_PALLADIUS
from entrepot.names.reading import lexicon
from entrepot.names.reading.latin import ascii_words

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Sounds that Chinese has often and Russian seldom: a firm's word without one (Калинин) is left as it is.
_TELLING = re.compile(r"цз|чж|[цс][юя]|ю[йэа]|у[аэй]|[бвмфлн]эй|ао|оу|яо|[аеиуэя]нь|[хчшжгкцт]э")
_VOWELS = "аеёиоуыэюя"
_LEAST_WORDS, _MOST_WORDS = 2, 3  # of a Chinese person's name
_LEAST_SYLLABLES = 2  # of a firm's own word
_LONGEST = 7  # syllables of a word; places and brands have fewer


def in_pinyin(text: str, kind: str) -> str:
    """The text with its Chinese words in pinyin; empty where it holds none, or where pinyin changes nothing.

    Of a person every word must be Chinese; of a firm one word of two syllables, of sounds that Russian seldom has, that
    no table knows otherwise.

    Args:
        text: a cleaned name with Cyrillic letters.
        kind: what it names, as in `prepare`.
    """
    words = _WORD.findall(text)
    read = {w: r for w in words if (r := _read(w.lower()))}
    if not read or kind == "vessel":
        return ""
    whole = len(read) == len(set(words)) and _LEAST_WORDS <= len(words) <= _MOST_WORDS
    if not whole:
        if kind == "person":
            return ""
        read = {w: r for w, r in read.items() if not _known(w)}
        if not any(r.count(" ") + 1 >= _LEAST_SYLLABLES and _TELLING.search(w.lower()) for w, r in read.items()):
            return ""
    spelt = {w: r.replace(" ", "") for w, r in read.items()}
    if all("".join(ascii_words(w)) == s for w, s in spelt.items()):
        return ""
    return _WORD.sub(lambda m: spelt.get(m.group(), m.group()), text)


def _known(word: str) -> bool:
    """Whether a word is one of the tables, as a place or a line of business in Russian."""
    return " ".join(ascii_words(word)) in lexicon.latin()


@lru_cache(maxsize=50_000)
def _read(word: str) -> str:
    """The syllables of a lower-case Cyrillic word in pinyin, a space between; empty where it is not Chinese."""
    plain = word.replace("-", "ъ")
    if not _syllables().fullmatch(plain):
        return ""
    found = _one_syllable().findall(plain)
    return " ".join(_table()[s] for s in found) if 0 < len(found) <= _LONGEST else ""


@cache
def _table() -> dict[str, str]:
    """Syllable in Cyrillic -> pinyin."""
    return {s: row["pinyin"] for row in packaged_rows(HAN_PALLADIUS) for s in row["palladius"]}


@cache
def _one_syllable() -> re.Pattern[str]:
    """Matches one syllable; n before a vowel begins the next one, as a hard sign would stand between them otherwise."""
    ordered = sorted(_table(), key=lambda s: (-len(s), s))
    ends = (s + f"(?![{_VOWELS}])" if s.endswith("н") else s for s in ordered)
    return re.compile("|".join(ends))


@cache
def _syllables() -> re.Pattern[str]:
    """Matches a word of whole syllables, a hard sign between some of them."""
    return re.compile(rf"(?:(?:{_one_syllable().pattern})ъ?)+")
