"""Dates and periods in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims import days as calendar
from entrepot.claims import fiscal
from entrepot.claims.date_patterns import Patterns, one_of, since, span
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.days import Span

_ROWS = [r for r in rows("periods") if r["language"] == "en"]
_MONTHS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "month"}
_DAYS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "weekday"}
_ORDINALS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "ordinal"}
_COUNTS = {r["word"]: int(r["value"]) for r in _ROWS if r["kind"] == "count"} | {str(n): n for n in range(2, 12)}
_HOLIDAYS = {r["word"]: r["value"] for r in _ROWS if r["kind"] == "holiday"}


_RUNS = 60  # days: a stretch of this length that has begun is the running one, not that of last year
_M = rf"(?:{one_of(_MONTHS)})\.?"
_Y = r"(?:19|20)\d{2}"
_D = r"\d{1,2}(?:st|nd|rd|th)?"
_OF = r"(?:,? of |,? in |,? |-)"
_WHEN = rf"(?:{_OF}(?P<y>{_Y})|(?P<rel>,? (?:of |in )?(?:last|this|the previous|the same|that) year|,? of the year))?"
_TO = r"(?:\s?[-–—]\s?| to | through | until | and | till )"
_FISCAL = rf"(?:fiscal(?: year)?|FY)\s?(?P<f>{_Y}|\d{{2}})(?:[-–/](?P<g>\d{{2,4}}))?"


_WORTH = re.compile(
    rf"\d|\b(?:{one_of([*_MONTHS, *_DAYS, *_HOLIDAYS])}|year|month|week"
    rf"|quarter|half|today|yesterday|now|currently)\b",
    re.IGNORECASE,
)
PATTERNS = Patterns(r"\b", r"(?!\w)", _WORTH)
_on = PATTERNS.on


def _month(word: str) -> int:
    return _MONTHS[word.lower().rstrip(".")]


def _number(word: str) -> int:
    return int(re.sub(r"\D", "", word))


def _year_of(m: re.Match[str], published: date | None) -> tuple[int | None, str]:
    """The year that the words give, and the basis: stated, relative, or none given."""
    groups = m.groupdict()
    if groups.get("y"):
        return int(groups["y"]), "stated"
    if groups.get("rel") and published is not None:
        last = re.search("last|previous", groups["rel"], re.IGNORECASE)
        return published.year - (1 if last else 0), "relative"
    return None, ""


@_on(rf"(?:between |from )?(?P<a>{_M}) (?P<b>{_D})(?:,? (?P<z>{_Y}))?{_TO}(?P<c>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?")
def _days_apart(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (_month(m["a"]), _number(m["b"])), (_month(m["c"]), _number(m["d"])), published)


@_on(rf"(?:between |from )?(?P<b>{_D}) (?P<a>{_M})(?: (?P<z>{_Y}))?{_TO}(?P<d>{_D}) (?P<c>{_M})(?:,? (?P<y>{_Y}))?")
def _days_apart_british(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (_month(m["a"]), _number(m["b"])), (_month(m["c"]), _number(m["d"])), published)


@_on(rf"(?:between |from )?(?P<a>{_M}) (?P<b>{_D}){_TO}(?P<d>{_D})(?:,? (?P<y>{_Y}))?")
def _days_of_month(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (_month(m["a"]), _number(m["b"])), (_month(m["a"]), _number(m["d"])), published)


@_on(rf"(?:between |from )?(?P<b>{_D}){_TO}(?P<d>{_D}) (?P<a>{_M})(?:,? (?P<y>{_Y}))?")
def _days_of_month_british(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (_month(m["a"]), _number(m["b"])), (_month(m["a"]), _number(m["d"])), published)


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


@_on(rf"since (?P<a>{_M}) (?P<b>{_D}),? (?P<y>{_Y})")
def _since_day(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), _month(m["a"]), _number(m["b"])), published)


@_on(rf"since (?P<b>{_D}) (?P<a>{_M})(?:,? (?P<y>{_Y}))?")
def _since_day_british(m: re.Match[str], published: date | None) -> Span:
    a, b = _month(m["a"]), _number(m["b"])
    return since(m, calendar.day(int(m["y"]), a, b) if m["y"] else calendar.latest_day(a, b, published), published)


@_on(rf"since (?P<a>{_M}) (?P<b>{_D})")
def _since_bare_day(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.latest_day(_month(m["a"]), _number(m["b"]), published), published)


@_on(rf"since (?P<a>{_M})(?:,? (?P<y>{_Y})|(?P<rel> (?:last|this) year))?")
def _since_month(m: re.Match[str], published: date | None) -> Span | None:
    number, _ = _year_of(m, published)
    if number is None:
        return since(m, None if published is None else calendar.latest_month(_month(m["a"]), published)[0], published)
    return since(m, calendar.day(number, _month(m["a"]), 1), published)


@_on(rf"since (?:the (?:start|beginning) of |early |late |mid-)?(?P<y>{_Y})")
def _since_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), 1, 1), published)


_CLAUSE = r"(?:[\w()'’\-“”\"]+ ){1,12}?"


@_on(rf"since {_CLAUSE}(?:on|from) (?P<a>{_M}) (?P<b>{_D})(?:,? (?P<y>{_Y})|(?P<rel>,? (?:last|this) year))?")
def _since_clause_day(m: re.Match[str], published: date | None) -> Span | None:
    found = _one_day(m, _month(m["a"]), _number(m["b"]), published)
    return None if found is None else since(m, found.days[0], published)


@_on(rf"since {_CLAUSE}(?:in )?(?:(?P<a>{_M}),? )?(?:of )?(?P<y>{_Y})(?![,.]?\d)")
def _since_clause_year(m: re.Match[str], published: date | None) -> Span:
    return since(m, calendar.day(int(m["y"]), _month(m["a"]) if m["a"] else 1, 1), published)


@_on(rf"since {_CLAUSE}last (?P<a>{_M})")
def _since_clause_month(m: re.Match[str], published: date | None) -> Span:
    return since(m, None if published is None else calendar.latest_month(_month(m["a"]), published)[0], published)


@_on(rf"(?P<a>{_M}) (?P<b>{_D})(?:,? (?P<z>{_Y}))?\s?[-–—]\s?(?P<c>{_M}) (?P<d>{_D})(?:,? (?P<y>{_Y}))?")
def _days_dashed(m: re.Match[str], published: date | None) -> Span:
    return _between(m, (_month(m["a"]), _number(m["b"])), (_month(m["c"]), _number(m["d"])), published)


@_on(
    r"(?:since (?:the )?(?:start|beginning) of (?:the|this) year|since January"
    r"|so far this year|(?:in )?the year to date|year-to-date)"
)
def _this_year(m: re.Match[str], published: date | None) -> Span:
    return span(m, None if published is None else (calendar.day(published.year, 1, 1), published), "relative", "range")


@_on(rf"(?:the )?first (?P<n>{one_of(_COUNTS)}) months(?: of {_FISCAL}|{_WHEN})")
def _first_months(m: re.Match[str], published: date | None) -> Span:
    count = _COUNTS[m["n"].lower()]
    if m["f"]:
        return _fiscal_months(m, count)
    number, basis = _year_of(m, published)
    if number is not None:
        return span(m, calendar.months(number, 1, count), basis, "range")
    return span(m, None if published is None else calendar.latest_months(1, count, published), "relative", "range")


@_on(rf"(?:the )?first (?P<n>two|three|2|3) quarters{_WHEN}")
def _first_quarters(m: re.Match[str], published: date | None) -> Span:
    count = 3 * _COUNTS.get(m["n"].lower(), 3)
    return _part_of(m, 1, count, published)


@_on(rf"(?:for|in|over|during) (?:the )?(?P<n>{one_of(_COUNTS)}) months of (?P<y>{_Y})")
def _so_many_months(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.months(int(m["y"]), 1, _COUNTS[m["n"].lower()]), "stated", "range")


def _fiscal_months(m: re.Match[str], count: int) -> Span:
    first, _ = calendar.fiscal_year(fiscal.start(m), "PK")
    last = (first.month + count - 2) % 12 + 1
    return span(m, calendar.months(first.year, first.month, last, first.year + (last < first.month)), "stated", "range")


@_on(rf"(?:the )?(?P<o>{one_of(_ORDINALS)})[- ](?P<p>quarter|half) of (?:the )?{_FISCAL}")
def _fiscal_part(m: re.Match[str], _published: date | None) -> Span | None:
    length = 3 if m["p"].lower() == "quarter" else 6
    index = _ORDINALS[m["o"].lower()]
    first, _ = calendar.fiscal_year(fiscal.start(m), fiscal.country(m.string))
    begins = first.month - 1 + (index - 1) * length
    if index * length > 12:  # noqa: PLR2004 - months of a year
        return None
    ends = begins + length - 1
    start = calendar.months(first.year + begins // 12, begins % 12 + 1, begins % 12 + 1)[0]
    return span(
        m, (start, calendar.months(first.year + ends // 12, ends % 12 + 1, ends % 12 + 1)[1]), "stated", "range"
    )


@_on(_FISCAL)
def _fiscal(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.fiscal_year(fiscal.start(m), fiscal.country(m.string)), "stated", "range")


@_on(rf"(?:the )?(?P<o>{one_of(_ORDINALS)}|last)[- ](?P<p>quarter|half){_WHEN}")
def _part(m: re.Match[str], published: date | None) -> Span | None:
    if m["o"].lower() == "last" and not m["y"]:
        return None
    length = 3 if m["p"].lower() == "quarter" else 6
    index = _ORDINALS.get(m["o"].lower(), 12 // length)
    return None if index * length > 12 else _part_of(m, (index - 1) * length + 1, length, published)  # noqa: PLR2004


@_on(rf"(?P<k>[QH])(?P<o>[1-4])(?:(?: of| in)?,? (?P<y>{_Y}))?")
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


@_on(rf"(?:between |from )?(?P<a>{_M})(?: (?P<z>{_Y}))?{_TO}(?P<b>{_M}){_WHEN}")
def _months(m: re.Match[str], published: date | None) -> Span | None:
    if " and " in m[0].lower() and not m[0].lower().startswith("between") and not (m["y"] or m["rel"]):
        return None
    a, b = _month(m["a"]), _month(m["b"])
    number, basis = _year_of(m, published)
    if number is not None:
        first_year = int(m["z"]) if m["z"] else number - (a > b)
        return span(m, calendar.months(first_year, a, b, number), basis, "range")
    return span(m, None if published is None else calendar.latest_months(a, b, published), "relative", "range")


@_on(rf"(?:(?:at |by )?(?:the )?(?:end of|end-|year-end) ?|as of (?:the )?end of )(?:(?P<a>{_M}),? ?)?(?P<y>{_Y})")
def _end_of(m: re.Match[str], _published: date | None) -> Span:
    month = _month(m["a"]) if m["a"] else 12
    last = calendar.months(int(m["y"]), month, month)[1]
    return span(m, (last, last), "stated", "state")


@_on(
    rf"(?:at |by |until )?(?:the )?end of (?P<a>{_M})(?:,? (?P<rel>this|last) year)?"
    r"|(?:at |by )?(?:the )?end of (?P<b>last year|last month)"
)
def _end_of_bare(m: re.Match[str], published: date | None) -> Span:
    if published is None:
        return span(m, None, "none", "state")
    word = (m["a"] or m["b"]).lower()
    if m["rel"]:
        year = published.year - (m["rel"].lower() == "last")
        last = calendar.months(year, _month(word), _month(word))[1]
    elif word == "last year":
        last = calendar.year(published.year - 1)[1]
    elif word == "last month":
        last = _last_month(published)[1]
    else:
        last = calendar.latest_month(_month(word), published)[1]
    return span(m, (last, last), "relative", "state")


@_on(rf"(?P<a>{_M}) (?P<b>{_D})(?:,? (?P<y>{_Y})|(?P<rel>,? (?:last|this) year))?(?![,.]?\d)")
def _day(m: re.Match[str], published: date | None) -> Span | None:
    return _one_day(m, _month(m["a"]), _number(m["b"]), published)


@_on(rf"(?P<b>{_D}) (?:of )?(?P<a>{_M})(?:,? (?P<y>{_Y})|(?P<rel>,? (?:last|this) year))?")
def _day_british(m: re.Match[str], published: date | None) -> Span | None:
    return _one_day(m, _month(m["a"]), _number(m["b"]), published)


def _one_day(m: re.Match[str], month: int, number: int, published: date | None) -> Span | None:
    year, basis = _year_of(m, published)
    found = calendar.day(year, month, number) if year is not None else calendar.latest_day(month, number, published)
    if found is None and (year is not None or published is not None):
        return None
    return span(m, (found, found), basis or "relative", "day")


@_on(rf"(?P<rel>last|this) year,? in (?P<a>{_M})")
@_on(rf"(?:(?P<last>last|this past) )?(?:early |late |mid-)?(?P<a>{_M}){_WHEN}")
def _one_month(m: re.Match[str], published: date | None) -> Span | None:
    if m["a"].lower() in ("may", "mar", "sep", "jan", "dec") and not _is_month(m):
        return None
    number, basis = _year_of(m, published)
    if number is not None:
        first, last = calendar.months(number, _month(m["a"]), _month(m["a"]))
        clipped = min(last, published) if basis == "relative" and published and first <= published else last
        return span(m, (first, clipped), basis, "month")
    return span(m, None if published is None else calendar.latest_month(_month(m["a"]), published), "relative", "month")


def _is_month(m: re.Match[str]) -> bool:
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


def _last_month(published: date) -> calendar.Days:
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
        "last month": _last_month(published),
        "this month": (first, published),
        "last week": calendar.week(published, 1),
        "this week": calendar.week(published, 0),
        "yesterday": (yesterday, yesterday),
    }.get(word, (published, published))
    now = word in ("today", "now", "currently", "at present")
    return None if now and word != "today" else span(m, found, "relative", "state" if now else "range")


@_on(rf"(?:on |last |this |as of )(?P<w>{one_of(_DAYS)})")
def _weekday(m: re.Match[str], published: date | None) -> Span:
    found = None if published is None else calendar.weekday(_DAYS[m["w"].lower()], published)
    return span(m, (found, found), "relative", "weekday")


@_on(rf"(?P<h>{one_of(_HOLIDAYS)})(?: holidays?)?(?: (?:of |in )?(?P<y>{_Y}))?")
def _holiday(m: re.Match[str], published: date | None) -> Span | None:
    years = [int(m["y"])] if m["y"] else [published.year, published.year - 1] if published else []
    for number in years:
        found = calendar.holiday(_HOLIDAYS[m["h"].lower()], number)
        if found is not None and (published is None or found[0] <= published):
            return span(m, (found[0], min(found[1], published) if published else found[1]), "inferred", "range")
    return None


@_on(rf"(?P<a>{_Y})[-–](?P<b>\d{{2}})(?![-–/\d])")
def _years_short(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), 100 * (int(m["a"]) // 100) + int(m["b"])
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range") if a < b else None


@_on(rf"(?:between |from )?(?P<a>{_Y})(?:\s?[-–—]\s?| to | through | and )(?P<y>{_Y})")
def _years(m: re.Match[str], _published: date | None) -> Span | None:
    a, b = int(m["a"]), int(m["y"])
    if a >= b or (" and " in m[0] and not m[0].lower().startswith("between")):
        return None
    return span(m, (calendar.year(a)[0], calendar.year(b)[1]), "stated", "range")


@_on(
    rf"(?<![$€£#/.-])(?<!\d[.,])(?P<y>{_Y})(?![,.]?\d|[-/]\d|%| (?:trucks"
    rf"|vehicles|tonnes|tons|trains|people|entities|shipments|km|MW|yuan"
    rf"|dollars|passengers))"
)
def _bare_year(m: re.Match[str], _published: date | None) -> Span:
    return span(m, calendar.year(int(m["y"])), "stated", "year")


spans = PATTERNS.spans
