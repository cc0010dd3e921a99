"""The record refreshed: publishers' pages fetched and read, what would change, and a version of it kept.

Everything is fetched, read and compared before the store is opened to be written, and the version is written in one
transaction: a run that is cut off, at whatever moment, leaves the record as it was. See docs/design/44.
"""

from __future__ import annotations

import html
import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError, FailedFetchError, StoreError, UnknownNameError, UnreadableFileError
from entrepot.core.ids import digest, file_digest
from entrepot.core.runtime.scratch import scratch
from entrepot.core.words.translate import in_english, tr
from entrepot.lists import fetching, registry
from entrepot.lists.fetching import Wanted, offered
from entrepot.record import embedded
from entrepot.record.layers import over
from entrepot.record.renewal import ember_flows, ofac_entries, uflpa_page
from entrepot.record.renewal.loss import Lost, loss_said, lost_rows, refuse_loss
from entrepot.record.renewal.row_changes import RECORD_CHANGES, Page, Renewed, folded
from entrepot.sources import record_versions
from entrepot.sources.contract import READ
from entrepot.sources.download import fetch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    import pyarrow as pa

    from entrepot.lists.formats.reading import Reading
    from entrepot.record.embedded import Record
    from entrepot.sources.download import Fetched

Row = dict[str, Any]
_TAGS = re.compile(rb"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher whose page the record is refreshed from.

    Attributes:
        name: as `entrepot fetch` calls its list, where it is one.
        who, title, licence: of its source in the register.
        renew: makes the tables as what was read would have them.
        held: counts what the record holds of it.
        table: of the record, whose rows are counted.
        list_id: the list of the record that it is of; empty where it is of none.
        file: under which name a file that is no list is fetched; empty for a list.
    """

    name: str
    who: str
    title: str
    licence: str
    renew: Callable[[Record, Path, Page], Renewed]
    held: Callable[[Record], int]
    table: str = "listings"
    list_id: str = ""
    file: str = ""


def _of_list(name: str, renew: Callable[[Record, Reading, Page], Renewed]) -> Callable[[Record, Path, Page], Renewed]:
    """A list is read by the reader with which it is loaded; what that passed over is told."""

    def read(record: Record, path: Path, page: Page) -> Renewed:
        reading = registry.read_list(path, name).reading
        renewed = renew(record, reading, page)
        renewed.notes += reading.notes
        return renewed

    return read


_US = "US public domain"
PUBLISHERS: Mapping[str, Publisher] = MappingProxyType(
    {
        "dhs-uflpa": Publisher(
            "dhs-uflpa",
            "DHS",
            "UFLPA Entity List",
            _US,
            _of_list("dhs-uflpa", uflpa_page.renew),
            uflpa_page.held,
            list_id=uflpa_page.LIST,
        ),
        "ofac-sdn": Publisher(
            "ofac-sdn",
            "Office of Foreign Assets Control",
            "SDN list",
            _US,
            _of_list("ofac-sdn", ofac_entries.renew),
            ofac_entries.held,
            list_id=ofac_entries.LIST,
        ),
        "ember": Publisher(
            "ember",
            "Ember",
            "China solar exports dataset, monthly",
            "CC BY 4.0",
            ember_flows.renew,
            ember_flows.held,
            table="flows",
            file="china-solar-exports.csv",
        ),
    }
)
# Without a name all are read of which an address is known: Ember's file has none on record.
_BY_THEMSELVES = ("dhs-uflpa", "ofac-sdn")


@dataclass(frozen=True, slots=True)
class Asked:
    """How the record is to be refreshed.

    Attributes:
        day: of the run, ISO; the pages are read on it.
        source: an address, or a file that was saved by hand, in place of the one publisher's address.
        accept_loss: go on where a page lost more rows than a few.
        wanted: how it is fetched.
    """

    day: str
    source: str = ""
    accept_loss: bool = False
    wanted: Wanted = field(default_factory=Wanted)


@dataclass(frozen=True, slots=True, eq=False)
class Proposal:
    """What a refresh would write.

    Attributes:
        row: of RECORD_VERSIONS, without its hash.
        tables: what the version would bring.
        changes: under RECORD_CHANGES.
        before: key of the version over which it was made; empty for the record that ships.
        is_new: whether it differs from that version.
    """

    row: Row
    tables: Mapping[str, pa.Table]
    changes: pa.Table
    before: str
    is_new: bool


def chosen(names: Sequence[str]) -> list[Publisher]:
    """The publishers asked for, each once; all with an address where none is named.

    Raises:
        UnknownNameError: the record is not refreshed from it.
    """
    for name in names:
        if name not in PUBLISHERS:
            fetched = (
                tr("No table of the record rests on it: entrepot fetch {name}.", name=name)
                if name in registry.sources()
                else ""
            )
            raise UnknownNameError(tr("publisher that the record is refreshed from"), name, PUBLISHERS, remedy=fetched)
    return [PUBLISHERS[n] for n in dict.fromkeys(names or _BY_THEMSELVES)]


@in_english
def proposal(folder: Path, publishers: Sequence[Publisher], asked: Asked) -> Proposal:
    """Fetch, read and compare; the store is only read.

    Args:
        folder: the store.
        publishers: whose pages.
        asked: how.

    Raises:
        FailedFetchError: a page cannot be fetched, or is another than it was.
        UnreadableFileError: a file that was given is cut, or is none of the publisher's.
        BadInputError: a page lost more rows than a few, or is older than the record.
        StoreError: the store cannot be used.
    """
    parts = embedded.tables()
    before = record_versions.brought(folder, parts)
    tables: dict[str, pa.Table] = dict(before.tables)
    changes: list[Row] = []
    notes: list[str] = []
    for publisher in publishers:
        held = over(embedded.load(), tables)
        renewed = _renewed(publisher, held, asked)
        lost = Lost(publisher.name, publisher.table, publisher.held(held), lost_rows(renewed, publisher.table))
        if not asked.accept_loss:
            refuse_loss(lost)
        brought = renewed.tables(held)
        changes += renewed.changes
        notes += [f"{publisher.name}: {note}" for note in (*renewed.notes, *loss_said(lost))]
        tables |= {**brought, "sources": _both(tables.get("sources"), brought["sources"])}
    row = {
        "version": asked.day,
        "refreshed_at": datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "publishers": [p.name for p in publishers],
        "changes": len(changes),
        "notes": notes,
    }
    is_new = bool(changes) or tables.get("sources") != before.tables.get("sources")
    return Proposal(row, tables, table(RECORD_CHANGES, changes), before.key, is_new)


def _both(held: pa.Table | None, more: pa.Table) -> pa.Table:
    """Sources that earlier versions brought, and further ones."""
    import pyarrow as pa

    if held is None:
        return more
    known = {*held.column("source_id").to_pylist()}
    new = more.filter(pa.array([i not in known for i in more.column("source_id").to_pylist()], pa.bool_()))
    return pa.concat_tables([held, new.cast(held.schema)]).combine_chunks()


def _renewed(publisher: Publisher, held: Record, asked: Asked) -> Renewed:
    """What one publisher's page changes."""
    _refuse_older(publisher, held, asked.day)
    with _page(publisher, asked) as (path, url, sha256):
        source = _source(publisher, url, sha256, asked.day)
        page = Page(publisher.name, publisher.list_id, asked.day, source, _text(path) if publisher.list_id else "")
        try:
            return publisher.renew(held, path, page)
        except UnreadableFileError as exc:
            raise _unread(exc, url, asked) from exc


def _unread(exc: UnreadableFileError, url: str, asked: Asked) -> BadInputError:
    """What is said of a page that cannot be read: of a file that was given its name, of a fetched page its address."""
    cause = exc.remedy or tr("If the page has a new form, this release cannot read it.")
    remedy = tr("The record is as it was. {cause}", cause=cause)
    if _is_file(asked.source):
        if not Path(asked.source).exists():
            remedy = tr("The record is as it was. Give the page that you saved.")
        return UnreadableFileError(exc.path, exc.problem, line=exc.line, allowed=exc.allowed, remedy=remedy)
    where = Path(exc.path).name + (tr(", line {line}", line=exc.line) if exc.line else "")
    said = tr("what came is not what it was: {where}: {problem}", where=where, problem=exc.problem)
    return FailedFetchError(url or asked.source, said, allowed=exc.allowed, remedy=remedy)


def _is_file(source: str) -> bool:
    """Whether what was given in place of the publisher's address is a file."""
    return bool(source) and "://" not in source


@contextmanager
def _page(publisher: Publisher, asked: Asked) -> Iterator[tuple[Path, str, str]]:
    """The page: where it lies while it is read, where it is from, and its hash."""
    if _is_file(asked.source):
        path = Path(asked.source)
        sha256 = file_digest(path) if path.is_file() else ""
        yield path, next(iter(fetching.addresses().get(publisher.name, {}).values()), ""), sha256
        return
    try:
        with _fetched(publisher, asked.wanted) as (path, files):
            first = next(iter(files.values()))
            hashes = [f.sha256 for f in files.values()]
            yield path, first.url, hashes[0] if len(hashes) == 1 else digest(hashes)
    except FailedFetchError as exc:
        by_hand = tr(
            "Save the page by hand and give it: entrepot record refresh {name} --from FILE.", name=publisher.name
        )
        remedy = exc.remedy or tr("The record is as it was. Try later. {by_hand}", by_hand=by_hand)
        raise FailedFetchError(exc.url, exc.problem, allowed=exc.allowed, remedy=remedy) from exc


@contextmanager
def _fetched(publisher: Publisher, wanted: Wanted) -> Iterator[tuple[Path, Mapping[str, Fetched]]]:
    """What the publisher offers, in a folder that is gone afterwards."""
    if not publisher.file:
        with offered(publisher.name, wanted) as found:
            yield found
        return
    if not wanted.source:
        remedy = tr("Give one, or the file: entrepot record refresh {name} --from URL or FILE.", name=publisher.name)
        raise BadInputError(tr("no address of the publisher is known"), found=publisher.name, remedy=remedy)
    with scratch() as folder:
        path = folder / publisher.file
        progress = wanted.progress(publisher.file)
        yield path, {publisher.file: fetch(wanted.source, path, limits=wanted.limits, progress=progress)}


def _text(path: Path) -> str:
    """Letters and digits of all that stands on a page; empty for a list of several files."""
    if not path.is_file():
        return ""
    return folded(html.unescape(_TAGS.sub(b" ", path.read_bytes()).decode("utf-8", "replace")))


def _source(publisher: Publisher, url: str, sha256: str, day: str) -> Row:
    """The page as a row of the register."""
    return {
        "source_id": f"{READ}{publisher.list_id or publisher.name}-{day.replace('-', '')}",
        "publisher": publisher.who,
        "title": tr("{title}, as read on {day}", title=publisher.title, day=day),
        "url": url or None,
        "url_basis": "seen" if url else "none",
        "source_kind": "original",
        "licence": publisher.licence,
        "retrieved": day,
        "sha256": sha256 or None,
    }


def _refuse_older(publisher: Publisher, held: Record, day: str) -> None:
    """Refuse a run whose day lies before what the record knows already: the clock is wrong."""
    known = [r["valid_from"] for r in held.tables["listings"].to_pylist() if r["list_id"] == publisher.list_id]
    if known and max(known) > day:
        raise BadInputError(
            tr(
                "the record holds {list_id} of {known}, a later day than today",
                list_id=publisher.list_id,
                known=max(known),
            ),
            found=day,
            remedy=tr("Set the clock of this machine."),
        )


@in_english
def write(folder: Path, made: Proposal) -> Row:
    """Keep the version that was proposed, in one transaction.

    Args:
        folder: the store.
        made: the proposal.

    Returns:
        The row of RECORD_VERSIONS.

    Raises:
        StoreError: another run has refreshed the record in between, or the store cannot be used.
    """
    with store.opened(folder) as con:
        rows = record_versions.rows_of(con)
        newest = str(rows[-1]["sha256"]) if rows else ""
        if made.before and made.before != newest:
            remedy = tr("Nothing is changed. Refresh again.")
            raise StoreError(tr("another run has refreshed the record in between"), found=str(folder), remedy=remedy)
        return record_versions.keep(con, made.row, made.tables, embedded.tables())
