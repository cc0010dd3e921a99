"""Patterns of dates with what each means: one register a language, tried in the order in which they are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.dates.days import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

Meaning = Callable[[re.Match[str], date | None], Span | None]


class Patterns:
    """The patterns of one language.

    Args:
        head, tail: put around every pattern (a word boundary).
        worth: a sentence without a match of it holds no date.
    """

    def __init__(self, head: str, tail: str, worth: re.Pattern[str]) -> None:
        self._head, self._tail, self._worth = head, tail, worth
        self._known: list[tuple[re.Pattern[str], Meaning]] = []

    def on(self, pattern: str) -> Callable[[Meaning], Meaning]:
        """Register what a pattern means; the function returns None where the words are no date after all."""

        def keep(meaning: Meaning) -> Meaning:
            self._known.append((re.compile(f"{self._head}{pattern}{self._tail}", re.IGNORECASE), meaning))
            return meaning

        return keep

    def spans(self, text: str, published: date | None) -> Iterator[Span]:
        """The dates of a sentence, longer patterns first; what two of them share is settled by the caller."""
        if self._worth.search(text) is None:
            return
        for pattern, meaning in self._known:
            for match in pattern.finditer(text):
                found = meaning(match, published)
                if found is not None:
                    yield found


def span(m: re.Match[str], days: tuple[date | None, date | None] | None, basis: str, kind: str) -> Span:
    """The span of a match; without days it has no basis either."""
    if days is None or days == (None, None):
        return Span(m.start(), m.end(), (None, None), "none", kind)
    return Span(m.start(), m.end(), days, basis, kind)


def since(m: re.Match[str], first: date | None, published: date | None) -> Span:
    """From a day to that of publication; open where that is not known."""
    if published is None and first is not None:
        return span(m, (first, None), "stated", "since")
    known = first is not None and published is not None and first <= published
    return span(m, (first, published) if known else None, "relative", "since")


def one_of(words: object) -> str:
    """An alternation of literal words, longest first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]
