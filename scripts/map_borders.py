"""Write borders and places of names for the map of the crossings: `python scripts/map_borders.py countries-50m.json`.

The file is Natural Earth 1:50m as TopoJSON (world-atlas). An arc that two countries share is a border; one of which a
claimed territory is a side, or that lies where Natural Earth draws a line of control, is marked as disputed. Points
inside each country tell where a map of any frame may write its name; none lies where two states claim the land.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np

DATA = Path(__file__).parents[1] / "src/entrepot"
OUT = DATA / "vocabulary/data/natural_earth/borders.geojson.gz"
INSIDES = DATA / "corridors/data/drawn_insides.csv.gz"
STEP = 0.04  # degrees: about a pixel where a map is 24 degrees wide
CLAIMED = {"India", "Siachen Glacier", "N. Cyprus", "Somaliland", "W. Sahara", "Kosovo", "Palestine", "Abkhazia"}
# West, south, east, north of land that Natural Earth gives to a state and another claims: no border runs there.
HELD = {"Crimea": (32.4, 44.2, 36.8, 46.4), "Golan": (35.5, 32.6, 36.0, 33.4)}
UNNAMED = {**HELD, "Kashmir": (72.5, 32.3, 80.4, 37.1)}  # where no name of a country is written
GRID = 2.0  # degrees between two points that are tried
FEWEST = 0.15  # degrees to the nearest border or coast: nearer, and a name would stand on the line

Point = tuple[float, float]


def main(path: Path) -> None:
    """Read the topology, write its borders and the points inside its countries."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    shapes = topology["objects"]["countries"]["geometries"]
    sides: dict[int, set[str]] = {}
    for shape in shapes:
        for arc in _arcs(shape.get("arcs", [])):
            sides.setdefault(arc, set()).add(shape["properties"]["name"])
    features = []
    for number, names in sorted(sides.items()):
        if len(names) > 1:
            features.append(_feature(_thinned(_points(topology, number)), names))
    head = {
        "type": "FeatureCollection",
        "name": "borders",
        "source": "Natural Earth (public domain)",
        "note": "Borders at 1:50m, thinned to 0.04 degree; lines of which a claimed territory is a side, or that lie "
        "where two states claim the land, are marked as disputed.",
    }
    rows = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    text = f'{json.dumps(head)[:-1]}, "features": [\n{rows}\n]}}\n'
    OUT.write_bytes(gzip.compress(text.encode(), mtime=0))
    _write_insides(topology, shapes)


def _write_insides(topology: dict[str, Any], shapes: list[dict[str, Any]]) -> None:
    with (DATA / "vocabulary/data/countries.csv").open(encoding="utf-8") as file:
        names = {row["iso3"] for row in csv.DictReader(file)}
    numbers = {n: iso3 for iso3, n in _numbers().items() if iso3 in names}
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["iso3", "lon", "lat", "depth", "source"])
    for shape in sorted(shapes, key=lambda s: numbers.get(str(s.get("id")), "")):
        if iso3 := numbers.get(str(shape.get("id"))):
            for lon, lat, depth in _insides(topology, shape):
                writer.writerow([iso3, f"{lon:g}", f"{lat:g}", f"{depth:.2f}", "Natural Earth (public domain)"])
    INSIDES.write_bytes(gzip.compress(out.getvalue().encode(), mtime=0))


