"""Links on a day as a graph in arrays: the stakes of each owner lie side by side.

A stake goes into a *slot*: a party and an interest that is held against the threshold by itself. Where a rule counts
shares alone a slot is a party.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from entrepot.ownership.stake import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Ints: TypeAlias = NDArray[np.int64]
Places: TypeAlias = NDArray[np.int32]


@dataclass(frozen=True, eq=False)  # no slots: what is looked up backwards is sorted on first use
class StakeGraph:
    """Stakes by owner.

    Attributes:
        count: parties.
        kinds: interests that are held against the threshold each by itself.
        first: where the stakes of each owner begin, and after the last where they end.
        slot: of each stake, party times `kinds` plus interest.
        low, high: of each stake, in parts.
        link: of each stake, one of the links that say it.
        named: of each slot, the least that its owners on record hold together.
        disagree: stakes of which two links say what cannot both be: read as from the one to the other.
    """

    count: int
    kinds: int
    first: Ints
    slot: Ints
    low: Ints
    high: Ints
    link: Ints
    named: Ints
    disagree: int = 0

    @cached_property
    def owner(self) -> Places:
        """The owner of each stake."""
        return np.repeat(np.arange(self.count, dtype=np.int32), np.diff(self.first))

    @cached_property
    def _into(self) -> tuple[memoryview, tuple[memoryview, ...]]:
        """Where the stakes in each slot begin, and these side by side; as views, which give plain numbers."""
        order = np.argsort(self.slot, kind="stable").astype(np.int64)
        begins = np.searchsorted(self.slot[order], np.arange(self.count * self.kinds + 1)).astype(np.int64)
        sides = (order, self.owner[order], self.low[order], self.high[order])
        return begins.data, tuple(np.ascontiguousarray(s).data for s in sides)

    def into(self, slot: int) -> Iterator[tuple[int, int, int, int]]:
        """The stakes in a slot: (stake, owner, low, high)."""
        begins, sides = self._into
        first, last = begins[slot], begins[slot + 1]
        return zip(*(s[first:last] for s in sides), strict=True)

    def slots_of(self, party: int) -> range:
        """The slots of a party."""
        return range(party * self.kinds, (party + 1) * self.kinds)


def stake_graph(count: int, kinds: int, owner: Places, slot: Ints, ends: tuple[Ints, Ints]) -> StakeGraph:
    """Links as a graph; of several for one owner and slot what all of them allow, else from the least to the most.

    Args:
        count: parties.
        kinds: interests.
        owner: of each link.
        slot: of each link.
        ends: least and most of each link, in parts.
    """
    low, high = ends
    key = owner.astype(np.int64) * (count * kinds) + slot
    order = np.argsort(key, kind="stable").astype(np.int64)
    key = key[order]
    begins = np.flatnonzero(np.concatenate([[True], key[1:] != key[:-1]])) if key.size else np.empty(0, dtype=np.int64)
    lows, highs, disagree = low[order], high[order], 0
    if begins.size < key.size:
        least, most = np.minimum.reduceat(lows, begins), np.maximum.reduceat(highs, begins)
        lows, highs = np.maximum.reduceat(lows, begins), np.minimum.reduceat(highs, begins)
        apart = lows > highs
        disagree = int(apart.sum())
        lows, highs = np.where(apart, least, lows), np.where(apart, most, highs)
    owners, slots = np.divmod(key[begins], count * kinds)
    first = np.searchsorted(owners, np.arange(count + 1)).astype(np.int64)
    named = _named(slots, lows, count * kinds)
    return StakeGraph(count, kinds, first, slots, lows, highs, order[begins], named, disagree)


def counted_once(graph: StakeGraph, groups: Iterable[Sequence[int]]) -> tuple[StakeGraph, int]:
    """A graph in which stakes that parties of one group hold in one slot may be one stake that is said twice.

    Together they are from the largest of them to their sum: the least of all but the largest is nothing.

    Args:
        graph: the stakes.
        groups: parties that may be one.

    Returns:
        The graph, and in how many slots that is so.
    """
    lower: set[int] = set()
    doubled: set[int] = set()
    for group in groups:
        by_slot: dict[int, list[int]] = {}
        for owner in group:
            for at in range(int(graph.first[owner]), int(graph.first[owner + 1])):
                by_slot.setdefault(int(graph.slot[at]), []).append(at)
        for slot, stakes in by_slot.items():
            if len(stakes) > 1:
                doubled.add(slot)
                lower |= {*sorted(stakes, key=lambda at: (-int(graph.low[at]), at))[1:]}
    if not lower:
        return graph, 0
    low = graph.low.copy()
    low[sorted(lower)] = 0
    return replace(graph, low=low, named=_named(graph.slot, low, len(graph.named))), len(doubled)


def _named(slots: Ints, lows: Ints, count: int) -> Ints:
    """The least that the owners of each slot hold together."""
    # Whole numbers below 2**53 add up exactly as floats, and the sum of a slot is checked to stay about 10**12.
    named = np.bincount(slots, weights=lows.astype(np.float64), minlength=count).astype(np.int64)
    return np.minimum(named, WHOLE * 2)
