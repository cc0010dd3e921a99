"""How alike two words are: letters changed, sounds written otherwise, vowels left out, readings of another script."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.brands import brand_pair
from entrepot.names.reading import arabic, lexicon
from entrepot.names.reading.han import simplified
from entrepot.names.reading.latin import syllables
from entrepot.names.reading.letters import inner_vowels_out, printed

if TYPE_CHECKING:
    from entrepot.names.reading.name import Word

LIKE = 0.5  # below it two words are different words
INITIAL = 0.7  # how alike a word and its first letter are
SAME_SOUND = 0.95  # how alike two spellings of one sound are
BARE = 0.825  # how alike a word and the same word without its vowels are; told by this very number
CUT = 0.775  # likewise a word and its beginning
SHORTEST_CUT = 2  # letters left of a word that was cut
CALLED = 0.875  # likewise a given name and what its bearers are called
_LOOKS_ALIKE = 0.91  # words that print alike: rn and m, cl and d, 0 and o
# At least, of words whose vowels alone differ. No measurement: chosen when the matcher was written.
_SAME_CONSONANTS = 0.8
_CONSONANTS = 3  # consonants two words must share before their vowels may all differ
_PINYIN_PENALTY = 0.2  # two spellings that are both whole pinyin are two Chinese words, not one mistyped
HABIT = 0.9  # zh and z, ng and n are confused where speech does not tell them apart
_FIRST_LETTER = 0.08  # people seldom mistype the first letter
_SAME_SYLLABLE = 0.6  # of a character that differs where the sound does not
_OTHER_READING = 0.96  # a word that meets in its second reading only
_MOST_LEFT_OUT = 3  # a word is at most so many times as long as what is left of it
_SHORT = 3  # letters; one changed is a third of the word, two are another word
_ALLOWED = {3: 1, 4: 1, 5: 2, 6: 2, 7: 3, 8: 3}  # letters changed by length; four from nine on
# Romanisations of one sound (BGN, ICAO, GOST, French and German habits), applied in this order. The letter in front is
# in every text that a pattern fits: it is looked for sooner than the pattern.
_SOUNDS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (letter, re.compile(pattern), to)
    for letter, pattern, to in (
        ("h", r"shch|schtsch|sch", "sh"),
        ("h", r"tch|tsch", "ch"),
        ("h", r"kh|gh", "h"),
        ("h", r"ph", "f"),
        ("t", r"ts|tz", "c"),
        ("", r"dzh|dj|zh", "j"),
        ("k", r"ks", "x"),
        ("", r"ck|q", "k"),
        ("c", r"c(?=[aou])", "k"),
        ("w", r"w", "v"),
        ("", r"(?:off|ov|eff|ev)$", "v"),
        ("", r"(?:ii|iy|ij|yy|yi|ey|ei|iye|ye|ie|ee)$", "i"),
        ("", r"(?:ou|oo|uw)", "u"),
        ("", r"[iyj](?=[aou])", "i"),
        ("", r"(?:ey|ei|ay|ai|ae)", "e"),
        ("e", r"iye|ie|ye|ee", "e"),
        ("y", r"y", "i"),
        ("h", r"h(?=$|[bcdfgklmnprstvxz])", ""),
        ("", r"(.)\1+", r"\1"),
    )
)
_VOWELS = re.compile(r"[aeiouy]|(?<=.)[hw]")


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """The word with one letter for each sound that romanisations write in several ways."""
    for letter, pattern, to in _SOUNDS:
        if letter in word:
            word = pattern.sub(to, word)
    return word


@lru_cache(maxsize=50_000)
def is_pinyin(word: str) -> bool:
    """Whether the word is made of whole pinyin syllables."""
    return syllables().fullmatch(word) is not None


def _habit(word: str) -> str:
    """Pinyin as speakers of the south write it: n for ng, z for zh, s for sh, c for ch."""
    return re.sub(r"(?<=[zcs])h|(?<=[aei]n)g", "", word)


def _is_bare(a: str, b: str) -> bool:
    """Whether one word is the other with its vowels left out, the first and last letter kept or not."""
    short, long = (a, b) if len(a) < len(b) else (b, a)
    if len(short) < _SHORT or short[0] != long[0] or len(short) * _MOST_LEFT_OUT < len(long):
        return False
    without = inner_vowels_out(long)
    return short in (without, without.rstrip("aeiou"))


def meet(x: Word, y: Word) -> float:
    """How alike two words of names are, over all their readings, in [0, 1]; 0 where they are different words."""
    if x.letters and y.letters:
        return _edited(x.letters, y.letters)
    if x.letters or y.letters:
        written, spelt = (x, y) if x.letters else (y, x)
        fits = max(arabic.fit(written.letters, form) for form in (spelt.text, *spelt.other))
        return fits if fits >= LIKE else 0.0
    best = alike(x.text, y.text)
    if best >= _OTHER_READING:
        return best
    if x.other or y.other:
        forms = ((a, b) for a in (x.text, *x.other) for b in (y.text, *y.other))
        best = max(best, _OTHER_READING * max(alike(a, b) for a, b in forms))
    if best < _OTHER_READING and bool(x.initials) != bool(y.initials):
        chinese, latin = (x, y) if x.initials else (y, x)
        best = brand_pair.meet(chinese, latin, best)
    return best


def meet_characters(x: Word, y: Word) -> float:
    """How alike two Chinese words are: by their characters, and less far apart where those sound the same."""
    a, b = simplified(x.shown), simplified(y.shown)
    apart = OSA.distance(a, b) / max(len(a), len(b))
    score = 1 - apart * (_SAME_SYLLABLE if x.text == y.text else 1.0)
    return score if score >= LIKE else 0.0


@lru_cache(maxsize=200_000)
def alike(a: str, b: str) -> float:
    """How alike two Latin words are, in [0, 1]; 0 where they are different words. Symmetric.

    Args:
        a: a lower-case Latin word.
        b: the other.
    """
    if a == b:
        return 1.0
    short, long = (a, b) if (len(a), a) < (len(b), b) else (b, a)
    if len(short) == 1:
        return INITIAL if long.startswith(short) and long.isalpha() and long != short else 0.0
    if len(long) < _SHORT:
        return 0.0
    score = _edited(a, b)
    if _is_bare(a, b):
        score = BARE
    elif is_pinyin(a) and is_pinyin(b):
        score = HABIT if _habit(a) == _habit(b) else score - _PINYIN_PENALTY
    elif len(long) > _SHORT and printed(a) == printed(b):
        score = max(_LOOKS_ALIKE, _sounded(sound(a), sound(b)))
    else:
        score = max(score, _sounded(sound(a), sound(b)))
    if score < CALLED and b in lexicon.called().get(a, ()):
        return CALLED
    return score if score >= LIKE else 0.0


def _sounded(a: str, b: str) -> float:
    if a == b:
        return SAME_SOUND
    bones = _consonants(a)
    if len(bones) >= _CONSONANTS and bones == _consonants(b):
        return max(_SAME_CONSONANTS, SAME_SOUND * _edited(a, b))
    return SAME_SOUND * _edited(a, b)


@lru_cache(maxsize=50_000)
def _consonants(heard: str) -> str:
    return _VOWELS.sub("", heard)


def _edited(a: str, b: str) -> float:
    longest = max(len(a), len(b))
    if longest < _SHORT:
        return float(a == b)
    allowed = _ALLOWED.get(longest, 4)
    changed = OSA.distance(a, b, score_cutoff=allowed)
    if changed > allowed:
        return 0.0
    return 1 - changed / longest - (_FIRST_LETTER if a[:1] != b[:1] else 0.0)
