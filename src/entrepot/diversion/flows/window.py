"""Which periods lie before a measure and which after, and what the flows allow to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.document.hinted import Hinted, hinted
from entrepot.core.periods import last_day
from entrepot.core.words.translate import tr
from entrepot.diversion.expected.baseline import Window
from entrepot.diversion.flows import calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.flows.panel import Names, Panel
    from entrepot.diversion.question import Question

# Days, a fifth of a year: with fewer behind the day it counts as after all the same, and the scan says so. A
# convention.
_MUCH_OF_A_YEAR = 73


def window_of(panel: Panel | Names, question: Question) -> Window:
    """The columns before and after the day.

    Raises:
        BadInputError: the flows do not reach to both sides.
    """
    after = calendar.first_after(panel.periods, question.since)
    within = _whole(panel.periods, question) if _by_its_end(question) else None
    end = max(calendar.last_within(panel.periods, question.until) if within is None else within, after + 1)
    return Window(after, end, panel.frequency)


def _by_its_end(question: Question) -> bool:
    """Whether the last day looked at is the measure's own."""
    return question.ended is not None and question.until == question.ended


def _whole(periods: Sequence[str], question: Question) -> int:
    """How many periods lie before the end of the measure as a whole: of one that it left, the rest is without it."""
    return sum(last_day(p) <= question.until for p in periods if question.until)


def window_told(panel: Panel | Names, window: Window, question: Question) -> tuple[str, ...]:
    """What a reader must know of the periods that count as after, in sentences."""
    last = panel.periods[window.end - 1]
    further = window.end < len(panel.periods)
    return *hardly_after(panel, window, question), *end_told(question, last, further=further)


def end_told(question: Question, last: str, *, further: bool) -> tuple[str, ...]:
    """That the measure has ended, and what is looked at therefore, in a sentence; nothing where it has not.

    Args:
        question: what is asked.
        last: the last period that is looked at.
        further: whether the flows reach further.
    """
    day = question.ended
    if day is None:
        return ()
    names = {"measure": question.measure, "day": day, "last": last}
    if _by_its_end(question):
        said = tr("{measure} ended on {day}: looked at up to {last}.", **names)
        return (hinted(said, tr("--until DATE looks further.")),) if further else ()
    if last_day(last) <= day:
        return ()
    said = tr("{measure} ended on {day}: what was traded after that, up to {last}, counts as under it.", **names)
    return (hinted(said, tr("Leave out --until to end with it.")),)


def hardly_after(panel: Panel | Names, window: Window, question: Question) -> tuple[str, ...]:
    """That the year of the day counts as after, though little of it is, in a sentence; nothing where much is.

    It does not count as before: a measure is known before its day, and what moved early would enter the baseline.
    """
    year = panel.periods[window.after]
    left = (last_day(year) - question.since).days + 1
    if window.frequency != "year" or left >= _MUCH_OF_A_YEAR or window.end - window.after == 1:
        return ()
    behind = f"{left} days of {year} lie behind {question.since}, and it counts as after"
    return (Hinted(f"{behind}: --since {panel.periods[window.after + 1]} counts it as before.", f"{behind}."),)


def only_origin_reports(names: Names, origin: str) -> bool:
    """Whether nobody but the origin counted anything: what leaves a hub cannot be seen then."""
    return {place for _, place in names.valuations} == {origin}
