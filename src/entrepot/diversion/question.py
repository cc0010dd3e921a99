"""The question of a scan: after which measure, from where to where, through which hubs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from entrepot.measures.act import Measure

TOGETHER = "+"  # joins the codes of places that are named together and read as one


@dataclass(frozen=True, slots=True)
class Question:
    """What a scan is asked.

    Attributes:
        measure: id of a measure on record, or "none" for one that is not.
        origin: whose goods the measure touches, ISO alpha-3.
        destination: who applies it, ISO alpha-3; None: shifts between partners are sought.
        since: the day it took effect; the period that holds it counts as after.
        until: the last day looked at; None: as far as the flows reach.
        ended: the last day of the measure; None where it is open, or not on record.
        hubs: ISO alpha-3 of the places looked at, which what was expected is then not learned of; None: all that have
            legs.
        products: codes as the flows have them; None: all.
        level: the rate of false discoveries that is accepted over the whole scan.
        output_growth: most growth of a hub's output that is not known, as a share of what it exported before; None:
            nothing is assumed.
        united: groups of countries, or places named together, that are read as one, and their members; origin or
            destination names them.
        chain: id of a processing chain; what enters is then one stage and what leaves the next.
        control_goods: codes that the measure does not touch, whose trade says what moved a pair of places.
        control_places: places that it does not touch; with them no others are compared with.
        counted: what flows are counted in: USD of value, or kg of net weight; an event study also in USD a kg. A chain
            counts weights.
        act: the measure itself, on record or of a file of one's own; None where none is.
    """

    measure: str
    origin: str
    destination: str | None
    since: date
    until: date | None = None
    hubs: tuple[str, ...] | None = None
    products: tuple[str, ...] | None = None
    level: float = 0.1
    chain: str | None = None
    output_growth: float | None = None
    united: tuple[tuple[str, tuple[str, ...]], ...] = ()
    control_goods: tuple[str, ...] = ()
    control_places: tuple[str, ...] = ()
    counted: str = "USD"
    ended: date | None = None
    act: Measure | None = field(default=None, compare=False, repr=False)  # it is the measure: equal ids, equal acts
