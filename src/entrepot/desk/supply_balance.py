"""The verb that holds files of supply against each other: mass, lots, papers, payments, contradictions."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING, Any

from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.store.store_reading import in_one_reading
from entrepot.core.units import counted
from entrepot.core.words.translate import retold, tr
from entrepot.desk.answer import Answer
from entrepot.desk.keeping import check_store, folder, keep
from entrepot.tracing.balance.balance import balance
from entrepot.tracing.balance.books import Books
from entrepot.tracing.balance.contract import KINDS_SAID, SUPPLY_FAULT_ROWS, SUPPLY_FAULTS
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.contract import (
    SUPPLY_FACILITIES,
    SUPPLY_LOTS,
    SUPPLY_PAPERS,
    SUPPLY_PAYMENTS,
    SUPPLY_RECIPES,
)

if TYPE_CHECKING:
    from pathlib import Path

    from entrepot.core.store import Connection
    from entrepot.desk.keeping import Store


def supply_balance(*, store: Store = None) -> Answer:
    """Hold the files of supply that were loaded against each other.

    Args:
        store: the folder of the store; None for ENTREPOT_STORE, else the platform's.

    Returns:
        Under `supply_faults`, by kind; they are kept in the store for `explain`.

    Raises:
        BadInputError: no files of supply are held.
        StoreError: the store cannot be used.
    """
    check_store(store)
    books = held_books(folder(store))
    if not (books.links or books.declarations or books.lots or books.payments):
        raise BadInputError(
            tr("no files of supply are held"), remedy=tr("Load some: entrepot supply load FILE --as KIND.")
        )
    found = balance(books)
    rows = table(SUPPLY_FAULTS, found.faults)
    kept = keep(store, partial(_put, rows, table(SUPPLY_FAULT_ROWS, found.rows)))
    kinds = Counter(f["kind"] for f in found.faults)
    papers = counted(found.documents, "document")
    said = ", ".join(f"{KINDS_SAID[k]} {n}" for k, n in kinds.items())
    open_ = [tr("Not judged: {what}: {n}.", what=retold(what), n=n) for what, n in sorted(found.unjudged.items())]
    end = tr("A fault says that papers do not go together, not which is wrong, nor why. Not legal advice.")
    return Answer(rows, (f"{papers}: {said or tr('no fault, by what was loaded')}.", *open_, end, *kept))


@in_one_reading
def held_books(store: Path) -> Books:
    """All that a store holds of supply, as the rules read it."""
    links, declarations = kept_supply.declared_apart(store)
    return Books(
        links,
        declarations,
        kept_supply.held_columns(store, SUPPLY_LOTS),
        kept_supply.held_columns(store, SUPPLY_RECIPES),
        kept_supply.held_columns(store, SUPPLY_PAYMENTS),
        kept_supply.held_columns(store, SUPPLY_FACILITIES),
        {f["file_id"]: f["file"] for f in kept_supply.KEPT.files(store)},
        kept_supply.held_columns(store, SUPPLY_PAPERS),
    )


def _put(rows: Any, told: Any, con: Connection) -> None:
    stores.keep_shown(con, SUPPLY_FAULTS.name, "fault_id", rows)
    stores.keep(con, SUPPLY_FAULT_ROWS, told)
