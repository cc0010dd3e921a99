"""Loaded lists in the store: each load a dated version, written whole or not at all.

The rows lie as Parquet in `lists/LIST/DATE-HASH/` beside the store's database; a row of `list_versions` names them.
See docs/design/06-lists.md.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.errors import BadDateError, BadInputError, StoreError, UnknownNameError
from entrepot.core.periods import parse
from entrepot.core.runtime import rights
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists import registry
from entrepot.lists.contract import (
    DOCUMENTS,
    ENTRIES,
    ENTRY_FACTS,
    ENTRY_NAMES,
    IDENTIFIERS,
    LIST_CHANGES,
    LIST_VERSIONS,
)
from entrepot.lists.differences import compare
from entrepot.lists.vouching import lost_entries, version_files
from entrepot.lists.vouching.version_files import home
from entrepot.lists.vouching.version_rows import adopt, held, rows_of, same_bytes_said
from entrepot.vocabulary import identifiers

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.intake.reading_options import ReadingOptions
    from entrepot.lists.formats.reading import Document
    from entrepot.lists.registry import Read
    from entrepot.lists.vouching.lost_entries import Gone

_DAY = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")
_HOW = marked(
    "Only loaded lists have versions: entrepot lists load FILE --as LIST; of the record's choose a day with --as-of."
)
_EARLIER = marked("Load an earlier version: entrepot lists load FILE --as {list_id} --version DATE.")

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Version:
    """A version of a list that is held: its row of LIST_VERSIONS and its tables.

    Attributes:
        row: under LIST_VERSIONS.
        entries, names, identifiers: under ENTRIES, ENTRY_NAMES, IDENTIFIERS.
        documents: numbers of persons' documents as keyed hashes, under DOCUMENTS; compare with `identifiers.hashed`.
        facts: under ENTRY_FACTS; None of a version loaded before 2026-11-27, when they were not kept.
    """

    row: Row
    entries: pa.Table
    names: pa.Table
    identifiers: pa.Table
    documents: pa.Table
    facts: pa.Table | None = None


def known(folder: Path) -> list[Row]:
    """The rows of LIST_VERSIONS of a store whose database names every version that lies in it.

    Raises:
        StoreError: a version lies there that it does not name, so it would not be searched.
    """
    there = version_files.published(folder)  # before the rows: a load names its version first and publishes it then
    rows = held(folder)
    version_files.refuse_strays(there, rows)
    return rows


def days(folder: Path) -> dict[str, tuple[str, ...]]:
    """Loaded lists with the days of their versions, as the folders of the store say; for a glance, no lock is taken."""
    lists = folder / "lists"
    each = sorted(p for p in lists.iterdir() if p.is_dir()) if lists.is_dir() else []
    return {p.name: tuple(sorted({d[1] for v in p.iterdir() if (d := _DAY.match(v.name))})) for p in each}


@in_english
def load(  # noqa: PLR0913 - the file, where to, and four options of the command
    path: Path,
    list_id: str,
    folder: Path,
    *,
    version: str | None = None,
    accept_loss: bool = False,
    sent_on: str = "",
    options: ReadingOptions | None = None,
) -> Row:
    """Load a list file as a version; the same file again changes nothing.

    Args:
        path: the file, or the folder of a format of several files.
        list_id: the list that it is.
        folder: the store.
        version: the day of which the list is, where the file does not say.
        accept_loss: load it even where it lost more than a few of its entries.
        sent_on: the day that its server gives the file; counts where neither the file nor `version` says one.
        options: how the file is to be read: its encoding, its sheet.

    Returns:
        The row of LIST_VERSIONS.

    Raises:
        UnreadableFileError: the file is not what it claims to be.
        BadInputError: no date, another file of that date is held, or the list lost more than a few entries.
        StoreError: the store cannot be used.
    """
    read = registry.read_list(  # a day that nothing says, or that is none, is refused before the rows are read
        path, list_id, options, lambda one: (version or not one.dated) and _dated(path, "", version, sent_on)
    )
    row = _row(path, list_id, read, _dated(path, read.reading.published, version, sent_on))
    with store.opened(folder) as con:
        before = rows_of(con, list_id)
        if same := _same(before, row, undated=row["version"] == sent_on):
            return same
        if lost := _gone(before, row, read, folder):
            if not accept_loss:
                lost_entries.refuse(path, lost)
            row["notes"] += lost.said
        row["notes"] += same_bytes_said(before, row)
        version_files.clear(folder, list_id, before)
        adopt(con, before, folder)
        row |= {"manifest": version_files.write(folder, row, _tables(read, folder))}
        store.keep(con, LIST_VERSIONS, table(LIST_VERSIONS, [row]))
    version_files.publish(folder, row)
    return row


def _row(path: Path, list_id: str, read: Read, day: str) -> Row:
    return {
        "list_id": list_id,
        "version": day,
        "title": registry.source(list_id).title,
        "format": read.format.id,
        "proven": read.format.proven,
        "loaded_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "entries": read.reading.entries.num_rows,
        "names": read.reading.names.num_rows,
        "sha256": read.sha256,
        "file": path.resolve().name,
        "notes": list(read.reading.notes),
    }


def _dated(path: Path, published: str, given: str | None, sent_on: str) -> str:
    """The day: as given, else as the file says, else the one in its name, else its server's; never today's."""
    names = sorted(set(_DAY.findall(path.resolve().name)))
    chosen = given or published or (names[0] if len(names) == 1 else "") or sent_on
    if not chosen:
        raise BadInputError(
            tr("the file does not say of which day it is"),
            found=str(path),
            remedy=tr("Give the day on which it was published: --version 2026-07-23."),
        )
    if given and published and given != published:
        raise BadInputError(tr("--version is not the day that the file gives itself"), found=given, allowed=published)
    try:
        precision = parse(chosen).precision
    except BadDateError as exc:
        raise BadDateError(chosen, allowed=tr("a day such as 2026-07-23")) from exc
    if precision != "day":
        raise BadInputError(tr("a version is of one day"), found=chosen, allowed=tr("a day such as 2026-07-23"))
    return chosen


def _same(before: list[Row], row: Row, *, undated: bool) -> Row | None:
    """The version that holds this very file; None where the row is new.

    A file that does not date itself is no new version when its server dates the same bytes anew.
    """
    if undated and before and (before[-1]["sha256"], before[-1]["format"]) == (row["sha256"], row["format"]):
        return before[-1]
    for known in before:
        if known["version"] == row["version"]:
            if known["sha256"] == row["sha256"] and known["format"] == row["format"]:
                return known
            raise BadInputError(
                tr(
                    "another file of {list_id} of {version} is held ({file})",
                    list_id=row["list_id"],
                    version=row["version"],
                    file=known["file"],
                ),
                found=row["file"],
                remedy=tr(
                    "Remove it first: entrepot lists remove {list_id} {version}.",
                    list_id=row["list_id"],
                    version=row["version"],
                ),
            )
    return None


def _gone(before: list[Row], row: Row, read: Read, folder: Path) -> Gone | None:
    """Who is gone since the version that went before; an older list that is loaded later may well be smaller."""
    earlier = [r for r in before if r["version"] < row["version"]]
    if not earlier:
        return None
    was, entries = earlier[-1], None
    with suppress(StoreError):  # of broken files the new one is loaded all the same, and counted
        entries = opened(was, folder).entries
    # A publisher's numbers stay; those of a list of one's own are its maker's.
    called = read.reading.names if row["list_id"].startswith(registry.OWN) else None
    is_same = was["format"] == row["format"]
    return lost_entries.gone(was, entries, read.reading.entries, called, is_same_format=is_same)


def _tables(read: Read, folder: Path) -> list[tuple[str, pa.Table]]:
    kept = read.reading
    return [
        (ENTRIES.name, kept.entries),
        (ENTRY_NAMES.name, kept.names),
        (IDENTIFIERS.name, kept.identifiers),
        (DOCUMENTS.name, _hashed(kept.documents, folder)),
        (ENTRY_FACTS.name, kept.facts),
    ]


def _hashed(documents: Sequence[Document], folder: Path) -> pa.Table:
    """Numbers of persons' documents under DOCUMENTS: here they leave the memory, as keyed hashes only."""
    if not documents:
        return table(DOCUMENTS, [])  # and no key is made
    key, rows = identifiers.key(folder), {}
    for d in documents:
        digest = identifiers.digest(key, d.value, d.kind)
        rows[d.entity_id, d.kind, digest] = {
            "list_id": d.list_id,
            "entity_id": d.entity_id,
            "kind": d.kind,
            "digest": digest,
            "country": d.country or None,
            "key_id": identifiers.key_id(key),
        }
    return table(DOCUMENTS, list(rows.values()))


