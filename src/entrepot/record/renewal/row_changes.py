"""What a refresh would change, row by row, and the tables as they would be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column, Contract, table
from entrepot.core.ids import id_of
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    import pyarrow as pa

    from entrepot.record.embedded import Record

Row = dict[str, Any]

RECORD_CHANGES = Contract(
    name="record_changes",
    meaning="What a refresh of the record changes, a row of a table each.",
    grain=("table", "key", "change"),
    columns=(
        Column("publisher", "text", "whose page says so"),
        Column("table", "text", "table of the record"),
        Column(
            "change",
            "text",
            "added: a new row; gone: it ends, or is taken out; changed: cells of it are",
            allowed=("added", "gone", "changed"),
        ),
        Column("key", "text", "key of the row"),
        Column("name", "text", "what the row is about"),
        Column("details", "texts", "what changes, one sentence each", absent=("not_applicable",)),
    ),
)


@dataclass(frozen=True, slots=True)
class Page:
    """A publisher's page that was read.

    Attributes:
        publisher: whose.
        list_id: the list of the record that it is of.
        day: on which it was read.
        source: its row of the register.
        text: letters and digits of all that stands on it, in small letters; empty where its rows are all of it.
    """

    publisher: str
    list_id: str
    day: str
    source: Row
    text: str = ""


@dataclass(slots=True)
class Renewed:
    """Tables of the record as a page would have them, and what changes.

    Attributes:
        page: what was read.
        rows: by table, by key, in order; tables that nothing touches are left out at the end.
        changes: of RECORD_CHANGES.
        notes: what a reader must know of it.
    """

    page: Page
    rows: dict[str, dict[str, Row]] = field(default_factory=dict)
    changes: list[Row] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)

    def put(self, name: str, key: str, row: Row, change: str, about: str, *details: str) -> None:
        """Set a row, and say what changes."""
        self.rows[name][key] = row
        self.touched.add(name)
        said = {"publisher": self.page.publisher, "table": name, "change": change, "key": key}
        self.changes.append(said | {"name": about, "details": list(details) or None})

    def gone(self, name: str, key: str, about: str) -> None:
        """Say that a row is taken out of a table."""
        self.touched.add(name)
        said = {"publisher": self.page.publisher, "table": name, "change": "gone", "key": key, "name": about}
        self.changes.append(said | {"details": None})

    def member(self, entity: Row, what: str, value: str | None, *, note: str = "", since: str = "") -> None:
        """Add a row of the history of a listing; its day is that of the page where none is given."""
        day = since or self.page.day
        key = id_of("m", "|".join((entity["entity_id"], what, value or "", day)), 10)
        row = {
            "id": key,
            "entity_id": entity["entity_id"],
            "list_id": self.page.list_id,
            "what": what,
            "value": value,
            "valid_from": day,
            "certainty": "dated",
            "source_id": self.page.source["source_id"],
            "note": note or None,
        }
        self.put(
            "membership",
            key,
            row,
            "added",
            entity["name"],
            tr("{what}{which} from {day}", what=what, which=f" {value}" if value else "", day=day),
        )

    def end(self, row: Row, about: str) -> None:
        """End a row of the history of a listing on the day of the page."""
        said = tr(
            "{what}{which} ends on {day}",
            what=row["what"],
            which=f" {value}" if (value := row["value"]) else "",
            day=self.page.day,
        )
        self.put("membership", row["id"], row | {"valid_to": self.page.day}, "gone", about, said)

    def tables(self, record: Record) -> Mapping[str, pa.Table]:
        """The tables that change, under their contracts, and the source that the register gains."""
        contracts = record.contracts
        found = {n: table(contracts[n], list(self.rows[n].values())) for n in sorted(self.touched)}
        return found | {"sources": table(contracts["sources"], [self.page.source])}


def folded(name: str) -> str:
    """A name as it is met on a page: letters and digits alone, small."""
    return "".join(re.findall(r"[^\W_]", name.casefold()))
