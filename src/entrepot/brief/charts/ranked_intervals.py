"""Ranked intervals: how much can have come round through each place, surest first, drawn for one width."""

from __future__ import annotations

from html import escape
from math import log10
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas, in_rows
from entrepot.brief.charts.colors import ACCENT, MUTED

if TYPE_CHECKING:
    from collections.abc import Sequence

TOP, FOOT = 6, 24  # px: above the first place, for the axis
DECADES = 3  # below the largest: what is a thousandth of it is no wider than its own line
_LABEL = 92  # px: for the figure behind a line


def ranked_intervals(rows: Sequence[dict[str, Any]], label: str, width: int, unit: str = "") -> str:
    """The picture.

    Args:
        rows: name, low, high, low_95, high_95, said, href, strong (whether beyond chance), the surest first; a low that
            is None is not known.
        label: what it shows, for readers who listen.
        width: px.
        unit: of the axis, said below it.
    """
    left, names = in_rows.room_for([r["name"] for r in rows], width)
    middles, bottom = in_rows.row_middles(names, TOP)
    most = max(r["high_95"] for r in rows)
    scale = _Steps(log10(most) - DECADES, log10(most), left, width - _LABEL)
    drawn = [_row(r, n, y, left, scale) for r, n, y in zip(rows, names, middles, strict=True)]
    foot = canvas.text(width - _LABEL, bottom + 29, unit, "quiet", "end") if unit else ""
    height = bottom + FOOT + (canvas.LINE if unit else 0)
    return canvas.svg(label, width, height, [_axis(scale, bottom), *drawn, foot])


class _Steps:
    """Amounts as px in steps of ten; what is below the first step, none among it, lies at its start."""

    def __init__(self, first: float, last: float, start: float, end: float) -> None:
        self.first, self.last, self.start, self.end = first, last, start, end

    def __call__(self, value: float | None) -> float:
        if value is None or value <= 0:
            return self.start
        share = (log10(value) - self.first) / (self.last - self.first)
        return self.start + max(share, 0.0) * (self.end - self.start)


def _row(row: dict[str, Any], lines: Sequence[str], y: float, left: float, x: _Steps) -> str:
    color = ACCENT if row["strong"] else MUTED
    thin = _line(x(row["low_95"]), x(row["high_95"]), y, f'stroke="{color}" stroke-width="1.5"')
    thick = _line(x(row["low"]), x(row["high"]), y, f'stroke="{color}" stroke-width="7" stroke-opacity=".75"')
    name = in_rows.name_in_lines(left - 10, y, lines)
    said = canvas.text(x(row["high_95"]) + 6, y + 4, row["said"], "quiet")
    return canvas.opened(row["href"], escape(f"{row['name']}: {row['said']}"), name + thin + thick + said)


def _line(start: float, end: float, y: float, look: str) -> str:
    return f'<path d="M{canvas.px(start)},{canvas.px(y)}H{canvas.px(max(end, start + 1))}" {look}/>'


def _axis(x: _Steps, bottom: float) -> str:
    steps = [10.0**p for p in range(int(x.first) + 1, int(x.last) + 1)]
    lines = "".join(f"M{canvas.px(x(s))},{TOP}V{canvas.px(bottom)}" for s in steps)
    names = "".join(canvas.text(x(s), bottom + 15, canvas.short(s), "middle", "quiet") for s in steps)
    return f'<path d="{lines}" stroke="{canvas.GRID}"/>{names}'