def remove(list_id: str, version: str, folder: Path) -> Row:
    """Remove a version.

    Raises:
        UnknownNameError: no such list or version is held.
    """
    row = _find(held(folder), list_id, version)
    with store.opened(folder) as con:
        version_files.hide(folder, row)
        con.execute("DELETE FROM list_versions WHERE list_id = ? AND version = ?", [list_id, version])
    with store.opened(folder) as con:  # a load of the same version may have come between
        version_files.clear(folder, list_id, rows_of(con, list_id))
    return row


def _find(rows: list[Row], list_id: str, version: str) -> Row:
    ours = {r["version"]: r for r in rows if r["list_id"] == list_id}
    if not ours:
        known = sorted({r["list_id"] for r in rows})
        raise UnknownNameError(tr("loaded list"), list_id, known, remedy=_HOW)
    if version not in ours:
        raise UnknownNameError(
            tr("version of {list_id}", list_id=list_id), version, ours, remedy=tr("See entrepot lists.")
        )
    return ours[version]


@in_english
def opened(row: Row, folder: Path) -> Version:
    """The tables of a version that is held.

    Raises:
        StoreError: its files are gone or broken.
    """
    import pyarrow as pa

    place = home(folder, row)
    remedy = tr(
        "Remove the version and load it again: entrepot lists remove {list_id} {version}.",
        list_id=row["list_id"],
        version=row["version"],
    )
    try:
        data = version_files.read(folder, row)
        entries, names, numbers, documents = (
            _opened(c, data[c.name], row) for c in (ENTRIES, ENTRY_NAMES, IDENTIFIERS, DOCUMENTS)
        )
        facts = None if data[ENTRY_FACTS.name] is None else _opened(ENTRY_FACTS, data[ENTRY_FACTS.name], row)
    except (OSError, ValueError, pa.ArrowException) as exc:
        said = exc.strerror if isinstance(exc, OSError) and exc.strerror else str(exc).splitlines()[0]
        where = exc.filename if isinstance(exc, OSError) else None
        if rights.code_of(exc) is not None and where:
            remedy = rights.remedy(exc, Path(where), "", writing=False) or remedy
        raise StoreError(
            tr("the files of a loaded list cannot be used ({said})", said=said), found=str(place), remedy=remedy
        ) from exc
    keys = set(documents.column("key_id").to_pylist())
    is_there = (folder / identifiers.KEY_FILE).exists()  # one that is gone is not made anew: it would be another
    if keys and not (is_there and keys == {identifiers.key_id(identifiers.key(folder))}):
        thing = tr("the documents of a loaded list were hashed under another key than the store's")
        raise StoreError(thing, found=str(place), remedy=remedy)
    return Version(row, entries, names, numbers, documents, facts)


