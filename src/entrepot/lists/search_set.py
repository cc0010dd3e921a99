"""The listed names that a screening searches: their index, the listing that each stands for, and what the lists cover.

Made of listings on a day, kept beside the store, mapped by every process that screens.
"""

from __future__ import annotations

import json
import zlib
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError
from entrepot.core.files import replacing
from entrepot.core.fingerprint import fingerprint
from entrepot.core.ids import digest
from entrepot.core.runtime import rights
from entrepot.core.runtime.mapped_file import let_go, mapped
from entrepot.core.tables.buffers import texts
from entrepot.lists.in_force import chosen_lists, coverage, names_in_force
from entrepot.lists.listed_name import ListedName, kind_of
from entrepot.names.search.arrays import load
from entrepot.names.search.cache import READ_BY, opened
from entrepot.names.search.index import Index

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.lists.in_force import Listings

FOLDER = "searched"  # beside the store's database
_COLUMNS = tuple(f.name for f in fields(ListedName))
# What an index is built by and from. Their source text is hashed too, unlike for the rule of a result: an index built
# anew for a comment costs seconds, one that is read by other code than built it gives wrong answers.
_ROOMS = (*READ_BY, "entrepot.core", "entrepot.lists", "entrepot.screening")
_KEPT = 6  # files; the oldest go


@dataclass(frozen=True, eq=False)  # no slots: what is found by number is gathered on first use
class Searched:
    """Listed names ready to be met; nothing in it changes, and it travels to other processes.

    Attributes:
        names: one row a name, columns as `ListedName`.
        index: over the same names in the same order.
        coverage: what each list held that day, rows of COVERAGE.
        notes: what a reader must know of the lists.
        path: the file that it is mapped from; empty where it lives in memory.
    """

    names: pa.Table
    index: Index
    coverage: tuple[Mapping[str, Any], ...]
    notes: tuple[str, ...]
    path: str = ""

    def listed(self, position: int) -> ListedName:
        """The listed name at a position."""
        return ListedName(*(self.names.column(c)[position].as_py() for c in _COLUMNS))

    def names_of(self, position: int) -> list[ListedName]:
        """All names of the entity whose first name stands at a position; they stand together."""
        first = self.listed(position)
        out = [first]
        for at in range(position + 1, self.names.num_rows):
            listed = self.listed(at)
            if (listed.list_id, listed.entity_id) != (first.list_id, first.entity_id):
                break
            out.append(listed)
        return out

    @cached_property
    def by_number(self) -> Mapping[str, Sequence[int]]:
        """Number, or keyed hash of a document -> positions of the first names of the entities that carry it."""
        found: dict[str, list[int]] = {}
        before = ""
        for at, said in enumerate(self.names.column("particulars").to_pylist()):
            if said and said != before and ('"numbers"' in said or '"documents"' in said):
                known = json.loads(said)
                for _, number, _ in (*known.get("numbers", ()), *known.get("documents", ())):
                    found.setdefault(number, []).append(at)
            before = said
        return found

    def sha256_of(self, list_id: str) -> str | None:
        """The hash of a list: of the publisher's file, or of the names searched."""
        return next((c["sha256"] for c in self.coverage if c["list_id"] == list_id), None)

    def sha256(self) -> str:
        """The hash of what each list held, which decides what is searched, for a run to be taken up again."""
        return digest(json.dumps(self.coverage, sort_keys=True, default=str))

    def __reduce__(self) -> tuple[Any, ...]:
        if self.path:
            return mapped_names, (Path(self.path), self.index)
        return Searched, (self.names, self.index, self.coverage, self.notes)


def searched(
    data: Listings, lists: Sequence[str], day: date, folder: Path | None = None, *, is_read_only: bool = False
) -> Searched:
    """The names in force on a day.

    Args:
        data: the listings.
        lists: lists to use; empty for all.
        day: the day.
        folder: where to keep the index; None to keep none.
        is_read_only: whether an index that is kept there is used and none is put there.

    Raises:
        UnknownNameError: a list that is not held.
    """
    used = chosen_lists(data, lists)
    names = names_in_force(data, used, day)
    index = opened([n.text for n in names], [kind_of(n) for n in names], folder, is_read_only=is_read_only)
    return Searched(_table(names), index, tuple(coverage(data, used, day, names)), data.notes)


def searched_beside(
    data: Listings, lists: Sequence[str], day: date, more: tuple[Sequence[ListedName], Sequence[Mapping[str, Any]]]
) -> Searched:
    """The names in force on a day, and behind them names that stand on no list; nothing is kept of them.

    Args:
        data: the listings.
        lists: lists to use; empty for all.
        day: the day.
        more: the other names, those of an entity together, and what holds them, rows of COVERAGE.

    Raises:
        UnknownNameError: a list that is not held.
    """
    used = chosen_lists(data, lists)
    listed = names_in_force(data, used, day)
    names = [*listed, *more[0]]
    index = opened([n.text for n in names], [kind_of(n) for n in names], None)
    return Searched(_table(names), index, (*coverage(data, used, day, listed), *more[1]), data.notes)


