"""Flows over shared capacities: published instances, growth in nodes and commodities, and the plain formulation.

What it measures: `corridors.flows_on.shared_capacity.carry`. Published are the grid and planar instances of the
University of Pisa with their optima; grown are random networks of six arcs a node, cost and capacity drawn. Beside
them stands the plain formulation (a variable for each arc and commodity, scipy's HiGHS, by its default options) on the
same problem in the same call. Each problem has a process of its own, of which the peak memory is; time is of the
processor, after a problem of three nodes has loaded the libraries.

Run: python benchmarks/bench_flow.py [INSTANCE ...] [--grown NODES:COMMODITIES ...] [--plain NODES:COMMODITIES ...]
    [--save PATH.md]
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from entrepot.corridors.flows_on.shared_capacity import Demands, carry

SHELF = Path(os.environ.get("ENTREPOT_SHARED", Path(__file__).parents[2] / "shared")) / "data" / "multicommodity"
ARCS_A_NODE = 6
SEED = 20261127
GROWN = ("100:20", "1000:20", "10000:20", "100000:20", "1000:100", "1000:300", "10000:100", "10000:300")
PLAIN = ("100:20", "1000:20", "10000:20")
_PLAIN_SECONDS = 30  # beyond, the plain formulation is given up
HEAD = """
| instance | nodes | arcs | commodities | CPU s | rounds | ways | gap to the bound | apart | peak MB |
|---|---|---|---|---|---|---|---|---|---|"""
BESIDE = """
| grown | who | CPU s | peak MB | cost apart |
|---|---|---|---|---|"""


def read(path: Path) -> Demands:
    """A published instance."""
    words = np.array(path.read_text(encoding="utf-8").split(), dtype=float)
    nodes, arcs, commodities = map(int, words[:3])
    net = words[3 : 3 + 4 * arcs].reshape(arcs, 4)
    pairs = words[3 + 4 * arcs :].reshape(commodities, 3)
    ends, wanted = (net[:, :2] - 1).astype(np.int64), (pairs[:, :2] - 1).astype(np.int64)
    return Demands(
        nodes, ends[:, 0], ends[:, 1], net[:, 2], np.arange(arcs), net[:, 3], wanted[:, 0], wanted[:, 1], pairs[:, 2]
    )


def grown(nodes: int, commodities: int) -> Demands:
    """A random network in which each node has a way on, and some arcs are full."""
    rng = np.random.default_rng(SEED)
    arcs = nodes * ARCS_A_NODE
    tail = np.concatenate([np.arange(nodes), rng.integers(0, nodes, arcs - nodes)])
    head = np.concatenate([(np.arange(nodes) + 1) % nodes, rng.integers(0, nodes, arcs - nodes)])
    cost, room = rng.integers(1, 100, arcs).astype(float), rng.integers(5, 60, arcs).astype(float)
    cost[:nodes], room[:nodes] = 1000.0, np.inf  # the ring is dear and wide, so that all can go
    origin = rng.integers(0, nodes, commodities)
    target = (origin + rng.integers(1, nodes, commodities)) % nodes
    amount = rng.integers(5, 40, commodities).astype(float)
    return Demands(nodes, tail, head, cost, np.arange(arcs), room, origin, target, amount)


def plain(given: Demands) -> float:
    """The cost by the plain formulation; not a number where it was given up."""
    from scipy.optimize import linprog
    from scipy.sparse import block_diag, coo_array, hstack, identity

    arcs, many = len(given.cost), len(given.amount)
    at = np.arange(arcs)
    loop = given.tail == given.head
    data = np.where(np.concatenate([loop, loop]), 0.0, np.concatenate([np.ones(arcs), -np.ones(arcs)]))
    keep = coo_array((data, (np.concatenate([given.tail, given.head]), np.concatenate([at, at]))), (given.nodes, arcs))
    right = np.zeros((many, given.nodes))
    right[np.arange(many), given.origin] += given.amount
    right[np.arange(many), given.target] -= given.amount
    limited = np.isfinite(given.capacity)
    shared = hstack([identity(arcs, format="csr")[limited]] * many)
    found = linprog(
        np.tile(given.cost, many),
        shared,
        given.capacity[limited],
        block_diag([keep] * many),
        right.ravel(),
        method="highs",
        options={"time_limit": _PLAIN_SECONDS},
    )
    return float(found.fun) if found.status == 0 else float("nan")


def problem(name: str) -> tuple[Demands, float | None]:
    """A published instance with its optimum, or a grown one."""
    if ":" in name:
        nodes, commodities = map(int, name.split(":"))
        return grown(nodes, commodities), None
    folder = SHELF / name.rstrip("0123456789")
    with (folder / "optimal.csv").open(encoding="utf-8", newline="") as handle:
        printed = {row["instance"]: float(row["optimal"]) for row in csv.DictReader(handle)}
    return read(folder / name), printed.get(name)


def published() -> list[str]:
    """Every instance on the shelf, the smallest first."""
    files = [f for family in ("grid", "planar") for f in (SHELF / family).glob(f"{family}[0-9]*")]
    return [f.name for f in sorted(files, key=lambda f: (f.parent.name, int(f.name.removeprefix(f.parent.name))))]


def one(name: str, *, by_plain: bool) -> None:
    """Solve one problem, and print as JSON what it took."""
    given, printed = problem(name)
    (plain if by_plain else carry)(grown(3, 1))
    begun = time.process_time()
    told: dict[str, float | int | None] = {"nodes": given.nodes, "arcs": len(given.cost), "many": len(given.amount)}
    if by_plain:
        told |= {"cost": plain(given)}
    else:
        found = carry(given)
        told |= {"cost": found.cost, "rounds": found.rounds, "columns": found.columns}
        told |= {"gap": found.cost / found.bound - 1, "apart": found.cost / printed - 1 if printed else None}
    told["took"] = time.process_time() - begun
    told["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    print(json.dumps(told))


def alone(name: str, *, by_plain: bool = False) -> dict[str, float]:
    """The same in a process of its own."""
    command = [sys.executable, __file__, "--one", name, *(["--by-plain"] if by_plain else [])]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONHASHSEED": "0"}
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(name: str) -> str:
    """A problem as a row of the table."""
    r = alone(name)
    apart = "" if r["apart"] is None else f"{abs(r['apart']):.1e}"
    sizes = f"{r['nodes']:,} | {r['arcs']:,} | {r['many']:,}"
    return (
        f"| {name} | {sizes} | {r['took']:.2f} | {r['rounds']} | {r['columns']:,} | {abs(r['gap']):.1e} | {apart} "
        f"| {r['peak']:.0f} |"
    )


def beside(name: str) -> list[str]:
    """A grown problem by both."""
    ours, theirs = alone(name), alone(name, by_plain=True)
    apart = "" if np.isnan(theirs["cost"]) else f"{abs(ours['cost'] / theirs['cost'] - 1):.1e}"
    ended = f"{theirs['took']:.2f}" if apart else f"given up after {_PLAIN_SECONDS} s"
    return [
        f"| {name} | Entrepot | {ours['took']:.2f} | {ours['peak']:.0f} | {apart} |",
        f"| {name} | plain, scipy's HiGHS | {ended} | {theirs['peak']:.0f} |  |",
    ]


def page(given: argparse.Namespace) -> str:
    """The tables, printed as they come."""
    day = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, {os.cpu_count()} cores"
    lines = ["# Flows over shared capacities", "", "Made by `make bench-flow`.", ""]
    lines += [f"{day}, Python {platform.python_version()}; load of the machine before: {os.getloadavg()[0]:.1f}"]
    for head, names, made in (
        (HEAD, given.instances, lambda n: [row(n)]),
        (HEAD.replace("instance", "nodes:commodities"), given.grown, lambda n: [row(n)]),
        (BESIDE, given.plain, beside),
    ):
        lines += head.split("\n")
        print(head)
        for name in names:
            more = made(name)
            lines += more
            print(*more, sep="\n", flush=True)
    return "\n".join([*lines, "", "Apart: from the published optimum, or from the plain formulation; relative.", ""])


def main() -> None:
    """Run what is asked for; by default all of it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("instances", nargs="*")
    parser.add_argument("--grown", nargs="*", metavar="NODES:COMMODITIES")
    parser.add_argument("--plain", nargs="*", metavar="NODES:COMMODITIES")
    parser.add_argument("--save", type=Path, metavar="PATH.md")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--by-plain", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        one(given.one, by_plain=given.by_plain)
        return
    if not given.instances and given.grown is None and given.plain is None:
        given.instances, given.grown, given.plain = published(), GROWN, PLAIN
    given.grown, given.plain = given.grown or (), given.plain or ()
    text = page(given)
    if given.save:
        given.save.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
