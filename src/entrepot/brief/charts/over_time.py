"""Charts over time: quarters, what was to be expected, years, a running total, the size of a list, events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate, groupby, pairwise
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import PHONE, Frame, Head, Scale, ordinal, px
from entrepot.brief.charts.colors import ACCENT, HOLLOW, INK, MUTED, SECOND
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Sequence

Rows = list[dict[str, Any]]
Marked = list[dict[str, str]]
HEAD, UNIT, FOOT = 14, 28, 22  # px: base of the title, base of the unit, room below the plot for its years
SIDE = 38  # px left of a plot, for the values of its axis
TALL, LOW = 190, 120  # px: the plot of a wide chart, of a small multiple
_COLUMN = 0.75  # of a year that a column fills
_BAR = 17  # px: a line of what holds, with the room around it
_DOTTED = 40  # points that a line shows one by one
_EVENT = 22  # px from one kind of event to the next


def middle(start: str, end: str) -> str:
    """The day in the middle of a period: a quarter is no day, and its point stands for all of it."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return (first + timedelta(days=(last - first).days // 2)).isoformat()


class _Plot:
    """A chart over time as it grows: its head, axes and rules, then what is drawn in it."""

    def __init__(self, head: Head, days: tuple[str, str], marked: Marked, tall: float) -> None:
        self.head, width = head, head.width
        inner = Frame(SIDE, 0, width - 10, 0)
        x = Scale(ordinal(days[0]), max(ordinal(days[1]), ordinal(days[0]) + 1), inner.left, inner.right)
        within = [m for m in marked if days[0] <= m["date"] <= days[1]]
        _, self.names, above = canvas.rules(within, x, inner, width)
        self.frame = replace(inner, top=UNIT + 14 + above, bottom=UNIT + 14 + above + tall)
        self.x, axis = canvas.year_axis(self.frame, *days)
        drawn, _, _ = canvas.rules(within, self.x, self.frame, width)
        self.parts = [canvas.text(0, UNIT, head.unit, "quiet"), axis]
        self.over = [drawn]

    def at(self, row: dict[str, Any], y: Scale, key: str = "value") -> tuple[float, float]:
        """Where a row lies."""
        return self.x(ordinal(row["date"])), y(row[key])

    def note(self, said: str) -> None:
        """A line below the plot."""
        self.names += canvas.wrapped(said, self.head.width)

    def values(self, high: float) -> Scale:
        """The upright axis."""
        y, axis = canvas.value_axis(self.frame, high)
        self.parts.append(axis)
        return y

    def svg(self, label: str) -> str:
        """The chart."""
        top = self.frame.bottom + FOOT + canvas.LINE
        listed = canvas.below(self.names, top)
        height = self.frame.bottom + FOOT + canvas.LINE * len(self.names) + 4
        return canvas.headed(self.head, height, [*self.parts, *self.over, listed], label)


def _points(plot: _Plot, rows: Rows, y: Scale, color: str = ACCENT) -> None:
    """A point a row; of many rows only those that open something, for months of ten years are a line."""
    for row in (r for r in rows if r["href"] or len(rows) <= _DOTTED):
        at = plot.at(row, y)
        plot.parts.append(canvas.opened(row["href"], row["said"], canvas.dot(*at, color)))


def quarters(rows: Rows, head: Head, marked: Marked, breaks: Sequence[str]) -> str:
    """A line over quarters with points at their middles; a line never joins two codes of the tariff.

    Args:
        rows: date (the middle of the quarter), value, said, href, code.
        head: above the plot.
        marked: dated measures: date, name, href.
        breaks: days on which the code changed.
    """
    days = _span([r["date"] for r in rows] + [m["date"] for m in marked])
    plot = _Plot(head, days, marked, LOW)
    y = plot.values(max(r["value"] for r in rows))
    for _, group in groupby(rows, key=lambda r: r["code"]):
        line = [plot.at(r, y) for r in group]
        ground = [(line[0][0], y(0)), (line[-1][0], y(0))]
        plot.parts += [
            canvas.area(line, ground, HOLLOW, 0.4),
            canvas.path(line, f'stroke="{ACCENT}" stroke-width="1.6"'),
        ]
    for day in breaks:
        at, frame = plot.x(ordinal(day)), plot.frame
        rule = f"M{px(at)},{px(frame.top)}V{px(frame.bottom)}"
        plot.over.append(f'<path d="{rule}" stroke="{MUTED}" stroke-width="3" opacity=".35"/>')
        month = f"{date.fromisoformat(day):%b %Y}"
        plot.note(tr("Grey rule, {month}: another code of the tariff, other goods; not compared.", month=month))
    _points(plot, rows, y)
    return plot.svg(tr("{title}, quarter by quarter", title=head.title))


