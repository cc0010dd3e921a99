"""Words of trade, place and legal form put right where a space was lost, put in or has slipped, or a letter is wrong.

A name's own words are left alone. What is put right is what the tables know: COM PANY, STOC KCOMPANY, LIABELITY,
OTVETSTVENNOSTYUVEGA. Left as it is, a broken word of trade counts as a word of the party's own, and so do its
neighbours, with which it made a legal form.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from entrepot.names.reading import lexicon
from entrepot.names.reading.misspelt import typos

if TYPE_CHECKING:
    from collections.abc import Sequence

_JOINED = 6  # letters of a known word that two pieces make: shorter ones are made by chance
_MOVED = 5  # letters of a known word that comes about where a letter goes over to the neighbour
# Of words of trade in other languages and numbers: GRANDS LACS, CIRCUITO ELECTRONICO, FRONTE RIVOLUZIONARIO. Without
# it grands is grand, and no letter of it has slipped: of 24 listed names read so 15 were read wrongly.
_ENDINGS = frozenset("aeios")
_HELD = 7  # letters of a word of a legal form that is cut off another word, or recognised with a wrong letter
_REST = 3  # letters that are left of a word of which a legal form is cut off: fewer are an ending
_MOST_HELD = 50_000  # words looked at, which come again in other names

Mended = tuple[str, str]  # the word, and as it was written


def mended(words: Sequence[str]) -> list[Mended] | None:
    """The words of a name with those put right that the tables know; None where there is nothing to put right.

    Args:
        words: Latin words, lower case.
    """
    strange = [w not in known() for w in words]
    if True not in strange:
        return None
    out: list[Mended] = []
    near = beside()
    at = 0
    while at < len(words):
        word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
        pair = _pair(word, after) if after and (strange[at] or strange[at + 1]) else ()
        if pair:
            out += pair
            at += 2
            continue
        if strange[at]:
            out += _alone(word, bool(out) and out[-1][0] in near, after in near)
        else:
            out.append((word, word))
        at += 1
    return out if [w for w, _ in out] != list(words) else None


def _pair(left: str, right: str) -> tuple[Mended, ...]:
    """Two words of which at least one is not known, put right; empty where they are what they are."""
    if len(left) + len(right) >= _JOINED and left + right in _whole():
        return ((left + right, f"{left} {right}"),)
    if left in known() or right in known() or not (left.isalpha() and right.isalpha()):
        return ()
    one, other = left[:-1], left[-1] + right
    if _is_moved(other, one) or (_is_moved(one, other) and (left[-1] not in _ENDINGS or other in known())):
        return ((one, one), (other, other))
    one, other = left + right[0], right[1:]
    return ((one, one), (other, other)) if _is_moved(one, other) or _is_moved(other, one) else ()


def _is_moved(word: str, beside: str) -> bool:
    """Whether a word is known that came about by a letter that went over; a place only beside another known word."""
    return len(word) >= _MOVED and (word in _trades() or (word in known() and beside in known()))


@lru_cache(maxsize=_MOST_HELD)
def _alone(word: str, is_behind: bool, is_before: bool) -> tuple[Mended, ...]:  # noqa: FBT001 - kept by its arguments
    """A word that is not known: cut where a legal form begins or ends, or with its wrong letter put right.

    Away from other words of a legal form one that is a form by itself is cut off, and no letter is wrong: Carter is no
    charter.

    Args:
        word: the word.
        is_behind: whether a word of a legal form stands in front of it.
        is_before: whether one stands behind it.
    """
    if len(word) < _HELD - 1 or not word.isalpha() or typos.meant(word):
        return ((word, word),)
    single, every = _one_word_forms(), _of_forms()
    ends = range(_REST, len(word) - _REST + 1) if len(word) >= _HELD + _REST else ()
    for at in ends:
        front, end = word[:at], word[at:]
        is_front = len(front) >= _HELD and front in (every if is_behind or end in every else single)
        if is_front or (len(end) >= _HELD and end in (every if front in every else single)):
            return ((front, front), (end, end))
    if not (is_behind or is_before):
        return ((word, word),)
    near = {w for part in (word, *typos.without_one(word)) for w in _deleted().get(part, ())}
    close = [w for w in near if OSA.distance(word, w, score_cutoff=1) <= 1]
    return ((close[0] if len(close) == 1 else word, word),)


@cache
def beside() -> frozenset[str]:
    """Words of a legal form that do not stand in names of every kind."""
    return _of_forms() - lexicon.PARTICLES


@cache
def _forms() -> tuple[str, ...]:
    """Every legal form, its words with a space between."""
    return tuple(key for key, entry in lexicon.latin().items() if entry.role == "form")


@cache
def _one_word_forms() -> frozenset[str]:
    return frozenset(form for form in _forms() if " " not in form)


@cache
def _of_forms() -> frozenset[str]:
    """Every word of a legal form: obshchestvo, ogranichennoi."""
    return frozenset(w for form in _forms() for w in form.split())


@cache
def _trades() -> frozenset[str]:
    """Words of trade and legal form, places not among them."""
    table = lexicon.latin()
    return _of_forms() | {w for w in lexicon.typed() if table[w].role != "place"}


@cache
def _whole() -> frozenset[str]:
    """Words that two pieces may make."""
    return frozenset(w for w in lexicon.typed() + tuple(_of_forms()) if len(w) >= _JOINED)


@cache
def known() -> frozenset[str]:
    """Words that are what they are."""
    return frozenset(lexicon.latin()).union(lexicon.frequent(), _of_forms(), lexicon.PARTICLES)


@cache
def _deleted() -> dict[str, tuple[str, ...]]:
    """Long words of legal forms, whole and with one letter left out -> the words."""
    return typos.deleted(sorted(w for w in _of_forms() if len(w) >= _HELD))
