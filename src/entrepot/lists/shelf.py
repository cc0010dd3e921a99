"""The lists that a desk holds: those of the record, and those it loaded into its store."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import Column, Contract, table
from entrepot.core.errors import BadInputError, StoreError, UnknownNameError
from entrepot.core.periods import first_day
from entrepot.core.runtime.garbage import seldom_collected
from entrepot.core.store.access import why_read_only
from entrepot.core.store.store_reading import reads_together
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists import registry, versions
from entrepot.lists import search_set as keeping
from entrepot.lists.contract import TABLES
from entrepot.lists.in_force import Listings, coverage, embedded, list_ids, of_tables
from entrepot.lists.vouching import version_rows
from entrepot.sources.contract import SOURCES
from entrepot.sources.contract import TABLES as REGISTER
from entrepot.sources.record_versions import brought
from entrepot.sources.tables import read_table
from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.lists.search_set import Searched

# The record's lists made ready, by the store and what they are made of: a quarter of a second of one core, a few MB.
# A server is asked for those of today, and for those of a day that somebody looks back to.
_MOST_READY = 2
_ready: dict[tuple[Path, str], Searched] = {}
UNPROVEN = marked("reader not yet proven on a real file")

HELD = Contract(
    name="held",
    meaning="The lists that parties can be screened against: those of the record, and the loaded versions.",
    grain=("list_id", "version"),
    columns=(
        Column("list_id", "text", "the list"),
        Column("title", "text", "what it is called"),
        Column("version", "partial_date", "the day of which it is; of the record's lists, the last change held"),
        Column("loaded_at", "text", "when it was loaded, UTC", absent=("not_applicable",)),
        Column("entries", "integer", "entries in force that day", unit="entries", low=0),
        Column("names", "integer", "names searched", unit="names", low=0),
        Column("reader", "text", f"proven; or {UNPROVEN}", absent=("not_applicable",)),
        Column("file", "text", "name of the file it was read from", absent=("not_applicable",)),
        Column(
            "sha256", "text", "hash of the file; of the record's lists, of the names searched", pattern="^[0-9a-f]{64}$"
        ),
        Column(
            "notes",
            "texts",
            "what the reader passed over; of the record's lists, how much is held and from what kind of copy",
            absent=("not_applicable",),
        ),
    ),
)


def of_record(folder: Path) -> Listings:
    """The lists of the record, in the version that was refreshed last.

    Args:
        folder: the store.

    Raises:
        StoreError: the store cannot be used.
    """
    found = brought(folder, (*TABLES, *REGISTER))
    if not found.key:
        return replace(embedded(), notes=found.notes) if found.notes else embedded()
    data = of_tables({t.contract.name: found.tables.get(t.contract.name) or read_table(t) for t in TABLES})
    pages = found.tables.get(SOURCES.name)
    return replace(data, sources=tuple(pages.to_pylist() if pages is not None else ()))


@in_english
def held(folder: Path, day: date) -> pa.Table:
    """Every list that is held, under HELD.

    Args:
        folder: the store.
        day: the day as of which the record's lists are counted.
    """
    data = of_record(folder)
    rows: list[dict[str, Any]] = [
        {
            "list_id": c["list_id"],
            "title": c["title"],
            "version": c["list_as_of"],
            "entries": c["entities_held"],
            "names": c["names_held"],
            "sha256": c["sha256"],
            "notes": [c["sentence"]],
        }
        for c in coverage(data, list_ids(data), day)
    ]
    rows += [
        {k: r[k] for k in HELD.names if k in r} | {"reader": "proven" if r["proven"] else UNPROVEN}
        for r in version_rows.held(folder)
    ]
    return table(HELD, rows)


@in_english
def listings(  # noqa: PLR0913 - where, what, on which day, and what is known already
    folder: Path,
    wanted: Sequence[str],
    day: date,
    then: Mapping[str, str] | None = None,
    *,
    rows: list[versions.Row] | None = None,
    held: Mapping[str, versions.Version] | None = None,
) -> Listings:
    """The record's lists and the loaded ones, each in the version that stood on the day.

    Args:
        folder: the store.
        wanted: the lists asked for, each LIST or LIST@VERSION; empty for all.
        day: the day.
        then: list_id -> hash of the file that was used; that version stands before the day's, where it is held.
        rows: of LIST_VERSIONS, as the caller has read them; None to read them.
        held: list_id -> a version that the caller has opened, which is not read again where it is the one wanted.

    Raises:
        BadInputError: a list that was asked for is not loaded, or was first loaded in a version of a later day.
        StoreError: a version's files cannot be used, or were removed since the rows were read.
    """
    with reads_together(folder):
        rows = versions.known(folder) if rows is None else rows
        record = of_record(folder)
    known = dict.fromkeys(r["list_id"] for r in rows)
    pinned = dict(w.split("@", 1) for w in wanted if "@" in w)
    _refuse_unknown(plain(wanted), (*list_ids(record), *known))
    _refuse_pinned(pinned, known)
    used, notes = {}, list(record.notes)
    for name in known:
        if wanted and name not in plain(wanted):
            continue
        if name in pinned:
            used[name] = _opened(versions.named(rows, name, pinned[name]), folder, held)
            continue
        exact = versions.with_hash(rows, name, (then or {}).get(name, ""), day.isoformat())
        first = next(r["version"] for r in rows if r["list_id"] == name)
        if not exact and not wanted and first_day(first) > day:
            notes.append(tr("{name} is not used: the first version held is of {first}.", name=name, first=first))
            continue
        used[name] = _opened(exact or versions.standing(rows, name, day), folder, held)
    return replace(record, versions=used, notes=tuple(notes))


def _opened(row: versions.Row, folder: Path, held: Mapping[str, versions.Version] | None) -> versions.Version:
    found = (held or {}).get(row["list_id"])
    return found if found is not None and found.row == row else versions.opened(row, folder)


def plain(wanted: Sequence[str]) -> tuple[str, ...]:
    """Lists asked for, without the versions that are named with them."""
    return tuple(w.split("@", 1)[0] for w in wanted)


def _refuse_pinned(pinned: Mapping[str, str], known: Iterable[str]) -> None:
    for name, version in pinned.items():
        if name not in known:
            raise BadInputError(
                tr("a version is named of a list that has none"),
                found=f"{name}@{version}",
                allowed=name,
                remedy=tr("The lists of the record have the days of their changes: choose with --as-of."),
            )


@in_english
def searched(folder: Path, wanted: Sequence[str], day: date) -> Searched:
    """The names of the lists that a desk holds, ready to be met; kept in the store from one run to the next.

    Args:
        folder: the store.
        wanted: the lists asked for, each LIST or LIST@VERSION; empty for all.
        day: the day.

    Raises:
        BadInputError: as `listings`.
    """
    rows = versions.known(folder)
    try:
        return _searched(folder, rows, wanted, day)
    except StoreError:
        again = versions.known(folder)
        if again == rows:
            raise
        return _searched(folder, again, wanted, day)  # another run has removed a version in the meantime


def _searched(folder: Path, rows: list[versions.Row], wanted: Sequence[str], day: date) -> Searched:
    """As `searched`, of the versions that the rows name and no others: what is kept is kept under their names."""
    place, secret = folder / keeping.FOLDER, document_key(folder)
    record = brought(folder, (*TABLES, *REGISTER)).key
    key = keeping.key_of(rows, wanted, day, (identifiers.key_id(secret) if secret else "") + record)
    if (found := _ready.get((folder, key))) is not None:
        return found
    found = keeping.kept(place, key)
    if found is not None:
        return found
    shut = bool(why_read_only(folder))
    with seldom_collected():
        data = listings(folder, wanted, day, rows=rows)
        # Without a loaded list there is little to search, and a store that is not there is not made for it.
        made = keeping.searched(data, plain(wanted), day, place if data.versions else None, is_read_only=shut)
        if data.versions:  # of loaded lists what is kept is mapped, and held by no process
            return made if shut else keeping.keep(made, place, key)
    while len(_ready) >= _MOST_READY:
        _ready.pop(next(iter(_ready)), None)
    _ready[folder, key] = made
    return made


def in_memory_said(folder: Path, found: Searched) -> tuple[str, ...]:
    """A sentence where names of loaded lists are made ready in memory because the store is read only."""
    if found.path or not any(c.get("version") for c in found.coverage) or not why_read_only(folder):
        return ()
    return (tr("The store is read only: the names of its lists are made ready in memory for this run, and not kept."),)


def document_key(folder: Path) -> bytes:
    """The store's key, under which numbers of persons' documents are compared; empty where no list made one.

    Raises:
        StoreError: others may read it, or it is broken.
    """
    if not store.is_there(folder):
        return b""
    return identifiers.key(folder) if (folder / identifiers.KEY_FILE).exists() else b""


def _refuse_unknown(wanted: Sequence[str], known: Sequence[str]) -> None:
    for name in wanted:
        if name in known:
            continue
        if name in registry.sources():
            remedy = tr("Load it: entrepot lists load FILE --as {name}.", name=name)
            raise BadInputError(tr("the list is not loaded"), found=name, remedy=remedy)
        raise UnknownNameError(tr("list"), name, known, remedy=tr("Lists held: {known}.", known=", ".join(known)))
