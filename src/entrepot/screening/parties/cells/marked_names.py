"""A name without the mark that a clerk set beside it: *BLOCKED*, INACTIVE, gesperrt, a number of a second entry, 原.

Vendor masters have no field for such a state, so it stands in the name, and weighs there as a word of the firm's own.
Asterisks part any mark from a name as brackets do; without them the words of `labels.csv` are marks, and a number
behind a legal form. 原 (formerly) is glued to a Chinese name.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.names.reading import lexicon
from entrepot.names.reading.clean import is_han
from entrepot.names.reading.han import simplified
from entrepot.names.reading.prepare import prepare
from entrepot.screening.parties.cells.ships_in_cell import either
from entrepot.screening.parties.contract import labels

if TYPE_CHECKING:
    from collections.abc import Iterator

_STARRED = re.compile(r"\s\*+\s*[^\W_]")  # a blank before it: A*STAR is a name
_NUMBER = re.compile(r"(?<=\S)[\s_-]+\d{1,2}\s*$")  # of the second or the twelfth entry of one firm
_MARKS = r"\s,，;:：*!#~=<>_/\\–\-"  # what stands between a name and its mark
_LEAST_FORMER = 4  # characters of a name behind 原: 原 is a surname too, and begins 原子
_LONGEST_WORD = 4  # characters of a word that begins with 原
_MANY = 1_000  # characters of a cell in which marks are looked for, as in `names_in_cell`


def is_marked(text: str) -> bool:
    """Whether a cell may hold a mark beside a name, at a glance."""
    cut = text[:_MANY]
    glances = (_STARRED.search, _NUMBER.search, _behind().search, _before().match, _former().match)
    return any(found(cut) for found in glances)


def unmarked(text: str) -> Iterator[str]:
    """What is left of a name without its mark; nothing where it has none.

    Args:
        text: a name of a cell, as it stands.
    """
    for found in (_STARRED.search(text), _behind().search(text)):
        if found:
            yield text[: found.start()]
    if number := _NUMBER.search(text):
        before = text[: number.start()]
        if _ends_in_form(before):
            yield before
    for label in (_before().match(text), _former().match(text)):
        if label and not _is_word(text, label.end()):
            yield text[label.end() :]


def states() -> str:
    """The words of a firm's state as alternatives of a regular expression, the longest first."""
    return either(sorted(labels("state"), key=len, reverse=True))


def _ends_in_form(text: str) -> bool:
    """Whether the last word is a legal form beside something else: Plant 2 is another plant, Co Ltd 2 the same firm."""
    last = text.rsplit(maxsplit=1)[-1:]
    return bool(last) and last[0] != text.strip() and len(prepare(f"x {last[0]}", "company").words) <= 1


def _is_word(text: str, size: int) -> bool:
    """Whether a text begins with a longer known word than the label: 原料 is no 料 that was called otherwise."""
    known = lexicon.han()
    return is_han(text[0]) and any(simplified(text[:n]) in known for n in range(size + 1, _LONGEST_WORD + 1))


@cache
def _behind() -> re.Pattern[str]:
    return re.compile(rf"(?<=[^{_MARKS}])[{_MARKS}]+(?:{states()})[{_MARKS}.]*$", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    """A state before a name and a mark between the two: "closed" begins the name of a closed joint-stock company."""
    return re.compile(rf"^[{_MARKS}]*(?:{states()})(?:\s*[*:：!#_–-]+\s*)(?=[^\W\d_])", re.IGNORECASE)


@cache
def _former() -> re.Pattern[str]:
    words = either(sorted(labels("former"), key=len, reverse=True))
    return re.compile(rf"^\s*(?:{words})(?=[\u3400-\u9fff（(]{{{_LEAST_FORMER}}})")
