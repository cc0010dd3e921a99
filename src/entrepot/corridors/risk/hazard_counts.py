"""Which events of the record count at a corridor, over how many years, and how long a way was shut by them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.periods import first_day, last_day
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.corridors.network.closures import closed
from entrepot.corridors.risk.contract import (
    HAZARD_ASSUMPTIONS,
    HAZARD_CORRIDORS,
    HAZARD_EVENTS,
    HAZARD_WATCH,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    Row = Mapping[str, Any]

YEAR = 365.25  # days
_ON = "record"  # the watch whose events are rows of the record


@dataclass(frozen=True, slots=True)
class Shut:
    """An event that counts.

    Attributes:
        id: its row.
        day: its first day, the first that its date can mean.
        days: how long the way was shut; None where no end is on record.
    """

    id: str
    day: date
    days: int | None


@dataclass(frozen=True, slots=True)
class Count:
    """Events of a kind at a corridor.

    Attributes:
        corridor: its row of `hazard_corridors`.
        kind: attack, protest, politics or weather.
        by: record, or the office whose count it is.
        first, last: days between which events were looked for.
        years: of these, while the way was open.
        halves: years of the earlier and the later half of the days.
        events: those that count; empty for a count of an office.
        number: how many there are.
        complete: whether nothing is missing in the count.
        aside: rows that do not count, each with the reason.
        rests_on: rows under the count.
        why: what the count leaves open.
    """

    corridor: Row
    kind: str
    by: str
    first: date
    last: date
    years: float
    halves: tuple[float, float]
    events: tuple[Shut, ...]
    number: int
    complete: bool
    aside: Mapping[str, str]
    rests_on: tuple[str, ...]
    why: str

    @property
    def middle(self) -> date:
        """The day between the two halves."""
        return self.first + (self.last - self.first) / 2

    @property
    def by_half(self) -> tuple[int, int]:
        """Events in either half."""
        later = sum(e.day > self.middle for e in self.events)
        return len(self.events) - later, later


@dataclass(frozen=True, slots=True)
class Known:
    """What the record holds on a day.

    Attributes:
        day: the day.
        dated: id -> first day that its date can mean, of the events and experiments that were known.
        seasons: rows of `network_seasons`.
        observations: id -> row, of the counts of offices.
    """

    day: date
    dated: Mapping[str, date]
    seasons: Sequence[Row]
    observations: Mapping[str, Row] = field(default_factory=dict)


def counts(known: Known) -> list[Count]:
    """Every corridor and kind with what counts there, the whole of several stretches, and counts of offices.

    Args:
        known: the record on a day.

    Raises:
        BadInputError: the day comes before any on which events were looked for.
    """
    begun = max(first_day(r["first"]) for r in packaged_rows(HAZARD_WATCH) if r["watch"] == _ON)
    if known.day <= begun:
        raise BadInputError(
            tr("no attack or closure was looked for before that day"),
            found=known.day.isoformat(),
            allowed=tr("a day after {begun}", begun=begun),
            remedy=tr("Choose one by --as-of."),
        )
    corridors = {r["corridor_id"]: r for r in packaged_rows(HAZARD_CORRIDORS)}
    watches = {(r["watch"], r["kind"]): r for r in packaged_rows(HAZARD_WATCH)}
    found = [
        _count(corridor, kind, watches[_ON, "attack" if kind == "attack" else "closure"], known)
        for corridor in corridors.values()
        if corridor["places"]
        for kind in corridor["kinds"]
    ]
    wholes = [c for c in corridors.values() if not c["places"]]
    found += [_together(whole, [c for c in found if c.corridor["part_of"] == whole["corridor_id"]]) for whole in wholes]
    offices = (w for (name, _), w in watches.items() if name != _ON)
    return found + [c for w in offices if (c := _of_office(corridors[w["corridor_id"]], w, known))]


def _count(corridor: Row, kind: str, watch: Row, known: Known) -> Count:
    first, last = first_day(watch["first"]), min(known.day, last_day(watch["last"]))
    last = max(last, first)
    rows = [
        r
        for r in packaged_rows(HAZARD_EVENTS)
        if (r["corridor_id"], r["kind"]) == (corridor["corridor_id"], kind) and r["event_id"] in known.dated
    ]
    events = tuple(sorted((_shut(r, known) for r in rows if r["counts"] == "yes"), key=lambda e: (e.day, e.id)))
    shut = frozenset[date]()
    if kind != "attack":
        by_events = (e.day + timedelta(n) for e in events for n in range(1, e.days or 0))
        shut = frozenset((*_shut_days(corridor, known.seasons, first, last), *(d for d in by_events if d <= last)))
    halves = _halves(first, last, shut)
    return Count(
        corridor=corridor,
        kind=kind,
        by=_ON,
        first=first,
        last=last,
        years=sum(halves),
        halves=halves,
        events=events,
        number=len(events),
        complete=watch["complete"] == "yes",
        aside={r["event_id"]: r["why"] for r in rows if r["counts"] == "no"},
        rests_on=tuple(e.id for e in events),
        why=watch["why"],
    )


def _shut(row: Row, known: Known) -> Shut:
    day = first_day(row["first"]) if row["first"] else known.dated[row["event_id"]]
    if not row["last"]:
        return Shut(row["event_id"], day, None)
    return Shut(row["event_id"], day, (min(last_day(row["last"]), known.day) - day).days + 1)


def _shut_days(corridor: Row, seasons: Sequence[Row], first: date, last: date) -> Iterator[date]:
    """Days on which a season or a closure shut the corridor: nothing could shut it then."""
    own = [r for r in seasons if r["place_id"] in corridor["places"]]
    if not own:
        return
    for number in range((last - first).days + 1):
        day = first + timedelta(number)
        if closed(own, day):
            yield day


def _halves(first: date, last: date, shut: frozenset[date]) -> tuple[float, float]:
    middle = first + (last - first) / 2
    later = sum(day > middle for day in shut)
    days = ((middle - first).days + 1 - (len(shut) - later), (last - middle).days - later)
    return days[0] / YEAR, days[1] / YEAR


def _together(whole: Row, parts: Sequence[Count]) -> Count:
    """One kind on several stretches as one count: exposure is the same, events add up."""
    held = [p for p in parts if p.kind in whole["kinds"]]
    events = tuple(sorted((e for p in held for e in p.events), key=lambda e: (e.day, e.id)))
    one = held[0]
    return Count(
        corridor=whole,
        kind=one.kind,
        by=one.by,
        first=one.first,
        last=one.last,
        years=one.years,
        halves=one.halves,
        events=events,
        number=len(events),
        complete=one.complete,
        aside={i: why for p in held for i, why in p.aside.items()},
        rests_on=tuple(e.id for e in events),
        why=one.why,
    )


def _of_office(corridor: Row, watch: Row, known: Known) -> Count | None:
    row = known.observations.get(watch["count_row"])
    if row is None:
        return None
    first, last = first_day(watch["first"]), last_day(watch["last"])
    halves = _halves(first, last, frozenset())
    return Count(
        corridor=corridor,
        kind=watch["kind"],
        by=str(row["reported_by"]),
        first=first,
        last=last,
        years=sum(halves),
        halves=halves,
        events=(),
        number=int(row["value_norm"]),
        complete=watch["complete"] == "yes",
        aside={},
        rests_on=(str(row["id"]),),
        why=watch["why"],
    )


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a load waits at a way that may be shut.

    Attributes:
        days: days shut, the mean of the events; what stands in where none is on record.
        known: of how many events the days are on record.
        hours_an_event: hours that a load waits where one event happens a year.
        assumed: of these, the share from days that are assumed.
    """

    days: float
    known: int
    hours_an_event: float
    assumed: float


