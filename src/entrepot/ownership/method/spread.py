"""How far a block goes: the least set that holds the listed parties and all that it owns to the threshold.

OFAC's own method: a blocked party's holdings count whole and are never multiplied, those of a party that is not blocked
count nothing, and control counts nothing. The set is a least fixpoint: it is built from the listed parties outwards, so
parties that own one another and no listed one stay out of it; the greatest fixpoint would block them.

Two sets bound what is known. The *least* takes each stake at its low end: what is in it is blocked whatever the shares
are. The *most* takes each stake as high as it and the other owners of the party allow: what is not in it cannot be
blocked. Both are attained, by one choice of all shares each; docs/design/39-ownership.md has the proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.ownership.stake import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from entrepot.ownership.method.stake_graph import Ints, StakeGraph

# Stakes of a round below which they are followed one by one: a round of arrays takes some 40 microseconds whatever it
# holds, a stake by itself about one.
_FEW = 40


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """A set of parties, and what it owns.

    Attributes:
        stage: of each party the round in which it came in, 0 for the listed; -1: it is not in the set.
        low, high: of each slot, what the parties of the set own of it together, at the ends of their stakes.
    """

    stage: Any
    low: Any
    high: Any


class _Sparse(dict[int, int]):
    """Numbers of some parties; those of the others are all the same."""

    def __init__(self, other: int) -> None:
        super().__init__()
        self._other = other

    def __missing__(self, _: int) -> int:
        return self._other


NOBODY = Spread(_Sparse(-1), _Sparse(0), _Sparse(0))


def share(graph: StakeGraph, spread: Spread, slot: int, *, most: bool) -> int:
    """What a set owns of a slot: the least, or the most that the other owners leave it; in parts."""
    low, high = int(spread.low[slot]), int(spread.high[slot])
    if not most:
        return min(low, WHOLE)
    return min(high, max(low, WHOLE - int(graph.named[slot]) + low), WHOLE)


def spread(graph: StakeGraph, listed: Sequence[int], least: int, *, most: bool) -> Spread:
    """The set of listed parties and what they own, their stakes added.

    Args:
        graph: the stakes.
        listed: the listed parties.
        least: the parts of a slot that bring its party in.
        most: the set by the most that stakes can be, and not by the least.
    """
    stage = np.full(graph.count, -1, dtype=np.int32)
    low, high = (np.zeros(graph.count * graph.kinds, dtype=np.int64) for _ in range(2))
    found = Spread(stage, low, high)
    frontier = np.unique(np.asarray(listed, dtype=np.int64))
    stage[frontier] = turn = 0
    while frontier.size:
        turn += 1
        begins, ends = graph.first[frontier], graph.first[frontier + 1]
        if int((ends - begins).sum()) <= _FEW:
            frontier = _one_by_one(graph, found, frontier.tolist(), (least, most))
        else:
            frontier = _at_once(graph, found, begins, ends, (least, most))
        stage[frontier] = turn
    return found


def _at_once(graph: StakeGraph, found: Spread, begins: Ints, ends: Ints, rule: tuple[int, bool]) -> Ints:
    """Count the stakes of a round in arrays; the parties that come in by them."""
    least, most = rule
    lengths = ends - begins
    at = np.repeat(begins - np.concatenate([[0], np.cumsum(lengths)[:-1]]), lengths) + np.arange(lengths.sum())
    slots = graph.slot[at]
    np.add.at(found.low, slots, graph.low[at])
    np.add.at(found.high, slots, graph.high[at])
    low = found.low[slots]
    if most:
        reached = np.minimum(found.high[slots], np.maximum(low, WHOLE - graph.named[slots] + low)) >= least
    else:
        reached = low >= least
    parties = slots[reached] // graph.kinds
    return np.unique(parties[found.stage[parties] < 0])


def _one_by_one(graph: StakeGraph, found: Spread, frontier: Iterable[int], rule: tuple[int, bool]) -> Ints:
    """As `_at_once`, for a few."""
    least, most = rule
    touched = set()
    for owner in frontier:
        for at in range(graph.first[owner], graph.first[owner + 1]):
            slot = int(graph.slot[at])
            found.low[slot] += graph.low[at]
            found.high[slot] += graph.high[at]
            touched.add(slot)
    came = {s // graph.kinds for s in touched if share(graph, found, s, most=most) >= least}
    return np.array(sorted(p for p in came if found.stage[p] < 0), dtype=np.int64)


def spread_alone(graph: StakeGraph, listed: Sequence[int], least: int, *, most: bool) -> dict[int, Spread]:
    """Of each listed party the set of what it owns, for a rule that does not add stakes of several.

    Args:
        graph: the stakes.
        listed: the listed parties.
        least: the parts of a slot that bring its party in.
        most: the sets by the most that stakes can be, and not by the least.
    """
    out = {}
    for root in listed:
        found = Spread(_Sparse(-1), _Sparse(0), _Sparse(0))
        found.stage[root] = turn = 0
        frontier = [root]
        while frontier:
            turn += 1
            frontier = _one_by_one(graph, found, frontier, (least, most)).tolist()
            found.stage.update(dict.fromkeys(frontier, turn))
        out[root] = found
    return out
