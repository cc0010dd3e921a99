"""Fiscal years in English: where one begins, and whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from entrepot.claims.dates import days as calendar
from entrepot.claims.dates.date_patterns import span
from entrepot.claims.dates.english_words import COUNTS, ORDINALS, month_of

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.dates.days import Span

_BEGINS = 7  # July, in Pakistan


def start(m: re.Match[str]) -> int:
    """The calendar year in which the fiscal year of a match begins; group `f` is its year, `g` the second of two."""
    first = int(m["f"]) if len(m["f"]) > len("24") else 2000 + int(m["f"])
    return first if m["g"] else first - 1  # fiscal 2024 ends in 2024


def months(m: re.Match[str], first: int, last: int) -> tuple[date, date]:
    """The months of a year that two years name: July-March (2023-24) ends in 2024."""
    year = start(m) + (first < _BEGINS)
    return calendar.months(year, first, last, year + (last < first))


def country(text: str) -> str:
    """Whose fiscal year a sentence means."""
    return "US" if re.search(r"\b(?:CBP|US|U\.S\.|UFLPA)\b", text) else "PK"


def running(count: int, published: date, whose: str) -> tuple[date, date]:
    """The first months of the fiscal year that runs at publication, or of the last that has them whole."""
    first, _ = calendar.fiscal_year(published.year, whose)
    last = (first.month + count - 2) % 12 + 1
    year = published.year
    while True:
        found = calendar.months(year, first.month, last, year + (last < first.month))
        if found[1] <= published:
            return found
        year -= 1


def months_of(m: re.Match[str], count: int) -> Span:
    """The first `count` months of the fiscal year of a match."""
    first, _ = calendar.fiscal_year(start(m), "PK")
    last = (first.month + count - 2) % 12 + 1
    return span(m, calendar.months(first.year, first.month, last, first.year + (last < first.month)), "stated", "range")


def months_of_this(m: re.Match[str], published: date | None) -> Span:
    """The first months of the fiscal year that runs, or of the one in brackets."""
    count = COUNTS[m["n"].lower()]
    if m["f"]:
        return months_of(m, count)
    found = None if published is None else running(count, published, country(m.string))
    return span(m, found, "relative", "range")


def part(m: re.Match[str], _published: date | None) -> Span | None:
    """A quarter or half of a fiscal year."""
    length = 3 if m["p"].lower() == "quarter" else 6
    index = ORDINALS[m["o"].lower()]
    first, _ = calendar.fiscal_year(start(m), country(m.string))
    begins = first.month - 1 + (index - 1) * length
    if index * length > 12:  # noqa: PLR2004 - months of a year
        return None
    ends = begins + length - 1
    opens = calendar.months(first.year + begins // 12, begins % 12 + 1, begins % 12 + 1)[0]
    return span(
        m, (opens, calendar.months(first.year + ends // 12, ends % 12 + 1, ends % 12 + 1)[1]), "stated", "range"
    )


def between(m: re.Match[str], _published: date | None) -> Span | None:
    """From a month to a month of a fiscal year said by its two years."""
    if (int(m["f"]) + 1) % 100 != int(m["g"]):
        return None
    return span(m, months(m, month_of(m["a"]), month_of(m["b"])), "stated", "range")


def whole(m: re.Match[str], _published: date | None) -> Span:
    """A fiscal year."""
    return span(m, calendar.fiscal_year(start(m), country(m.string)), "stated", "range")
