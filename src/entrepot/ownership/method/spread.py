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
    from collections.abc import Sequence

    from entrepot.ownership.method.stake_graph import Ints, StakeGraph

# Stakes of a round up to which they are followed one by one: a round of arrays takes some 40 microseconds whatever it
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
    one_by_one = _OneByOne(graph, Spread(_view(stage), _view(low), _view(high)), least, most=most)
    frontier = np.unique(np.asarray(listed, dtype=np.int64))
    stage[frontier] = turn = 0
    while frontier.size:
        lengths = graph.first[frontier + 1] - graph.first[frontier]
        if int(lengths.sum()) <= _FEW:
            few, turn = one_by_one.follow(frontier.tolist(), turn, _FEW)
            frontier = np.array(few, dtype=np.int64)
            continue
        turn += 1
        frontier = _at_once(graph, found, frontier, lengths, (least, most))
        stage[frontier] = turn
    return found


def _at_once(graph: StakeGraph, found: Spread, frontier: Ints, lengths: Ints, rule: tuple[int, bool]) -> Ints:
    """Count the stakes of a round in arrays; the parties that come in by them."""
    least, most = rule
    ends = np.cumsum(lengths)
    at = np.repeat(graph.first[frontier] - ends + lengths, lengths) + np.arange(ends[-1])
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


def _view(array: Any) -> Any:
    """An array as a view that gives and takes plain numbers."""
    return memoryview(array)


class _OneByOne:
    """Follows stakes one by one; views of the arrays give plain numbers, which are quicker one at a time."""

    def __init__(self, graph: StakeGraph, found: Spread, least: int, *, most: bool) -> None:
        arrays = (graph.first, graph.slot, graph.low, graph.high, graph.named)
        self._first, self._slot, self._low, self._high, self._named = (_view(a) for a in arrays)
        self._found, self._kinds, self._least, self._most = found, graph.kinds, least, most

    def follow(self, frontier: list[int], turn: int, limit: int | None) -> tuple[list[int], int]:
        """Go on, round by round, while a round has few stakes; the next round's parties, and its number.

        Args:
            frontier: the parties that came in last.
            turn: the round in which they did.
            limit: stakes of a round above which to stop; None: go on to the end.
        """
        first = self._first
        while frontier and (limit is None or sum(first[p + 1] - first[p] for p in frontier) <= limit):
            turn += 1
            touched = self._count(frontier)
            frontier = []
            for slot in touched:
                party = slot // self._kinds
                if self._found.stage[party] < 0 and self._share(slot) >= self._least:
                    self._found.stage[party] = turn
                    frontier.append(party)
        return frontier, turn

    def _count(self, frontier: list[int]) -> set[int]:
        low, high, touched = self._found.low, self._found.high, set()
        for owner in frontier:
            for at in range(self._first[owner], self._first[owner + 1]):
                slot = self._slot[at]
                low[slot] += self._low[at]
                high[slot] += self._high[at]
                touched.add(slot)
        return touched

    def _share(self, slot: int) -> int:
        low: int = self._found.low[slot]
        if not self._most:
            return low
        high: int = min(self._found.high[slot], max(low, WHOLE - self._named[slot] + low))
        return high


def go_on(graph: StakeGraph, found: Spread, parties: Sequence[int], least: int) -> int:
    """Bring parties into a set by the most that stakes can be, after all that are in it, and what they own with them.

    Args:
        graph: the stakes.
        found: the set, which is changed.
        parties: parties that are not in it.
        least: the parts of a slot that bring its party in.

    Returns:
        The round in which they came in.
    """
    stage, low, high = found.stage, found.low, found.high
    if isinstance(stage, dict):
        turn, held = max(stage.values(), default=0) + 1, found
    else:
        turn, held = int(stage.max()) + 1, Spread(_view(stage), _view(low), _view(high))
    for party in parties:
        held.stage[party] = turn
    _OneByOne(graph, held, least, most=True).follow(list(parties), turn, None)
    return turn


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
        found = out[root] = Spread(_Sparse(-1), _Sparse(0), _Sparse(0))
        found.stage[root] = 0
        _OneByOne(graph, found, least, most=most).follow([root], 0, None)
    return out
