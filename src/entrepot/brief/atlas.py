"""The map of the crossings: land, the region, disputed lines drawn as disputed, and a numbered circle a crossing."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from entrepot.brief.charts import ACCENT, MUTED, SECOND

# The frame of the map in degrees: from the Caspian to the Gansu corridor, from the Arabian Sea to the Altai.
FRAME = (60.0, 28.0, 98.0, 51.5)
_WIDTH, _HEIGHT = 640, 460


def _outline(name: str) -> dict[str, Any]:
    text = files("entrepot.vocabulary").joinpath("data", "natural_earth", f"{name}.geojson").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _frame() -> dict[str, Any]:
    """The frame as points along its edges, which the projection is fitted to."""
    west, south, east, north = FRAME
    points = [[west, south], [east, south], [east, north], [west, north], [(west + east) / 2, south]]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": points}}


def spec(points: list[dict[str, Any]]) -> dict[str, Any]:
    """The map as a Vega-Lite spec.

    Args:
        points: one a crossing: lon, lat, number (as text), tonnes (0 where none is known), known (bool), href.
    """
    frame = _frame()
    projection = {
        "type": "conicEqualArea", "parallels": [30, 48], "rotate": [-79, 0, 0], "fit": frame,
        "size": [_WIDTH, _HEIGHT], "clipExtent": [[0, 0], [_WIDTH, _HEIGHT]],
    }

    def shape(name: str, mark: dict[str, Any]) -> dict[str, Any]:
        return {"data": {"values": _outline(name)["features"]}, "mark": {"type": "geoshape", **mark},
                "projection": projection}

    at = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    size = {"field": "tonnes", "type": "quantitative", "legend": None,
            "scale": {"type": "sqrt", "domain": [0, 50_000_000], "range": [90, 1900]}}
    return {
        "width": _WIDTH, "height": _HEIGHT,
        "layer": [
            shape("land_50m_simplified", {"fill": "#eef1f2", "stroke": "#c3cbd1", "strokeWidth": 0.6}),
            shape("xinjiang", {"fill": "#dbe9e9", "stroke": "#7fa3a6", "strokeWidth": 1}),
            shape("disputed_kashmir", {"filled": False, "stroke": SECOND, "strokeWidth": 1, "strokeDash": [2, 3]}),
            {"data": {"values": points}, "projection": projection, "transform": [{"filter": "datum.known"}],
             "mark": {"type": "circle", "color": ACCENT, "opacity": 0.35, "stroke": ACCENT},
             "encoding": {**at, "size": size, "href": {"field": "href"}}},
            {"data": {"values": points}, "projection": projection, "transform": [{"filter": "!datum.known"}],
             "mark": {"type": "point", "color": MUTED, "fill": "white", "size": 90}, "encoding": at},
            {"data": {"values": points}, "projection": projection,
             "mark": {"type": "text", "fontSize": 10.5, "fontWeight": 600, "dy": 0.5},
             "encoding": {**at, "text": {"field": "number"}, "href": {"field": "href"}}},
        ],
    }
