"""Who counts in fiscal years: said by a table of flows beside its rows, since their period is a year like any other.

A fiscal year stands under the year in which it begins. Only the file that prints `2022-2023` shows it; the table that
is made of it carries the reporters' codes, and so does the Parquet file that it is written to. Other files have no
place for them: there both years are written, as the office prints them, and are read back as what they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

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
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **_said_by(codes)})


def _said_by(codes: Iterable[str]) -> dict[bytes, bytes]:
    return {_KEY: ",".join(codes).encode()}


def mark_file(path: Path, reporters: Iterable[str]) -> None:
    """Have a Parquet file say who counts in fiscal years, without holding its rows; as it is where nobody does."""
    from pyarrow import parquet

    codes = sorted(set(reporters))
    if not codes:
        return
    beside = path.with_name(f"{path.name}.marked")
    with parquet.ParquetFile(path) as file:
        schema = file.schema_arrow.with_metadata({**(file.schema_arrow.metadata or {}), **_said_by(codes)})
        with parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
            for batch in file.iter_batches():
                writer.write_batch(batch)
    beside.replace(path)


def as_printed(table: pa.Table) -> pa.Table:
    """The table with fiscal years by both of their years, `2022-2023`, for a file that has no other place to say it."""
    import polars as pl

    fiscal = of(table.schema)
    if not fiscal:
        return table
    flows = cast("pl.DataFrame", pl.from_arrow(table))
    year = pl.col("period")
    both = pl.concat_str(year, pl.lit("-"), (year.cast(pl.Int64(), strict=False) + 1).cast(pl.String()))
    is_fiscal = pl.col("reporter").is_in(sorted(fiscal)) & (pl.col("frequency") == "year")
    printed = flows.select(pl.when(is_fiscal).then(both).otherwise(year))["period"].to_arrow()
    at = table.schema.get_field_index("period")
    return table.set_column(at, table.schema.field(at), printed.cast(table.schema.field(at).type))


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
