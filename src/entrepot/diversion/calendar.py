"""Periods as whole numbers, so that series line up: years, quarters or months since year 0."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

PER_YEAR = {"year": 1, "quarter": 4, "month": 12}
# A year of which less than this share lies behind the day counts as before. A measure of December would else have a
# year after that it did not touch, and flows by year have few after; the quarter or month of the day counts as after.
_OF_A_YEAR = 0.2


def number(label: str, frequency: str) -> int:
    """How many periods a label lies after the start of year 0.

    >>> number("2023-Q3", "quarter") - number("2022-Q3", "quarter")
    4
    """
    year = int(label[:4])
    if frequency == "year":
        return year
    return year * 4 + int(label[6]) - 1 if frequency == "quarter" else year * 12 + int(label[5:7]) - 1


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
    """The index of the first period that counts as after `since`: the one that holds it, or a year later one.

    Raises:
        BadInputError: no period before it, or none from it on.

    >>> from datetime import date
    >>> years = ("2019", "2020", "2021")
    >>> first_after(years, date(2020, 7, 6)), first_after(years, date(2020, 12, 2))
    (1, 2)
    """
    holds = next((i for i, p in enumerate(periods) if last_day(p) >= since), len(periods))
    # Where nothing comes later, the year of the day is all there is.
    found = next((i for i, p in enumerate(periods) if _after(p, since)), holds)
    if found in {0, len(periods)}:
        raise BadInputError(
            "the flows do not reach to both sides of the day",
            found=since.isoformat(),
            allowed=f"a day inside {periods[0]} to {periods[-1]}",
            remedy="Give another --since, or flows of more periods.",
        )
    return found


def _after(period: str, since: date) -> bool:
    first, last = first_day(period), last_day(period)
    a_year = len(period) == len("2020")
    left = ((last - since).days + 1) / ((last - first).days + 1)
    return left >= _OF_A_YEAR if a_year else left > 0


def last_within(periods: Sequence[str], until: date | None) -> int:
    """The index behind the last period that begins on or before `until`."""
    return len(periods) if until is None else sum(first_day(p) <= until for p in periods)
