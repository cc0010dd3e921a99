"""Two names of the same letters whose spaces stand elsewhere: GLOBA LTRANS is written for GLOBAL TRANS.

Words that a lost or slipped space made are no words of anybody's. The name whose words are known better is taken for
what both say, so that words of trade and legal forms in it count as what they are.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.names.comparing.spelling import is_pinyin
from entrepot.names.reading.lexicon import frequent

if TYPE_CHECKING:
    from entrepot.names.reading.name import Name

_LEAST = 6  # letters of a name whose spaces may stand elsewhere: fewer make other words by chance


def evenly_spaced(left: Name, right: Name) -> tuple[Name, Name]:
    """Both names with the words of one of them where only the spaces differ; else as they are.

    Of two names in whole pinyin, each in as many words, neither is taken for the other: Fang An is not Fan Gan.
    """
    one, other = left.written, right.written
    if one == other or one[:1] != other[:1] or one[-1:] != other[-1:]:
        return left, right  # most pairs, at no cost
    letters = one.replace(" ", "")
    if letters != other.replace(" ", "") or len(letters) < _LEAST or left.kind != right.kind:
        return left, right
    if _are_two_in_pinyin(one.split(), other.split()):
        return left, right
    better = max((left, right), key=_told)
    return _as(left, better), _as(right, better)


def _are_two_in_pinyin(one: list[str], other: list[str]) -> bool:
    differ = [w for w in {*one} ^ {*other} if len(w) > 1]
    return len(one) == len(other) and all(map(is_pinyin, differ))


def _told(name: Name) -> tuple[int, int, str]:
    """How well the words of a name are known, by their letters; of two as well known those of the fewer words."""
    common = frequent()
    words = name.written.split()
    own = [w.text for w in name.words if w.kind == "core"]
    return len(name.written) - len(words) - sum(len(w) for w in own if w not in common), -len(words), name.written


def _as(name: Name, better: Name) -> Name:
    if name is better:
        return name
    return replace(
        better,
        original=name.original,
        plain=name.plain,
        cut=name.cut,
        disguised=name.disguised,
        further=None,
        read_back=name.read_back,
        respaced=name.written,
    )
