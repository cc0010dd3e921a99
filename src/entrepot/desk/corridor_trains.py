"""The verb: container trains by crossing and year, with containers and the use of capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import apart, tr
from entrepot.corridors.series.asked_series import place_of
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.series.series import is_placeable
from entrepot.corridors.trains.contract import CROSSING_TRAINS
from entrepot.corridors.trains.crossing_trains import USUAL, train_quantities, train_rows
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.desk.answer import Progress
    from entrepot.desk.keeping import Store


def corridor_trains(
    crossing: str = "", *, as_of: str | date | None = None, store: Store = None, progress: Progress | None = None
) -> Answer:
    """Tell how many container trains cross in a year, with the containers on them and what of the capacity they take.

    Args:
        crossing: a place of which trains are counted, by its id or its name; empty: Khorgos and Alashankou.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.
        progress: told (counts estimated, counts in all).

    Returns:
        Under `crossing_trains`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place.
        BadInputError: no report counts trains there; with the places of which some do.
    """
    check_store(store)
    held, notes = record_held(store)
    if as_of is not None:
        held = embedded.known(held, day_of(as_of)).record
    places = held.tables["places"].to_pylist()
    names = {str(r["place_id"]): str(r["name"]) for r in places}
    found = [q for q in quantities(held.tables["observations"].to_pylist()) if is_placeable(q)]
    wanted = [place_of(word, places) for word in ((crossing,) if crossing else USUAL)]
    chosen = [q for place in wanted for q in train_quantities(found, place, names)]
    rows: list[dict[str, Any]] = []
    for number, one in enumerate(chosen, 1):
        rows += train_rows(one, found, names[one.place_id])
        if progress is not None:
            progress(number, len(chosen))
    data = table(CROSSING_TRAINS, rows)
    kept = keep(store, lambda con: stores.keep_shown(con, CROSSING_TRAINS.name, "trains_id", data))
    return Answer(data, (*kept, *notes, *_said(rows)))


def _said(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    yield tr("Estimates with the interval that holds 95 in 100, as in entrepot corridor series; trains of both ways.")
    for place in dict.fromkeys(r["place"] for r in rows):
        own = [r for r in rows if r["place"] == place]
        unknown = [r["year"] for r in own if r["trains"] is None]
        boxes = [r["year"] for r in own if r["teu"] is None]
        told = [tr("trains not known: {unknown}", unknown=", ".join(unknown))] * bool(unknown)
        told += [tr("containers not known: {boxes}", boxes=", ".join(boxes))] * bool(boxes)
        if not any(r["capacity_a_day"] for r in own):
            told.append(tr("no dated capacity in trains is on record"))
        if told:
            yield f"{apart(place)}: {'; '.join(told)}."
    full = [f"{r['place']} {r['year']}" for r in rows if (r["use_percent"] or 0) > 100]  # noqa: PLR2004 - percent
    if full:
        yield tr(
            "More than the capacity on record passes: {full}. It counts other trains, or is out of date.",
            full=", ".join(full),
        )
    yield tr("How many containers are loaded and how many return empty no report on record prints for trains.")
