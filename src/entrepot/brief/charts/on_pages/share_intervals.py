"""Shares as intervals of per cent: from the least to the most, with the likely one where there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import PHONE, px
from entrepot.brief.charts.colors import ACCENT, MUTED, SECOND

if TYPE_CHECKING:
    from collections.abc import Sequence

ROW, TOP, FOOT = 26, 6, 24  # px: of a product, above the first, for the axis
_NAME, _FIGURE = 7.0, 104  # px: of a letter of a name, for the figure behind a line
_WHOLE, _STEP = 100, 25  # per cent
_COLORS = {"yes": SECOND, "cannot_be_excluded": ACCENT, "no": MUTED}


def share_intervals(rows: Sequence[dict[str, Any]], label: str, width: int) -> str:
    """The picture.

    Args:
        rows: name, touches, low_percent, likely_percent (or None), high_percent, said, href.
        label: what it shows, for readers who listen.
        width: px.
    """
    room = width * (0.34 if width <= PHONE + 10 else 0.36)
    left = min(max(len(r["name"]) for r in rows) * _NAME + 10, room)
    right = width - _FIGURE

    def x(percent: float) -> float:
        return left + (right - left) * percent / _WHOLE

    bottom = TOP + ROW * len(rows)
    steps = range(0, _WHOLE + 1, _STEP)
    lines = "".join(f"M{px(x(s))},{TOP}V{px(bottom)}" for s in steps)
    names = "".join(canvas.text(x(s), bottom + 15, f"{s} %", "middle", "quiet") for s in steps)
    axis = f'<path d="{lines}" stroke="{canvas.GRID}"/>{names}'
    letters = int(room / _NAME)
    drawn = [_row(r, TOP + ROW * i + ROW / 2, left, x, letters) for i, r in enumerate(rows)]
    return canvas.svg(label, width, bottom + FOOT, [axis, *drawn])


def _row(row: dict[str, Any], y: float, left: float, x: Any, letters: int) -> str:
    color = _COLORS[row["touches"]]
    low, high = x(row["low_percent"]), x(row["high_percent"])
    look = f'stroke="{color}" stroke-width="7" stroke-opacity=".75"'
    line = f'<path d="M{px(low)},{px(y)}H{px(max(high, low + 2))}" {look}/>'
    likely = row["likely_percent"]
    dot = "" if likely is None else canvas.dot(x(likely), y, color, radius=4.5, hollow=True)
    said = row["name"] if len(row["name"]) <= letters else f"{row['name'][: letters - 1]}…"
    name = canvas.text(left - 10, y + 4, said, "end")
    figure = canvas.text(x(_WHOLE) + 8, y + 4, row["said"], "quiet")
    return canvas.opened(row["href"], f"{row['name']}: {row['said']}", name + line + dot + figure)
