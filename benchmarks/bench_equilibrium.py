"""Equilibria of the world after a change: time, steps, residual and peak memory by economies and sectors.

What it measures: `scenarios.equilibrium.solve.solve` on drawn worlds (sizes lognormal, distance costs, tariffs up to
15 %, input-output links), each with three changes: a tariff of 30 points on the first economy's imports, an embargo of
four economies against one, and no trade at all for one economy. Beside it, on the same problem in the same process: the
textbook's search (Alvarez and Lucas's: prices by repetition, spending by repetition, wages moved by a fifth of the
excess demand), to the same tolerance or a hundred times the time. `--icio` takes `bench_cache.npz` of the package
sanction-simulator: the OECD's table of 2022, 80 economies and 50 sectors (CC BY 4.0), final demand split as
intermediate sales are.

Run: python benchmarks/bench_equilibrium.py [ECONOMIES:SECTORS ...] [--icio FILE] [--save PATH.md]
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
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from entrepot.core.errors import EntrepotError
from entrepot.scenarios.equilibrium.solve import Change, _Step, as_it_is, solve
from entrepot.scenarios.equilibrium.world import World

SIZES = ("31:40", "50:20", "100:20", "200:30", "25:12", "50:1", "100:1", "200:1", "400:1")
SEED = 20261127
ELASTICITY = 4.0  # of every sector of the OECD's table, for want of one by sector there
_MOVED = 0.2  # the share of the excess that Caliendo and Parro move wages by
_PATIENCE = 100  # times our own time, and at least a second, that the textbook's search is given
HEAD = """
| economies | sectors | change | CPU s | steps | residual | textbook CPU s | textbook ends at | peak MB |
|---|---|---|---|---|---|---|---|---|"""


def drawn(n: int, j: int) -> World:
    """A world by chance, settled."""
    chance = np.random.default_rng(SEED)
    size = chance.lognormal(0, 1.5, n)
    places = chance.random((n, 2))
    apart = np.sqrt(((places[:, None] - places) ** 2).sum(axis=2)) + 0.05
    traded = size * apart**-1.2 * chance.lognormal(0, 0.5, (j, n, n))
    traded[:, range(n), range(n)] *= 30  # most is bought at home
    inputs = chance.dirichlet(np.ones(j), (n, j)).transpose(0, 2, 1) if j > 1 else np.zeros((n, 1, 1))
    draft = World(
        tuple(f"E{i}" for i in range(n)), tuple(f"S{i}" for i in range(j)),
        traded / traded.sum(axis=2, keepdims=True), chance.dirichlet(np.full(j, 3.0), n).T * size,
        chance.uniform(0, 0.15, (j, n, n)) * (1 - np.eye(n)),
        chance.uniform(0.3, 0.7, (j, n)) if j > 1 else np.ones((1, n)),
        inputs.copy(), chance.dirichlet(np.full(j, 3.0), n).T, chance.uniform(2, 9, j),
    )  # fmt: skip
    return solve(draft, as_it_is(draft, balanced=True)).world


def icio(path: Path) -> World:
    """The OECD's table, as the package carries it."""
    held = np.load(path)
    codes, sectors = [str(c) for c in held["countries"]], [str(s) for s in held["sectors"]]
    n, j = len(codes), len(sectors)
    flows = (held["A"] * (held["omb"] * held["go"])).reshape(
        j, n, j, n
    )  # seller's sector, seller, buyer's sector, buyer
    final = held["z"].reshape(j, n)
    to = flows.sum(axis=2)  # sector, seller, buyer
    sold = to.sum(axis=2, keepdims=True)
    split = np.divide(to, sold, out=np.zeros_like(to), where=sold > 0)
    for s, i in np.argwhere(sold[:, :, 0] == 0):
        split[s, i, i] = 1  # what no industry buys is bought at home
    finally_bought = final[:, :, None] * split
    bought = (to + finally_bought).transpose(0, 2, 1)  # sector, buyer, seller
    spending, output = bought.sum(axis=2), bought.sum(axis=1)
    used = flows.sum(axis=1).transpose(2, 0, 1)  # buyer, input, sector
    whole = used.sum(axis=1)
    ends = finally_bought.sum(axis=1)
    return World(
        tuple(codes), tuple(sectors),
        np.divide(bought, spending[:, :, None], out=np.zeros_like(bought), where=spending[:, :, None] > 0), spending,
        np.zeros_like(bought), 1 - np.divide(whole.T, output, out=np.zeros_like(output), where=output > 0),
        np.divide(used, whole[:, None, :], out=np.zeros_like(used), where=whole[:, None, :] > 0),
        ends / ends.sum(axis=0), np.full(j, ELASTICITY),
    )  # fmt: skip


