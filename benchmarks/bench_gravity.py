"""PPML by size: time and memory of fereg, and of pyfixest beside it in the same call.

What it measures: `trade.gravity.estimate` on a simulated panel of exporter x importer x year with exporter-year,
importer-year and pair effects and errors clustered by pair, checks and coding included; two covariates whose
coefficients are known.
Each run is a process of its own, so that its peak memory is its own; time is that of the estimation alone, by
the clock and by the processor. A run longer than the limit is ended and said so.

Run: python benchmarks/bench_gravity.py [largest] [--limit SECONDS] [--peer-largest ROWS] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import polars as pl

Took = dict[str, Any]
SIZES = (30_000, 1_000_000, 10_000_000)
YEARS = 20
TRUTH = (-0.5, 0.3)
ENGINES = ("fereg", "pyfixest")
HEAD = """
| rows | engine | wall s | CPU s | peak MB | coefficients |
|---|---|---|---|---|---|"""


def panel(rows: int) -> pl.DataFrame:
    """About `rows` flows between as many places as give so many pairs in twenty years."""
    import numpy as np
    import polars as pl

    rng = np.random.default_rng(5)
    places = round((rows / YEARS) ** 0.5)
    i, j, t = (a.ravel() for a in np.meshgrid(range(places), range(places), range(YEARS), indexing="ij"))
    begun = rng.integers(0, 2 * YEARS, (places, places))[i, j]
    treaty, tariff = (t >= begun).astype(float), rng.normal(size=len(i))
    level = rng.normal(0, 0.5, (places, YEARS))[i, t] + rng.normal(0, 0.5, (places, YEARS))[j, t]
    mean = np.exp(1 + level + rng.normal(0, 1, (places, places))[i, j] + TRUTH[0] * treaty + TRUTH[1] * tariff)
    columns = {"exporter": i, "importer": j, "year": t, "treaty": treaty, "tariff": tariff}
    return pl.DataFrame(columns | {"trade": rng.poisson(mean).astype(float)})


def child(rows: int, engine: str) -> None:
    """One estimation; prints what it took."""
    from entrepot.trade.gravity import Model, estimate

    flows = panel(rows)
    pair = ("exporter", "importer")
    effects = (("exporter", "year"), ("importer", "year"), pair)
    estimate(flows.head(2_000), Model("trade", ("tariff",), effects[:1], (pair,)), engine)  # imports, compiled code
    wall, cpu = time.perf_counter(), time.process_time()
    found = estimate(flows, Model("trade", ("treaty", "tariff"), effects, (pair,)), engine)
    took = {"wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(took | {"rows": flows.height, "n": found.n, "peak": peak, "beta": found.coefficients}))


def run(rows: int, engine: str, limit: float) -> Took | str:
    """Run a child; what it took, or why there is nothing."""
    command = [sys.executable, __file__, "--child", engine, str(rows)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit, check=False)
    except subprocess.TimeoutExpired:
        return f"ended after {limit:.0f} s"
    if done.returncode:
        return f"ended with {done.returncode}: {(done.stderr.strip().splitlines() or [''])[-1][:80]}"
    found: Took = json.loads(done.stdout)
    return found


def line(rows: int, engine: str, found: Took | str) -> str:
    """A line of the table."""
    if isinstance(found, str):
        return f"| {rows:,} | {engine} | {found} | | | |"
    beta = ", ".join(f"{b:.6f}" for b in found["beta"])
    return f"| {found['rows']:,} | {engine} | {found['wall']:.1f} | {found['cpu']:.1f} | {found['peak']:.0f} | {beta} |"


def main() -> None:
    """Run all sizes up to the largest asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("largest", type=int, nargs="?", default=SIZES[1])
    asked.add_argument("--limit", type=float, default=900, help="seconds after which a run is ended")
    asked.add_argument("--peer-largest", type=int, default=SIZES[1], help="rows up to which pyfixest is run")
    asked.add_argument("--save", type=Path, metavar="PATH", help="write what is printed to PATH")
    asked.add_argument("--child", nargs=2, metavar=("ENGINE", "ROWS"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.child:
        child(int(given.child[1]), given.child[0])
        return
    lines = []

    def say(text: str) -> None:
        print(text, flush=True)
        lines.append(text)

    machine = f"{platform.machine()} {processor()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    say(f"{datetime.now(UTC):%Y-%m-%d}, {machine}; load of the machine before: {os.getloadavg()[0]:.1f}")
    say(f"\nTwenty years, three sets of effects, errors clustered by pair; the coefficients put in: {TRUTH}.")
    say(HEAD)
    for rows in [s for s in SIZES if s <= given.largest]:
        for engine in ENGINES:
            left_out = engine == "pyfixest" and rows > given.peer_largest
            found = "left out: see --peer-largest" if left_out else run(rows, engine, given.limit)
            say(line(rows, engine, found))
    say(f"\nload of the machine after: {os.getloadavg()[0]:.1f}")
    if given.save:
        head = "# PPML by size\n\nMade by `make bench-gravity`.\n\n"
        given.save.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def processor() -> str:
    """The model of the processor, where the system tells."""
    told = Path("/proc/cpuinfo")
    names = (
        [x.split(":")[1].strip() for x in told.read_text().splitlines() if x.startswith("model name")]
        if told.exists()
        else []
    )
    return names[0] if names else platform.processor()


if __name__ == "__main__":
    main()
