"""Days, months and years resolved against the day of publication, never against today's. See the gold set's rules."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache

from entrepot.claims.wordlists import rows

# Days between two dates: a notice and its taking effect, a month, a year.
_APART = ((7, "week"), (31, "month"), (366, "year"))
_NEARLY = timedelta(days=5)  # "January to May" is said in the last days of May
_FIRST_YEAR, _LAST_YEAR = 1900, 2099  # no report on trade speaks of others by four digits alone
Days = tuple[date, date]


def day(year: int, month: int, number: int) -> date | None:
    """The day; None where the calendar has no such day."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def is_year(value: float) -> bool:
    """Whether a number of four digits may be a year."""
    return _FIRST_YEAR <= value <= _LAST_YEAR


def months(year: int, first: int, last: int, last_year: int | None = None) -> Days:
    """From the first day of one month to the last day of another."""
    end = last_year or year
    return date(year, first, 1), date(end, last, monthrange(end, last)[1])


def year(number: int) -> Days:
    """A calendar year."""
    return date(number, 1, 1), date(number, 12, 31)


def latest_day(month: int, number: int, published: date | None) -> date | None:
    """The latest such day by the day of publication."""
    if published is None:
        return None
    found = (day(y, month, number) for y in range(published.year, published.year - 9, -1))
    return next((d for d in found if d is not None and d <= published), None)


def latest_month(month: int, published: date) -> Days:
    """The latest such month that began by the day of publication, ending on that day at the latest."""
    first, last = months(published.year - (month > published.month), month, month)
    return first, min(last, published)


def latest_months(first: int, last: int, published: date) -> Days:
    """The latest such run of months that ended by the day of publication; it may run over the turn of the year."""
    for y in (published.year, published.year - 1, published.year - 2):
        found = months(y - (first > last), first, last, y)
        if found[1] <= published + _NEARLY:
            return found[0], min(found[1], published)
    return found


def week(published: date, back: int) -> Days:
    """The week from Monday to Sunday, `back` weeks before that of publication; the running one ends on that day."""
    monday = published - timedelta(days=published.weekday() + 7 * back)
    sunday = monday + timedelta(days=6)
    return monday, sunday if back else min(sunday, published)


def weekday(number: int, published: date) -> date:
    """The latest such day of the week before or on the day of publication; 0 is Monday."""
    return published - timedelta(days=(published.weekday() - number) % 7)


@cache
def holiday(name: str, number: int) -> Days | None:
    """A named holiday of China (nowruz: of Central Asia) in a year; None where it is not known."""
    fixed = {"national": (10, 1, 7), "labour": (5, 1, 5), "newyear": (1, 1, 1), "nowruz": (3, 21, 23)}
    if name in fixed:
        month, first, last = fixed[name]
        return date(number, month, first), date(number, month, last)
    return _spring_festivals().get(number)


@cache
def _spring_festivals() -> dict[int, Days]:
    """Year to first and last day off, as decreed; after 2026 by the calendar of the moon and the usual rule."""
    found = rows("spring_festival")
    return {r["year"]: (date.fromisoformat(r["first"]), date.fromisoformat(r["last"])) for r in found}


def differing_days(a: date, b: date) -> list[str]:
    """How two days differ: by how much, and whether as by a slip of the hand.

    >>> differing_days(date(2024, 5, 16), date(2024, 5, 17)), differing_days(date(2023, 5, 16), date(2024, 5, 16))
    (['apart_week', 'other_day'], ['apart_year', 'other_year'])
    """
    far = abs(a - b)
    found = [f"apart_{next((name for most, name in _APART if far.days <= most), 'far')}"]
    other = other_part(a, b)
    return [*found, f"other_{other}"] if other else found


def named_day(first: date, last: date, other: date) -> date:
    """The day that a date names beside another: its own, or of a month that on which the other stands in its month.

    >>> named_day(date(2023, 6, 1), date(2023, 6, 30), date(2022, 6, 21))
    datetime.date(2023, 6, 21)
    """
    whole = first.day == 1 and last == date(first.year, first.month, monthrange(first.year, first.month)[1])
    return first.replace(day=min(other.day, last.day)) if whole else first


def other_part(a: date, b: date) -> str:
    """The only part in which two days differ; empty where they differ in more."""
    if a.year != b.year:
        return "year" if a.month == b.month and a.day == b.day else ""
    if a.month != b.month:
        return "month" if a.day == b.day else ""
    return "day" if a.day != b.day else ""
