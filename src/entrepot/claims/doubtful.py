"""Figures that are no level of a quantity, though a word of one stands beside them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.by_how_much import by_how_much
from entrepot.claims.cues import cue
from entrepot.claims.units import MONEY

if TYPE_CHECKING:
    from entrepot.claims.figures import Figure
    from entrepot.claims.sentence import Sentence

_AMONG = re.compile(
    r",? (?:including|among them|of whom)\b|[,，]?(?:其中|包括)|,? (?:в том числе|включая|из них)\b", re.IGNORECASE
)
# Points by which one growth exceeds another say nothing of either.
_SPEAK = re.compile(r",?\s(?:said|told|familiar|with knowledge|who (?:said|spoke))\b", re.IGNORECASE)
_EXCEEDS = re.compile(r"(?:高于|高出|低于|快于|领先)[^，,。；]{0,24}$")
_EXCEEDS_AFTER = re.compile(
    r"\s(?:higher|lower|faster|slower|above|below|more) (?:than )?(?:the |that of |those of )*"
    r"(?:national|average|country|nation|overall|whole|rest|growth|rate|china|western|central)"
    r"|\s(?:выше|ниже) (?:темп|средн|общенац|показател)",
    re.IGNORECASE,
)
_FROM = re.compile(r"(?:\bfrom|[从由]|(?<![А-яё])с)\s?$", re.IGNORECASE)
_LED = re.compile(r"\s?(?:to\b|[到至增升提]|до\b)", re.IGNORECASE)
_OF_GROWTH = re.compile(r"\s?of (?:the |its |all )?(?:[\w'’\- ]{0,40} )?(?:growth|increase)\b", re.IGNORECASE)
_MORE_AFTER = re.compile(
    r"\s(?:increase|rise|growth|decrease|decline|drop|jump|gain|fall|surge|more than|less than|higher|lower)\b",
    re.IGNORECASE,
)
_PLACES = ("place", "country", "region")
# 1.5 times that of Alashankou holds two places against one another, 是阿拉山口的1.5倍 too.
_TIMES_THAT = re.compile(r"\s(?:that of|those of|as (?:much|many|large|high) as|more than|larger than) (?:the )?[A-Z]")
_PLUS = re.compile(r"[(（]\s?\+\s?$")
_SUBSET = re.compile(
    r"\s(?:in|from|come from) the [\w\- ]{3,30}(?:sector|industry|industries)\b"
    r"|\s(?:of|out of) the (?:new|newly|added|latest|listed|designated)\b"
    r"|\s(?:of|out of) (?:these|them|those|which|(?:the )?\d+)\b"
    r"|\s(?:из них|из которых)\b",
    re.IGNORECASE,
)
_OF_THOSE = re.compile(
    r"\b(?:(?:the|its) (?:remaining|other|named|newly added|same)|these|those)\s?$"
    r"|\d (?:out )?of (?:the )?$|[其余这]\s?$",
    re.IGNORECASE,
)


def difference(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is by how much something grew (by 3 billion, 增加5亿元), which is no level of it."""
    if _PLUS.search(sentence.text[: figure.start]):
        return True
    if figure.unit in MONEY and _MORE_AFTER.match(sentence.text, figure.end):
        return True
    starts = dict.fromkeys((figure.start, figure.core_start))
    return any(by_how_much(sentence.text, sentence.hits, at) for at in starts)


def former(sentence: Sentence, figure: Figure) -> bool:
    """Whether the figure is where a change began and says no day: grew from 2 to 5 million, 从2000亿元到5000亿元."""
    head, tail = sentence.text[: figure.start], sentence.text[figure.end : figure.end + 24]
    if _FROM.search(head) is None or _LED.match(tail) is None:
        return False
    return sentence.language == "zh" or sentence.hits.before("changes.change", figure.start, within=48) is not None


def subset(sentence: Sentence, figure: Figure) -> bool:
    """Whether entities are some of those just counted: 26 entities in the cotton sector, five of these."""
    if figure.unit not in ("entities", ""):
        return False
    head, tail = sentence.text[: figure.start], sentence.text[figure.end : figure.end + 60]
    return _SUBSET.match(tail) is not None or _OF_THOSE.search(head) is not None


def compared(sentence: Sentence, figure: Figure) -> bool:
    """Whether points are those by which one growth exceeds another, or a multiple is a ratio of two parts."""
    if figure.unit == "percentage_points":
        above = _EXCEEDS.search(sentence.text[: figure.start]) or _EXCEEDS_AFTER.match(sentence.text, figure.end)
        return above is not None
    if figure.form != "times":
        return False
    place = any(h.row["kind"] in _PLACES and 0 <= figure.start - h.end <= 1 for h in sentence.hits.of("names"))
    other = _TIMES_THAT.match(sentence.text, figure.end) is not None
    return place or other or cue("ratio").search(sentence.text) is not None


def other_thing(sentence: Sentence, figure: Figure) -> bool:
    """Whether it is something else that changed: efficiency, costs, steps of a procedure."""
    start = max([b for b in sentence.breaks if b < figure.start], default=0)
    if figure.unit in MONEY:
        return cue("a_price").search(sentence.text, start, figure.start) is not None
    if figure.unit != "percent":
        return False
    return bool(
        cue("other_thing").search(sentence.text, start, figure.start) or _OF_GROWTH.match(sentence.text, figure.end)
    )


def among(sentence: Sentence, figure: Figure) -> bool:
    """Whether persons are told apart after the figure (13 people, nine Chinese among them), or only speak."""
    after = _AMONG.match(sentence.text, figure.end) or _SPEAK.match(sentence.text, figure.end)
    return figure.unit == "persons" and after is not None
