"""The least way through the network, mode by mode: Dijkstra over places and the mode by which one has come."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from entrepot.corridors.network.leg import Leg


@dataclass(frozen=True, slots=True)
class Search:
    """What a way is sought by.

    Attributes:
        weigh: the weight of a leg, never negative.
        transfer: the weight of changing from one mode to another.
        avoid: places through which no way leads.
        avoid_legs: links, as `link_of` names them, that are left out in both directions.
        modes: the only modes; empty: all.
    """

    weigh: Callable[[Leg], float]
    transfer: float = 0.0
    avoid: Collection[str] = ()
    avoid_legs: Collection[tuple[str, str, str, int]] = ()
    modes: Collection[str] = ()


def link_of(leg: Leg) -> tuple[str, str, str, int]:
    """The link of a leg, whichever its direction."""
    a, b = sorted((leg.start, leg.end))
    return a, b, leg.mode, leg.line


def least_way(legs: Iterable[Leg], start: str, end: str, search: Search) -> tuple[Leg, ...] | None:
    """The way of least weight; None where there is none, and () where it starts where it ends.

    Args:
        legs: of the network, each in one direction.
        start: place id.
        end: place id.
        search: what it is sought by.
    """
    if start == end:
        return ()
    onward = _onward(legs, search)
    best: dict[tuple[str, str], float] = {(start, ""): 0.0}
    came: dict[tuple[str, str], tuple[tuple[str, str], Leg]] = {}
    heap = [(0.0, start, "")]
    while heap:
        weight, place, mode = heappop(heap)
        if place == end:
            return _back(came, (place, mode))
        if weight > best[place, mode]:
            continue
        for leg in onward[place]:
            reach = weight + search.weigh(leg) + (search.transfer if mode not in {"", leg.mode} else 0.0)
            state = (leg.end, leg.mode)
            if reach < best.get(state, math.inf):
                best[state], came[state] = reach, ((place, mode), leg)
                heappush(heap, (reach, *state))
    return None


def _onward(legs: Iterable[Leg], search: Search) -> dict[str, list[Leg]]:
    found: dict[str, list[Leg]] = defaultdict(list)
    for leg in legs:
        shut = leg.start in search.avoid or leg.end in search.avoid or link_of(leg) in search.avoid_legs
        if not shut and (not search.modes or leg.mode in search.modes):
            found[leg.start].append(leg)
    return found


def _back(came: dict[tuple[str, str], tuple[tuple[str, str], Leg]], state: tuple[str, str]) -> tuple[Leg, ...]:
    way = []
    while state in came:
        state, leg = came[state]
        way.append(leg)
    return tuple(reversed(way))
