"""Old and new routes as ribbons: partners in the middle, on the left what they had before, on the right what after."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from entrepot.brief.charts.canvas import LINE, px, svg, text
from entrepot.brief.charts.colors import ACCENT, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOP, _HEIGHT = 26, 330  # px: below the heads; of all ribbons together
_BAR, _GAP = 14, 5  # px: width of an end; between two boxes
MOST = 9  # partners drawn by themselves, the largest; the rest is one box


@dataclass(frozen=True, slots=True)
class Room:
    """The room of a drawing, in px.

    Attributes:
        width: of all.
        box: of the box of a partner.
        least: height of a box that holds its letters.
        stacked: whether its figures stand below its name.
    """

    width: int
    box: int
    least: int
    stacked: bool = False


# A name has some 28 letters, two figures some 16: side by side, or on a phone one below the other.
WIDE = Room(760, 310, 17)
COLUMN = Room(580, 290, 17)  # half of a page of 1,320
NARROW = Room(362, 190, 31, stacked=True)


@dataclass(frozen=True, slots=True)
class Route:
    """What goes to or comes from a partner.

    Attributes:
        name: of the partner.
        before, after: values.
        said: both figures in words.
        is_hit: whether the measure is aimed at this flow.
        href: opens its row.
    """

    name: str
    before: float
    after: float
    said: str
    is_hit: bool
    href: str = ""


@dataclass(frozen=True, slots=True)
class _Box:
    route: Route
    top: float
    height: float
    room: Room


def route_ribbons(title: str, ends: tuple[str, str], routes: Sequence[Route], room: Room = WIDE) -> str:
    """The drawing.

    Args:
        title: what flows, for readers who listen.
        ends: what stands above the left and the right end.
        routes: partners, the largest first; at most `MOST` and one for the rest.
        room: how wide it is.
    """
    scale = _HEIGHT / (max(sum(r.before for r in routes), sum(r.after for r in routes)) or 1.0)
    boxes = _boxes(routes, scale, room)
    bottom = boxes[-1].top + boxes[-1].height if boxes else _TOP
    parts = [_rect(0, 0, room.width, bottom + LINE, "#fff")]  # a page may be dark, and letters are not
    parts += [text(0, _TOP - 12, ends[0]), text(room.width, _TOP - 12, ends[1], "end")]
    parts += _side(boxes, scale, room, is_left=True)
    parts += _side(boxes, scale, room, is_left=False)
    parts += [_box(one) for one in boxes]
    label = f"{title}: {'; '.join(f'{r.name} {r.said}' for r in routes)}"
    return svg(label, room.width, bottom + LINE, parts)


def _boxes(routes: Sequence[Route], scale: float, room: Room) -> list[_Box]:
    boxes, top = [], float(_TOP)
    for one in routes:
        height = max(one.before * scale, one.after * scale, room.least)
        boxes.append(_Box(one, top, height, room))
        top += height + _GAP
    return boxes


def _side(boxes: Sequence[_Box], scale: float, room: Room, *, is_left: bool) -> list[str]:
    """The end of one side, in the middle of the height, and a ribbon to each box."""
    sizes = [(b.route.before if is_left else b.route.after) * scale for b in boxes]
    bottom = boxes[-1].top + boxes[-1].height if boxes else _TOP
    start = (_TOP + bottom - sum(sizes)) / 2
    end = _BAR if is_left else room.width - _BAR
    box = (room.width - room.box) / 2 if is_left else (room.width + room.box) / 2
    parts = [_rect(0 if is_left else end, start, _BAR, sum(sizes), MUTED)]
    at = start
    for one, size in zip(boxes, sizes, strict=True):
        if size > 0:
            parts.append(_ribbon((end, at), (box, one.top + (one.height - size) / 2), size, is_hit=one.route.is_hit))
        at += size
    return parts


def _ribbon(start: tuple[float, float], end: tuple[float, float], size: float, *, is_hit: bool) -> str:
    """A band from one place to another, as thick as what flows; half a px at least, so that it is seen."""
    thick, middle = max(size, 0.5), (start[0] + end[0]) / 2
    (x, y), (u, v) = start, end
    upper = f"M{px(x)},{px(y)}C{px(middle)},{px(y)} {px(middle)},{px(v)} {px(u)},{px(v)}"
    lower = (
        f"L{px(u)},{px(v + thick)}C{px(middle)},{px(v + thick)} {px(middle)},{px(y + thick)} {px(x)},{px(y + thick)}Z"
    )
    return f'<path d="{upper}{lower}" fill="{ACCENT if is_hit else MUTED}" opacity="{0.55 if is_hit else 0.3:g}"/>'


def _box(one: _Box) -> str:
    room, middle = one.room, one.top + one.height / 2 + 4
    left, right = (room.width - room.box) / 2, (room.width + room.box) / 2
    name, said = one.route.name, one.route.said
    letters = (
        f"{text(left + 6, middle - LINE / 2, name)}{text(left + 6, middle + LINE / 2, said)}"
        if room.stacked
        else f"{text(left + 6, middle, name)}{text(right - 6, middle, said, 'end')}"
    )
    shape = (
        f'<rect x="{px(left)}" y="{px(one.top)}" width="{room.box}" height="{px(one.height)}" rx="2" fill="#fff" '
        f'stroke="{ACCENT if one.route.is_hit else MUTED}"/>{letters}'
    )
    if not one.route.href:
        return shape
    said = escape(f"{one.route.name}: {one.route.said}")
    return f'<a href="{escape(one.route.href)}" aria-label="{said}">{shape}</a>'


def _rect(x: float, y: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}" fill="{color}"/>'
