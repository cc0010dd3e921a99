"""The effect of an event: what passed beside what would have passed, and the same where nothing is on record."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.corridors.series.estimate import estimate
from entrepot.corridors.series.linear_reports import Frame, reached, reports_of, year_earlier
from entrepot.corridors.series.open_days import MONTHS, month_number
from entrepot.corridors.series.series import INTERVAL, WIDEST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.effects.dated_event import DatedEvent
    from entrepot.corridors.series.quantities import Quantity
    from entrepot.corridors.ties.window_report import Report

    Array = NDArray[np.float64]

_HALF = 0.5  # of a month's days: a month of which more lies in the event is the event's
# Of an event that lasts no longer, what was reported after it tells what would have been; after years the level that is
# found is itself the event's doing.
_PASSES = timedelta(days=183)
_FIRST_YEAR = timedelta(days=364)  # of an event that goes on: later, other things have happened too
_SMALL = 0.25  # of what was expected: the doubt of what passed is then a quarter of the effect at most
_MOST_PLACEBOS = 8  # a second of CPU each; with eight the least share that can be told from none is one in nine


@dataclass(frozen=True, slots=True, eq=False)
class Effect:
    """What is found over some months.

    Attributes:
        months: numbers of the first and the last.
        actual: draws of what passed; None where nothing reported covers it.
        expected: draws of what would have passed; None where nothing tells.
        why: why nothing can be said; empty where it can.
        reports: ids of the reports under it.
        placebos: of other windows, what passed as a share of what was expected; where none was, what passed.
    """

    months: tuple[int, int]
    actual: Array | None
    expected: Array | None
    why: str
    reports: tuple[str, ...] = ()
    placebos: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: of which reports, over which months, and what is supposed not to have happened.

    Attributes:
        place_id: the place.
        reports: all that was reported.
        span: numbers of the first and the last month.
        months: of the event.
        does_pass: whether what was reported after it tells what would have been.
        without: rows of the record that are supposed not to have happened.
    """

    place_id: str
    reports: tuple[Report, ...]
    span: tuple[int, int]
    months: tuple[int, int]
    does_pass: bool
    without: frozenset[str]


def effects(event: DatedEvent, quantity: Quantity) -> Iterator[Effect]:
    """The effect of an event on a quantity, over all its months and, where they are of several years, by year.

    Args:
        event: the event.
        quantity: with at least one report.
    """
    reports = reports_of(quantity)
    first, last = reached(reports)
    months = _months(event, last)
    if months is None:
        yield Effect((month_number(event.start),) * 2, None, None, tr("no report is of a time after it began"))
        return
    span = min(first, months[0]), max(last, months[1])
    does_pass = event.end is not None and event.end - event.start <= _PASSES
    asked = Question(quantity.place_id, tuple(reports), span, months, does_pass, frozenset({event.id}))
    yield from _answers(asked)


def _months(event: DatedEvent, last: int) -> tuple[int, int] | None:
    """Months of which the event holds half or more, up to the last that is reported; None where there is none."""
    end = event.end or min(_last_of(last), event.start + _FIRST_YEAR)
    inside = [
        n for n in range(month_number(event.start), month_number(end) + 1) if _share(n, event.start, end) >= _HALF
    ]
    return (inside[0], inside[-1]) if inside else None


def _last_of(number: int) -> date:
    return _first_of(number + 1) - timedelta(1)


