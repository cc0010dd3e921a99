"""Versions of the record beside the packaged one: each brings some of its tables whole, kept in the store's database.

A version is written in one transaction, so a run that is cut off leaves what was there. Each table that it brings names
the packaged table over which it was made: where an update of Entrepot carries another, it is not used, which is said.
Of the register of sources a version brings only the rows that it adds. See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

import re
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import arrow_schema, table
from entrepot.core.errors import StoreError, UnknownNameError
from entrepot.core.ids import digest
from entrepot.core.store.store_reading import in_one_reading, reading
from entrepot.core.tables.packaged import packaged_content
from entrepot.core.words.translate import marked, tr
from entrepot.sources.contract import RECORD_TABLES, RECORD_VERSIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.core.store import Connection
    from entrepot.sources.tables import RecordTable

PACKAGED = "packaged"  # names the record that ships, where a version is asked for
_REFRESH = marked("Run entrepot record refresh again.")
_LEAST_DIGITS = 8  # of a hash by which a version is named, as of versions of lists

Row = dict[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Brought:
    """What a version of the record brings.

    Attributes:
        row: of RECORD_VERSIONS; None for the record that ships.
        tables: by name, the tables that stand in place of the packaged ones.
        notes: why none is used, where none is.
    """

    row: Row | None = None
    tables: Mapping[str, pa.Table] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names what it brings; empty for the record that ships."""
        return str(self.row["sha256"]) if self.row and self.tables else ""


def versions(folder: Path) -> list[Row]:
    """The rows of RECORD_VERSIONS, oldest first; none where there is no store.

    Raises:
        StoreError: the store cannot be used.
    """
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        return rows_of(con)


def rows_of(con: Connection) -> list[Row]:
    """The rows of RECORD_VERSIONS of an open store, oldest first."""
    found = con.sql("SELECT * FROM record_versions ORDER BY version, refreshed_at, sha256").to_arrow_table()
    return list(found.to_pylist())


@in_one_reading
def brought(folder: Path, parts: Sequence[RecordTable], wanted: str = "") -> Brought:
    """What the newest version of the record brings, or the one that is asked for.

    Args:
        folder: the store.
        parts: the tables of the record that the caller reads.
        wanted: a version, by its day or the beginning of its hash; `packaged` for the record that ships; empty for the
            newest.

    Raises:
        UnknownNameError: no such version.
        StoreError: the store cannot be used, or what lies in it is not what was written.
    """
    if wanted == PACKAGED or (not wanted and not store.is_there(folder)):
        return Brought()
    rows = versions(folder)
    if not wanted and not rows:
        return Brought()
    row = _named(rows, wanted) if wanted else rows[-1]
    with reading(folder) as con:
        return brought_by(con, row, parts)


def brought_by(con: Connection, row: Row, parts: Sequence[RecordTable]) -> Brought:
    """What a version brings, out of an open store.

    Args:
        con: the open store.
        row: of RECORD_VERSIONS.
        parts: the tables that are read.

    Raises:
        StoreError: a table is not what was written.
    """
    sql = 'SELECT "table", base, sha256, content FROM record_tables WHERE version_sha256 = $sha256'
    held = {name: rest for name, *rest in con.execute(sql, {"sha256": row["sha256"]}).fetchall()}
    known = {part.contract.name: part for part in parts if part.contract.name in held}
    if stale := [name for name, part in known.items() if held[name][0] != base_of(part)]:
        old = tr(
            "The record was refreshed on {version}, over another release's {stale}",
            version=row["version"],
            stale=", ".join(stale),
        )
        return Brought(
            row, {}, (tr("{old}: what ships is used in its place. {refresh}", old=old, refresh=tr(_REFRESH)),)
        )
    return Brought(
        row,
        {name: _read(part.contract, held[name][2], held[name][1], row["version"]) for name, part in known.items()},
    )


def _read(contract: Contract, coded: str, written: str, version: str) -> pa.Table:
    import pyarrow as pa
    import pyarrow.parquet as pq

    remedy = tr("entrepot record remove {version}, then refresh again.", version=version)
    thing = tr("{name} of the record of {version} cannot be used", name=contract.name, version=version)
    try:
        content = b64decode(coded, validate=True)
        if digest(content) != written:
            raise StoreError(tr("{thing} (it is not what was written)", thing=thing), remedy=remedy)
        return pq.ParquetFile(pa.BufferReader(content)).read().cast(arrow_schema(contract))
    except (ValueError, pa.ArrowException) as exc:
        raise StoreError(f"{thing} ({str(exc).splitlines()[0]})", remedy=remedy) from exc


def _named(rows: Sequence[Row], wanted: str) -> Row:
    """The version of a day, of several of one day the last; or with a hash that begins so."""
    found = [r for r in rows if r["version"] == wanted]
    if not found and re.fullmatch(rf"[0-9a-f]{{{_LEAST_DIGITS},64}}", wanted):
        found = [r for r in rows if r["sha256"].startswith(wanted)]
    if not found:
        known = [*(r["version"] for r in rows), PACKAGED]
        raise UnknownNameError(tr("version of the record"), wanted, known, remedy=tr("See entrepot record versions."))
    return found[-1]


def base_of(part: RecordTable) -> str:
    """The hash of a packaged table as it ships."""
    return _hash_of(part.package, part.file) if part.file else ""


@lru_cache(maxsize=64)
def _hash_of(package: str, file: str) -> str:
    return digest(packaged_content(package, file))


def keep(con: Connection, row: Row, tables: Mapping[str, pa.Table], parts: Sequence[RecordTable]) -> Row:
    """Put a version into the open store.

    Args:
        con: the open store.
        row: of RECORD_VERSIONS, without its hash and its tables.
        tables: what it brings.
        parts: the tables of the record, for those over which they were made.

    Returns:
        The row as it is kept.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    written = {}
    for name, data in tables.items():
        sink = pa.BufferOutputStream()
        pq.write_table(data, sink, compression="zstd")
        written[name] = sink.getvalue().to_pybytes()
    said = digest([row["version"], *(f"{n}{digest(c)}" for n, c in sorted(written.items()))])
    done = row | {"sha256": said, "tables": sorted(written)}
    bases = {p.contract.name: base_of(p) for p in parts}
    store.keep(con, RECORD_VERSIONS, table(RECORD_VERSIONS, [done]))
    for name, content in written.items():
        row = {"version_sha256": said, "table": name, "base": bases[name], "sha256": digest(content)}
        store.keep(con, RECORD_TABLES, table(RECORD_TABLES, [row | {"content": b64encode(content).decode("ascii")}]))
    return done


def remove(folder: Path, wanted: str) -> Row:
    """Remove a version from the store.

    Raises:
        UnknownNameError: no such version.
        StoreError: the store cannot be used.
    """
    row = _named(versions(folder), wanted)
    with store.opened(folder) as con:
        for sql in (
            "DELETE FROM record_tables WHERE version_sha256 = $s",
            "DELETE FROM record_versions WHERE sha256 = $s",
        ):
            con.execute(sql, {"s": row["sha256"]})
    return row
