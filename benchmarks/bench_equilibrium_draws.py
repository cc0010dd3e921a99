"""Many equilibria under draws of the elasticities: processor seconds, processes, peak memory; a peer in the same call.

What it measures: `scenarios.equilibrium.solve.solve` for each draw of the elasticities (lognormal, a quarter about
their value) under one change: four economies embargo a fifth. First one sector and 200 economies of
`bench_equilibrium.drawn`; with `--icio`, the OECD's table of 2022 as the package sanction-simulator carries it (80
economies, 50 sectors), in one process and in `--workers`. Beside it, in the same call, that package's own rerouting for
the same embargo and table, one scenario: it has no prices and no welfare, and answers another question. Its code is
read from the folder of the file, so that what its window needs is not: pip install --no-deps --target DIR
sanction-simulator==0.1.4, then `--icio DIR/sanction_simulator/data/bench_cache.npz`; it needs numpy and pandas.

Run: python benchmarks/bench_equilibrium_draws.py [--draws N] [--icio FILE] [--icio-draws N] [--workers N] [--save PATH]
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from importlib import util
from multiprocessing import get_context
from pathlib import Path
from typing import Any

# Set before numpy is loaded, in workers too: threads of the algebra beside processes only wait for one another.
os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}

import numpy as np

from bench_equilibrium import SEED, changes, drawn, icio
from entrepot.core.errors import EntrepotError
from entrepot.scenarios.equilibrium.solve import solve

SPREAD = 0.25  # of the logarithm of an elasticity: about that of the estimates with small errors
HEAD = """
| what | draws | processes | seconds | CPU s | CPU s a draw | unsolved | largest residual | peak MB a process |
|---|---|---|---|---|---|---|---|---|"""
_PEER = (0.30, -1.0, 0.10)  # its own settings: friction, curvature, leakage

_held: list[Any] = []


def _hold(name: str) -> None:
    """In a process: the world and the change, made once."""
    world = icio(Path(name)) if name.endswith(".npz") else drawn(*map(int, name.split(":")))
    _held[:] = [world, changes(world)["embargo"]]


def _draw(seed: int) -> tuple[float, float, int]:
    """Processor seconds, residual (not a number where there is no equilibrium) and peak memory of one draw."""
    world, change = _held
    chance = np.random.default_rng([SEED, seed])
    other = replace(world, elasticities=world.elasticities * np.exp(SPREAD * chance.normal(size=len(world.sectors))))
    began = time.process_time()
    try:
        residual = solve(other, change).residual
    except EntrepotError:
        residual = float("nan")
    used = time.process_time() - began
    return used, residual, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def row(name: str, what: str, draws: int, workers: int) -> str:
    """A line of the table, measured in so many processes."""
    with ProcessPoolExecutor(workers, get_context("spawn"), _hold, (name,)) as pool:
        list(pool.map(_draw, range(workers)))  # processes are there, the world is made
        began = time.perf_counter()
        found = list(pool.map(_draw, range(draws), chunksize=max(draws // (4 * workers), 1)))
        took = time.perf_counter() - began
    used, residuals = sum(f[0] for f in found), np.array([f[1] for f in found])
    cells = (
        what, draws, workers, f"{took:.1f}", f"{used:.1f}", f"{used / draws:.4f}", int(np.isnan(residuals).sum()),
        f"{np.nanmax(residuals):.0e}", max(f[2] for f in found),
    )  # fmt: skip
    return f"| {' | '.join(map(str, cells))} |"


def peer(file: Path) -> str:
    """The same embargo by the package that the table comes from; a line that says so where it is not there."""
    code = file.parents[1] / "power_trade_estimation.py"
    if not code.is_file():
        return f"sanction-simulator: not measured, no {code.name} beside the table."
    found = util.spec_from_file_location("power_trade_estimation", code)
    assert found is not None
    assert found.loader is not None
    theirs = util.module_from_spec(found)
    found.loader.exec_module(theirs)
    bench = theirs.Benchmark(str(file.parent), cache=str(file))
    legs = [(bench.C - 1, buyer) for buyer in range(4)]
    began, clock = time.process_time(), time.perf_counter()
    rows, *_ = theirs.run_scenarios(bench, [("embargo", legs)], *_PEER, log=lambda _: None)
    used, took = time.process_time() - began, time.perf_counter() - clock
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return (
        f"sanction-simulator 0.1.4, the same embargo on the same table, in the same call: {used:.2f} CPU s "
        f"({took:.1f} s) for one scenario, {int(rows['fp_iters'][0])} steps; peak {peak} MB."
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--icio", type=Path)
    parser.add_argument("--icio-draws", type=int, default=40)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    load = os.getloadavg()[0]
    lines = [HEAD]
    for workers in dict.fromkeys((1, given.workers)):
        lines.append(row("200:1", "one sector, 200 economies", given.draws, workers))
        print(lines[-1], flush=True)
    if given.icio:
        for workers in dict.fromkeys((1, given.workers)):
            lines.append(row(str(given.icio), "OECD, 80 economies, 50 sectors", given.icio_draws, workers))
            print(lines[-1], flush=True)
        lines += ["", peer(given.icio)]
        print(lines[-1], flush=True)
    machine = (
        f"{datetime.now(UTC).date()}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    head = "# Equilibria under draws\n\nMade by `benchmarks/bench_equilibrium_draws.py`.\n\n"
    if given.save:
        text = f"{head}{machine}; load of the machine before: {load:.1f}\n" + "\n".join(lines) + "\n"
        given.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
