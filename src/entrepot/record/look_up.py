"""Finding what an id stands for: in the record, or among what was shown before and kept in the store."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.errors import BadInputError
from entrepot.core.shown import Row, Shown, explained, kinds, stated
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import tr
from entrepot.measures.own.cited_measure import kept_cited
from entrepot.record.embedded import Record, find
from entrepot.record.layers import record_of
from entrepot.record.own_rows import BEGINS
from entrepot.sources.contract import SOURCES
from entrepot.sources.explanation import Explanation, explain_row, explain_stated
from entrepot.sources.register import by_id

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import duckdb


@dataclass(frozen=True, slots=True)
class RecordLook:
    """Where what explains a row finds what it rests on: the record, and what the store kept beside it.

    Attributes:
        record: the record.
        sources: the register by source id.
        kept: rows of `grounds`.
        own: rows of the person's own files.
        held: ids of the person's own files that the store holds.
        cited: by table and key, what measures of the person's own were cited by.
    """

    record: Record
    sources: Mapping[str, Mapping[str, Any]]
    kept: Sequence[Row] = field(default=())
    own: Sequence[Row] = field(default=())
    held: frozenset[str] = frozenset()
    cited: Mapping[tuple[str, str], Row] = field(default_factory=dict)

    def row(self, table: str, key: str) -> Row | None:
        """The row of a table of the record by its key, or of a measure of the person's own; None where it is gone."""
        found = next((row for name, row in find(self.record, key) if name == table), None)
        return self.cited.get((table, key)) if found is None else found

    def rows(self, key: str) -> Sequence[tuple[str, Row]]:
        """The rows of any table of the record with a key."""
        return find(self.record, key)

    def grounds(self, finding_id: str) -> Sequence[Row]:
        """The grounds of a finding."""
        return [g for g in self.kept if g["finding_id"] == finding_id]

    def given(self) -> Sequence[Row]:
        """The rows of the person's own files under the row that is explained."""
        return self.own

    def removed(self, file_ids: Sequence[str]) -> list[str]:
        """Those of the person's own files that the store holds no more."""
        return sorted({*file_ids} - self.held)


def explanations(row_id: str, folder: Path) -> list[Explanation]:
    """Everything that an id stands for; a place id may be a row of two tables.

    Args:
        row_id: a row of any kind that is shown, or a row of the record.
        folder: the store.

    Raises:
        BadInputError: neither the record nor the store knows it.
    """
    # Bytes that are no text reach a program as lone surrogates, which no table holds.
    row_id = row_id.encode("utf-8", "replace").decode()
    record = record_of(folder)
    sources = by_id(record.tables["sources"])
    found = (
        []
        if row_id.startswith(BEGINS)
        else [
            _with_party(explain_row(name, row_id, row, record.contracts[name].meaning, sources), record)
            for name, row in find(record, row_id)
        ]
    )
    if not found and store.is_there(folder):
        with reading(folder) as con:
            kept = list(_kept(con, row_id))
            grounds = _rows(con, 'SELECT * FROM grounds WHERE finding_id = $id ORDER BY "table", row_id', row_id)
            own = [(_rests(con, kind, row_id), _held(con, kind)) for kind, _ in kept]
            cited = kept_cited(con, row_id)
        sources = {key: row for (name, key), row in cited.items() if name == SOURCES.name} | sources
        looks = [RecordLook(record, sources, grounds, rows, files, cited) for rows, files in own]
        found = [_explained(kind, row, look) for (kind, row), look in zip(kept, looks, strict=True)]
    if not found:
        words = ", ".join(k.id_words for k in kinds().values())
        raise BadInputError(
            tr("nothing has this id"),
            found=row_id,
            allowed=tr("{words}, or a row of the record such as O0001, E079, uflpa-…", words=words),
            remedy=tr("All but the record's are known once a command has shown them, with the same store."),
        )
    return found


def _with_party(said: Explanation, record: Record) -> Explanation:
    """The explanation with the rows of the party that the row is about, such as the listing whose history it is."""
    party = said.says.get("entity_id")
    if not party or party == said.id:
        return said
    return replace(said, rows=(*said.rows, *find(record, str(party))))


def explanation_of(kind: str, row: Row, folder: Path) -> Explanation:
    """What stands behind a row that is at hand, such as one of a file of results.

    Args:
        kind: of what contract the row is.
        row: the row.
        folder: the store, whose record is asked.
    """
    record = record_of(folder)
    return _explained(kinds()[kind], row, RecordLook(record, by_id(record.tables["sources"])))


def _explained(kind: Shown, row: Row, look: RecordLook) -> Explanation:
    """By the function of its kind, else by the finding that it becomes."""
    if kind.explain:
        found: Explanation = explained(kind, row, look)
        return found
    return explain_stated(kind, row, stated(kind, row, look), look)


def _kept(con: duckdb.DuckDBPyConnection, row_id: str) -> list[tuple[Shown, Row]]:
    """The rows that the store holds under an id, each with its kind."""
    out: list[tuple[Shown, Row]] = []
    for one in _rows(con, "SELECT * FROM shown WHERE id = $id", row_id):
        kind = kinds().get(one["kind"])
        if kind is not None and not kind.table:
            out.append((kind, json.loads(one["row"])))
    for kind in kinds().values():
        if kind.table:
            sql = f'SELECT * FROM "{kind.table}" WHERE "{kind.key}" = $id'  # noqa: S608 - names of our own contract
            out += [(kind, row) for row in _rows(con, sql, row_id)]
    return out


def _rests(con: duckdb.DuckDBPyConnection, kind: Shown, row_id: str) -> list[Row]:
    """The rows of the person's own files that the store holds under a row."""
    if kind.rests is None:
        return []
    sql = f'SELECT * EXCLUDE ("{kind.key}") FROM "{kind.rests.name}" WHERE "{kind.key}" = $id ORDER BY ALL'  # noqa: S608 - names of our own contract
    return _rows(con, sql, row_id)


def _held(con: duckdb.DuckDBPyConnection, kind: Shown) -> frozenset[str]:
    """The ids of the files that the store holds, of those on which a row of the kind may rest."""
    listed = (con.execute(f'SELECT file_id FROM "{name}"').fetchall() for name in kind.listed_in)  # noqa: S608 - names of our own contract
    return frozenset(str(file_id) for some in listed for (file_id,) in some)


def _rows(con: duckdb.DuckDBPyConnection, sql: str, row_id: str) -> list[Row]:
    return list(con.sql(sql, params={"id": row_id}).to_arrow_table().to_pylist())
