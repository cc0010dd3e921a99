"""Measures: legal acts on trade as dated data, one file each under data/acts that a lawyer can correct.

`measure("uflpa")` is the whole file; `as_of(measure, day)` is what held on that day, with what had ended
and what was already announced set apart. How a file is written: docs/measures.md. Why it is so:
docs/design/03-measures.md.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from entrepot.core.errors import UnknownNameError
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day, last_day, parse, words
from entrepot.core.words.translate import tr
from entrepot.measures.act import Measure
from entrepot.measures.act_files import read_all
from entrepot.measures.own.own_measure import is_own, own_measure

if TYPE_CHECKING:
    from datetime import date

    from entrepot.measures.act import Part


@cache
def measures() -> tuple[Measure, ...]:
    """Every measure, in order of id.

    Raises:
        UnreadableFileError: a measure file breaks its rules; names the file and the key.
    """
    return read_all()


def measure(named: str | Measure) -> Measure:
    """The measure of that id, or of a file of one's own; a measure that is read already is given back.

    Raises:
        UnknownNameError: with the nearest ids.
        UnreadableFileError: a file that breaks the rules, with line, key, value and what is allowed.
    """
    if isinstance(named, Measure):
        return named
    known = {m.id: m for m in measures()}
    if is_own(named):
        return own_measure(Path(named.strip()), known)
    found = known.get(named.strip().casefold())
    if found is None:
        remedy = tr("`entrepot measures` lists them; `entrepot measures FILE.toml` reads one of your own.")
        raise UnknownNameError(tr("measure"), named, known, remedy=remedy)
    return found


def jurisdiction_of(text: str) -> str:
    """A jurisdiction that has a measure.

    Raises:
        UnknownNameError: with those that have one.
    """
    known = sorted({m.jurisdiction for m in measures()})
    found = text.strip().upper()
    if found not in known:
        raise UnknownNameError(tr("jurisdiction"), text, known)
    return found


def state(part: Part, day: date) -> str:
    """Whether a part is in force on a day: one of `STATES`, or not_known (not yet published then).

    An end written to the month or year means some day of it, so the part counts as in force to its last day.
    A start written to the month or year means some day of it too: until that has passed it is unknown whether the part
    has begun. A part whose start is not known counts as in force. What was suspended to a day that has passed comes
    back by its own terms unless it was prolonged: without a part that says which, it is unknown.
    So is a part of which nobody says that it began, from its first day on.
    """
    if part.end is not None and last_day(part.end) < day:
        if part.suspended_to is None:
            return "ended"
        return "suspended" if day <= last_day(part.suspended_to) else "unknown"
    if part.start is None or first_day(part.start) <= day:
        is_open = part.start is not None and day < last_day(part.start)  # of a day never: it is its own last
        return "unknown" if part.in_doubt or is_open else "in_force"
    known = part.known_from or part.start
    return "scheduled" if first_day(known) <= day else "not_known"


def state_words(part: Part, day: date) -> str:
    """The state of a part on a day in words, with the last day of a suspension."""
    now = state(part, day)
    if now not in {"suspended", "unknown"}:
        return now.replace("_", " ")
    if part.suspended_to is None:
        return tr("not known")
    until = tr("suspended to {suspended_to}", suspended_to=words(parse(str(part.suspended_to))))
    return until if now == "suspended" else tr("{until}, not known since", until=until)


def seen(part: Part, day: date) -> Part:
    """The part as one could know it on a day: an end that nobody knew yet is open.

    An end is known from `end_known`, else once its day has come; a date to the month counts from the month's last day.
    """
    if part.end is None or last_day(part.end_known or part.end) <= day:
        return part
    return replace(part, end=None, end_known=None, suspended_to=None)


def known(act: Measure, day: date) -> Measure:
    """The measure with the parts that were known on a day, each as it was `seen` then; its texts are today's."""

    def parts(of: tuple[Part, ...]) -> tuple[Part, ...]:
        return tuple(seen(p, day) for p in of if state(p, day) != "not_known")

    return replace(act, provisions=parts(act.provisions), sectors=parts(act.sectors))


def as_of(act: Measure, day: date | str | None = None) -> Measure:
    """What is in force of a measure on a day (a date, a partial date, None for today).

    `provisions` and `sectors` keep what is in force; `ended` (with what is suspended, or was and is not known since)
    and `scheduled` hold the rest that was known then.
    A part published after the day appears nowhere, nor does an end that was not known yet; the words of title,
    summary and texts are those of the day on which the file was `checked`.
    """
    when = day_of(day)
    groups: dict[str, list[Part]] = {"in_force": [], "ended": [], "scheduled": [], "not_known": []}
    for part in known(act, when).parts:
        word = state(part, when)
        groups[word if word in groups else "ended"].append(part)
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
