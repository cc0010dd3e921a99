"""The hours that attacks and closures must be expected to cost a load on its way, corridor by corridor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import in_english, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.corridors.risk.hazards import Hazard

_TENTH = 0.05  # hours: less is no tenth of an hour, and is not named


@dataclass(frozen=True, slots=True)
class Part:
    """What one kind costs at one corridor.

    Attributes:
        hours: to be expected.
        assumed: of these, from lengths that are assumed.
        said: in words.
    """

    hours: float
    assumed: float
    said: str


@dataclass(frozen=True, slots=True)
class HoursLost:
    """What comes of each corridor.

    Attributes:
        parts: corridor -> its kinds.
        on: place -> the corridors on which it lies.
    """

    parts: Mapping[str, tuple[Part, ...]]
    on: Mapping[str, frozenset[str]]

    def on_entering(self, start: str, end: str) -> float:
        """Hours of the corridors that a link comes into.

        Args:
            start: place id.
            end: place id.
        """
        entered = self.on.get(end, frozenset()) - self.on.get(start, frozenset())
        return sum(p.hours for c in entered for p in self.parts[c])


@in_english
def hours_lost(found: Sequence[Hazard]) -> HoursLost:
    """What comes of each corridor that has places on the network; wholes of stretches would count twice.

    Args:
        found: the hazards of a day.
    """
    parts: dict[str, list[Part]] = {}
    on: dict[str, set[str]] = {}
    for one in found:
        corridor = one.count.corridor
        if not corridor["places"] or one.hours_lost is None:
            continue
        hours = one.hours_lost
        said = f"{corridor['corridor']}, {one.count.kind}: {hours:.1f} h ({_of(one)})"
        parts.setdefault(corridor["corridor_id"], []).append(Part(hours, hours * one.wait.assumed, said))
        for place in corridor["places"]:
            on.setdefault(place, set()).add(corridor["corridor_id"])
    return HoursLost({c: tuple(p) for c, p in parts.items()}, {p: frozenset(c) for p, c in on.items()})


def _of(hazard: Hazard) -> str:
    events = ", ".join(e.id for e in hazard.count.events) or tr(
        "no event of its own, the rate is that of all corridors"
    )
    rate = 0.0 if hazard.rate is None else hazard.rate.mean
    return tr("{rate:.3g} a year, {days:,.0f} days shut: {events}", rate=rate, days=hazard.wait.days, events=events)


def of_way(lost: HoursLost | None, links: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """The cells of a way: hours to be expected, the share that is assumed, and of what they are made.

    Args:
        lost: what comes of each corridor; None: not asked for.
        links: the ends of each, in order.
    """
    if lost is None:
        return {"risk_hours": None, "assumed_risk_percent": None, "risks": None}
    places = [links[0][0], *(end for _, end in links)]
    met = dict.fromkeys(c for place in places for c in sorted(lost.on.get(place, ())))
    parts = sorted((p for c in met for p in lost.parts[c]), key=lambda p: -p.hours)
    whole = sum(p.hours for p in parts)
    return {
        "risk_hours": round(whole, 1),
        "assumed_risk_percent": round(100 * sum(p.assumed for p in parts) / whole, 1) if whole else 0.0,
        "risks": [p.said for p in parts if p.hours >= _TENTH] or None,
    }
