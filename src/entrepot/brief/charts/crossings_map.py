"""The map of the crossings: borders, railways, roads and pipelines, and a circle a crossing of one mode.

Drawn without a library, for each width anew: a map that is only shrunk has letters that nobody can read.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.outlines import frame_around, is_outlined, land_of, outline
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import tr
from entrepot.corridors.contract import DRAWN_INSIDES, DRAWN_LINES, DRAWN_NAMES
from entrepot.vocabulary import countries

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from entrepot.brief.charts.outlines import Frame

LARGEST = 0.04  # radius of the largest circle, of the width of the map
Box = tuple[float, float, float, float]  # left, top, right, bottom
_LETTER, _LINE = 6.1, 13  # px: mean width of a letter of a label, height of a line
_QUIET = 'fill="#5d6975" font-size="10.5"'
_LEGEND = 'fill="#3a4550" font-size="11.5"'
_NAMED = 46.0  # px: for the name of a row of the legend
_HALO = 'fill="#fff" stroke="#fff" stroke-width="3" stroke-linejoin="round"'
# A diamond, for a small ring in a legend reads as the letter O.
_NONE = '<path d="M0,-4.5L4.5,0L0,4.5L-4.5,0Z" fill="#fff" stroke="#5d6975"/>'
_FULL = {
    "dated": 'fill="none" stroke="#b3261e" stroke-width="2.2"',
    "old": 'fill="none" stroke="#b3261e" stroke-width="1.3" stroke-dasharray="2.5 2.5"',
}
_ROOM = 9.0  # px: from a name to the borders of its country and to a crossing, at least
_GAP = 3.5  # px: from a circle to the ring of a full crossing
_NEAR = 0.05  # degrees between two kept points of an outline: about a pixel
_FADED = {"fresh": 0.62, "older": 0.34, "old": 0.14}  # how opaque a circle is
_LINES = {
    "rail": 'stroke="#454f5b" stroke-width="1.5"',
    "road": 'stroke="#a8763e" stroke-width="1.1"',
    "pipeline": 'stroke="#6a4fa0" stroke-width="1.4" stroke-dasharray="1.5 3" stroke-linecap="round"',
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A crossing on the map.

    Attributes:
        lon, lat: degrees.
        name: its label.
        rate: tonnes a day; 0 where none is known.
        age: fresh, older or old; empty where no rate is known.
        said: the figure in words, for readers who listen.
        href: the address of its finding; empty for none.
        full: dated where it nears or passes a capacity with a recent date, old by an older or undated one; else empty.
    """

    lon: float
    lat: float
    name: str
    rate: float
    age: str
    said: str
    href: str
    full: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands in the picture beside the map.

    Attributes:
        label: what the map shows, for readers who do not see it.
        ages: what each of fresh, older and old means.
        sizes: tonnes a day of the circles of the legend.
        none: what a hollow mark means; empty where none is drawn.
        full: what each mark of a full crossing means; only of the marks that are drawn.
        source: the source line.
        territory: place id of what the measure is on, which is shaded and named where there is an outline of it.
    """

    label: str
    ages: tuple[tuple[str, str], ...]
    sizes: tuple[float, ...]
    none: str
    source: str
    full: tuple[tuple[str, str], ...] = ()
    territory: str = ""


@dataclass(frozen=True, slots=True)
class _Sizes:
    """How degrees and tonnes become px."""

    frame: Frame
    factor: float

    def radius(self, rate: float) -> float:
        """Of the circle of a rate: its area is in proportion."""
        return float(self.factor * rate**0.5)


def drawn(spots: Sequence[Spot], words: Words, width: int) -> str:
    """The map as an `<svg>` element, as wide as given in px: the land around its crossings."""
    frame = frame_around(((s.lon, s.lat) for s in spots), width)
    height, most = frame.height, max((s.rate for s in spots), default=0) or 1
    by = _Sizes(frame, LARGEST * width / most**0.5)
    circles = "".join(_circle(s, by) for s in sorted(spots, key=lambda s: -s.rate))
    lines = dict(_lines(frame))
    legend, below = _legend(words, by, (width, height), lines)
    names = _names(words.territory, spots, frame, width)
    land = "".join(_path(ring, frame, closed=True) for ring in land_of(frame))
    shapes = "".join(
        (
            f'<rect width="{width}" height="{height}" fill="#fff"/>',
            f'<path d="{land}" fill="#eef1f2" fill-rule="evenodd"/>',
            _outlines(words.territory, 'fill="#dbe9e9" stroke="none"', frame, closed=True)
            if is_outlined(words.territory)
            else "",
            _outlines("borders", 'fill="none" stroke="#8b98a3"', frame),
            *(_name(*one) for one in names),
            *lines.values(),
            circles,
            *_labels(spots, by, (width, height), [_room(*one) for one in names]),
        )
    )
    return canvas.svg(words.label, width, below, (canvas.clipped(shapes, width, 0, height), legend))


def _path(points: Iterable[Sequence[float]], frame: Frame, *, closed: bool = False) -> str:
    kept: list[tuple[float, float]] = []
    last = (0.0, 0.0)
    for lon, lat in points:
        if not kept or abs(lon - last[0]) + abs(lat - last[1]) >= _NEAR:
            kept.append(frame.at(lon, lat))
            last = (lon, lat)
    return canvas.course(kept, closed=closed)


def _outlines(name: str, look: str, frame: Frame, *, closed: bool = False) -> str:
    """An outline of the record; of lines those in the frame, the disputed ones dotted."""
    drawn: dict[str, list[str]] = {}
    for feature in outline(name)["features"]:
        kind, shape = feature["properties"].get("kind", ""), feature["geometry"]
        nested: Any = shape["coordinates"]
        rings = {"LineString": [nested], "Polygon": nested}.get(shape["type"]) or [r for p in nested for r in p]
        seen = [r for r in rings if closed or any(frame.holds(*p) for p in r)]
        drawn.setdefault(kind, []).extend(_path(r, frame, closed=closed) for r in seen)
    dotted = {"disputed": ' stroke-dasharray="2 3"'}
    return "".join(f'<path d="{"".join(d)}" {look}{dotted.get(kind, "")}/>' for kind, d in drawn.items() if d)


def _lines(frame: Frame) -> Iterator[tuple[str, str]]:
    """Railways, roads and pipelines of the frame by their mode, straight from town to town."""
    for mode, look in _LINES.items():
        courses = [
            [tuple(map(float, point.split())) for point in row["course"]]
            for row in packaged_rows(DRAWN_LINES)
            if row["mode"] == mode
        ]
        seen = [course for course in courses if any(frame.holds(*p) for p in course)]
        if seen:
            path = "".join(_path(course, frame) for course in seen)
            yield mode, f'<path d="{path}" fill="none" {look} opacity=".75"/>'


def _names(territory: str, spots: Sequence[Spot], frame: Frame, width: int) -> list[tuple[str, float, float]]:
    """Names of countries with their px, at the point of the territory of the measure its own."""
    rows = packaged_rows(DRAWN_NAMES)
    own = {(r["lon"], r["lat"]) for r in rows if territory and r["territory"] == territory}
    named = {}
    for row in rows:
        place = (row["lon"], row["lat"])
        if row["territory"] == (territory if place in own else "") and _fits(row["name"], place, frame, width):
            named[row["name"]] = place
    covered = {row["name"] for row in rows if (row["lon"], row["lat"]) in own and not row["territory"]}
    more = {name: place for name, place in _insides(spots, frame, width) if name not in {*covered, *named}}
    out: list[tuple[str, float, float]] = []
    for name, place in {**named, **more}.items():
        one = (name, *frame.at(*place))
        if not any(_meet(_room(*one), _room(*other)) for other in out):
            out.append(one)
    return out


def _name(name: str, x: float, y: float) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" {_QUIET} text-anchor="middle">{escape(name)}</text>'


def _room(name: str, x: float, y: float) -> Box:
    """Where the letters of a country's name stand."""
    half = canvas.wide(name, 10.5) / 2
    return x - half, y - _LINE + 3, x + half, y + 2


