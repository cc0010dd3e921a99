"""Months together in a cell of periods: January with February, a year so far, the total of the months above it."""

from __future__ import annotations

import re

from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_periods import month_number, period_of, span_in, span_of
from entrepot.vocabulary import partners

_YEAR = r"(?:19|20)\d{2}"
# 202301-202302, 2023-01 to 2023-02. With one year alone it is a day: 2023-01-02.
_NUMBERED = re.compile(
    rf"(?P<y>{_YEAR})[-/.]?(?P<a>\d{{2}})\s*(?:[-–—~]|to)\s*(?P<z>{_YEAR})[-/.]?(?P<b>\d{{2}})", re.ASCII
)
_OF_A_YEAR = re.compile(rf"(?<!\d){_YEAR}(?!\d)", re.ASCII)
_MONTHS = 12  # of a year
_WORLD = "+WLD"  # what words for a sum of all stand for


def period_together(printed: str) -> str:
    """A period as ours: as `period_of`, and months from one to another by number where they are a quarter or a year.

    >>> [period_together(p) for p in ("202301-202303", "2023-01 to 2023-12", "202301-202302", "2023-05")]
    ['2023-Q1', '2023', '', '2023-05']
    """
    if found := period_of(printed):
        return found
    year, first, last = _months(printed)
    return span_of(year, first, last) if year else ""


def summed_by(printed: str) -> tuple[str, ...]:
    """The periods whose sum a cell says that it is: months, a year of whose months it is, or "" for all of the table.

    Empty where the cell is no sum.

    >>> summed_by("202301-202302"), summed_by("Total 2023"), summed_by("Total"), summed_by("2023")
    (('2023-01', '2023-02'), ('2023',), ('',), ())
    """
    if period_together(printed):
        return ()
    year, first, last = _months(printed)
    if year:
        return tuple(f"{year}-{month:02}" for month in range(first, last + 1))
    bare = _OF_A_YEAR.sub(" ", printed)
    if re.search(r"\d", bare) or all(partners.code_of(w.strip(".,:")) != _WORLD for w in bare.split()):
        return ()
    years = _OF_A_YEAR.findall(printed)
    return (years[0] if len(years) == 1 else "",) if len(years) <= 1 else ()


def to_write(printed: str) -> str:
    """What a person does about such a cell, in words; empty where it is none."""
    of = summed_by(printed)
    if not of:
        return ""
    if len(of) > 1:
        return tr(
            "; months together are no period: write the one under which they are to stand, as the last, {last}",
            last=of[-1],
        )
    return tr(
        "; a total of months that are no rows: write the year in its place where it is of the whole year, else leave "
        "these rows out"
    )


def _months(printed: str) -> tuple[str, int, int]:
    """Year, first and last month of several; nothing where a cell names none."""
    text = printed.strip().casefold()
    if found := _NUMBERED.fullmatch(text):
        first, last = int(found["a"]), int(found["b"])
        if found["y"] == found["z"] and 1 <= first < last <= _MONTHS:
            return found["y"], first, last
    _, end = span_in(text)
    return (end[:4], _first(text), int(end[5:])) if end and _first(text) else ("", 0, 0)


def _first(text: str) -> int:
    """The first month of a span in words, as `span_in` reads it."""
    words = (month_number(w) for w in re.findall(r"[^\W\d_]{3,}|(?<!\d)\d{1,2}(?!\d)", text))
    return next((n for n in words if n), 0)
