"""The profile of a listed party: whatever a list says of one of its entries, and where its publisher prints it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists import registry, versions
from entrepot.lists.contract import PROFILE
from entrepot.lists.in_force import titles
from entrepot.lists.listed_name import PROBABLE
from entrepot.lists.profiles.record_profile import of_the_record
from entrepot.lists.profiles.statements import Statement, kept_apart
from entrepot.lists.shelf import of_record
from entrepot.lists.vouching import version_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

Row = dict[str, Any]
_KEPT_AS_HASH = marked("the number is kept as a keyed hash only")
_NOT_KEPT = marked(
    "loaded before addresses, links and remarks were kept: entrepot lists remove {list_id} {version}, and load it again"
)
# What one line says of a party, in this order, and how many of each: a line is read beside a score, not studied.
_LINE = (("kind", 1), ("birth_date", 1), ("nationality", 2), ("address", 1), ("programme", 3), ("linked_to", 1))
_MOST_READ = 20_000  # profiles that a server holds: some kilobytes each
_LONGEST = 60  # characters of one statement in a line
_FROM_NAMES = {"name": "name", "alias": "alias", "former_name": marked("former name")}


@dataclass(frozen=True, slots=True)
class Profile:
    """What a list says of one entry.

    Attributes:
        entity_id: the entry.
        list_id: its list.
        name: the name that the list puts first.
        version: the day of which the list is; of the record's lists, of the last change to the entry.
        sha256: hash of the publisher's file; empty for the record's lists.
        statements: what is said, in the order in which a reader asks.
    """

    entity_id: str
    list_id: str
    name: str
    version: str
    sha256: str
    statements: tuple[Statement, ...]

    def said(self, what: str) -> tuple[str, ...]:
        """The values of one kind of statement, in the order of the list."""
        return tuple(s.value for s in self.statements if s.what == what)

    def line(self) -> str:
        """The profile in one line: kind, birth date, nationality, address, programmes, link to another party."""
        parts: list[str] = []
        for what, most in _LINE:
            values = self.said(what) or (self.said("country") if what == "address" else ())
            shown = [_short(v) for v in values[:most]]
            if not shown:
                continue
            word = {"birth_date": "born ", "linked_to": tr("linked to ")}.get(what, "")
            more = (
                tr(" and {count} more", count=len(values) - most)
                if len(values) > most and what in {"address", "linked_to"}
                else ""
            )
            parts.append(word + ", ".join(shown) + more)
        return "; ".join(parts)

    @property
    def link(self) -> str:
        """Where the publisher prints the entry, or else its list; empty where neither is known."""
        return next((s.value for s in self.statements if s.what == "publisher's page"), "")

    @property
    def list_link(self) -> str:
        """Where the publisher prints the whole list; empty for a list of the record, whose entries have notices."""
        return registry.source(self.list_id).address if self.sha256 else ""

    def table(self) -> pa.Table:
        """The statements under PROFILE."""
        rows = [
            {"entity_id": self.entity_id, "what": s.what, "value": s.value, "note": s.note or None}
            for s in kept_apart(self.statements)
        ]
        return table(PROFILE, rows)


@in_english
def profiles(
    folder: Path,
    wanted: Iterable[tuple[str, str]],
    hashes: Mapping[str, str],
    days: Mapping[str, str] | None = None,
) -> dict[str, Profile]:
    """The profiles of entries, each in the version that was used.

    Args:
        folder: the store.
        wanted: list and entity of each entry; those that no list holds are left out.
        hashes: list_id -> hash of the publisher's file; without one the newest version held counts. Of a version that
            is no longer held there are none: another says other things of the same entry (`gone`).
        days: list_id -> day of the version, which tells versions of the same bytes apart.

    Raises:
        StoreError: the files of a version cannot be used.
    """
    by_list: dict[str, set[str]] = defaultdict(set)
    for list_id, entity_id in wanted:
        by_list[list_id].add(entity_id)
    rows = version_rows.held(folder)
    found: dict[str, Profile] = {}
    for list_id, entities in by_list.items():
        ours = [r for r in rows if r["list_id"] == list_id]
        if not ours:
            found |= {p[0]: Profile(*p) for p in of_the_record(entities, of_record(folder))}
            continue
        used = hashes.get(list_id, "")
        row = versions.with_hash(rows, list_id, used, (days or {}).get(list_id, "")) if used else ours[-1]
        if row is not None:
            found |= _of_version(versions.opened(row, folder), entities)
    return found


def gone(folder: Path, hashes: Mapping[str, str]) -> tuple[str, ...]:
    """The lists of which the version that was used is no longer held.

    Args:
        folder: the store.
        hashes: list_id -> hash of the publisher's file; lists of the record, whose hash is that of names, are left out.
    """
    rows, of_ours = version_rows.held(folder), titles()
    return tuple(n for n, h in hashes.items() if h and n not in of_ours and versions.with_hash(rows, n, h) is None)


class ProfilesHeld:
    """Profiles of entries of the newest versions, for a server: files are opened once, an entry is read once.

    Args:
        folder: the store; who changes it makes another one of these.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._newest = {r["list_id"]: r for r in version_rows.held(folder)}
        self._opened: dict[str, versions.Version] = {}
        self._read: dict[str, Profile | None] = {}

    @in_english
    def of(self, wanted: Iterable[tuple[str, str]]) -> dict[str, Profile]:
        """The profiles of entries; those that no list holds are left out.

        Args:
            wanted: list and entity of each entry.

        Raises:
            StoreError: the files of a version cannot be used.
        """
        asked = list(wanted)
        missing: dict[str, set[str]] = defaultdict(set)
        for list_id, entity_id in asked:
            if entity_id not in self._read:
                missing[list_id].add(entity_id)
        if len(self._read) > _MOST_READ:
            self._read.clear()
        for list_id, entities in missing.items():
            self._read |= dict.fromkeys(entities) | self._made(list_id, entities)
        return {e: p for _, e in asked if (p := self._read.get(e)) is not None}

    def _made(self, list_id: str, entities: set[str]) -> dict[str, Profile]:
        row = self._newest.get(list_id)
        if row is None:
            return {p[0]: Profile(*p) for p in of_the_record(entities, of_record(self._folder))}
        if list_id not in self._opened:
            self._opened[list_id] = versions.opened(row, self._folder)
        return _of_version(self._opened[list_id], entities)