def _insides(spots: Sequence[Spot], frame: Frame, width: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """Where the name of each country of the frame has most room, from borders and crossings; most room first."""
    best: dict[str, tuple[float, tuple[float, float]]] = {}
    for row in packaged_rows(DRAWN_INSIDES):
        place = (row["lon"], row["lat"])
        name = countries.name_of(row["iso3"], row["iso3"]).upper()
        if not frame.holds(*place) or not _fits(name, place, frame, width):
            continue
        x, y = frame.at(*place)
        room = [row["depth"] * frame.scale, *(_apart((x, y), frame.at(s.lon, s.lat), name) for s in spots)]
        if min(room) >= _ROOM and min(room) > best.get(name, (0.0, place))[0]:
            best[name] = (min(room), place)
    yield from ((name, place) for name, (_, place) in sorted(best.items(), key=lambda one: -one[1][0]))


def _apart(name_at: tuple[float, float], spot: tuple[float, float], name: str) -> float:
    """Px from the letters of a name to a crossing."""
    across = max(abs(name_at[0] - spot[0]) - canvas.wide(name, 10.5) / 2, 0)
    return float((across**2 + (name_at[1] - spot[1]) ** 2) ** 0.5)


def _fits(name: str, place: tuple[float, float], frame: Frame, width: int) -> bool:
    """Whether a name stands in the frame with all its letters."""
    (x, y), half = frame.at(*place), canvas.wide(name, 10.5) / 2
    return half < x < width - half and _LINE < y < frame.height - 4


def _circle(spot: Spot, by: _Sizes) -> str:
    x, y = by.frame.at(spot.lon, spot.lat)
    mark = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{_reach(spot, by):.1f}" {_FULL[spot.full]}/>' if spot.full else ""
    if not spot.rate:
        return f'{mark}<g transform="translate({x:.1f},{y:.1f})">{_NONE}</g>'
    ring = f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{max(by.radius(spot.rate), 3):.1f}" {_look(spot.age)}/>'
    return f'{mark}<a href="{spot.href}" aria-label="{escape(spot.said)}">{ring}</a>'


def _reach(spot: Spot, by: _Sizes) -> float:
    """How far a crossing reaches on the map, its mark included."""
    circle = max(by.radius(spot.rate), 3 if spot.rate else 4.5)
    return circle + _GAP if spot.full else max(circle, 4)


def _look(age: str) -> str:
    return f'fill="#0b6e75" fill-opacity="{_FADED[age]}" stroke="#0b6e75" stroke-opacity="{_FADED[age] + 0.3:.2f}"'


def _labels(spots: Sequence[Spot], by: _Sizes, size: tuple[int, int], names: Iterable[Box]) -> Iterable[str]:
    """A name beside each circle: the first of six places that is free of others and of countries' names, and in it."""
    circles = [(*by.frame.at(s.lon, s.lat), _reach(s, by)) for s in spots]
    taken: list[Box] = [*((x - r, y - r, x + r, y + r) for x, y, r in circles), *names]
    for spot, (x, y, r) in zip(spots, circles, strict=True):
        wide = canvas.wide(spot.name)
        places = [
            (x + r + 5, y + 4), (x - r - 5 - wide, y + 4), (x - wide / 2, y - r - 5), (x - wide / 2, y + r + 13),
            (x + r + 2, y + r + 9), (x + r + 2, y - r - 3),
        ]  # fmt: skip
        own = (x - r, y - r, x + r, y + r)
        others = [box for box in taken if box != own]
        free = [p for p in places if _inside(p, wide, size) and not any(_meet(_box(p, wide), b) for b in others)]
        left, base = next(iter([*free, *places]))
        taken.append(_box((left, base), wide))
        at = f'<text x="{left:.1f}" y="{base:.1f}"'
        # The halo is a text of its own: not every program that sets a drawing knows what is painted first.
        yield f'{at} {_HALO} aria-hidden="true">{escape(spot.name)}</text>{at}>{escape(spot.name)}</text>'


def _box(place: tuple[float, float], wide: float) -> Box:
    return place[0], place[1] - _LINE + 3, place[0] + wide, place[1] + 2


def _inside(place: tuple[float, float], wide: float, size: tuple[int, int]) -> bool:
    left, top, right, bottom = _box(place, wide)
    return left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1]


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _legend(words: Words, by: _Sizes, size: tuple[int, int], drawn: Collection[str]) -> tuple[str, int]:
    """Lines that are drawn, sizes and ages, each a row with its name, then the source line; and where it ends."""
    width, top = size
    lines = [(f'<path d="M0,-4h20" fill="none" {look}/>', 24.0, name) for name, look in _LINES.items() if name in drawn]
    sizes = []
    for rate in words.sizes:
        r = by.radius(rate)
        ring = f'<circle cx="{r:.1f}" cy="-4" r="{r:.1f}" fill="none" stroke="#0b6e75"/>'
        sizes.append((ring, 2 * r + 4, tr("{rate:,.0f} tonnes a day", rate=rate)))
    ages = [(f'<circle cx="6" cy="-4" r="6" {_look(age)}/>', 16.0, said) for age, said in words.ages]
    none = [(f'<g transform="translate(6,-4)">{_NONE}</g>', 16.0, words.none)] if words.none else []
    full = [(f'<circle cx="6" cy="-4" r="5.5" {_FULL[kind]}/>', 16.0, said) for kind, said in words.full]
    out, y, half = [], float(top) + 4, max(by.radius(max(words.sizes)), 8.0)
    rows = (
        ("Lines:", lines, 8.0),
        ("Size:", sizes, half),
        ("Shade:", ages, 8.0),
        ("Full:", full, 8.0),
        ("", none, 8.0),
    )
    for name, items, room in rows:
        if not items:
            continue
        x, y = 0.0, y + room + 6
        out += [f'<text x="0" y="{y:.1f}" {_LEGEND}>{name}</text>'] if name else []
        x = _NAMED
        for mark, wide, said in items:
            need = wide + _LETTER * len(said) + 12
            if x > _NAMED and x + need > width:
                x, y = _NAMED, y + 2 * room + 2
            fitting = canvas.wrapped(said, width - x - wide) if x + need > width else [said]
            texts = (
                f'<text x="{wide:.1f}" y="{_LINE * i}" {_LEGEND}>{escape(s)}</text>' for i, s in enumerate(fitting)
            )
            out.append(f'<g transform="translate({x:.1f},{y:.1f})">{mark}{"".join(texts)}</g>')
            x, y = x + need, y + _LINE * (len(fitting) - 1)
        y += room - 4
    source = canvas.wrapped(words.source + (tr(" Lines run straight from town to town.") if lines else ""), width)
    out += [f'<text x="0" y="{y + 22 + 13 * i:.0f}" {_QUIET}>{escape(s)}</text>' for i, s in enumerate(source)]
    return "".join(out), round(y + 16 + 13 * len(source))
