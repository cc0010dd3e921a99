"""Write the lengths of the sea links into the table of links: `python scripts/sea_lanes.py`.

Needs searoute (Apache-2.0) in an environment of its own, for it is no part of Entrepot: `python -m venv sea`,
`sea/bin/pip install searoute==1.6.0`, `sea/bin/python scripts/sea_lanes.py`. Rows of an earlier run are replaced.

searoute finds the shortest way over a graph of sea lanes, from node to node. Where lanes are long the nearest node may
lie a hundred kilometres from a port, so each port is joined to the nearest point of a lane before it is asked. Ferries
are left out: over the Caspian the graph is too coarse, 544 km where 420 are printed from Aktau to Baku.
"""

from __future__ import annotations

import csv
import gzip
import io
import math
from importlib.metadata import version
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "src/entrepot/corridors/data"
LINKS, PLACES = DATA / "network_links.csv.gz", DATA / "network_places.csv"
SOURCE = "s-80712ee6"
FIRST = 401  # rows of the table below this number are read by hand
# Nearer ports have no way of their own in the graph: the lanes keep up to a hundred kilometres off the coast.
NEAREST_KM = 100
EARTH_KM = 6371.0088  # mean radius, IUGG

Point = tuple[float, float]  # longitude and latitude, as searoute has them


def main() -> None:
    """Replace the rows of this script in the table of links."""
    import searoute

    heads, rows = _links()
    kept = [r for r in rows if r["km_basis"] != "sea_lanes"]
    with PLACES.open(encoding="utf-8", newline="") as handle:
        points = {r["place_id"]: (float(r["lon"]), float(r["lat"])) for r in csv.DictReader(handle)}
    lanes = searoute.setup_M()
    ends = [(u, v) for u, v in lanes.edges() if abs(u[0] - v[0]) < 180]  # noqa: PLR2004 - not over the date line
    pairs = sorted({tuple(sorted((r["from"], r["to"]))) for r in kept if r["mode"] == "sea" and r["spans"] == "one"})
    for place in {p for one, other in pairs for p in (one, other)}:
        _join(lanes, ends, points[place])
    for one, other in pairs:
        if _km(points[one], points[other]) < NEAREST_KM:
            print(f"left out, nearer than {NEAREST_KM} km: {one} to {other}")
            continue
        way = searoute.searoute(points[one], points[other], units="km", M=lanes)
        km = round(way.properties["length"])
        print(f"{one} to {other}: {km} km, {km / _km(points[one], points[other]):.2f} of the great circle")
        kept.append(_row(heads, FIRST + sum(r["km_basis"] == "sea_lanes" for r in kept), one, other, km))
    _write(heads, kept)


def _links() -> tuple[list[str], list[dict[str, str]]]:
    with gzip.open(LINKS, "rt", encoding="utf-8", newline="") as handle:
        reader = csv.DictReader(handle)
        rows = list(reader)
        return list(reader.fieldnames or ()), rows


def _join(lanes: Any, ends: list[tuple[Point, Point]], port: Point) -> None:
    """Join a port to the nearest point of a lane, straight."""
    near, lane = min(((_nearest(port, u, v), (u, v)) for u, v in ends), key=lambda found: _km(port, found[0]))
    for onward in (port, *lane):
        lanes.add_edge(near, onward, weight=_km(near, onward))


def _nearest(port: Point, one: Point, other: Point) -> Point:
    """The point of a lane nearest to a port, on a plane that touches the globe there."""
    wide = math.cos(math.radians(port[1]))
    along = ((other[0] - one[0]) * wide, other[1] - one[1])
    to = ((port[0] - one[0]) * wide, port[1] - one[1])
    share = min(max((along[0] * to[0] + along[1] * to[1]) / (math.hypot(*along) ** 2 or 1.0), 0.0), 1.0)
    return one[0] + share * (other[0] - one[0]), one[1] + share * (other[1] - one[1])


def _km(one: Point, other: Point) -> float:
    east, north, to_east, to_north = map(math.radians, (*one, *other))
    half = math.sin((to_north - north) / 2) ** 2
    half += math.cos(north) * math.cos(to_north) * math.sin((to_east - east) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(half, 1.0)))


def _row(heads: list[str], number: int, one: str, other: str, km: int) -> dict[str, str]:
    return dict.fromkeys(heads, "") | {
        "id": f"A{number}",
        "from": one,
        "to": other,
        "mode": "sea",
        "line": "1",
        "spans": "one",
        "km": str(km),
        "km_basis": "sea_lanes",
        "status": "open",
        "valid_as_of": "2026-11-27",
        "source_id": SOURCE,
        "corrected": "added",
        "note": f"shortest path over the sea lanes of searoute {version('searoute')}, the ports joined straight",
    }


def _write(heads: list[str], rows: list[dict[str, str]]) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, heads, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    LINKS.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))


if __name__ == "__main__":
    main()
