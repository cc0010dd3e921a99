"""Which periods lie before a measure and which after, and what the flows allow to be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.periods import first_day
from entrepot.diversion import calendar
from entrepot.diversion.baseline import Window

if TYPE_CHECKING:
    from entrepot.diversion.panel import Names, Panel
    from entrepot.diversion.question import Question


def window_of(panel: Panel | Names, question: Question) -> Window:
    """The columns before and after the day.

    Raises:
        BadInputError: the flows do not reach to both sides.
    """
    after = calendar.first_after(panel.periods, question.since)
    end = max(calendar.last_within(panel.periods, question.until), after + 1)
    return Window(after, end, panel.frequency)


def counted_before(panel: Panel | Names, window: Window, question: Question) -> tuple[str, ...]:
    """That the year of the day counts as before, in a sentence; nothing where it counts as after."""
    first = panel.periods[window.after]
    if first_day(first) <= question.since:
        return ()
    return (f"Little of {question.since.year} lies behind {question.since}: {first} is the first period after.",)


def only_origin_reports(names: Names, origin: str) -> bool:
    """Whether nobody but the origin counted anything: what leaves a hub cannot be seen then."""
    return {place for _, place in names.valuations} == {origin}
