"""How alike two words are: letters changed, sounds written otherwise, vowels left out."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import OSA

from entrepot.names.lexicon import syllables

_TYPO_SHORTEST = 4  # letters; below it one letter is another word (Li, Lu)
LIKE = 0.6  # below it two words are different words
_SAME_SOUND = 0.93
_SAME_CONSONANTS = 0.85
_INITIAL = 0.7
_PINYIN_PENALTY = 0.3  # two spellings that are both whole pinyin are two Chinese words, not one mistyped
_HABIT = 0.88  # zh and z, ng and n are confused where speech does not tell them apart
_FIRST_LETTER = 0.08  # people seldom mistype the first letter
_ALLOWED = {4: 1, 5: 1, 6: 2, 7: 2, 8: 2}  # letters changed by length; three from nine on
# Romanisations of one sound (BGN, ICAO, GOST, French and German habits), applied in this order.
_SOUNDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), to)
    for pattern, to in (
        (r"shch|schtsch|sch", "sh"),
        (r"tch|tsch", "ch"),
        (r"kh|gh", "h"),
        (r"ph", "f"),
        (r"ts|tz", "c"),
        (r"dzh|dj|zh", "j"),
        (r"ks", "x"),
        (r"ck|q", "k"),
        (r"w", "v"),
        (r"(?:ii|iy|ij|yy|yi|ey|ei|iye|ye|ie|ee)$", "i"),
        (r"(?:ou|oo|uw)", "u"),
        (r"[iyj](?=[aou])", "i"),
        (r"(?:ey|ei|ay|ai|ae)", "e"),
        (r"iye|ie|ye|ee", "e"),
        (r"y", "i"),
        (r"h(?=$|[bcdfgklmnprstvxz])", ""),
        (r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouy]|(?<=.)[hw]")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The word with one letter for each sound that romanisations write in several ways."""
    for pattern, to in _SOUNDS:
        word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=50_000)
def is_pinyin(word: str) -> bool:
    """Whether the word is made of whole pinyin syllables."""
    return syllables().fullmatch(word) is not None


def _habit(word: str) -> str:
    """Pinyin as speakers of the south write it: n for ng, z for zh, s for sh, c for ch."""
    return re.sub(r"(?<=[zcs])h|(?<=[aei]n)g", "", word)


@lru_cache(maxsize=200_000)
def alike(a: str, b: str, *, vowels: bool = True) -> float:
    """How alike two words are, in [0, 1]; 0 where they are different words. Symmetric.

    Args:
        a: a lower-case Latin word.
        b: the other.
        vowels: False where one of them was written without short vowels.
    """
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=lambda w: (len(w), w))
    if len(short) == 1 and long.startswith(short) and long.isalpha():
        return _INITIAL
    if not vowels and (bones := _VOWELS.sub("", sound(a))) == _VOWELS.sub("", sound(b)) and bones:
        return _SAME_CONSONANTS
    if len(short) < _TYPO_SHORTEST - 1 or len(long) < _TYPO_SHORTEST:
        return 0.0
    both_pinyin = is_pinyin(a) and is_pinyin(b)
    score = _edited(a, b)
    if not both_pinyin:
        sounds = sound(a), sound(b)
        score = max(score, _SAME_SOUND if sounds[0] == sounds[1] else 0.97 * _edited(*sounds))
    elif _habit(a) == _habit(b):
        score = _HABIT
    elif score:
        score -= _PINYIN_PENALTY
    return score if score >= LIKE else 0.0


def _edited(a: str, b: str) -> float:
    longest = max(len(a), len(b))
    if longest < _TYPO_SHORTEST:
        return 0.0
    allowed = _ALLOWED.get(longest, 3)
    changed = OSA.distance(a, b, score_cutoff=allowed)
    if changed > allowed:
        return 0.0
    return 1 - changed / longest - (_FIRST_LETTER if a[0] != b[0] else 0.0)
