"""Flows by the thousand on a map of the world: where each begins, ends and bends; the largest as a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import px
from entrepot.brief.charts.colors import ACCENT
from entrepot.brief.charts.partners_map import BENT, BROADEST, land_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    import pyarrow as pa

WORLD = (-180.0, -58.0, 180.0, 84.0)  # west, south, east, north: all land but the Antarctic
WIDTH = 1180  # px: a row of a page
MOST = 150  # arcs of the drawing: what a reader can tell apart, and what every page carries
_FANNED = 1.1  # of the usual bend: how much further the last of several flows of a pair leaves the first
THIN = 0.7  # px: of a flow whose own width would not be seen


@dataclass(frozen=True, slots=True)
class Arcs:
    """Flows as arcs in px of the map, the largest first; arrays of one length.

    Attributes:
        ends: x and y of the beginning, of the end: four columns.
        width: px.
        bend: how far the middle leaves the straight way, as a share of its length.
    """

    ends: np.ndarray[Any, Any]
    width: np.ndarray[Any, Any]
    bend: np.ndarray[Any, Any]


def scale() -> float:
    """Px for a degree."""
    return WIDTH / (WORLD[2] - WORLD[0])


def height() -> float:
    """Px of the map from north to south."""
    return (WORLD[3] - WORLD[1]) * scale()


def arcs_of(flows: pa.Table) -> Arcs:
    """Flows as arcs; those of one pair are fanned out, the largest inside.

    Args:
        flows: under `placed_flows`, those that are drawn, the largest first.
    """
    import numpy as np

    def degrees(column: str) -> np.ndarray[Any, Any]:
        return np.asarray(flows.column(column).to_numpy(), float)

    x = [(degrees(f"{end}_lon") - WORLD[0]) * scale() for end in ("exporter", "importer")]
    y = [(WORLD[3] - degrees(f"{end}_lat")) * scale() for end in ("exporter", "importer")]
    value = np.asarray(flows.column("value_usd").to_numpy(), float)
    most = value.max(initial=0) or 1
    pairs = np.unique(np.column_stack([*x, *y]), axis=0, return_inverse=True)[1].ravel()
    rank, of = _ranks(pairs)
    bend = BENT * (1 + _FANNED * rank / np.maximum(of - 1, 1))
    return Arcs(np.column_stack([x[0], y[0], x[1], y[1]]), np.maximum(BROADEST * value / most, THIN), bend)


def _ranks(groups: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """By element its place within its group, in their order, and how many the group has."""
    import numpy as np

    order = np.argsort(groups, kind="stable")
    sizes = np.bincount(groups)
    first = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    rank = np.empty(len(groups), int)
    rank[order] = np.arange(len(groups)) - first[groups[order]]
    return rank, sizes[groups]


def flow_map(
    rows: Sequence[Mapping[str, Any]], arcs: Arcs, label: str, said: Callable[[Mapping[str, Any]], str]
) -> str:
    """The map with its largest flows as an `<svg>` element; it is whole without a script, and on paper.

    Args:
        rows: of the flows that are drawn, the largest first, each with `href`, where it leads.
        arcs: the same flows as arcs.
        label: what the map shows, for readers who listen.
        said: what a flow says.
    """
    shape = canvas.course
    coast = "".join(shape((_at(*p) for p in ring), closed=True) for ring in land_in(WORLD))
    few = range(min(len(rows), MOST))
    marks = [_mark(rows[i], arcs, i, said(rows[i])) for i in reversed(few)]  # the largest lies on top
    ground = f'<path d="{coast}" fill="#eef1f2" stroke="#c3cbd1" stroke-width=".6"/>'
    return canvas.svg(label, WIDTH, height(), [ground, f'<g class="few">{"".join(marks)}</g>'])


def _at(lon: float, lat: float) -> tuple[float, float]:
    return (lon - WORLD[0]) * scale(), (WORLD[3] - lat) * scale()


def _mark(row: Mapping[str, Any], arcs: Arcs, i: int, said: str) -> str:
    x, y, u, v = map(float, arcs.ends[i])
    bend = float(arcs.bend[i])
    middle = ((x + u) / 2 + (v - y) * bend, (y + v) / 2 - abs(u - x) * bend)
    way = f"M{px(x)},{px(y)}Q{px(middle[0])},{px(middle[1])} {px(u)},{px(v)}"
    look = f'stroke="{ACCENT}" stroke-width="{px(float(arcs.width[i]))}" stroke-opacity=".5"'
    shape = f'<path d="{way}" fill="none" {look}/>{canvas.dot(u, v, ACCENT, radius=1.8)}<title>{escape(said)}</title>'
    return canvas.opened(row["href"], said, shape)