def _numbers() -> dict[str, str]:
    """Three letters of a country to its ISO number, from the file of codes beside the topology."""
    with (Path(sys.argv[1]).parent / "country-codes.csv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file)
        return {r["ISO3166-1-Alpha-3"]: r["ISO3166-1-numeric"].zfill(3) for r in rows if r["ISO3166-1-numeric"]}


def _insides(topology: dict[str, Any], shape: dict[str, Any]) -> list[tuple[float, float, float]]:
    """Points inside a country with their depth; of one too small for the grid the deepest of a finer one."""
    rings = [_ring(topology, ring) for polygon in _polygons(shape) for ring in polygon]
    every = np.concatenate(rings)
    for grid in (GRID, GRID / 4, GRID / 16):
        (west, south), (east, north) = np.floor(every.min(0) / grid) * grid, every.max(0)
        lon, lat = np.meshgrid(np.arange(west, east + grid, grid), np.arange(south, north + grid, grid))
        points = np.column_stack([lon.ravel(), lat.ravel()])
        points = points[_is_in(points, rings)]
        points = points[[not _is_in_one(float(p[0]), float(p[1]), UNNAMED) for p in points]]
        if not len(points):
            continue
        depth = np.array([_depth(p, rings) for p in points])
        if grid == GRID and (depth >= FEWEST).any():
            return [(float(x), float(y), float(d)) for (x, y), d in zip(points, depth, strict=True) if d >= FEWEST]
        if grid < GRID:
            deepest = int(np.argmax(depth))
            return [(float(points[deepest][0]), float(points[deepest][1]), float(depth[deepest]))]
    return []


def _polygons(shape: dict[str, Any]) -> list[list[list[int]]]:
    arcs = shape.get("arcs", [])
    return [arcs] if shape["type"] == "Polygon" else arcs


def _ring(topology: dict[str, Any], arcs: list[int]) -> Any:
    points: list[Point] = []
    for arc in arcs:
        run = _points(topology, arc if arc >= 0 else ~arc)
        points += run if arc >= 0 else run[::-1]
    return np.array(points)


def _is_in(points: Any, rings: list[Any]) -> Any:
    """Whether each point lies within an odd number of rings."""
    crossed = np.zeros(len(points), dtype=int)
    for ring in rings:
        x, y, u, v = ring[:-1, 0], ring[:-1, 1], ring[1:, 0], ring[1:, 1]
        for i, (px, py) in enumerate(points):
            spans = (y > py) != (v > py)
            crossed[i] += (px < (u - x)[spans] * (py - y[spans]) / (v - y)[spans] + x[spans]).sum()
    return crossed % 2 == 1


def _depth(point: Any, rings: list[Any]) -> float:
    """Degrees of a great circle's breadth to the nearest corner of a border or a coast."""
    narrow = np.cos(np.radians(point[1]))
    return float(min(np.hypot((ring[:, 0] - point[0]) * narrow, ring[:, 1] - point[1]).min() for ring in rings))


def _is_in_one(lon: float, lat: float, boxes: dict[str, tuple[float, float, float, float]]) -> bool:
    return any(west < lon < east and south < lat < north for west, south, east, north in boxes.values())


def _arcs(nested: Any) -> list[int]:
    """Numbers of the arcs of a shape, whichever way each is run through."""
    if isinstance(nested, int):
        return [nested if nested >= 0 else ~nested]
    return [arc for part in nested for arc in _arcs(part)]


def _points(topology: dict[str, Any], number: int) -> list[Point]:
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    steps = topology["arcs"][number]
    columns, rows = accumulate(s[0] for s in steps), accumulate(s[1] for s in steps)
    return [(x * wide + west, y * high + south) for x, y in zip(columns, rows, strict=True)]


def _thinned(points: list[Point]) -> list[Point]:
    """An arc without points that are nearer to the last kept one than a step; its ends stay."""
    kept = [points[0]]
    for x, y in points[1:-1]:
        if abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= STEP:
            kept.append((x, y))
    return [*kept, points[-1]]


def _feature(line: list[Point], names: set[str]) -> dict[str, Any]:
    is_held = all(_is_in_one(*p, HELD) for p in line)
    kind = "disputed" if names & CLAIMED or is_held else "border"
    return {
        "type": "Feature",
        "properties": {"between": sorted(names), "kind": kind},
        "geometry": {"type": "LineString", "coordinates": [[round(x, 2), round(y, 2)] for x, y in line]},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
