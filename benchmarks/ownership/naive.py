"""The rule said as plainly as can be, for graphs of a few parties: what the method is held against."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.ownership.method.stake_graph import stake_graph
from entrepot.ownership.stake import PERCENT, WHOLE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from entrepot.ownership.method.stake_graph import StakeGraph

    Pair = tuple[int, int]
    Shares = Mapping[Pair, int]
    Stakes = Mapping[Pair, tuple[int, int]]


def blocked(shares: Shares, listed: Collection[int], threshold: int = 50 * PERCENT) -> set[int]:
    """Parties that are blocked: again and again, whoever is owned to the threshold by blocked parties together."""
    found = set(listed)
    owned = {b for _, b in shares}
    while True:
        new = {p for p in owned - found if sum(s for (a, b), s in shares.items() if b == p and a in found) >= threshold}
        if not new:
            return found
        found |= new


def held(shares: Shares, found: Collection[int], party: int) -> int:
    """What the parties of a set own of a party together."""
    return sum(s for (a, b), s in shares.items() if b == party and a in found)


def graph(stakes: Stakes, count: int) -> StakeGraph:
    """Stakes {(owner, owned): (low, high)} in parts as a graph of shares."""
    owner, owned = (np.array([k[i] for k in stakes], dtype=np.int64) for i in (0, 1))
    low, high = (np.array([v[i] for v in stakes.values()], dtype=np.int64) for i in (0, 1))
    return stake_graph(count, 1, owner.astype(np.int32), owned, (low, high))


def is_possible(shares: Shares, stakes: Stakes) -> bool:
    """Whether shares keep their ends and no party is owned to more than the whole."""
    inside = all(stakes[k][0] <= s <= stakes[k][1] for k, s in shares.items())
    return inside and all(sum(s for (_, b), s in shares.items() if b == p) <= WHOLE for p in {b for _, b in shares})
