"""The maps of partners: who took more of a product than was to be expected and who less; and to whom it went."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from html import escape
from math import hypot, inf
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import px
from entrepot.brief.charts.colors import ACCENT, INK, SECOND
from entrepot.brief.charts.outlines import outline
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from entrepot.brief.charts.canvas import Head

Points = list[dict[str, Any]]
_SHAPE = 420 / 760  # height by width: where 130 degrees are as wide, the height holds 72 of latitude
_MARGIN = 9.0  # degrees around the outermost circle
LARGEST = 0.032  # radius of the largest circle, of the width
_STEP = 0.5  # degrees: three pixels where the map is 130 degrees wide
_GAP = 4  # px between a circle and its label
_ITS_OWN = 2  # px that every other circle must be further from a label: nearer, and it names both
_HIGH = 6  # px: half of a label's letters
_LETTERS_HIGH = 8  # px: half of a line of letters with the white around them, which the edge of the map must not cut
_SPECK = 1.5  # degrees: islands smaller than this are left out of a map of continents
_MOVED = {marked("more than expected"): ACCENT, marked("less than expected"): SECOND}
_TOP = 42  # px: base of the title and of the colours


def drawn(points: Points, lines: Points, head: Head, *, titled: bool = True) -> str:
    """The map as an `<svg>` element.

    Args:
        points: one a partner: lon, lat, label ("" not labelled), size (USD, beyond or below), moved ("more than
            expected" or "less than expected"), hub (bool), said, href.
        lines: from the origin to each partner named: lon, lat, lon2, lat2.
        head: above the map.
        titled: whether its title stands in the picture.
    """
    frame, width, height = _frame(points), head.width, head.width * _SHAPE
    scale = min(width / (frame[2] - frame[0]), height / (frame[3] - frame[1]))

    def at(lon: float, lat: float) -> tuple[float, float]:
        return (lon - frame[0]) * scale, _TOP + (frame[3] - lat) * scale

    tall = (frame[3] - frame[1]) * scale
    land = "".join(canvas.course((at(*p) for p in ring), closed=True) for ring in land_in(frame))
    seen = [
        f'<path d="{land}" fill="#eef1f2" stroke="#c3cbd1" stroke-width=".6"/>',
        *(
            canvas.path([at(q["lon"], q["lat"]), at(q["lon2"], q["lat2"])], f'stroke="{ACCENT}" stroke-dasharray="2 2"')
            for q in lines
        ),
        *(_circle(p, at(p["lon"], p["lat"]), _radius(p, points, width)) for p in points),
        *(_label(p, at(p["lon"], p["lat"])) for p in placed(points, width) if p["label"]),
    ]
    parts = [*_colours(), canvas.clipped("".join(seen), width, _TOP, tall)]
    return canvas.headed(head if titled else replace(head, title=""), _TOP + tall, parts, head.title)


BROADEST, THINNEST = 11.0, 0.8  # px: of the arc of the largest amount, of one that would not be seen
BENT = 0.16  # of the way: how far an arc leaves the straight line, so that ways of one direction part
_LOOKS_OF_ARC = {True: ' stroke-dasharray="3 2"', False: ""}  # whether one side alone reports it


def arcs(points: Points, home: tuple[float, float], label: str, width: int) -> str:
    """The map of where goods went: an arc a partner, as broad as the amount is large.

    Args:
        points: one a partner, the largest first: lon, lat, label ("" not labelled), size, hub (bool: a ring at its
            end), one_sided (bool: broken), said, href.
        home: longitude and latitude of the origin.
        label: what it shows, for readers who listen.
        width: px.
    """
    ends = [*points, {"lon": home[0], "lat": home[1]}]
    frame = _frame(ends)
    scale = min(width / (frame[2] - frame[0]), width * _SHAPE / (frame[3] - frame[1]))

    def at(lon: float, lat: float) -> tuple[float, float]:
        return (lon - frame[0]) * scale, (frame[3] - lat) * scale

    tall = (frame[3] - frame[1]) * scale
    land = "".join(canvas.course((at(*p) for p in ring), closed=True) for ring in land_in(frame))
    most = max((float(p["size"]) for p in points), default=0) or 1
    named = placed([p | {"size": 0} for p in points], width)  # a label stands beside the end of its arc
    seen = [
        f'<path d="{land}" fill="#eef1f2" stroke="#c3cbd1" stroke-width=".6"/>',
        *(_arc(p, at(*home), at(p["lon"], p["lat"]), most) for p in points),
        canvas.dot(*at(*home), INK, radius=4),
        *(_label(p, at(p["lon"], p["lat"])) for p in named if p["label"]),
    ]
    return canvas.svg(label, width, tall, [canvas.clipped("".join(seen), width, 0, tall)])


def _arc(point: dict[str, Any], start: tuple[float, float], end: tuple[float, float], most: float) -> str:
    (x, y), (u, v) = start, end
    bend = ((x + u) / 2 + (v - y) * BENT, (y + v) / 2 - abs(u - x) * BENT)
    broad = max(BROADEST * float(point["size"]) / most, THINNEST)
    way = f"M{px(x)},{px(y)}Q{px(bend[0])},{px(bend[1])} {px(u)},{px(v)}"
    look = f'stroke="{ACCENT}" stroke-width="{px(broad)}" stroke-opacity=".55"{_LOOKS_OF_ARC[point["one_sided"]]}'
    ring = f'<circle cx="{px(u)}" cy="{px(v)}" r="7" fill="none" stroke="{SECOND}" stroke-width="2"/>'
    shape = f'<path d="{way}" fill="none" {look}/>{canvas.dot(u, v, ACCENT, radius=2.5)}{ring if point["hub"] else ""}'
    return canvas.opened(point["href"], point["said"], shape)


def _colours() -> list[str]:
    out, x = [], 6.0
    for words, color in _MOVED.items():
        said = tr(words)
        out += [canvas.dot(x, 26, color, radius=5), canvas.text(x + 9, 30, said)]
        x += canvas.LETTER * len(said) + 30
    return out


def _radius(point: dict[str, Any], points: Points, width: float) -> float:
    """Of a circle whose area is in proportion to the amount."""
    most = max((float(p["size"]) for p in points), default=0) or 1
    share = float(point["size"]) / most
    return max(LARGEST * width * float(share**0.5), 3.0)


def _circle(point: dict[str, Any], at: tuple[float, float], radius: float) -> str:
    ring = f' stroke="{INK}" stroke-width="1.6"' if point["hub"] else ""
    look = f'fill="{_MOVED[point["moved"]]}" fill-opacity=".45"{ring}'
    shape = f'<circle cx="{px(at[0])}" cy="{px(at[1])}" r="{px(radius)}" {look}/>'
    return canvas.opened(point["href"], point["said"], shape)


def _label(point: dict[str, Any], at: tuple[float, float]) -> str:
    bold = ' font-weight="600"' if point["hub"] else ""
    place = f'x="{px(at[0] + point["dx"])}" y="{px(at[1] + point["dy"] + 4)}"{_ANCHOR[point["anchor"]]}'
    return f'<text {place}{bold} stroke="#fff" stroke-width="2.5" paint-order="stroke">{escape(point["label"])}</text>'


_ANCHOR = {"start": "", "end": ' text-anchor="end"', "middle": ' text-anchor="middle"'}
Box = tuple[float, float, float, float]  # left, top, right, bottom
Place = tuple[float, float, str]  # dx, dy, anchor


def placed(points: Points, width: float) -> Points:
    """The points with a place for each label, dx and dy px from its circle; those named first have the first choice.

    A label stands at its own circle, nearer to it than to any other, meets no label before it and is not cut by the
    edge; where there is no such place it is left out: the circle is opened, and the table has it. One that rose beyond
    chance, and the largest, may lie near another circle or over it rather than have no name, where it is nearest to its
    own.
    """
    west, south, east, north = _frame(points)
    scale = min(width / (east - west), width * _SHAPE / (north - south))
    circles = [(p["lon"] * scale, -p["lat"] * scale, _radius(p, points, width)) for p in points]
    edge = (west * scale, -north * scale, west * scale + width, -south * scale)
    order = sorted(range(len(points)), key=lambda i: (not points[i]["hub"], -float(points[i]["size"])))
    largest = max(order, key=lambda i: float(points[i]["size"]), default=None)
    taken: list[Box] = []
    out = []
    for i in order:
        point, own = points[i], circles[i]
        wide = canvas.wide(point["label"], bold=point["hub"])
        boxes = {place: _box(own, place, wide) for place in _places(own[2])}
        free = {place: b for place, b in boxes.items() if _is_inside(b, edge) and not any(_meet(b, x) for x in taken)}
        others = [c for k, c in enumerate(circles) if k != i]
        near = [place for place, b in free.items() if _nearer(b, own, others) >= _ITS_OWN]
        if not near and (point["hub"] or i == largest):
            near = sorted(free, key=lambda place: -_nearer(free[place], own, others))
        chosen = next(iter(near), None) if point["label"] else None
        if chosen is None:
            out.append(point | {"dx": 0.0, "dy": 0.0, "anchor": "start", "label": ""})
            continue
        taken.append(boxes[chosen])
        out.append(point | {"dx": chosen[0], "dy": chosen[1], "anchor": chosen[2]})
    return out


def _places(radius: float) -> list[Place]:
    """Where a label may stand: right and left of its circle, above and below, and between these."""
    beside, over = radius + _GAP, radius + _GAP + _HIGH
    aslant = 0.7 * radius  # of a circle's edge at half a right angle
    return [
        (beside, 0.0, "start"),
        (-beside, 0.0, "end"),
        (0.0, -over, "middle"),
        (0.0, over, "middle"),
        *((x * (aslant + _GAP), y * (aslant + _HIGH), "start" if x > 0 else "end") for y in (-1, 1) for x in (1, -1)),
    ]


def _box(circle: tuple[float, float, float], place: Place, wide: float) -> Box:
    x, y = circle[0] + place[0], circle[1] + place[1]
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[place[2]]
    return left, y - _HIGH, left + wide, y + _HIGH


def _is_inside(box: Box, edge: Box) -> bool:
    # The white around the letters must not be cut either.
    room = _LETTERS_HIGH - _HIGH
    upper, lower = edge[1] + room, edge[3] - room
    return edge[0] <= box[0] and box[2] <= edge[2] and upper <= box[1] and box[3] <= lower


def _meet(box: Box, other: Box) -> bool:
    return box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]


def _nearer(box: Box, own: tuple[float, float, float], others: list[tuple[float, float, float]]) -> float:
    """By how many px a label is nearer to its circle than to any other; below 0 where another is nearer."""
    return min((_away(box, other) for other in others), default=inf) - max(_away(box, own), 0.0)


def _away(box: Box, circle: tuple[float, float, float]) -> float:
    """Px from a label to the edge of a circle; below 0 where they meet."""
    x, y, radius = circle
    return hypot(max(box[0] - x, 0.0, x - box[2]), max(box[1] - y, 0.0, y - box[3])) - radius


def _frame(points: list[dict[str, Any]]) -> tuple[float, float, float, float]:
    """West, south, east and north of the map: the circles with room for their labels to the east."""
    lon, lat = [p["lon"] for p in points], [p["lat"] for p in points]
    return min(lon) - _MARGIN, min(lat) - _MARGIN, max(lon) + 2 * _MARGIN, max(lat) + _MARGIN


@lru_cache(maxsize=4)  # the arcs of a page, one for each product and unit, lie on one frame or two
def land_in(frame: tuple[float, float, float, float]) -> list[list[list[float]]]:
    """The rings of land that meet the frame, thinned to what the map can show."""
    (feature,) = outline("land_50m_simplified")["features"]
    rings = (p[0] for p in feature["geometry"]["coordinates"])
    return [thin for ring in rings if _near(ring, frame) and (thin := _thinned(ring))]


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
