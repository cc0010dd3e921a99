"""Outlines of the record as d3 wants them: land, the region, borders, lines that are disputed."""

from __future__ import annotations

import gzip
import json
from importlib.resources import files
from itertools import pairwise
from typing import Any


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