def _first_of(number: int) -> date:
    return date(number // MONTHS, number % MONTHS + 1, 1)


def _share(number: int, start: date, end: date) -> float:
    first, last = _first_of(number), _last_of(number)
    return max(0, (min(last, end) - max(first, start)).days + 1) / ((last - first).days + 1)


def _answers(asked: Question) -> Iterator[Effect]:
    windows = [asked.months, *_years(asked.months)]
    covering = [r for r in asked.reports if r.sense != "growth" and _overlaps(r, asked.months)]
    actual = estimate(Frame(asked.place_id, asked.span, shaken=asked.months), asked.reports).amounts
    is_shut = not actual[:, _slice(asked.months, asked.span)].any()
    apart = _telling(asked)
    if not covering and not is_shut:
        yield from (Effect(w, None, None, tr("no report covers it")) for w in windows)
        return
    if not any(r.sense != "growth" for r in apart):
        yield from (Effect(w, None, None, tr("nothing is reported from before it")) for w in windows)
        return
    expected = estimate(Frame(asked.place_id, asked.span, asked.without), apart, seed=71).amounts
    for window in windows:
        at = _slice(window, asked.span)
        had, would = actual[:, at].sum(axis=1), expected[:, at].sum(axis=1)
        why = _why(had, would)
        ids = tuple(dict.fromkeys(i for r in (*covering, *apart) for i in r.ids))
        is_tested = window == asked.months and not why
        placebos = () if not is_tested else _placebos(asked) if would.any() else _earlier_years(asked, actual)
        yield Effect(window, had, would, why, ids, placebos)


def _why(had: Array, would: Array) -> str:
    if not (had.any() or would.any()):
        return tr("nothing passes in these months, with or without it")
    open_ends = [] if _is_known(had) or _is_small(had, would) else [tr("what passed")]
    open_ends += [] if _is_known(would) else [tr("what would have passed")]
    return (
        tr("the record leaves {open_ends} open by more than a factor of three", open_ends=" and ".join(open_ends))
        if open_ends
        else ""
    )


def _is_known(drawn: Array) -> bool:
    low, _, high = np.quantile(drawn, INTERVAL)
    return bool(high <= WIDEST * low)


def _is_small(had: Array, would: Array) -> bool:
    """Whether what passed is so much less than what was expected that its own doubt hardly matters."""
    return bool(np.quantile(had, INTERVAL[2]) < _SMALL * np.median(would))


def _years(months: tuple[int, int]) -> list[tuple[int, int]]:
    years = range(months[0] // MONTHS, months[1] // MONTHS + 1)
    if len(years) == 1 or months[1] - months[0] < MONTHS:
        return []
    return [(max(months[0], y * MONTHS), min(months[1], y * MONTHS + MONTHS - 1)) for y in years]


def _slice(window: tuple[int, int], span: tuple[int, int]) -> slice:
    return slice(window[0] - span[0], window[1] - span[0] + 1)


def _overlaps(report: Report, months: tuple[int, int]) -> bool:
    return month_number(report.start) <= months[1] and month_number(report.end) >= months[0]


def _telling(asked: Question) -> list[Report]:
    """Reports that the event has not touched: before it, and of one that passes, after it."""
    out = []
    for one in asked.reports:
        start = year_earlier(one.start) if one.sense == "growth" else one.start
        is_before = month_number(one.end) < asked.months[0]
        if is_before or (asked.does_pass and month_number(start) > asked.months[1]):
            out.append(one)
    return out


def _earlier_years(asked: Question, actual: Array) -> tuple[float, ...]:
    """What passed in the same months of earlier years, where an event let pass what had not passed before."""
    out = []
    for back in range(MONTHS, _MOST_PLACEBOS * MONTHS + 1, MONTHS):
        window = (asked.months[0] - back, asked.months[1] - back)
        if window[0] < asked.span[0]:
            break
        had = actual[:, _slice(window, asked.span)].sum(axis=1)
        if not had.any() or _is_known(had):
            out.append(float(np.median(had)))
    return tuple(out)


def _placebos(asked: Question) -> tuple[float, ...]:
    """The same question of windows before the event, all of it left out; those that can be answered."""
    length = asked.months[1] - asked.months[0]
    before = tuple(r for r in asked.reports if month_number(r.end) < asked.months[0])
    if length >= MONTHS or not any(r.sense != "growth" for r in before):
        return ()
    starts = range(asked.months[0] - length - 1, asked.span[0] + length, -(length + 1))
    out: list[float] = []
    for start in starts:
        window = (start, start + length)
        found = _placebo(asked, before, window)
        if found is not None:
            out.append(found)
        if len(out) == _MOST_PLACEBOS:
            break
    return tuple(out)


def _placebo(asked: Question, before: Sequence[Report], window: tuple[int, int]) -> float | None:
    put = Question(asked.place_id, tuple(before), asked.span, window, asked.does_pass, frozenset())
    apart = _telling(put)
    covering = [r for r in before if r.sense == "exact" and _overlaps(r, window)]
    if not covering or not any(r.sense != "growth" for r in apart):
        return None
    at = _slice(window, asked.span)
    had = estimate(Frame(asked.place_id, asked.span, shaken=window), before, count=100).amounts[:, at].sum(axis=1)
    would = estimate(Frame(asked.place_id, asked.span), apart, count=100).amounts[:, at].sum(axis=1)
    if not (had.any() and _is_known(had) and _is_known(would)):
        return None
    return float(np.median(had) / np.median(would))
