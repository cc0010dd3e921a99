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
    """The rows of `data/<table>.csv`; not to be changed, for they are read once a process."""
    return packaged_rows(TABLES[table])
