"""The pieces of work, each run in a process of its own; each says how long it took and how much it held."""

from __future__ import annotations

import resource
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES, YEARS, PER_PRODUCT = 100, 10, 30_000
ORIGIN, DESTINATION = "XAA", "XAB"
MEMORY = "2GB"  # DuckDB's limit in the set-based step; beyond it spills to the folder
_SHIFT = 3.0  # standard deviations of the noise, in half of the series

# Three pairs in ten trade in a product; level, wander and season of nothing: what counts here is size and shape.
_FLOWS = """
COPY (
  WITH places AS (
    SELECT i, 'X' || chr(CAST(65 + i // 26 AS INTEGER)) || chr(CAST(65 + i % 26 AS INTEGER)) AS code
    FROM range($places) AS t(i)
  ),
  legs AS (
    SELECT a.code AS exporter, b.code AS importer, p.k AS product,
           exp(8 + 2 * sqrt(-2 * ln(random())) * cos(6.2832 * random())) AS level
    FROM range($products) AS p(k), places AS a, places AS b
    WHERE a.i <> b.i AND (hash(a.i, b.i, p.k) % 1000) < 303
  )
  SELECT importer AS reporter, exporter, importer, 'import' AS flow, 'CIF' AS valuation,
         lpad(CAST(product AS VARCHAR), 6, '0') AS product, 'HS2012' AS hs_vintage,
         CAST(2012 + y.t AS VARCHAR) AS period, 'year' AS frequency,
         round(level * exp(0.3 * sqrt(-2 * ln(random())) * cos(6.2832 * random()))) AS value_usd,
         CAST(NULL AS DOUBLE) AS quantity, CAST(NULL AS VARCHAR) AS quantity_unit,
         round(level / 5) AS net_kg, CAST(NULL AS DOUBLE) AS estimated_quantity,
         CAST(NULL AS VARCHAR) AS estimated_unit, 'reported' AS status, 'invented' AS source_id
  FROM legs, range($years) AS y(t)
) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 500000)
"""


def _told(start: tuple[float, float], **more: float) -> dict[str, float]:
    wall, cpu = start
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = {"seconds": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    return spent | {"mb": used.ru_maxrss / 1024} | more


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def make(rows: str, file: str) -> dict[str, float]:
    """Invents flows under `trade_flows`, sorted by product as a loaded file is."""
    import duckdb

    start = _now()
    con = duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "temp_directory": str(Path(file).parent)})
    counts = {"places": PLACES, "products": max(1, round(int(rows) / PER_PRODUCT)), "years": YEARS}
    con.execute(_FLOWS.replace("{file}", file), counts)
    return _told(start, file_mb=Path(file).stat().st_size / 1e6)


def legs(file: str, folder: str) -> dict[str, float]:
    """The step `legs` over the file, batch by batch as a scan reads it, its rows written to files."""
    import duckdb

    from entrepot.core.engine import step
    from entrepot.diversion.flows.flow_source import opened
    from entrepot.trade.measured import measuring

    start, rows = _now(), 0
    with opened(Path(file)) as source:
        batches = source.batches()
    con = duckdb.connect(config={"threads": 2, "memory_limit": MEMORY, "temp_directory": folder})
    con.execute(f"CREATE VIEW trade_flows AS SELECT * FROM '{file}'")
    con.execute(f"CREATE VIEW scanned_flows AS {measuring('USD').sql}")
    for batch in batches:
        con.execute("CREATE OR REPLACE TABLE chosen AS SELECT unnest(?::VARCHAR[]) AS product", [list(batch)])
        sql = step("entrepot.diversion", "legs").sql
        for name, value in zip(("frequency", "first", "last"), ("year", batch[0], batch[-1]), strict=True):
            sql = sql.replace(f"${name}", f"'{value}'")  # COPY takes no parameters
        out = Path(folder) / "legs.parquet"
        [written] = con.execute(f"COPY ({sql}) TO '{out}' (FORMAT parquet)").fetchall()
        rows += int(written[0])
    (Path(folder) / "legs.parquet").unlink()
    return _told(start) | {"rows": float(rows)}


def scan(file: str, _folder: str) -> dict[str, float]:
    """`diverted` over all products of the file, from disk."""
    from datetime import date

    from entrepot.diversion.modes.diverted import diverted
    from entrepot.diversion.question import Question

    start = _now()
    question = Question("none", ORIGIN, DESTINATION, date(2018, 1, 1))
    found = diverted(Path(file), question)
    return _told(start, rows=float(found.signals.num_rows))


def breaks(series: str, periods: str) -> dict[str, float]:
    """The break test over all series at once."""
    from entrepot.diversion.signals.breaks import breaks as test

    values, at = shifted(int(series), int(periods))
    start = _now()
    found = test(values)
    said = _told(start)
    return said | {"right": float((np.asarray(found.at) == at)[at > 0].mean())}


def loop(series: str, periods: str) -> dict[str, float]:
    """One series after the other through ruptures; jump 1, for its default of 5 cannot name most months."""
    import ruptures

    values, at = shifted(int(series), int(periods))
    start = _now()
    found = np.array([ruptures.Binseg(model="l2", min_size=2, jump=1).fit_predict(row, n_bkps=1)[0] for row in values])
    said = _told(start)
    return said | {"right": float((found == at)[at > 0].mean())}


def shifted(series: int, periods: int) -> tuple[Any, Any]:
    """White noise, every other series with a shift of three standard deviations; and where it is, 0 where none."""
    rng = np.random.default_rng(20220621)
    values = rng.standard_normal((series, periods))
    at = np.where(np.arange(series) % 2 == 0, rng.integers(periods // 5, periods - periods // 5, series), 0)
    values += np.where((at[:, None] > 0) & (np.arange(periods) >= at[:, None]), _SHIFT, 0.0)
    return values, at


WORK: dict[str, Callable[..., dict[str, float]]] = {
    "make": make,
    "legs": legs,
    "scan": scan,
    "breaks": breaks,
    "loop": loop,
}
