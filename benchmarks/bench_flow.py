"""Flows over shared capacities: published instances, growth in nodes and commodities, and the plain formulation.

What it measures: `corridors.flows_on.shared_capacity.carry`. Published are the grid and planar instances of the
University of Pisa with their optima; grown are random networks of six arcs a node, cost and capacity drawn, on which
the plain formulation (a variable for each arc and commodity, scipy's HiGHS) is solved beside it where it is small.
Time is of the processor, peak memory that of the process so far.

Run: python benchmarks/bench_flow.py [INSTANCE ...] [--grown NODES:COMMODITIES ...] [--plain]
"""

from __future__ import annotations

import argparse
import csv
import resource
import time
from pathlib import Path

import numpy as np

from entrepot.corridors.flows_on.shared_capacity import Carried, Demands, carry

SHELF = Path(__file__).parents[2] / "shared" / "data" / "multicommodity"
ARCS_A_NODE = 6
SEED = 20261127


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
    """The cost by the plain formulation."""
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
    )
    return float(found.fun)


def told(name: str, given: Demands, printed: float | None, *, beside: bool) -> None:
    """Solve one and print a row."""
    begun = time.process_time()
    found: Carried = carry(given)
    took = time.process_time() - begun
    other = printed
    if beside:
        begun = time.process_time()
        other = plain(given)
        print(f"  plain: {time.process_time() - begun:.2f} s CPU")
    apart = "" if other is None else f"{abs(found.cost / other - 1):.1e}"
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    sizes = f"{given.nodes} | {len(given.cost)} | {len(given.amount)}"
    print(f"| {name} | {sizes} | {took:.2f} | {found.rounds} | {apart} | {peak:.0f} |", flush=True)


def main() -> None:
    """Run what is asked for; by default the published instances but the three that take longest."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("instances", nargs="*")
    parser.add_argument("--grown", nargs="*", default=[], metavar="NODES:COMMODITIES")
    parser.add_argument("--plain", action="store_true")
    given = parser.parse_args()
    print("| instance | nodes | arcs | commodities | CPU s | rounds | apart | peak MB |")
    print("|---|---|---|---|---|---|---|---|")
    for family in ("grid", "planar") if given.instances else ():
        with (SHELF / family / "optimal.csv").open(encoding="utf-8", newline="") as handle:
            for row in csv.DictReader(handle):
                if row["instance"] in given.instances:
                    told(
                        row["instance"],
                        read(SHELF / family / row["instance"]),
                        float(row["optimal"]),
                        beside=given.plain,
                    )
    for size in given.grown:
        nodes, commodities = map(int, size.split(":"))
        told(size, grown(nodes, commodities), None, beside=given.plain)


if __name__ == "__main__":
    main()
