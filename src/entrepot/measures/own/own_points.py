"""Where a map draws the crossings of a plan of which the record has no coordinates, as the measure's own file says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.core.toml_block import Block

_EAST, _NORTH = 180, 90  # degrees


@dataclass(frozen=True, slots=True)
class OwnPoint:
    """A crossing on the map.

    Attributes:
        place_id: one of the plan's crossings.
        lon, lat: degrees.
    """

    place_id: str
    lon: float
    lat: float


def own_points(block: Block, crossings: Sequence[str]) -> tuple[OwnPoint, ...]:
    """The `[[brief.place]]` blocks of a plan that follows these crossings."""
    return tuple(_own_point(b, crossings) for b in block.tables("place"))


def _own_point(block: Block, crossings: Sequence[str]) -> OwnPoint:
    place_id = block.text("id")
    if place_id not in crossings:
        raise block.broken("id", place_id, tr("one of the crossings of the plan: {names}", names=", ".join(crossings)))
    found = OwnPoint(place_id, _degrees(block, "lon", _EAST), _degrees(block, "lat", _NORTH))
    block.done()
    return found


def _degrees(block: Block, key: str, most: int) -> float:
    value = float(block.take(key, (int, float)))
    if not -most <= value <= most:
        raise block.broken(key, value, tr("degrees from {least} to {most}", least=-most, most=most))
    return value
