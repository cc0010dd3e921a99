"""The verb: reports that cannot all be right, ranked and never resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.document.hinted import hinted
from entrepot.core.periods import as_of as day_of
from entrepot.core.words.translate import ntr, tr
from entrepot.corridors.conflicts.conflicts import conflicts
from entrepot.corridors.conflicts.contract import CORRIDOR_CONFLICTS
from entrepot.corridors.series.asked_series import place_of
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, keep, record_held
from entrepot.record import embedded
from entrepot.record.layers import own_ids

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    import pyarrow as pa

    from entrepot.desk.keeping import Store


def corridor_conflicts(*, place: str = "", as_of: str | date | None = None, store: Store = None) -> Answer:
    """List reports that cannot all be right, the widest apart first.

    Args:
        place: of this place only, by its id or its name; empty for all.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `corridor_conflicts`; they are kept in the store for `explain`.

    Raises:
        UnknownNameError: no such place.
    """
    check_store(store)
    held, notes = record_held(store)
    if as_of is not None:
        held = embedded.known(held, day_of(as_of)).record
    places = held.tables["places"].to_pylist()
    where = str(place_of(place, places)["place_id"]) if place else None
    names = {str(r["place_id"]): str(r["name"]) for r in places}
    own = own_ids(held.tables["observations"].column("id").to_pylist())
    data = table(CORRIDOR_CONFLICTS, conflicts(held.tables["observations"].to_pylist(), names, where, own))
    kept = keep(store, lambda con: stores.keep_shown(con, CORRIDOR_CONFLICTS.name, "conflict_id", data))
    told = tr(
        "{num_rows} contradictions. Reasons are guessed by rule; both sides stand, and none is preferred.",
        num_rows=data.num_rows,
    )
    return Answer(data, (*kept, *notes, told, *_own_told(data, own)))


def _own_told(data: pa.Table, own: Collection[str]) -> tuple[str, ...]:
    """How many of the contradictions the user's own rows are in."""
    if not own:
        return ()
    met = [set(own) & set(reports) for reports in data.column("reports").to_pylist()]
    if not any(met):
        plain = tr("None of them is with a row of your own.")
        return (hinted(plain, tr("`entrepot corridor series` says where all reports together do not bear one out.")),)
    return (
        ntr(
            sum(map(bool, met)),
            "{count} of them is with a row of your own: {named}.",
            "{count} of them are with rows of your own: {named}.",
            named=", ".join(sorted(set().union(*met))),
        ),
    )
