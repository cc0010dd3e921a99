"""The same by graph libraries, in the environment of the peers; imports nothing of the product.

Neither has bounds over shares that are left open, nor dates. What both can be asked: the links as a graph of theirs,
how many links lie between each node and the nearest listed one, and the exposure of all nodes by known shares, which
networkx does by sweeps over its own dicts and rustworkx by sweeps over its own edges.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from typing import Any

import numpy as np

_CLOSE = 1e-9
_SWEEPS = 10_000


def networkx(held: Any) -> dict[str, Any]:
    """By networkx."""
    import networkx as nx

    begun = time.process_time()
    graph = nx.DiGraph()
    graph.add_nodes_from(range(len(held["fixed"])))
    for taker, source, share in _links(held):
        if graph.has_edge(source, taker):
            graph[source][taker]["share"] += share
        else:
            graph.add_edge(source, taker, share=share)
    built = time.process_time()
    goals = set(np.flatnonzero(held["certain"]).tolist())
    tiers = nx.multi_source_dijkstra_path_length(graph, goals, weight=None)
    walked = time.process_time()
    values = np.nan_to_num(held["fixed"]).tolist()
    free = np.flatnonzero(np.isnan(held["fixed"])).tolist()
    for _ in range(_SWEEPS):
        moved = 0.0
        for i in free:
            new = sum(values[s] * d["share"] for s, d in graph.pred[i].items())
            moved, values[i] = max(moved, abs(new - values[i])), new
        if moved < _CLOSE:
            break
    return _told(begun, built, walked, len(tiers), values)


def rustworkx(held: Any) -> dict[str, Any]:
    """By rustworkx."""
    import rustworkx as rx

    begun = time.process_time()
    graph = rx.PyDiGraph(multigraph=True)
    count = len(held["fixed"])
    graph.add_nodes_from(range(count + 1))
    graph.add_edges_from([(s, t, share) for t, s, share in _links(held)])
    built = time.process_time()
    goals = np.flatnonzero(held["certain"]).tolist()
    graph.add_edges_from([(count, g, 1.0) for g in goals])
    tiers = rx.digraph_dijkstra_shortest_path_lengths(graph, count, lambda _: 1.0)
    walked = time.process_time()
    values = np.nan_to_num(held["fixed"]).tolist()
    free = np.flatnonzero(np.isnan(held["fixed"])).tolist()
    into = {i: graph.in_edges(i) for i in free}
    for _ in range(_SWEEPS):
        moved = 0.0
        for i in free:
            new = sum(values[s] * share for s, _, share in into[i] if s < count)
            moved, values[i] = max(moved, abs(new - values[i])), new
        if moved < _CLOSE:
            break
    return _told(begun, built, walked, len(tiers), values)


def _links(held: Any) -> Any:
    takers = np.repeat(np.arange(len(held["starts"]) - 1), np.diff(held["starts"]))
    return zip(takers.tolist(), held["sources"].tolist(), held["shares"].tolist(), strict=True)


def _told(begun: float, built: float, walked: float, reached: int, values: list[float]) -> dict[str, Any]:
    done = time.process_time()
    return {
        "graph": built - begun,
        "tiers": walked - built,
        "exposure": done - walked,
        "reached": reached,
        "values": values,
    }


def main() -> None:
    """Do what is asked: the peer, and the file of the world."""
    who, file = sys.argv[1:]
    held = dict(np.load(file))
    told = {"networkx": networkx, "rustworkx": rustworkx}[who](held)
    told["apart"] = float(np.abs(np.array(told.pop("values")) - held["values"]).max())
    print(json.dumps(told | {"version": version(who)}))


if __name__ == "__main__":
    main()
