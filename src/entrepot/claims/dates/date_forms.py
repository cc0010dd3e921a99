"""Dates of a text: those of the three languages, and forms that no language owns (2024/05/06, 3Q24, the 2010s)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates.found_dates import dateline, find

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.claims.dates.days import Span

_FIRST_YEAR, _LAST_YEAR = 1900, 2099  # no report on trade speaks of others by four digits alone
_YEAR = r"(?:19|20)\d{2}"
_FORMS = {
    "day": re.compile(rf"(?<![\d./-])(?P<y>{_YEAR})[./](?P<m>\d{{1,2}})[./](?P<d>\d{{1,2}})(?![\d/])"),
    "compact": re.compile(rf"(?<![\d./-])(?P<y>{_YEAR})(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"),
    "stamp": re.compile(rf"(?<![\d.-])(?P<y>{_YEAR})-(?P<m>\d{{2}})-(?P<d>\d{{2}})(?=T\d)"),
    "month": re.compile(rf"(?<![\d./-])(?P<y>{_YEAR})[-./](?P<m>0[1-9]|1[0-2])(?![\d/-])(?!\.\d)"),
    "month_first": re.compile(rf"(?<![\d./-])(?P<m>0[1-9]|1[0-2])[./](?P<y>{_YEAR})(?![\d/])"),
    "short_part": re.compile(r"\b(?P<n>[1-4])(?P<k>[QH])\s?[’']?(?P<y>(?:20)?\d{2})\b", re.IGNORECASE),
    "part_short": re.compile(r"\b(?P<k>[QH])(?P<n>[1-4])[\s\-–]?[’']?(?P<y>(?:20)?\d{2})\b", re.IGNORECASE),
    "year_part": re.compile(rf"\b(?P<y>{_YEAR})[\s\-–]?(?P<k>[QH])(?P<n>[1-4])\b", re.IGNORECASE),
    "decade": re.compile(r"\b(?P<y>(?:19|20)\d0)(?:s\b|年代|-[ех]\b)|上?世纪(?P<c>[二三四五六七八九])?十年代"),
    "year_ordinal": re.compile(rf"(?<![\d.,-])(?P<y>{_YEAR})[-–](?:й|го|м|му|ом)(?!\w)"),
    "short_year": re.compile(r"(?<!\w)[’‘'](?P<y>\d{2})(?![\d\w])"),
    "fiscal": re.compile(r"\bFY\s?[’']?(?P<y>(?:20)?\d{2})(?:[-–/](?P<z>\d{2,4}))?\b", re.IGNORECASE),
    "numeric": re.compile(r"(?<![\d./])(?P<a>\d{1,2})(?P<s>[./-])(?P<b>\d{1,2})(?P=s)(?P<y>(?:19|20)?\d{2})(?![\d/])"),
    "years": re.compile(rf"(?<![\d.,/-])(?P<y>{_YEAR})\s?[-–—/]\s?(?P<z>{_YEAR}|\d{{2}})(?![\d./%-])"),
}  # fmt: skip
_CENTURY = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)[\s-]centur\w+|\b[XVI]{2,5}\s век\w*|\d{2}世纪", re.IGNORECASE)
_PRECISION = {"day": "day", "month": "month", "year": "year", "weekday": "day", "state": "day", "ambiguous": "day"}


@dataclass(frozen=True, slots=True)
class Dated:
    """A date of a sentence: its span, its days where they can be told, and how exact it is."""

    start: int
    end: int
    first: date | None
    last: date | None
    precision: str
    form: str
    basis: str = "stated"
    base: bool = False


def dates(text: str, language: str, published: date | None) -> list[Dated]:
    """The dates of a sentence, none overlapping another."""
    found = [_of_span(s) for s in find(text, language, published)]
    taken = [(d.start, d.end) for d in found]
    for one in _forms(text, language):
        inside = [
            d for d in found if one.start <= d.start and d.end <= one.end and (d.start, d.end) != (one.start, one.end)
        ]
        if inside and all(one.start <= a and b <= one.end for a, b in taken if a < one.end and one.start < b):
            found = [d for d in found if d not in inside]  # 3Q of 2024 in place of 2024
        elif any(a < one.end and one.start < b for a, b in taken):
            continue
        found.append(one)
        taken = [(d.start, d.end) for d in found]
    head = dateline(text)
    return sorted((_headed(d, head) for d in found), key=lambda d: d.start)


def _headed(one: Dated, head: tuple[int, int] | None) -> Dated:
    """A date, marked where it is the day at the head of a dispatch."""
    return one if head is None or not (one.start < head[1] and head[0] < one.end) else replace(one, form="dateline")


def _of_span(span: Span) -> Dated:
    first, last = span.days
    kind = precision(span.kind, first, last)
    return Dated(span.start, span.end, first, last, kind, span.kind, span.basis, span.base)


def precision(kind: str, first: date | None, last: date | None) -> str:
    """How exact a period is by its ends; by its kind where they are not known."""
    if first is None or last is None or first == last:
        return _PRECISION.get(kind, "day" if first is not None and first == last else "month")
    whole = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if not whole:
        return "month" if kind == "month" else "day"
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if length % 12 == 0 and first.month == 1:
        return "year"
    return "quarter" if length == 3 and first.month % 3 == 1 else "month"  # noqa: PLR2004 - months of a quarter


def is_year(value: float) -> bool:
    """Whether a number of four digits may be a year."""
    return _FIRST_YEAR <= value <= _LAST_YEAR


def year(start: int, end: int, number: int) -> Dated:
    """A year that stands alone: the heading of a column, in 2024."""
    return Dated(start, end, *calendar.year(number), "year", "year")


def _forms(text: str, language: str) -> Iterator[Dated]:
    for m in _CENTURY.finditer(text):
        yield Dated(m.start(), m.end(), None, None, "year", "century")
    for form, pattern in _FORMS.items():
        for m in pattern.finditer(text):
            one = _meant(form, m, language)
            if one is not None:
                yield one


def _meant(form: str, m: re.Match[str], language: str) -> Dated | None:
    if form == "numeric":
        return _numeric(m, language)
    if form in ("years", "decade"):
        return _years(m) if form == "years" else _decade(m)
    number = _full(m["y"])
    if form in ("day", "compact", "stamp"):
        one = calendar.day(number, int(m["m"]), int(m["d"]))
        return None if one is None else Dated(m.start(), m.end(), one, one, "day", "day")
    if form == "fiscal":
        return Dated(m.start(), m.end(), None, None, "year", "fiscal")
    first, last = (1, 12) if form in ("short_year", "year_ordinal") else _months(form, m)
    if not 1 <= last <= 12:  # noqa: PLR2004 - months of a year
        return None
    days_of = calendar.months(number, first, last)
    return Dated(m.start(), m.end(), *days_of, precision("month", *days_of), "range" if first != last else "month")


def _months(form: str, m: re.Match[str]) -> tuple[int, int]:
    if form in ("month", "month_first"):
        return int(m["m"]), int(m["m"])
    length = 3 if m["k"] in "Qq" else 6
    return (int(m["n"]) - 1) * length + 1, int(m["n"]) * length


def _decade(m: re.Match[str]) -> Dated:
    if not m["y"]:
        return Dated(m.start(), m.end(), None, None, "year", "decade")
    first = int(m["y"])
    return Dated(m.start(), m.end(), date(first, 1, 1), date(first + 9, 12, 31), "year", "decade")


def _full(year: str) -> int:
    return int(year) if len(year) > len("24") else 2000 + int(year)


def _years(m: re.Match[str]) -> Dated | None:
    first = int(m["y"])
    last = int(m["z"]) if len(m["z"]) > len("24") else first // 100 * 100 + int(m["z"])
    if not first < last <= first + 100:
        return None
    return Dated(m.start(), m.end(), calendar.year(first)[0], calendar.year(last)[1], "year", "range")


def _numeric(m: re.Match[str], language: str) -> Dated | None:
    """12.05.2024 is 12 May; 05/04/2024 in English is either of two days, which stays open."""
    a, b, number = int(m["a"]), int(m["b"]), _full(m["y"])
    european = calendar.day(number, b, a)
    american = calendar.day(number, a, b) if language == "en" and m["s"] != "." else None
    readings = {d for d in (european, american) if d is not None}
    if not readings:
        return None
    one = readings.pop() if len(readings) == 1 else None
    return Dated(m.start(), m.end(), one, one, "day", "day" if one else "ambiguous")
