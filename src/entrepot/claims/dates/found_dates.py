"""Dates and periods in a sentence: what stands there, and which days it means. See `days` and the gold set's rules."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims.dates import dates_english, dates_han, dates_russian
from entrepot.claims.dates.days import Span, day
from entrepot.claims.mentions.figures import overlaps

if TYPE_CHECKING:
    from datetime import date

_LANGUAGES = {"en": dates_english, "zh": dates_han, "ru": dates_russian}
_ISO = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_NUMERIC = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?![\d/])")
# Words before a date that make it the base of a comparison, at its left.
_BASE = {
    "en": re.compile(
        r"(?:\b(?:than|as) (?:in |during |for )?(?:the same (?:period|months|month) (?:of |in ))?"
        r"|compared (?:with|to) (?:that of |those of |in )?(?:the same (?:period|months|month) (?:of |in ))?"
        r"|against |versus |from |over |on |relative to )(?:the |its |their )?$"
        r"|\b(?:exceed\w*|surpass\w*|topp\w+|above|beyond|than|beat\w*|pass(?:ed|ing)(?= (?:the|that|those|its) )"
        r"|match\w*|compared (?:with|to))"
        r"(?: (?:the|that|those|its|last|total|sum|figures?|levels?|number|volume|value|amount|record|of|in|for|seen"
        r"|recorded|set|whole|entire|all|full|year|same|period)){0,8} $"
    ),
    "ru": re.compile(
        r"(?:(?:чем|по сравнению с)(?: в| за)?(?: (?:тот же|тем же|том же|аналогичн\w{2,3}"
        r"|соответствующ\w{2,3}) период\w{0,2})?|против|к уровню|относительно|с|%\s?к) $"
        r"|(?:по сравнению с|превы\w+|выше|ниже|больше|чем|побив\w*)"
        r"(?: (?:аналогичн\w+|показател\w+|уров\w+|ве(?:сь|го)|общ\w+|итог\w*|рекорд\w*|объ[её]м\w*|за|в|с|тот|тем|том"
        r"|же|период\w*|соответствующ\w+)){1,6} $"
    ),
    "zh": re.compile(r"(?:较|比|与|对比|相较于?|同|同比|超过了?|超越了?|高于|高出|多于)$"),
}
_YEAR = re.compile(r"(?:of |in )?(?:last|the previous|the preceding) year", re.IGNORECASE)
_HELD = re.compile(
    r"(?:against|compared (?:with|to)|versus|from) (?:the )?(?:[a-z]+ ){0,3}(?:us )?[$€£]?[\d,.]+(?: [a-z]+){0,2}"
    r"(?:,? (?:recorded |seen )?(?:in |during )?(?:the )?(?:same|corresponding) (?:months?|period)(?: of| in)?)?,? $"
)
_LEFT = 72  # characters before a date in which the words that make it a base may stand
_YEARLY = re.compile(r"(?:每年的?|\b(?:every|each) year|\bannually|\bежегодно|\bкаждый год)\s?$")
_NEEDS_CHANGE = re.compile(r"(?:from |over |on |с )(?:the |its |their )?$")


# The place and day at the head of a dispatch, and the day in a caption: when it was written, not of what.
_DATELINE = re.compile(
    r"^[A-Z][A-Za-z.'’\- ]{2,30},\s(?P<a>[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)\s?(?:\([^()]{1,60}\))?\s?(?:[-–—:]|\()"
    r"|^[^()]{0,40}\([A-Z]{2,}[^()]{0,60}?(?P<b>\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]{2,8},? \d{4})\)"
    r"|^(?:新华社|本报|中新网|中新社|人民网|央视网|中评社)[^，。]{0,12}?(?P<c>(?:\d{4}年)?\d{1,2}月\d{1,2}日)[电電讯訊]"
    r"|^【[^】]{0,60}?(?P<e>(?:\d{4}年)?\d{1,2}月\d{1,2}日)[^】]{0,20}】"
    r"|^[А-ЯЁ][А-яё\- ]{2,24}[,.]\s(?P<d>\d{1,2}(?:\.\d{2}\.\d{2,4}| [а-я]{3,8}(?: \d{4}(?: года?| г\.)?)?))"
    r"\.?\s?(?:/|[-–—]|[А-ЯЁ(])"
)


def dateline(text: str) -> tuple[int, int] | None:
    """Where the day at the head of a dispatch stands; None where there is none."""
    m = _DATELINE.match(text)
    return m.span(m.lastgroup) if m and m.lastgroup else None


def find(text: str, language: str, published: date | None) -> list[Span]:
    """The dates of a sentence in order; none overlaps another.

    Args:
        text: one sentence.
        language: en, zh or ru.
        published: day of publication; None: what is relative stays unresolved.
    """
    taken: list[tuple[int, int]] = []
    found: list[Span] = []
    for span in [*_numeric(text, language), *_LANGUAGES[language].spans(text, published)]:
        if not overlaps(taken, span.start, span.end):
            taken.append((span.start, span.end))
            found.append(span)
    return [_marked(text, language, s) for s in sorted(found, key=lambda s: s.start)]


def _numeric(text: str, language: str) -> list[Span]:
    found = []
    for m in _ISO.finditer(text):
        one = day(int(m[1]), int(m[2]), int(m[3]))
        if one is not None:
            found.append(Span(m.start(), m.end(), (one, one), "stated", "day"))
    for m in _NUMERIC.finditer(text):
        a, b, y = int(m[1]), int(m[3]), int(m[4])
        first = day(y, b, a)  # day before month
        second = day(y, a, b) if m[2] == "/" and language == "en" else None
        readings = {d for d in (first, second) if d is not None}
        if len(readings) == 1:
            one = readings.pop()
            found.append(Span(m.start(), m.end(), (one, one), "stated", "day"))
        else:
            found.append(Span(m.start(), m.end(), (None, None), "none", "ambiguous"))
    return found


def _marked(text: str, language: str, span: Span) -> Span:
    """The span, marked where the words before it make it the base of a comparison."""
    head = text[max(0, span.start - _LEFT) : span.start].lower()
    if text.startswith("同期", span.end):
        return replace(span, base=True)  # 2022年同期
    if _YEARLY.search(head):
        return replace(span, base=True)  # of every year, and so of none
    if language == "en" and _YEAR.fullmatch(text[span.start : span.end]) and _HELD.search(head):
        return replace(span, base=True)  # 10.6 billion against 8.3 billion last year
    if _BASE[language].search(head) is None or span.kind == "since":
        return span
    if _NEEDS_CHANGE.search(head) and not re.search(
        r"(?:%|\b(?:percent|per cent|больше|меньше|up|down|increase|decrease"
        r"|rise|growth))[^,;]*$",
        head,
    ):
        return span
    return replace(span, base=True)
