"""What proves a verdict: the chains, the shares that would settle it, and one choice of shares that blocks.

In a world of loops thousands of stakes stand behind each of thousands of parties. So what is asked of a party is
bounded (the nearest stakes, the last links of a chain), and what many parties ask alike (who owns a party, how far it
is from a listed one) is found once for all of them: the cost of all answers grows with the parties, not with their
square.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.ownership.stake import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.ownership.method.spread import Spread
    from entrepot.ownership.method.stake_graph import StakeGraph


@dataclass(frozen=True, slots=True)
class Chosen:
    """A stake of a worst case: its place in the graph, and the parts that it is taken to be."""

    stake: int
    parts: int


@dataclass(frozen=True, slots=True)
class Chain:
    """From a listed party to another, as stakes in order; of a long one the first and the last.

    Attributes:
        stakes: places in the graph.
        left_out: links after the first that are not among them.
    """

    stakes: tuple[int, ...]
    left_out: int = 0


Raised = tuple[tuple[Chosen, int], ...]  # the stakes in a party that bring it in, each with its owner


class Behind:
    """Who stands behind the parties of a set; what is found for one party serves the next."""

    def __init__(self, graph: StakeGraph, spread: Spread) -> None:
        self._graph, self._stage = graph, plainly(spread.stage)
        self._owners: dict[int, Sequence[tuple[int, int]]] = {}
        self._far: dict[int, tuple[int, int]] = {}

    def owners(self, party: int) -> Sequence[tuple[int, int]]:
        """The stakes in a party of those that came in before it, as (stake, owner): largest first.

        Of a party that is listed, or not in the set, those of all that are in it.
        """
        found = self._owners.get(party)
        if found is None:
            limit, stage = self._stage[party], self._stage
            held = [
                (-high, owner, at)
                for slot in self._graph.slots_of(party)
                for at, owner, _, high in self._graph.into(slot)
                if high and stage[owner] >= 0 and (limit <= 0 or stage[owner] < limit)
            ]
            found = self._owners[party] = [(at, owner) for _, owner, at in sorted(held)]
        return found

    def chains(self, party: int, limit: int | None = None, longest: int | None = None) -> list[Chain]:
        """From a listed party to this one; one for each owner of the set, by its largest stake.

        Args:
            party: the party.
            limit: chains after which to stop; None: all.
            longest: links of a chain that are given, the first and those nearest to the party; None: all.
        """
        return [self._chain(at, owner, longest) for at, owner in self.owners(party)[:limit]]

    def _chain(self, at: int, owner: int, longest: int | None) -> Chain:
        stakes = [at]
        # Who came in by a loop alone (`loops`) may have no owner that came in before it: the chain begins there.
        while self._stage[owner] > 0 and self.owners(owner) and (longest is None or len(stakes) < longest - 1):
            stake, owner = self.owners(owner)[0]
            stakes.append(stake)
        left = 0
        if self._stage[owner] > 0 and self.owners(owner):
            first, far = self._first(owner)
            stakes.append(first)
            left = far - 1
        return Chain(tuple(stakes[::-1]), left)

    def _first(self, party: int) -> tuple[int, int]:
        """Of the chain to a party by the largest stakes: its first stake, and how many links it has."""
        path = []
        while party not in self._far and self._stage[party] > 0 and self.owners(party):
            path.append(party)
            party = self.owners(party)[0][1]  # each step came in earlier, so loops end
        first, far = self._far.get(party, (-1, 0))
        for one in reversed(path):
            first, far = (first if far else self.owners(one)[0][0]), far + 1
            self._far[one] = first, far
        return first, far

    def roots(self, party: int, limit: int) -> list[int]:
        """The listed parties behind a party, the nearest first, to about a limit of stakes."""
        seen, queue = {party}, deque([party])
        ends, count = [], 0
        while queue and count < limit:
            at = queue.popleft()
            if self._stage[at] == 0 and at != party:
                ends.append(at)
                continue
            for _, owner in self.owners(at):
                count += 1
                if owner not in seen:
                    seen.add(owner)
                    queue.append(owner)
        return ends


def plainly(numbers: Any) -> Any:
    """Numbers of an array as plain ones, which are quicker one at a time; those of a dict as they are."""
    return numbers if isinstance(numbers, (dict, memoryview)) else memoryview(numbers)


def missing(graph: StakeGraph, least: Spread, most: Spread, party: int, limit: int | None = None) -> list[int]:
    """Stakes that are not known, nearest first, and that settle the verdict of a party when they are.

    They are those of owners that may be blocked: in the party itself, and in each of these owners that is not blocked
    whatever the shares are. No more are looked for once there are `limit` of them.
    """
    sure, may = plainly(least.stage), plainly(most.stage)
    seen, queue = {party}, deque([party])
    out: list[int] = []
    while queue and (limit is None or len(out) < limit):
        owned = queue.popleft()
        for slot in graph.slots_of(owned):
            for at, owner, low, high in graph.into(slot):
                if may[owner] < 0:
                    continue
                if low < high:
                    out.append(at)
                if sure[owner] < 0 and owner not in seen:
                    seen.add(owner)
                    queue.append(owner)
    return out


def worst_case(  # noqa: PLR0913, PLR0917 - the graph, its set, of whom, up to where, and what is known already
    graph: StakeGraph,
    most: Spread,
    party: int,
    least: int,
    limit: int | None = None,
    known: dict[int, Raised] | None = None,
) -> list[Chosen]:
    """One choice of shares that the record allows and that brings a party in, stake by stake from the party outwards.

    Args:
        graph: the stakes.
        most: the set by the most that stakes can be; the party is in it.
        party: the party.
        least: the parts of a slot that bring its party in.
        limit: stakes after which to stop; None: the whole case.
        known: what was found of parties for the same set, and is found for this one.
    """
    stage, known = plainly(most.stage), {} if known is None else known
    seen, queue = {party}, deque([party])
    out: list[Chosen] = []
    while queue and (limit is None or len(out) < limit):
        owned = queue.popleft()
        if stage[owned] <= 0:
            continue
        if owned not in known:
            known[owned] = tuple(_raised(graph, stage, owned, least))
        for chosen, owner in known[owned]:
            out.append(chosen)
            if owner not in seen:
                seen.add(owner)
                queue.append(owner)
    return out


def _raised(graph: StakeGraph, stage: Any, owned: int, least: int) -> Iterator[tuple[Chosen, int]]:
    """The stakes in a party of those that came in before it, the earliest raised first, until they are enough."""
    for slot in graph.slots_of(owned):
        room = max(0, WHOLE - int(graph.named[slot]))
        held = [(stage[o], at, o, low, high) for at, o, low, high in graph.into(slot)]
        early = sorted(x for x in held if 0 <= x[0] < stage[owned])
        total, out = sum(low for *_, low, _ in early), []
        for _, at, owner, low, high in early:
            more = min(high - low, room, max(0, least - total))
            room, total = room - more, total + more
            if low + more:
                out.append((Chosen(at, low + more), owner))
        if total >= least:
            yield from out
            return
