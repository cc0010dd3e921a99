"""Measures: legal acts on trade as dated data, one file each under data/acts that a lawyer can correct.

`measure("uflpa")` is the whole file; `as_of(measure, day)` is what held on that day, with what had ended
and what was already announced set apart. How a file is written: docs/measures.md. Why it is so:
docs/design/03-measures.md.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day, last_day
from entrepot.measures.acts import read_all

if TYPE_CHECKING:
    from datetime import date

    from entrepot.measures.model import Measure, Part


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure, in order of id.

    Raises:
        UnreadableFileError: a measure file breaks its rules; names the file and the key.
    """
    return read_all()


def measure(measure_id: str) -> Measure:
    """The measure of that id.

    Raises:
        UnknownNameError: with the nearest ids.
    """
    known = {m.id: m for m in measures()}
    found = known.get(measure_id.strip().casefold())
    if found is None:
        raise UnknownNameError("measure", measure_id, known, remedy="`entrepot measures` lists them.")
    return found


def state(part: Part, day: date) -> str:
    """Whether a part is in force on a day: in_force, ended, scheduled, or not_known (not yet published then).

    An end written to the month or year means some day of it, so the part counts as in force to its last day.
    A part whose start is not known counts as in force.
    """
    if part.end is not None and last_day(part.end) < day:
        return "ended"
    if part.start is None or first_day(part.start) <= day:
        return "in_force"
    known = part.known_from or part.start
    return "scheduled" if first_day(known) <= day else "not_known"


def as_of(act: Measure, day: date | str | None = None) -> Measure:
    """What is in force of a measure on a day (a date, a partial date, None for today).

    `provisions` and `sectors` keep what is in force; `ended` and `scheduled` hold the rest that was known
    then. What was published after the day appears nowhere.
    """
    when = day_of(day)
    groups: dict[str, list[Part]] = {"in_force": [], "ended": [], "scheduled": [], "not_known": []}
    for part in act.parts:
        groups[state(part, when)].append(part)
    live = groups["in_force"]
    return replace(
        act,
        day=when,
        status=_status(act, groups, when),
        provisions=tuple(p for p in live if p.kind == "provision"),
        sectors=tuple(p for p in live if p.kind == "sector"),
        ended=tuple(groups["ended"]),
        scheduled=tuple(groups["scheduled"]),
    )


def _status(act: Measure, groups: dict[str, list[Part]], when: date) -> str:
    """The file's own word from the day it was checked; before that, what the dates say."""
    if when >= last_day(act.checked):
        return act.status
    for word in ("in_force", "scheduled", "ended"):
        if groups[word]:
            return word
    return "unknown"
