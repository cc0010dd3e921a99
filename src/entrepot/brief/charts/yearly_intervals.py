"""Years with the interval that holds each: a bar from end to end, its middle, and a gap where nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import Frame, Head, Scale, px
from entrepot.brief.charts.colors import ACCENT, HOLLOW, MUTED
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOP, _TALL, _SIDE, _FOOT = 42, 120, 38, 22  # px: above the plot, the plot, left of it, below it for the years
_BAR = 0.5  # of a year that a bar fills


def yearly_intervals(rows: Sequence[dict[str, Any]], head: Head) -> str:
    """Years side by side; a year without a number is a gap with a dash, never a line through it.

    Args:
        rows: year, value, low, high (None: not known), said, href, in order of years without a hole.
        head: above the plot.
    """
    frame = Frame(_SIDE, _TOP, head.width - 10, _TOP + _TALL)
    y, axis = canvas.value_axis(frame, max((r["high"] for r in rows if r["high"] is not None), default=1.0))
    wide = (frame.right - frame.left) / len(rows)
    step = canvas.every(len(rows), frame.right - frame.left)
    parts = [canvas.text(0, _TOP - 14, head.unit, "quiet"), axis]
    for at, row in enumerate(rows):
        middle = frame.left + wide * (at + 0.5)
        parts.append(_year(row, middle, wide * _BAR, y))
        if at % step == 0:
            parts.append(canvas.text(middle, frame.bottom + 16, str(row["year"]), "middle", "quiet"))
    names = canvas.wrapped(tr("Bars hold 95 in 100, dots are the middle or the print; a dash: not known."), head.width)
    under = frame.bottom + _FOOT + canvas.LINE
    parts.append(canvas.below(names, under))
    return canvas.headed(
        head, under + canvas.LINE * len(names), parts, tr("{title}, years with intervals", title=head.title)
    )


def _year(row: dict[str, Any], middle: float, wide: float, y: Scale) -> str:
    if row["value"] is None:
        mark = f'<path d="M{px(middle - wide / 2)},{px(y(0) - 6)}h{px(wide)}" stroke="{MUTED}" stroke-width="1.5"/>'
        return canvas.opened(row["href"], row["said"], mark)
    top, foot = y(row["high"]), y(row["low"])
    bar = (
        f'<rect x="{px(middle - wide / 2)}" y="{px(top)}" width="{px(wide)}" height="{px(max(foot - top, 1))}" '
        f'fill="{HOLLOW}"/>'
    )
    return canvas.opened(row["href"], row["said"], bar + canvas.dot(middle, y(row["value"]), ACCENT))
