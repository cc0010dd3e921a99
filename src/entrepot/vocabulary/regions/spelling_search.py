"""All spellings of a region's places searched for in a folded text at once.

One expression of a thousand spellings takes a tenth of a second to compile, at each start, and is then tried at each
character. Here the first word of a spelling leads to the few that begin with it, and only these are compiled, when a
text holds it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.vocabulary.regions.folding import WORD, is_han

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.vocabulary.regions.folding import Folded

_GAP = r"[\s\-']"
# A word in Latin letters and the gap before it, or a character of a script without gaps between words.
_BEGINNING = re.compile(rf"(?P<gap>{_GAP}*)(?P<word>{WORD.pattern})|[^\x00-\x7f]")
_NO_WORD_BEFORE = re.compile("(?<![a-z0-9])")


class SpellingSearch:
    """The spellings by what they begin with.

    Args:
        spellings: folded, one space for each gap; one may begin with a gap, where its first letter is folded to an
            apostrophe.
    """

    def __init__(self, spellings: Iterable[str]) -> None:
        self._beginning: dict[str, list[str]] = {}
        for spelling in sorted(spellings, key=len, reverse=True):
            self._beginning.setdefault(beginning(spelling), []).append(spelling)
        self._compiled: dict[str, re.Pattern[str]] = {}
        self._words = frozenset(b.lstrip() for b in self._beginning)

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The spellings in a folded text from its first to its last, the longest of those at one place.

        A gap of a spelling may be several spaces, hyphens or apostrophes; Latin spellings are whole words.
        """
        end = 0
        for begins in _BEGINNING.finditer(text):
            word = begins["word"] or begins.group()
            if word not in self._words or begins.start() < end:
                continue
            if found := self._at(text, begins, word):
                end = found.end()
                yield found

    def _at(self, text: str, begins: re.Match[str], word: str) -> re.Match[str] | None:
        if begins["gap"] and f" {word}" in self._beginning:
            first = begins.start() if _NO_WORD_BEFORE.match(text, begins.start()) else begins.start() + 1
            if found := self._expression(f" {word}").match(text, first):
                return found
        start = begins.end() - len(word)
        return self._expression(word).match(text, start) if word in self._beginning else None

    def may_be_in(self, text: Folded) -> bool:
        """Whether a text holds what a spelling begins with; most texts do not, which is seen at once."""
        return not (self._words.isdisjoint(text.words) and self._words.isdisjoint(text.han))

    def is_in(self, text: str) -> bool:
        """Whether a folded text holds a spelling."""
        return next(self.finditer(text), None) is not None

    def _expression(self, beginning: str) -> re.Pattern[str]:
        if beginning not in self._compiled:
            longest_first = "|".join(re.escape(s).replace(r"\ ", f"{_GAP}+") for s in self._beginning[beginning])
            ends = "" if is_han(beginning) else "(?![a-z0-9])"
            self._compiled[beginning] = re.compile(f"(?:{longest_first}){ends}")
        return self._compiled[beginning]


def beginning(spelling: str) -> str:
    """The first character of a Chinese spelling; of any other its first word, with a gap that stands before it."""
    if is_han(spelling[0]):
        return spelling[0]
    first: str = WORD.findall(spelling)[0]
    return f" {first}" if spelling.startswith(" ") else first
