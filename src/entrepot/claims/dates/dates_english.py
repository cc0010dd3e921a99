"""Dates and periods in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates import fiscal
from entrepot.claims.dates.date_patterns import Patterns, one_of, since, span
from entrepot.claims.dates.english_words import (
    COUNTS,
    DAYS,
    FISCAL,
    HOLIDAYS,
    MONTHS,
    ORDINALS,
    D,
    M,
    Y,
    digits,
    month_of,
)

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.dates.days import Span

_RUNS = 60  # days: a stretch of this length that has begun is the running one, not that of last year
_OF = r"(?:,? of |,? in |,? |-)"
_WHEN = rf"(?:{_OF}(?P<y>{Y})|(?P<rel>,? (?:of |in )?(?:last|this|the previous|the same|that) year|,? of the year))?"
_TO = r"(?:\s?[-–—]\s?| to | through | until | and | till )"


_WORTH = re.compile(
    rf"\d|\b(?:{one_of([*MONTHS, *DAYS, *HOLIDAYS])}|year|month|week"
    rf"|quarter|half|today|yesterday|now|currently)\b",
    re.IGNORECASE,
)
PATTERNS = Patterns(r"\b", r"(?!\w)", _WORTH)
_on = PATTERNS.on


def _year_of(m: re.Match[str], published: date | None) -> tuple[int | None, str]:
    """The year that the words give, and the basis: stated, relative, or none given."""
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"]), "stated"
    if groups.get("rel") and published is not None:
        last = re.search("last|previous", groups["rel"], re.IGNORECASE)
        return published.year - (1 if last else 0), "relative"
    return None, ""


@_on(rf"(?:between |from )?(?P<a>{M}) (?P<b>{D})(?:,? (?P<z>{Y}))?{_TO}(?P<c>{M}) (?P<d>{D})(?:,? (?P<y>{Y}))?")
def _days_apart(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (month_of(m["a"]), digits(m["b"])), (month_of(m["c"]), digits(m["d"])), published)


@_on(rf"(?:between |from )?(?P<b>{D}) (?P<a>{M})(?: (?P<z>{Y}))?{_TO}(?P<d>{D}) (?P<c>{M})(?:,? (?P<y>{Y}))?")
def _days_apart_british(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (month_of(m["a"]), digits(m["b"])), (month_of(m["c"]), digits(m["d"])), published)


@_on(rf"(?:between |from )?(?P<a>{M}) (?P<b>{D}){_TO}(?P<d>{D})(?:,? (?P<y>{Y}))?")
def _days_ofmonth(m: re.Match[str], published: date | None) -> Span | None:
    if digits(m["b"]) > digits(m["d"]):
        return None  # Apr 29 - 4 min read
    return _between(m, (month_of(m["a"]), digits(m["b"])), (month_of(m["a"]), digits(m["d"])), published)


@_on(rf"(?:between |from )?(?P<b>{D}){_TO}(?P<d>{D}) (?P<a>{M})(?:,? (?P<y>{Y}))?")
def _days_of_month_british(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (month_of(m["a"]), digits(m["b"])), (month_of(m["a"]), digits(m["d"])), published)


def _between(m: re.Match[str], a: tuple[int, int], b: tuple[int, int], published: date | None) -> Span:
    groups = m.groupdict()
    if groups.get("y"):
        last = calendar.day(int(groups["y"]), *b)
        first_year = int(groups["z"]) if groups.get("z") else int(groups["y"]) - (a > b)
        return span(m, (calendar.day(first_year, *a), last), "stated", "range")
    begun = calendar.latest_day(*a, published)
    last = calendar.latest_day(*b, published)
    ends = None if begun is None else calendar.day(begun.year + (a > b), *b)
    if begun and ends and published and begun <= published <= ends and (ends - begun).days < _RUNS:
        return span(m, (begun, ends), "relative", "range")
    first = None if last is None else calendar.day(last.year - (a > b), *a)
    return span(m, (first, last), "relative", "range")


@_on(r"since (?:CBP|U\.?S\.? Customs|Customs|the agency) (?:began|started) (?:enforcing|enforcement)")
def _since_enforced(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(2022, 6, 21), published)  # the UFLPA


@_on(rf"since (?P<a>{M}) (?P<b>{D}),? (?P<y>{Y})")
def _since_day(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), month_of(m["a"]), digits(m["b"])), published)


@_on(rf"since (?P<b>{D}) (?P<a>{M})(?:,? (?P<y>{Y}))?")
def _since_day_british(m: re.Match[str], published: date | None) -> Span:
    a, b = month_of(m["a"]), digits(m["b"])
    return since(m, calendar.day(int(m["y"]), a, b) if m["y"] else calendar.latest_day(a, b, published), published)


@_on(rf"since (?P<a>{M}) (?P<b>{D})")
def _since_bare_day(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.latest_day(month_of(m["a"]), digits(m["b"]), published), published)


@_on(rf"since (?P<a>{M})(?:,? (?P<y>{Y})|(?P<rel> (?:last|this) year))?")
def _sincemonth(m: re.Match[str], published: date | None) -> Span | None:
    number, _ = _year_of(m, published)
    if number is None:
        return since(m, None if published is None else calendar.latest_month(month_of(m["a"]), published)[0], published)
    return since(m, calendar.day(number, month_of(m["a"]), 1), published)


@_on(rf"since (?:the (?:start|beginning) of |early |late |mid-)?(?P<y>{Y})")
def _since_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), 1, 1), published)


_CLAUSE = r"(?:[\w()'’\-“”\"]+ ){1,12}?"


@_on(rf"since {_CLAUSE}(?:on|from) (?P<a>{M}) (?P<b>{D})(?:,? (?P<y>{Y})|(?P<rel>,? (?:last|this) year))?")
def _since_clause_day(m: re.Match[str], published: date | None) -> Span | None:
    found = _one_day(m, month_of(m["a"]), digits(m["b"]), published)
    return None if found is None else since(m, found.days[0], published)


@_on(rf"since {_CLAUSE}(?:in )?(?:(?P<a>{M}),? )?(?:of )?(?P<y>{Y})(?![,.]?\d)")
def _since_clause_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), month_of(m["a"]) if m["a"] else 1, 1), published)


@_on(rf"since {_CLAUSE}last (?P<a>{M})")
def _since_clausemonth(m: re.Match[str], published: date | None) -> Span:
    return since(m, None if published is None else calendar.latest_month(month_of(m["a"]), published)[0], published)


@_on(rf"(?P<a>{M}) (?P<b>{D})(?:,? (?P<z>{Y}))?\s?[-–—]\s?(?P<c>{M}) (?P<d>{D})(?:,? (?P<y>{Y}))?")
def _days_dashed(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (month_of(m["a"]), digits(m["b"])), (month_of(m["c"]), digits(m["d"])), published)


@_on(
    r"(?:since (?:the )?(?:start|beginning) of (?:the|this) year|since January"
    r"|so far this year|(?:in )?the year to date|year-to-date)"
)
def _this_year(m: re.Match[str], published: date | None) -> Span:
    return span(m, None if published is None else (calendar.day(published.year, 1, 1), published), "relative", "range")


_on(
    rf"(?:the )?first (?P<n>{one_of(COUNTS)}) months(?: \([^()]{{1,20}}\))? of (?:the )?"
    r"(?:current |ongoing |present |running |this )?(?:fiscal|financial) year(?: \((?P<f>\d{4})[-–/](?P<g>\d{2})\))?"
)(fiscal.months_of_this)


@_on(rf"(?:the )?first (?P<n>{one_of(COUNTS)}) months(?: of {FISCAL}|{_WHEN})")
def _first_months(m: re.Match[str], published: date | None) -> Span:
    count = COUNTS[m["n"].lower()]
    if m["f"]:
        return fiscal.months_of(m, count)
    number, basis = _year_of(m, published)
    if number is not None:
        return span(m, calendar.months(number, 1, count), basis, "range")
    return span(m, None if published is None else calendar.latest_months(1, count, published), "relative", "range")


@_on(rf"(?:the )?first (?P<n>two|three|2|3) quarters{_WHEN}")
def _first_quarters(m: re.Match[str], published: date | None) -> Span:
    count = 3 * COUNTS.get(m["n"].lower(), 3)
    return _part_of(m, 1, count, published)


@_on(rf"(?:for|in|over|during) (?:the )?(?P<n>{one_of(COUNTS)}) months of (?P<y>{Y})")
def _so_many_months(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.months(int(m["y"]), 1, COUNTS[m["n"].lower()]), "stated", "range")


_on(rf"{FISCAL}['’]s (?P<o>{one_of(ORDINALS)})[- ](?P<p>quarter|half)")(fiscal.part)


@_on(rf"(?:in|during|over) (?P<a>{M}) and (?P<b>{M}){_WHEN}")
def _two_months(m: re.Match[str], published: date | None) -> Span | None:
    a, b = month_of(m["a"]), month_of(m["b"])
    return _part_of(m, a, 2, published) if b == a + 1 else None


_on(rf"(?P<a>{M}){_TO}(?P<b>{M}),? \(?(?P<f>{Y})[-–/](?P<g>\d{{2}})")(fiscal.between)


_on(rf"(?:the )?(?P<o>{one_of(ORDINALS)})[- ](?P<p>quarter|half) of (?:the )?{FISCAL}")(fiscal.part)


_on(FISCAL)(fiscal.whole)


@_on(rf"(?:the )?(?P<o>{one_of(ORDINALS)}|last)[- ](?P<p>quarter|half){_WHEN}")
def _part(m: re.Match[str], published: date | None) -> Span | None:
    if m["o"].lower() == "last" and not m["y"]:
        return None
    length = 3 if m["p"].lower() == "quarter" else 6
    if re.match(r" of (?:the |this |its )?(?:\w+ )?(?:fiscal|financial) year", m.string[m.end() :]):
        return span(m, None, "none", "range")  # which year, and where it begins, is not said
    index = ORDINALS.get(m["o"].lower(), 12 // length)
    return None if index * length > 12 else _part_of(m, (index - 1) * length + 1, length, published)  # noqa: PLR2004


@_on(rf"(?P<k>[QH])(?P<o>[1-4])(?:(?: of| in)?,? (?P<y>{Y}))?")
def _short_part(m: re.Match[str], published: date | None) -> Span | None:
    length = 3 if m["k"] in "Qq" else 6
    first = (int(m["o"]) - 1) * length + 1
    return None if first > 12 else _part_of(m, first, length, published)  # noqa: PLR2004


def _part_of(m: re.Match[str], first: int, length: int, published: date | None) -> Span:
    number, basis = _year_of(m, published)
    if number is not None:
        return span(m, calendar.months(number, first, first + length - 1), basis, "range")
    found = None if published is None else calendar.latest_months(first, first + length - 1, published)
    return span(m, found, "relative", "range")


@_on(rf"(?:between |from )?(?P<a>{M})(?: (?P<z>{Y}))?{_TO}(?P<b>{M}){_WHEN}")
def _months(m: re.Match[str], published: date | None) -> Span | None:
    if " and " in m[0].lower() and not m[0].lower().startswith("between") and not (m["y"] or m["rel"]):
        return None
    a, b = month_of(m["a"]), month_of(m["b"])
    number, basis = _year_of(m, published)
    if number is not None:
        first_year = int(m["z"]) if m["z"] else number - (a > b)
        return span(m, calendar.months(first_year, a, b, number), basis, "range")
    return span(m, None if published is None else calendar.latest_months(a, b, published), "relative", "range")


@_on(rf"(?:(?:at |by )?(?:the )?(?:end of|end-|year-end) ?|as of (?:the )?end of )(?:(?P<a>{M}),? ?)?(?P<y>{Y})")
def _end_of(m: re.Match[str], _published: date | None) -> Span:
    month = month_of(m["a"]) if m["a"] else 12
    last = calendar.months(int(m["y"]), month, month)[1]
    return span(m, (last, last), "stated", "state")


@_on(
    rf"(?:at |by |until )?(?:the )?end of (?P<a>{M})(?:,? (?P<rel>this|last) year)?"
    r"|(?:at |by )?(?:the )?end of (?P<b>last year|last month)"
)
def _end_of_bare(m: re.Match[str], published: date | None) -> Span:
    if published is None:
        return span(m, None, "none", "state")
    word = (m["a"] or m["b"]).lower()
    if m["rel"]:
        year = published.year - (m["rel"].lower() == "last")
        last = calendar.months(year, month_of(word), month_of(word))[1]
    elif word == "last year":
        last = calendar.year(published.year - 1)[1]
    elif word == "last month":
        last = _lastmonth(published)[1]
    else:
        last = calendar.latest_month(month_of(word), published)[1]
    return span(m, (last, last), "relative", "state")


@_on(rf"(?P<a>{M}) (?P<b>{D})(?:,? (?P<y>{Y})|(?P<rel>,? (?:last|this) year))?(?![,.]?\d)")
def _day(m: re.Match[str], published: date | None) -> Span | None:
    return _one_day(m, month_of(m["a"]), digits(m["b"]), published)


@_on(rf"(?P<b>{D}) (?:of )?(?P<a>{M})(?:,? (?P<y>{Y})|(?P<rel>,? (?:last|this) year))?")
def _day_british(m: re.Match[str], published: date | None) -> Span | None:
    return _one_day(m, month_of(m["a"]), digits(m["b"]), published)


def _one_day(m: re.Match[str], month: int, number: int, published: date | None) -> Span | None:
    year, basis = _year_of(m, published)
    found = calendar.day(year, month, number) if year is not None else calendar.latest_day(month, number, published)
    if found is None and (year is not None or published is not None):
        return None
    return span(m, (found, found), basis or "relative", "day")


@_on(rf"(?P<rel>last|this) year,? in (?P<a>{M})")
@_on(rf"(?:(?P<last>last|this past) )?(?:early |late |mid-)?(?P<a>{M}){_WHEN}")
def _onemonth(m: re.Match[str], published: date | None) -> Span | None:
    if m["a"].lower() in ("may", "mar", "sep", "jan", "dec") and not _ismonth(m):
        return None
    number, basis = _year_of(m, published)
    if number is not None:
        first, last = calendar.months(number, month_of(m["a"]), month_of(m["a"]))
        clipped = min(last, published) if basis == "relative" and published and first <= published else last
        return span(m, (first, clipped), basis, "month")
    return span(
        m, None if published is None else calendar.latest_month(month_of(m["a"]), published), "relative", "month"
    )


def _ismonth(m: re.Match[str]) -> bool:
    """May is a verb at the head of a sentence, in small letters, and where a verb or an adverb follows."""
    head, tail = m.string[: m.start("a")], m.string[m.end() :]
    if m["y"] or m["rel"]:
        return True
    return (
        m["a"][0].isupper()
        and bool(
            re.search(
                r"(?:\bin|\bof|\bsince|\bby|\buntil|\bfrom|\bto|\bduring|\blast"
                r"|\bthis|\bfor|\bearly|\blate|-)\s?$",
                head,
            )
        )
        and not re.match(r"\s(?:be|not|have)\b", tail)
    )


def _lastmonth(published: date) -> calendar.Days:
    first = published.replace(day=1)
    last = first.fromordinal(first.toordinal() - 1)
    return last.replace(day=1), last


@_on(
    r"(?P<w>last year|this year|the previous year|the past year|last month|this month"
    r"|last week|this week|yesterday|today|now|currently|at present)"
)
def _relative(m: re.Match[str], published: date | None) -> Span | None:
    word = m["w"].lower()
    if published is None:
        return span(m, None, "none", "range")
    first = published.replace(day=1)
    yesterday = published.fromordinal(published.toordinal() - 1)
    found = {
        "last year": calendar.year(published.year - 1),
        "this year": (published.replace(month=1, day=1), published),
        "the previous year": None,
        "the past year": None,
        "last month": _lastmonth(published),
        "this month": (first, published),
        "last week": calendar.week(published, 1),
        "this week": calendar.week(published, 0),
        "yesterday": (yesterday, yesterday),
    }.get(word, (published, published))
    now = word in ("today", "now", "currently", "at present")
    return None if now and word != "today" else span(m, found, "relative", "state" if now else "range")


@_on(rf"(?:on |last |this |as of )(?P<w>{one_of(DAYS)})")
def _weekday(m: re.Match[str], published: date | None) -> Span:
    found = None if published is None else calendar.weekday(DAYS[m["w"].lower()], published)
    return span(m, (found, found), "relative", "weekday")


@_on(rf"(?P<h>{one_of(HOLIDAYS)})(?: holidays?)?(?: (?:of |in )?(?P<y>{Y}))?")
def _holiday(m: re.Match[str], published: date | None) -> Span | None:
    years = [int(m["y"])] if m["y"] else [published.year, published.year - 1] if published else []
    for number in years:
        found = calendar.holiday(HOLIDAYS[m["h"].lower()], number)
        if found is not None and (published is None or found[0] <= published):
            return span(m, (found[0], min(found[1], published) if published else found[1]), "inferred", "range")
    return None


@_on(rf"(?P<a>{Y})[-–](?P<b>\d{{2}})(?![-–/\d])")
def _years_short(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), 100 * (int(m["a"]) // 100) + int(m["b"])
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range") if a < b else None


@_on(rf"(?:between |from )?(?P<a>{Y})(?:\s?[-–—]\s?| to | through | and )(?P<y>{Y})")
def _years(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), int(m["y"])
    if a >= b or (" and " in m[0] and not m[0].lower().startswith("between")):
        return None
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range")


@_on(
    rf"(?<![$€£#/.-])(?<!\d[.,])(?P<y>{Y})(?![,.]?\d|[-/]\d|%| (?:trucks"
    rf"|vehicles|tonnes|tons|trains|people|entities|shipments|km|MW|yuan"
    rf"|dollars|passengers))"
)
def _bare_year(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.year(int(m["y"])), "stated", "year")


spans = PATTERNS.spans
