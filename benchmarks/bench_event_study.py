"""The event study by shape: five million rows in three shapes; time and memory, without placebos.

What it measures: `event_study` over a Parquet file, from the file to the rows of its answer, in a process of its own
whose peak memory (resident) is counted. The flows are invented as those of `bench_diversion`: a lognormal level and
wander. The shapes: yearly with 167 products, of which the touched flow has a third; yearly with 104 products, all
touched; monthly with five products, 22,700 pairs and 35 terms.

Run: python benchmarks/bench_event_study.py [--rows ROWS] [--only many-products] [--save benchmarks/event-study.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from diversion import work

HEAD = "| shape | rows | file MB | wall s | CPU s | peak MB | rows out |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Shape:
    """How five million rows lie.

    Attributes:
        places, products, years, per_year: how many there are.
        share: of a thousand pairs, how many trade in a product.
        touched: whether the touched flow has every product.
    """

    places: int
    products: int
    years: int
    per_year: int
    share: int
    touched: bool = True


SHAPES = {
    "third-touched": Shape(100, 167, 10, 1, 303, touched=False),
    "many-products": Shape(100, 104, 10, 1, 486),
    "many-terms": Shape(160, 5, 9, 12, 360),
}
ROWS, _FIRST = 5_000_000, 2012

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
    WHERE a.i <> b.i AND ((hash(a.i, b.i, p.k) % 1000) < $share OR ($touched AND a.i = 0 AND b.i = 1))
  )
  SELECT importer AS reporter, exporter, importer, 'import' AS flow, lpad(CAST(product AS VARCHAR), 6, '0') AS product,
         CAST($first + y.t // $per_year AS VARCHAR)
             || CASE WHEN $per_year = 12 THEN '-' || lpad(CAST(1 + y.t % 12 AS VARCHAR), 2, '0') ELSE '' END AS period,
         CASE WHEN $per_year = 12 THEN 'month' ELSE 'year' END AS frequency,
         round(level * exp(0.3 * sqrt(-2 * ln(random())) * cos(6.2832 * random()))) AS value_usd,
         round(level / 5) AS net_kg
  FROM legs, range($periods) AS y(t)
) TO '{file}' (FORMAT parquet, ROW_GROUP_SIZE 500000)
"""


def make(name: str, rows: int, file: str) -> None:
    """Write flows of a shape; fewer rows are fewer products, or with few products fewer pairs."""
    import duckdb

    shape = SHAPES[name]
    con = duckdb.connect(config={"threads": 2, "memory_limit": work.MEMORY, "temp_directory": str(Path(file).parent)})
    con.execute("SELECT setseed(0.42)")
    less = rows / ROWS
    many = shape.products >= 1 / less
    given = {
        "places": shape.places,
        "products": max(1, round(shape.products * less)) if many else shape.products,
        "share": shape.share if many else max(1, round(shape.share * less)),
        "touched": shape.touched,
        "first": _FIRST,
        "per_year": shape.per_year,
        "periods": shape.years * shape.per_year,
    }
    con.execute(_FLOWS.replace("{file}", file), given)


def study(file: str) -> None:
    """The event study of one file; prints what it took."""
    from entrepot.core.runtime.memory_returned import give_back

    give_back()
    from entrepot.diversion.event_study.event_study import event_study
    from entrepot.diversion.question import Question

    start = work._now()  # noqa: SLF001 - the clock of the other pieces of work
    found = event_study(Path(file), Question("none", work.ORIGIN, work.DESTINATION, date(2018, 1, 1)), placebos=0)
    print(json.dumps(work._told(start, rows=float(found.table.num_rows))))  # noqa: SLF001 - as above


def main() -> None:
    """Run the shapes asked for, each in a process of its own."""
    asked = argparse.ArgumentParser(description="the event study by shape")
    asked.add_argument("--rows", type=int, default=ROWS)
    asked.add_argument("--only", default=",".join(SHAPES))
    asked.add_argument("--save", type=Path)
    asked.add_argument("--study", help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.study:
        study(given.study)
        return
    day, load = f"{datetime.now(UTC):%Y-%m-%d}", os.getloadavg()[0]
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}; load {load:.1f}"
    lines = [f"# Event study by shape\n\nMade by `benchmarks/bench_event_study.py`.\n\n{day}, {machine}\n", HEAD]
    print("\n".join(lines))
    with tempfile.TemporaryDirectory() as folder:
        for name in (n for n in SHAPES if n in given.only.split(",")):
            file = Path(folder) / f"{name}.parquet"
            make(name, given.rows, str(file))
            done = subprocess.run(
                [sys.executable, __file__, "--study", str(file)], capture_output=True, text=True, check=True
            )
            told = json.loads(done.stdout.splitlines()[-1])
            lines.append(
                f"| {name} | {given.rows:,} | {file.stat().st_size / 1e6:,.0f} | {told['seconds']:.0f} "
                f"| {told['cpu']:.0f} | {told['mb']:,.0f} | {told['rows']:.0f} |"
            )
            print(lines[-1], flush=True)
            file.unlink()
    if given.save:
        given.save.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
