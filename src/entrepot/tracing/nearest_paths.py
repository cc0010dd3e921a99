"""The nearest path of documents from an exposed party to every node, in the order of their dates, found in one pass.

From the exposed outwards, link by link: a node is come to with the earliest day on which what came there can have been
there, and a link carries it on only where it can have left after that day. A node that is come to again by more links
counts again where the day is earlier, for then more of what it supplied can be made of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.method.loop_levels import spans
from entrepot.tracing.supply_network import UNNAMED

if TYPE_CHECKING:
    from entrepot.tracing.method.share_rows import Flags, Ints
    from entrepot.tracing.supply_network import Network

_NOT_YET = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, eq=False)
class NearestPaths:
    """The nearest paths.

    Attributes:
        tiers: by node, how many links lie between it and the nearest exposed; -1 where no documents lead to it.
        nodes: of each step its node.
        links: of each step the link by which it was come to; -1 at an exposed node, and within a stock.
        before: of each step the one before it.
        first: by node its first step.
    """

    tiers: Ints
    nodes: Ints
    links: Ints
    before: Ints
    first: Ints

    def path(self, node: int) -> tuple[int, tuple[int, ...]]:
        """The exposed node that documents lead to a node from, and the links from it on.

        Args:
            node: one that documents lead to.
        """
        step, links = int(self.first[node]), []
        while self.before[step] >= 0:
            links.append(int(self.links[step]))
            step = int(self.before[step])
        return int(self.nodes[step]), tuple(x for x in reversed(links) if x >= 0)


def nearest_paths(made: Network, exposed: Flags) -> NearestPaths:
    """The nearest path to every node.

    Args:
        made: the network.
        exposed: by node, whether it is exposed.
    """
    named = np.flatnonzero(made.rows.sources != UNNAMED)
    order = named[np.lexsort((made.at[named], made.rows.sources[named]))]
    takers, at = made.rows.takers[order], made.at[order]
    # Between the mixes of a stock there is no link, and no day of its own.
    first = np.where(at < 0, -1, made.columns.first[at])
    last = np.where(at < 0, _NOT_YET, made.columns.last[at])
    starts = np.searchsorted(made.rows.sources[order], np.arange(made.rows.nodes + 1))
    day = np.full(made.rows.nodes, _NOT_YET)
    seeds = np.flatnonzero(exposed)
    tiers = np.where(exposed, 0, -1)
    day[seeds] = -1  # whatever the day, it is theirs
    begin = np.full(made.rows.nodes, -1, dtype=np.int64)
    begin[seeds] = np.arange(len(seeds))
    told = [(seeds, np.full(len(seeds), -1), np.full(len(seeds), -1))]
    front, held, count, tier = seeds, day[seeds], 0, 0
    while len(front):
        tier += 1
        step = count + np.repeat(np.arange(len(front)), starts[front + 1] - starts[front])
        came = np.repeat(held, starts[front + 1] - starts[front])
        count += len(front)
        some = spans(starts, front)
        then = np.maximum(came, first[some])
        fits = (last[some] >= came) & (then < day[takers[some]])
        some, step, then = some[fits], step[fits], then[fits]
        best = np.lexsort((at[some], then, takers[some]))
        best = best[np.concatenate([[True], np.diff(takers[some][best]) > 0])] if len(best) else best
        front, held = takers[some][best], then[best]
        day[front] = held
        is_new = tiers[front] < 0
        tiers[front[is_new]] = tier
        begin[front[is_new]] = count + np.flatnonzero(is_new)
        told.append((front, at[some][best], step[best]))
    nodes, links, before = (np.concatenate(x) for x in zip(*told, strict=True))
    return NearestPaths(tiers, nodes, links, before, begin)
