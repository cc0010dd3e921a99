"""Dates at the precision their source gave, and the periods they span.

A partial date is ISO 8601 text (`2024`, `2024-11`, `2024-11-05`); a period word adds quarters and halves
(`2024-Q3`, `2024-H1`). Text is never widened to a false day: the bounds are computed when they are needed.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Literal

from entrepot.core.errors import BadDateError, BadInputError
from entrepot.core.words.translate import tr

Precision = Literal["day", "month", "quarter", "half", "year", "span"]

_DAYS = 20_000  # texts of which the period is remembered: the days of fifty years, in a megabyte or five
_FORM = re.compile(r"^(\d{4})(?:-(?:(\d{2})(?:-(\d{2}))?|Q([1-4])|H([12])))?$", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A span of days, both ends included.

    Attributes:
        start, end: first and last day.
        precision: how exactly the source gave it; "span" for a free range such as April to October.
        to_date: True where the period runs from its start "to date" and later prints will extend it.
    """

    start: date
    end: date
    precision: Precision
    to_date: bool = False

    @property
    def days(self) -> int:
        """How many days it covers."""
        return (self.end - self.start).days + 1

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise BadInputError(
                tr("a period ends before it starts"), found=tr("{start} to {end}", start=self.start, end=self.end)
            )


@lru_cache(maxsize=_DAYS)
def parse(text: str) -> Period:
    """Read a partial date or period word.

    Raises:
        BadDateError: the text is none of day, month, quarter, half, year.
    """
    match = _FORM.match(text.strip())
    if match is None:
        raise BadDateError(text)
    year, month, day, quarter, half = match.groups()
    try:
        y = int(year)
        if day:
            d = date(y, int(month), int(day))
            return Period(d, d, "day")
        if month:
            return _months(y, int(month), 1, "month")
        if quarter:
            return _months(y, 3 * int(quarter) - 2, 3, "quarter")
        if half:
            return _months(y, 6 * int(half) - 5, 6, "half")
        return _months(y, 1, 12, "year")
    except ValueError as exc:
        raise BadDateError(text) from exc


def span(start: str, end: str, *, to_date: bool = False) -> Period:
    """The period from the first day of `start` to the last day of `end`, with the precision it amounts to."""
    first, last = parse(start).start, parse(end).end
    for precision, months in (("month", 1), ("quarter", 3), ("half", 6), ("year", 12)):
        if first.day == 1 and (first.month - 1) % months == 0:
            whole = _months(first.year, first.month, months, precision)  # type: ignore[arg-type]
            if whole.end == last:
                return Period(first, last, whole.precision, to_date)
    return Period(first, last, "day" if first == last else "span", to_date)


def _months(year: int, month: int, count: int, precision: Precision) -> Period:
    last = month + count - 1
    return Period(date(year, month, 1), date(year, last, monthrange(year, last)[1]), precision)


def first_day(text: str) -> date:
    """The first day that a partial date can mean."""
    return parse(text).start


def last_day(text: str) -> date:
    """The last day that a partial date can mean."""
    return parse(text).end


def same_length(a: Period, b: Period) -> bool:
    """Whether two periods cover the same stretch of the calendar, years apart.

    Only such periods are compared: January to September against January to September, never against a year.
    29 February is the one day by which they may differ.
    """
    return (
        (a.start.month, a.start.day) == (b.start.month, b.start.day)
        and _end(a) == _end(b)
        and (a.end.year - a.start.year == b.end.year - b.start.year)
    )


def _end(p: Period) -> tuple[int, int]:
    return (2, 28) if (p.end.month, p.end.day) == (2, 29) else (p.end.month, p.end.day)


def as_of(text: str | date | None, *, today: date | None = None) -> date:
    """The day as of which to answer: a day, or the last day of a month or year; today when None."""
    if text is None:
        return today or date.today()  # noqa: DTZ011 - a screening day is the user's calendar day
    if isinstance(text, datetime):
        return text.date()
    return text if isinstance(text, date) else last_day(text)


def words(p: Period) -> str:
    """The period as a reader writes it: `1 April to 31 October 2024`, `2023`, `January to September 2025`."""
    s, e = p.start, p.end
    if p.precision == "year":
        return str(s.year)
    if p.precision == "quarter":
        return f"Q{(s.month + 2) // 3} {s.year}"
    if p.precision == "half":
        return f"{'first' if s.month == 1 else 'second'} half of {s.year}"
    if p.precision == "month":
        return f"{s:%B} {s.year}"
    if p.precision == "day":
        return f"{s.day} {s:%B} {s.year}"
    whole_months = s.day == 1 and e.day == monthrange(e.year, e.month)[1]
    head, tail = (f"{s:%B}", f"{e:%B}") if whole_months else (f"{s.day} {s:%B}", f"{e.day} {e:%B}")
    return f"{head} to {tail} {e.year}" if s.year == e.year else f"{head} {s.year} to {tail} {e.year}"
