"""Who counts in fiscal years: said by a table of flows beside its rows, since their period is a year like any other.

A fiscal year stands under the year in which it begins. Only the file that prints `2022-2023` shows it; the table that
is made of it carries the reporters' codes with the months in which their years begin, where those are printed, and so
does the Parquet file that it is written to. Other files have no place for them: there both years are written, as the
office prints them, and are read back as what they are.
"""

from __future__ import annotations

from calendar import month_abbr
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    Begins = Mapping[str, frozenset[str]]  # reporter to the months, as two digits, that its years begin in

_KEY = b"entrepot.fiscal_years"  # of the schema's metadata: IND:04,NPL, codes of reporters and months
_UNTOLD = "?"  # of a year whose months are not printed
_YEAR = 12  # months


def together(*told: Begins) -> dict[str, frozenset[str]]:
    """What several files, or blocks of one, say.

    >>> together({"IND": frozenset()}, {"IND": frozenset({"04"})})
    {'IND': frozenset({'04'})}
    """
    found: dict[str, frozenset[str]] = {}
    for one in told:
        for code, months in one.items():
            found[code] = found.get(code, frozenset()) | months
    return found


def as_told(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    """Reporters, each with a month that a year of its begins in, or ? where that is not printed."""
    return together(*({code: frozenset({month} - {_UNTOLD})} for code, month in pairs))


def marked(table: pa.Table, reporters: Begins) -> pa.Table:
    """The table, saying who counts in fiscal years; as it is where nobody does."""
    if not reporters:
        return table
    return table.replace_schema_metadata({**(table.schema.metadata or {}), **_said_by(reporters)})


def _said_by(reporters: Begins) -> dict[bytes, bytes]:
    told = (":".join([code, *sorted(months)]) for code, months in sorted(reporters.items()))
    return {_KEY: ",".join(told).encode()}


def mark_file(path: Path, reporters: Begins) -> None:
    """Have a Parquet file say who counts in fiscal years, without holding its rows; as it is where nobody does."""
    from pyarrow import parquet

    if not reporters:
        return
    beside = path.with_name(f"{path.name}.marked")
    with parquet.ParquetFile(path) as file:
        schema = file.schema_arrow.with_metadata({**(file.schema_arrow.metadata or {}), **_said_by(reporters)})
        with parquet.ParquetWriter(beside, schema, compression="zstd") as writer:
            for batch in file.iter_batches():
                writer.write_batch(batch)
    beside.replace(path)


def as_printed(table: pa.Table) -> pa.Table:
    """The table with fiscal years by both of their years, `2022-2023`, for a file that has no other place to say it.

    Where the file that was read printed their months, these stand behind: `2022-2023(Jul-Jun)`.
    """
    import polars as pl

    fiscal = of(table.schema)
    if not fiscal:
        return table
    flows = cast("pl.DataFrame", pl.from_arrow(table))
    year = pl.col("period")
    behind = {code: _months(*months) for code, months in fiscal.items() if len(months) == 1}
    months = pl.col("reporter").replace_strict(behind, default="", return_dtype=pl.String())
    both = pl.concat_str(year, pl.lit("-"), (year.cast(pl.Int64(), strict=False) + 1).cast(pl.String()), months)
    is_fiscal = pl.col("reporter").is_in(sorted(fiscal)) & (pl.col("frequency") == "year")
    printed = flows.select(pl.when(is_fiscal).then(both).otherwise(year))["period"].to_arrow()
    at = table.schema.get_field_index("period")
    return table.set_column(at, table.schema.field(at), printed.cast(table.schema.field(at).type))


def _months(first: str) -> str:
    """The months of a year by the first of them, as India's office prints them.

    >>> _months("07")
    '(Jul-Jun)'
    """
    return f"({month_abbr[int(first)]}-{month_abbr[(int(first) - 2) % _YEAR + 1]})"


def of(schema: pa.Schema) -> dict[str, frozenset[str]]:
    """Who counts in fiscal years, and in which months these begin, by the schema of a table."""
    entries = filter(None, (schema.metadata or {}).get(_KEY, b"").decode().split(","))
    return {code: frozenset(months) for code, *months in (entry.split(":") for entry in entries)}


def of_file(path: Path) -> dict[str, frozenset[str]]:
    """The same of a file, which is Parquet where it says so."""
    import pyarrow as pa
    from pyarrow import parquet

    if path.suffix.casefold() not in {".parquet", ".pq"}:
        return {}
    try:
        return of(parquet.read_schema(path))
    except (OSError, pa.ArrowInvalid):  # its reader says what is wrong with it
        return {}
