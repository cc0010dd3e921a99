"""The verb: attacks and closures of the corridors as rates with intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.periods import as_of as day_of
from entrepot.core.periods import first_day
from entrepot.core.words.amounts import counted
from entrepot.core.words.translate import tr
from entrepot.corridors.risk.asked_corridor import asked_hazards
from entrepot.corridors.risk.contract import CORRIDOR_RISK
from entrepot.corridors.risk.hazard_counts import Known
from entrepot.corridors.risk.hazards import hazards, risk_rows
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.corridors.risk.hazards import Hazard
    from entrepot.desk.keeping import Store
    from entrepot.record.embedded import Record


def corridor_risk(place: str = "", *, as_of: str | date | None = None, store: Store = None) -> Answer:
    """Tell how often attacks and closures are to be expected on a corridor, kinds apart, from what is on record.

    Args:
        place: a corridor or a place on one, by its id or its name; empty: all corridors with an event.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `corridor_risk`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such corridor or place.
        BadInputError: the day comes before any on which events were looked for.
    """
    check_store(store)
    held, notes = record_held(store)
    day = day_of(as_of)
    found = hazards(known_by(held, day))
    places = [*held.tables["places"].to_pylist(), *held.tables["network_places"].to_pylist()]
    chosen = asked_hazards(place, found, places)
    data = risk_rows(chosen)
    kept = keep(store, lambda con: stores.keep_shown(con, CORRIDOR_RISK.name, "risk_id", data))
    return Answer(data, (*kept, *notes, *_said(chosen, found), *_late(chosen, None if as_of is None else day)))


def known_by(held: Record, day: date) -> Known:
    """What the record holds of attacks and closures on a day.

    Args:
        held: the record.
        day: events known later are left out; experiments, which carry no such day, if they begin later.
    """
    tables = embedded.known(held, day).record.tables
    dated = {str(r["id"]): first_day(r["date"]) for r in tables["events"].to_pylist()}
    dated |= {
        str(r["id"]): begun for r in tables["experiments"].to_pylist() if (begun := first_day(r["date_start"])) <= day
    }
    observed = {str(r["id"]): r for r in tables["observations"].to_pylist()}
    return Known(day, dated, tables["network_seasons"].to_pylist(), observed)


def _late(chosen: Sequence[Hazard], asked: date | None) -> Iterator[str]:
    """That a day was asked for beyond the last on which events were looked for."""
    last = max((h.count.last for h in chosen), default=None)
    if asked is not None and last is not None and asked > last:
        yield tr("Events were last looked for on {last}: what came after is not counted.", last=last)


def _said(chosen: Sequence[Hazard], found: Sequence[Hazard]) -> Iterator[str]:
    events = {e.id for h in chosen for e in h.count.events}
    aside = {i for h in chosen for i in h.count.aside}
    yield (
        tr(
            "{count} counted, {count_2} not, each with its reason (not_counted; entrepot explain). Rates "
            "are a year; low and high hold 95 in 100.",
            count=counted(len(events), "event"),
            count_2=counted(len(aside), "row"),
        )
    )
    if silent := len(found) - len(chosen):
        more = tr("1 more row is") if silent == 1 else tr("{silent} more rows are", silent=silent)
        yield tr("{more} not shown; name a corridor or a place for all kinds of it, without events too.", more=more)
    yield (
        tr(
            "Observed counts are lower bounds: no list on record is complete. hours_lost is what a load "
            "must expect to lose that does not know what is shut; assumed_percent of it rests on lengths "
            "that no report gives."
        )
    )
    yield from _against_offices(chosen, found)


def _against_offices(chosen: Sequence[Hazard], found: Sequence[Hazard]) -> Iterator[str]:
    """How many of an office's count the record holds, over the same days; of a whole that is asked for, or a part."""
    asked = {h.count.corridor[key] for h in chosen for key in ("corridor_id", "part_of")}
    for office in (h.count for h in found if h.count.complete):
        whole = office.corridor["corridor_id"]
        if whole not in asked:
            continue
        held = {
            e.id
            for h in found
            if whole in {h.count.corridor["part_of"], h.count.corridor["corridor_id"]} and h.count.kind == office.kind
            for e in h.count.events
            if office.first <= e.day <= office.last
        }
        where = office.corridor["corridor"].partition(",")[0]
        yield (
            tr(
                "{by} counts {number} from {first} to {last} ({rests_on}), of which the record holds "
                "{count}: rates of stretches in {where} are too low by as much.",
                by=office.by,
                number=office.number,
                first=office.first,
                last=office.last,
                rests_on=", ".join(office.rests_on),
                count=len(held),
                where=where,
            )
        )
