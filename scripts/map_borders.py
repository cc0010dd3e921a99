"""Write the borders that the map of the crossings shows: `python scripts/map_borders.py countries-50m.json`.

The file is Natural Earth 1:50m as TopoJSON (world-atlas). An arc that two countries share is a border; those in which
India or the Siachen Glacier has a side are lines of control or claim and are marked as disputed.
"""

from __future__ import annotations

import gzip
import json
import sys
from itertools import accumulate
from pathlib import Path
from typing import Any

OUT = Path(__file__).parents[1] / "src/entrepot/vocabulary/data/natural_earth/borders.geojson.gz"
FRAME = (62.0, 31.0, 101.0, 53.0)  # degrees: the frame of the map with a margin
STEP = 0.04  # degrees: under a pixel of the map
CLAIMED = {"India", "Siachen Glacier"}

Point = tuple[float, float]


def main(path: Path) -> None:
    """Read the topology and write its borders within the frame."""
    topology = json.loads(path.read_text(encoding="utf-8"))
    sides: dict[int, set[str]] = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        for arc in _arcs(shape.get("arcs", [])):
            sides.setdefault(arc, set()).add(shape["properties"]["name"])
    features = []
    for number, names in sorted(sides.items()):
        if len(names) > 1:
            features += [_feature(line, names) for line in _within(_points(topology, number))]
    head = {
        "type": "FeatureCollection",
        "name": "borders",
        "source": "Natural Earth (public domain)",
        "note": "Borders at 1:50m, thinned to 0.04 degree and cut to the frame; lines of which India or the Siachen "
        "Glacier is a side are marked as disputed.",
    }
    rows = ",\n".join(json.dumps(f, separators=(",", ":")) for f in features)
    text = f'{json.dumps(head)[:-1]}, "features": [\n{rows}\n]}}\n'
    OUT.write_bytes(gzip.compress(text.encode(), mtime=0))


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


def _within(points: list[Point]) -> list[list[Point]]:
    """The runs of an arc that lie in the frame, thinned."""
    west, south, east, north = FRAME
    runs: list[list[Point]] = [[]]
    for i, (x, y) in enumerate(points):
        if not (west < x < east and south < y < north):
            runs.append([])
        elif not runs[-1] or i == len(points) - 1 or abs(x - runs[-1][-1][0]) + abs(y - runs[-1][-1][1]) >= STEP:
            runs[-1].append((x, y))
    return [run for run in runs if len(run) > 1]


def _feature(line: list[Point], names: set[str]) -> dict[str, Any]:
    kind = "disputed" if names & CLAIMED else "border"
    return {
        "type": "Feature",
        "properties": {"between": sorted(names), "kind": kind},
        "geometry": {"type": "LineString", "coordinates": [[round(x, 2), round(y, 2)] for x, y in line]},
    }


if __name__ == "__main__":
    main(Path(sys.argv[1]))