def band(rows: Rows, expected: Rows, head: Head, marked: Marked, first: str) -> str:
    """Observed against expected, quarter by quarter.

    Args:
        rows: date (the middle of the quarter), value, said, href.
        expected: date, value, low, high, said, href: the quarters after the day; the first joins the last before.
        head: above the plot.
        marked: dated measures: date, name, href.
        first: the day on which the axis begins: quarters without a report are seen to be empty.
    """
    days = _span([first, *(r["date"] for r in rows), *(r["date"] for r in expected)])
    plot = _Plot(head, days, marked, LOW)
    y = plot.values(max([r["value"] for r in rows] + [r["high"] for r in expected]))
    floor = [e | {"low": max(e["low"], 0), "value": max(e["value"], 0), "high": max(e["high"], 0)} for e in expected]
    upper, lower = ([plot.at(e, y, end) for e in floor] for end in ("high", "low"))
    if floor:
        plot.parts.append(canvas.area(upper, lower, HOLLOW, 0.6))
        plot.parts.append(canvas.path([plot.at(e, y) for e in floor], f'stroke="{MUTED}" stroke-dasharray="4 3"'))
        above = max(plot.at(floor[-1], y, "high")[1] - 4, plot.frame.top + 10)
        named = canvas.text(plot.frame.right, above, tr("expected"), "quiet", "end")
        plot.over.append(named)
    plot.parts.append(canvas.path([plot.at(r, y) for r in rows], f'stroke="{ACCENT}" stroke-width="1.6"'))
    for e in floor:
        plot.parts.append(canvas.opened(e["href"], e["said"], canvas.dot(*plot.at(e, y), MUTED, radius=2, hollow=True)))
    _points(plot, rows, y)
    return plot.svg(head.label or head.title)


def years(rows: Rows, head: Head, marked: Marked) -> str:
    """Yearly columns, each in the middle of its year.

    Args:
        rows: year, value, kind ("reported" or "implied"), said, href.
        head: above the plot.
        marked: dated measures: date, name, href.
    """
    first, last = min(r["year"] for r in rows), max(r["year"] for r in rows)
    plot = _Plot(head, (f"{first}-01-01", f"{last}-12-31"), marked, LOW)
    y = plot.values(max(r["value"] for r in rows))
    step = canvas.every(last - first + 1, plot.frame.right - plot.frame.left)
    # The axis names the first day of a year; under a column its name stands under the middle.
    plot.parts[-2] = _year_names(plot, range(first, last + 1, step))
    wide = plot.x(366) - plot.x(0)
    for row in rows:
        left, top = plot.x(ordinal(f"{row['year']}-07-01")) - wide * _COLUMN / 2, y(row["value"])
        fill = ACCENT if row["kind"] == "reported" else HOLLOW
        shape = (
            f'<rect x="{px(left)}" y="{px(top)}" width="{px(wide * _COLUMN)}" height="{px(y(0) - top)}" fill="{fill}"/>'
        )
        plot.parts.append(canvas.opened(row["href"], row["said"], shape))
    if any(r["kind"] == "implied" for r in rows):
        plot.note(tr("Light: implied by a growth or an exchange rate, not printed."))
    return plot.svg(tr("{title}, full years", title=head.title))


def _year_names(plot: _Plot, shown: range) -> str:
    base = plot.frame.bottom
    names = "".join(canvas.text(plot.x(ordinal(f"{y}-07-01")), base + 16, str(y), "middle", "quiet") for y in shown)
    return f'<path d="M{px(plot.frame.left)},{px(base)}H{px(plot.frame.right)}" stroke="#b9c1c9"/>{names}'


def cumulative(rows: Rows, head: Head) -> str:
    """A running total as reported at successive dates: rows with date, value, label, said, href."""
    plot = _Plot(head, _span([r["date"] for r in rows]), [], TALL)
    y = plot.values(max(r["value"] for r in rows))
    plot.parts.append(canvas.path([plot.at(r, y) for r in rows], f'stroke="{HOLLOW}" stroke-width="2"'))
    _points(plot, rows, y)
    _labels(plot, [(*plot.at(r, y), r["label"]) for r in rows])
    return plot.svg(head.title)


def steps(rows: Rows, head: Head, marked: Marked) -> str:
    """A step line of a list's size: rows with date, value, label, kind, said, href; the first kind is the line."""
    kinds = list(dict.fromkeys(r["kind"] for r in rows))
    line = [r for r in rows if r["kind"] == kinds[0]]
    days = _span([r["date"] for r in rows] + [m["date"] for m in marked])
    plot = _Plot(head, days, marked, TALL)
    y = plot.values(max(r["value"] for r in rows))
    at = [plot.at(r, y) for r in line]
    risen = [p for a, b in pairwise(at) for p in (a, (b[0], a[1]))] + [at[-1], (plot.frame.right, at[-1][1])]
    plot.parts.append(canvas.path(risen, f'stroke="{ACCENT}" stroke-width="1.6"'))
    for kind, color in zip(kinds, (ACCENT, SECOND), strict=False):
        _points(plot, [r for r in rows if r["kind"] == kind], y, color)
    _labels(plot, [(*plot.at(r, y), r["label"]) for r in line])
    if len(kinds) > 1:
        plot.parts += _kinds(kinds, (ACCENT, SECOND), canvas.LETTER * len(head.unit) + (20 if head.unit else 4), UNIT)
    return plot.svg(head.title)


