"""The map of the crossings: land, the region, disputed lines drawn as disputed, and a numbered circle a crossing."""

from __future__ import annotations

import json
from importlib.resources import files
from itertools import pairwise
from typing import Any

from entrepot.brief.charts.specs import ACCENT, INK, MUTED, SECOND

# The frame of the map in degrees: Xinjiang with the land on the other side of its crossings.
FRAME = (66.0, 33.5, 97.5, 50.0)
# px: as wide as a line of the report's text (46 em of 16 px), in the frame's own proportions (1.5 in this projection).
_WIDTH, _HEIGHT = 760, 510
LARGEST = 2400  # area in px² of the largest circle: 55 px across


def outline(name: str) -> dict[str, Any]:
    """A Natural Earth outline of the record, its rings turned as d3 wants them."""
    text = files("entrepot.vocabulary").joinpath("data", "natural_earth", f"{name}.geojson").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    for feature in loaded["features"]:
        feature["geometry"] = _clockwise(feature["geometry"])
    return loaded


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


def _frame() -> dict[str, Any]:
    """The frame as points along its edges, which the projection is fitted to."""
    west, south, east, north = FRAME
    points = [[west, south], [east, south], [east, north], [west, north], [(west + east) / 2, south]]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": points}}


def spec(points: list[dict[str, Any]]) -> dict[str, Any]:
    """The map as a Vega-Lite spec.

    Args:
        points: one a crossing: lon, lat, number (as text), name (empty: not labelled), rate
            (tonnes a day, 0 where none is known), known (bool), href.
    """
    frame = _frame()
    projection = {
        "type": "conicEqualArea",
        "parallels": [36, 47],
        "rotate": [-81.5, 0, 0],
        "fit": frame,
        "size": [_WIDTH, _HEIGHT],
        "clipExtent": [[0, 0], [_WIDTH, _HEIGHT]],
    }

    def shape(name: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {
            "data": {"values": outline(name)["features"]},
            "mark": {"type": "geoshape", **mark},
            "projection": projection,
        }

    most = max((float(p["rate"]) for p in points), default=0) or 1
    at = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    size = {
        "field": "rate",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "linear", "domain": [0, most], "range": [100, LARGEST]},
    }
    return {
        "width": _WIDTH,
        "height": _HEIGHT,
        "layer": [
            shape("land_50m_simplified", {"fill": "#eef1f2", "stroke": "#c3cbd1", "strokeWidth": 0.6}),
            shape("xinjiang", {"fill": "#dbe9e9", "stroke": "#7fa3a6", "strokeWidth": 1}),
            shape("disputed_kashmir", {"filled": False, "stroke": SECOND, "strokeWidth": 1, "strokeDash": [2, 3]}),
            {
                "data": {"values": points},
                "projection": projection,
                "transform": [{"filter": "datum.known"}],
                "mark": {"type": "circle", "color": ACCENT, "opacity": 0.35, "stroke": ACCENT},
                "encoding": {**at, "size": size, "href": {"field": "href"}},
            },
            {
                "data": {"values": points},
                "projection": projection,
                "transform": [{"filter": "!datum.known"}],
                "mark": {"type": "point", "color": MUTED, "fill": "white", "fillOpacity": 1, "size": 190},
                "encoding": at,
            },
            {
                "data": {"values": points},
                "projection": projection,
                "transform": [{"filter": "datum.name != ''"}],
                "mark": {
                    "type": "text",
                    "fontSize": 11,
                    "align": "right",
                    "color": INK,
                    "dx": {"expr": f"-9 - 20 * sqrt(datum.rate / {most})"},
                    "dy": {"expr": f"-4 - 8 * sqrt(datum.rate / {most})"},
                },
                "encoding": {**at, "text": {"field": "name"}, "href": {"field": "href"}},
            },
            {
                "data": {"values": points},
                "projection": projection,
                "mark": {"type": "text", "fontSize": 10.5, "fontWeight": 600, "dy": 0.5},
                "encoding": {**at, "text": {"field": "number"}, "href": {"field": "href"}},
            },
        ],
    }
