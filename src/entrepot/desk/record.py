"""The verbs on the record: its tables, rows by a condition, and rows of one's own taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims import own
from entrepot.core.errors import BadInputError
from entrepot.core.periods import as_of as day_of
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import folder
from entrepot.record import embedded
from entrepot.record.where import where as rows_where

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from entrepot.desk.keeping import Store
    from entrepot.record.embedded import Known, Record

OWN = "own_observations"


def record(
    table: str | None = None,
    *,
    where: str | None = None,
    as_of: str | date | None = None,
    store: Store = None,
) -> Answer:
    """A table of the record, each row with its source; without a name the list of tables.

    Args:
        table: its name; own_observations for one's own rows, which `check` keeps in the store.
        where: keep the rows that meet this: `place_id=khunjerab`, or an SQL condition.
        as_of: leave out what was known later; None leaves out nothing.
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under the contract of that name; under `tables` without one.

    Raises:
        UnknownNameError: no such table or column.
        BadInputError: a condition that cannot run, or one without a table.
    """
    if table == OWN:
        if where is not None or as_of is not None:
            raise BadInputError(f"{OWN} takes neither --where nor --as-of", remedy="Leave them out.")
        return Answer(own.rows(folder(store)))
    if table is None and where is not None:
        raise BadInputError("--where without a table", found=where, remedy="Name the TABLE that it filters.")
    held = embedded.load()
    notes: tuple[str, ...] = ()
    if as_of is not None:
        known = embedded.known(held, day_of(as_of))
        held, notes = known.record, _left_out(known, held, table)
    return Answer(embedded.overview(held) if table is None else rows_where(held, table, where), notes)


def _left_out(known: Known, whole: Record, table: str | None) -> tuple[str, ...]:
    """What a reader must know of a table as of a day."""
    if table is not None and table in known.inferred:
        later, inferred = known.later[table], known.inferred[table]
        said = f"{later} later rows left out; {inferred} of those kept carry an inferred date."
        return (f"As of {known.as_of}: {said}",)
    if table in whole.tables:
        return (f"{table} does not say when a row became known: all its rows are shown, later ones too.",)
    return ()


def forget(ids: Sequence[str], *, store: Store = None) -> tuple[str, ...]:
    """Take rows of one's own back out of the store.

    Args:
        ids: the rows, u-….
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        A sentence for each.

    Raises:
        BadInputError: no such row; those before it are gone.
    """
    said = []
    for row_id in ids:
        own.remove(folder(store), row_id)
        said.append(f"{row_id} removed from your own record.")
    return tuple(said)