@in_english
def profile(folder: Path, entity_id: str, version: str = "") -> Profile:
    """The profile of one entry.

    Args:
        folder: the store.
        entity_id: the entry: list and number, as a match names it.
        version: the day of the version, or the beginning of its file's hash; empty for the newest that holds the entry.

    Raises:
        UnknownNameError: no list that is held has the entry.
    """
    rows = version_rows.held(folder)
    ours = [r for r in rows if entity_id.startswith(f"{r['list_id']}-")]
    if version and ours:
        ours = [versions.named(rows, ours[-1]["list_id"], version)]
    for row in reversed(ours):
        if found := _of_version(versions.opened(row, folder), {entity_id}):
            return found[entity_id]
    if not version and (made := of_the_record({entity_id}, of_record(folder))):
        return Profile(*made[0])
    known = (
        versions.opened(ours[-1], folder).entries.column("entity_id").to_pylist() if ours else _of_record_ids(folder)
    )
    remedy = tr("An id is LIST-NUMBER, as a match names it. Find it by its name: entrepot search NAME.")
    raise UnknownNameError(tr("entry of a list"), entity_id, known, remedy=remedy)


def _of_record_ids(folder: Path) -> list[str]:
    ids: list[str] = of_record(folder).listings.column("entity_id").to_pylist()
    return ids


def _of_version(version: versions.Version, entities: set[str]) -> dict[str, Profile]:
    """Profiles of entries of a loaded version; those that it does not hold are left out."""
    entries = {r["entity_id"]: r for r in _rows(version.entries, entities)}
    gathered: dict[str, dict[str, list[Row]]] = {i: defaultdict(list) for i in entries}
    for word in ("names", "identifiers", "documents", "facts"):
        data = getattr(version, word)
        for r in () if data is None else _rows(data, set(entries)):
            gathered[r["entity_id"]][word].append(r)
    return {i: _made(version.row, r, gathered[i], is_whole=version.facts is not None) for i, r in entries.items()}


def _rows(data: pa.Table, entities: set[str]) -> list[Row]:
    """The rows of some entities; not by pyarrow.compute, whose import takes longer than one look."""
    import pyarrow as pa

    ids = data.column("entity_id").to_pylist()
    at = pa.array([i for i, e in enumerate(ids) if e in entities], pa.int64())
    rows: list[Row] = data.take(at).to_pylist()
    return rows


def _made(row: Row, entry: Row, more: Mapping[str, list[Row]], *, is_whole: bool) -> Profile:
    facts = [Statement(f["what"], f["value"]) for f in more["facts"]]
    years = [] if any(f.what == "birth_date" for f in facts) else entry["birth_years"] or []
    statements = [
        *_headed(row, entry),
        *(_named(n) for n in more["names"] if n["name"] != entry["name"]),
        *(Statement("birth_date", y) for y in years),
        *(Statement("nationality", v) for v in entry["nationalities"] or ()),
        *(Statement("country", v) for v in entry["countries"] or ()),
        *facts,
        *(
            Statement(tr("identifier: {kind}", kind=n["kind"]), n["value"], n["country"] or "")
            for n in more["identifiers"]
        ),
        *_papers(more["documents"]),
    ]
    if not is_whole:
        statements.append(Statement("remark", tr("not all that the list prints is held"), _NOT_KEPT.format(**row)))
    return Profile(entry["entity_id"], row["list_id"], entry["name"], row["version"], row["sha256"], tuple(statements))


def _headed(row: Row, entry: Row) -> list[Statement]:
    """What the list says of the listing itself."""
    given = [
        Statement("name", entry["name"]),
        Statement("kind", entry["kind"]),
        Statement(
            "list",
            tr("{title}, version of {version}", title=row["title"], version=row["version"]),
            tr("sha256 {sha256}", sha256=row["sha256"]),
        ),
        *(Statement("section", s) for s in entry["section"] or ()),
        *(Statement("programme", p) for p in entry["programme"] or ()),
        Statement(tr("listed since"), entry["valid_from"] or ""),
        Statement(tr("listed until"), entry["valid_to"] or ""),
    ]
    source = registry.source(row["list_id"])
    page = source.entry.format(number=entry["list_entry_id"]) if source.entry else source.address
    given += [Statement("publisher", source.publisher), Statement(tr("publisher's page"), page)]
    return [g for g in given if g.value]


def _named(row: Row) -> Statement:
    notes = {"weak": tr("the list warns that the name fits many"), PROBABLE: tr("paired by pinyin only")}
    return Statement(_FROM_NAMES.get(row["what"], str(row["what"])), row["name"], notes.get(row["strength"] or "", ""))


def _papers(documents: list[Row]) -> list[Statement]:
    """Documents of a person: kind and issuer, each once, with how many there are."""
    counted: dict[str, int] = defaultdict(int)
    for d in documents:
        counted[f"{d['kind'].replace('_', ' ')}" + (f", {d['country']}" if d["country"] else "")] += 1
    return [
        Statement("document", said + (tr(" ({n} of them)", n=n) if n > 1 else ""), _KEPT_AS_HASH)
        for said, n in counted.items()
    ]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rstrip(' ,')}…"
