"""Tracing by size: 10,000 parties and 50,000 links, 100,000 and 500,000, a million and five million.

Two worlds: tiers, in which goods run one way but for two links in a hundred, and links drawn at random, of which nearly
all parties lie in one loop. Of a fifth of the parties no share is known, of another fifth a band. Each piece of work
runs in a process of its own: reading the file row by row and keeping it; papers held against each other, of chains
in which one maker in a thousand says too much; the network of the links; the exposure of all nodes by known
shares; the least and the most of all nodes; the nearest path of documents of all nodes, in the order of dates; a cut;
a hundred products worded. CPU time, and peak memory of the process.

Beside networkx and rustworkx, on the same links, where they are done in two minutes. They have no bounds and no dates:
what they are asked is the exposure by known shares and the number of links to the nearest listed party.

Run: python benchmarks/bench_tracing.py [largest] [--kinds tiers random] [--load N] [--balance N] [--save PATH.md]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tracing.work import work

SIZES = (10_000, 100_000, 1_000_000)
LIMIT = 120  # seconds of CPU time for a peer: those on the wall hang on what else the machine does
OURS = ("network", "order", "exposure", "least", "most", "paths", "ten paths")
HEAD = """\
| world | parties | links | in loops | network | order | exposure | least | most | all paths | ten paths | peak MB |
|---|---|---|---|---|---|---|---|---|---|---|---|"""
ANSWERS = """| world | parties | all nodes solved | cut of one product | supplies cut | 100 products worded | peak MB |
|---|---|---|---|---|---|---|"""
PEERS = """| world | parties | who | graph | links to the nearest | exposure by known shares | largest difference |
|---|---|---|---|---|---|---|"""


def child(name: str, size: int, kind: str, folder: Path) -> dict[str, Any] | None:
    """What a piece of work says of itself; None where it failed."""
    command = [sys.executable, __file__, "--work", name, str(size), kind, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print(done.stderr[-1500:])
        return None
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def method(size: int, kind: str, folder: Path) -> tuple[str, dict[str, Any]]:
    """The row of the method."""
    told = child("method", size, kind, folder)
    if told is None:
        return f"| {kind} | {size:,} | failed |" + " |" * 9, {}
    times = " | ".join(f"{told[s][1]:.2f}" for s in OURS)
    return f"| {kind} | {size:,} | {told['links']:,} | {told['loops']:,} | {times} | {told['mb']:,.0f} |", told


def answers(size: int, kind: str, folder: Path) -> str:
    """The row of the answers."""
    told = child("answers", size, kind, folder)
    if told is None:
        return f"| {kind} | {size:,} | failed | | | | |"
    solved, cut, worded = (f"{told[s][1]:.2f}" for s in ("solved", "cut", "worded"))
    return f"| {kind} | {size:,} | {solved} | {cut} | {told['cut links']} | {worded} | {told['mb']:,.0f} |"


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT, LIMIT + 1))


def peers(size: int, kind: str, folder: Path) -> list[str]:
    """The rows of the peers."""
    python, rows = os.environ.get("ENTREPOT_PEERS", ""), []
    if not python or not Path(python).exists():
        return [f"| {kind} | {size:,} | the peers are not installed | | | | |"]
    for who in ("networkx", "rustworkx"):
        command = [python, str(Path(__file__).parent / "tracing" / "peer.py"), who, str(folder / "peer.npz")]
        done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=_limited)
        if done.returncode == -signal.SIGXCPU:
            rows.append(f"| {kind} | {size:,} | {who} | not done in {LIMIT} s | | | |")
            continue
        done.check_returncode()
        told = json.loads(done.stdout.splitlines()[-1])
        times = " | ".join(f"{told[s]:.2f}" for s in ("graph", "tiers", "exposure"))
        rows.append(f"| {kind} | {size:,} | {who} {told['version']} | {times} | {told['apart']:.0e} |")
    return rows


def _loads(largest: int, folder: Path) -> list[str]:
    rows = ["| parties | rows read | read | kept | peak MB |", "|---|---|---|---|---|"]
    for size in (s for s in SIZES if s <= largest):
        told = child("load", size, "tiers", folder)
        rows.append(
            f"| {size:,} | failed | | | |"
            if told is None
            else f"| {size:,} | {told['links'] + told['refused']:,} | {told['read'][1]:.1f} | {told['kept'][1]:.1f} "
            f"| {told['mb']:,.0f} |"
        )
        print(rows[-1], flush=True)
    return rows


def _balances(largest: int, folder: Path) -> list[str]:
    rows = [
        "| firms | links | documents | read | balance | say too much | of them named | named otherwise | peak MB |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for size in (s for s in SIZES if s <= largest):
        shutil.rmtree(folder / "papers", ignore_errors=True)
        made, told = (child(what, size, "chains", folder) for what in ("papers", "balance"))
        rows.append(
            f"| {size:,} | failed | | | | | | | |"
            if made is None or told is None
            else f"| {size:,} | {told['links']:,} | {told['documents']:,} | {told['read'][1]:.1f} "
            f"| {told['balance'][1]:.1f} | {made['planted']} | {told['named']} | {told['others']} | {told['mb']:,.0f} |"
        )
        print(rows[-1], flush=True)
    return rows


def main() -> None:
    """Print the tables, and keep them where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("largest", nargs="?", type=int, default=SIZES[-1])
    parser.add_argument("--kinds", nargs="+", default=["tiers", "random"])
    parser.add_argument("--load", type=int, default=SIZES[-1], metavar="LARGEST")
    parser.add_argument("--balance", type=int, default=SIZES[-1], metavar="LARGEST")
    parser.add_argument("--save", type=Path)
    parser.add_argument("--work", nargs=4, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        name, size, kind, folder = given.work
        print(json.dumps(work(name, int(size), kind, Path(folder))))
        return
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    text = ["# Tracing by size", "", "Made by `make bench-tracing`. Seconds of CPU time.", ""]
    text += [f"{datetime.now(UTC):%Y-%m-%d}, {machine}; load of the machine before: {os.getloadavg()[0]:.1f}", ""]
    ours, worded, others, exact = [HEAD], [ANSWERS], [PEERS], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for kind in given.kinds:
            for size in (s for s in SIZES if s <= given.largest):
                row, told = method(size, kind, folder)
                ours.append(row)
                print(row, flush=True)
                if told:
                    exact.append(f"{kind}, {size:,}: {told['residual']:.0e}, {told['error']:.0e}")
                    others += peers(size, kind, folder)
                worded.append(answers(size, kind, folder))
                print(worded[-1], *others[-2:], sep="\n", flush=True)
        text += ["Links as a table in memory:", "", *ours, ""]
        text += [
            "Largest residual, and how far a value may be from what its shares give: " + "; ".join(exact) + ".",
            "",
        ]
        text += ["From the table to answers (both ends, likely, not traced, paths):", "", *worded, ""]
        text += [f"Peers, where they are done in {LIMIT} s:", "", *others, ""]
        text += ["A file of links, read row by row and kept:", "", *_loads(given.load, folder), ""]
        text += ["Papers of chains of cotton held against each other:", "", *_balances(given.balance, folder), ""]
    text += [f"Load of the machine after: {os.getloadavg()[0]:.1f}.", ""]
    print("\n".join(text))
    if given.save:
        given.save.write_text("\n".join(text), encoding="utf-8")


if __name__ == "__main__":
    main()
