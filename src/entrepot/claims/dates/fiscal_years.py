"""Whose fiscal year is meant: that of whom the sentence names first, else of whom the text before it named last."""

from __future__ import annotations

import re
from functools import cache

from entrepot.claims.dates.date_words import words

_APART = r"(?<![A-Za-z]){}(?!\w|\s?(?:\$|dollar))"  # US$ names no country


def begins(text: str, language: str) -> int:
    """The month in which the fiscal year begins of whom a sentence names first; 0 where it names nobody."""
    found = [(m.start(), month) for name, one, month in _names(language) if name in text and (m := one.search(text))]
    return min(found)[1] if found else 0


def somebody(month: int, language: str) -> str:
    """A word of the language for one whose fiscal year begins in that month; empty where it has none."""
    return next((name for name, begun in words("fiscal", language).items() if int(begun) == month), "")


@cache
def _names(language: str) -> tuple[tuple[str, re.Pattern[str], int], ...]:
    """Each name with a fiscal year, its pattern and the month; Latin letters stand apart in Chinese too."""
    known = words("fiscal", language).items()
    return tuple(
        (name, re.compile(_APART.format(re.escape(name)) if name.isascii() else re.escape(name)), int(month))
        for name, month in known
    )
