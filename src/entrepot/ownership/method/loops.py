"""Loops of owners: what comes into firms that own one another goes round among them, and ends with whoever put it in.

A firm of which a listed party holds 30 % and a firm of its own the other 70 % belongs to the listed party altogether:
x = 0.3 + 0.7 x. The rule by itself (`spread`) sees 30 %, for a stake through a firm that is not blocked counts nothing.
Whether a loop is counted round is said in no text that we have, so it raises the upper end alone. See
docs/design/39-ownership.md.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from entrepot.ownership.method.certificate import plainly
from entrepot.ownership.method.spread import Spread, go_on, share
from entrepot.ownership.stake import WHOLE

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from entrepot.ownership.method.stake_graph import StakeGraph

# Rounds after which what goes round is no longer followed and taken to be all that the others leave: 2,000 rounds bring
# a loop that keeps 99 % a round below a thousandth of a part.
_MOST_ROUNDS = 2_000
# Parties that own one another beyond which what goes round is not followed, and that is said: firms that do so in
# earnest are a handful, and thousands are a knot of ties of no known size, in which all could end with anybody.
_MOST_MEMBERS = 500
_STILL = 0.001  # parts; what a round adds below it is no part of a share


@dataclass(slots=True, eq=False)
class Loops:
    """The loops that a set of parties reaches and does not hold.

    Attributes:
        carried: slot -> the most that listed and blocked owners have of it when what they put in is followed round.
        members: party -> the parties that own one another, it among them.
        since: the round from which parties came into the set because a loop was followed; 0: none did.
        knots: party -> how many own one another, it among them, where that are too many to follow.
    """

    carried: dict[int, int] = field(default_factory=dict)
    members: dict[int, tuple[int, ...]] = field(default_factory=dict)
    since: int = 0
    knots: dict[int, int] = field(default_factory=dict)


def follow_loops(graph: StakeGraph, most: Spread, least: int) -> Loops:
    """Follow what a set puts into loops round, and bring in whom that brings to the threshold, and what they own.

    Args:
        graph: the stakes.
        most: the set by the most that stakes can be; parties are added to it.
        least: the parts of a slot that bring its party in.
    """
    out, looked = Loops(), _Looked(graph, most)
    while True:
        found: dict[int, int] = {}
        held = looked.held()
        for kind in range(graph.kinds):
            every = list(_loops(graph, most, kind, held[kind], out.knots))
            loops = [loop for loop in every if len(loop) <= _MOST_MEMBERS]
            out.knots |= {p: len(loop) for loop in every if len(loop) > _MOST_MEMBERS for p in loop}
            found |= _carried(graph, most, kind, loops)
            out.members |= {p: loop for loop in loops for p in loop if p not in out.members}
        out.carried |= found
        come = sorted({slot // graph.kinds for slot, parts in found.items() if parts >= least})
        if not come:
            return out
        # Those into whom the set puts something come first, so that each has an owner that came in before it.
        first = [p for p in come if any(most.high[s] for s in graph.slots_of(p))] or come
        turn = go_on(graph, most, first, least)
        out.since = out.since or turn


def round_of(graph: StakeGraph, members: Sequence[int], party: int) -> tuple[int, ...]:
    """The shortest loop through a party: the parties in the order in which they own one another, it first and last.

    Args:
        graph: the stakes.
        members: the parties that own one another.
        party: one of them.
    """
    inside, before = set(members), {party: -1}
    queue = deque([party])
    while queue:
        at = queue.popleft()
        for owned in _owned(graph, at):
            if owned == party and at != party:
                path = [party, at]
                while before[path[-1]] >= 0:
                    path.append(before[path[-1]])
                return tuple(reversed(path))
            if owned in inside and owned not in before:
                before[owned] = at
                queue.append(owned)
    return ()


def _owned(graph: StakeGraph, owner: int) -> Iterator[int]:
    for at in range(graph.first[owner], graph.first[owner + 1]):
        if graph.high[at]:
            yield int(graph.slot[at]) // graph.kinds


class _Looked:
    """What a set held of each slot when it was looked at, so that only what changed since is looked at again."""

    def __init__(self, graph: StakeGraph, most: Spread) -> None:
        self._graph, self._most = graph, most
        self._is_sparse = isinstance(most.high, dict)
        self._before = {} if self._is_sparse else np.zeros_like(most.high)

    def held(self) -> list[list[int]]:
        """By interest the parties out of the set of which it holds more than when this was asked before."""
        high, kinds, stage = self._most.high, self._graph.kinds, self._most.stage
        if self._is_sparse:
            slots = sorted(s for s, amount in high.items() if amount != self._before.get(s, 0))
            self._before = dict(high)
        else:
            slots = np.flatnonzero(high != self._before).tolist()
            self._before = high.copy()
        return [[s // kinds for s in slots if s % kinds == k and stage[s // kinds] < 0] for k in range(kinds)]


def _loops(  # noqa: C901 - Tarjan's way keeps its stack by hand: a chain of a million is deeper than Python's
    graph: StakeGraph, most: Spread, kind: int, held: Sequence[int], knots: Container[int]
) -> Iterator[tuple[int, ...]]:
    """The parties out of a set that own one another by one interest, behind those of which the set holds some part.

    Strongly connected components, by Tarjan's way without recursion.
    """
    stage, first, slots, high = (plainly(a) for a in (most.stage, graph.first, graph.slot, graph.high))
    number: dict[int, int] = {}
    lowest: dict[int, int] = {}
    stack: list[int] = []
    is_on: set[int] = set()
    kinds = graph.kinds
    for root in held:
        if root in number or root in knots:
            continue
        work = [(root, first[root])]
        while work:
            party, at = work.pop()
            if party not in number:
                number[party] = lowest[party] = len(number)
                stack.append(party)
                is_on.add(party)
            went = False
            while at < first[party + 1]:
                owned, of = divmod(slots[at], kinds)
                at += 1
                if of != kind or not high[at - 1] or stage[owned] >= 0 or owned in knots:
                    continue
                if owned not in number:
                    work += [(party, at - 1), (owned, first[owned])]
                    went = True
                    break
                if owned in is_on:
                    lowest[party] = min(lowest[party], lowest[owned])
            if not went and lowest[party] == number[party]:
                loop: list[int] = []
                while not loop or loop[-1] != party:
                    loop.append(stack.pop())
                is_on.difference_update(loop)
                if len(loop) > 1:
                    yield tuple(sorted(loop))


def _carried(graph: StakeGraph, most: Spread, kind: int, loops: Sequence[tuple[int, ...]]) -> dict[int, int]:
    """What the set has of each slot of some loops when it is followed round: b + S x = x, from b upwards."""
    place = {p: n for n, p in enumerate(p for loop in loops for p in loop)}
    if not place:
        return {}
    loop_of = {p: n for n, loop in enumerate(loops) for p in loop}
    slots = [p * graph.kinds + kind for p in place]
    begins = np.array([share(graph, most, s, most=True) for s in slots], dtype=np.float64)
    others = [int(graph.named[s]) - int(most.low[s]) for s in slots]  # the least that parties out of the set hold
    source, target, weight = [], [], []
    for party, to in place.items():
        for _, owner, low, high in graph.into(slots[to]):
            if loop_of.get(owner) == loop_of[party] and high:
                others[to] -= low
                source.append(place[owner])
                target.append(to)
                weight.append(high / WHOLE)
    ends = np.maximum(WHOLE - np.maximum(np.array(others, dtype=np.float64), 0), begins)
    by, into, part = np.array(source), np.array(target), np.array(weight)
    found = begins
    for _ in range(_MOST_ROUNDS):
        before = found
        found = np.minimum(begins + np.bincount(into, part * before[by], len(slots)), ends)
        if (moves := found - before > _STILL).sum() == 0:
            break
    else:
        found = np.where(moves, ends, found)
    return {s: round(x) for s, x in zip(slots, found.tolist(), strict=True) if x}
