"""The method on parties by number: what is certain, what is possible, and of each party what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.ownership.method.loops import Loops, follow_loops, round_of
from entrepot.ownership.method.spread import NOBODY, Spread, share, spread, spread_alone
from entrepot.ownership.stake import WHOLE, Stake

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from entrepot.ownership.method.stake_graph import StakeGraph
    from entrepot.ownership.ownership_rules import Rule


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A graph under a rule.

    Attributes:
        graph: the stakes.
        rule: the rule.
        least, most: the sets, one of all listed parties (under -1), or one of each where stakes are not added.
        touched: of each party, the sets that own some of it or hold it; None where there is one set.
        loops: of each set by the most, the loops of owners that it puts something into.
    """

    graph: StakeGraph
    rule: Rule
    least: Mapping[int, Spread]
    most: Mapping[int, Spread]
    touched: Mapping[int, Sequence[int]] | None
    loops: Mapping[int, Loops]


_ALL = -1  # stands for all listed parties together: no place of a party


def judged(graph: StakeGraph, rule: Rule, sure: Sequence[int], listed: Sequence[int]) -> Judged:
    """Spread the listings of owners.

    Args:
        graph: the stakes on the day.
        rule: the rule in force that day.
        sure: parties that are listed beyond doubt.
        listed: all that are or may be.
    """
    if rule.is_aggregated:
        least, most = (spread(graph, p, rule.least, most=m) for p, m in ((sure, False), (listed, True)))
        loops = {_ALL: follow_loops(graph, most, rule.least)}
        return Judged(graph, rule, {_ALL: least}, {_ALL: most}, None, loops)
    lows = spread_alone(graph, sure, rule.least, most=False)
    highs = spread_alone(graph, listed, rule.least, most=True)
    loops = {root: follow_loops(graph, found, rule.least) for root, found in highs.items()}
    touched: dict[int, list[int]] = {}
    for root, found in highs.items():
        slots = {*found.high, *loops[root].carried}
        for party in {*found.stage, *(slot // graph.kinds for slot in slots)}:
            touched.setdefault(party, []).append(root)
    return Judged(graph, rule, lows, highs, touched, loops)


@dataclass(frozen=True, slots=True)
class Found:
    """What there is to say of one party.

    Attributes:
        verdict: of the contract; by shares alone.
        stake: what listed and blocked owners hold of it together.
        unnamed: the most of it of which no owner is on record.
        least, most: the sets that say so.
        loop: the shortest loop of owners in which it lies, it first and last, where listed owners put something in.
        carried: the most that these have of it when what they put into the loop is followed round; in parts.
        above: whether it is reached only because a loop above it was followed.
        knot: how many parties own one another, it among them, where that are too many to follow; 0: it lies in none.
    """

    verdict: str
    stake: Stake
    unnamed: int
    least: Spread
    most: Spread
    loop: tuple[int, ...] = ()
    carried: int = 0
    above: bool = False
    knot: int = 0


def found(of: Judged, party: int) -> Found:
    """What there is to say of a party by its owners, be it listed itself or not.

    Where stakes are not added, the set is the one that comes nearest to the threshold.
    """
    graph, least_needed = of.graph, of.rule.least
    unnamed = max(0, WHOLE - int(graph.named[graph.slots_of(party)[0]]))
    best = Found("not_blocked", Stake(0, 0), unnamed, NOBODY, NOBODY)
    knot = 0
    for root in (_ALL,) if of.touched is None else of.touched.get(party, ()):
        least, most = of.least.get(root, NOBODY), of.most[root]
        low = max(share(graph, least, s, most=False) for s in graph.slots_of(party))
        high = max(share(graph, most, s, most=True) for s in graph.slots_of(party))
        loops = of.loops[root]
        carried = max(loops.carried.get(s, 0) for s in graph.slots_of(party))
        high = max(high, carried)
        knot = max(knot, loops.knots.get(party, 0))
        if (low, high) > (best.stake.low, best.stake.high):
            verdict = (
                "blocked" if low >= least_needed else "cannot_be_excluded" if high >= least_needed else "not_blocked"
            )
            loop = round_of(graph, loops.members.get(party, ()), party) if carried else ()
            above = bool(loops.since and most.stage[party] >= loops.since)
            best = Found(verdict, Stake(low, high), unnamed, least, most, loop, high if loop else 0, above)
    return replace(best, knot=knot)


def controlled(of: Judged, control: Mapping[int, Sequence[tuple[int, int]]], by: Collection[int]) -> list[int]:
    """The parties that a listed or blocked one, or one that may be, holds otherwise than by what the rule counts.

    Args:
        of: both sets.
        control: owned -> (owner, link) of such ties.
        by: the parties that are listed, or have a name near a listed one.
    """
    reached = set(owned(of))
    owners = {owner for ties in control.values() for owner, _ in ties}
    over = {o for o in owners if o in by or (o in reached and found(of, o).verdict != "not_blocked")}
    return sorted(party for party, ties in control.items() if any(owner in over for owner, _ in ties))


def owned(of: Judged) -> list[int]:
    """The parties of which listed or blocked owners on record hold, or can hold, some part."""
    round_ = {s for loops in of.loops.values() for s in loops.carried}
    if of.touched is not None:
        slots = {s for most in of.most.values() for s, amount in most.high.items() if amount} | round_
        return sorted({s // of.graph.kinds for s in slots})
    held = of.most[_ALL].high.reshape(of.graph.count, of.graph.kinds)
    places: list[int] = held.any(axis=1).nonzero()[0].tolist()
    return sorted({*places, *(s // of.graph.kinds for s in round_)}) if round_ else places
