"""Numbers that say neither how much nor when: items, articles, laws, tariff codes, telephones, hours of the day, names.

Each is found by its form or by the word beside it (`data/numbering.csv`). What stands in brackets is an item only where
it goes on from the item before, for "(12)" may be a count.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from entrepot.claims.dates.days import day
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.lexicon import Hit, lexicon, lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.text.lexicon import Hits

Found = tuple[int, int, str]  # start, end, form

_FORMS = ("address", "phone", "law", "hour", "note")  # rows of `data/patterns.csv`
_TARIFF = re.compile(r"(?<![\d.])(\d{4})\.(\d{2})\.(\d{2,4})(?:\.\d{2,4})?(?![\d.]*\d)")
_RATIO = re.compile(r"(?<![\d./,])\d{1,3}/\d{1,3}(?![\d./,])")
# A mark of a footnote stands behind a stop that ends a word: sanctions.12 The
_MARK = re.compile(r"(?<=[a-zа-яё”\"’)][.,;:])\d{1,3}(?=\s|$)|(?<=[”\"’])\d{1,3}(?=\s|$|[,.;])")
_HEAD = re.compile(
    r"\s*(?:[(（\[]\d{1,3}[)）\]]|\d{1,3}(?:\.\d{1,2}){0,3}[.)）、．](?!\d)|\d{1,2}(?:\.\d{1,2}){1,3}(?=\s[A-ZА-Я]))"
)
_BRACKET = re.compile(r"[(（](\d{1,2})[)）]|(?<![\d(（.,\w])(\d{1,2})[)）]")
_NUMBER = re.compile(
    r"\)?\s{0,2}(?:[№#:：.]|§{1,2})?\s?((?:[A-Z]{1,3}[-/]?)?\d[\w./()\-–§:]*(?:(?:,\s?|\s?(?:and|or|to|through|и|[-–])\s|[、和])\d[\d./()\-–]*(?:\([a-z]\))*(?!\w))*)"
)
_DIGITS_BEFORE = re.compile(r"(?:第\s?)?\d[\d.,:/\-–]*[\s\-–]{0,2}$")
_FRACTION = re.compile(r"[1-9]/[2-9]0?\s?(?:of\b|的|от\b)")
_HEAD_REACH = 24  # characters of a number before its word
_TRAIL = ".,;:)(-–/"
_ORDINALS = {
    "en": re.compile(
        r"\d[\d,]*(?:st|nd|rd|th)\b"
        r"|(?:(?<=the )|(?<=[’']s )|(?<=\bits )|(?<=\btheir ))"
        r"(?:second|third|fourth|(?:fif|six|seven|eigh|nin|ten|eleven|twelf)th)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"\d[\d ]*[-–](?:[йямеюх]|г?о|го|му|ая|ой|ый|ую|ом|ого|ому|ые|ых|ым|ти|ми|ый|ей|ем|ю)\b"),
    "zh": re.compile(r"第\s?[\d零〇一二两三四五六七八九十百千]+(?!季)"),
}
# What is counted follows, and no name: the third attack, but not the 117th Congress, 第三次 and not 第三章.
_COUNTS = re.compile(r" (?!half|quarter)[a-z]|-(?:largest|biggest|highest|most)\b|[次批列]")
_PLURAL = re.compile(r"s\.?$|§§|(?:ей|ов|ам|ами|ы|и|ях)$")


@dataclass(slots=True)
class Sequence:
    """Which item is expected next, over a whole text: (1) begins, (2) goes on."""

    last: dict[str, int] = field(default_factory=dict)

    def goes_on(self, style: str, number: int) -> bool:
        """Whether an item of this style and number begins or goes on from the last one."""
        goes_on = number == 1 or self.last.get(style) == number - 1
        if goes_on:
            self.last[style] = number
        return goes_on


def named(text: str, hits: Hits, language: str, items: Sequence) -> Iterator[Found]:
    """The numbers that are told by their form or by a word beside them, before dates are looked for."""
    for form in _FORMS:
        found = (m for pattern in patterns(form) for m in pattern.finditer(text))
        yield from ((m.start(), m.end(), form) for m in found if re.search(r"\d", m[0]))
    for m in _TARIFF.finditer(text):
        if day(int(m[1]), int(m[2]), int(m[3])) is None:
            yield m.start(), m.end(), "tariff"
    head = _HEAD.match(text)
    if head is not None and not _unit_follows(text, head.end(), language):
        yield head.end() - len(head[0].lstrip()), head.end(), "item"
        if (number := re.sub(r"\D", " ", head[0]).split()) and len(number) == 1:
            items.last["(" if head[0].strip()[0] in "(（[" else ")"] = int(number[0])
    yield from _in_brackets(text, items)
    yield from _beside_words(text, hits, language)
    for m in _RATIO.finditer(text):
        if _FRACTION.match(text, m.start()) is None:
            yield m.start(), m.end(), "ratio"
    for m in _MARK.finditer(text):
        if hits.before("units", m.start(), within=1) is None and hits.before("bounds", m.start(), within=1) is None:
            yield m.start(), m.end(), "note"


def ordinals(text: str, language: str) -> Iterator[Found]:
    """Ordinals, after dates are found: the 5th meeting, 21-й, 第十四; of what is counted `nth`."""
    for m in _ORDINALS.get(language, _ORDINALS["en"]).finditer(text):
        yield m.start(), m.end(), "nth" if _COUNTS.match(text, m.end()) else "ordinal"


def _in_brackets(text: str, items: Sequence) -> Iterator[Found]:
    for m in _BRACKET.finditer(text):
        style = "(" if m[1] else ")"
        open_before = text.count("(", 0, m.start()) + text.count("（", 0, m.start())
        closed = text.count(")", 0, m.start()) + text.count("）", 0, m.start())
        if style == ")" and open_before > closed:
            continue  # the end of an aside: (of which 12)
        if items.goes_on(style, int(m[1] or m[2])):
            yield m.start(), m.end(), "item"


def _beside_words(text: str, hits: Hits, language: str) -> Iterator[Found]:
    for hit in hits.of("numbering"):
        place, start, end = hit.row["place"], hit.start, hit.end
        if place in ("before", "both"):
            end = _after(text, hit, language) or end
        if place in ("after", "both"):
            head = _DIGITS_BEFORE.search(text, max(0, hit.start - _HEAD_REACH), hit.start)
            start = head.start() if head is not None else start
        if (start, end) != (hit.start, hit.end):
            yield start, end, hit.row["form"]


def _after(text: str, hit: Hit, language: str) -> int | None:
    """Where the number after the word ends; None: none stands there, or one that counts (order 3 million tonnes)."""
    number = _NUMBER.match(text, hit.end)
    if number is None:
        return None
    end = number.end()
    if not _PLURAL.search(hit.row["word"].rstrip("*")):  # one word, one number
        single = re.match(r"[\w./()\-–§:]+", number[1])
        end = number.start(1) + (single.end() if single else len(number[1]))
    while end > number.start(1) and text[end - 1] in _TRAIL and not _closes(text, number.start(1), end):
        end -= 1
    if re.match(r"[,.]?\d", text[end:]) or _unit_follows(text, end, language):
        return None
    return end


def _closes(text: str, start: int, end: int) -> bool:
    """Whether a bracket at the end closes one of the number's own: 2(d)(1)."""
    return text[end - 1] == ")" and text.count("(", start, end) >= text.count(")", start, end)


def _unit_follows(text: str, end: int, language: str) -> bool:
    at = end + (text[end : end + 1] in (" ", "\u00a0") and bool(text[end : end + 1]))
    small = lower(text)
    return any(
        (h.kind == "units" and h.row["place"] != "before") or h.kind == "numbers.scale"
        for h in lexicon(language).at(text, small, at)
    )
