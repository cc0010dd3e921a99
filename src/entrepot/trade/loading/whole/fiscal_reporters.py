"""Who counts in fiscal years: said by a table of flows beside its rows, since their period is a year like any other.

A fiscal year stands under the year in which it begins. Only the file that prints `2022-2023` shows it; the table that
is made of it carries the reporters' codes, and so does the Parquet file that it is written to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import pyarrow as pa

_KEY = b"entrepot.fiscal_years"  # of the schema's metadata: codes of reporters, separated by commas


def marked(table: pa.Table, reporters: Iterable[str]) -> pa.Table:
    """The table, saying who counts in fiscal years; as it is where nobody does."""
    codes = sorted(set(reporters))
    if not codes:
        return table
    return table.replace_schema_metadata({**(table.schema.metadata or {}), _KEY: ",".join(codes).encode()})


def of(schema: pa.Schema) -> frozenset[str]:
    """Who counts in fiscal years, by the schema of a table."""
    return frozenset(filter(None, (schema.metadata or {}).get(_KEY, b"").decode().split(",")))


def of_file(path: Path) -> frozenset[str]:
    """The same of a file, which is Parquet where it says so."""
    import pyarrow as pa
    from pyarrow import parquet

    if path.suffix.casefold() not in {".parquet", ".pq"}:
        return frozenset()
    try:
        return of(parquet.read_schema(path))
    except (OSError, pa.ArrowInvalid):  # its reader says what is wrong with it
        return frozenset()
