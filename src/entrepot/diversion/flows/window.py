"""Which periods lie before a measure and which after, and what the flows allow to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.document.hinted import Hinted
from entrepot.core.periods import last_day
from entrepot.diversion.expected.baseline import Window
from entrepot.diversion.flows import calendar

if TYPE_CHECKING:
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
    end = max(calendar.last_within(panel.periods, question.until), after + 1)
    return Window(after, end, panel.frequency)


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
