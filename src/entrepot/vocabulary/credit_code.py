"""The Unified Social Credit Code of Chinese organisations (GB 32100-2015).

Eighteen characters: registering department (1), kind of organisation (2), administrative division of the registering
office (3 to 8, GB/T 2260), organisation code (9 to 17), check character (18). Letters I, O, S, V and Z are not used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {c: i for i, c in enumerate(ALPHABET)}
# Weight of position i is 3**i modulo 31 (GB 32100-2015, table 2).
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_SHAPE = re.compile(r"(?<![0-9A-Za-z])[1-9A-HJ-NP-RTUWXYa-hj-np-rtuwxy][0-9A-Za-z]\d{6}[0-9A-Za-z]{10}(?![0-9A-Za-z])")
_GAPS = re.compile(r"(?<=[0-9A-Za-z])[ \-\u00a0](?=[0-9A-Za-z])")
_LONGEST = 400  # characters of a cell that are searched; a code has 18
# Personal numbers (GB 11643-1999) have eighteen places too; their weights and check characters.
_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LENGTH = 18  # places of a personal number, GB 11643-1999
_PERSON_CHECK = "10X98765432"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A credit code found in a text.

    Attributes:
        code: the eighteen characters, upper case.
        region: characters 3 to 8, the division of the registering office.
        valid: whether the check character is right.
        expected: the check character that the first seventeen give; empty where they hold a letter the code never
        has.
    """

    code: str
    region: str
    valid: bool
    expected: str


def check_character(first: str) -> str:
    """The check character of the first seventeen characters; empty when they hold one outside the alphabet."""
    if len(first) != len(_WEIGHTS) or any(c not in _VALUE for c in first):
        return ""
    total = sum(_VALUE[c] * w for c, w in zip(first, _WEIGHTS, strict=True))
    return ALPHABET[-total % 31]


def credit_code(text: str | None) -> CreditCode | None:
    """The first credit code in a text; one with a right check character before one with a wrong one.

    A personal identity number has eighteen places too: it is not read as a code.

    Args:
        text: a cell; spaces and hyphens inside the code are passed over.
    """
    if not text:
        return None
    text = text[:_LONGEST]
    found = [_read(m.group().upper()) for t in (text, _GAPS.sub("", text)) for m in _SHAPE.finditer(t)]
    codes = [c for c in found if c is not None]
    return next((c for c in codes if c.valid), codes[0] if codes else None)


def is_personal(text: str) -> bool:
    """Whether a text is the number of a Chinese identity card, also one with a mistyped check character.

    That is 18 characters, 17 of them digits with a day of birth, which a right credit code hardly ever has.
    """
    code = text.strip().upper()
    if len(code) != _LENGTH or not code[:17].isdigit() or code[17] not in _PERSON_CHECK:
        return False
    return _has_birth(code) and (_personal(code) or check_character(code[:17]) != code[17])


def _read(code: str) -> CreditCode | None:
    if _personal(code):
        return None
    expected = check_character(code[:17])
    return CreditCode(code, code[2:8], bool(expected) and expected == code[17], expected)


def _personal(code: str) -> bool:
    """Whether the text is a personal number: digits, a day of birth, and that standard's check character."""
    if not code[:17].isdigit() or not _has_birth(code):
        return False
    total = sum(int(c) * w for c, w in zip(code[:17], _PERSON_WEIGHTS, strict=True))
    return _PERSON_CHECK[total % 11] == code[17]


def _has_birth(code: str) -> bool:
    try:
        date(int(code[6:10]), int(code[10:12]), int(code[12:14]))
    except ValueError:
        return False
    return True
