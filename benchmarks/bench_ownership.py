"""Ownership by size: who is blocked among a million companies, beside the rule said plainly and matrix products.

What it measures: after loading, that is with links in arrays: the graph, and both sets (least and most) by OFAC's
rule. Peers in the same process and on the same links, for the least set alone: a worklist over dicts,
and products of a scipy matrix with the blocked until nothing is added. All must name the same parties. CPU time, and
wall time beside it. The physical limit is the time in which this machine reads each link once, by its measured rate of
copying.

Then what the answers cost: the verdicts of all parties of which listed owners hold some part, worded, with chains,
missing shares, worst cases and links, at growing sizes. Their peer is their own cost at a tenth of the size: it must
grow with the parties and not with their square.

Run: python benchmarks/bench_ownership.py [largest] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import os
import platform
import time
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.ownership.method.spread import spread
from entrepot.ownership.method.stake_graph import stake_graph
from entrepot.ownership.stake import PERCENT
from entrepot.ownership.verdicts.verdicts import verdicts
from ownership.worlds import World, asked, chain_world, random_world

if TYPE_CHECKING:
    from collections.abc import Callable

SIZES = (10_000, 100_000, 1_000_000)
LINKS = 3  # a company
HALF = 50 * PERCENT
_ROUNDS = 200  # of matrix products at most: each reads all links, and a chain of a million needs a million
_LINK_BYTES = 4 + 3 * 8  # owner, slot, low, high
ANSWERED = (1_000, 10_000, 100_000)
ANSWERS = """
| world | companies | verdicts | links kept | wall s | CPU s | ms a verdict |
|---|---|---|---|---|---|---|"""
HEAD = """
| world | links | who | wall s | CPU s | blocked | possible |
|---|---|---|---|---|---|---|"""


def ours(world: World) -> tuple[set[int], int]:
    """The graph and both sets; the parties that are blocked, and how many can be."""
    graph = stake_graph(world.count, 1, world.owner, world.owned, (world.low, world.high))
    listed = world.listed.tolist()
    least, most = (spread(graph, listed, HALF, most=m) for m in (False, True))
    return set(np.flatnonzero(least.stage >= 0).tolist()), int((most.stage >= 0).sum())


def plainly(world: World) -> tuple[set[int], int]:
    """A worklist over dicts, the least set alone."""
    stakes: dict[int, list[tuple[int, int]]] = {}
    for owner, owned, low in zip(world.owner.tolist(), world.owned.tolist(), world.low.tolist(), strict=True):
        stakes.setdefault(owner, []).append((owned, low))
    blocked, held = set(world.listed.tolist()), dict.fromkeys(range(world.count), 0)
    queue = deque(blocked)
    while queue:
        for owned, low in stakes.get(queue.popleft(), ()):
            held[owned] += low
            if held[owned] >= HALF and owned not in blocked:
                blocked.add(owned)
                queue.append(owned)
    return blocked, -1


def by_products(world: World) -> tuple[set[int], int] | None:
    """Products of the matrix of stakes with the blocked, the least set alone; None where it takes too many."""
    from scipy.sparse import csr_array

    shape = (world.count, world.count)
    into = csr_array((world.low.astype(np.float64), (world.owned, world.owner)), shape=shape)
    blocked = np.zeros(world.count)
    blocked[world.listed] = 1.0
    for _ in range(_ROUNDS):
        after = np.maximum(blocked, into @ blocked >= HALF)
        if np.array_equal(after, blocked):
            return set(np.flatnonzero(blocked).tolist()), -1
        blocked = after
    return None


def timed(act: Callable[[World], Any], world: World) -> tuple[Any, float, float]:
    """What an act gives, its wall time and its CPU time."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = act(world)
    return found, time.perf_counter() - wall, time.process_time() - cpu


def copied() -> float:
    """Bytes a second that this machine copies, reading and writing, the best of five."""
    source = np.ones(64_000_000 // 8)
    target, best = np.empty_like(source), 0.0
    for _ in range(5):
        begun = time.process_time()
        np.copyto(target, source)
        best = max(best, 2 * source.nbytes / max(time.process_time() - begun, 1e-9))
    return best


def lines(name: str, world: World) -> list[str]:
    """The rows of the table of a world; stops where two contestants disagree."""
    out, answer = [], None
    for who, act in (
        ("Entrepot, both sets", ours),
        ("plain Python, one set", plainly),
        ("scipy products, one set", by_products),
    ):
        found, wall, cpu = timed(act, world)
        if found is None:
            out.append(f"| {name} | {len(world.owner):,} | {who} | | | ended after {_ROUNDS} products | |")
            continue
        blocked, possible = found
        answer = blocked if answer is None else answer
        if blocked != answer:
            raise SystemExit(f"{who} names {len(blocked)} parties, Entrepot {len(answer)}")
        more = f"{possible:,}" if possible >= 0 else ""
        out.append(f"| {name} | {len(world.owner):,} | {who} | {wall:.2f} | {cpu:.2f} | {len(blocked):,} | {more} |")
    return out


def answers(name: str, world: World) -> str:
    """The row of what all answers of a world cost."""
    made, wall, cpu = timed(lambda w: verdicts(asked(w)), world)
    begun = time.process_time()
    asked(world)
    cpu -= time.process_time() - begun  # the table of links is made for the benchmark
    count = made.rows.num_rows
    told = f"{count:,} | {made.links.num_rows:,} | {wall:.2f} | {cpu:.2f} | {1000 * cpu / count:.2f}"
    return f"| {name} | {world.count:,} | {told} |"


def main() -> None:
    """Print the table, and keep it where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("largest", nargs="?", type=int, default=SIZES[-1])
    parser.add_argument("--save", type=Path)
    options = parser.parse_args()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = ["# Ownership by size", "", "Made by `make bench-ownership`.", ""]
    text += [f"{datetime.now(UTC):%Y-%m-%d}, {machine}; load of the machine before: {os.getloadavg()[0]:.1f}", HEAD]
    for size in (s for s in SIZES if s <= options.largest):
        text += lines(f"random, {size:,} companies", random_world(size, LINKS * size))
        print("\n".join(text[-3:]), flush=True)
    text += lines(f"one chain, {options.largest:,} companies", chain_world(options.largest))
    rate, held = copied(), LINKS * options.largest * _LINK_BYTES
    text += [
        "",
        (
            f"Physical limit: {LINKS * options.largest:,} links of {_LINK_BYTES} bytes are {held / 1e6:.0f} MB; this "
            f"machine copies {rate / 1e9:.1f} GB a second, so that to read each link once takes {held / rate:.3f} s."
        ),
        "",
        "All answers, worded:",
        ANSWERS,
    ]
    for size in (s for s in ANSWERED if s <= options.largest):
        text += [answers("random", random_world(size, LINKS * size)), answers("one chain", chain_world(size))]
        print("\n".join(text[-2:]), flush=True)
    text += ["", f"Load of the machine after: {os.getloadavg()[0]:.1f}.", ""]
    print("\n".join(text))
    if options.save:
        options.save.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
