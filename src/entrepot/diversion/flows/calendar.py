"""Periods as whole numbers, so that series line up: years, quarters or months since year 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PER_YEAR = {"year": 1, "quarter": 4, "month": 12}  # the frequencies of `trade_flows`; the calendar gives the numbers


def number(label: str, frequency: str) -> int:
    """How many periods a label lies after the start of year 0.

    >>> number("2023-Q3", "quarter") - number("2022-Q3", "quarter")
    4
    """
    year = int(label[:4])
    if frequency == "year":
        return year
    return year * 4 + int(label[6]) - 1 if frequency == "quarter" else year * 12 + int(label[5:7]) - 1


def index_of(day: date, frequency: str) -> int:
    """The number of the period that holds a day.

    >>> from datetime import date
    >>> index_of(date(2022, 6, 21), "quarter") == number("2022-Q2", "quarter")
    True
    """
    return day.year * PER_YEAR[frequency] + (day.month - 1) * PER_YEAR[frequency] // 12


def label(count: int, frequency: str) -> str:
    """The label of a number.

    >>> label(number("2023-06", "month"), "month")
    '2023-06'
    """
    year, rest = divmod(count, PER_YEAR[frequency])
    if frequency == "year":
        return str(year)
    return f"{year}-Q{rest + 1}" if frequency == "quarter" else f"{year}-{rest + 1:02}"


def labels(first: int, last: int, frequency: str) -> tuple[str, ...]:
    """All labels from one number to another, both included: a period without a row is a period too."""
    return tuple(label(n, frequency) for n in range(first, last + 1))


def first_after(periods: Sequence[str], since: date) -> int:
    """The index of the first period that holds `since` or comes later.

    Raises:
        BadInputError: no period before it, or none from it on.
    """
    found = next((i for i, p in enumerate(periods) if last_day(p) >= since), len(periods))
    if found in {0, len(periods)}:
        raise BadInputError(
            tr("the flows do not reach to both sides of the day"),
            found=since.isoformat(),
            allowed=tr("a day inside {periods} to {periods_2}", periods=periods[0], periods_2=periods[-1]),
            remedy=tr("Give another --since, or flows of more periods."),
        )
    return found


def last_within(periods: Sequence[str], until: date | None) -> int:
    """The index behind the last period that begins on or before `until`."""
    return len(periods) if until is None else sum(first_day(p) <= until for p in periods)
