"""Whom listed parties hold by control at more than one remove: what they control controls, and owns, others in turn.

Where control is a criterion of its own, what a controlled party owns to the threshold, and what it controls itself, may
fall under the listing as it does. Votes of a part below the threshold lead no further: they are no majority.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from entrepot.ownership.method.spread import spread, spread_alone
from entrepot.ownership.stake import parts

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from entrepot.ownership.owned_parties import OnDay, OwnedParties
    from entrepot.ownership.verdicts.judged import Judged


class Tie(NamedTuple):
    """By what a party is reached: from whom, and the place of the link."""

    owner: int
    link: int


def held_by_control(of: Judged, now: OnDay, held: OwnedParties) -> Mapping[int, Tie]:
    """Party -> the tie by which it is reached from a listed or blocked party, over links of which one is control.

    Those that are listed, blocked or may be by their owners are in none: their verdict says so.

    Args:
        of: both sets.
        now: what holds that day.
        held: parties and links.
    """
    if not of.rule.by_control:
        return {}
    met = {int(p) for most in of.most.values() for p in _parties(most.stage)}
    by_owner = _by_owner(of, now, held)
    found: dict[int, Tie] = {}
    frontier: Collection[int] = met
    while frontier:
        new = {
            party: Tie(owner, link)
            for owner in sorted(frontier)
            for party, link in by_owner.get(owner, ())
            if party not in met and party not in found
        }
        found |= new
        owned = _owned_by(of, now, met, found) if found else {}
        found |= owned
        frontier = {*new, *owned}
    return found


def way(ties: Mapping[int, Tie], party: int) -> list[tuple[int, Tie]]:
    """The ties from a listed or blocked party to a party, each with whom it leads to; the first link first.

    Args:
        ties: from `held_by_control`.
        party: one that is in it.
    """
    steps: list[tuple[int, Tie]] = []
    while party in ties:
        steps.append((party, ties[party]))
        party = ties[party].owner
    return steps[::-1]


def _parties(stage: Any) -> Collection[int]:
    """The parties of a set, by the rounds in which they came in."""
    if isinstance(stage, dict):
        return [p for p, turn in stage.items() if turn >= 0]
    found: list[int] = (stage >= 0).nonzero()[0].tolist()
    return found


def _by_owner(of: Judged, now: OnDay, held: OwnedParties) -> Mapping[int, list[tuple[int, int]]]:
    """Owner -> the parties that it holds otherwise than by what the rule counts, each with the place of the link."""
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    interests, high = held.links["interest"], held.links["high_percent"]
    for party, ties in now.control.items():
        for owner, link in ties:
            if interests[link].as_py() == "control" or parts(high[link].as_py()) >= of.rule.least:
                found[owner].append((party, link))
    return found


def _owned_by(of: Judged, now: OnDay, met: Collection[int], found: Mapping[int, Tie]) -> dict[int, Tie]:
    """The parties that the controlled ones own to the threshold, with the listed where stakes are added."""
    graph = of.graph
    if of.rule.is_aggregated:
        sets = [spread(graph, sorted({*met, *found}), of.rule.least, most=True)]
    else:
        sets = list(spread_alone(graph, sorted(found), of.rule.least, most=True).values())
    owned: dict[int, Tie] = {}
    for reached in sets:
        for party in _parties(reached.stage):
            if party in met or party in found or party in owned:
                continue
            # The largest stake of one that came in before it, of a controlled one where there is one.
            stakes = [
                (owner not in met, high, -stake, owner)
                for slot in graph.slots_of(party)
                for stake, owner, _, high in graph.into(slot)
                if 0 <= reached.stage[owner] < reached.stage[party]
            ]
            _, _, stake, owner = max(stakes)
            owned[party] = Tie(owner, int(now.link[-stake]))
    return owned
