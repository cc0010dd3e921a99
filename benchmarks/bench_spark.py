"""A screening on one and on two workers of a Spark cluster beside one process of this machine; a step over flows too.

A real standalone cluster on loopback: one master, workers of one core each, the driver beside them. Four things are
timed apart: the start of Spark, of its workers and of the names on them; a first small screening, which warms them up;
parts that were read and packed before, met by the workers alone, so that the driver is idle (how idle is printed); and
the whole command. Two workers can be twice as fast as one only where the machine has a core for each and none of it is
taken by others: the load is printed. The file is invented firms with a listed one in a thousand, against all lists on
record. Every hash is held against that of one process.

Of flows the step `legs` is run from Parquet to Parquet, by DuckDB here and by Spark there. Ten million rows take half
a gigabyte of disk for a minute or two, a hundred million some six.

Run: python benchmarks/bench_spark.py [parties] [--flows ROWS] [--memory 1g] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import platform
import random
import shutil
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

import spark_flows
from entrepot.core.runtime.extras import bar_pandas
from entrepot.lists.shelf import searched
from entrepot.screening.matching.match import Terms, as_batch
from entrepot.screening.on_spark import cluster as on_cluster
from entrepot.screening.parties.parties import read_parties
from entrepot.screening.runs.bulk import PART
from entrepot.screening.runs.run import MIN_SCORE, ScreenOptions, run_screening
from spark_cluster import cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyspark.sql import SparkSession

    from entrepot.lists.search_set import Searched
    from entrepot.screening.on_spark.cluster import Workers
    from spark_cluster import Cluster

DAY = "2026-08-03"
WARM = 8_000  # parties of the first screening
WARM_FLOWS = 300_000  # rows of the first step
NEXT_LISTED = 1_000
WAVES, PARTS_A_SLOT = 2, 8  # as screening/on_spark/waves.py gives parts out
Part = tuple[int, pa.RecordBatch]


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


def parts_of(path: Path) -> list[Part]:
    """The parts of a file, read and packed before any clock runs."""
    each = list(read_parties(path).each())
    return [(at // PART, as_batch(each[at : at + PART])) for at in range(0, len(each), PART)]


def met(workers: Workers, parts: list[Part]) -> str:
    """Parts given to the workers in waves, as a run gives them; the hash of what came."""
    wave = PARTS_A_SLOT * workers.slots
    waves = [parts[at : at + wave] for at in range(0, len(parts), wave)]
    with ThreadPoolExecutor(WAVES) as pool:
        back = {n: made for found in pool.map(workers.meet, waves) for n, (made, _) in found.items()}
    return hash_of(pa.Table.from_batches([back[n] for n, _ in parts]))


def busy(session: SparkSession) -> float:
    """Seconds of processor time that the driver took so far: this process, and Spark's own beside it."""
    gateway: Any = session.sparkContext._gateway  # noqa: SLF001 - no other way to its process
    own = gateway.proc.pid
    cells = Path(f"/proc/{own}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return time.process_time() + (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def on_spark(made: Cluster, folder: Path, given: argparse.Namespace, alone: dict[str, str]) -> dict[str, float]:
    """Each piece on the workers that are there: what it is -> seconds; of `driver` the part of them that it worked."""
    against = searched(folder / "store", (), date.fromisoformat(DAY))
    told: dict[str, float] = {}
    begun = time.perf_counter()

    def lap(what: str) -> None:
        nonlocal begun
        told[what] = time.perf_counter() - begun
        begun = time.perf_counter()

    with on_cluster.spark_session(made.master) as session:
        if given.parties:
            little, parts = parts_of(folder / "warm.csv"), parts_of(folder / "all.csv")
            begun = time.perf_counter()
            with on_cluster.cluster(made.master, against, Terms(MIN_SCORE, DAY, ScreenOptions().under)) as workers:
                lap("start")
                met(workers, little)
                lap("warm-up")
                before = busy(session)
                found = met(workers, parts)
                lap("met")
                told["driver"] = (busy(session) - before) / told["met"]
            begun = time.perf_counter()
            _, whole = screened(folder / "all.csv", against, made.master)
            lap("command")
            assert {found, whole} == {alone["parties"]}, "the cluster gave other matches"
        if given.flows:
            spark_flows.there(session, folder / "warm.parquet", folder / "there")
            told["flows"], rows = spark_flows.there(session, folder / "flows.parquet", folder / "there")
            assert rows == alone["flows"], f"the cluster gave other rows: {rows}, here {alone['flows']}"
            shutil.rmtree(folder / "there")
    return told


def measured(
    given: argparse.Namespace, folder: Path
) -> tuple[dict[str, float], dict[str, str], list[dict[str, float]]]:
    """Seconds and hashes of one process, and seconds on one worker and on two."""
    took: dict[str, float] = {}
    alone: dict[str, str] = {}
    if given.parties:
        against = searched(folder / "store", (), date.fromisoformat(DAY))
        written(given.parties, folder / "all.csv")
        screened(written(WARM, folder / "warm.csv"), against, "")
        took["parties"], alone["parties"] = screened(folder / "all.csv", against, "")
    if given.flows:
        spark_flows.made(WARM_FLOWS, folder / "warm.parquet")
        file = spark_flows.made(given.flows, folder / "flows.parquet")
        took["flows"], alone["flows"] = spark_flows.here(file, folder)
        (folder / "here.parquet").unlink()
    there = []
    with cluster(folder, given.memory) as made:
        for _ in range(2):
            made.add_worker()
            there.append(on_spark(made, folder, given, alone))
    return took, alone, there


def said(
    given: argparse.Namespace, took: dict[str, float], alone: dict[str, str], there: list[dict[str, float]]
) -> Iterator[str]:
    """The lines of the page."""
    yield from ("# A screening on a Spark cluster", "")
    day, python = f"{datetime.now(UTC):%Y-%m-%d}", platform.python_version()
    yield f"`make bench-spark`, {day}, Python {python}, {os.cpu_count()} cores, load {given.load:.1f} at the start and"
    yield f"{os.getloadavg()[0]:.1f} at the end; workers of one core and {given.memory} each on one machine. Every hash"
    yield "is that of one process, or the benchmark fails."
    if given.parties:
        yield ""
        yield f"{given.parties:,} invented firms, one in {NEXT_LISTED:,} listed, all lists, as of {DAY}. One process"
        yield f"without Spark: {took['parties']:.1f} s. Hash of the matches, of all: `{alone['parties'][:12]}`."
        yield ""
        heads = ("workers", "start, s", "warm-up, s", "parts met, s", "beside one", "driver idle")
        yield f"| {' | '.join((*heads, 'whole command, s', 'beside one'))} |"
        yield "|---|---|---|---|---|---|---|---|"
        for count, row in enumerate(there, 1):
            gain, all_gain = there[0]["met"] / row["met"], there[0]["command"] / row["command"]
            yield (
                f"| {count} | {row['start']:.1f} | {row['warm-up']:.1f} | {row['met']:.1f} | {gain:.2f} | "
                f"{1 - row['driver']:.0%} | {row['command']:.1f} | {all_gain:.2f} |"
            )
        best = there[0]["met"] / there[-1]["met"]
        verdict = "met" if best >= given.wanted else "not met"
        yield ""
        yield f"Two workers meet parts {best:.2f} times as fast as one; wanted is {given.wanted:g}: {verdict}."
    if given.flows:
        yield ""
        yield f"The step `legs` over some {given.flows:,} rows of flows, Parquet to Parquet. DuckDB here, two threads:"
        yield f"{took['flows']:.1f} s. Of all: {alone['flows']}."
        yield ""
        yield from ("| workers | seconds | beside one |", "|---|---|---|")
        for count, row in enumerate(there, 1):
            yield f"| {count} | {row['flows']:.1f} | {there[0]['flows'] / row['flows']:.2f} |"
    yield ""


def main() -> None:
    """Print the page, and keep it where asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("parties", nargs="?", type=int, default=200_000, help="0 for none")
    asked.add_argument("--flows", type=int, default=10_000_000, help="rows; 0 for none")
    asked.add_argument("--memory", default="1g", help="of each worker, and of what runs the parts on it")
    asked.add_argument("--wanted", type=float, default=1.7, help="times one worker that two should be")
    asked.add_argument("--save", type=Path)
    given = asked.parse_args()
    given.load = os.getloadavg()[0]
    bar_pandas()
    # What Spark is started with, as its own command line takes it.
    os.environ["PYSPARK_SUBMIT_ARGS"] = f"--executor-memory {given.memory} pyspark-shell"
    with tempfile.TemporaryDirectory() as name:
        text = "\n".join(said(given, *measured(given, Path(name))))
    print(text)
    if given.save:
        given.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
