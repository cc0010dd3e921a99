"""Text folded for reading, with the way back to the text as printed.

Direction marks, zero-width and control characters are passed over, full-width digits and signs and the apostrophe of
typesetters become plain ones. The gaps that typesetters leave between digits and characters (3573.3 亿元) are passed
over too, and the ends of lines between characters. Years, months, days and decimals in Chinese numerals become digits.
A small word that a copy ran into a number or a name (by8.26%, inAugust 2023) stands apart again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

# Zero-width characters, direction marks, the soft hyphen and controls other than white space.
_HIDDEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE, _DIGIT, _CHARACTER = r"[ \t\r\n\u00a0\u2009\u202f]+", "[0-9０-９]", r"[\u4e00-\u9fff]"
_GAP = re.compile(
    rf"(?<=[0-9０-９%.]){_SPACE}(?={_CHARACTER})|(?<={_CHARACTER}){_SPACE}(?={_DIGIT})"
    rf"|(?<={_CHARACTER})[\r\n]+(?={_CHARACTER})"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
# The numerals, and the round zeros of years.
HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
_HAN_MONTH, _HAN_DAY = "十[一二]?|[一二三四五六七八九]", "[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九]"
_NO_MONTH = r"(?<![\d〇一二三四五六七八九十个多余几第])"  # what a month does not stand behind
_HAN_DATE = re.compile(  # 二〇二四年, its 十月, and 十月七日; of a month alone see below
    rf"(?P<y>(?:一九|二[〇零○0])[〇零○0一二三四五六七八九]{{2}})(?=年|[上下]半年)"
    rf"|(?<=[〇零○一二三四五六七八九\d]年)(?P<m>{_HAN_MONTH})(?=月)"
    rf"|{_NO_MONTH}(?P<n>{_HAN_MONTH})(?=月(?:(?:{_HAN_DAY})[日号]|份|底|末|初|[上中下]旬))"
    rf"|{_NO_MONTH}(?P<r>{_HAN_MONTH})(?=[至到](?:{_HAN_MONTH})月)"  # 一至十一月
    rf"|(?<=[一二三四五六七八九十][至到])(?P<s>{_HAN_MONTH})(?=月)"
    rf"|(?:(?<=[今去当同上次]年)|(?<=[截自从在，。；])|^)(?P<a>{_HAN_MONTH})(?=月(?!球|亮|饼))"  # 今年十一月
    rf"|(?:(?<=月)|(?<=[日号][至到]))(?P<d>{_HAN_DAY})(?=[日号])"
)
# 九点八万吨, where what is counted follows, and no hour: 八点五十分.
_HAN_DECIMAL = re.compile(
    r"(?<![之上下中早晚晨午十百千万亿零〇一二两三四五六七八九\d])(?P<whole>[零一二两三四五六七八九十百]{1,7})点(?P<rest>[〇零一二三四五六七八九]{1,4})"
    r"(?=[万亿倍个元吨米亩度成%]|公里|公斤|平方|立方|[美欧]元)"
)
_RUN_IN = re.compile(
    r"(?<![^\W_])(?:in|by|from|to|of|on|at|with|than|over|about|for)(?=[$€£¥₹]?\d[\d,]*(?![\w-])|[A-Z][a-z]{2})"
)
_WIDE = {0xFF10 + i: ord("0") + i for i in range(10)} | {
    ord("％"): "%",
    ord("．"): ".",
    ord("＄"): "$",
    ord("\n"): " ",
    ord("\r"): " ",
    ord("\t"): " ",
    ord("‑"): "-",
    ord("’"): "'",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text.

    Attributes:
        text: as read.
        length: length of the original.
        kept: offsets in the original of each character of `text`; empty: the same.
    """

    text: str
    length: int
    kept: tuple[int, ...] = ()

    def original(self, offset: int) -> int:
        """The offset in the original; the end of the text for its end."""
        if not self.kept:
            return offset
        if offset >= len(self.kept):
            return self.length
        return self.kept[offset]


@cache
def _simple() -> dict[int, str]:
    """Traditional characters with their simplified form, one for one."""
    from entrepot.names.reading.han import simple

    return {code: char for code, char in simple().items() if len(char) == 1}


def fold(text: str) -> Folded:
    """Fold a text for reading."""
    plain = text.translate(_WIDE)
    passed = {i for m in _HIDDEN.finditer(plain) for i in range(*m.span())}
    if _HAN.search(plain):
        plain = plain.translate(_simple())
        passed |= {i for m in _GAP.finditer(text) for i in range(*m.span())}
    digits = {m.start(): m for m in _HAN_DATE.finditer(plain)} if "月" in plain or "年" in plain else {}
    digits |= {m.start(): m for m in _HAN_DECIMAL.finditer(plain)} if "点" in plain else {}
    run_in = [m.end() for m in _RUN_IN.finditer(plain)]
    if not passed and not digits and not run_in:
        return Folded(plain, len(text))
    chars = {i: char for i, char in enumerate(plain) if i not in passed}
    chars |= {i: f" {chars[i]}" for i in run_in}
    for m in digits.values():
        chars |= dict.fromkeys(range(*m.span()), "") | {m.start(): _in_digits(m)}
    kept = tuple(i for i, char in chars.items() for _ in char)
    return Folded("".join(chars.values()), len(text), kept)


def _in_digits(match: re.Match[str]) -> str:
    """A year, month, day or decimal in digits: 二〇二四 is 2024, 十六 16, 三十 30, 一点零四 1.04."""
    if match.re is _HAN_DECIMAL:
        return f"{_below_a_thousand(match['whole'])}.{''.join(str(HAN_DIGITS[char]) for char in match['rest'])}"
    return (
        "".join(str(HAN_DIGITS.get(char, 0)) for char in match[0]) if match["y"] else str(_below_a_thousand(match[0]))
    )


def _below_a_thousand(text: str) -> int:
    hundreds, _, rest = text.rpartition("百")
    tens, ten, ones = rest.rpartition("十")
    digits = HAN_DIGITS | {"两": 2, "": 0}
    return digits[hundreds] * 100 + (digits[tens] or 1) * 10 * bool(ten) + digits[ones.lstrip("零") or ""]
