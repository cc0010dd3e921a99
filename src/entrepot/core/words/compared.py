"""Text of cells as it is compared: in one normal form of Unicode, and parts of a cell in any order."""

from __future__ import annotations

import re
import unicodedata

_BETWEEN = re.compile(r"[,;]")


def one_form(text: str) -> str:
    """A text in the form of Unicode in which a letter and its mark are one character (NFC): to the eye it is the same.

    Args:
        text: any.
    """
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def own_number(text: str) -> str:
    """A number of one's own as it is compared: a spreadsheet takes the zeros from the head of one that is all digits.

    Args:
        text: of the column of one's own numbers.

    >>> own_number("0000100010"), own_number("V0017"), own_number("000")
    ('100010', 'V0017', '0')
    """
    said = one_form(text).strip()
    return (said.lstrip("0") or "0") if said.isascii() and said.isdigit() else said


def in_any_order(text: str) -> str:
    """The parts of a cell, between commas and semicolons, in an order of their own.

    Two columns of an address are joined as they stand in the file, and say the same when they change places there.

    Args:
        text: an address, or several numbers.
    """
    return ", ".join(sorted(" ".join(part.split()) for part in _BETWEEN.split(one_form(text)) if part.strip()))
