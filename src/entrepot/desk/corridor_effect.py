"""The verb: what a dated event changed at a crossing, where the record allows it to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.words.translate import apart, tr
from entrepot.corridors.effects.contract import CORRIDOR_EFFECTS
from entrepot.corridors.effects.dated_event import dated_event
from entrepot.corridors.effects.effect_rows import effect_rows
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held

if TYPE_CHECKING:
    from entrepot.desk.keeping import Store


def corridor_effect(event: str, *, store: Store = None) -> Answer:
    """Tell what an event changed, with an interval and a test on windows without it, or that it is not identifiable.

    Args:
        event: its id, of the experiments (N003) or the events (E082).
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `corridor_effects`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such event.
        BadInputError: the event names no place.
    """
    check_store(store)
    held, notes = record_held(store)
    rows = {name: held.tables[name].to_pylist() for name in ("experiments", "events", "observations", "places")}
    asked = dated_event(event, rows["experiments"], rows["events"])
    names = {str(r["place_id"]): str(r["name"]) for r in rows["places"]}
    found = [q for q in quantities(rows["observations"]) if is_placeable(q)]
    data = table(CORRIDOR_EFFECTS, list(effect_rows(asked, found, names)))
    kept = keep(store, lambda con: stores.keep_shown(con, CORRIDOR_EFFECTS.name, "effect_id", data))
    until = tr(" to {end}", end=asked.end) if asked.end else tr(", which goes on: its first year is looked at")
    told = [f"{asked.id}: {apart(asked.says)}, {asked.start}{until}."]
    if asked.id != event:
        told.append(tr("{event} is told here as {id}, which has an end.", event=event, id=asked.id))
    told += [
        tr(
            "{place}, {quantity}, {period_start} to {period_end}: {basis}.",
            place=r["place"],
            quantity=r["quantity"],
            period_start=r["period_start"],
            period_end=r["period_end"],
            basis=r["basis"],
        )
        for r in data.to_pylist()
    ]
    return Answer(data, (*kept, *notes, *told))
