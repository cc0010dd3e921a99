"""Chinese in Wade-Giles with its apostrophes and hyphens, as pinyin: Chung-t'ai Hua-hsüeh is Zhongtai Huaxue.

Papers from Taiwan and before 1980 spell so. With its signs the system is as exact as pinyin; without them a T is a T or
a D, which the plain reading of a syllable allows for (`latin.py`). A word of another language may look alike, so it is
a further reading, of names alone in which a sign or a syllable tells.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from entrepot.names.reading import lexicon
from entrepot.names.reading.latin import in_wade_giles, pinyin_syllables

_ASPIRATED = ("ch", "q", "p", "t", "k", "c")  # initials of pinyin that Wade-Giles writes with an apostrophe
_INITIAL = re.compile(r"ch|tz|ts|p|t|k")
_ROUNDED = re.compile(r"^(j|q|x|y)u")  # initials behind which u is ü
_SIGNS = str.maketrans(dict.fromkeys("’‘ʻʼ`´", "'") | {"û": "ü", "ŭ": "u", "ê": "e"})
_TELLING = re.compile(r"[ptkhsz]'[aeiouü]|(?<![a-z])hs[iuü]|(?<![a-z])(?:tz|ss)u")
_EDGES = '.,;:()[]"«»“”'
_LONGEST = 40  # letters of a word; a longer one is of no use to cut
_MOST_HELD = 20_000  # words looked at, which come again in other names


def in_pinyin(text: str) -> str:
    """The name with its words in Wade-Giles as pinyin; empty where none tells that it is spelt so.

    Args:
        text: the cleaned name, with its apostrophes and hyphens.
    """
    small = text.lower().translate(_SIGNS)
    if not _TELLING.search(small):
        return ""
    known = lexicon.latin()
    words = [w.strip(_EDGES) for w in small.split()]
    read = [w if w in known else _read(w) or w for w in words]
    return " ".join(read) if read != words else ""


@lru_cache(maxsize=_MOST_HELD)
def _read(word: str) -> str:
    """A word as pinyin, its syllables together; empty where it is not all of syllables."""
    found = [_cut(part) for part in word.split("-")] if len(word) <= _LONGEST else []
    return "".join(found) if found and all(found) else ""


def _cut(word: str) -> str:
    """The longest syllables first, and shorter ones where the rest is none."""
    for end in range(min(len(word), max(map(len, _syllables()))), 0, -1):
        if (pinyin := _syllables().get(word[:end])) is not None:
            rest = _cut(word[end:]) if end < len(word) else ""
            if rest or end == len(word):
                return pinyin + rest
    return ""


@cache
def _syllables() -> dict[str, str]:
    """Wade-Giles syllable, with its apostrophe -> pinyin."""
    out: dict[str, str] = {}
    without: dict[str, str] = {}
    for syllable in pinyin_syllables():
        for bare in in_wade_giles(syllable):
            initial = _INITIAL.match(bare) if syllable.startswith(_ASPIRATED) else None
            spelt = bare if initial is None else f"{initial[0]}'{bare[initial.end() :]}"
            if _ROUNDED.match(syllable):
                out.setdefault(spelt.replace("u", "ü", 1), syllable)
                without.setdefault(spelt, syllable)
            else:
                out.setdefault(spelt, syllable)
    return {**without, **out, "lü": "lu", "nü": "nu"}
