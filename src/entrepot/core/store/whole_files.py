"""Files of a person's data in the store: each is taken whole or not at all, and goes with all that was read of it.

A kind of file has tables of its own, the first of which has a row a file; all have the column `file_id`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from entrepot.core import store
from entrepot.core.contract import arrow_schema
from entrepot.core.errors import UnknownNameError
from entrepot.core.store.store_reading import reading
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import duckdb
    import pyarrow as pa

    from entrepot.core.contract import Contract

Put = Literal["new", "reread", ""]
_OF_THE_LOAD = ("file", "loaded_at")  # columns that say how a file came, and nothing of what it says
_BATCH = 100_000  # rows: some 30 MB of texts


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """A kind of file.

    Attributes:
        what: what a message calls it: "file of ownership data".
        listed_by: the command that lists them, for a remedy.
        tables: their contracts, that of the files first.
    """

    what: str
    listed_by: str
    tables: tuple[Contract, ...]

    def put(self, folder: Path, file_id: str, tables: Sequence[pa.Table]) -> Put:
        """Keep a file; of one that is held the new reading takes the place of the one before, where they differ.

        A person who names another column, or a reader that reads more, reads the same file otherwise.

        Args:
            folder: the store.
            file_id: of the file.
            tables: what was read of it, in the order of the contracts.

        Returns:
            Whether it is new, or held as read otherwise before; nothing where nothing changed.

        Raises:
            StoreError: the store cannot be used.
        """
        with store.opened(folder) as con:
            held = f'SELECT count(*) FROM "{self.tables[0].name}" WHERE file_id = ?'  # noqa: S608 - our own contract
            is_held = bool(con.execute(held, [file_id]).fetchall()[0][0])
            read = [data.cast(arrow_schema(c)) for c, data in zip(self.tables, tables, strict=True)]
            if is_held and all(_is_as_held(con, c, file_id, d) for c, d in zip(self.tables, read, strict=True)):
                return ""
            for contract, data in zip(self.tables, read, strict=True):
                con.execute(f'DELETE FROM "{contract.name}" WHERE file_id = ?', [file_id])  # noqa: S608 - our own contract
                con.register("incoming", data)
                con.execute(f'INSERT INTO "{contract.name}" BY NAME SELECT * FROM incoming')  # noqa: S608 - our own contract
                con.unregister("incoming")
        return "reread" if is_held else "new"

    def files(self, folder: Path) -> list[dict[str, Any]]:
        """The files that are held, oldest first; none where there is no store."""
        rows: list[dict[str, Any]] = self.held(folder, self.tables[0]).to_pylist()
        return sorted(rows, key=lambda r: (r["loaded_at"], r["file_id"]))

    def row(self, folder: Path, file_id: str) -> dict[str, Any]:
        """The row of a file.

        Raises:
            UnknownNameError: no such file is held.
        """
        held = {r["file_id"]: r for r in self.files(folder)}
        if file_id not in held:
            raise UnknownNameError(self.what, file_id, held, remedy=tr("See {listed_by}.", listed_by=self.listed_by))
        return held[file_id]

    def remove(self, folder: Path, file_id: str) -> dict[str, Any]:
        """Remove a file, and what was read of it; its row.

        Raises:
            UnknownNameError: no such file is held.
            StoreError: the store cannot be used.
        """
        row = self.row(folder, file_id)
        with store.opened(folder) as con:
            for contract in self.tables:
                con.execute(f'DELETE FROM "{contract.name}" WHERE file_id = ?', [file_id])  # noqa: S608 - our own contract
        return row

    def held(self, folder: Path, contract: Contract) -> pa.Table:
        """What a table holds of all files; no rows where there is no store.

        Raises:
            StoreError: the store cannot be read.
        """
        schema = arrow_schema(contract)
        if not store.is_there(folder):
            return schema.empty_table()
        with reading(folder) as con:
            return con.sql(f'SELECT * FROM "{contract.name}"').to_arrow_table().cast(schema)  # noqa: S608 - our own contract

    def batches(self, folder: Path, contract: Contract) -> Iterator[pa.RecordBatch]:
        """As `held`, some rows at a time, in no order that may be relied on; the store is read until the last is taken.

        Raises:
            StoreError: the store cannot be read.
        """
        if not store.is_there(folder):
            return
        schema = arrow_schema(contract)
        with reading(folder) as con:
            for batch in con.sql(f'SELECT * FROM "{contract.name}"').to_arrow_reader(_BATCH):  # noqa: S608 - our own contract
                yield batch.cast(schema)


def _is_as_held(con: duckdb.DuckDBPyConnection, contract: Contract, file_id: str, read: pa.Table) -> bool:
    """Whether the rows that are held of a file are those of a reading, whenever it was loaded and by which name."""
    names = ", ".join(f'"{c}"' for c in read.column_names if c not in _OF_THE_LOAD)
    con.register("incoming", read)
    # What stands in the text is our own contract.
    told = con.execute(
        f"""
        SELECT (SELECT count(*) FROM "{contract.name}" WHERE file_id = $file) = (SELECT count(*) FROM incoming)
        AND NOT EXISTS (
            SELECT {names} FROM incoming EXCEPT ALL SELECT {names} FROM "{contract.name}" WHERE file_id = $file
        )
        """,  # noqa: S608
        {"file": file_id},
    ).fetchall()
    con.unregister("incoming")
    return bool(told[0][0])
