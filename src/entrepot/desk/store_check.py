"""`entrepot store check` and `store repair`: whether the store vouches for all it holds, and what can be mended.

See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.errors import EntrepotError, MissingExtraError, StoreError
from entrepot.core.store.blocks import broken_blocks
from entrepot.core.store.signing_key import KEY_FILE, is_vouched, public_id, signing_key
from entrepot.core.words.translate import marked, tr
from entrepot.decisions.ledger.kept_ledger import ledger
from entrepot.desk.contract import FINE, NOTE, STATES, STORE_CHECKS, WRONG
from entrepot.desk.decided import is_begun
from entrepot.lists import search_set, versions
from entrepot.lists.vouching import version_files, version_rows
from entrepot.record.embedded import tables
from entrepot.sources import record_versions
from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    import pyarrow as pa

Row = dict[str, Any]
_REPAIR = marked("entrepot store repair")
_LEDGER = marked("ledger of decisions")
_ASIDE = marked("a database that could not be read: your own observations, and what was shown until then, are in it")
_BACK = marked("Put back a backup: entrepot store restore")


def store_check(folder: Path) -> pa.Table:
    """What vouches for each part of a store and whether it does, under STORE_CHECKS; what is wrong first.

    Nothing is changed but the schema of an older store. No rows where there is no store.

    Args:
        folder: the store's folder.

    Raises:
        StoreLockedError: another run holds it.
        StoreVersionError: a newer Entrepot wrote it.
    """
    found: list[Row] = []
    rows: list[Row] = []
    if store.is_there(folder):
        broken = broken_blocks(folder)
        found.append(
            _seen("database", tr("each block has its checksum"), WRONG, broken, tr(_REPAIR)) if broken else _FINE
        )
        rows = [] if broken else version_rows.held(folder)
        found += [] if broken else _record(folder)
    found += [*_versions(folder, rows), *_strays(folder, rows), *_left_over(folder, rows), *_kept(folder)]
    found += [*_ledger(folder), *_signing(folder), *_identifying(folder, rows)]
    found += [_seen(p.name, tr(_ASIDE), NOTE, remedy=tr(_BACK)) for p in folder.glob(f"{store.FILE}.broken-*")]
    return table(STORE_CHECKS, sorted(found, key=lambda r: (STATES[::-1].index(r["state"]), r["part"])))


def _seen(part: str, found: str, state: str = FINE, why: str = "", remedy: str | None = None) -> Row:
    return {"part": part, "state": state, "found": why or found, "remedy": remedy}


_FINE = _seen("database", marked("every block is what was written"))


def _versions(folder: Path, rows: Iterable[Row]) -> Iterator[Row]:
    for row in rows:
        part = f"{row['list_id']} {row['version']}"
        try:
            versions.opened(row, folder)
        except StoreError as exc:
            yield _seen(part, exc.thing, WRONG, remedy=tr("entrepot lists remove {part}, and load it again", part=part))
            continue
        if row["manifest"]:
            yield _seen(
                part,
                tr(
                    "every file is what was written: {entries:,} entries, {names:,} names",
                    entries=row["entries"],
                    names=row["names"],
                ),
            )
        else:
            yield _seen(
                part, tr("loaded before files were vouched for; only its rows are counted"), NOTE, remedy=tr(_REPAIR)
            )


def _record(folder: Path) -> Iterator[Row]:
    """Whether each version of the record that was refreshed is what was written."""
    for row in record_versions.versions(folder):
        part = tr("record {version}", version=row["version"])
        try:
            brought = record_versions.brought(folder, tables(), row["sha256"])
        except StoreError as exc:
            yield _seen(
                part,
                exc.thing,
                WRONG,
                remedy=tr("entrepot record remove {sha256}, and refresh again", sha256=row["sha256"][:12]),
            )
            continue
        if brought.notes:
            yield _seen(part, brought.notes[0], NOTE, remedy=tr("entrepot record refresh"))
        else:
            yield _seen(part, tr("every table is what was written: {tables}", tables=", ".join(row["tables"])))


def _strays(folder: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for stray in version_files.strays(version_files.published(folder), rows):
        part = f"{stray.place.parent.name} {stray.place.name}"
        if stray.row:
            yield _seen(part, tr("lies in the store and is not named by its database"), WRONG, remedy=tr(_REPAIR))
        else:
            remedy = tr("Load its list again, then move {place} away", place=stray.place)
            yield _seen(
                part, tr("lies in the store, is not named by its database and has no manifest"), WRONG, "", remedy
            )


def _left_over(folder: Path, rows: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
    for place in version_files.left_over(folder, rows):
        said = tr("what a run that was killed left; no answer rests on it")
        yield _seen(f"{place.parent.name} {place.name}", said, NOTE, remedy=tr(_REPAIR))


def _ledger(folder: Path) -> Iterator[Row]:
    """Whether the ledger of decisions holds; nothing where there is none."""
    if not is_begun(folder):
        return
    try:
        head = ledger(folder).head
    except EntrepotError as exc:
        yield _seen(tr(_LEDGER), exc.thing, WRONG, remedy=exc.remedy or tr("entrepot ledger verify"))
        return
    if head is not None:
        yield _seen(
            tr(_LEDGER), tr("{seq:,} entries, chained and sealed; head {seq}:{hash}", seq=head.seq, hash=head.hash)
        )


def _signing(folder: Path) -> Iterator[Row]:
    """Whether the key that signs records is the one that was made; nothing where there is none."""
    if not (folder / KEY_FILE).exists():
        return
    try:
        named = public_id(signing_key(folder).public)
        if is_vouched(folder):
            yield _seen(KEY_FILE, tr("the key that was made, {named}", named=named))
            return
        said = tr("key {named}, made before keys were vouched for: compare it with the one you published", named=named)
        yield _seen(KEY_FILE, said, NOTE, remedy=tr("entrepot clearance key"))
    except MissingExtraError as exc:
        yield _seen(KEY_FILE, tr("not looked at: {why}", why=exc.thing), NOTE, remedy=exc.remedy)
    except StoreError as exc:
        yield _seen(KEY_FILE, exc.thing, WRONG, remedy=exc.remedy)


def _identifying(folder: Path, rows: Iterable[Row]) -> Iterator[Row]:
    """Whether the key of persons' documents is the one that was made; nothing where none is, or is missed."""
    part, hashed = identifiers.KEY_FILE, version_rows.key_ids(folder, rows)
    if not (folder / part).exists():
        if hashed:
            said = tr("is gone, and documents of the lists were hashed under it")
            yield _seen(part, said, WRONG, remedy=tr(identifiers.KEY_BACK))
        return
    try:
        named = identifiers.key_id(identifiers.key(folder))
    except StoreError as exc:
        yield _seen(part, exc.thing, WRONG, remedy=exc.remedy)
        return
    if hashed - {named}:
        others = ", ".join(sorted(hashed - {named}))
        said = tr("key {named}; documents of the lists were hashed under {others}", named=named, others=others)
        yield _seen(part, said, WRONG, remedy=tr(identifiers.KEY_BACK))
    elif hashed or identifiers.is_vouched(folder):
        yield _seen(part, tr("the key that was made, {named}", named=named))
    else:
        said = tr("key {named}, made before keys were vouched for; no list that is held rests on it", named=named)
        yield _seen(part, said, NOTE)


def _kept(folder: Path) -> Iterator[Row]:
    for name, is_whole in search_set.checked(folder / search_set.FOLDER):
        if is_whole:
            yield _seen(name, tr("names made ready to be searched: what was written"))
        else:
            yield _seen(
                name, tr("broken, or of another release: it is made anew when it is needed"), NOTE, remedy=tr(_REPAIR)
            )


def store_repair(folder: Path) -> pa.Table:
    """Mend what can be mended, and give the state after that, under STORE_CHECKS.

    Versions that vouch for themselves are named in the database again, those without a manifest get one, leftovers of
    killed runs and broken indexes go. A database that cannot be read is moved aside and a new one is made.

    Args:
        folder: the store's folder.

    Raises:
        StoreLockedError: another run holds it.
        StoreError: it cannot be written.
    """
    if store.is_there(folder) and broken_blocks(folder):
        with store.locked(folder):
            aside = folder / f"{store.FILE}.broken-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
            (folder / store.FILE).rename(aside)
    if not store.is_there(folder) and not version_files.published(folder):
        return store_check(folder)
    version_rows.register(folder)
    version_rows.delete_hidden(folder)
    search_set.delete_broken(folder / search_set.FOLDER)
    return store_check(folder)
