"""Reading a name once, without keeping it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.names.reading import prepare as preparing

if TYPE_CHECKING:
    from entrepot.names.reading.name import Kind, Name, Word

# Names that stream through are met once: kept, they would only push out those that are met again.
read = getattr(preparing.prepare, "__wrapped__", preparing.prepare)


def as_read(name: Name, kind: Kind) -> Name:
    """A name read as another kind.

    A name in which nothing but distinctive words was found, read as any kind, is the same read as a person; one that
    says nothing that a firm's name says otherwise is the same read as a firm.

    Args:
        name: the name as it was read.
        kind: the kind to read it as.
    """
    if name.kind == kind:
        return name
    if kind == "company" and name.firms_too and name.script != "cyrillic" and name.further is None:
        return replace(name, kind=kind)
    plain = not name.forms and not name.han and all(map(_as_written, name.words))
    if plain and not name.further and (name.kind, kind) == ("any", "person"):
        return replace(name, kind=kind)
    found: Name = read(name.original, kind)
    return found


def _as_written(word: Word) -> bool:
    """Whether no table was asked for a word: as a person's it is the same."""
    if word.kind == "core":
        return bool(word.letters) or (word.text == word.shown and not word.other)
    return word.kind == "number" and word.shown not in preparing.NAMES_TOO
