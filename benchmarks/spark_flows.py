"""The step `legs` of a scan for diversion on a Spark cluster and on one machine: time, and the same hash of its rows.

The amounts are whole dollars, whose sums are exact in any order; the rows of a result have none, so what is compared is
their number and the sum of a hash of each.
"""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

import duckdb
import sqlglot

from diversion import work
from entrepot.core.engine import step
from entrepot.trade.measured import measuring

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession

Done = tuple[float, str]
_ASKED = {"frequency": "year", "first": "000000", "last": "999999"}
_CHOSEN = "SELECT DISTINCT product FROM trade_flows"
_THREADS = 2


def made(rows: int, file: Path) -> Path:
    """A file of about so many rows of invented flows."""
    work.make(str(rows), str(file))
    return file


def here(file: Path, folder: Path) -> Done:
    """The step by DuckDB on this machine, with its limit of memory."""
    begun = time.perf_counter()
    with duckdb.connect(
        config={"threads": _THREADS, "memory_limit": work.MEMORY, "temp_directory": str(folder)}
    ) as con:
        con.execute(f"CREATE VIEW trade_flows AS SELECT * FROM '{file}'")
        con.execute(f"CREATE VIEW scanned_flows AS {measuring('USD').sql}")
        con.execute(f"CREATE TABLE chosen AS {_CHOSEN}")
        con.execute(f"COPY ({_filled(step('entrepot.diversion', 'legs').sql)}) TO '{folder / 'here.parquet'}'")
    seconds = time.perf_counter() - begun
    return seconds, hash_of(folder / "here.parquet")


def there(session: SparkSession, file: Path, out: Path) -> Done:
    """The step as sqlglot writes it for Spark, from Parquet to Parquet on the cluster."""
    begun = time.perf_counter()
    session.read.parquet(str(file)).createOrReplaceTempView("trade_flows")
    session.sql(_for_spark(measuring("USD").sql)).createOrReplaceTempView("scanned_flows")
    session.sql(_CHOSEN).createOrReplaceTempView("chosen")
    text = _for_spark(_filled(step("entrepot.diversion", "legs").sql))
    session.sql(text).write.mode("overwrite").parquet(str(out))
    seconds = time.perf_counter() - begun
    return seconds, hash_of(out / "*.parquet")


def hash_of(files: Path) -> str:
    """The number of rows and the sum of their hashes; figures as doubles, for Spark's counts are of another width."""
    figures = ("out_amount", "in_amount", "out_blank", "in_blank", "weighed_usd", "weighed_kg")
    row = ", ".join(("product", "exporter", "importer", "period", *(f"CAST({f} AS DOUBLE)" for f in figures)))
    with duckdb.connect(config={"threads": _THREADS, "memory_limit": work.MEMORY}) as con:
        con.execute(f"SELECT count(*), sum(hash({row})) FROM '{files}'")
        [[count, total]] = con.fetchall()
    return f"{count:,} rows, {int(total or 0) % 16**12:012x}"


def _filled(sql: str) -> str:
    """Parameters as text: neither COPY nor Spark's own names take them."""
    return re.sub(r"\$(\w+)", lambda found: f"'{_ASKED[found[1]]}'", sql)


def _for_spark(sql: str) -> str:
    [text] = sqlglot.transpile(sql, read="duckdb", write="spark")
    return text
