"""What the letters of two names say, word by word and as they were written out."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from entrepot.names.comparing.feature import NOTHING, Measured
from entrepot.names.comparing.spelling import HABIT, SAME_SOUND, is_pinyin
from entrepot.names.reading.han import simplified
from entrepot.names.reading.keys import skeleton
from entrepot.names.reading.lexicon import HONORIFICS

if TYPE_CHECKING:
    from entrepot.names.comparing.align import Alignment, Pair
    from entrepot.names.reading.name import Word

_WHOLE = 100  # percent
_LEAST_RUN = 6  # letters from which names run together are compared
_SOUND_ALIKE = 0.5  # of a letter that differs where the words sound the same
_BONES = 3  # consonants that two words share where only their vowels differ
_CHARACTER = 3  # letters that a Chinese character counts for
_TYPICAL = 7  # letters of a word, where spellings of two scripts are compared
_NO_VOWELS = str.maketrans("", "", "aeiou")
_FIELD = 10  # letters; a field of so few cuts nearly every name


def letters_changed(met: Alignment) -> Measured:
    """Letters that differ between the words that stand against each other: {letters}."""
    near = sum(_changed(p) for p in met.pairs if p.alike < 1 and p.how == "spelling")
    a, b = ("".join(_letters(w) for w in words) for words in (met.left_only, met.right_only))
    # Chinese that was neither translated nor met has no letters that could be compared with a translation.
    translated = met.left.han != met.right.han
    apart = OSA.distance(a, b) if a and b and not translated else 0
    whole = max(near + apart, _characters_changed(met))
    return Measured(float(whole), {"letters": round(whole)} if round(whole) else None) if whole else NOTHING


def _changed(pair: Pair) -> float:
    """Letters that differ between two words; a letter counts less where the sound, or the script, leaves it open."""
    if pair.left.initials and pair.right.initials:
        return _CHARACTER * OSA.distance(simplified(pair.left.shown), simplified(pair.right.shown))
    if bool(pair.left.letters) != bool(pair.right.letters):
        return (1 - pair.alike) * len(pair.left.letters or pair.right.letters)
    if bool(pair.left.initials) != bool(pair.right.initials):
        return (1 - pair.alike) * _TYPICAL
    apart = OSA.distance(_letters(pair.left), _letters(pair.right))
    if pair.alike >= SAME_SOUND and (pair.left.other or pair.right.other):
        apart = min(apart, _other_letters(pair))
    a, b = pair.left.text, pair.right.text
    if pair.alike < SAME_SOUND and (skeleton(a) != skeleton(b) or len(skeleton(a)) < _BONES):
        return apart
    return apart * _SOUND_ALIKE


def _other_letters(pair: Pair) -> int:
    """Letters that differ between the readings of two words that are nearest to one another."""
    forms = ((a, b) for a in (pair.left.text, *pair.left.other) for b in (pair.right.text, *pair.right.other))
    return min(OSA.distance(a, b) for a, b in forms)


def _characters_changed(met: Alignment) -> float:
    """Of two persons' names in one script of syllables, where a character is a third of the name."""
    scripts = {met.left.script, met.right.script}
    if scripts not in ({"han"}, {"hangul"}) or met.left.kind != "person" or met.right.kind != "person":
        return 0.0
    return _CHARACTER * OSA.distance(met.left.plain, met.right.plain)


def _letters(word: Word) -> str:
    """The letters that were written, where they can be compared."""
    if word.letters:
        return word.letters
    return word.shown.replace(" ", "") if word.shown.isascii() else word.text


def run_together(met: Alignment) -> Measured:
    """The distinctive words, written without spaces and in any order, agree in {percent} of 100 letters."""
    a, b = ([w.text for w in n.words if w.kind in {"core", "number"}] for n in (met.left, met.right))
    one, other = "".join(a), "".join(b)
    if min(len(one), len(other)) < _LEAST_RUN:
        return NOTHING
    percent = fuzz.ratio(one, other)
    if percent < _WHOLE:
        percent = max(percent, fuzz.ratio("".join(sorted(a)), "".join(sorted(b))))
    say = bool(met.left_only and met.right_only)
    return Measured(percent / 100, {"percent": round(percent)} if say else None)


def text_alike(met: Alignment) -> Measured:
    """Written out with their legal forms where these differ, the names agree in {percent} of 100 letters."""
    a, b = _written(met)
    return Measured(max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100) if a and b else NOTHING


def consonants_alike(met: Alignment) -> Measured:
    """Written out without its vowels, one name agrees with the other in a share of the letters."""
    a, b = _written(met)
    share = fuzz.token_sort_ratio(_without_vowels(a), _without_vowels(b)) if a and b else 0.0
    return Measured(share / 100)


def _written(met: Alignment) -> tuple[str, str]:
    """Both names written out; nothing where two words of pinyin differ, which are two words however few letters do.

    A legal form of both, in full or in short, says nothing here, nor does a title that one name has.
    """
    for p in met.pairs:
        if p.alike < HABIT and _is_pinyin(p.left) and _is_pinyin(p.right):
            return "", ""
    if met.left_only and met.right_only and all(any(map(_is_pinyin, x)) for x in (met.left_only, met.right_only)):
        return "", ""
    a, b = met.left.written, met.right.written
    if a and b and met.left.forms == met.right.forms != frozenset():
        a, b = (" ".join([w.text if w.letters else w.shown for w in n.words]) for n in (met.left, met.right))
    titles = {w.shown for w in met.left_only + met.right_only if w.text in HONORIFICS}
    return (_without(a, titles), _without(b, titles)) if titles else (a, b)


def _without(text: str, words: set[str]) -> str:
    """A text without words; all of it where nothing would be left."""
    return " ".join(w for w in text.split() if w not in words) or text


def _is_pinyin(word: Word) -> bool:
    return word.kind == "core" and is_pinyin(word.text)


@lru_cache(maxsize=50_000)
def _without_vowels(text: str) -> str:
    return text.translate(_NO_VOWELS)


def beginning(met: Alignment) -> Measured:
    """One name is the beginning of the other: its first {letters} letters."""
    short, long = sorted((met.left.written, met.right.written), key=len)
    if not short or short == long or not long.startswith(short):
        return NOTHING
    return Measured(len(short) / _FIELD, {"letters": len(short)})
