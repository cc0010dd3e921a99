"""Ways round a measure and what they hold, as a scenario states them. See docs/design/55-ways-round.md."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.scenarios.asked.scenario import Scenario

VALUE, SHARE, CROSSING = "value", "share", "crossing"


@dataclass(frozen=True, slots=True)
class WayRound:
    """A way that the goods of an origin may take to a destination by a hub.

    Attributes:
        id: its name in the file, or its number.
        origin, hub, destination: codes of economies.
        sectors: whose goods may take it; empty: all.
        cost: by how much it is dearer than the direct way, as a share of the value.
        between: the lowest and the highest such share that is thought possible.
        cap: id of the capacity that it passes; empty: none.
    """

    id: str
    origin: str
    hub: str
    destination: str
    sectors: tuple[str, ...]
    cost: float
    between: tuple[float, float]
    cap: str = ""


@dataclass(frozen=True, slots=True)
class Carried:
    """Trade of today that passes a crossing and competes for its room.

    Attributes:
        pairs: sellers with buyers.
        part: of what passes today, the part that is theirs.
    """

    pairs: tuple[tuple[str, str], ...]
    part: float


@dataclass(frozen=True, slots=True)
class Cap:
    """What a way, or several together, can hold in a year.

    Attributes:
        id: its name in the file.
        kind: VALUE (million USD), SHARE (of the flows that its ways go round), CROSSING (units of what crosses).
        amount: the capacity, in what its kind says.
        between: the lowest and the highest that is thought possible.
        worth: million USD in a unit of what crosses; 1 where nothing is counted.
        worth_between: the lowest and the highest.
        passing: what passes today, in units of what crosses.
        carried: whose that is; the rest is trade that is in no flow of the world, and keeps its place.
        basis: what it rests on, in a sentence.
    """

    id: str
    kind: str
    amount: float
    between: tuple[float, float]
    worth: float = 1.0
    worth_between: tuple[float, float] = (1.0, 1.0)
    passing: float = 0.0
    carried: tuple[Carried, ...] = ()
    basis: str = ""


def with_costs(scenario: Scenario, costs: Mapping[str, float]) -> Scenario:
    """The scenario with other costs of ways round. `costs`: id of a way -> share of the value."""
    return replace(scenario, ways=tuple(replace(w, cost=costs.get(w.id, w.cost)) for w in scenario.ways))


def with_room(scenario: Scenario, amounts: Mapping[str, float], worth: Mapping[str, float]) -> Scenario:
    """The scenario with other capacities.

    Args:
        scenario: any.
        amounts: id of a capacity -> its amount.
        worth: id of a capacity -> million USD in a unit of what crosses.
    """
    caps = [replace(c, amount=amounts.get(c.id, c.amount), worth=worth.get(c.id, c.worth)) for c in scenario.caps]
    return replace(scenario, caps=tuple(caps))
