"""The numbered divisions and regiments of the Corps in an address: 农八师一二一团, 121 Regiment of the 8th Division.

A regiment is a farm with a number, and its number tells the division: data/xpcc_regiments.csv holds the blocks of
numbers (some numbers of a block have been merged into others and live on in addresses). A number alone is a doubtful
sign: armies have regiments too. Beside its own division, or another place of the region, it is a certain one.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

Unit = Literal["division", "regiment"]

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "eleventh twelfth thirteenth fourteenth",
)
_ORDINAL = {word: number for number, word in enumerate(" ".join(_ORDINALS).split(), 1)}
# Numbers as pinyin spells them: the Corps has divisions to the fourteenth.
_PINYIN = {"yi": 1, "er": 2, "san": 3, "si": 4, "wu": 5, "liu": 6, "qi": 7, "ba": 8, "jiu": 9, "shi": 10}
_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_HAN_NUMBER = r"[零〇一二三四五六七八九十百两]{1,7}|\d{1,3}"
_COUNT = rf"(?:no\.? ?)?(?P<{{0}}>\d{{{{1,2}}}}|{'|'.join(_ORDINAL)})(?:st|nd|rd|th)?"
_DIVISION = re.compile(
    r"(?<![a-z0-9])(?:"
    + _COUNT.format("a")
    + r"[ \-]+(?P<farms>agri(?:culture|cultural)?\.?|farming|construction)?[ \-]*division"
    + r"|(?P<farms2>agri(?:culture|cultural)?\.?|farming)[ \-]+"
    + _COUNT.format("b")
    + r"[ \-]+division|(?P<xpcc>xpcc|bingtuan),?[ \-]+(?:the )?"
    + _COUNT.format("c")
    + r"[ \-]+(?:agricultural )?division|(?:division|div\.?)[ \-]+(?:no\.? ?)?(?P<d>\d{1,2})"
    # In Russian and Uyghur, as the letters are folded.
    + r"|(?P<h>\d{1,2})[ \-]*(?:ya|aya|inchi|nchi)?[ \-]*(?:diviziya|diviziia|diviziye|diwiziye|davazaye)"
    + rf"|(?P<nong>nong)[ ]?(?P<e>{'|'.join(_PINYIN)})[ ]?shi)(?![a-z0-9])"
    + rf"|(?P<nongye>农业?(?:建设)?第?)(?P<f>{_HAN_NUMBER})师|第(?P<g>{_HAN_NUMBER})师(?![范大生])"
)
_REGIMENT = re.compile(
    r"(?<![a-z0-9])(?:(?:no\.? ?)?(?P<a>\d{1,3})(?:st|nd|rd|th)?[ \-]*"
    r"(?:[yi][ \-]+)?(?:regiment(?:al)?|tuan(?:chang)?|tuen|polk|farm of (?:the )?xpcc|state farm of (?:the )?xpcc)"
    r"|(?:regiment(?:al farm)?|tuanchang)[ \-]*(?:no\.? ?)?(?P<b>\d{1,3}))(?![a-z0-9])"
    rf"|第?(?P<c>{_HAN_NUMBER})团(?![体队伙购委])"
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A division or regiment named by its number.

    Attributes:
        start, end: where it stands.
        unit: division or regiment.
        division: the division, `xpcc-8`.
        number: of the regiment; of the division where it is one.
        named: whether the words themselves say that the Corps is meant (农八师, Eighth Agricultural Division).
    """

    start: int
    end: int
    unit: Unit
    division: str
    number: int
    named: bool


def numbered(text: str) -> list[Numbered]:
    """Divisions and regiments in a text, in order; numbers that the Corps does not have are left out.

    Args:
        text: lower case, Chinese characters kept.
    """
    out: list[Numbered] = []
    if "div" in text or "师" in text or "shi" in text or "diw" in text or "dava" in text:
        for match in _DIVISION.finditer(text):
            number = _number(match, "abcdefgh")
            named = any(match.group(g) for g in ("farms", "farms2", "xpcc", "nong", "nongye"))
            if number in range(1, 15):
                out.append(Numbered(*match.span(), "division", f"xpcc-{number}", number, named))
    if any(sign in text for sign in ("regiment", "团", "tuan", "farm of", "tuen", "polk")):
        for match in _REGIMENT.finditer(text):
            number = _number(match, "abc")
            if number in divisions():
                out.append(Numbered(*match.span(), "regiment", divisions()[number], number, named=False))
    return out


def _number(match: re.Match[str], groups: str) -> int:
    text = next(match.group(g) for g in groups if match.group(g))
    return _ORDINAL.get(text) or _PINYIN.get(text) or arabic(text)


def arabic(text: str) -> int:
    """A number below a thousand in digits or in Chinese, counted (一百二十一) or spelt out (一二一); 0 for none."""
    if text.isascii():
        return int(text)
    if not set(text) & {"十", "百"}:
        return int("".join(_DIGITS.get(c, "") for c in text) or 0)
    found = re.fullmatch(r"(?:(.)百)?[零〇]?(?:(.)?(十))?(.)?", text)
    if found is None:
        return 0
    hundreds, tens, ten, ones = found.groups()
    one = int(_DIGITS.get(ones or "零", "0"))
    return (
        int(_DIGITS.get(hundreds or "零", "0")) * 100 + (int(_DIGITS.get(tens or "一", "1")) * 10 if ten else 0) + one
    )


@cache
def divisions() -> dict[int, str]:
    """Number of a regiment -> place_id of its division."""
    return {number: row["division"] for row in _rows() for number in range(int(row["first"]), int(row["last"]) + 1)}


@cache
def source_id() -> str:
    """Where the blocks of numbers come from."""
    return _rows()[0]["source_id"]


@cache
def _rows() -> list[dict[str, str]]:
    text = files("entrepot.vocabulary").joinpath("data/xpcc_regiments.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
