"""The one question of this room: are two names one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.names.comparing.align import align
from entrepot.names.comparing.score import Similarity, compare
from entrepot.names.comparing.spelling import LIKE, alike
from entrepot.names.reading.han import pinyin
from entrepot.names.reading.prepare import KINDS, prepare

if TYPE_CHECKING:
    from entrepot.names.comparing.align import Pair
    from entrepot.names.reading.prepare import Kind, Word


def similarity(a: str, b: str, kind: str = "any") -> Similarity:
    """How alike two names are, and why.

    Args:
        a: a name in any script; any text is accepted, at most 300 characters are compared.
        b: the other name.
        kind: any, person, company or vessel.

    Returns:
        A score in [0, 1], the same for (a, b) and (b, a), and the reasons. 1 for a name and itself, if it has a
        letter or a digit.

    Raises:
        UnknownNameError: the kind is none of these.
    """
    if kind not in KINDS:
        raise UnknownNameError("kind of name", kind, KINDS)
    return compare(prepare(a, kind), prepare(b, kind))


def is_translation(a: str, b: str, kind: Kind = "any") -> bool:
    """Whether the distinctive words of two names that meet do so by what they mean, and none by how it is written.

    Args:
        a: a name in any script.
        b: the other name.
        kind: as in `similarity`.
    """
    met = align(prepare(a, kind), prepare(b, kind))
    own = [p for p in met.pairs if "core" in (p.left.kind, p.right.kind)]
    return bool(own) and all(map(_is_translated, own))


def _is_translated(pair: Pair) -> bool:
    """Whether two words meet that are two words by their letters and by how they sound."""
    return pair.alike >= LIKE and not alike(_letters(pair.left), _letters(pair.right))


def _letters(word: Word) -> str:
    return word.shown.replace(" ", "") if word.shown.isascii() else "".join(pinyin(word.shown)) or word.text
