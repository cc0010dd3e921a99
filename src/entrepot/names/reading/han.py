"""How Chinese characters are read: simplified form, Mandarin, Cantonese, and the older spelling of Wade and Giles.

Tables, packed, derived by scripts/han.py: data/han_readings.csv (the commonest Mandarin reading of 24,000 characters),
han_phrases.csv (words in which a character is read otherwise), han_simplified.csv, han_cantonese.csv, and
han_surnames.csv (characters read otherwise as a surname).
"""

from __future__ import annotations

from functools import cache

from entrepot.core.tables.packaged import Row, packaged_rows
from entrepot.names import contract

_LONGEST_PHRASE = 3  # characters
_LONGEST_SURNAME = 2  # characters


def simplified(text: str) -> str:
    """The text with traditional characters replaced by simplified ones, as long as it was."""
    return text.translate(simple())


def pinyin(text: str, *, surname: bool = False) -> list[str]:
    """Mandarin readings without tones, one a character, ü as u; a character without a known reading is left out.

    Args:
        text: Chinese characters, traditional or simplified.
        surname: whether the text begins with a surname (单 is Shan, not Dan).
    """
    plain = simplified(text)
    out: list[str] = []
    at = 0
    if surname:
        at = surname_length(plain)
        out += _surnames().get(plain[:at], {}).get("pinyin", "").split() or _read(plain[:at])
    return out + _read(plain[at:])


def cantonese(text: str, *, surname: bool = False) -> str:
    """The text as Hong Kong spells names, written together; empty where a character has no such reading.

    Args:
        text: Chinese characters, traditional or simplified.
        surname: whether the text is a surname, which has a spelling of its own (謝 is Tse).
    """
    plain = simplified(text)
    if surname and (given := _surnames().get(plain, {}).get("hong_kong")):
        return str(given)
    read = [_cantonese().get(c, "") for c in plain]
    return "".join(read) if all(read) else ""


def wade_giles(text: str) -> str:
    """The text as Taiwan spells names, written together, without apostrophes."""
    return "".join(_wade_giles().get(syllable, syllable) for syllable in pinyin(text))


def surname_length(text: str) -> int:
    """How many characters a surname takes at the beginning of a text: 2 where it is a compound one, else 1."""
    return _LONGEST_SURNAME if simplified(text[:_LONGEST_SURNAME]) in _surnames() else 1


def is_surname(plain: str) -> bool:
    """Whether simplified characters are a common surname or a compound one."""
    row = _surnames().get(plain)
    return row is not None and (len(plain) == _LONGEST_SURNAME or bool(row["hong_kong"]))


def _read(plain: str) -> list[str]:
    out: list[str] = []
    at = 0
    while at < len(plain):
        found = next(
            (plain[at : at + n] for n in range(_LONGEST_PHRASE, 1, -1) if plain[at : at + n] in _phrases()), ""
        )
        if found:
            out += _phrases()[found].split()
        elif reading := _mandarin().get(plain[at]):
            out.append(reading)
        at += len(found) or 1
    return out


@cache
def _mandarin() -> dict[str, str]:
    return {c: row["pinyin"] for row in packaged_rows(contract.HAN_READINGS) for c in row["characters"]}


@cache
def _wade_giles() -> dict[str, str]:
    return {row["pinyin"]: row["wade_giles"] for row in packaged_rows(contract.HAN_READINGS)}


@cache
def _cantonese() -> dict[str, str]:
    return {c: row["reading"] for row in packaged_rows(contract.HAN_CANTONESE) for c in row["characters"]}


@cache
def _phrases() -> dict[str, str]:
    return {row["phrase"]: row["pinyin"] for row in packaged_rows(contract.HAN_PHRASES)}


@cache
def _surnames() -> dict[str, Row]:
    return {row["surname"]: row for row in packaged_rows(contract.HAN_SURNAMES)}


@cache
def simple() -> dict[int, str]:
    """The simplified form of each traditional character, for `str.translate`."""
    return {ord(c): row["simplified"] for row in packaged_rows(contract.HAN_SIMPLIFIED) for c in row["traditional"]}
