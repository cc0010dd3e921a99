"""Bulk screening by size: time, processor time, memory, and the same bytes after being killed twenty times.

What it measures: `entrepot screen FILE --out hits.parquet` as a person runs it, start-up, reading and writing included,
against the SDN and UN lists of the data shelf and the record's lists, at 10,000, 100,000 and 1,000,000 parties. One
party in a hundred is a listed name, the others are invented persons (first names and surnames of the shelf's
negatives). The first run of all builds the index, and is timed apart. The largest size is run again, killed at random
moments and taken up each time; its bytes are compared with those of the run left alone.

Run: python benchmarks/bench_screening_scale.py [largest] [--kills N] [--save PATH.md]
Needs the data shelf (ENTREPOT_SHARED, else ../shared).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from screening import data, launch

LISTS = (("ofac-sdn", "2026-08-20"), ("un", ""))
SIZES = (10_000, 100_000, 1_000_000)
DAY = "2026-11-25"
BOTH = SIZES[1]  # parties up to which one process is timed too
HEAD = """
| parties | processes | wall s | CPU s | names/s/core | largest process MB | all together MB | sha256 |
|---|---|---|---|---|---|---|---|"""


@dataclass(slots=True)
class Said:
    """What was printed, to be saved."""

    lines: list[str] = field(default_factory=list)

    def say(self, line: str) -> None:
        """Print a line and keep it."""
        print(line, flush=True)
        self.lines.append(line)


@dataclass(slots=True)
class Memory:
    """Megabytes held by a group of processes; pages that several map are shared out among them (PSS)."""

    peak: float = 0.0

    def look(self, leader: int) -> None:
        """Look at what the group holds now."""
        whole = 0.0
        for folder in Path("/proc").iterdir():
            try:
                if folder.name.isdigit() and os.getpgid(int(folder.name)) == leader:
                    lines = (folder / "smaps_rollup").read_text().splitlines()
                    whole += sum(int(x.split()[1]) for x in lines if x.startswith("Pss:")) / 1024
            except OSError:
                continue
        self.peak = max(self.peak, whole)


def entrepot(*arguments: object) -> list[str]:
    """A command of the product."""
    return [sys.executable, "-m", "entrepot", *map(str, arguments)]


def parties(count: int, path: Path, listed: list[str]) -> None:
    """Write `count` parties."""
    rng = random.Random(11)
    invented = [n.split() for n in data.negatives()]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier", "address", "country"])
        for i in range(count):
            name = rng.choice(listed) if i % 100 == 0 else f"{rng.choice(invented)[0]} {rng.choice(invented)[-1]}"
            out.writerow([name, f"{i % 90} Harbour Road, Leeds", "GB"])


def listed_names(store: Path) -> list[str]:
    """The names of the lists in a store."""
    import pyarrow.parquet as pq

    found: list[str] = []
    for path in sorted(store.glob("lists/*/*/entry_names.parquet")):
        found += pq.ParquetFile(path).read(columns=["name"]).column("name").to_pylist()
    return found


def digest(path: Path) -> str:
    """Hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def killed(command: list[str], store: Path, times: int, whole: float) -> int:
    """Start a run, kill it after a random time, take it up again; how often it was killed before it ended.

    Args:
        command: the run.
        store: its store.
        times: how often it is started to be killed.
        whole: seconds that it takes when it is left alone.
    """
    rng, count, quiet = random.Random(3), 0, subprocess.DEVNULL
    for _ in range(times):
        # About half of the work is done when the last one is killed, whatever the moments.
        with subprocess.Popen(
            [*command, "--resume"], env=launch.environment(store), stderr=quiet, start_new_session=True
        ) as run:
            time.sleep(rng.uniform(0.3, 2 + whole / times))
            if run.poll() is None:
                os.killpg(run.pid, signal.SIGKILL)
                count += 1
    launch.run([*command, "--resume"], store)
    return count