def _table(names: Sequence[ListedName]) -> pa.Table:
    import pyarrow as pa

    columns = [texts([getattr(n, c) for n in names]) for c in _COLUMNS]
    return pa.Table.from_arrays(list(columns), schema=pa.schema([(c, pa.string()) for c in _COLUMNS]))


def key_of(versions: Sequence[Mapping[str, Any]], lists: Sequence[str], day: date, secret: str = "") -> str:
    """What decides which names are searched: the versions, the lists asked for, the day, the code and the record.

    And under which key numbers of documents were hashed: with another key at hand what is kept is not used.

    Args:
        versions: rows of LIST_VERSIONS that are used.
        lists: the lists asked for.
        day: the day.
        secret: names that key; empty where there is none.
    """
    said = [{k: r[k] for k in ("list_id", "version", "format", "sha256", "file")} for r in versions]
    whole = json.dumps([fingerprint(*_ROOMS), said, sorted(lists), day.isoformat(), secret], sort_keys=True)
    return digest(whole, digits=32)


def kept(folder: Path, key: str) -> Searched | None:
    """What was kept under a key; None where there is nothing that can be used."""
    path = folder / f"names-{key}.arrow"
    with suppress(OSError, ValueError, KeyError, BadInputError):
        return mapped_names(path)
    return None


def mapped_names(path: Path, index: Index | None = None) -> Searched:
    """Map the file of a screening's names.

    Args:
        path: the file.
        index: over the same names; None to map the file that it names, which lies beside it.

    Raises:
        ValueError, OSError: the file cannot be used.
    """
    import pyarrow as pa

    whole = mapped(path)
    opened_file = pa.ipc.open_file(pa.BufferReader(pa.py_buffer(whole)))
    said = json.loads((opened_file.schema.metadata or {})[b"screening"])
    table = opened_file.read_all().replace_schema_metadata(None)
    if said.pop("check", None) != _check(table, said):
        raise ValueError(str(path))
    let_go(whole)
    index = index or Index.over(load(path.parent / said["index"]))
    if table.num_rows != len(index) or tuple(table.column_names) != _COLUMNS:
        raise ValueError(str(path))
    return Searched(table, index, tuple(said["coverage"]), tuple(said["notes"]), str(path))


def keep(found: Searched, folder: Path, key: str) -> Searched:
    """Keep what is searched for the next run; where it cannot be kept, it stays in memory."""
    import pyarrow as pa

    path, index = folder / f"names-{key}.arrow", found.index.path
    if not index:
        return found
    said: dict[str, Any] = {"index": Path(index).name, "coverage": found.coverage, "notes": found.notes}
    said["check"] = _check(_as_written(found.names), said)
    table = found.names.replace_schema_metadata({"screening": json.dumps(said)})
    try:
        with replacing(path) as part, pa.ipc.new_file(part, table.schema) as out:
            out.write_table(table)
        rights.like_its_folder(path)
    except (BadInputError, OSError):
        return found
    _sweep(folder, path)
    return mapped_names(path, found.index)


def checked(folder: Path) -> list[tuple[str, bool]]:
    """Each file that is kept, and whether it is what was written; none where the folder is a link."""
    out = []
    for path in sorted(folder.glob("*.arrow")) if folder.is_dir() and not folder.is_symlink() else ():
        is_whole = False
        with suppress(OSError, ValueError, KeyError, BadInputError):
            (mapped_names if path.name.startswith("names-") else load)(path)
            is_whole = True
        out.append((path.name, is_whole))
    return out


def delete_broken(folder: Path) -> None:
    """Remove what is kept and broken; it is made anew when it is needed."""
    for name, is_whole in checked(folder):
        if not is_whole:
            (folder / name).unlink(missing_ok=True)


def delete(folder: Path) -> None:
    """Remove what is kept, and the folder when it is empty then; a link and files of others stay."""
    if folder.is_dir() and not folder.is_symlink():
        with suppress(OSError):
            for pattern in ("names-*.arrow", "index-*.arrow", "index.lock"):
                for path in folder.glob(pattern):
                    path.unlink(missing_ok=True)
            folder.rmdir()


def _as_written(table: pa.Table) -> pa.Table:
    """The table with its buffers as a file holds them: in memory they may be longer."""
    import pyarrow as pa

    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as out:
        out.write_table(table)
    return pa.ipc.open_file(sink.getvalue()).read_all()


def _check(table: pa.Table, said: Mapping[str, Any]) -> int:
    """A checksum of the names and of what the file says of the lists, so that a changed file is made anew."""
    found = zlib.crc32(json.dumps(said, sort_keys=True, default=list).encode())
    for column in table.columns:
        for chunk in column.chunks:
            for buffer in chunk.buffers():
                found = zlib.crc32(buffer, found) if buffer is not None else found
    return found


def _sweep(folder: Path, newest: Path) -> None:
    with suppress(OSError):
        known = sorted(folder.glob("names-*.arrow"), key=lambda p: p.stat().st_mtime, reverse=True)
        for path in [p for p in known if p != newest][_KEPT - 1 :]:
            path.unlink(missing_ok=True)
