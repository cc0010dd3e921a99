"""Cells of a table that say of when the figures beside them are: by their heading, or by what they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.claims.dates.found_dates import find
from entrepot.claims.text.language import by_letters
from entrepot.claims.text.unread_words import says, spans

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d{2}(?![\d.,]*\d)")
_BRACKETS = re.compile(r"[(（\[][^)）\]]*[)）\]]")
_NO_WORD = re.compile(r"[\W\d_]+")
# What a cell of a period may have beside it: signs, and the letter or figure of a note.
_BESIDE = re.compile(r"[\W_]*(?:[a-z]|\d{1,2})?[\W_]*")
_LONGEST = 60  # characters of a period in a cell; more is a sentence that has a date
TO = " … "  # between the cells of which one says when a period begins and one when it ends
_DAY = "day"  # precision of what may be the day of an event


def are_periods(heading: str, cells: Sequence[str]) -> bool:
    """Whether the cells of a column say of when the figures beside them are.

    Under a heading for periods one date suffices; without a heading each cell must be one; under a heading of other
    words each must be longer than a day and say so by more than four digits, and the heading speak of no event.

    Args:
        heading: the column's; empty where it has none.
        cells: what stands in it, empty cells left out.

    >>> are_periods("Year", ["2018", "n/a"]), are_periods("Trains", ["2018"]), are_periods("Founded", ["May 2018"])
    (True, False, False)
    """
    words = _BRACKETS.sub(" ", heading).lower()
    if not _NO_WORD.sub("", words):
        return bool(cells) and all(is_whole(c) for c in cells)
    if heads_periods(heading):
        return any(len(c) <= _LONGEST and has_date(c) for c in cells)
    return bool(cells) and not says(words, "event_head") and all(_is_plain(c) for c in cells)


@lru_cache(maxsize=1024)  # a table repeats its periods
def has_date(cell: str) -> bool:
    """Whether a cell has a date or a year."""
    return _YEAR.search(cell) is not None or bool(find(cell, by_letters(cell), None))


def is_whole(cell: str) -> bool:
    """Whether a cell is a date or a year and nothing else.

    >>> is_whole("2018*"), is_whole("January-March 2019"), is_whole("2,018"), is_whole("May 2018, trains")
    (True, True, False, False)
    """
    return _rest(cell) is not None


def _is_plain(cell: str) -> bool:
    """Whether a cell is a period longer than a day that says so by more than four digits: May 2018, 2018-2020."""
    found = find(cell, by_letters(cell), None)
    longer = len(found) == 1 and found[0].precision != _DAY
    return longer and is_whole(cell) and _YEAR.fullmatch(cell.strip()) is None


@lru_cache(maxsize=1024)
def _rest(cell: str) -> str | None:
    """What a cell has beside its one date; None where it has none, or words too."""
    if len(cell) > _LONGEST:
        return None
    dates = find(cell, by_letters(cell), None)
    alone = _YEAR.search(cell)
    span = (dates[0].start, dates[0].end) if len(dates) == 1 else alone.span() if alone and not dates else None
    rest = None if span is None else cell[: span[0]] + " " + cell[span[1] :]
    return rest if rest is not None and _BESIDE.fullmatch(rest) else None


@lru_cache(maxsize=1024)  # asked of the first cell of each row
def heads_periods(heading: str) -> bool:
    """Whether a heading is nothing but words for when.

    >>> heads_periods("Reporting period (calendar)"), heads_periods("Year of foundation"), heads_periods("2018")
    (True, False, False)
    """
    words = _BRACKETS.sub(" ", heading).lower()
    left = _without(words, "period_head")
    return left != words and not _NO_WORD.sub("", _without(left, "period_head_beside"))


def head_ends(first: str, second: str) -> bool:
    """Whether the headings of two columns say when a period begins and when it ends.

    >>> head_ends("From", "To"), head_ends("Period start", "Period end"), head_ends("Opened", "Closed")
    (True, True, False)
    """
    pairs = ((first, "period_from"), (second, "period_to"))
    return all(h and not _NO_WORD.sub("", _without(h, means)) for h, means in ((h.lower(), m) for h, m in pairs))


def _without(text: str, meaning: str) -> str:
    """A text with blanks in place of the words that mean this."""
    for start, end in spans(text, meaning):
        text = text[:start] + " " * (end - start) + text[end:]
    return text
