"""On which days a crossing was open, by what is on record, and what share of a month a window holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from entrepot.core.periods import first_day, last_day
from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.series.contract import SHUT_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

MONTHS = 12  # of a year


@dataclass(frozen=True, slots=True)
class OpenDays:
    """The calendar of a place over whole months.

    Attributes:
        first: number of the first month, twelve times the year and the months since January.
        days: open or shut by day, from the first of the first month.
        starts: place in `days` at which each month begins, and the end.
        breaks: numbers of months from which on the level before says little.
        openings: numbers of months of temporary openings, whose level is their own.
    """

    first: int
    days: NDArray[np.bool_]
    starts: NDArray[np.int64]
    breaks: tuple[int, ...] = ()
    openings: tuple[int, ...] = ()

    @property
    def months(self) -> int:
        """How many months there are."""
        return len(self.starts) - 1

    @property
    def open_days(self) -> Array:
        """Days open by month."""
        return np.asarray(np.add.reduceat(self.days.astype(np.float64), self.starts[:-1]), dtype=np.float64)

    def shares(self, start: date, end: date) -> Array:
        """What share of each month's open days lies in a window, both ends included.

        Args:
            start: first day.
            end: last day.

        Returns:
            By month, 0 to 1; 0 where the month has no open day.
        """
        origin = _first_of(self.first)
        inside = np.zeros(len(self.days), dtype=np.float64)
        inside[max(0, (start - origin).days) : max(0, (end - origin).days + 1)] = 1.0
        within = np.add.reduceat(inside * self.days, self.starts[:-1])
        held = self.open_days
        return np.asarray(within / np.where(held > 0, held, 1.0), dtype=np.float64)


def month_number(day: date) -> int:
    """The number of a day's month."""
    return MONTHS * day.year + day.month - 1


def _first_of(number: int) -> date:
    return date(number // MONTHS, number % MONTHS + 1, 1)


def month_name(number: int) -> str:
    """A month as it is written: 2024-11."""
    return f"{number // MONTHS}-{number % MONTHS + 1:02d}"


def open_days(place_id: str, first: int, last: int, without: frozenset[str] = frozenset()) -> OpenDays:
    """The calendar of a place; one without a row on record is open every day.

    Args:
        place_id: the place.
        first: number of the first month.
        last: of the last.
        without: rows of the record that are supposed not to have happened: the calendar as it would have been.
    """
    origin, end = _first_of(first), _first_of(last + 1)
    days = np.ones((end - origin).days, dtype=np.bool_)
    held = shut_rows(place_id, without)
    for row in held:
        for start, stop in _spells(row, origin, end):
            days[max(0, (start - origin).days) : max(0, (stop - origin).days + 1)] = row["state"] == "open"
    starts = np.array([(_first_of(n) - origin).days for n in range(first, last + 2)], dtype=np.int64)
    inside = range(first, last + 1)
    return OpenDays(
        first,
        days,
        starts,
        tuple(n for n in _breaks(held) if n in inside and n > first),
        tuple(n for n in _openings(held) if n in inside),
    )


def _breaks(rows: Sequence[dict[str, Any]]) -> list[int]:
    starts = {month_number(first_day(r["first"])) for r in rows if r["break_at"]}
    ends = {month_number(last_day(r["last"]) + timedelta(1)) for r in rows if r["break_at"] == "both"}
    return sorted(starts | ends)


def _openings(rows: Sequence[dict[str, Any]]) -> list[int]:
    spells = [r for r in rows if r["state"] == "open" and r["break_at"] != "start"]
    return sorted({month_number(d) for r in spells for d in (first_day(r["first"]), last_day(r["last"]))})


@cache
def _all_rows() -> tuple[dict[str, Any], ...]:
    return tuple(packaged_rows(SHUT_DAYS))


def shut_rows(place_id: str, without: frozenset[str] = frozenset()) -> Sequence[dict[str, Any]]:
    """The rows of the calendar of a place, in the order in which a later one overrules an earlier one.

    Args:
        place_id: the place.
        without: rows of the record that are supposed not to have happened: what rests on them falls, and what would
            have been without them stands.
    """
    here = [row for row in _all_rows() if row["place_id"] == place_id]
    held = [r for r in here if not r["would_be_without"] and not without & set(r["rests_on"])]
    return held + [r for r in here if r["would_be_without"] in without]


def _spells(row: dict[str, Any], origin: date, end: date) -> list[tuple[date, date]]:
    """The spells of a row: one, or one in each winter."""
    first, last = first_day(row["first"]), last_day(row["last"])
    if not row["season_start"]:
        return [(first, last)]
    out = []
    for year in range(max(first.year, origin.year - 1), min(last.year, end.year) + 1):
        start = date.fromisoformat(f"{year}-{row['season_start']}")
        ends_next = row["season_end"] < row["season_start"]
        stop = last_day(f"{year + ends_next}-{row['season_end']}")
        out.append((max(start, first), min(stop, last)))
    return [(a, b) for a, b in out if a <= b]
