"""Outlines of the record as d3 wants them: land, the region, borders, lines that are disputed."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from math import cos, radians
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_AROUND = 1.3  # degrees of latitude: from the outermost crossing to the edge of a map, room for its name
_NARROWEST = 12.0  # degrees of longitude at the equator: of one crossing a map shows the lands on both sides
_SHAPE = 0.7  # height of a map by its width


def outline(name: str) -> dict[str, Any]:
    """A Natural Earth outline of the record, its rings turned as d3 wants them."""
    loaded: dict[str, Any] = json.loads(outline_text(name))
    for feature in loaded["features"]:
        feature["geometry"] = _clockwise(feature["geometry"])
    return loaded


def is_outlined(name: str) -> bool:
    """Whether the record has an outline of this name: of a territory, by its place id."""
    folder = files("entrepot.vocabulary").joinpath("data", "natural_earth")
    return bool(name) and any(folder.joinpath(f"{name}.geojson{end}").is_file() for end in ("", ".gz"))


def outline_text(name: str) -> bytes:
    """The GeoJSON of an outline as it lies in the package; the land of the world is packed."""
    folder = files("entrepot.vocabulary").joinpath("data", "natural_earth")
    packed = folder.joinpath(f"{name}.geojson.gz")
    if packed.is_file():
        return gzip.decompress(packed.read_bytes())
    return folder.joinpath(f"{name}.geojson").read_bytes()


@dataclass(frozen=True, slots=True)
class Frame:
    """What a map shows, and where.

    Attributes:
        west, south, east, north: degrees.
        scale: px a degree of latitude.
        narrow: px a degree of longitude by those a degree of latitude.
    """

    west: float
    south: float
    east: float
    north: float
    scale: float
    narrow: float

    @property
    def height(self) -> int:
        """Px."""
        return round((self.north - self.south) * self.scale)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Px from the left and from the top."""
        return (lon - self.west) * self.narrow * self.scale, (self.north - lat) * self.scale

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it."""
        return self.west < lon < self.east and self.south < lat < self.north


def frame_around(points: Iterable[tuple[float, float]], width: int) -> Frame:
    """The frame of a map of some points, longitude and latitude, with room around them; its width is given in px."""
    lon, lat = zip(*points, strict=True)
    narrow = cos(radians((min(lat) + max(lat)) / 2))
    wide = max((max(lon) - min(lon)) * narrow + 2 * _AROUND, (max(lat) - min(lat) + 2 * _AROUND) / _SHAPE, _NARROWEST)
    half, high = wide / narrow / 2, wide * _SHAPE / 2
    x, y = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
    return Frame(x - half, y - high, x + half, y + high, width / wide, narrow)


def land_of(frame: Frame) -> list[list[list[float]]]:
    """The rings of land and of inland seas within a frame, cut at its edges."""
    (feature,) = outline("land_50m_simplified")["features"]
    return [cut for ring in _rings(feature["geometry"]) if (cut := _cut(ring, frame))]


def _rings(geometry: dict[str, Any]) -> list[list[list[float]]]:
    nested: Any = geometry["coordinates"]
    kinds = {"LineString": [nested], "Polygon": nested}
    return kinds.get(geometry["type"]) or [ring for polygon in nested for ring in polygon]


def _cut(ring: list[list[float]], frame: Frame) -> list[list[float]]:
    """A ring as far as it lies within a frame, edge by edge (Sutherland and Hodgman); empty where none of it does."""
    for axis, bound, sign in ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1)):
        kept: list[list[float]] = []
        for a, b in pairwise([*ring, ring[0]] if ring else []):
            inside, follows = sign * (a[axis] - bound) >= 0, sign * (b[axis] - bound) >= 0
            if inside:
                kept.append(a)
            if inside != follows:
                share = (bound - a[axis]) / (b[axis] - a[axis])
                kept.append([a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])])
        ring = kept
    return ring


def _clockwise(geometry: dict[str, Any]) -> dict[str, Any]:
    """The geometry with rings as d3 wants them: outer clockwise, holes the other way (GeoJSON says the opposite).

    A ring the other way round is the whole sphere less the shape.
    """
    kind, shapes = geometry["type"], geometry["coordinates"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_turned(r, clockwise=i == 0) for i, r in enumerate(shapes)]}
    if kind == "MultiPolygon":
        return {
            "type": kind,
            "coordinates": [[_turned(r, clockwise=i == 0) for i, r in enumerate(p)] for p in shapes],
        }
    return geometry


def _turned(ring: list[list[float]], *, clockwise: bool) -> list[list[float]]:
    twice_area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    return ring if (twice_area < 0) == clockwise else ring[::-1]
