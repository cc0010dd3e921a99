"""Rows of one's own: kept in the store, listed, taken back, and explained.

See docs/design/44-a-record-of-ones-own.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.errors import BadInputError
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import in_english, marked, tr
from entrepot.record.contract import OWN_OBSERVATIONS, OWN_SOURCES
from entrepot.sources.explanation import Explanation, explain_row

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.shown import Look
    from entrepot.core.store import Connection

BEGINS = "u-"  # of the ids of rows of one's own
SOURCE_BEGINS = "s-own-"  # of those of their sources

_READ = marked(
    "Your own record: a figure of a report that you checked, which nobody confirmed by itself. It judges no report."
)
_ADDED = marked(
    "Your own record: a figure that you added with its source, or confirmed in a report. It is none of Entrepot's."
)


@in_english
def rows(folder: Path) -> pa.Table:
    """The user's own observations, in order of id; empty where there is no store.

    Raises:
        StoreError: the store cannot be used.
    """
    if not store.is_there(folder):
        return table(OWN_OBSERVATIONS, [])
    with reading(folder) as con:
        return _rows(con)


def rows_and_sources(folder: Path) -> tuple[pa.Table, pa.Table]:
    """The user's own observations and their sources; empty where there is no store.

    Raises:
        StoreError: the store cannot be used.
    """
    if not store.is_there(folder):
        return table(OWN_OBSERVATIONS, []), table(OWN_SOURCES, [])
    with reading(folder) as con:
        found = con.sql("SELECT * FROM own_sources ORDER BY source_id").to_arrow_table().to_pylist()
        return _rows(con), table(OWN_SOURCES, found)


def _rows(con: Connection) -> pa.Table:
    return table(OWN_OBSERVATIONS, con.sql("SELECT * FROM own_observations ORDER BY id").to_arrow_table().to_pylist())


@in_english
def add(con: Connection, given: pa.Table, sources: pa.Table | None = None) -> int:
    """Put rows, and their sources, into the open store; a row that is there stays as it is, review included.

    Args:
        con: the open store.
        given: under OWN_OBSERVATIONS.
        sources: under OWN_SOURCES; None where the rows bring none.

    Returns:
        How many were new.
    """
    known = {r[0] for r in con.execute("SELECT id FROM own_observations").fetchall()}
    new = [r for r in given.to_pylist() if r["id"] not in known]
    if new:
        store.keep(con, OWN_OBSERVATIONS, table(OWN_OBSERVATIONS, new))
    if sources is not None and sources.num_rows:
        store.keep(con, OWN_SOURCES, sources)
    return len(new)


def remove(folder: Path, row_id: str) -> None:
    """Take a row back out of the store, and its source where no other row has it.

    Raises:
        BadInputError: no such row; rows of the embedded record cannot be removed.
        StoreError: the store cannot be used.
    """
    own = []
    if store.is_there(folder):
        with store.opened(folder) as con:
            own = [r[0] for r in con.execute("SELECT id FROM own_observations ORDER BY id").fetchall()]
            con.execute("DELETE FROM own_observations WHERE id = $id", {"id": row_id})
            con.execute("DELETE FROM own_sources WHERE source_id NOT IN (SELECT source_id FROM own_observations)")
    if row_id not in own:
        raise BadInputError(
            tr("no row of your own record has this id"),
            found=row_id,
            allowed=tr("one of {own}", own=", ".join(own[:5])) if own else tr("none: your own record is empty"),
            remedy=tr("`entrepot record own_observations` lists them; the record itself cannot be changed."),
        )


def explain(row: Mapping[str, Any], look: Look) -> Explanation:
    """Explain a row of the person's own record.

    Args:
        row: a row of `own_observations`.
        look: where its source is found.
    """
    rule = _ADDED if row["reviewed"] else _READ
    return explain_row("own_observations", str(row["id"]), row, rule, look.sources)