def wait(kind: str, events: Sequence[Shut]) -> Wait:
    """What an event costs one load that comes on any day of the year.

    A load that comes while the way is shut waits until it opens, but no longer than `longest_wait`: of an event of D
    days that is D²/2 days of waiting in all, or longest_wait × D less half its square where D is longer.

    Args:
        kind: of the events.
        events: those that count; none: what stands in for the kind.
    """
    held = {(r["kind"], r["quantity"]): float(r["value"]) for r in packaged_rows(HAZARD_ASSUMPTIONS)}
    longest, stands_in = held["any", "longest_wait"], held[kind, "days"]
    days = [(stands_in if e.days is None else float(e.days), e.days is None) for e in events] or [(stands_in, True)]
    waits = [(_waited(d, longest), is_ours) for d, is_ours in days]
    whole = sum(w for w, _ in waits)
    return Wait(
        days=sum(d for d, _ in days) / len(days),
        known=sum(e.days is not None for e in events),
        hours_an_event=whole / len(waits) / YEAR * 24,
        assumed=sum(w for w, is_ours in waits if is_ours) / whole,
    )


def _waited(days: float, longest: float) -> float:
    most = min(days, longest)
    return most * days - most**2 / 2


def by_kind(found: Sequence[Count]) -> Mapping[str, list[Count]]:
    """Counts of single corridors by kind, over which a prior is fitted; wholes and counts of offices stand alone.

    Args:
        found: all counts.
    """
    out: dict[str, list[Count]] = defaultdict(list)
    for one in found:
        if one.by == _ON and one.corridor["places"]:
            out[one.kind].append(one)
    return out
