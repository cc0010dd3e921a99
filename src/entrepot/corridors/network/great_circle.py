"""The great circle between two points, and the way of a ship from strait to strait."""

from __future__ import annotations

import math
from functools import cache
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from entrepot.core.contract import Column, Contract
from entrepot.core.tables.packaged import SOURCE, PackagedTable, packaged_rows

if TYPE_CHECKING:
    from collections.abc import Mapping

_EARTH_KM = 6371.0088  # mean radius, IUGG

SEA_GATES = PackagedTable(
    Contract(
        name="sea_gates",
        meaning="Straits and capes round which ships sail, and the ports that lie behind them.",
        grain=("gate",),
        columns=(
            Column("gate", "text", "the strait or cape, or the place id of a port"),
            Column("lat", "number", "latitude, WGS84", unit="degrees", low=-90, high=90),
            Column("lon", "number", "longitude, WGS84", unit="degrees", low=-180, high=180),
            Column("next", "texts", "the gates to which open water leads"),
            SOURCE,
        ),
    ),
    "entrepot.corridors",
    "sea_gates.csv",
)

Point = tuple[float, float]  # latitude and longitude in degrees


def great_circle_km(one: Point, other: Point) -> float:
    """The shortest way over the globe, by the haversine formula.

    Args:
        one: latitude and longitude in degrees.
        other: likewise.
    """
    north, east, to_north, to_east = map(math.radians, (*one, *other))
    across = math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    half = math.sin((to_north - north) / 2) ** 2 + across
    return 2 * _EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


@cache
def _gates() -> Mapping[str, tuple[Point, tuple[str, ...]]]:
    return {r["gate"]: ((r["lat"], r["lon"]), tuple(r["next"])) for r in packaged_rows(SEA_GATES)}


def sea_km(port: str, other: str) -> float | None:
    """The way of a ship, great circles from gate to gate; None where a port stands behind no gate.

    Args:
        port: place id.
        other: likewise.
    """
    gates = _gates()
    if port not in gates or other not in gates:
        return None
    far, heap = {port: 0.0}, [(0.0, port)]
    while heap:
        km, gate = heappop(heap)
        if gate == other:
            return km
        for onward in gates[gate][1]:
            reach = km + great_circle_km(gates[gate][0], gates[onward][0])
            if reach < far.get(onward, math.inf):
                far[onward] = reach
                heappush(heap, (reach, onward))
    return None
