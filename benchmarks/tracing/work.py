"""The work that is timed, each piece in a process of its own, so that its peak memory is its own."""

from __future__ import annotations

import resource
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.desk.supply_balance import held_books
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.balance.balance import balance
from entrepot.tracing.exposures import exposures
from entrepot.tracing.method.exposure_bounds import bound, flow_of, with_untraced_loops
from entrepot.tracing.nearest_paths import nearest_paths
from entrepot.tracing.solved_network import solved
from entrepot.tracing.supply.kept_supply import put
from entrepot.tracing.supply.read_supply import read_supply
from entrepot.tracing.supply_network import ELSEWHERE, REGION, UNNAMED, likely_rows, network
from entrepot.tracing.what_next.replaced_supplies import replaced
from tracing.papers import keep_papers
from tracing.worlds import listed, world, written

if TYPE_CHECKING:
    from collections.abc import Callable

_PATHS = 10
_ANSWERS = 100  # products worded
DAY = date(2026, 1, 1)


class Clock:
    """CPU and wall seconds by step."""

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}

    def run(self, step: str, act: Callable[[], Any]) -> Any:
        """What an act gives; its times are kept."""
        wall, cpu = time.perf_counter(), time.process_time()
        found = act()
        self.told[step] = [time.perf_counter() - wall, time.process_time() - cpu]
        return found


def method(parties: int, kind: str, folder: Path) -> dict[str, Any]:
    """The network, the exposure of all nodes by known shares, both bounds, the nearest paths; the links for peers."""
    clock = Clock()
    links = world(parties, 5 * parties, kind)
    exposed = {i: Exposed("certain", "a list") for i in listed(parties)}
    made = clock.run("network", lambda: network(links, {}, exposed))
    certain = made.of_party(np.array([i in exposed for i in made.columns.ids]))
    fixed = np.where(certain, 1.0, np.where(made.rows.has_inputs, np.nan, 0.0))
    fixed[[REGION, ELSEWHERE, UNNAMED]] = 1.0, 0.0, 0.0
    rows, lost = with_untraced_loops(made.rows, fixed)
    fixed[lost] = 0.0
    middle = likely_rows(made, made.rows) if not len(lost) else rows
    evenly = _even(middle)
    flow = clock.run("order", lambda: flow_of(rows, np.isnan(fixed)))
    known = clock.run("exposure", lambda: bound(evenly, fixed, "least", flow))
    least = clock.run("least", lambda: bound(rows, fixed, "least", flow))
    most = clock.run("most", lambda: bound(rows, fixed, "most", flow))
    paths = clock.run("paths", lambda: nearest_paths(made, certain))
    last = np.flatnonzero(paths.tiers >= 0)[-_PATHS:]
    clock.run("ten paths", lambda: [paths.path(int(i)) for i in last])
    np.savez(
        folder / "peer.npz",
        starts=evenly.starts, sources=evenly.sources, shares=evenly.low, fixed=fixed, values=known.values,
        # Peers know no dates: their nearest paths are over all links.
        certain=certain,
    )  # fmt: skip
    ends = [known, least, most]
    return clock.told | {
        "loops": flow.in_loops,
        "residual": max(b.residual for b in ends),
        "error": max(b.error for b in ends),
        "width": float((most.values - least.values).mean()),
        "links": made.links.num_rows,
    }


def _even(rows: Any) -> Any:
    """The shares where those that are not known at all are alike: what a peer can do."""
    from dataclasses import replace

    counts = np.diff(rows.starts)[rows.takers]
    share = np.where(rows.low == rows.high, rows.low, 1.0 / counts)
    share /= np.bincount(rows.takers, share, rows.nodes)[rows.takers]
    return replace(rows, low=share, high=share)


def answers(parties: int, kind: str, _: Path) -> dict[str, Any]:
    """All nodes solved (both ends, likely, not traced, paths), then a hundred products worded, and a cut of one."""
    clock = Clock()
    links = world(parties, 5 * parties, kind)
    asked = Asked(links, {i: Exposed("certain", "a list") for i in listed(parties)}, {}, DAY)
    found = clock.run("solved", lambda: solved(asked))
    chosen = [i for i in found.made.final if found.certain[i] < 1][:_ANSWERS]
    touched = next((i for i in chosen if found.sure.tiers[i] > 0), chosen[0])
    cut, _unit = clock.run("cut", lambda: replaced(found, touched))
    made = clock.run("worded", lambda: exposures(asked, lambda _: chosen, found))
    return clock.told | {"cut links": len(cut), "rows": len(made.rows)}


def load(parties: int, kind: str, folder: Path) -> dict[str, Any]:
    """A file of links read row by row, and kept in a store."""
    clock, file = Clock(), folder / "links.csv"
    written(world(parties, 5 * parties, kind), file)
    read = clock.run("read", lambda: read_supply(file, today=DAY))
    clock.run("kept", lambda: put(folder / f"store-{parties}", read))
    return clock.told | {"links": read.row["links"], "refused": read.row["refused"]}


def papers(parties: int, _kind: str, folder: Path) -> dict[str, Any]:
    """Papers made and kept."""
    return {"planted": keep_papers(parties, folder / "papers")}


def balanced(_parties: int, _kind: str, folder: Path) -> dict[str, Any]:
    """Papers of a store held against each other: how many makers that say too much are named, and how many others."""
    clock = Clock()
    told = clock.run("read", lambda: held_books(folder / "papers"))
    found = clock.run("balance", lambda: balance(told))
    named = [f for f in found.faults if f["kind"] == "more_made_than_possible"]
    others = [f for f in found.faults if f["kind"] != "more_made_than_possible"]
    return clock.told | {
        "documents": found.documents,
        "links": len(told.links),
        "named": len(named),
        "others": len(others),
        "open": sum(found.unjudged.values()),
    }


WORKS = {"method": method, "answers": answers, "load": load, "papers": papers, "balance": balanced}


def work(name: str, parties: int, kind: str, folder: Path) -> dict[str, Any]:
    """A piece of work, with its peak memory."""
    told = WORKS[name](parties, kind, folder)
    return told | {"mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000}