def changes(world: World) -> dict[str, Change]:
    """The three changes."""
    same = as_it_is(world, balanced=True)
    tariffs, embargo, shut = world.tariffs.copy(), same.costs.copy(), same.costs.copy()
    tariffs[:, 0, 1:] += 0.3
    last = len(world.economies) - 1
    embargo[:, :4, last] = np.inf
    shut[:, :, last] = shut[:, last, :] = np.inf
    shut[:, last, last] = 1
    return {
        "tariff": replace(same, tariffs=tariffs),
        "embargo": replace(same, costs=embargo),
        "no trade": replace(same, costs=shut),
    }


def textbook(world: World, change: Change, seconds: float, goal: float) -> tuple[float, float]:
    """Seconds of the processor and the miss at which the search by repetition ends."""
    step = _Step(world, change)
    began, point, n = time.process_time(), step.start(), len(world.economies)
    while True:
        for _ in range(10_000):  # prices and spending settle for given wages
            then = step(point)
            moved = np.abs(then[n:] - point[n:]).max()
            point[n:] = then[n:]
            if moved < goal or time.process_time() - began > seconds:
                break
        miss = then[:n] - point[:n]
        if np.abs(miss).max() < goal or time.process_time() - began > seconds:
            return time.process_time() - began, float(np.abs(miss).max())
        point[:n] += _MOVED * miss


def one(name: str) -> list[list[str]]:
    """The rows of one world, measured in this process."""
    warm = drawn(3, 2)
    solve(warm, as_it_is(warm))
    world = icio(Path(name)) if name.endswith(".npz") else drawn(*map(int, name.split(":")))
    rows: list[list[str]] = []
    for kind, change in changes(world).items():
        best = np.inf
        for _ in range(3):
            began = time.process_time()
            try:
                outcome = solve(world, change)
            except EntrepotError as said:
                return [
                    *rows,
                    [str(len(world.economies)), str(len(world.sectors)), kind, str(said), "", "", "", "", ""],
                ]
            best = min(best, time.process_time() - began)
        theirs, miss = textbook(world, change, max(1.0, _PATIENCE * best), 1e-11)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        rows.append([
            str(len(world.economies)), str(len(world.sectors)), kind, f"{best:.3f}", str(outcome.steps),
            f"{outcome.residual:.0e}", f"{theirs:.3f}", f"{miss:.0e}", str(peak),
        ])  # fmt: skip
    return rows


def main() -> None:
    """Measure each world in a process of its own and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", metavar="ECONOMIES:SECTORS")
    parser.add_argument("--icio", type=Path)
    parser.add_argument("--one")
    parser.add_argument("--save", type=Path)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(one(given.one)))
        return
    lines = [HEAD]
    single = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    for name in [*(given.sizes or SIZES), *([str(given.icio)] if given.icio else [])]:
        done = subprocess.run(
            [sys.executable, __file__, "--one", name], capture_output=True, text=True, check=True, env=single
        )
        lines += [f"| {' | '.join(row)} |" for row in json.loads(done.stdout)]
        print(*lines[-3:], sep="\n", flush=True)
    today = datetime.now(UTC).date()
    machine = f"{today}, {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, one thread"
    head = "# Equilibria after a change\n\nMade by `make bench-equilibrium`.\n\n"
    text = f"{head}{machine}; load of the machine before: {os.getloadavg()[0]:.1f}\n"
    if given.save:
        given.save.write_text(text + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
