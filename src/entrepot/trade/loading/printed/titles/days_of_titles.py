"""Days in a title: the day of an extraction or a revision is no period of the figures below.

What names a whole year by its first and its last day is that year; other days, and spans of them, are none of ours.
"""

from __future__ import annotations

import re

from entrepot.trade.loading.printed.printed_periods import month_number

_YEAR = r"(?P<y>(?:19|20)\d{2})"
_WORD = r"(?P<m>[^\W\d_]{3,})\.?"
_FORMS = tuple(
    re.compile(rf"(?<![\d/.-]){form}(?![\d/-]|\.\d)")
    for form in (
        rf"(?P<a>\d{{1,2}})\s?([/.-])\s?(?P<b>\d{{1,2}})\s?\2\s?{_YEAR}",  # 01/02/2024, whichever is the day
        rf"{_YEAR}([/.-])(?P<a>\d{{1,2}})\2(?P<b>\d{{1,2}})",
        rf"{_YEAR}\s?[年년]\s?(?P<a>\d{{1,2}})\s?[月월]\s?(?P<b>\d{{1,2}})\s?[日일]",
        rf"(?P<b>\d{{1,2}})(?:st|nd|rd|th|er|º|\.)?\s+(?:(?:of|de|di)\s+)?{_WORD},?\s+(?:de\s+)?{_YEAR}",
        rf"{_WORD}\s+(?P<b>\d{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}",
    )
)
_MONTHS, _DAYS = 12, 31  # the largest number of either in a day as it is written
_FIRST, _LAST = {1}, {_MONTHS, _DAYS}  # of a year, whichever of the two numbers is the day


def without_days(line: str) -> str:
    """A line of a title without the days that it names, unless they are the first and the last of one year.

    >>> without_days("Data extracted 01/02/2024"), without_days("Exports, March 2024 (updated 15 April 2024)")
    ('Data extracted  ', 'Exports, March 2024 (updated  )')
    >>> without_days("Trade from 01/01/2023 to 31/12/2023"), without_days("2023.1-12"), without_days("Q1 2024")
    ('Trade from 01/01/2023 to 31/12/2023', '2023.1-12', 'Q1 2024')
    """
    days = sorted((m for form in _FORMS for m in form.finditer(line) if _is_day(m)), key=lambda m: m.start())
    ends = [{_number(m, "a" if "a" in m.groupdict() else "m"), int(m["b"])} for m in days]
    if ends == [_FIRST, _LAST] and len({m["y"] for m in days}) == 1:
        return line
    for found in reversed(days):
        line = f"{line[: found.start()]} {line[found.end() :]}"
    return line


def _is_day(found: re.Match[str]) -> bool:
    """Whether what looks like a day is one: a month of a name that is known, or by its number."""
    month = _number(found, "a" if "a" in found.groupdict() else "m")
    days = {month, int(found["b"])}
    return 0 < min(days) <= _MONTHS and max(days) <= _DAYS


def _number(found: re.Match[str], name: str) -> int:
    return int(found[name]) if found[name].isdigit() else month_number(found[name])
