"""The rows that name versions of lists, and the files that they name: kept together, whatever is killed in between.

See docs/design/30-the-store-vouches.md.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from entrepot.core import store
from entrepot.core.contract import table
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import in_english, tr
from entrepot.lists.contract import DOCUMENTS, LIST_VERSIONS
from entrepot.lists.vouching import version_files
from entrepot.lists.vouching.version_files import home

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from entrepot.core.store import Connection

Row = dict[str, Any]


def held(folder: Path) -> list[Row]:
    """The rows of LIST_VERSIONS, by list and date; none where there is no store yet."""
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        return rows_of(con)


def rows_of(con: Connection, list_id: str | None = None) -> list[Row]:
    """The rows of LIST_VERSIONS, of all lists or of one, by list and day."""
    sql = "SELECT * FROM list_versions WHERE $list IS NULL OR list_id = $list ORDER BY list_id, version"
    return list(con.sql(sql, params={"list": list_id}).to_arrow_table().to_pylist())


def key_ids(folder: Path, rows: Iterable[Row]) -> set[str]:
    """The names of the keys under which the documents of these versions were hashed; of one that is broken none."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found: set[str] = set()
    for row in rows:
        with suppress(OSError, ValueError, pa.ArrowException):
            data = version_files.read(folder, row)[DOCUMENTS.name]
            if data is not None:
                found |= set(pq.read_table(pa.BufferReader(data), columns=["key_id"]).column(0).to_pylist())
    return found


def adopt(con: Connection, rows: list[Row], folder: Path) -> None:
    """Write manifests for the versions of before there were any, and finish the names that a killed run left hidden."""
    for row in rows:
        version_files.publish(folder, row)
        place = home(folder, row)
        if not row["manifest"] and place.is_dir() and not place.is_symlink():
            row["manifest"] = version_files.adopt(place, row)
            store.keep(con, LIST_VERSIONS, table(LIST_VERSIONS, [row]))


def hide_all(folder: Path) -> None:
    """Give all versions their hidden names, before their rows go: a run killed in between has removed nothing.

    Raises:
        StoreError: a link stands in place of a folder.
    """
    for row in held(folder):
        version_files.hide(folder, row)


def delete_hidden(folder: Path) -> None:
    """Remove the files of versions that no row names any more, and what folders of lists are empty then."""
    rows, lists = held(folder), folder / version_files.FOLDER
    for place in sorted(lists.iterdir()) if lists.is_dir() and not lists.is_symlink() else ():
        if place.is_dir() and not place.is_symlink():
            version_files.clear(folder, place.name, rows)
            with suppress(OSError):
                place.rmdir()
    with suppress(OSError):
        lists.rmdir()


@in_english
def register(folder: Path) -> None:
    """Name again in the database what lies in the store and vouches for itself; give manifests to what has none.

    Raises:
        StoreError: the store cannot be used.
    """
    with store.opened(folder) as con:
        rows = rows_of(con)
        known = {(r["list_id"], r["version"]) for r in rows}
        adopt(con, rows, folder)
        for stray in version_files.strays(version_files.published(folder), rows):
            if stray.row and (stray.row["list_id"], stray.row["version"]) not in known and _is_whole(stray, folder):
                store.keep(con, LIST_VERSIONS, table(LIST_VERSIONS, [stray.row]))


def _is_whole(stray: version_files.Stray, folder: Path) -> bool:
    try:
        version_files.read(folder, stray.row or {})
    except (OSError, ValueError):
        return False
    return True


def same_bytes_said(before: Iterable[Row], row: Row) -> list[str]:
    """That a file's very bytes are held as of another day already: one of the two days may be wrong.

    Args:
        before: the versions of the list that are held.
        row: of the version that is loaded.
    """
    days = sorted(r["version"] for r in before if r["sha256"] == row["sha256"] and r["version"] != row["version"])
    if not days:
        return []
    said = tr("The same bytes are held already as the version of {days}: is the day right?", days=", ".join(days))
    return [said]
