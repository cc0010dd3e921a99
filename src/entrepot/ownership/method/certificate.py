"""What proves a verdict: the chains, the shares that would settle it, and one choice of shares that blocks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.ownership.stake import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from entrepot.ownership.method.spread import Spread
    from entrepot.ownership.method.stake_graph import StakeGraph


@dataclass(frozen=True, slots=True)
class Chosen:
    """A stake of a worst case: its place in the graph, and the parts that it is taken to be."""

    stake: int
    parts: int


def owners_in(graph: StakeGraph, spread: Spread, party: int, *, before: bool) -> list[tuple[int, int]]:
    """The stakes of a set in a party, as (stake, owner): largest first, of those that came in before it if asked.

    Of a party that is listed, or not in the set, all are given.
    """
    limit = int(spread.stage[party])
    found = [
        (high, at, owner)
        for slot in graph.slots_of(party)
        for at, owner, _, high in graph.into(slot)
        if high and spread.stage[owner] >= 0 and (not before or limit <= 0 or spread.stage[owner] < limit)
    ]
    return [(at, owner) for _, at, owner in sorted(found, key=lambda x: (-x[0], x[2]))]


def chains(graph: StakeGraph, spread: Spread, party: int) -> list[list[int]]:
    """From a listed party to this one, as stakes in order; one for each owner of the set, by its largest stake."""
    out = []
    for at, direct in owners_in(graph, spread, party, before=True):
        chain, owner = [at], direct
        while spread.stage[owner] > 0:  # each step comes in earlier, so loops end
            stake, owner = owners_in(graph, spread, owner, before=True)[0]
            chain.append(stake)
        out.append(chain[::-1])
    return out


def missing(graph: StakeGraph, least: Spread, most: Spread, party: int, limit: int | None = None) -> list[int]:
    """Stakes that are not known, nearest first, and that settle the verdict of a party when they are.

    They are those of owners that may be blocked: in the party itself, and in each of these owners that is not blocked
    whatever the shares are. No more are looked for once there are `limit` of them.
    """
    seen, queue = {party}, deque([party])
    out: list[int] = []
    while queue and (limit is None or len(out) < limit):
        owned = queue.popleft()
        for slot in graph.slots_of(owned):
            for at, owner, low, high in graph.into(slot):
                if most.stage[owner] < 0:
                    continue
                if low < high:
                    out.append(at)
                if least.stage[owner] < 0 and owner not in seen:
                    seen.add(owner)
                    queue.append(owner)
    return out


def worst_case(graph: StakeGraph, most: Spread, party: int, least: int, limit: int | None = None) -> list[Chosen]:
    """One choice of shares that the record allows and that brings a party in, stake by stake from the party outwards.

    Args:
        graph: the stakes.
        most: the set by the most that stakes can be; the party is in it.
        party: the party.
        least: the parts of a slot that bring its party in.
        limit: stakes after which to stop; None: the whole case.
    """
    seen, queue = {party}, deque([party])
    out: list[Chosen] = []
    while queue and (limit is None or len(out) < limit):
        owned = queue.popleft()
        if most.stage[owned] <= 0:
            continue
        for chosen, owner in _raised(graph, most, owned, least):
            out.append(chosen)
            if owner not in seen:
                seen.add(owner)
                queue.append(owner)
    return out


def _raised(graph: StakeGraph, most: Spread, owned: int, least: int) -> Iterator[tuple[Chosen, int]]:
    """The stakes in a party of those that came in before it, the earliest raised first, until they are enough."""
    for slot in graph.slots_of(owned):
        room = max(0, WHOLE - int(graph.named[slot]))
        held = [(most.stage[o], at, o, low, high) for at, o, low, high in graph.into(slot)]
        early = sorted(x for x in held if 0 <= x[0] < most.stage[owned])
        total, out = sum(low for *_, low, _ in early), []
        for _, at, owner, low, high in early:
            more = min(high - low, room, max(0, least - total))
            room, total = room - more, total + more
            if low + more:
                out.append((Chosen(at, low + more), owner))
        if total >= least:
            yield from out
            return
