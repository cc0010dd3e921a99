"""Notes of a verb as a page says them: without what to type, for on a page nobody types a command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_END = re.compile(r"(?<=[.?!])[ ]+")
_TYPED = r"(?:(?<![\w-])--[a-z][\w-]*|\bentrepot [a-z]+)"
# A clause in which something is to be typed, with the sign before it; a sign that follows stays.
_CLAUSE = re.compile(rf"(?:^|[:;,])[^:;,]*?{_TYPED}(?:[^:;.,]|[.,](?=\S))*")
_FEWEST = 5  # words: what is left of "Load it: entrepot lists load FILE" tells nothing


def for_page(notes: Iterable[str]) -> list[str]:
    """The notes that have something to tell on a page; what they count and warn of is kept.

    Args:
        notes: of a verb, each one or more sentences.
    """
    kept = ("\n".join(filter(None, map(_line, note.split("\n")))) for note in notes)
    return [note for note in kept if note]


def _line(line: str) -> str:
    return " ".join(filter(None, map(_without, _END.split(line))))


def _without(sentence: str) -> str:
    """A sentence without what is to be typed; empty where nothing else was in it."""
    rest = _CLAUSE.sub("", sentence)
    if rest == sentence:
        return sentence
    return rest if len(re.findall(r"\w+", rest)) >= _FEWEST else ""
