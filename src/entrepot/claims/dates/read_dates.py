"""What the fields of a date mean: one function for each word of the column `means` of `data/date_patterns.csv`.

Each takes what a match says and gives the days and how they are known, or None where the words are no date after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates import fiscal_years
from entrepot.claims.dates.date_words import entry, number

if TYPE_CHECKING:
    from collections.abc import Mapping

_YEAR_MONTHS = 12  # months of a year
_CENTURY = 100  # years
_RUNS = 60  # days: a stretch of this length that has begun is the running one, not that of last year
_MOST_YEARS = 10  # fiscal years that are told of together
_LEAP = 2000  # a year that has each day which any year has
_SEASON = 3  # months of a season
_HARVEST = 9  # month in which the year of a crop begins that is named by two years
_JULY = 7  # when the fiscal year begins of countries that name it by its two years; others have a row `fiscal`
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/\d{2,4}(?![\d/])")
_FIELDS = frozenset("abcdefgnopwyz")  # groups of a pattern that are numbers, as in `Said`


@dataclass(frozen=True, slots=True)
class Said:
    """What a match says.

    Attributes:
        match: where it stands.
        language: of the sentence.
        published: day of publication.
        numbers: a, c: first and last month; b, d: first and last day; z, y: first and last year; e: first month of a
            season; o: which part of a year; p: how many months a part has; n: how many; w: day of the week; f, g: the
            years of a fiscal year or of a crop; ago: how many years before that of publication; back: how many days
            one of what is counted back from it lasts, about.
    """

    match: re.Match[str]
    language: str
    published: date | None
    numbers: Mapping[str, int]

    def __getitem__(self, field: str) -> int | None:
        """A field as a number; None where it is not said."""
        return self.numbers.get(field)

    @property
    def year(self) -> tuple[int | None, str]:
        """The year that is said and its basis: stated, relative, or none given."""
        if (stated := self["y"]) is not None:
            return stated, "stated"
        ago = self["ago"]
        return (None, "") if ago is None or self.published is None else (self.published.year - ago, "relative")


_SATURDAY = 5  # as `date.weekday` counts
_LASTING = {1: "day", 7: "week", 31: "month"}  # by their days, as the groups of a pattern name them
Days = tuple[date | None, date | None]
Meaning = Callable[[Said], tuple[Days, str] | None]
_OPEN: Days = (None, None)


def said(match: re.Match[str], language: str, published: date | None) -> Said | None:
    """The fields of a match; None where it names a month that no year has."""
    found = {k: number(k, language, v) for k, v in match.groupdict().items() if v and k in _FIELDS}
    for name, value in match.groupdict().items():
        for counted in ("ago", "back"):
            if value and name.startswith(counted):
                found[counted] = int(name.removeprefix(counted) or 0)
    if "y" in found and len(match["y"]) == len("24") and "z" not in found:
        found["y"] += 2000
    if any(not 1 <= found[k] <= _YEAR_MONTHS for k in "ac" if k in found):
        return None
    return Said(match, language, published, found)


def _day(of: Said) -> tuple[Days, str] | None:
    year, basis = of.year
    month, one, published = of["a"], of["b"] or 1, of.published
    if month is None:  # the 12th, of this month or the last
        if published is None:
            return None
        month = published.month if one <= published.day else (published.month - 2) % _YEAR_MONTHS + 1
    found = calendar.day(year, month, one) if year else calendar.latest_day(month, one, published)
    if found is None and (year or published):
        return None
    return (found, found), basis or "relative"


def _no_day(of: Said) -> tuple[Days, str] | None:
    """A day that no calendar has, or of a year that no report tells of: 64 September, 1 January 0220."""
    year, month, one = of["y"], of["a"] or 1, of["b"] or 1
    told = year is None or calendar.is_year(year)
    return None if told and calendar.day(year or _LEAP, month, one) else (_OPEN, "none")


def _month(of: Said) -> tuple[Days, str] | None:
    year, basis = of.year
    month, published = of["a"] or 1, of.published
    if year is None:
        return (_OPEN if published is None else calendar.latest_month(month, published)), "relative"
    first, last = calendar.months(year, month, month)
    running = basis == "relative" and published is not None and first <= published
    return (first, min(last, published) if running and published else last), basis


def _range(of: Said) -> tuple[Days, str] | None:
    a, b, d = of["a"] or 1, of["b"], of["d"]
    c = of["c"] or (a if d else _YEAR_MONTHS)  # up to a day of the same month, else up to the end of a year
    if of["c"] is None and b and d and b > d:
        return None  # Apr 29 - 4 min read
    turn = (a, b or 0) > (c, d or 0) if d else a > c
    year, basis = of.year
    first_year = of["z"]
    if year is None and first_year is not None:
        year, basis = first_year + turn, "stated"
    if year is None:
        return _latest(a, b, c, d, of.published)
    first = calendar.day(first_year or year - turn, a, b or 1)
    last = calendar.day(year, c, d) if d else calendar.months(year, c, c)[1]
    return ((first, last), basis) if first and last and first <= last else None


def _latest(a: int, b: int | None, c: int, d: int | None, published: date | None) -> tuple[Days, str] | None:
    """The latest such stretch by the day of publication, or the one that runs on that day."""
    if published is None:
        return _OPEN, "none"
    if d is None:
        whole = calendar.latest_months(a, c, published)
        begins = calendar.day(whole[0].year, a, b or 1)
        return ((begins, whole[1]), "relative") if begins else None
    b = b or 1
    turn = (a, b) > (c, d)
    first = calendar.latest_day(a, b, published)
    last = None if first is None else calendar.day(first.year + turn, c, d)
    if first and last and first <= published <= last and (last - first).days < _RUNS:
        return (first, last), "relative"
    last = calendar.latest_day(c, d, published)
    first = None if last is None else calendar.day(last.year - turn, a, b)
    return ((first, last), "relative") if first else None


def _pair(of: Said) -> tuple[Days, str] | None:
    """Two months that follow one another; of others each is a date of its own."""
    a, c = of["a"] or 0, of["c"] or 0
    return _range(of) if c == a + 1 else None


def _since(of: Said) -> tuple[Days, str] | None:
    """From a day to that of publication; open where that is not known, or the day is still to come."""
    year, _ = of.year
    month, one, published = of["a"], of["b"], of.published
    if year is not None:
        first = calendar.day(year, month or 1, one or 1)
    elif month is None or published is None:
        return _OPEN, "none"
    elif one is not None:
        first = calendar.latest_day(month, one, published)
    else:
        first = calendar.latest_month(month, published)[0]
    if first is None or published is None:
        return None if first is None else ((first, None), "stated")
    return ((first, published), "relative") if first <= published else ((first, None), "stated")


def _end(of: Said) -> tuple[Days, str] | None:
    year, basis = of.year
    month, published = of["a"], of.published
    if "r" in of.match.groupdict() and of.match["r"]:
        last = _told(of)[1]
    elif year is not None:
        last = calendar.months(year, month or _YEAR_MONTHS, month or _YEAR_MONTHS)[1]
    elif month is None:
        return None
    else:
        last = None if published is None else calendar.latest_month(month, published)[1]
    return (last, last), basis or "relative"


def _till(of: Said) -> tuple[Days, str] | None:
    """A year, or so many months, up to a month or a day: the fiscal year to June 2022, twelve months ended 30 June."""
    length, year, month, one = of["n"] or of["p"] or _YEAR_MONTHS, of["y"], of["a"], of["b"]
    if year is None or month is None or length > _YEAR_MONTHS:
        return None
    whole = _stretch(year, month - length + 1, length)
    last = whole[1] if one is None else calendar.day(year, month, one)
    if last is None:
        return None
    if last == whole[1]:
        return whole, "stated"
    begins = _stretch(year, month - length, 1)  # to 15 June from 16 June, or from the 1st behind a shorter month
    return (min(begins[0] + timedelta(days=last.day), begins[1] + timedelta(days=1)), last), "stated"


def _run(of: Said, first: int, last: int) -> tuple[Days, str] | None:
    """Some months of the year that is said, or of the latest that has them whole."""
    if last > _YEAR_MONTHS:
        return None
    year, basis = of.year
    if year is not None:
        return calendar.months(year, first, last), basis
    return (_OPEN if of.published is None else calendar.latest_months(first, last, of.published)), "relative"


def _first(of: Said) -> tuple[Days, str] | None:
    return _run(of, 1, (of["n"] or 1) * (of["p"] or 1))


def _part(of: Said) -> tuple[Days, str] | None:
    if (begins := of["e"]) is not None:
        return _run(of, begins, begins + _SEASON - 1)
    length = of["p"] or 1
    which = of["o"] or _YEAR_MONTHS // length
    return _run(of, (which - 1) * length + 1, which * length)


def _season(of: Said) -> tuple[Days, str] | None:
    """The year of a crop, from one harvest to the next: the 2020/21 season."""
    first, last = of["f"] or 0, of["g"] or 0
    follows = last in {first + 1, (first + 1) % _CENTURY}
    return (_stretch(first, _HARVEST, _YEAR_MONTHS), "stated") if follows else None


def _to_date(of: Said) -> tuple[Days, str] | None:
    return (_OPEN if of.published is None else (date(of.published.year, 1, 1), of.published)), "relative"


def _year(of: Said) -> tuple[Days, str] | None:
    year, basis = of.year
    return None if year is None else (calendar.year(year), basis)


def _years(of: Said) -> tuple[Days, str] | None:
    first, last = of["z"] or 0, of["y"] or 0
    if last < _CENTURY:  # 2023-24
        if _YEAR_MONTHS < last <= first % _CENTURY:
            return _OPEN, "none"  # 2027/27: no two years, and no month
        last += first // _CENTURY * _CENTURY
    return ((date(first, 1, 1), date(last, 12, 31)), "stated") if first < last <= first + _CENTURY else None


def _decade(of: Said) -> tuple[Days, str] | None:
    year = of["y"] or 0
    return (date(year, 1, 1), date(year + 9, 12, 31)), "stated"


def _told(of: Said) -> Days:
    """The days of a word that counts from today: yesterday, last month."""
    unit, _, back = entry("relative", of.language, of.match["r"]).partition("-")
    published, ago = of.published, int(back or 0)
    if published is None or not back:
        return _OPEN
    if unit == "year":
        return (date(published.year, 1, 1), published) if not ago else calendar.year(published.year - ago)
    return _back(published, unit, ago)


def _back(published: date, unit: str, ago: int) -> Days:
    """The day, week, weekend or month so many before that of publication."""
    if unit == "week":
        return calendar.week(published, ago)
    if unit == "month":
        first, last = _stretch(published.year, published.month - ago, 1)
        return first, last if ago else published
    if unit == "weekend":
        saturday = calendar.weekday(_SATURDAY, published) - timedelta(weeks=ago)
        return saturday, saturday + timedelta(days=1)
    day = published - timedelta(days=ago)
    return day, day


def _counted_back(of: Said) -> tuple[Days, str] | None:
    """So many days, weeks or months before the report."""
    count, lasting = of["n"], of["back"]
    if of.published is None or lasting is None:
        return _OPEN, "relative"
    return _back(of.published, _LASTING[lasting], 1 if count is None else count), "relative"


def _coming(of: Said) -> tuple[Days, str] | None:
    """A day of next week: next Monday."""
    if of.published is None:
        return _OPEN, "relative"
    day = calendar.week(of.published, -1)[0] + timedelta(days=of["w"] or 0)
    return (day, day), "relative"


def _relative(of: Said) -> tuple[Days, str] | None:
    return _told(of), "relative"


def _weekday(of: Said) -> tuple[Days, str] | None:
    found = None if of.published is None else calendar.weekday(of["w"] or 0, of.published)
    return (found, found), "relative"


def _holiday(of: Said) -> tuple[Days, str] | None:
    year, published = of.year[0], of.published
    years = [year] if year else [published.year, published.year - 1] if published else []
    for one in years:
        found = calendar.holiday(entry("holiday", of.language, of.match["h"]), one)
        if found is not None and (published is None or found[0] <= published):
            return (found[0], min(found[1], published) if published else found[1]), "inferred"
    return None


def _fiscal(of: Said) -> tuple[Days, str] | None:
    """A fiscal year, or some months of it: a part, the first, or from one month to another."""
    begins = fiscal_years.begins(of.match.string, of.language) or _JULY
    offset, length = 0, _YEAR_MONTHS
    if (part := of["p"]) is not None:
        offset, length = ((of["o"] or 1) - 1) * part, part
    elif (count := of["n"]) is not None:
        length = count
    elif (first := of["a"]) is not None and (last := of["c"]) is not None:
        offset, length = (first - begins) % _YEAR_MONTHS, (last - first) % _YEAR_MONTHS + 1
    if offset + length > _YEAR_MONTHS:
        return None
    start, ends = of["f"], of["g"]
    if start is not None:
        start += 2000 if start < _CENTURY else 0
        if ends is not None and (start + 1) % _CENTURY != ends % _CENTURY:
            several = ends - start if length == _YEAR_MONTHS and ends > _CENTURY else 0  # fiscal years 2022 to 2024
            return _fiscal_years(start, several, begins) if 0 < several <= _MOST_YEARS else None
        return _stretch(start if ends is not None else start - 1, begins + offset, length), "stated"
    published = of.published
    if published is None:
        return _OPEN, "none"
    year = published.year
    while (found := _stretch(year, begins + offset, length))[1] > published:
        year -= 1
    return found, "relative"


def _fiscal_years(start: int, more: int, begins: int) -> tuple[Days, str]:
    """Fiscal years one after the other, each named by the year in which it ends."""
    return (_stretch(start - 1, begins, _YEAR_MONTHS)[0], _stretch(start + more - 1, begins, _YEAR_MONTHS)[1]), "stated"


def _stretch(year: int, first: int, length: int) -> tuple[date, date]:
    """So many months from the month of a year, counted on beyond its twelfth."""
    a, b = first - 1, first + length - 2
    return calendar.months(year + a // _YEAR_MONTHS, a % 12 + 1, b % 12 + 1, year + b // _YEAR_MONTHS)


def _numeric(of: Said) -> tuple[Days, str] | None:
    """12.05.2024 is 12 May; 05/04/2024 in English is either of two days, which stays open."""
    first, second, year = of["d"] or 0, of["b"] or 0, of["y"] or 0
    american = of.language == "en" and of.match["s"] != "."
    readings = {calendar.day(year, second, first), calendar.day(year, first, second) if american else None} - {None}
    if not readings:
        return None
    if len(readings) > 1:
        readings &= {calendar.day(year, *order) for order in _orders(of.match.string, first, second)}
    one = readings.pop() if len(readings) == 1 else None
    return (one, one), "stated"


def _orders(text: str, first: int, second: int) -> list[tuple[int, int]]:
    """Month and day by the other dates of the sentence: 6/1/25 beside 5/31/25; both orders where none tells."""
    pairs = [(int(a), int(b)) for a, b in _SLASHED.findall(text)]
    american, european = (any(p[i] > _YEAR_MONTHS for p in pairs) for i in (1, 0))
    both = [(first, second)] * (not european) + [(second, first)] * (not american)
    return both if american != european else [(first, second), (second, first)]


def _open(_of: Said) -> tuple[Days, str] | None:
    """Which year, or where it begins, is not said; nor, within the sentence, of which day the next is."""
    return _OPEN, "none"


MEANINGS: dict[str, Meaning] = {
    "day": _day, "month": _month, "range": _range, "pair": _pair, "since": _since, "end": _end, "first": _first,
    "part": _part, "to_date": _to_date, "year": _year, "years": _years, "decade": _decade, "relative": _relative,
    "till": _till, "season": _season, "then": _open, "weekday": _weekday, "holiday": _holiday, "fiscal": _fiscal,
    "numeric": _numeric, "open": _open, "no_day": _no_day, "counted_back": _counted_back, "coming": _coming,
}  # fmt: skip
