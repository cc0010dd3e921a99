"""Keeping what was shown, so that `explain` opens it later; never at the cost of the result itself.

A store that the person named must be usable: that is checked before the work. One that nobody named must not stand
in the way. Once the work is done its result is worth more than the store: what cannot be kept is told in a note.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.core import store as stores
from entrepot.core.contract import batch
from entrepot.core.errors import StoreError, StoreLockedError
from entrepot.core.store.access import why_read_only
from entrepot.core.store.store_reading import reading, reads_together
from entrepot.core.words.translate import tr
from entrepot.screening.cases.gathered import cases
from entrepot.screening.cases.listed_party import with_profiles
from entrepot.screening.contract import CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyarrow as pa

    from entrepot.core.store import Connection
    from entrepot.lists.profiles.profile import Profile
    from entrepot.record.embedded import Record

Store: TypeAlias = str | Path | None  # the store's folder; None: ENTREPOT_STORE, else the platform's data directory


def folder(store: Store) -> Path:
    """Where a store lies."""
    return stores.location(None if store is None else str(store))


def check_store(store: Store) -> None:
    """Before the work: refuse a named store that cannot be used. One that is only busy may be free by the end.

    Raises:
        StoreError: the store that was named cannot be used.
    """
    if stores.is_named(None if store is None else str(store)):
        with suppress(StoreLockedError), reading(folder(store), wait=0):
            pass


def of_held(put: str) -> str:
    """What to tell of a file that was held already.

    Args:
        put: what became of it, of `core.store.whole_files.Put`.
    """
    if put:
        return tr("The same file was held as it was read before: this reading takes its place.")
    return tr("The same file is held already: nothing changed.")


def record_held(store: Store, version: str | None = None) -> tuple[Record, tuple[str, ...]]:
    """The record with what the store lays over it; a note where a store that nobody named cannot be read.

    Args:
        store: the store.
        version: of the record, where one is asked for.

    Raises:
        UnknownNameError: no such version.
        StoreError: the store that was named cannot be used.
    """
    from entrepot.record import embedded  # who only screens asks for no record
    from entrepot.record.layers import refreshed, with_own

    try:
        with reads_together(folder(store)):
            held, notes = refreshed(folder(store), version or "")
            return with_own(held, folder(store)), notes
    except StoreError as exc:
        if version or stores.is_named(None if store is None else str(store)):
            raise
        return embedded.load(), (
            tr("Warning: what you added to the record or refreshed is not in this answer: {exc}", exc=exc),
        )


def keep(store: Store, put: Callable[[Connection], None]) -> tuple[str, ...]:
    """After the work: keep rows by `put`; a note where they are not kept."""
    if why := why_read_only(folder(store)):
        return (tr("Nothing is kept for `entrepot explain`: the store is read only, {why}.", why=why),)
    try:
        with stores.opened(folder(store)) as con:
            put(con)
    except StoreError as exc:
        return (tr("Warning: not kept for `entrepot explain`: {exc}", exc=exc),)
    return ()


def keep_matches(
    con: Connection,
    data: Iterable[pa.Table],
    profiles: Mapping[str, Profile],
    decided: Sequence[Mapping[str, Any]] | None,
) -> None:
    """Keep matches for `explain`, and the cases that they are with what was decided on them.

    Args:
        con: the open store.
        data: tables under MATCHES.
        profiles: entity_id -> what its list says of it, for the cases.
        decided: rows of CASES, of all these matches; None where nothing was ever decided.
    """
    for part in data:
        if part.num_rows:
            stores.keep_shown(con, "matches", "match_id", part)
            if decided is None:
                keep_cases(con, with_profiles(cases(part.to_pylist()), profiles))
    if decided:
        keep_cases(con, with_profiles(decided, profiles))


def keep_cases(con: Connection, rows: Sequence[Mapping[str, Any]]) -> None:
    """Keep cases for `explain`.

    Args:
        con: the open store.
        rows: of CASES.
    """
    import pyarrow as pa

    # Not checked, as results are not: the check imports polars, which takes a quarter of a second.
    stores.keep_shown(con, "cases", "case_id", pa.Table.from_batches([batch(CASES, rows)]))
