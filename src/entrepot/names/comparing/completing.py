"""A name that a field cut within a word of trade or legal form, read with that word whole.

What is left of such a word is no word of anybody's: INFORMATION TECHNOL holds no "technol", and INFORMATION alone is
another line of business than INFORMATION TECHNOLOGY. The other name says what stood there. What is left of a
distinctive word is met as it stands (`align`). A name in Chinese characters is completed likewise, within the word that
the other name has there; its legal form is whole already (`reading.otherwise.chinese_cut`). See
docs/design/04-screening.md.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.names.comparing.align import FILLED
from entrepot.names.reading.chinese import segments
from entrepot.names.reading.clean import is_han, runs
from entrepot.names.reading.prepare import prepare

if TYPE_CHECKING:
    from entrepot.names.reading.name import Name

_LEAST = 20  # letters and spaces: no system known has a field for names that holds fewer (native/pairs.c has it too)
_LEAST_CHINESE = 10  # characters: two bytes each, so that the narrowest field holds them


def completed(left: Name, right: Name) -> tuple[Name, Name]:
    """Both names, the one that is the beginning of the other with its last word whole where it was cut in it."""
    if left.han and right.han:
        return _in_characters(left, right)
    a, b = left.written, right.written
    if len(a) > len(b):
        right, left = completed(right, left)
        return left, right
    if len(a) < _LEAST or len(a) == len(b) or not b.startswith(a) or b[len(a)] == " ":
        return left, right  # most pairs, at no cost
    return _whole(left, b[len(a) :].split(" ", 1)[0]), right


def _whole(name: Name, rest: str) -> Name:
    """The name with the rest of its last word; as it is where that word is a distinctive one, or reads as it did.

    One letter alone is a word that was cut only where a field was full.
    """
    start = name.written.rsplit(" ", 1)[-1]
    if not (start.isalpha() and rest.isalpha() and name.original[-1:].isalpha()):
        return name
    if len(start) == 1 and len(name.original) not in FILLED:
        return name
    whole = prepare(name.original + rest, name.kind)
    was, now = name.words[-1], whole.words[-1]
    is_form = bool(whole.forms - name.forms)
    if not is_form and (now.kind != "word" or (now.text, now.kind) == (was.text, was.kind)):
        return name
    return replace(
        whole, original=name.original, plain=name.plain, completed=(start, start + rest), is_form_cut=is_form
    )


def _in_characters(left: Name, right: Name) -> tuple[Name, Name]:
    """As `completed`, of two names with Chinese characters."""
    a, b = left.plain, right.plain
    if len(a) > len(b):
        right, left = _in_characters(right, left)
        return left, right
    if len(a) < _LEAST_CHINESE or len(a) == len(b) or not b.startswith(a) or not (is_han(a[-1]) and is_han(b[len(a)])):
        return left, right
    at = 0
    for is_chinese, stretch in runs(b):
        for word in segments(stretch) if is_chinese else ():
            end = at + len(word.text)
            if at < len(a) < end and word.entry is not None:
                return _read_to(left, b[:end], (b[at : len(a)], word.text), is_form=word.entry.role == "form"), right
            at = end
        at += 0 if is_chinese else len(stretch)
    return left, right


def _read_to(name: Name, text: str, whole: tuple[str, str], *, is_form: bool) -> Name:
    read = prepare(text, name.kind)
    return replace(read, original=name.original, plain=name.plain, further=None, completed=whole, is_form_cut=is_form)
