"""The chart of an event study: the path around the date, with intervals, and the synthetic control beside it."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import TITLE, WIDE, Frame, Head, Scale, px
from entrepot.brief.charts.colors import ACCENT, MUTED, SECOND
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pyarrow as pa

_HIGH, _SIDE = 260, 58  # px: the plot; left of it, for its values
_APART = 22  # px between two marks of the upright axis
# Per cent: from nothing outward, and of each size the round ones first.
_MARKS = (0, 100, -50, 1000, -90, 10_000, -99, 50, -25, 300, -75, 25, -10, 200, 500, 3000, -95, 10, -5, 5, 2, -2, 1, -1)
_COLORS = {"ppml": ACCENT, "synthetic": SECOND}
_NAMES = {"ppml": marked("PPML, leads and lags"), "synthetic": marked("synthetic control")}
# Beyond ten times the largest estimate an interval is cut: one noisy term would flatten all others.
_WIDEST = 10.0


def event_path(study: pa.Table, title: str) -> str:
    """The path as an `<svg>` element that stands alone.

    Args:
        study: under the contract `event_study`.
        title: what is shown.
    """
    rows = [r for r in study.to_pylist() if r["event_time"] is not None and r["effect_log"] is not None]
    edge = _WIDEST * max(abs(r["effect_log"]) for r in rows) or 1.0
    points = [_point(r, edge) for r in rows]
    in_years = "-" not in rows[0]["period_start"]  # months are taken in threes
    unit = tr("years from the date") if in_years else tr("quarters from the date")
    return _drawn(points, Head(title, unit, WIDE, f"{title}: {_said(study)}"))


def _said(study: pa.Table) -> str:
    after = [r for r in study.to_pylist() if r["term"] == "after" and r["change_pct"] is not None]
    return ", ".join(
        tr("{method} {change_pct:+.0f} % after", method=r["method"], change_pct=r["change_pct"]) for r in after
    )


def _point(row: Mapping[str, Any], edge: float) -> dict[str, Any]:
    ends = {}
    for end, least in (("low", -edge), ("high", edge)):
        value = row[f"{end}_pct"]
        known = value is not None and value > -100  # noqa: PLR2004 - a fall by all has no logarithm
        ends[end] = max(-edge, min(edge, log1p(value / 100))) if known else (None if value is None else least)
    return {"term": row["event_time"], "effect": row["effect_log"], "kind": row["method"]} | ends


def _drawn(points: list[dict[str, Any]], head: Head) -> str:
    path = [p for p in points if p["kind"] == "ppml"]
    kinds = list(dict.fromkeys(p["kind"] for p in points))
    frame = Frame(_SIDE, TITLE + 30, head.width - 10, TITLE + 30 + _HIGH)
    terms = [p["term"] for p in points]
    x = Scale(min(terms) - 0.5, max(terms) + 0.5, frame.left, frame.right)
    ends = [p[k] for p in points for k in ("effect", "low", "high") if p[k] is not None]
    y, upright = _changes(frame, min(ends), max(ends))
    # The date lies between the last term before and term 0.
    day = f"M{px(x(-0.5))},{px(frame.top)}V{px(frame.bottom)}"
    zero = f"M{px(frame.left)},{px(y(0))}H{px(frame.right)}"
    bars = "".join(f"M{px(x(p['term']))},{px(y(p['low']))}V{px(y(p['high']))}" for p in path if p["low"] is not None)
    parts = [
        canvas.text(0, TITLE + 20, tr("change, beside the flows compared"), "quiet"),
        *_legend(kinds, frame.right),
        upright,
        _terms(frame, x, terms),
        f'<path d="{zero}" stroke="{MUTED}"/><path d="{day}" stroke="{SECOND}" stroke-dasharray="3 3"/>',
        f'<path d="{bars}" stroke="{ACCENT}" opacity=".6"/>' if bars else "",
        *(_line([p for p in points if p["kind"] == k], x, y, _COLORS[k]) for k in kinds),
        *(canvas.dot(x(p["term"]), y(p["effect"]), ACCENT, radius=3) for p in path),
        canvas.text(frame.right, frame.bottom + 34, head.unit, "quiet", "end"),
    ]
    return canvas.headed(head, frame.bottom + 40, parts)


def _line(points: list[dict[str, Any]], x: Scale, y: Scale, color: str) -> str:
    return canvas.path([(x(p["term"]), y(p["effect"])) for p in points], f'stroke="{color}" stroke-width="2"')


def _legend(kinds: Sequence[str], right: float) -> list[str]:
    """What the lines are, at the right of the unit."""
    out: list[str] = []
    for kind in reversed(kinds):
        said = tr(_NAMES[kind])
        right -= canvas.LETTER * len(said) + 26
        line = f'<path d="M{px(right)},{TITLE + 16}h16" stroke="{_COLORS[kind]}" stroke-width="2"/>'
        out += [line, canvas.text(right + 20, TITLE + 20, said)]
    return out


def _terms(frame: Frame, x: Scale, terms: Sequence[int]) -> str:
    """The level axis: every term that has room for its name."""
    shown = sorted(set(terms))
    step = canvas.every(len(shown), frame.right - frame.left)
    # Term 0 stands in any case: it is the one that holds the date.
    named = [t for t in shown if t % step == 0]
    marks = "".join(f"M{px(x(t))},{px(frame.bottom)}v4" for t in named)
    said = "".join(canvas.text(x(t), frame.bottom + 16, f"{t:+d}" if t else "0", "middle") for t in named)
    base = f'<path d="M{px(frame.left)},{px(frame.bottom)}H{px(frame.right)}{marks}" stroke="#b9c1c9"/>'
    return f'{base}<g fill="{MUTED}">{said}</g>'


def _changes(frame: Frame, low: float, high: float) -> tuple[Scale, str]:
    """The upright axis: logarithms, marked at changes in per cent that a reader counts in."""
    low, high = min(low, 0.0), max(high, 0.0)
    room = max((high - low) * 0.06, 0.02)  # so that no point lies on the edge
    y = Scale(low - room, high + room, frame.bottom, frame.top)
    marks: list[tuple[float, int]] = []
    for percent in _MARKS:  # the first ones have the better claim to a place
        at = y(log1p(percent / 100))
        if frame.top <= at <= frame.bottom and all(abs(at - other) >= _APART for other, _ in marks):
            marks.append((at, percent))
    lines = "".join(f"M{px(frame.left)},{px(at)}H{px(frame.right)}" for at, _ in marks)
    names = "".join(canvas.text(frame.left - 6, at + 4, f"{p:+,d} %" if p else "0 %", "end") for at, p in marks)
    return y, f'<path d="{lines}" stroke="{canvas.GRID}"/><g fill="{MUTED}">{names}</g>'
