"""Dates and periods in Russian."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates.date_patterns import Patterns, one_of, since, span
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.dates.days import Span

_ROWS = [r for r in rows("periods") if r["language"] == "ru"]
_MONTHS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "month"}
_DAYS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "weekday"}
_ORDINALS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "ordinal"}
_COUNTS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "count"} | {str(n): n for n in range(2, 12)}
_HOLIDAYS = {r["word"]: r["value"] for r in _ROWS if r["kind"] == "holiday"}
_M = rf"(?:{one_of(_MONTHS)})"
_Y = r"(?:19|20)\d{2}"
_G = r"(?: ?(?:год[ау]?(?: году)?|годом|г\.|гг\.))?"
_REL = (
    r"(?P<rel>прошлого года|прошлом году|минувшего года|текущего года"
    r"|этого года|этом году|с\.г\.|предыдущего года|того же года)"
)
_WHEN = rf"(?: (?P<y>{_Y}){_G}| {_REL})?"
_TO = r"(?:\s?[-–—]\s?| по | до | и )"

_WORTH = re.compile(
    rf"\d|{one_of(_MONTHS)}|год|месяц|недел|квартал|полугод|вчера|сегодня"
    rf"|{one_of([*_DAYS, *_HOLIDAYS])}",
    re.IGNORECASE,
)
PATTERNS = Patterns(r"\b", r"(?!\w)", _WORTH)
_on = PATTERNS.on


def _year_of(m: re.Match[str], published: date | None) -> tuple[int | None, str]:
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"]), "stated"
    if groups.get("rel") and published is not None and "того же" not in groups["rel"].lower():
        back = 1 if re.search("прошл|минувш|предыдущ", groups["rel"], re.IGNORECASE) else 0
        return published.year - back, "relative"
    return None, ""


@_on(rf"(?:с )?(?P<b>\d{{1,2}}) (?P<a>{_M})(?: (?P<z>{_Y}){_G})?{_TO}(?P<d>\d{{1,2}}) (?P<c>{_M})(?: (?P<y>{_Y}){_G})?")
def _days_apart(m: re.Match[str], published: date | None) -> Span | None:
    return _between(m, (_MONTHS[m["a"].lower()], int(m["b"])), (_MONTHS[m["c"].lower()], int(m["d"])), published)


@_on(rf"(?:с )?(?P<b>\d{{1,2}}){_TO}(?P<d>\d{{1,2}}) (?P<a>{_M})(?: (?P<y>{_Y}){_G})?")
def _days_of_month(m: re.Match[str], published: date | None) -> Span | None:
    return _between(m, (_MONTHS[m["a"].lower()], int(m["b"])), (_MONTHS[m["a"].lower()], int(m["d"])), published)


def _between(m: re.Match[str], a: tuple[int, int], b: tuple[int, int], published: date | None) -> Span | None:
    groups = m.groupdict()
    if groups.get("y"):
        first = calendar.day(int(groups.get("z") or int(groups["y"]) - (a > b)), *a)
        last = calendar.day(int(groups["y"]), *b)
    else:
        last = calendar.latest_day(*b, published)
        first = None if last is None else calendar.day(last.year - (a > b), *a)
    if first is None or last is None or first > last:
        return None if published is not None or groups.get("y") else span(m, None, "none", "range")
    return span(m, (first, last), "stated" if groups.get("y") else "relative", "range")


@_on(rf"с (?P<b>\d{{1,2}}) (?P<a>{_M})(?: (?P<y>{_Y}){_G})?")
def _since_day(m: re.Match[str], published: date | None) -> Span:
    month, one = _MONTHS[m["a"].lower()], int(m["b"])
    return since(
        m, calendar.day(int(m["y"]), month, one) if m["y"] else calendar.latest_day(month, one, published), published
    )


@_on(rf"(?:начиная )?с (?P<a>{_M})(?: (?P<y>{_Y}){_G}| {_REL})?(?!{_TO}{_M})")
def _since_month(m: re.Match[str], published: date | None) -> Span | None:
    number, _ = _year_of(m, published)
    month = _MONTHS[m["a"].lower()]
    if number is None:
        return since(m, None if published is None else calendar.latest_month(month, published)[0], published)
    return since(m, calendar.day(number, month, 1), published)


@_on(rf"(?:начиная )?с (?:начала )?(?P<y>{_Y}){_G}")
def _since_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), 1, 1), published)


@_on(rf"с (?:начала|момента) [^,.;\d]{{1,40}}? в (?:(?P<a>{_M}) )?(?P<y>{_Y}){_G}")
def _since_clause(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), _MONTHS[m["a"].lower()] if m["a"] else 1, 1), published)


@_on(r"(?:с начала (?:текущего |этого )?года|в этом году|в текущем году|в нынешнем году|за этот год)")
def _this_year(m: re.Match[str], published: date | None) -> Span:
    return span(m, None if published is None else (calendar.day(published.year, 1, 1), published), "relative", "range")


@_on(rf"(?:за |в )?(?:первые )?(?P<n>{one_of(_COUNTS)}) (?:первых )?месяц(?:а|ев|ам){_WHEN}")
def _first_months(m: re.Match[str], published: date | None) -> Span:
    return _run(m, 1, _COUNTS[m["n"].lower()], published)


def _run(m: re.Match[str], a: int, b: int, published: date | None) -> Span:
    number, basis = _year_of(m, published)
    if number is not None:
        return span(m, calendar.months(number - (a > b), a, b, number), basis, "range")
    return span(m, None if published is None else calendar.latest_months(a, b, published), "relative", "range")


@_on(
    rf"(?P<o>{one_of(_ORDINALS)}|I{{1,3}}|IV|[1-4])(?:ый|ом|ого|ой|ем"
    rf"|его|ий|ье|ьем|ьего|-м|-й|-го)? (?P<p>квартал|полугоди)\w{{0,3}}{_WHEN}"
)
def _part(m: re.Match[str], published: date | None) -> Span | None:
    length = 3 if m["p"].lower() == "квартал" else 6
    roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
    word = m["o"].lower()
    index = _ORDINALS.get(word) or roman.get(word) or int(word)
    return None if index * length > 12 else _run(m, (index - 1) * length + 1, index * length, published)  # noqa: PLR2004


@_on(rf"(?:с |в период с )?(?P<a>{_M})(?: (?P<z>{_Y}){_G})?{_TO}(?P<b>{_M}){_WHEN}")
def _months(m: re.Match[str], published: date | None) -> Span | None:
    if " и " in m[0] and not m["y"]:
        return None
    return _run(m, _MONTHS[m["a"].lower()], _MONTHS[m["b"].lower()], published)


@_on(rf"(?:за |в )?(?:первые )?(?P<n>два|три|2|3) (?:первых )?квартала{_WHEN}")
def _first_quarters(m: re.Match[str], published: date | None) -> Span:
    return _run(m, 1, 6 if m["n"] in ("два", "2") else 9, published)


@_on(rf"(?:на конец|к концу|в конце|по состоянию на конец) (?:(?P<a>{_M}) )?(?:(?P<y>{_Y}){_G}|{_REL})?")
def _end_of(m: re.Match[str], published: date | None) -> Span | None:
    number, basis = _year_of(m, published)
    month = _MONTHS[m["a"].lower()] if m["a"] else 12
    if number is None:
        if published is None or not m["a"]:
            return None
        last = calendar.latest_month(month, published)[1]
    else:
        last = calendar.months(number, month, month)[1]
    return span(m, (last, last), basis or "relative", "state")


@_on(rf"(?:по состоянию )?(?:на )?(?P<b>\d{{1,2}}) (?P<a>{_M})(?: (?P<y>{_Y}){_G}| {_REL})?")
def _day(m: re.Match[str], published: date | None) -> Span | None:
    number, basis = _year_of(m, published)
    month, one = _MONTHS[m["a"].lower()], int(m["b"])
    found = calendar.day(number, month, one) if number is not None else calendar.latest_day(month, one, published)
    if found is None and (number is not None or published is not None):
        return None
    return span(m, (found, found), basis or "relative", "day")


@_on(rf"(?P<a>{_M}){_WHEN}")
def _month(m: re.Match[str], published: date | None) -> Span | None:
    if (
        m["a"].lower() in ("мая", "маю")
        and not m["y"]
        and not m["rel"]
        and not re.search(r"[вк]\s$|начал\w+\s$|конц\w+\s$", m.string[: m.start()])
    ):
        return None
    number, basis = _year_of(m, published)
    month = _MONTHS[m["a"].lower()]
    if number is None:
        return span(m, None if published is None else calendar.latest_month(month, published), "relative", "month")
    first, last = calendar.months(number, month, month)
    clipped = min(last, published) if basis == "relative" and published and first <= published else last
    return span(m, (first, clipped), basis, "month")


@_on(
    r"(?:в |за )?(?P<w>прошлом году|прошлого года|прошлый год|минувшем году|минувшего года|прошлом месяце"
    r"|прошлый месяц|этом месяце|прошлой неделе|минувшей неделе|этой неделе"
    r"|вчера|сегодня)"
)
def _relative(m: re.Match[str], published: date | None) -> Span:
    if published is None:
        return span(m, None, "none", "range")
    word, first = m["w"].lower(), published.replace(day=1)
    before = first.fromordinal(first.toordinal() - 1)
    yesterday = published.fromordinal(published.toordinal() - 1)
    if "недел" in word:
        found = calendar.week(published, 0 if word.startswith("этой") else 1)
    elif "месяц" in word:
        found = (first, published) if word.startswith("этом") else (before.replace(day=1), before)
    elif re.search(r"\bгод", word):  # and not сегодня
        found = calendar.year(published.year - 1)
    else:
        found = (yesterday, yesterday) if word == "вчера" else (published, published)
    return span(m, found, "relative", "range")


@_on(rf"во? (?P<w>{one_of(_DAYS)})")
def _weekday(m: re.Match[str], published: date | None) -> Span:
    found = None if published is None else calendar.weekday(_DAYS[m["w"].lower()], published)
    return span(m, (found, found), "relative", "weekday")


@_on(rf"(?P<h>{one_of(_HOLIDAYS)})(?: (?P<y>{_Y}){_G})?")
def _holiday(m: re.Match[str], published: date | None) -> Span | None:
    for number in [int(m["y"])] if m["y"] else [published.year, published.year - 1] if published else []:
        found = calendar.holiday(_HOLIDAYS[m["h"].lower()], number)
        if found is not None and (published is None or found[0] <= published):
            return span(m, found, "inferred", "range")
    return None


@_on(
    rf"(?P<f>{_Y})[/–-](?P<g>\d{{2,4}}) (?:финансов\w{{2,3}} год\w?|финансов\w{{2,3}})"
    rf"|(?P<h>{_Y}) финансов\w{{2,3}} год\w?"
)
def _fiscal(m: re.Match[str], _published: date | None) -> Span:
    us = re.search("США|CBP|UFLPA", m.string) is not None
    return span(
        m, calendar.fiscal_year(int(m["f"]) if m["f"] else int(m["h"]) - 1, "US" if us else "PK"), "stated", "range"
    )


@_on(rf"(?:с |в )?(?P<a>{_Y})(?:\s?[-–—]\s?| по | до )(?P<y>{_Y}) ?(?:год\w{{0,2}}|гг\.)")
def _years(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), int(m["y"])
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range") if a < b else None


@_on(rf"(?P<y>{_Y})(?:-м| |-й|-го)?\s?(?:год[ау]?|годом|году|г\.)")
def _year(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.year(int(m["y"])), "stated", "year")


spans = PATTERNS.spans
