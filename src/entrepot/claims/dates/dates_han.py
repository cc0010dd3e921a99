"""Dates and periods in Chinese."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates.date_patterns import Patterns, one_of, since, span
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.dates.days import Span

_ROWS = [r for r in rows("periods") if r["language"] == "zh"]
_COUNTS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "count"} | {str(n): n for n in range(1, 13)}
_HOLIDAYS = {r["word"]: r["value"] for r in _ROWS if r["kind"] == "holiday"}
_N = rf"(?:{one_of(_COUNTS)})"
_Y = r"(?:19|20)\d{2}"
_WHEN = rf"(?:(?P<y>{_Y})年|(?P<rel>今年|去年|上年|前年|同年))?"
_TO = r"\s?(?:至|到|-|－|–|—|——|~|～)\s?"
_DAY = r"[日号]"

PATTERNS = Patterns("", "", re.compile(r"\d|[年月日周季期今昨]"))
_on = PATTERNS.on


def _year_of(m: re.Match[str], published: date | None) -> tuple[int | None, str]:
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"]), "stated"
    back = {"今年": 0, "去年": 1, "上年": 1, "前年": 2}.get(groups.get("rel") or "")
    return (None, "") if back is None or published is None else (published.year - back, "relative")


@_on(
    rf"(?:自|从)?(?P<z>{_Y})年(?P<a>\d{{1,2}})月(?:(?P<c>\d{{1,2}}){_DAY})?{_TO}(?P<y>{_Y})年(?P<b>\d{{1,2}})月(?:(?P<d>\d{{1,2}}){_DAY})?"
)
def _between_years(m: re.Match[str], _published: date | None) -> Span | None:
    first = calendar.day(int(m["z"]), int(m["a"]), int(m["c"] or 1))
    if not 1 <= int(m["b"]) <= 12:  # noqa: PLR2004
        return None
    last = (
        calendar.day(int(m["y"]), int(m["b"]), int(m["d"]))
        if m["d"]
        else calendar.months(int(m["y"]), int(m["b"]), int(m["b"]))[1]
    )
    return span(m, (first, last), "stated", "range") if first and last else None


@_on(rf"{_WHEN}(?P<a>\d{{1,2}})月(?P<c>\d{{1,2}}){_DAY}?{_TO}(?:(?P<b>\d{{1,2}})月)?(?P<d>\d{{1,2}}){_DAY}")
def _days(m: re.Match[str], published: date | None) -> Span | None:
    number, basis = _year_of(m, published)
    a, b = (int(m["a"]), int(m["c"])), (int(m["b"] or m["a"]), int(m["d"]))
    if number is None:
        last = calendar.latest_day(*b, published)
        return span(m, None if last is None else (calendar.day(last.year - (a > b), *a), last), "relative", "range")
    first, last = calendar.day(number, *a), calendar.day(number, *b)
    return span(m, (first, last), basis, "range") if first and last and first <= last else None


@_on(rf"(?:自|从){_WHEN}(?P<a>\d{{1,2}})月(?:(?P<c>\d{{1,2}}){_DAY})?(?:起|以来|开始|至今)")
def _since_day(m: re.Match[str], published: date | None) -> Span | None:
    number, _ = _year_of(m, published)
    month, one = int(m["a"]), int(m["c"] or 1)
    return since(
        m, calendar.day(number, month, one) if number else calendar.latest_day(month, one, published), published
    )


@_on(rf"(?:自|从)?{_WHEN}(?P<a>\d{{1,2}})月(?:(?P<c>\d{{1,2}}){_DAY})?[^\d，,。；;]{{1,9}}?(?:以来|至今)")
def _since_clause(m: re.Match[str], published: date | None) -> Span | None:
    return _since_day(m, published)


@_on(rf"(?:自|从)?(?P<y>{_Y})年(?:(?P<a>\d{{1,2}})月)?(?:以来|起|至今)")
def _since_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), int(m["a"] or 1), 1), published)


@_on(r"(?:今年以来|年初以来|今年年初以来|今年|年内|本年)(?![年\d一二三四五六七八九十前上下第春国])")
def _this_year(m: re.Match[str], published: date | None) -> Span:
    return span(m, None if published is None else (calendar.day(published.year, 1, 1), published), "relative", "range")


@_on(rf"(?:截至|截止|至|到)?{_WHEN}(?:(?P<a>\d{{1,2}})月)?年?(?:底|末)")
def _end_of(m: re.Match[str], published: date | None) -> Span | None:
    number, basis = _year_of(m, published)
    if not m["a"] and number is None:
        return None
    month = int(m["a"] or 12)
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None
    if number is not None:
        last = calendar.months(number, month, month)[1]
    elif published is not None:
        last = calendar.latest_month(month, published)[1]
    else:
        return span(m, None, "none", "state")
    return span(m, (last, last), basis or "relative", "state")


@_on(rf"(?:截至|截止|(?<![\d日月年])至)?{_WHEN}(?P<a>\d{{1,2}})月(?P<c>\d{{1,2}}){_DAY}")
def _day(m: re.Match[str], published: date | None) -> Span | None:
    number, basis = _year_of(m, published)
    a, b = int(m["a"]), int(m["c"])
    found = calendar.day(number, a, b) if number is not None else calendar.latest_day(a, b, published)
    if found is None and (number is not None or published is not None):
        return None
    return span(m, (found, found), basis or "relative", "day")


@_on(r"(?<![\d月.])(?P<c>\d{1,2})日(?![均报电])")
def _bare_day(m: re.Match[str], published: date | None) -> Span | None:
    number = int(m["c"])
    if published is None or not 1 <= number <= 31:  # noqa: PLR2004
        return None
    month = published.month if number <= published.day else (published.month - 2) % 12 + 1
    found = calendar.latest_day(month, number, published)
    return span(m, (found, found), "relative", "day")


@_on(rf"{_WHEN}(?P<a>\d{{1,2}})月?份?{_TO}(?P<b>\d{{1,2}})月份?")
def _months(m: re.Match[str], published: date | None) -> Span | None:
    return _run(m, int(m["a"]), int(m["b"]), published)


def _run(m: re.Match[str], a: int, b: int, published: date | None) -> Span | None:
    if not (1 <= a <= 12 and 1 <= b <= 12):  # noqa: PLR2004
        return None
    number, basis = _year_of(m, published)
    if number is not None and a <= b:
        return span(m, calendar.months(number, a, b), basis, "range")
    return span(m, None if published is None else calendar.latest_months(a, b, published), "relative", "range")


@_on(rf"{_WHEN}的?前(?P<n>{_N})个?(?P<u>月|季度)")
def _first(m: re.Match[str], published: date | None) -> Span | None:
    return _run(m, 1, _COUNTS[m["n"]] * (3 if m["u"] == "季度" else 1), published)


@_on(rf"{_WHEN}第?(?P<n>[一二三四1-4])季度?(?!节)")
def _quarter(m: re.Match[str], published: date | None) -> Span | None:
    last = 3 * _COUNTS[m["n"]]
    return _run(m, last - 2, last, published)


@_on(rf"{_WHEN}(?P<h>上|下)半年")
def _half(m: re.Match[str], published: date | None) -> Span | None:
    return _run(m, *((1, 6) if m["h"] == "上" else (7, 12)), published)


@_on(rf"(?P<f>{_Y})(?:[/-]|至|—|－)(?P<g>\d{{2,4}})财年|(?P<h>{_Y})财年")
def _fiscal(m: re.Match[str], _published: date | None) -> Span:
    us = re.search("美国|CBP|UFLPA", m.string) is not None
    first = int(m["f"]) if m["f"] else int(m["h"]) - 1
    return span(m, calendar.fiscal_year(first, "US" if us else "PK"), "stated", "range")


@_on(rf"{_WHEN}(?P<a>\d{{1,2}})月份?(?!\d)")
def _month(m: re.Match[str], published: date | None) -> Span | None:
    month = int(m["a"])
    if not 1 <= month <= 12:  # noqa: PLR2004
        return None
    number, basis = _year_of(m, published)
    if number is None:
        return span(m, None if published is None else calendar.latest_month(month, published), "relative", "month")
    first, last = calendar.months(number, month, month)
    return span(
        m,
        (first, min(last, published) if basis == "relative" and published and first <= published else last),
        basis,
        "month",
    )


@_on(r"(?P<w>上个月|上月|本月|上周|本周|昨日|昨天|今日|今天|去年全年|去年(?!同期)|上年(?!同期)|前年)")
def _relative(m: re.Match[str], published: date | None) -> Span:
    if published is None:
        return span(m, None, "none", "range")
    first = published.replace(day=1)
    before = first.fromordinal(first.toordinal() - 1)
    yesterday = published.fromordinal(published.toordinal() - 1)
    found = {
        "上个月": (before.replace(day=1), before),
        "上月": (before.replace(day=1), before),
        "本月": (first, published),
        "上周": calendar.week(published, 1),
        "本周": calendar.week(published, 0),
        "昨日": (yesterday, yesterday),
        "昨天": (yesterday, yesterday),
        "今日": (published, published),
        "今天": (published, published),
        "前年": calendar.year(published.year - 2),
    }.get(m["w"], calendar.year(published.year - 1))
    return span(m, found, "relative", "range")


@_on(rf"{_WHEN}(?P<h>{one_of(_HOLIDAYS)})(?:假期|期间)?")
def _holiday(m: re.Match[str], published: date | None) -> Span | None:
    number, _ = _year_of(m, published)
    years = [number] if number else [published.year, published.year - 1] if published else []
    for one in years:
        found = calendar.holiday(_HOLIDAYS[m["h"]], one)
        if found is not None and (published is None or found[0] <= published):
            return span(m, (found[0], min(found[1], published) if published else found[1]), "inferred", "range")
    return None


@_on(rf"(?P<a>{_Y})年?{_TO}(?P<y>{_Y})年(?:间)?")
def _years(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), int(m["y"])
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range") if a < b else None


@_on(rf"(?P<y>{_Y})年(?:全年|度)?(?!代)")
def _year(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.year(int(m["y"])), "stated", "year")


spans = PATTERNS.spans
