"""Files of supply in the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core import store
from entrepot.core.contract import arrow_schema, table
from entrepot.core.store.store_reading import in_one_reading, reading
from entrepot.core.store.whole_files import WholeFiles
from entrepot.core.words.translate import marked
from entrepot.tracing.contract import SUPPLY_FILES, SUPPLY_LINKS, SUPPLY_REFUSED
from entrepot.tracing.parties.kept_joins import ids_in_place, joined
from entrepot.tracing.supply.coded_rows import CodedRows
from entrepot.tracing.supply.contract import (
    SUPPLY_DECLARATIONS,
    SUPPLY_FACILITIES,
    SUPPLY_LOTS,
    SUPPLY_PAPERS,
    SUPPLY_PAYMENTS,
    SUPPLY_RECIPES,
    SUPPLY_WITHDRAWN,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from entrepot.core.contract import Contract
    from entrepot.core.store.whole_files import Put
    from entrepot.tracing.supply.coded_rows import Numbers
    from entrepot.tracing.supply.read_supply import SupplyFile

    Rows = list[dict[str, Any]]
    Place = tuple[str, int]  # of a row: its file, its number there

TABLES = (
    SUPPLY_LINKS,
    SUPPLY_LOTS,
    SUPPLY_WITHDRAWN,
    SUPPLY_DECLARATIONS,
    SUPPLY_FACILITIES,
    SUPPLY_RECIPES,
    SUPPLY_PAYMENTS,
    SUPPLY_PAPERS,
)
# What counts by its sum, so that a row that two files say would count twice; each with what numbers its rows.
_NUMBERED = {
    SUPPLY_LINKS.name: "document",
    SUPPLY_LOTS.name: "ifnull(event_id,document)",
    SUPPLY_PAYMENTS.name: "document",
}
_PLACE = ("file_id", "row", "entry")
_ROWS_OF_A_FILE = 1 << 40  # more than any file has: file and row are one number
KEPT = WholeFiles(marked("file of supply"), "entrepot supply files", (SUPPLY_FILES, SUPPLY_REFUSED, *TABLES))


def put(folder: Path, file: SupplyFile) -> Put:
    """Keep a file; whether it is new, or takes the place of what was read of it before.

    Raises:
        StoreError: the store cannot be used.
    """
    first = [table(contract, rows) for contract, rows in zip(KEPT.tables, ([file.row], file.refused), strict=False)]
    held = [file.held.get(c.name, arrow_schema(c).empty_table()) for c in TABLES]
    return KEPT.put(folder, file.row["file_id"], [*first, *held])


@in_one_reading
def held(folder: Path, contract: Contract) -> Rows:
    """What a table holds of every file, in the order of the files' rows; nothing of events that were withdrawn.

    A row that another file says again is left out (`said_again`). Parties that are one firm have one id
    (`tracing/parties`); names stay as the files write them.
    """
    rows: Rows = joined(folder, contract, KEPT.held(folder, contract)).to_pylist()
    return sorted(_standing(folder, contract, rows), key=lambda r: (r["file_id"], r["row"], r.get("entry", 0)))


@in_one_reading
def held_columns(folder: Path, contract: Contract) -> CodedRows:
    """As `held`, as columns: a table of millions of rows is no dict a row."""
    data = CodedRows.of(KEPT.batches(folder, contract), arrow_schema(contract)).put(*ids_in_place(folder, contract))
    if not len(data):
        return data
    gone = _gone(folder, contract)
    files: dict[str, int] = {}
    places = _places(data, files)
    if gone:
        standing = ~np.isin(places, [_placed(files, *p) for p in gone])
        data, places = data.take(np.flatnonzero(standing)), places[standing]
    order = data.numbered("file_id", sorted(files).index)
    entry = data.whole("entry") if "entry" in data.names else np.zeros(len(data), np.int64)
    sorted_ = np.lexsort((entry, places, order))
    return data if (np.diff(sorted_) == 1).all() else data.take(sorted_)


@in_one_reading
def declared_apart(folder: Path) -> tuple[CodedRows, CodedRows]:
    """The links that no declaration says, and those that one says, with what it says beside."""
    every, told = held_columns(folder, SUPPLY_LINKS), KEPT.batches(folder, SUPPLY_DECLARATIONS)
    said = CodedRows.of(told, arrow_schema(SUPPLY_DECLARATIONS))
    files: dict[str, int] = {}
    here, there = _places(every, files), _places(said, files)
    order = np.argsort(there, kind="stable")
    is_said = np.isin(here, there)
    beside = order[np.searchsorted(there[order], here[is_said])]
    both = every.take(np.flatnonzero(is_said)).with_columns(said.take(beside))
    return (every.take(np.flatnonzero(~is_said)) if is_said.any() else every), both


def _places(data: CodedRows, files: dict[str, int]) -> Numbers:
    """A number by row for where it stands; the files that are met are numbered in `files`."""
    return data.numbered("file_id", lambda f: _placed(files, f, 0)) + data.whole("row")


def _placed(files: dict[str, int], file_id: str, row: int) -> int:
    return files.setdefault(file_id, len(files)) * _ROWS_OF_A_FILE + row


@in_one_reading
def links(folder: Path) -> Rows:
    """The links of every file, each supply once, in the order of the files' rows.

    A customs declaration that names the invoice of a link between the same parties says that supply a second time.
    """
    rows = held(folder, SUPPLY_LINKS)
    said = {_place(r): (r["invoice"] or "").casefold() for r in KEPT.held(folder, SUPPLY_DECLARATIONS).to_pylist()}
    invoices = {
        (r["supplier_id"], r["buyer_id"], r["document"].casefold())
        for r in rows
        if r["document"] and _place(r) not in said
    }
    return [r for r in rows if (r["supplier_id"], r["buyer_id"], said.get(_place(r), "")) not in invoices]


@in_one_reading
def shipments(folder: Path, day: date) -> tuple[Rows, int]:
    """Links with a document to who supplies nobody further: what a dossier can be asked of; and how many are later.

    The table is looked through as columns; rows are made of those alone that are given.

    Args:
        folder: the store.
        day: later links are not known. Days, months and years are in order as text, each before its parts.
    """
    import polars as pl

    data = link_table(folder)
    frame = pl.DataFrame(pl.from_arrow(data.select(["supplier_id", "buyer_id", "document", "date"])))
    known = frame.with_row_index("at").filter(pl.col("date").fill_null("") <= day.isoformat())
    last = known.filter(pl.col("document").fill_null("") != "")
    last = last.join(known.select(pl.col("supplier_id").alias("buyer_id")).unique(), on="buyer_id", how="anti")
    found: Rows = data.take(last.get_column("at").sort().to_arrow()).to_pylist()
    return found, frame.height - known.height


def declared_crossings(folder: Path) -> Rows:
    """The declarations that name a crossing, each with who exported to whom and the number of the declaration."""
    told = [r for r in KEPT.held(folder, SUPPLY_DECLARATIONS).to_pylist() if r["crossing"]]
    said = {_place(r): r for r in held(folder, SUPPLY_LINKS)} if told else {}
    return [{**said[_place(r)], **r} for r in told if _place(r) in said]


@in_one_reading
def link_table(folder: Path) -> pa.Table:
    """As `links`, under SUPPLY_LINKS; rows are made of it only where there are declarations."""
    if KEPT.held(folder, SUPPLY_DECLARATIONS).num_rows:
        return table(SUPPLY_LINKS, links(folder))
    data = _without(joined(folder, SUPPLY_LINKS, KEPT.held(folder, SUPPLY_LINKS)), _gone(folder, SUPPLY_LINKS))
    return data.sort_by([("file_id", "ascending"), ("row", "ascending")])


def _without(data: pa.Table, gone: set[Place]) -> pa.Table:
    """The rows of a table that stand elsewhere than at these places."""
    if not gone:
        return data
    import polars as pl

    places = pl.DataFrame(pl.from_arrow(data.select(["file_id", "row"]))).with_row_index("at")
    left_out = pl.DataFrame(list(gone), schema={"file_id": pl.String, "row": pl.Int64}, orient="row")
    standing = places.join(left_out, on=["file_id", "row"], how="anti")
    return data.take(standing.get_column("at").sort().to_arrow())


@in_one_reading
def said_again(folder: Path) -> dict[Place, Place]:
    """The rows that say, cell for cell, what a row of another file says under the same number, each with that one.

    Exports overlap: a quarter's and a month's hold the same paper. A paper counts as often as the file says it in which
    it has most rows, since lines of one paper may say the same. The first is that of the first file by its id, so that
    nothing hangs on which was loaded first. Rows without a number of a paper, or an event, are never taken for one.
    """
    return {place: first for name in _NUMBERED for place, first in _said_again(folder, name).items()}


def _said_again(folder: Path, name: str) -> dict[Place, Place]:
    if not store.is_there(folder):
        return {}
    told, cells = f'"{name}"', _cells(name)
    if name == SUPPLY_LINKS.name:  # what a declaration says beside is said of its row: another crossing is another row
        told = f'"{name}" LEFT JOIN (SELECT *, true AS declared FROM "{SUPPLY_DECLARATIONS.name}") USING (file_id, row)'  # noqa: S608 - our own contract
        cells = [*cells, *_cells(SUPPLY_DECLARATIONS.name), "declared"]
    entry = "entry" if "entry" in {c.name for c in _contract(name).columns} else "row"
    with reading(folder) as con:
        rows = con.execute(
            f"""
            WITH shared AS (
                SELECT {_NUMBERED[name]} AS paper FROM "{name}"
                GROUP BY paper HAVING paper IS NOT NULL AND min(file_id) <> max(file_id)
            ), told AS (
                SELECT file_id, row, list(row({", ".join(cells)}) ORDER BY {entry}) AS said
                FROM {told} WHERE {_NUMBERED[name]} IN (SELECT paper FROM shared) GROUP BY file_id, row
            ), numbered AS (
                SELECT *, row_number() OVER (PARTITION BY file_id, said ORDER BY row) AS nth FROM told
            )
            SELECT file_id, row, first_value(file_id) OVER one, first_value(row) OVER one FROM numbered
            WINDOW one AS (PARTITION BY said, nth ORDER BY file_id) QUALIFY row_number() OVER one > 1
            """  # noqa: S608 - our own contract
        ).fetchall()
    return {(file, row): (first, at) for file, row, first, at in rows}


@in_one_reading
def of_several_files(folder: Path, again: Collection[Place]) -> Rows:
    """Links of papers that several files have between the same parties, but for those that are said again.

    A declaration that names an invoice is told apart by `links`.

    Args:
        folder: the store.
        again: what `said_again` names: on a million links it takes seconds.
    """
    if not store.is_there(folder):
        return []
    with reading(folder) as con:
        found = con.sql(
            f"""
            SELECT l.* FROM "{SUPPLY_LINKS.name}" l LEFT JOIN "{SUPPLY_DECLARATIONS.name}" d USING (file_id, row)
            WHERE invoice IS NULL AND lower(document) IN (
                SELECT lower(document) AS paper FROM "{SUPPLY_LINKS.name}"
                GROUP BY paper HAVING paper IS NOT NULL AND min(file_id) <> max(file_id)
            )
            """  # noqa: S608 - our own contract
        ).to_arrow_table()
    rows = joined(folder, SUPPLY_LINKS, found.cast(arrow_schema(SUPPLY_LINKS))).to_pylist()
    withdrawn = _withdrawn(folder)
    return sorted((r for r in rows if _place(r) not in again and _place(r) not in withdrawn), key=_place)


def unnumbered_again(folder: Path, file_id: str) -> int:
    """How many links of a file name no paper and say, cell for cell, what such a link of another file says."""
    if not store.is_there(folder):
        return 0
    cells = ", ".join(_cells(SUPPLY_LINKS.name))
    with reading(folder) as con:
        told = con.execute(
            f"""
            SELECT count(*) FROM (
                SELECT {cells} FROM "{SUPPLY_LINKS.name}" WHERE document IS NULL AND file_id = $file INTERSECT ALL
                SELECT {cells} FROM "{SUPPLY_LINKS.name}" WHERE document IS NULL AND file_id <> $file
            )
            """,  # noqa: S608 - our own contract
            {"file": file_id},
        ).fetchall()
    return int(told[0][0])


def _contract(name: str) -> Contract:
    return next(c for c in TABLES if c.name == name)


def _cells(name: str) -> list[str]:
    return [f'"{c.name}"' for c in _contract(name).columns if c.name not in _PLACE]


def _standing(folder: Path, contract: Contract, rows: Iterable[dict[str, Any]]) -> Rows:
    gone = _gone(folder, contract)
    return [r for r in rows if _place(r) not in gone]


def _gone(folder: Path, contract: Contract) -> set[Place]:
    """Where rows of a table stand that count for nothing: of events that were withdrawn, or said again.

    An event that is said again hands over no second time, so that its link goes with its lots.
    """
    again = {SUPPLY_LINKS.name: (SUPPLY_LINKS, SUPPLY_LOTS)}.get(contract.name, (contract,))
    names = [c.name for c in again if c.name in _NUMBERED]
    return _withdrawn(folder).union(*(_said_again(folder, name) for name in names))


def _withdrawn(folder: Path) -> set[Place]:
    """Where events stand that were withdrawn."""
    withdrawn = {r["event_id"] for r in KEPT.held(folder, SUPPLY_WITHDRAWN).to_pylist()}
    lots = KEPT.held(folder, SUPPLY_LOTS).select(["file_id", "row", "event_id"]).to_pylist() if withdrawn else []
    return {_place(r) for r in lots if r["event_id"] in withdrawn}


def _place(row: dict[str, Any]) -> Place:
    return row["file_id"], row["row"]


def refused(folder: Path, file_id: str) -> Rows:
    """The rows of a file that were refused.

    Raises:
        UnknownNameError: no such file is held.
    """
    KEPT.row(folder, file_id)
    rows: Rows = KEPT.held(folder, SUPPLY_REFUSED).to_pylist()
    return sorted((r for r in rows if r["file_id"] == file_id), key=lambda r: r["row"])
