"""Fiscal years that a heading or a cell names by one of their two years, as both: FY23 of Pakistan is 2022-23.

Offices differ in which year they name, so it is known of an office and of no text: where nothing says who reports, or
nothing is known of that office, the year stays as it is and is asked about.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable, packaged_rows
from entrepot.core.words.translate import tr
from entrepot.trade.loading.printed.printed_headings import role_of
from entrepot.trade.loading.printed.printed_periods import month_number, names_one_of_two
from entrepot.vocabulary import partners

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

FISCAL_NAMES = PackagedTable(
    Contract(
        name="fiscal_names",
        meaning="By which of its two years the office of a country names a fiscal year, where it names one alone.",
        grain=("reporter",),
        columns=(
            Column("reporter", "text", "ISO alpha-3"),
            Column("named_by", "text", "the year in which it begins, or ends", allowed=("first", "last")),
            SOURCE,
        ),
    ),
    "entrepot.trade",
    "fiscal_names.csv",
)
_YEAR = re.compile(r"\bfy\s*['’]?(\d{4}|\d{2})(?!\s*[-–/]?\s*\d)", re.IGNORECASE)
_CENTURY = 100  # years
_NEWEST = 50  # of two digits: FY49 is of this century, FY97 of the one before


def both_years(text: str, reporter: str) -> str:
    """A text with both years of a fiscal year that it names by one; as it is where that is not known, or of a part.

    >>> both_years("FY23", "PAK"), both_years("FY2022 Value", "JPN"), both_years("Jul-Aug FY24", "PAK")
    ('2022-23', '2022-23 Value', 'Jul-Aug FY24')
    >>> both_years("FY23", ""), both_years("FY 1999", "PAK"), both_years("FY00", "PAK")
    ('FY23', '1998-99', '1999-00')
    """
    by = _known().get(reporter, "")
    if not by or not names_one_of_two(text) or any(map(month_number, re.findall(r"[^\W\d_]{3,}", text))):
        return text
    return _YEAR.sub(lambda found: _both(found[1], is_first=by == "first"), text)


def _both(printed: str, *, is_first: bool) -> str:
    year = int(printed)
    if len(printed) == len("23"):
        year += 20 * _CENTURY if year < _NEWEST else 19 * _CENTURY
    first = year if is_first else year - 1
    return f"{first}-{(first + 1) % _CENTURY:02}"


@cache
def _known() -> dict[str, str]:
    return {row["reporter"]: row["named_by"] for row in packaged_rows(FISCAL_NAMES)}


def with_both_years(frame: pl.DataFrame, told: Mapping[str, str]) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """A table whose headings and periods name fiscal years by both of their years; and a note.

    Args:
        frame: cells as text, with their `row`.
        told: what a map or the title says: who reports among it, where no column does.
    """
    import polars as pl

    column = next((c for c in frame.columns if role_of(c) == "reporter"), "")
    words = frame[column].drop_nulls().unique().to_list() if column and frame[column].dtype == pl.String() else []
    codes = {partners.code_of(w) for w in words or [told.get("reporter", "")] if w}
    reporter = codes.pop() if len(codes) == 1 else ""
    named = {c: both for c in frame.columns for both in [both_years(c, reporter)] if both != c}
    named = {c: both for c, both in named.items() if both not in frame.columns}
    frame, made = frame.rename(named), dict(named)
    for name in [c for c in frame.columns if role_of(c) == "period" and frame[c].dtype == pl.String()]:
        cells = {w: both_years(w, reporter) for w in frame[name].drop_nulls().unique().to_list()}
        made |= {w: both for w, both in cells.items() if both != w}
        frame = frame.with_columns(pl.col(name).replace(cells))
    if not made:
        return frame, ()
    first = min(made)
    note = tr(
        "{first!r} is read as {both}: by the year that it names, the office of {reporter} means the one in which a "
        "fiscal year {by}.",
        first=first,
        both=made[first],
        reporter=reporter,
        by=tr("begins") if _known()[reporter] == "first" else tr("ends"),
    )
    return frame, (note,)
