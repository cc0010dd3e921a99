"""Old and new routes as ribbons: partners in the middle, on the left what they had before, on the right what after."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from entrepot.brief.charts.canvas import LINE, px, svg, text
from entrepot.brief.charts.specs import ACCENT, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _TOP, _HEIGHT = 760, 26, 330  # px: as wide as other charts; below the heads; of all ribbons together
_BAR, _BOX = 14, 310  # px: width of an end; of the box of a partner, which holds a name of 28 letters and two figures
_LEAST, _GAP = 17, 5  # px: a box that holds a line of letters; between two
MOST = 9  # partners drawn by themselves, the largest; the rest is one box


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


def route_ribbons(title: str, ends: tuple[str, str], routes: Sequence[Route]) -> str:
    """The drawing.

    Args:
        title: what flows, for readers who listen.
        ends: what stands above the left and the right end.
        routes: partners, the largest first; at most `MOST` and one for the rest.
    """
    scale = _HEIGHT / (max(sum(r.before for r in routes), sum(r.after for r in routes)) or 1.0)
    boxes = _boxes(routes, scale)
    bottom = boxes[-1].top + boxes[-1].height if boxes else _TOP
    parts = [_rect(0, 0, _WIDTH, bottom + LINE, "#fff")]  # a page may be dark, and letters are not
    parts += [text(0, _TOP - 12, ends[0]), text(_WIDTH, _TOP - 12, ends[1], "end")]
    parts += _side(boxes, scale, bottom, is_left=True)
    parts += _side(boxes, scale, bottom, is_left=False)
    parts += [_box(one) for one in boxes]
    label = f"{title}: {'; '.join(f'{r.name} {r.said}' for r in routes)}"
    return svg(label, _WIDTH, bottom + LINE, parts)


def _boxes(routes: Sequence[Route], scale: float) -> list[_Box]:
    boxes, top = [], float(_TOP)
    for one in routes:
        height = max(one.before * scale, one.after * scale, _LEAST)
        boxes.append(_Box(one, top, height))
        top += height + _GAP
    return boxes


def _side(boxes: Sequence[_Box], scale: float, bottom: float, *, is_left: bool) -> list[str]:
    """The end of one side, in the middle of the height, and a ribbon to each box."""
    sizes = [(b.route.before if is_left else b.route.after) * scale for b in boxes]
    start = (_TOP + bottom - sum(sizes)) / 2
    end = _BAR if is_left else _WIDTH - _BAR
    box = (_WIDTH - _BOX) / 2 if is_left else (_WIDTH + _BOX) / 2
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
    left, middle = (_WIDTH - _BOX) / 2, one.top + one.height / 2 + 4
    shape = (
        f'<rect x="{px(left)}" y="{px(one.top)}" width="{_BOX}" height="{px(one.height)}" rx="2" fill="#fff" '
        f'stroke="{ACCENT if one.route.is_hit else MUTED}"/>'
        f"{text(left + 6, middle, one.route.name)}{text(left + _BOX - 6, middle, one.route.said, 'end')}"
    )
    if not one.route.href:
        return shape
    said = escape(f"{one.route.name}: {one.route.said}")
    return f'<a href="{escape(one.route.href)}" aria-label="{said}">{shape}</a>'


def _rect(x: float, y: float, width: float, height: float, color: str) -> str:
    return f'<rect x="{px(x)}" y="{px(y)}" width="{px(width)}" height="{px(height)}" fill="{color}"/>'
