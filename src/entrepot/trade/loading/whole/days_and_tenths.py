"""Periods that only the whole column tells: days, which are parts of a month, and 2024.1, a number that lost its zero.

A series is dated by the first day of its months or by their last. Where other days stand among them, or both, rows are
of days, and none of them is its month. A spreadsheet keeps 2024.10 as the number 2024.1, which is January as well.
"""

from __future__ import annotations

import re
from calendar import monthrange
from typing import TYPE_CHECKING

from entrepot.core.words.translate import ntr, tr
from entrepot.trade.loading.faults import EXAMPLE

if TYPE_CHECKING:
    from collections.abc import Collection

    import polars as pl

    from entrepot.trade.loading.faults import Faults

_TIME = re.compile(r"[ t]00:00(?::00(?:\.0+)?)?z?$", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(?P<y>(?:19|20)\d{2})(?P<mark>[-/.]?)(?P<m>\d{2})(?P=mark)(?P<d>\d{2})", re.ASCII)
_YEAR_LAST = re.compile(r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?P=mark)(?P<y>(?:19|20)\d{2})", re.ASCII)
_DOTTED = re.compile(r"(?P<y>(?:19|20)\d{2})\.(?P<m>\d{1,2})", re.ASCII)
_MONTHS, _OCTOBER = 12, 10  # of a year; the month whose number loses its zero
# What the words of a column show, gathered block by block.
_MONTH_FIRST, _DAY_FIRST, _FIRST, _LAST, _OTHER = "month_first", "day_first", "first_day", "last_day", "other_day"
_PADDED, _SINGLE, _TEN, _TENTH, _LATE = "padded", "single", "ten", "tenth", "late "
_DAYS = "days"  # that dates are of days: of several of one month, or of one that begins and ends none


def settled(frame: pl.DataFrame, faults: Faults, seen: set[str], facts: set[str], *, are_parts: bool) -> pl.DataFrame:
    """Rows whose period is a date, or a year with a month behind its point, with their month; others set aside.

    Args:
        frame: with `row` and `period`, as printed.
        faults: told what was read so, and what was not.
        seen: what the periods of the blocks of this reading show; that of this one is added.
        facts: what of it changes how all are read, of all blocks so far; likewise.
        are_parts: whether rows of one flow are added up, so that days are parts of their month.
    """
    import polars as pl

    words = frame["period"].cast(pl.String()).drop_nulls().unique().sort().to_list()
    bare = {w: _TIME.sub("", w.strip()) for w in words}
    _gather(bare.values(), seen, facts)
    found = {w: day for w, b in bare.items() if (day := _day(b, facts))}
    made, aside = _months(found, faults, frame, facts, are_parts=are_parts)
    tenths = {w: b for w, b in bare.items() if (m := _DOTTED.fullmatch(b)) and m["m"] == "1"}
    for word, text in tenths.items():
        month = _tenth(text[:4], facts)
        rows = pl.col("period").cast(pl.String()) == word
        if month:
            made[word] = f"{text[:4]}-{month:02}"
            what = tr(
                "period {example}: a month behind a point, read as month {month} by the other periods of the column",
                example=EXAMPLE,
                month=month,
            )
            faults.add("unreadable", frame.filter(rows)["row"], what, "converted", repr(word))
        else:
            aside[word] = tr(
                "period {word!r} is January, or October as a number that lost its zero, and nothing tells which; write "
                "{january} or {october}",
                word=word,
                january=f"{text[:4]}-01",
                october=f"{text[:4]}-10",
            )
    for what in dict.fromkeys(aside.values()):
        these = [w for w, said in aside.items() if said == what]
        frame = faults.take(frame, pl.col("period").cast(pl.String()).is_in(these), "unreadable", what)
    return frame.with_columns(pl.col("period").cast(pl.String()).replace(made)) if made else frame


def _gather(words: Collection[str], seen: set[str], facts: set[str]) -> None:
    """What all periods so far show that changes how one is read: only that has a file of blocks read once more."""
    for word in words:
        if last := _YEAR_LAST.fullmatch(word):
            if int(last["a"]) > _MONTHS and last["mark"] != ".":
                seen.add(_DAY_FIRST)
            elif int(last["b"]) > _MONTHS:
                seen.add(_MONTH_FIRST)
        if dotted := _DOTTED.fullmatch(word):
            seen.add(_style(dotted["y"], dotted["m"]))
    for word in words:
        if day := _day(word, seen | facts):
            seen.add(_FIRST if day[2] == 1 else _LAST if day[2] == monthrange(*day[:2])[1] else _OTHER)
    facts |= seen & {_MONTH_FIRST, _DAY_FIRST}
    if _OTHER in seen or {_FIRST, _LAST} <= seen:
        facts.add(_DAYS)
    if _TENTH in seen:
        facts |= {fact for fact in seen if fact in {_PADDED, _SINGLE, _TEN} or fact.startswith(_LATE)}


def _style(year: str, month: str) -> str:
    """What a month behind a point shows of how the column writes them."""
    if month == "1":
        return _TENTH
    if int(month) > _OCTOBER:
        return f"{_LATE}{year}"
    return _TEN if month == "10" else _PADDED if month[0] == "0" else _SINGLE


def _day(word: str, facts: set[str]) -> tuple[int, int, int] | None:
    """The year, month and day of a date; None for what is none, or may be two.

    >>> _day("2024-07-31", set()), _day("30.07.2024", set()), _day("07/08/2024", set())
    ((2024, 7, 31), (2024, 7, 30), None)
    >>> _day("07/08/2024", {"month_first"}), _day("07/08/2024", {"day_first"})
    ((2024, 7, 8), (2024, 8, 7))
    """
    if first := _YEAR_FIRST.fullmatch(word):
        return _real(int(first["y"]), int(first["m"]), int(first["d"]))
    last = _YEAR_LAST.fullmatch(word)
    if not last:
        return None
    is_day_first = last["mark"] == "." or (_DAY_FIRST in facts and _MONTH_FIRST not in facts)
    is_month_first = not is_day_first and _MONTH_FIRST in facts and _DAY_FIRST not in facts
    if not is_day_first and not is_month_first:
        return None
    day, month = (int(last["a"]), int(last["b"]))[:: 1 if is_day_first else -1]
    return _real(int(last["y"]), month, day)


def _real(year: int, month: int, day: int) -> tuple[int, int, int] | None:
    return (year, month, day) if 1 <= month <= _MONTHS and 1 <= day <= monthrange(year, month)[1] else None


def _months(
    found: dict[str, tuple[int, int, int]], faults: Faults, frame: pl.DataFrame, facts: set[str], *, are_parts: bool
) -> tuple[dict[str, str], dict[str, str]]:
    """Dates as months, and those that are not read, each with what to say."""
    import polars as pl

    months = {w: f"{y}-{m:02}" for w, (y, m, _) in found.items()}
    if _DAYS not in facts:
        return months, {}
    rows = frame.filter(pl.col("period").cast(pl.String()).is_in(list(found)))["row"]
    if not are_parts:
        what = tr(
            "the period is a day, which is a part of its month and no month; to add the days of each month up, say in "
            'a map [file] rows = "parts"'
        )
        return {}, dict.fromkeys(found, what)
    if len(rows):
        count = len({*found.values()})
        what = ntr(
            count,
            "{count} day is a part of its month; a month of which days are missing is no whole one",
            "{count} days are added up as parts of their months; a month of which days are missing is no whole one",
        )
        faults.add("unreadable", rows, what, "converted")
    return months, {}


def _tenth(year: str, facts: set[str]) -> int:
    """The month of 2024.1 by the other periods of its column: 1, 10, or 0 where they do not tell.

    Two digits elsewhere (2024.07) make it October. Single digits (2024.7) make it January where October stands beside
    it, with its zero, or no later month of that year does.

    >>> _tenth("2024", {"padded"}), _tenth("2024", {"single", "ten"}), _tenth("2024", {"single", "late 2024"})
    (10, 1, 0)
    """
    if _PADDED in facts:
        return 0 if facts & {_SINGLE, _TEN} else _OCTOBER
    if _TEN in facts or (_SINGLE in facts and f"{_LATE}{year}" not in facts):
        return 1
    return 0
