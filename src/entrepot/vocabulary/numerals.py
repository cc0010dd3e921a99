"""Numbers as names write them: digits, Chinese counted or spelt out, English ordinals, numbers in pinyin."""

from __future__ import annotations

import re

_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth",
    "eleventh twelfth thirteenth fourteenth",
)
_ORDINAL = {word: number for number, word in enumerate(" ".join(_ORDINALS).split(), 1)}
# As pinyin spells them: no unit that is called so has a higher number.
_PINYIN = {"yi": 1, "er": 2, "san": 3, "si": 4, "wu": 5, "liu": 6, "qi": 7, "ba": 8, "jiu": 9, "shi": 10}
_DIGITS = {c: str(n) for n, c in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}


def number_of(text: str) -> int:
    """A number in digits, in Chinese, as an English ordinal to fourteen, or as one syllable of pinyin; 0 for none.

    Args:
        text: small letters.
    """
    return _ORDINAL.get(text) or _PINYIN.get(text) or arabic(text)


def arabic(text: str) -> int:
    """A number below a thousand in digits or in Chinese, counted (一百二十一) or spelt out (一二一); 0 for none."""
    if text.isascii():
        return int(text) if text.isdigit() else 0
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
