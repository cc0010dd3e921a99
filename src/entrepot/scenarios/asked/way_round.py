"""Ways round a measure and what they hold, as a scenario states them. See docs/design/55-ways-round.md."""

from __future__ import annotations

from dataclasses import dataclass

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