def _kinds(kinds: Sequence[str], colors: Sequence[str], left: float, base: float) -> list[str]:
    """What the colours of points mean, beside the unit."""
    out, x = [], left
    for kind, color in zip(kinds, colors, strict=False):
        out += [canvas.dot(x, base - 4, color), canvas.text(x + 7, base, kind)]
        x += canvas.LETTER * len(kind) + 24
    return out


def _labels(plot: _Plot, labelled: Sequence[tuple[float, float, str]]) -> None:
    """Values above their points, from the latest back, as far as they have room."""
    free = plot.head.width + 1.0
    for x, y, said in reversed(labelled):
        wide = canvas.LETTER * len(said)
        if said and x + 2 <= free and x - wide >= 0:
            plot.over.append(canvas.text(x + 2, y - 7, said, "end"))
            free = x + 2 - wide - 6


def timeline(rows: Rows, head: Head, kinds: Sequence[str]) -> str:
    """Dated events on one axis, a line a name: rows with date, name, kind, said, href; colours tell kinds."""
    names = list(dict.fromkeys(r["name"] for r in rows))
    colors = dict(zip(kinds, (ACCENT, SECOND, MUTED, INK, "#7b5ea7", "#8a6d00"), strict=False))
    side = min(max(len(n) for n in names) * canvas.LETTER + 12, 130)
    narrow = head.width <= PHONE
    top = HEAD + 18 + canvas.LINE
    frame = Frame(0 if narrow else side, top, head.width - 10, top + _EVENT * len(names) * (1.5 if narrow else 1))
    x, axis = canvas.year_axis(frame, *_span([r["date"] for r in rows]))
    parts = [*_kinds(kinds, list(colors.values()), 4, HEAD + 18), axis]
    step = (frame.bottom - frame.top) / len(names)
    for i, name in enumerate(names):
        base = frame.top + step * (i + 0.5) + (5 if narrow else 0)
        # On a phone a name stands above its line, so that the line has all of the width.
        parts.append(canvas.text(0, base - 10 if narrow else base + 4, name, "quiet"))
        parts.append(f'<path d="M{px(frame.left)},{px(base)}H{px(frame.right)}" stroke="{canvas.GRID}"/>')
        for row in (r for r in rows if r["name"] == name):
            at, color = px(x(ordinal(row["date"]))), colors[row["kind"]]
            mark = f'<circle cx="{at}" cy="{px(base)}" r="4.5" fill="{color}" opacity=".8"/>'
            parts.append(canvas.opened(row["href"], row["said"], mark))
    return canvas.headed(head, frame.bottom + FOOT + 2, parts)


STATES = {
    "in_force": (ACCENT, marked("in force")),
    "scheduled": (SECOND, marked("due")),
    "suspended": (MUTED, marked("suspended")),
    "unknown": ("#7b5ea7", marked("not known")),
    "ended": (HOLLOW, marked("ended")),
}


def spans(rows: Rows, head: Head, today: str) -> str:
    """What holds from when: a name above each line, which runs from its first day to its last or on.

    Args:
        rows: name, start, end (empty: open), state (of `STATES`), said, href.
        head: above the plot.
        today: the day of the brief, marked.
    """
    days = _span([today, *(r["start"] for r in rows), *(r["end"] for r in rows if r["end"])])
    top = HEAD + 34
    names = [canvas.wrapped(r["name"], head.width - 8) for r in rows]
    bases = [b + 9 for b in accumulate((len(n) * canvas.LINE + _BAR for n in names), initial=top)]
    frame = Frame(4, top, head.width - 10, bases[-1] - 3)
    x, axis = canvas.year_axis(frame, *days)
    used = [s for s in STATES if any(r["state"] == s for r in rows)]
    parts = [axis]
    parts += _kinds([tr(STATES[s][1]) for s in used], [STATES[s][0] for s in used], 4, HEAD + 18)
    at = px(x(ordinal(today)))
    parts.append(f'<path d="M{at},{px(top)}V{px(frame.bottom)}" stroke="{MUTED}" stroke-dasharray="2 3"/>')
    for row, name, base in zip(rows, names, bases, strict=False):
        left, right = x(ordinal(row["start"])), x(ordinal(row["end"] or days[1]))
        under, color = base + canvas.LINE * (len(name) - 1) + 4, STATES[row["state"]][0]
        bar = f'<rect x="{px(left)}" y="{px(under)}" width="{px(max(right - left, 3))}" height="6" fill="{color}"/>'
        # A name that would run out of the picture ends at its edge.
        start = max(min(left, head.width - canvas.LETTER * max(map(len, name))), 0)
        said = "".join(canvas.text(start, base + canvas.LINE * i, line) for i, line in enumerate(name))
        parts.append(canvas.opened(row["href"], row["said"], said + bar))
    return canvas.headed(head, frame.bottom + FOOT, parts)


def _span(days: Sequence[str]) -> tuple[str, str]:
    """The first and last day of an axis, with a little room around them."""
    first, last = min(days), max(days)
    room = timedelta(days=max((ordinal(last) - ordinal(first)) // 50, 15))
    return (date.fromisoformat(first) - room).isoformat(), (date.fromisoformat(last) + room).isoformat()
