"""The one question of this room: are two names one?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.names.comparing.align import align
from entrepot.names.comparing.one_spelling import spelt_apart
from entrepot.names.comparing.score import Similarity, compare
from entrepot.names.comparing.spelling import LIKE, alike
from entrepot.names.reading.han import pinyin
from entrepot.names.reading.keys import ARTICLES
from entrepot.names.reading.lexicon import HONORIFICS
from entrepot.names.reading.name import KINDS
from entrepot.names.reading.prepare import prepare

if TYPE_CHECKING:
    from entrepot.names.comparing.align import Pair
    from entrepot.names.reading.name import Kind, Word

_FIRST_LETTERS = frozenset({"initial", "acronym"})  # ways in which first letters stand for words


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
        raise UnknownNameError(tr("kind of name"), kind, KINDS)
    return compare(prepare(a, kind), prepare(b, kind))


def is_same_text(a: str, b: str) -> bool:
    """Whether two names of firms are one text but for case, accents, signs and how a legal form is shortened.

    Names in Chinese characters are so only where they are the same characters: those of one sound are others.

    >>> is_same_text("Example Cotton Co Ltd", "EXAMPLE COTTON CO., LTD."), is_same_text("Example Co", "Example Ltd")
    (True, False)
    """
    one, other = prepare(a, "company"), prepare(b, "company")
    if one.plain == other.plain:
        return bool(one.words)
    if one.han or other.han or one.disguised or other.disguised or not one.words or one.script != other.script:
        return False
    words = [[(w.kind, w.shown.casefold()) for w in name.words] for name in (one, other)]
    return words[0] == words[1] and one.forms == other.forms


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


def says_more(a: str, b: str, kind: Kind = "any") -> bool:
    """Whether a name has a distinctive word that the other has not, or of which the other has a first letter at most.

    Titles and articles are no such words, nor is a word said twice. Not symmetric.

    Args:
        a: a name in any script.
        b: the other name.
        kind: as in `similarity`.
    """
    met = align(prepare(a, kind), prepare(b, kind))
    said = {w.text for w in met.right.words} | HONORIFICS | ARTICLES
    alone = any(w.kind == "core" and w.text not in said for w in met.left_only)
    return alone or any(p.how in _FIRST_LETTERS for p in met.pairs)


def one_given_name(a: str, b: str) -> tuple[tuple[str, str], ...]:
    """Spellings of one given name that two persons' names have, each as its name has it; none that are the same.

    Args:
        a: a name in any script.
        b: the other name.
    """
    met = spelt_apart(prepare(a, "person"), prepare(b, "person"))
    return tuple((one.text, other.text) for one, other in met)


def _is_translated(pair: Pair) -> bool:
    """Whether two words meet that are two words by their letters and by how they sound."""
    return pair.alike >= LIKE and not alike(_letters(pair.left), _letters(pair.right))


def _letters(word: Word) -> str:
    return word.shown.replace(" ", "") if word.shown.isascii() else "".join(pinyin(word.shown)) or word.text
