"""A screening on one and on two workers of a Spark cluster beside one process of this machine: time, and the same hash.

A real standalone cluster on loopback: one master, workers of one core each, the driver beside them. The start of Spark,
the sending of the names and a first small screening, which warms the workers, are timed apart. The file is invented
persons and firms with a listed one in a thousand, against all lists on record. Two workers can be twice as fast as one
only where the machine has a core for each and none of it is taken by others: the load is printed.

Run: python benchmarks/bench_spark.py [parties] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import platform
import random
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from entrepot.core.runtime.extras import bar_pandas
from entrepot.lists.shelf import searched
from entrepot.screening.on_spark.cluster import spark_session
from entrepot.screening.runs.run import ScreenOptions, run_screening
from spark_cluster import cluster

if TYPE_CHECKING:
    from entrepot.lists.search_set import Searched

DAY = "2026-08-03"
WARM = 8_000  # parties of the first screening
NEXT_LISTED = 1_000


def written(count: int, path: Path) -> Path:
    """A file of invented firms."""
    chance = random.Random(3)
    first = [
        "Silver",
        "Golden",
        "Eastern",
        "Northern",
        "Harbour",
        "River",
        "Mountain",
        "Bright",
        "Quiet",
        "Grand",
        "United",
        "Pacific",
        "Delta",
        "Lotus",
    ]
    last = [
        "Textile",
        "Cotton",
        "Trading",
        "Foods",
        "Metal",
        "Solar",
        "Garment",
        "Chemical",
        "Logistics",
        "Machinery",
        "Paper",
        "Glass",
        "Yarn",
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier", "country"])
        for number in range(count):
            middle = "".join(chance.choice(letters) for letters in ("bdfgklmnprst", "aeiou", "lnrst", "aeiou"))
            name = f"{chance.choice(first)} {middle.title()} {chance.choice(last)} Co Ltd"
            out.writerow(["Hetian Taida Apparel Co Ltd" if number % NEXT_LISTED == 0 else name, "China"])
    return path


def hash_of(table: pa.Table) -> str:
    """The hash of matches."""
    held = pa.BufferOutputStream()
    with pa.ipc.new_file(held, table.schema) as out:
        out.write_table(table.combine_chunks())
    return hashlib.sha256(held.getvalue()).hexdigest()


def screened(path: Path, against: Searched, on: str) -> tuple[float, str]:
    """Seconds, and the hash of what came."""
    begun = time.perf_counter()
    run = run_screening(path, against, as_of=DAY, options=ScreenOptions(workers=1, on=on))
    return time.perf_counter() - begun, hash_of(run.matches)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("parties", nargs="?", type=int, default=200_000)
    asked.add_argument("--save", type=Path)
    given = asked.parse_args()
    bar_pandas()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        whole, little = written(given.parties, folder / "all.csv"), written(WARM, folder / "warm.csv")
        against = searched(folder / "store", (), date.fromisoformat(DAY))
        screened(little, against, "")
        seconds, alone = screened(whole, against, "")
        rows = [("one process, no Spark", "", f"{seconds:.1f}", f"{given.parties / seconds:,.0f}", "", alone[:12])]
        took: dict[int, float] = {}
        for workers in (1, 2):
            (folder / str(workers)).mkdir()
            with cluster(folder / str(workers)) as made:
                for _ in range(workers):
                    made.add_worker()
                begun = time.perf_counter()
                with spark_session(made.master):
                    screened(little, against, made.master)
                    start = time.perf_counter() - begun
                    seconds, found = screened(whole, against, made.master)
            took[workers] = seconds
            gain = f"{took[1] / seconds:.2f}" if workers > 1 else ""
            what = f"{workers} worker{'s'[: workers - 1]} of one core"
            rows.append((what, f"{start:.1f}", f"{seconds:.1f}", f"{given.parties / seconds:,.0f}", gain, found[:12]))
            assert found == alone, "the cluster gave other rows"
    load = ", ".join(f"{v:.1f}" for v in os.getloadavg())
    lines = [
        "# A screening on a Spark cluster",
        "",
        f"`make bench-spark`, {datetime.now(UTC):%Y-%m-%d}, Python {platform.python_version()},",
        f"{os.cpu_count()} cores, load {load} at the end. {given.parties:,} invented firms, one in {NEXT_LISTED:,}",
        f"listed, all lists, as of {DAY}. The workers share the cores with the driver, which reads the file and packs",
        "the parts.",
        "",
        "| who | warm-up, s | screening, s | parties a second | beside one worker | hash of the matches |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
        "",
    ]
    text = "\n".join(lines)
    print(text)
    if given.save:
        given.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
