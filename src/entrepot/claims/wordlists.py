"""The rows of the room's data files, read once a process: word lists of the reader, and tables of the judge."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.word_tables import TABLES
from entrepot.core.tables.packaged import packaged_rows

if TYPE_CHECKING:
    from entrepot.core.tables.packaged import Row


@cache
def rows(table: str) -> list[Row]:
    """The rows of `data/<table>.csv`, one a `word` where a row has several; not to be changed."""
    found = packaged_rows(TABLES[table])
    listed = bool(found) and isinstance(found[0].get("words"), list)
    return [row | {"word": word} for row in found for word in row["words"]] if listed else found
