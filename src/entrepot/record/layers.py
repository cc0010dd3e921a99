"""The record as a desk holds it: the packaged tables, the version refreshed last, rows of one's own.

See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import table
from entrepot.core.errors import UnknownNameError
from entrepot.core.store.store_reading import in_one_reading
from entrepot.core.words.translate import marked, tr
from entrepot.corridors.contract import OBSERVATIONS
from entrepot.measures.contract import EVENTS
from entrepot.measures.own.cited_measure import cited, event_rows, is_on_record
from entrepot.record import embedded, own_places, own_rows
from entrepot.sources.contract import SOURCES
from entrepot.sources.record_versions import brought
from entrepot.sources.register import by_id
from entrepot.vocabulary.contract import PLACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.measures.act import Measure
    from entrepot.record.embedded import Record

MARK = marked("your own row")


@in_one_reading
def record_of(folder: Path, version: str = "") -> Record:
    """The record as a store has it: refreshed, and with the rows of one's own; without either, the packaged one itself.

    Args:
        folder: the store.
        version: of the record, by its day or its hash; `packaged` for the one that ships; empty for the newest.

    Raises:
        UnknownNameError: no such version.
        StoreError: the store cannot be used.
    """
    return with_own(refreshed(folder, version)[0], folder)


def refreshed(folder: Path, version: str = "") -> tuple[Record, tuple[str, ...]]:
    """The record without rows of one's own, and why a version that was refreshed is not used.

    Args:
        folder: the store.
        version: as `record_of`.

    Raises:
        UnknownNameError: no such version.
        StoreError: the store cannot be used.
    """
    found = brought(folder, embedded.tables(), version)
    return over(embedded.load(), found.tables), found.notes


def over(held: Record, tables: Mapping[str, pa.Table]) -> Record:
    """A record with the tables of a version in place of its own; sources are added to the register."""
    for name, data in tables.items():
        whole = _added(held.tables[name], data) if name == SOURCES.name else data
        held = embedded.replace(held, name, whole)
    return held


def with_own(held: Record, folder: Path) -> Record:
    """A record with the rows of one's own that a store holds; itself where it holds none.

    Raises:
        StoreError: the store cannot be used.
    """
    own, sources = own_rows.rows_and_sources(folder)
    vouched = [r for r in own.to_pylist() if r["reviewed"]]
    if not vouched:
        return held
    observations = _with(held.tables["observations"], [_marked(r) for r in vouched], OBSERVATIONS)
    cited = [{**s, "publisher": f"{s['publisher']} ({MARK})"} for s in sources.to_pylist()]
    register = _with(held.tables["sources"], cited)
    if places := own_places.on_record(vouched, MARK):
        held = embedded.replace(held, "places", _with(held.tables["places"], places, PLACES))
    return embedded.replace(embedded.replace(held, "observations", observations), "sources", register)


def with_measure(held: Record, act: Measure) -> Record:
    """A record with the sources and events of a measure of one's own; itself for a measure on record.

    Raises:
        BadInputError: the id of a source of the measure is that of another source of the record.
        UnknownNameError: an event of the measure is at a place that is nowhere.
    """
    found = cited(act, by_id(held.tables["sources"]))
    if events := [] if is_on_record(act) else _placed(event_rows(act), held):
        held = embedded.replace(held, "events", _with(held.tables["events"], events, EVENTS))
    return embedded.replace(held, "sources", _with(held.tables["sources"], found)) if found else held


def _placed(events: list[dict[str, Any]], held: Record) -> list[dict[str, Any]]:
    """Events with the names of their places.

    Raises:
        UnknownNameError: a place that neither the record nor a row of one's own has.
    """
    names = {r["place_id"]: r["name"] for r in held.tables["places"].to_pylist()}
    for row in events:
        for place in row["place_id"] or ():
            if place not in names:
                raise UnknownNameError(tr("place of an event of your measure"), place, sorted(names))
        row["place"] = ", ".join(names[p] for p in row["place_id"] or ()) or None
    return events


def _added(data: pa.Table, more: pa.Table) -> pa.Table:
    """A register with further sources; one that it has stays as it is."""
    import pyarrow as pa

    known = {*data.column("source_id").to_pylist()}
    new = [r for r in more.to_pylist() if r["source_id"] not in known]
    return pa.concat_tables([data, table(SOURCES, new).cast(data.schema)]).combine_chunks()


def _with(data: pa.Table, rows: list[dict[str, object]], contract: Contract = SOURCES) -> pa.Table:
    """A table with rows behind its own."""
    import pyarrow as pa

    return pa.concat_tables([data, table(contract, rows).cast(data.schema)]).combine_chunks()


def _marked(row: dict[str, object]) -> dict[str, object]:
    note = f"{MARK[0].upper()}{MARK[1:]}. {row['note'] or ''}".strip()
    return {name: row[name] for name in OBSERVATIONS.names} | {"note": note}


def own_ids(ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some ids that are of rows of one's own, each once, in order."""
    return tuple(sorted({i for i in ids if i.startswith(own_rows.BEGINS)}))
