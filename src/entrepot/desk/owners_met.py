"""Owners of ownership data held against the lists as a screening holds parties, with what was decided on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.errors import NobodyReadError
from entrepot.desk.decided import decided_or_open, is_begun
from entrepot.lists.shelf import searched
from entrepot.ownership.near_owners import Met
from entrepot.screening.parties.file_options import Given
from entrepot.screening.runs.run import MIN_SCORE, ScreenOptions, run_screening

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from entrepot.ownership.owned_parties import OwnedParties

_OF_LISTED = ("listing", "part")  # kinds of matches with a listed party: it, or a division or bureau of it by its name
_KINDS = {"person": "person", "company": "company"}  # as files say it; where none does, either


def owners_met(
    place: Path, held: OwnedParties, owners: Sequence[int], lists: Sequence[str], day: date
) -> tuple[list[Met], tuple[str, ...]]:
    """What the names of owners meet, as `screen` meets them, and what a reader must know of the ledger.

    Args:
        place: the store.
        held: the parties.
        owners: places of those that are held against the lists.
        lists: the lists; a version of one as LIST@VERSION.
        day: the day.
    """
    named = [p for p in owners if held.names[p] != held.ids[p]]  # else the file gives a number and no name
    if not named:
        return [], ()
    import pyarrow as pa

    against = searched(place, tuple(lists), day)
    found: list[Met] = []
    for kind in ("person", "company", ""):
        of_kind = [p for p in named if _KINDS.get(held.kinds[p], "") == kind]
        if not of_kind:
            continue
        rows = pa.table({"name": pa.array([held.names[p] for p in of_kind], pa.string())})
        options = ScreenOptions(tuple(lists), MIN_SCORE, ("name",), workers=0, given=Given(("name",), kind=kind))
        try:
            run = run_screening(rows, against, as_of=day, options=options)
        except NobodyReadError:  # "Others", "N/A": an owner that is not named meets nobody, and stops no answer
            continue
        found += [Met(of_kind[r["row"] - 1], r) for r in run.matches.to_pylist() if r["kind"] in _OF_LISTED]
    if not found or not is_begun(place):
        return found, ()
    known = decided_or_open([m.row for m in found], place)
    states = {r["case_id"]: r["state"] for r in known.rows}
    notes = known.notes if known.ledger is None else ()
    return [Met(m.place, m.row, states.get(m.row["case_id"], "open")) for m in found], notes
