"""Charts in rows, one a name: bars, and the same period of two years beside each other."""

from __future__ import annotations

from math import log1p
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import Frame, Head, Scale, px
from entrepot.brief.charts.specs import ACCENT, HOLLOW, MUTED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = list[dict[str, Any]]
HEAD, ROW, FOOT = 14, 23, 34  # px: base of the title, from row to row, room below the plot for its axis
_NAME = 6.8  # px: a letter of a name at its widest: names end at the plot and would be cut at the edge
_NAMES = 0.42  # of the width that names may take
_LOG_TICKS = (0, 10, 100, 1_000, 10_000, 100_000)  # tenfold from mark to mark
_LOG = 10.0  # below it a logarithmic axis is nearly even, so that it has a zero


def _side(names: Sequence[str], width: int) -> tuple[float, list[str]]:
    """Room for the names, and the names as they fit in it."""
    letters = int(width * _NAMES / _NAME)
    cut = [n if len(n) <= letters else n[: letters - 1].rstrip() + "…" for n in names]
    return max(len(n) for n in cut) * _NAME + 10, cut


def bars(rows: Rows, head: Head) -> str:
    """Level bars: rows with name, value, label, said, href; each says its value, so that no axis is needed."""
    side, names = _side([r["name"] for r in rows], head.width)
    room = head.width - side - max(len(r["label"]) for r in rows) * canvas.LETTER - 8
    most = max(r["value"] for r in rows) or 1
    top = HEAD + 24
    parts = [canvas.text(0, HEAD + 15, head.unit, "quiet")]
    for i, (row, name) in enumerate(zip(rows, names, strict=True)):
        y, long = top + ROW * i, room * max(row["value"], 0) / most
        shape = (
            canvas.text(side - 8, y + 11, name, "end")
            + f'<rect x="{px(side)}" y="{y}" width="{px(long)}" height="14" fill="{ACCENT}"/>'
            + canvas.text(side + long + 5, y + 11, row["label"])
        )
        parts.append(canvas.opened(row["href"], row["said"], shape))
    return canvas.headed(head, top + ROW * len(rows), parts)


def pairs(rows: Rows, head: Head, ends: tuple[str, str], *, log: bool = False) -> str:
    """Same period against same period: a hollow point before, a filled one now, each named at the first row.

    Args:
        rows: name, before, after, before_href, after_href, before_said, after_said, in the order shown; None draws
            no point.
        head: above the plot; the unit below its axis.
        ends: what the hollow and the filled point are.
        log: a logarithmic axis, for flows that grew a hundredfold.
    """
    names = list(dict.fromkeys(r["name"] for r in rows))  # two reports of one period share a line
    side, cut = _side(names, head.width)
    top = HEAD + 34
    frame = Frame(side, top, head.width - 12, top + ROW * len(names))
    values = [r[k] for r in rows for k in ("before", "after") if r[k] is not None]
    across, axis = _across(frame, max(values), log=log)
    legend = [
        canvas.dot(4, HEAD + 14, MUTED, radius=3.5, hollow=True), canvas.text(12, HEAD + 18, ends[0]),
        canvas.dot(26 + canvas.LETTER * len(ends[0]), HEAD + 14, ACCENT, radius=3.5),
        canvas.text(34 + canvas.LETTER * len(ends[0]), HEAD + 18, ends[1]),
    ]  # fmt: skip
    foot = canvas.text(frame.right, frame.bottom + 29, head.unit, "quiet", "end")
    parts = [*legend, axis, foot]
    parts += [canvas.text(side - 8, frame.top + ROW * (i + 0.5) + 4, n, "end", "quiet") for i, n in enumerate(cut)]
    for row in rows:
        parts.append(_pair(row, frame.top + ROW * (names.index(row["name"]) + 0.5), across))
    return canvas.headed(head, frame.bottom + FOOT, parts)


def _pair(row: dict[str, Any], y: float, across: Callable[[float], float]) -> str:
    known = [across(row[k]) for k in ("before", "after") if row[k] is not None]
    line = f'<path d="M{px(min(known))},{px(y)}H{px(max(known))}" stroke="{HOLLOW}" stroke-width="3"/>'
    for key, color in (("before", MUTED), ("after", ACCENT)):
        if row[key] is not None:
            mark = canvas.dot(across(row[key]), y, color, radius=4, hollow=key == "before")
            line += canvas.opened(row[f"{key}_href"], row[f"{key}_said"], mark)
    return line


def _across(frame: Frame, high: float, *, log: bool) -> tuple[Callable[[float], float], str]:
    """A level axis of values from zero."""
    marked = [t for t in _LOG_TICKS if t <= high * _LOG] if log else canvas.ticks(high, 3)

    def bent(value: float) -> float:
        return log1p(value / _LOG) if log else value

    scale = Scale(0, bent(max(high, marked[-1]) if not log else high * 1.3), frame.left, frame.right)
    marked = [t for t in marked if scale(bent(t)) <= frame.right + 1]
    lines = "".join(f"M{px(scale(bent(t)))},{px(frame.top)}V{px(frame.bottom)}" for t in marked)
    names = "".join(
        canvas.text(scale(bent(t)), frame.bottom + 15, f"{t:,.0f}" if log else canvas.short(t), "middle")
        for t in marked
    )
    return lambda value: scale(bent(value)), f'<path d="{lines}" stroke="{canvas.GRID}"/><g fill="{MUTED}">{names}</g>'
