"""A text of a list without the numbers of persons' documents that stand in it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

PUT_OUT = "[number of a document]"
# Shorter ones are also house numbers, years and days of the month.
_SHORTEST = 5
_PARTED = re.compile(r"[^\W_]+")
_TOKEN = re.compile(r"[^\s,;:()\[\]]+")
# Words that a number of a person's document follows, within one sentence.
_SAID = re.compile(
    r"(?i)\b((?:passport|pasaporte|passeport|identity card|identity document|identification|national id|id card|id no|"
    r"tazkira|c[eé]dula|social security|personal id|driving licen[cs]e|driver.s licen[cs]e|residen\w+ permit|"
    r"travel document|military id|birth certificate|iqama|curp|ssn)\b(?:[^.;]|(?<=[Nn]o)\.){0,80}?)(?<![\w])"
    r"((?=[A-Z0-9/-]*\d[A-Z0-9/-]*\d[A-Z0-9/-]*\d[A-Z0-9/-]*\d)[A-Z0-9][A-Z0-9/-]{4,})"
)
_DIGITS = re.compile(r"\d\D?\d\D?\d\D?\d")
_DATE = re.compile(r"(?:1[89]|20)\d\d(?:[-/.]\d\d?){0,2}|\d\d?[-/.]\d\d?[-/.](?:1[89]|20)\d\d")


def without_numbers(text: str, own: Iterable[str], everyone: Collection[str], *, is_person: bool) -> str:
    """The text with each number of a document put out.

    Args:
        text: as printed.
        own: numbers of the entry's documents, as printed.
        everyone: numbers of all documents of the list, letters and digits only, in capitals.
        is_person: whether the entry is, or may be, a person: there also a number is put out that no document of the
            list has, where the words before it say what it is.
    """
    for number in own:
        text = _form(number).sub(PUT_OUT, text)

    def one(token: re.Match[str]) -> str:
        plain = _plain(token[0])
        is_number = len(plain) >= _SHORTEST and plain in everyone and not _DATE.fullmatch(token[0])
        return PUT_OUT if is_number else token[0]

    text = _TOKEN.sub(one, text)
    return _SAID.sub(_put_out, text) if is_person else text


def without_any(text: str) -> str:
    """What is said beside a document, without any number of four digits or more that is no day or year."""

    def one(token: re.Match[str]) -> str:
        is_number = _DIGITS.search(token[0]) and not _DATE.fullmatch(token[0].strip(".'"))
        return PUT_OUT if is_number else token[0]

    return _TOKEN.sub(one, text)


def _put_out(found: re.Match[str]) -> str:
    return found[0] if _DATE.fullmatch(found[2]) else found[1] + PUT_OUT


def _plain(token: str) -> str:
    return "".join(_PARTED.findall(token)).upper()


def _form(number: str) -> re.Pattern[str]:
    """The number however its letters and digits are parted; a short one only where nothing touches it."""
    marks = [re.escape(c) for part in _PARTED.findall(number) for c in part]
    if not marks:
        return re.compile(r"(?!)")
    between = r"[\W_]{0,2}"
    return re.compile(rf"(?<!\w){between.join(marks)}(?!\w)", re.IGNORECASE)
