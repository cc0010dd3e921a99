"""The year in a date of birth as a file has it: what is sure is read, and nothing is guessed.

A year has four digits and stands in a date that there is. Of two digits it is a year where it can be no day, for then
only one century is possible. A bare number of five digits is a day as a spreadsheet counts them where its column holds
others of the kind. See docs/design/04-screening.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")  # 19610324
_DATES = (
    re.compile(r"(?<!\d)\d{4}\s?[-./]\s?(\d{1,2})\s?[-./]\s?(\d{1,2})(?!\d)"),
    re.compile(r"(?<!\d)(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?\d{4}(?!\d)"),
)
_MOST_DAYS, _MOST_MONTHS = 31, 12  # of a month, of a year: a larger number is no day or month
_SHORT = re.compile(  # 08-Jan-84, 24.03.61, 61/03/24, with a time behind it or not; Jan 8, 84
    r"(?:(\d{1,2})[-./ ]{1,2}(\d{1,2}|[^\W\d_]{3,}\.?)[-./ ]{1,2}['’]?(\d{2})"
    r"|[^\W\d_]{3,}\.? (\d{1,2}),? ['’]?(\d{2}))(?:[T ][\d:]+)?"
)
_BARE = re.compile(r"\d{5}")
_FIRST = date(1899, 12, 30)  # day 0 as spreadsheets count, from March 1900 on
_EARLIEST, _LATEST = 7_306, 47_483  # 1920-01-01 and 2029-12-31: whoever is screened was born between the two


@dataclass(frozen=True, slots=True)
class Born:
    """A year of birth.

    Attributes:
        year: four digits.
        how: short, where the century is not said; serial, where a spreadsheet's number was read; else empty.
    """

    year: str
    how: str = ""


def born(given: str, *, is_serial: bool = False) -> Born | None:
    """The year in a date of birth as given; None where there is none that is sure, or several.

    >>> born("24.03.1961"), born("08-Jan-84"), born("08-Jan-12"), born("1984-13-45")
    (Born(year='1961', how=''), Born(year='1984', how='short'), None, None)

    Args:
        given: the cell.
        is_serial: whether its column holds days as a spreadsheet counts them.
    """
    text = given.strip()
    if any(not _is_day(m[1], m[2]) for pattern in _DATES for m in pattern.finditer(text)):
        return None
    found = {*_YEAR.findall(text), *_COMPACT.findall(text)}
    if found:
        return Born(found.pop()) if len(found) == 1 else None
    if is_serial and _is_counted(text):
        return Born(str((_FIRST + timedelta(days=int(text))).year), "serial")
    return _short(text)


def _is_day(one: str, other: str) -> bool:
    """Whether two numbers are a day and a month, in either order; 0 stands for one that is not known."""
    low, high = sorted((int(one), int(other)))
    return low <= _MOST_MONTHS and high <= _MOST_DAYS


def _short(text: str) -> Born | None:
    """A year of two digits: one that can be no day is a year, and of 20.. it would lie ahead."""
    said = _SHORT.fullmatch(text)
    if not said:
        return None
    numbers = [n for n in said.groups() if n and n.isdigit()]
    years = [n for n in numbers if int(n) > _MOST_DAYS]
    rest = [n for n in numbers if n not in years]
    if len(years) != 1 or not _is_day(rest[0], rest[1] if len(rest) > 1 else "0"):
        return None
    return Born(f"19{years[0]}", "short")


def _is_counted(text: str) -> bool:
    return bool(_BARE.fullmatch(text)) and _EARLIEST <= int(text) <= _LATEST


def are_serials(cells: list[str]) -> bool:
    """Whether the bare numbers of a column are days as a spreadsheet counts them.

    All lie within a life, and one at least is no day, month and year that lost the 0 before them: 30690 is also the
    third of June 1990.

    Args:
        cells: the different cells of the column that are digits alone and no year.
    """
    return all(map(_is_counted, cells)) and not all(map(_is_short_date, cells))


def _is_short_date(digits: str) -> bool:
    one, other = digits[0], digits[1:3]
    return int(one) > 0 and int(other) > 0 and _is_day(one, other)
