"""Charts in rows, one a name: bars, and the same period of two years beside each other."""

from __future__ import annotations

import textwrap
from math import floor, log10
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import Frame, Head, Scale, px
from entrepot.brief.charts.colors import ACCENT, HOLLOW, MUTED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Rows = list[dict[str, Any]]
HEAD, ROW, FOOT = 14, 23, 34  # px: base of the title, from row to row, room below the plot for its axis
_NAME = 6.8  # px: a letter of a name at its widest: names end at the plot and would be cut at the edge
_NAMES = 0.42  # of the width that names may take
_ROOM = 1.3  # of the highest value, that a logarithmic axis has beyond it


def room_for(names: Sequence[str], width: int) -> tuple[float, list[list[str]]]:
    """Room for the names, and each in the lines that fit in it: a name is never cut."""
    letters = int(width * _NAMES / _NAME)
    lines = [textwrap.wrap(n, letters) or [""] for n in names]
    return max(len(line) for said in lines for line in said) * _NAME + 10, lines


def name_in_lines(x: float, middle: float, lines: Sequence[str], *looks: str) -> str:
    """A name of one or more lines, right of which its row begins; its middle is that of the row."""
    first = middle + 4 - canvas.LINE * (len(lines) - 1) / 2
    return "".join(canvas.text(x, first + canvas.LINE * i, line, "end", *looks) for i, line in enumerate(lines))


def row_middles(lines: Sequence[Sequence[str]], top: float) -> tuple[list[float], float]:
    """The middle of each row, as high as its name needs, and where the last one ends."""
    middles, at = [], top
    for said in lines:
        tall = ROW + canvas.LINE * (len(said) - 1)
        middles.append(at + tall / 2)
        at += tall
    return middles, at


def bars(rows: Rows, head: Head) -> str:
    """Level bars: rows with name, value, label, said, href; each says its value, so that no axis is needed."""
    side, names = room_for([r["name"] for r in rows], head.width)
    room = head.width - side - max(len(r["label"]) for r in rows) * canvas.LETTER - 8
    most = max(r["value"] for r in rows) or 1
    middles, bottom = row_middles(names, HEAD + 20)
    parts = [canvas.text(0, HEAD + 15, head.unit, "quiet")]
    for row, name, y in zip(rows, names, middles, strict=True):
        long = room * max(row["value"], 0) / most
        shape = (
            name_in_lines(side - 8, y, name)
            + f'<rect x="{px(side)}" y="{px(y - 7)}" width="{px(long)}" height="14" fill="{ACCENT}"/>'
            + canvas.text(side + long + 5, y + 4, row["label"])
        )
        parts.append(canvas.opened(row["href"], row["said"], shape))
    return canvas.headed(head, bottom + 4, parts)


def pairs(rows: Rows, head: Head, ends: tuple[str, str], *, log: bool = False) -> str:
    """Same period against same period: a hollow point before, a filled one now, each named at the first row.

    Args:
        rows: name, before, after, before_href, after_href, before_said, after_said, in the order shown; None draws
            no point.
        head: above the plot; the unit below its axis.
        ends: what the hollow and the filled point are.
        log: a logarithmic axis, for flows that grew a hundredfold; it has no place for a zero, which draws no point.
    """
    names = list(dict.fromkeys(r["name"] for r in rows))  # two reports of one period share a line
    side, lines = room_for(names, head.width)
    middles, bottom = row_middles(lines, HEAD + 34)
    frame = Frame(side, HEAD + 34, head.width - 16, bottom)
    if log:
        rows = [r | {k: r[k] or None for k in ("before", "after")} for r in rows]
    values = [r[k] for r in rows for k in ("before", "after") if r[k] is not None]
    across, axis = _tenfold(frame, values) if log else _across(frame, max(values))
    legend = [
        canvas.dot(4, HEAD + 14, MUTED, radius=3.5, hollow=True), canvas.text(12, HEAD + 18, ends[0]),
        canvas.dot(26 + canvas.LETTER * len(ends[0]), HEAD + 14, ACCENT, radius=3.5),
        canvas.text(34 + canvas.LETTER * len(ends[0]), HEAD + 18, ends[1]),
    ]  # fmt: skip
    foot = canvas.text(frame.right, frame.bottom + 29, head.unit, "quiet", "end")
    parts = [*legend, axis, foot]
    parts += [name_in_lines(side - 8, y, n, "quiet") for n, y in zip(lines, middles, strict=True)]
    parts += [_pair(row, middles[names.index(row["name"])], across) for row in rows]
    return canvas.headed(head, frame.bottom + FOOT, parts)


def _pair(row: dict[str, Any], y: float, across: Callable[[float], float]) -> str:
    known = [across(row[k]) for k in ("before", "after") if row[k] is not None]
    line = ""
    if len(known) > 1:
        line = f'<path d="M{px(min(known))},{px(y)}H{px(max(known))}" stroke="{HOLLOW}" stroke-width="3"/>'
    for key, color in (("before", MUTED), ("after", ACCENT)):
        if row[key] is not None:
            mark = canvas.dot(across(row[key]), y, color, radius=4, hollow=key == "before")
            line += canvas.opened(row[f"{key}_href"], row[f"{key}_said"], mark)
    return line


def _across(frame: Frame, high: float) -> tuple[Callable[[float], float], str]:
    """A level axis of values from zero."""
    marked = canvas.ticks(high, 3)
    scale = Scale(0, max(high, marked[-1]), frame.left, frame.right)
    return scale, _axis(frame, [(scale(t), canvas.short(t)) for t in marked])


def _tenfold(frame: Frame, values: Sequence[float]) -> tuple[Callable[[float], float], str]:
    """A level logarithmic axis: from the power of ten below the lowest value, each mark ten times the last."""
    low, high = floor(log10(min(values))), log10(max(values) * _ROOM)
    scale = Scale(low, max(high, low + 1), frame.left, frame.right)
    powers = range(low, floor(scale.high) + 1)
    every = canvas.every(len(powers), frame.right - frame.left)
    return lambda value: scale(log10(value)), _axis(frame, [(scale(p), f"{10.0**p:,.12g}") for p in powers[::every]])


def _axis(frame: Frame, marked: Sequence[tuple[float, str]]) -> str:
    lines = "".join(f"M{px(x)},{px(frame.top)}V{px(frame.bottom)}" for x, _ in marked)
    names = "".join(canvas.text(x, frame.bottom + 15, said, "middle") for x, said in marked)
    return f'<path d="{lines}" stroke="{canvas.GRID}"/><g fill="{MUTED}">{names}</g>'
