"""Two persons of whom one is named without a patronymic, with their given name spelt alike: Andrei is Andrey.

A surname and a given name are little: a letter between two romanisations of the given name weighed as a letter between
two names. Where both names have a third word that letter decides nothing, and the names stay as they are: an equal
given name and an equal patronymic would outweigh another surname.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.names.reading.lexicon import frequent, given_spellings

if TYPE_CHECKING:
    from entrepot.names.reading.name import Name, Word

_GIVEN_AND_SURNAME = 2  # words


def is_spelt(name: Name) -> bool:
    """Whether a person's name has a given name of which several spellings are known.

    Args:
        name: as it was prepared.
    """
    return name.kind == "person" and any(w.text in given_spellings() for w in name.words)


def one_spelling(left: Name, right: Name) -> tuple[Name, Name]:
    """The names, their given name spelt as more listed parties have it, where they spell one given name in two ways.

    Args:
        left: a name from `prepare`.
        right: the other.
    """
    for one, other in spelt_apart(left, right):
        kept, lost = sorted((one, other), key=lambda w: (-frequent().get(w.text, 0), w.text))
        left, right = _with(left, lost, kept), _with(right, lost, kept)
    return left, right


def spelt_apart(left: Name, right: Name) -> list[tuple[Word, Word]]:
    """Words of two persons' names that are one given name in two spellings, and count as one.

    Args:
        left: a name from `prepare`.
        right: the other.
    """
    if left.kind != "person" or right.kind != "person":
        return []
    if min(len(left.words), len(right.words)) > _GIVEN_AND_SURNAME or not (is_spelt(left) and is_spelt(right)):
        return []
    known = given_spellings()
    theirs = {known[w.text]: w for w in right.words if w.text in known}
    met = ((w, theirs[known[w.text]]) for w in left.words if known.get(w.text) in theirs)
    return [(one, other) for one, other in met if one.text != other.text]


def _with(name: Name, lost: Word, kept: Word) -> Name:
    if lost not in name.words:
        return name
    return replace(name, words=tuple(kept if w == lost else w for w in name.words))
