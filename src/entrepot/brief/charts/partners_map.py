"""The map of partners: who took more of a product than was to be expected and who less, a circle each."""

from __future__ import annotations

from math import pi
from typing import Any

from entrepot.brief.charts.crossings_map import outline
from entrepot.brief.charts.specs import ACCENT, INK, SECOND

# px: as wide as the map of the crossings; where 130 degrees are that wide, the height holds 72 of latitude.
_WIDTH, _HEIGHT = 760, 420
_MARGIN = 9.0  # degrees around the outermost circle
LARGEST = 1800  # area in px² of the largest circle: 48 px across
_STEP = 0.5  # degrees: three pixels where the map is 130 degrees wide
_LINE = 15  # px between two lines of labels
_LETTER = 6.2  # px: mean width of a letter of a label
_SPECK = 1.5  # degrees: islands smaller than this are left out of a map of continents


def spec(
    points: list[dict[str, Any]], lines: list[dict[str, Any]], title: str, size: tuple[int, int] = (_WIDTH, _HEIGHT)
) -> dict[str, Any]:
    """The map as a Vega-Lite spec.

    Args:
        points: one a partner: lon, lat, name, label ("" not labelled), size (USD, beyond or below), moved ("more than
            expected" or "less than expected"), hub (bool), href.
        lines: from the origin to each possible hub: lon, lat, lon2, lat2.
        title: above the map.
        size: width and height, px.
    """
    frame = _frame(points)
    projection = {
        "type": "equirectangular",
        "fit": _corners(frame),
        "size": [*size],
        "clipExtent": [[0, 0], [*size]],
    }
    at = {"longitude": {"field": "lon", "type": "quantitative"}, "latitude": {"field": "lat", "type": "quantitative"}}
    most = max((float(p["size"]) for p in points), default=0) or 1
    href = {"field": "href"}
    moved = {
        "field": "moved",
        "type": "nominal",
        "title": None,
        "legend": {"columnPadding": 24},
        "scale": {"domain": ["more than expected", "less than expected"], "range": [ACCENT, SECOND]},
    }
    area = {
        "field": "size",
        "type": "quantitative",
        "legend": None,
        "scale": {"type": "linear", "domain": [0, most], "range": [30, LARGEST * size[0] / _WIDTH]},
    }
    ends = {"longitude2": {"field": "lon2"}, "latitude2": {"field": "lat2"}}
    away = {"dx": {"expr": "datum.dx"}, "dy": {"expr": "datum.dy"}}
    label = {"type": "text", "fontSize": 11, "color": INK, "align": "left", **away}
    return {
        "title": {"text": title, "offset": 6},
        "width": size[0],
        "height": size[1],
        "layer": [
            {
                "data": {"values": [_land(frame)]},
                "mark": {"type": "geoshape", "fill": "#eef1f2", "stroke": "#c3cbd1", "strokeWidth": 0.6},
                "projection": projection,
            },
            {
                "data": {"values": lines},
                "projection": projection,
                "mark": {"type": "rule", "color": ACCENT, "strokeWidth": 1.2, "strokeDash": [2, 2]},
                "encoding": {**at, **ends},
            },
            {
                "data": {"values": points},
                "projection": projection,
                "mark": {"type": "circle", "opacity": 0.45},
                "encoding": {**at, "size": area, "color": moved, "href": href},
            },
            {
                "data": {"values": [p for p in points if p["hub"]]},
                "projection": projection,
                "mark": {"type": "point", "filled": False, "stroke": INK, "strokeWidth": 1.6, "opacity": 1},
                "encoding": {**at, "size": area, "href": href},
            },
            {
                "data": {"values": [p for p in points if p["label"] and not p["hub"]]},
                "projection": projection,
                "mark": label,
                "encoding": {**at, "text": {"field": "label"}, "href": href},
            },
            {
                "data": {"values": [p for p in points if p["label"] and p["hub"]]},
                "projection": projection,
                "mark": {**label, "fontWeight": 600},
                "encoding": {**at, "text": {"field": "label"}, "href": href},
            },
        ],
    }


