"""Radicals of Chinese characters read as the characters that they look like: fonts of PDFs give ⽉ for 月."""

from __future__ import annotations

import re
from unicodedata import normalize

_RADICAL = re.compile(r"[\u2e80-\u2fdf]")
_FIRST = 0x2E80  # of the block of supplementary radicals
# The characters of U+2E80 to U+2EF3 in order, by EquivalentUnifiedIdeograph.txt of the Unicode Character Database; the
# two that have none stand for themselves. Those from U+2F00 on have theirs by NFKC.
_SUPPLEMENT = (
    "⺀厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂"
    "肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)


def as_characters(text: str) -> tuple[str, int]:
    """A text of the same length with characters in place of radicals, and how many there were.

    >>> as_characters("11⽉23⽇，8列⻋")
    ('11月23日，8列车', 3)
    """
    return _RADICAL.subn(lambda m: _character(m[0]), text)


def _character(radical: str) -> str:
    at = ord(radical) - _FIRST
    return _SUPPLEMENT[at] if at < len(_SUPPLEMENT) else normalize("NFKC", radical)