def _opened(contract: Contract, data: bytes | None, row: Row) -> pa.Table:
    """A table of a version; what a version of before 2026-11-25 lacks is computed, or empty.

    Raises:
        ValueError: there are other rows in it than the database counted.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    if data is None:
        if contract is DOCUMENTS:
            return table(DOCUMENTS, [])
        raise ValueError(f"{contract.name}.parquet is gone")
    found = pq.ParquetFile(pa.BufferReader(data)).read()
    counted = {ENTRIES.name: row["entries"], ENTRY_NAMES.name: row["names"]}.get(contract.name, found.num_rows)
    if counted != found.num_rows:
        raise ValueError(f"{contract.name}.parquet holds {found.num_rows} rows, not {counted}")
    if contract is ENTRIES and "nationalities" not in found.column_names:
        found = found.append_column("nationalities", pa.nulls(found.num_rows, pa.list_(pa.string())))
        found = found.select(list(ENTRIES.names))
    if contract is IDENTIFIERS and "normalised" not in found.column_names:
        rows = found.to_pylist()
        normal = [identifiers.normal(r["kind"], r["value"]) for r in rows]
        found = found.append_column("normalised", pa.array(normal, pa.string()))
        found = found.append_column("country", pa.nulls(len(rows), pa.string()))
    return found


def with_hash(rows: list[Row], list_id: str, begins: str, day: str = "") -> Row | None:
    """The version whose file has a hash, or one that begins so; of several the newest by the day, else of all."""
    ours = [r for r in rows if r["list_id"] == list_id and begins and r["sha256"].startswith(begins)]
    return next((r for r in reversed(ours) if r["version"] <= day), ours[-1] if ours else None)


def named(rows: list[Row], list_id: str, wanted: str) -> Row:
    """The version of a list that is asked for by its day, or by the first 8 or more digits of its file's hash.

    Raises:
        UnknownNameError: no such list or version is held.
    """
    if re.fullmatch(r"[0-9a-f]{8,64}", wanted) and (found := with_hash(rows, list_id, wanted)):
        return found
    return _find(rows, list_id, wanted)


def standing(rows: list[Row], list_id: str, day: date) -> Row:
    """The version that stood on a day: the newest dated on or before it.

    Args:
        rows: what is held.
        list_id: a list that is held.
        day: the day.

    Raises:
        BadInputError: the first version is of a later day; names the versions held.
    """
    ours = [r for r in rows if r["list_id"] == list_id]
    past = [r for r in ours if r["version"] <= day.isoformat()]
    if not past:
        begins, days = ours[0]["version"], ", ".join(r["version"] for r in ours)
        raise BadInputError(
            tr("no version of {list_id} is held for that day", list_id=list_id),
            found=day.isoformat(),
            allowed=tr("a day from {version} on; held: {ours}", version=begins, ours=days),
            remedy=tr(_EARLIER, list_id=list_id),
        )
    return past[-1]


@in_english
def differences(list_id: str, first: str, second: str, folder: Path) -> tuple[pa.Table, str]:
    """What differs between two versions of a list, under LIST_CHANGES, and a note on what was compared.

    Raises:
        UnknownNameError: no such list or version is held.
    """
    rows = held(folder)
    a, b = (opened(_find(rows, list_id, v), folder) for v in (first, second))
    first_tables, second_tables = ((v.entries, v.names, v.identifiers, v.documents, v.facts) for v in (a, b))
    changes, said = compare(first_tables, second_tables, (a.row["format"], b.row["format"]))
    return table(LIST_CHANGES, changes), said