def placed(points: list[dict[str, Any]], size: tuple[int, int] = (_WIDTH, _HEIGHT)) -> list[dict[str, Any]]:
    """The points with a place for each label, dx and dy px from its circle: the first that meets no label before it."""
    west, south, east, north = _frame(points)
    scale = min(size[0] / (east - west), size[1] / (north - south))
    most = (max((float(p["size"]) for p in points), default=0) or 1) * _WIDTH / size[0]
    circles = [(p["lon"] * scale, -p["lat"] * scale, (LARGEST / pi * p["size"] / most) ** 0.5) for p in points]
    taken: list[tuple[float, float, float]] = []
    out = []
    for p in sorted(points, key=lambda p: (not p["hub"], -float(p["size"]))):
        x, y, wide = p["lon"] * scale, -p["lat"] * scale, _LETTER * len(p["label"])
        beside = 4 + (LARGEST / pi * p["size"] / most) ** 0.5
        tries = [(side, line * _LINE) for line in (0, 1, -1, 2, -2, 3) for side in (beside, -beside - wide)]
        free = [t for t in tries if not _meets((x + t[0], y + t[1], wide), taken)]
        open_ = [t for t in free if not _covers((x + t[0], y + t[1], wide), circles)]
        dx, dy = next(iter([*open_, *free, *tries]))
        taken.append((x + dx, y + dy, wide))
        out.append(p | {"dx": dx, "dy": dy})
    return out


def _meets(label: tuple[float, float, float], taken: list[tuple[float, float, float]]) -> bool:
    x, y, wide = label
    return any(abs(y - b) < _LINE - 1 and x < a + w and a < x + wide for a, b, w in taken)


def _covers(label: tuple[float, float, float], circles: list[tuple[float, float, float]]) -> bool:
    x, y, wide = label
    return any(abs(y - b) < r + _LINE / 3 and x < a + r and a - r < x + wide for a, b, r in circles)


def _frame(points: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east and north of the map: the circles with room for their labels to the east."""
    lon, lat = [p["lon"] for p in points], [p["lat"] for p in points]
    return min(lon) - _MARGIN, min(lat) - _MARGIN, max(lon) + 2 * _MARGIN, max(lat) + _MARGIN


def _corners(frame: tuple[float, float, float, float]) -> dict[str, Any]:
    west, south, east, north = frame
    points = [[west, south], [east, south], [east, north], [west, north]]
    return {"type": "Feature", "properties": {}, "geometry": {"type": "MultiPoint", "coordinates": points}}


def _land(frame: tuple[float, float, float, float]) -> dict[str, Any]:
    """The land that meets the frame, thinned to what the map can show."""
    (feature,) = outline("land_50m_simplified")["features"]
    rings = (p[0] for p in feature["geometry"]["coordinates"])
    shapes = [thin for ring in rings if _near(ring, frame) and (thin := _thinned(ring))]
    geometry = {"type": "MultiPolygon", "coordinates": [[s] for s in shapes]}
    return {"type": "Feature", "properties": {}, "geometry": geometry}


def _near(ring: list[list[float]], frame: tuple[float, float, float, float]) -> bool:
    """Whether a ring is large enough to be seen and meets the frame."""
    west, south, east, north = frame
    lon, lat = [p[0] for p in ring], [p[1] for p in ring]
    large = max(lon) - min(lon) >= _SPECK or max(lat) - min(lat) >= _SPECK
    return large and min(lon) < east and max(lon) > west and min(lat) < north and max(lat) > south


def _thinned(ring: list[list[float]]) -> list[list[float]]:
    """The ring without points nearer to the last kept one than a step; empty where nothing is left of it."""
    kept = [ring[0]]
    for p in ring[1:-1]:
        if abs(p[0] - kept[-1][0]) + abs(p[1] - kept[-1][1]) >= _STEP:
            kept.append(p)
    return [*kept, ring[0]] if len(kept) > 2 else []  # noqa: PLR2004 - a triangle is the least that has an area