def started(said: Said, folder: Path) -> list[str]:
    """Load the lists, build the index; the listed names."""
    store, one = folder / "store", folder / "one.csv"
    for list_id, day in LISTS:
        dated = ["--version", day] if day else []
        launch.run(
            entrepot("lists", "load", data.shelf() / "data/lists" / data.FILES[list_id], "--as", list_id, *dated), store
        )
    listed = listed_names(store)
    said.say(f"{len(listed):,} names in the loaded lists\n")
    parties(1, one, ["Nobody At All"])
    launch.run(entrepot("--version"))  # bytecode
    for what in ("first run, index built", "start-up, one party"):
        spent = launch.run(entrepot("screen", one, "--format", "csv", "--as-of", DAY), store)
        said.say(f"- {what}: {spent.wall:.2f} s by the clock, {spent.cpu:.2f} s CPU, {spent.memory:.0f} MB")
    return listed


def measured(said: Said, folder: Path, count: int, cores: int) -> tuple[str, float]:
    """Screen a file of a size on one process and on all; the hash of the result, and the seconds of the last run."""
    out, hashes, wall = folder / f"hits-{count}.parquet", set(), 0.0
    for workers in dict.fromkeys((1, cores) if count <= BOTH else (cores,)):
        memory = Memory()
        command = entrepot("screen", folder / f"{count}.csv", "--as-of", DAY, "--out", out, "--workers", workers)
        spent = launch.run(command, folder / "store", memory.look)
        wall = spent.wall
        hashes.add(digest(out))
        said.say(
            f"| {count:,} | {workers} | {spent.wall:.1f} | {spent.cpu:.1f} | {count / spent.cpu:,.0f} "
            f"| {spent.memory:.0f} | {memory.peak:.0f} | {digest(out)[:12]} |"
        )
    if len(hashes) != 1:
        raise SystemExit("the results differ by the number of processes")
    return hashes.pop(), wall


def _run(said: Said, largest: int, kills: int) -> None:
    cores = len(os.sched_getaffinity(0))
    about = Path("/proc/cpuinfo").read_text().splitlines()
    model = next((x.split(":")[1].strip() for x in about if "model name" in x), "")
    on = f"{platform.machine()} {model}, {cores} cores, Python {platform.python_version()}"
    load = f"load of the machine before: {os.getloadavg()[0]:.1f}"
    said.say(f"{datetime.now(UTC):%Y-%m-%d}, {on}; {load}\n")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        listed = started(said, folder)
        said.say(HEAD)
        sizes = [s for s in SIZES if s <= largest]
        for count in sizes:
            parties(count, folder / f"{count}.csv", listed)
            whole, wall = measured(said, folder, count, cores)
        if kills:
            again = folder / "killed.parquet"
            command = entrepot("screen", folder / f"{sizes[-1]}.csv", "--as-of", DAY, "--out", again)
            times = killed(command, folder / "store", kills, wall)
            same = "the same bytes" if digest(again) == whole else "OTHER BYTES"
            said.say(f"\n{sizes[-1]:,} parties, killed {times} times of {kills} and taken up: {same}")
    said.say(f"\nload of the machine after: {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Run all sizes up to the largest asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("largest", type=int, nargs="?", default=SIZES[1])
    asked.add_argument("--kills", type=int, default=20)
    asked.add_argument("--save", type=Path, metavar="PATH", help="write what is printed to PATH")
    given, said = asked.parse_args(), Said()
    if given.largest < SIZES[0]:
        asked.error(f"the smallest size is {SIZES[0]}")
    try:
        _run(said, given.largest, given.kills)
    except data.NoShelfError as exc:
        sys.exit(f"bench_screening_scale: {exc}")
    if given.save:
        head = "# Bulk screening by size\n\nMade by `make bench-screening-scale`.\n\n"
        given.save.write_text(head + "\n".join(said.lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
