"""The DuckDB engine and the SQL steps that run on it.

A step is SQL in a file: a comment that says what it answers, a line `-- grain: column, column`, then the query,
with `$parameters`. The tables it reads are Arrow tables registered by name; it touches nothing else.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import EntrepotError
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import duckdb
    import pyarrow as pa

# Of every connection: an extension is code, and none comes from the network or the disk by itself.
NO_EXTENSIONS: dict[str, Any] = {"autoinstall_known_extensions": False, "autoload_known_extensions": False}
# Of a connection that reads and writes no file but its own database.
LOCKED: dict[str, Any] = {**NO_EXTENSIONS, "enable_external_access": False}

_GRAIN = re.compile(r"^-- grain:\s*(.+)$", re.MULTILINE)
_PARAMETER = re.compile(r"\$([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Step:
    """One SQL step: its name, text, grain and parameters."""

    name: str
    sql: str
    grain: tuple[str, ...]
    parameters: frozenset[str]


@cache
def step(room: str, name: str) -> Step:
    """Read `steps/<name>.sql` of a room, for example `step("entrepot.measures", "list_size")`."""
    sql = files(room).joinpath("steps", f"{name}.sql").read_text(encoding="utf-8")
    grain = _GRAIN.search(sql)
    if grain is None:
        raise EntrepotError(
            tr("step {room}/{name} names no grain", room=room, name=name), remedy=tr("Add a line '-- grain: columns'.")
        )
    body = "\n".join(line for line in sql.splitlines() if not line.startswith("--"))
    columns = tuple(c.strip() for c in grain.group(1).split(","))
    return Step(name, sql, columns, frozenset(_PARAMETER.findall(body)))


@contextmanager
def engine(tables: Mapping[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB in memory that sees these Arrow tables and nothing else (no files, no network)."""
    import duckdb

    con = duckdb.connect(":memory:", config={**NO_EXTENSIONS, "threads": 2})
    try:
        for name, data in tables.items():
            con.register(name, data)
        con.execute("SET enable_external_access = false")
        yield con
    finally:
        con.close()


def run(con: duckdb.DuckDBPyConnection, what: Step, parameters: Mapping[str, Any] | None = None) -> pa.Table:
    """Run a step and return its rows; parameters it does not name are left out."""
    given = {k: v for k, v in (parameters or {}).items() if k in what.parameters}
    missing = what.parameters - given.keys()
    if missing:
        raise EntrepotError(tr("step {name} misses parameters", name=what.name), found=", ".join(sorted(missing)))
    return con.sql(what.sql, params=given).to_arrow_table()


def rows(
    con: duckdb.DuckDBPyConnection, what: Step, parameters: Mapping[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Run a step and return its rows as dicts."""
    return list(run(con, what, parameters).to_pylist())
