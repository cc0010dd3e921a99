"""The detention clock: by which day each step of a detained shipment falls due.

The steps are data of the measure (its `[clock]`); here they are counted. Working days are Monday to Friday
without US federal holidays as observed (5 USC 6103, see federal_holidays); days on which an
executive order closes federal offices are not among them. The day counted from is day zero.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day
from entrepot.core.words.translate import in_english, tr
from entrepot.measures.federal_holidays import federal_holidays
from entrepot.measures.measure import measure

if TYPE_CHECKING:
    from entrepot.measures.act import Clock, Measure, Step

SATURDAY = 5  # date.weekday()
_MONTHS = 12  # of a year
_LAST_YEAR = 9990  # dates end with 9999, and no step of a clock takes nine years


@dataclass(frozen=True, slots=True)
class DueStep:
    """A step with its day.

    Attributes:
        id, name, rule, citation, verified, sources: from the measure's clock.
        counted_from: day zero.
        due: the last day of the step.
        days, months: how many, one of the two, of `day_kind` working or calendar.
        skipped: holidays on weekdays that the count passed over, with their names; empty for calendar days.
    """

    id: str
    name: str
    due: date
    counted_from: date
    days: int
    months: int
    day_kind: str
    rule: str
    citation: str
    verified: str
    sources: tuple[str, ...]
    skipped: tuple[tuple[date, str], ...]


@in_english
def detention_clock(
    presented: date, *, detained: date | None = None, measure_id: str | Measure = "uflpa"
) -> tuple[DueStep, ...]:
    """The steps of a detention with their due dates, in order.

    Args:
        presented: the day on which the goods were presented to CBP for examination; of a clock that counts from
            importation, the day of importation.
        detained: the day of CBP's decision to detain, if earlier than the end of the first step; without
            it, or if later, the goods count as detained at the end of that step.
        measure_id: a measure that has a clock, its id, or a file of one's own.

    Raises:
        UnknownNameError: no such measure.
        BadInputError: the measure has no clock, or the goods were detained before they were presented.
    """
    act = measure(measure_id)
    return due_steps(_clock_of(act), presented, detained)


def refuse_earlier(presented: date, named: str | Measure) -> None:
    """Refuse goods of a day on which the clock of a measure did not yet run.

    Raises:
        UnknownNameError: no such measure.
        BadInputError: the measure has no clock, or the day is earlier; says what holds for it.
    """
    act = measure(named)
    clock = _clock_of(act)
    if clock.start is not None and presented < first_day(clock.start):
        raise BadInputError(
            tr("the clock of {id} does not run for goods of that day", id=act.id),
            found=f"{presented}",
            allowed=tr("a day from {start} on", start=clock.start),
            remedy=tr(clock.before),
        )


def due_steps(clock: Clock, presented: date, detained: date | None = None) -> tuple[DueStep, ...]:
    """The clock's steps counted from the days given; pure."""
    if detained is not None and detained < presented:
        raise BadInputError(
            tr("detained before presented"),
            found=f"{detained}",
            allowed=tr("a day from {presented} on", presented=presented),
        )
    if presented.year > _LAST_YEAR or (detained is not None and detained.year > _LAST_YEAR):
        raise BadInputError(
            tr("the calendar ends before the deadlines"),
            found=f"{presented}",
            allowed=tr("a day up to {last_year}", last_year=_LAST_YEAR),
        )
    points = {"presented": presented, "imported": presented}
    steps: list[DueStep] = []
    for step in clock.steps:
        if step.counts_from == "detained" and "detained" not in points:
            deemed = steps[0].due if steps else presented
            points["detained"] = min(detained, deemed) if detained else deemed
        steps.append(_count(step, points[step.counts_from]))
        points[step.id] = steps[-1].due
    return tuple(steps)


def _clock_of(act: Measure) -> Clock:
    if act.clock is None:
        raise BadInputError(
            tr("this measure has no clock"), found=act.id, allowed=tr("a measure with [clock], such as uflpa")
        )
    return act.clock


def _count(step: Step, start: date) -> DueStep:
    due = months_later(start, step.months) + timedelta(days=step.days)
    skipped: tuple[tuple[date, str], ...] = ()
    if step.day_kind == "working":
        due, skipped = add_working_days(start, step.days)
    return DueStep(
        id=step.id,
        name=step.name,
        due=due,
        counted_from=start,
        days=step.days,
        months=step.months,
        day_kind=step.day_kind,
        rule=step.rule,
        citation=step.citation,
        verified=step.verified,
        sources=step.sources,
        skipped=skipped,
    )


def months_later(start: date, months: int) -> date:
    """The same day so many calendar months later; of a month that is shorter the last day."""
    year, month = divmod(start.year * _MONTHS + start.month - 1 + months, _MONTHS)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def add_working_days(start: date, count: int) -> tuple[date, tuple[tuple[date, str], ...]]:
    """The day `count` working days after `start`, and the weekday holidays passed over on the way."""
    day, left, skipped = start, count, []
    while left:
        day += timedelta(days=1)
        if day.weekday() >= SATURDAY:
            continue
        holiday = federal_holidays(day.year).get(day)
        if holiday is None:
            left -= 1
        else:
            skipped.append((day, holiday))
    return day, tuple(skipped)
