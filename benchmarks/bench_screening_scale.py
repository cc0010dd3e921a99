"""Bulk screening by size: time, processor time, memory, and the same bytes after being killed twenty times.

What it measures: `entrepot screen FILE --out hits.parquet` as a person runs it, start-up, reading and writing included,
against the SDN and UN lists of the data shelf and the record's lists, at 10,000, 100,000 and 1,000,000 parties. One
party in a hundred is a listed name, the others are invented persons (first names and surnames of the shelf's
negatives). The first run of all builds the index, and is timed apart.

Run: python benchmarks/bench_screening_scale.py [largest] [--kills N]
Needs the data shelf (ENTREPOT_SHARED, else ../shared).
"""

from __future__ import annotations

import argparse
import csv
import gzip
import hashlib
import os
import platform
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
SHELF = Path(os.environ.get("ENTREPOT_SHARED") or ROOT.parent / "shared")
LISTS = (("ofac_json_mirror/ofac-sdn.json", "ofac-sdn", "2026-08-20"), ("un/UN_consolidated_2026-02-27.xml", "un", ""))
SIZES = (10_000, 100_000, 1_000_000)
DAY = "2026-11-25"


@dataclass(frozen=True)
class Took:
    """Seconds by the clock, seconds of processors, megabytes of the largest process and of all together."""

    wall: float
    cpu: float
    largest: float
    together: float


def entrepot(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "entrepot", *map(str, arguments)]


def parties(count: int, path: Path, listed: list[str]) -> None:
    """Write `count` parties."""
    rng = random.Random(11)
    with gzip.open(SHELF / "data/names/negatives_us.csv.gz", "rt", encoding="utf-8") as file:
        invented = [r["full_name"].split() for r in csv.DictReader(file)]
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["supplier", "address", "country"])
        for i in range(count):
            name = rng.choice(listed) if i % 100 == 0 else f"{rng.choice(invented)[0]} {rng.choice(invented)[-1]}"
            out.writerow([name, f"{i % 90} Harbour Road, Leeds", "GB"])


def listed_names(store: Path) -> list[str]:
    import pyarrow.parquet as pq

    found: list[str] = []
    for path in sorted(store.glob("lists/*/*/entry_names.parquet")):
        found += pq.read_table(path, columns=["name"]).column("name").to_pylist()
    return found


def memory(leader: int) -> float:
    """Megabytes held by a process and its children; pages that several map are shared out among them (PSS)."""
    whole = 0.0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and os.getpgid(int(folder.name)) == leader:
                lines = (folder / "smaps_rollup").read_text().splitlines()
                whole += sum(int(x.split()[1]) for x in lines if x.startswith("Pss:")) / 1024
        except OSError:
            continue
    return whole


def timed(command: list[str], env: dict[str, str]) -> Took:
    """Run a command; its memory is looked at ten times a second."""
    begun, peak, done = time.perf_counter(), [0.0], threading.Event()
    quiet = subprocess.DEVNULL
    run = subprocess.Popen(command, env=env, stdout=quiet, stderr=quiet, start_new_session=True)

    def look() -> None:
        while not done.wait(0.1):
            peak[0] = max(peak[0], memory(run.pid))

    watch = threading.Thread(target=look)
    watch.start()
    _, status, used = os.wait4(run.pid, 0)  # with the children that it waited for
    wall = time.perf_counter() - begun
    run.returncode = os.waitstatus_to_exitcode(status)
    done.set()
    watch.join()
    if run.returncode:
        raise SystemExit(f"{command} ended with {run.returncode}")
    return Took(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, peak[0])


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def killed(command: list[str], env: dict[str, str], times: int, whole: float) -> int:
    """Start a run, kill it after a random time, take it up again; how often it was killed before it ended."""
    rng, count = random.Random(3), 0
    for _ in range(times):
        run = subprocess.Popen([*command, "--resume"], env=env, stderr=subprocess.DEVNULL, start_new_session=True)
        time.sleep(rng.uniform(0.3, max(1.0, whole / 5)))
        if run.poll() is None:
            os.killpg(run.pid, signal.SIGKILL)
            count += 1
        run.wait()
    subprocess.run([*command, "--resume"], env=env, check=True, stderr=subprocess.DEVNULL)
    return count


def main() -> None:
    asked = argparse.ArgumentParser()
    asked.add_argument("largest", type=int, nargs="?", default=SIZES[1])
    asked.add_argument("--kills", type=int, default=20)
    given = asked.parse_args()
    cores = len(os.sched_getaffinity(0))
    print(f"{datetime.now(UTC):%Y-%m-%d} {platform.machine()}, {cores} cores, Python {platform.python_version()}")
    print(f"load of the machine before: {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        env = os.environ | {"ENTREPOT_STORE": str(folder / "store"), "PYTHONPATH": str(ROOT / "src")}
        for file, list_id, day in LISTS:
            dated = ["--version", day] if day else []
            load = entrepot("lists", "load", SHELF / "data/lists" / file, "--as", list_id, *dated)
            subprocess.run(load, env=env, check=True, capture_output=True)
        listed = listed_names(folder / "store")
        print(f"{len(listed):,} names in the loaded lists")

        one = folder / "one.csv"
        parties(1, one, ["Nobody At All"])
        start = entrepot("screen", one, "--format", "csv", "--as-of", DAY)
        subprocess.run(entrepot("--version"), env=env, check=True, capture_output=True)  # bytecode
        for what in ("first run, index built", "start-up, one party"):
            took = timed(start, env | {"NO_COLOR": "1"})
            print(f"{what}: {took.wall:.2f} s, {took.cpu:.2f} s CPU, {took.largest:.0f} MB")

        print("parties    processes  wall s   CPU s  names/s/core  largest MB  together MB  sha256")
        for count in [s for s in SIZES if s <= given.largest]:
            path, out = folder / f"{count}.csv", folder / f"hits-{count}.parquet"
            parties(count, path, listed)
            hashes = set()
            for workers in (1, cores) if count < SIZES[2] else (cores,):
                command = entrepot("screen", path, "--as-of", DAY, "--out", out, "--workers", workers)
                took = timed(command, env)
                hashes.add(digest(out))
                print(
                    f"{count:9,}  {workers:9}  {took.wall:6.1f}  {took.cpu:6.1f}  {count / took.cpu:12,.0f}  "
                    f"{took.largest:10.0f}  {took.together:11.0f}  {digest(out)[:12]}",
                    flush=True,
                )
            if len(hashes) != 1:
                raise SystemExit("the results differ by the number of processes")
            if count == SIZES[1] and given.kills:
                again = folder / "killed.parquet"
                command = entrepot("screen", path, "--as-of", DAY, "--out", again)
                times = killed(command, env, given.kills, took.wall)
                same = "the same bytes" if digest(again) in hashes else "OTHER BYTES"
                print(f"killed {times} times of {given.kills} and taken up: {same}")


if __name__ == "__main__":
    main()
