"""The room's data files under contracts, which are rows too: `data/tables.csv` says of each file its columns."""

from __future__ import annotations

from itertools import groupby

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable, Row, packaged_rows

_ROOM = "entrepot.claims"
_NONE = ("not_applicable",)
_OF_TABLES = PackagedTable(
    Contract(
        "claim_tables",
        "The columns of the data files of the room.",
        ("table", "column"),
        (
            Column("table", "text", "the file, without its ending"),
            Column("column", "text", "its column; * of what the file holds"),
            *(
                Column(name, "text", f"as `{name}` of a column", absent=_NONE)
                for name in ("type", "meaning", "key", "unit")
            ),
            *(Column(name, "texts", f"as `{name}` of a column", absent=_NONE) for name in ("absent", "allowed")),
            *(Column(name, "number", f"as `{name}` of a column", absent=_NONE) for name in ("low", "high")),
            Column("pattern", "text", "as `pattern` of a column", absent=_NONE),
            SOURCE,
        ),
    ),
    _ROOM,
    "tables.csv",
)
_FIELDS = ("type", "meaning", "unit", "low", "high", "pattern")


def _column(row: Row) -> Column:
    fields: Row = {name: row[name] for name in _FIELDS}
    return Column(row["column"], **fields, absent=tuple(row["absent"]), allowed=tuple(row["allowed"]))


def _table(name: str, held: list[Row]) -> PackagedTable:
    meaning, *columns = held
    grain = tuple(row["column"] for row in columns if row["key"] == "yes")
    contract = Contract(f"claim_{name}", meaning["meaning"], grain, tuple(map(_column, columns)))
    return PackagedTable(contract, _ROOM, f"{name}.csv")


TABLES = {
    name: _table(name, list(held)) for name, held in groupby(packaged_rows(_OF_TABLES), key=lambda row: row["table"])
}
