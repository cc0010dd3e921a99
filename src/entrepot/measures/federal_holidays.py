"""The holidays on which US federal offices are closed by law: 5 USC 6103, and Executive Order 11582 for weekends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import tr

_SATURDAY, _SUNDAY = 5, 6  # as date.weekday counts
_MONDAY, _THURSDAY = 0, 3  # likewise
FIRST_YEAR, _LAST_YEAR = 1971, 9999  # before, the Monday Holiday Act was not in force


@dataclass(frozen=True, slots=True)
class _Holiday:
    """A holiday and where it falls.

    Attributes:
        name: as the law calls it, Washington's Birthday and not Presidents' Day.
        month: its month.
        day: its day of the month; 0 where it is a day of the week.
        weekday: its day of the week, Monday 0.
        nth: which of them in the month; -1 is the last.
        years: the first and the last in which it is so kept.
    """

    name: str
    month: int
    day: int = 0
    weekday: int = _MONDAY
    nth: int = 0
    years: tuple[int, int] = (FIRST_YEAR, _LAST_YEAR)

    def on(self, year: int) -> date:
        """The day in a year."""
        if self.day:
            return date(year, self.month, self.day)
        first = date(year, self.month, 1) if self.nth > 0 else date(year, self.month + 1, 1)
        ahead = timedelta(days=(self.weekday - first.weekday()) % 7)
        return first + ahead + timedelta(weeks=self.nth - 1 if self.nth > 0 else self.nth)


_HOLIDAYS = (
    _Holiday("New Year's Day", 1, 1),
    _Holiday("Martin Luther King Jr. Day", 1, nth=3, years=(1986, _LAST_YEAR)),  # Public Law 98-144
    _Holiday("Washington's Birthday", 2, nth=3),
    _Holiday("Memorial Day", 5, nth=-1),
    _Holiday("Juneteenth National Independence Day", 6, 19, years=(2021, _LAST_YEAR)),  # Public Law 117-17
    _Holiday("Independence Day", 7, 4),
    _Holiday("Labor Day", 9, nth=1),
    _Holiday("Columbus Day", 10, nth=2),
    _Holiday("Veterans Day", 10, nth=4, years=(1971, 1977)),  # Public Law 94-97 moved it back to its day
    _Holiday("Veterans Day", 11, 11, years=(1978, _LAST_YEAR)),
    _Holiday("Thanksgiving Day", 11, weekday=_THURSDAY, nth=4),
    _Holiday("Christmas Day", 12, 25),
)


@cache
def federal_holidays(year: int) -> dict[date, str]:
    """The holidays of a year, and the weekdays on which those are observed that fall on a weekend.

    New Year's Day of the year after is observed on 31 December where it falls on a Saturday.

    Raises:
        BadInputError: a year before 1971, when other rules held.
    """
    if year < FIRST_YEAR:
        raise BadInputError(
            tr("US federal holidays are not known"),
            found=str(year),
            allowed=tr("{first_year} or later", first_year=FIRST_YEAR),
        )
    found = [
        (h.on(y), h.name) for y in (year, min(year + 1, _LAST_YEAR)) for h in _HOLIDAYS if h.years[0] <= y <= h.years[1]
    ]
    observed = [(_observed(day), f"{name} (observed)") for day, name in found if _observed(day) != day]
    return {day: name for day, name in sorted(observed + found) if day.year == year}


def _observed(day: date) -> date:
    """Friday for a Saturday, Monday for a Sunday."""
    return day + timedelta(days={_SATURDAY: -1, _SUNDAY: 1}.get(day.weekday(), 0))
