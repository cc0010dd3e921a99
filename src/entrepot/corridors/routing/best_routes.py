"""The best routes between two places: each alternative does without a crossing on which a better one hangs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError
from entrepot.core.words.translate import in_english, tr
from entrepot.corridors.routing.way import least_way, link_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from entrepot.corridors.network.assumed import Amount
    from entrepot.corridors.network.leg import Leg
    from entrepot.corridors.network.network import Network
    from entrepot.corridors.routing.way import Search

_GATES = ("crossing", "dry_port", "free_zone")
_MOST = 4  # routes shown: the best, and one without each of its crossings, of which few have more than three


@dataclass(frozen=True, slots=True)
class Hinge:
    """A crossing, or within one country a link, on which a route hangs.

    Attributes:
        name: the place, or the ends of the link.
        place: the place; empty for a link.
        link: the link; None for a place.
        more: how much more the best route without it weighs; None: there is none.
    """

    name: str
    place: str
    link: tuple[str, str, str, int] | None
    more: float | None


@dataclass(frozen=True, slots=True)
class Route:
    """A way with what it hangs on.

    Attributes:
        legs: in order.
        weight: by what the routes are ranked.
        transfers: from mode to mode: hours and dollars of one, as often as the mode changes.
        hinges: what it hangs on.
    """

    legs: tuple[Leg, ...]
    weight: float
    transfers: tuple[tuple[Amount, Amount], ...]
    hinges: tuple[Hinge, ...]

    def hours(self) -> list[Amount]:
        """Hours on the way, at borders and from mode to mode."""
        return [*(p for leg in self.legs for p in (leg.moving, leg.border)), *(t[0] for t in self.transfers)]

    def dollars(self) -> list[Amount]:
        """Dollars on the way, at borders and from mode to mode."""
        return [*(p for leg in self.legs for p in (leg.freight, leg.fees)), *(t[1] for t in self.transfers)]


@in_english
def routes(net: Network, ends: tuple[str, str], search: Search) -> tuple[Route, ...]:
    """The best route, and the best without each crossing on which a better one hangs; least weight first.

    Args:
        net: the network.
        ends: place ids of start and end.
        search: what the way is sought by, and which places are closed.

    Raises:
        BadInputError: start and end are one place, or one is closed.
    """
    if ends[0] == ends[1]:
        raise BadInputError(tr("start and end are one place"), found=ends[0], remedy=tr("Give two places."))
    best = least_way(net.legs, *ends, search)
    if best is None:
        return ()
    ways = {best: _hinges(net, best, ends, search)}
    for way in [best, *(w for _, w in ways[best] if w)][:_MOST]:
        if way not in ways:
            ways[way] = _hinges(net, way, ends, search)
    found = [_route(net, way, hinges, search) for way, hinges in ways.items()]
    return tuple(sorted(found, key=lambda r: r.weight))


def _hinges(
    net: Network, way: Sequence[Leg], ends: tuple[str, str], search: Search
) -> list[tuple[Hinge, tuple[Leg, ...] | None]]:
    """What a way hangs on, each with the best way without it."""
    weight = _weight(way, search)
    found = []
    for name, place, link in _marks(net.places, way, ends):
        without = replace(
            search,
            avoid={*search.avoid, *((place,) if place else ())},
            avoid_legs={*search.avoid_legs, *((link,) if link else ())},
        )
        other = least_way(net.legs, *ends, without)
        more = None if other is None else _weight(other, search) - weight
        found.append((Hinge(name, place, link, more), other))
    return found


def _marks(
    places: Mapping[str, Mapping[str, str]], way: Sequence[Leg], ends: tuple[str, str]
) -> Iterator[tuple[str, str, tuple[str, str, str, int] | None]]:
    """Crossings, once each; where no border is crossed, and for a crossing that is an end, the links."""
    seen = set(ends)
    for leg in way:
        if not leg.crosses:
            continue
        gate = leg.start if places[leg.start]["kind"] in _GATES else leg.end
        if gate in ends:
            yield tr("{start} to {end}", start=leg.start, end=leg.end), "", link_of(leg)
        elif gate not in seen:
            seen.add(gate)
            yield gate, gate, None
    if not any(leg.crosses for leg in way):
        for leg in way:
            yield tr("{start} to {end}", start=leg.start, end=leg.end), "", link_of(leg)


def _weight(way: Sequence[Leg], search: Search) -> float:
    return sum(search.weigh(leg) for leg in way) + search.transfer * _changes(way)


def _changes(way: Sequence[Leg]) -> int:
    return sum(a.mode != b.mode for a, b in pairwise(way))


def _route(
    net: Network, way: tuple[Leg, ...], hinges: Sequence[tuple[Hinge, tuple[Leg, ...] | None]], search: Search
) -> Route:
    one = tuple(net.assumptions.figure("transfer", q, ("", "")) for q in ("hours", "usd"))
    return Route(way, _weight(way, search), ((one[0], one[1]),) * _changes(way), tuple(h for h, _ in hinges))
