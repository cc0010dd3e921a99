"""What every chart is drawn with: the frame, axes, dated rules, marks that open findings. No library, no style sheet.

A chart is drawn for its width: one that is only shrunk has letters that nobody can read on a phone. Letters are set on
the `<svg>` element and not in a style, for a style inside a page is one for the whole page.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import pairwise
from math import floor, log10
from typing import TYPE_CHECKING

from entrepot.brief.charts.colors import MUTED, SECOND
from entrepot.core.ids import digest
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

WIDE, PHONE = 760, 358  # px: a row of the page; a small multiple, which is a phone of 390 less its margins
LETTER = 6.1  # px: mean width of a letter of 11 px
TITLE, _TITLE_LINE, _BOLD = 14, 16, 7.6  # px: base of a title, from line to line, mean width of a bold letter
LINE = 13  # px: from one line of small letters to the next
GRID = "#e7ebee"
# Em: at most so wide is each letter in DejaVu Sans, the widest of the fonts that a reader may have; bold a sixth more.
_WIDTHS = {"ijlI.,:;|'’": 0.35, "ftr()[]/- ": 0.42, "mwMW@%": 1.0}
_CAPITAL, _SMALL, _IDEOGRAPH, _BOLDER = 0.79, 0.64, 1.0, 1.17  # of all other letters, as above
_IDEOGRAPHS = 0x2E80  # from here on characters are as wide as they are high
_TICKS = (1.0, 2.0, 2.5, 5.0, 10.0)  # steps that a reader counts in
_LOOKS = {
    "quiet": f' fill="{MUTED}"', "bold": ' font-weight="600" font-size="12.5"', "end": ' text-anchor="end"',
    "middle": ' text-anchor="middle"',
}  # fmt: skip
# An axis has room for some five letters.
_THOUSANDS = ((1e9, "bn"), (1e6, "m"), (1e3, "k"))


@dataclass(frozen=True, slots=True)
class Scale:
    """Values of an axis as px."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where a value lies."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.start + share * (self.end - self.start)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a plot, how wide the picture is in px, and what it shows for readers who listen."""

    title: str
    unit: str
    width: int
    label: str = ""  # the title where empty


@dataclass(frozen=True, slots=True)
class Frame:
    """The room of a plot: its edges in px."""

    left: float
    top: float
    right: float
    bottom: float


def svg(label: str, width: float, height: float, parts: Iterable[str]) -> str:
    """The `<svg>` element: a group and no image, for images may hold no links."""
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    letters = 'font-family="Liberation Sans,Arial,Helvetica,sans-serif" font-size="11" fill="#1d2733"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" role="group" aria-label="{escape(label)}" {size} {letters}>'
    return f"{head}{''.join(parts)}</svg>"


def headed(head: Head, height: float, parts: Iterable[str], label: str = "") -> str:
    """The `<svg>` element of a chart: its title in as many lines as it needs, and below it what is drawn.

    Args:
        head: its title and width.
        height: of the chart with a title of one line.
        parts: what is drawn, as if the title had one line.
        label: what the chart shows, for readers who listen; that of the head where empty.
    """
    lines = textwrap.wrap(head.title, max(int(head.width / _BOLD), 20)) or [""]
    down = _TITLE_LINE * (len(lines) - 1)
    titles = [text(0, TITLE + _TITLE_LINE * i, line, "bold") for i, line in enumerate(lines)]
    drawn = "".join(parts)
    moved = f'<g transform="translate(0,{down})">{drawn}</g>' if down else drawn
    return svg(label or head.label or head.title, head.width, height + down, [*titles, moved])


def text(x: float, y: float, said: str, *looks: str) -> str:
    """Words at a place; looks are quiet (of the frame), bold (a title), end and middle (where its place is)."""
    given = "".join(_LOOKS[look] for look in looks)
    return f'<text x="{px(x)}" y="{px(y)}"{given}>{escape(said)}</text>'


def px(value: float) -> str:
    """A length, to a tenth of a px."""
    return f"{value:.1f}".removesuffix(".0")


def opened(href: str, said: str, shape: str) -> str:
    """A mark that opens its finding, with what it says for readers who listen; a mark without one is no link."""
    if not href:
        return shape
    return f'<a href="{escape(href)}" aria-label="{escape(said)}">{shape}</a>'


def dot(x: float, y: float, color: str, *, radius: float = 2.7, hollow: bool = False) -> str:
    """A point."""
    look = f'fill="#fff" stroke="{color}" stroke-width="1.3"' if hollow else f'fill="{color}"'
    return f'<circle cx="{px(x)}" cy="{px(y)}" r="{radius:g}" {look}/>'


def path(points: Sequence[tuple[float, float]], look: str) -> str:
    """A line through points."""
    return f'<path d="M{"L".join(f"{px(x)},{px(y)}" for x, y in points)}" fill="none" {look}/>'


def course(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """The course of an outline on whole px: from each point to the next, which takes half the letters of their places.

    Args:
        points: places in px, at least one; those that fall on the one before them are left out.
        closed: whether it ends where it began.
    """
    rounded = [(round(x), round(y)) for x, y in points]
    steps = ((c - a, d - b) for (a, b), (c, d) in pairwise(rounded))
    moved = "".join(f"{x}{'' if y < 0 else ','}{y} " for x, y in steps if x or y).replace(" -", "-").rstrip()
    return f"M{rounded[0][0]},{rounded[0][1]}{f'l{moved}' if moved else ''}{'Z' if closed else ''}"


def area(upper: Sequence[tuple[float, float]], lower: Sequence[tuple[float, float]], color: str, opacity: float) -> str:
    """What lies between two lines."""
    around = "L".join(f"{px(x)},{px(y)}" for x, y in (*upper, *reversed(lower)))
    return f'<path d="M{around}Z" fill="{color}" opacity="{opacity:g}"/>'


def clipped(content: str, width: float, top: float, height: float) -> str:
    """What is seen of a map: all of it as wide as the picture, between two heights."""
    name = f"c{digest(content, digits=8)}"  # of the content, not of a count: the same brief is the same page each time
    box = f'<rect y="{px(top)}" width="{px(width)}" height="{px(height)}"/>'
    return f'<clipPath id="{name}">{box}</clipPath><g clip-path="url(#{name})">{content}</g>'


def ticks(high: float, most: int = 4) -> list[float]:
    """Values from zero up that an axis is marked at, the last one not below the highest value."""
    if high <= 0:
        return [0.0, 1.0]
    rough = high / most
    power = 10.0 ** floor(log10(rough))
    step = next(t * power for t in _TICKS if t * power >= rough * (1 - 1e-9))
    return [step * i for i in range(int(-(-high // step)) + 1)]


def short(value: float) -> str:
    """A value of an axis: 25, 1.5k, 60m, 2bn."""
    for size, name in _THOUSANDS:
        if abs(value) >= size:
            return f"{value / size:g}{name}"
    return f"{value:g}"


def value_axis(frame: Frame, high: float) -> tuple[Scale, str]:
    """An upright axis from zero, its lines across the plot."""
    marked = ticks(high)
    scale = Scale(0, marked[-1], frame.bottom, frame.top)
    lines = "".join(f"M{px(frame.left)},{px(scale(t))}H{px(frame.right)}" for t in marked)
    labels = "".join(text(frame.left - 5, scale(t) + 4, short(t), "end") for t in marked)
    return scale, f'<path d="{lines}" stroke="{GRID}"/><g fill="{MUTED}">{labels}</g>'


def ordinal(day: str) -> int:
    """An ISO day as a number: a day is a day everywhere, whatever the time zone of the machine."""
    return date.fromisoformat(day).toordinal()


def year_axis(frame: Frame, first: str, last: str) -> tuple[Scale, str]:
    """A level axis of days, a tick at the first day of each year that has room for its name."""
    low, high = ordinal(first), ordinal(last)
    scale = Scale(low, max(high, low + 1), frame.left, frame.right)
    years = [y for y in range(int(first[:4]), int(last[:4]) + 1) if low <= date(y, 1, 1).toordinal() <= high]
    step = every(len(years), frame.right - frame.left)
    shown = [(scale(date(y, 1, 1).toordinal()), y) for y in years[::step]]
    marks = "".join(f"M{px(x)},{px(frame.bottom)}v4" for x, _ in shown)
    # The name of a year at the very edge moves in, so that the picture does not cut it.
    labels = "".join(text(min(x, frame.right - 4), frame.bottom + 16, str(y), "middle") for x, y in shown)
    base = f'<path d="M{px(frame.left)},{px(frame.bottom)}H{px(frame.right)}{marks}" stroke="#b9c1c9"/>'
    return scale, f'{base}<g fill="{MUTED}">{labels}</g>'


def every(count: int, room: float) -> int:
    """Of how many names each stands, so that none meets the next."""
    fitting = max(int(room / 34), 1)  # px of a year with the room around it
    return -(-count // fitting) if count else 1


def rules(marked: Sequence[Mapping[str, str]], x: Scale, frame: Frame, width: float) -> tuple[str, list[str], float]:
    """Dated rules through a plot: each under its month, its name in a list below.

    Args:
        marked: date, name and href, and for a part of a measure `act`, its measure; no letter stands for a name.
        x: of days.
        frame: of the plot.
        width: of the picture, which the list fills.

    Returns:
        What is drawn in the plot, the lines of the list, and how high above the plot the months stand.
    """
    drawn, ends = [], [0.0, 0.0]
    above = 0
    wide = LETTER * 8  # of a month and its year
    for rule in sorted(marked, key=lambda m: m["date"]):
        at, month = x(ordinal(rule["date"])), _month(rule)
        middle = min(max(at, frame.left + wide / 2), width - wide / 2)  # right of what the value axis says
        row = next((i for i, end in enumerate(ends) if middle - wide / 2 > end + 4), 1)
        ends[row], above = middle + wide / 2, max(above, row + 1)
        line = f'<path d="M{px(at)},{px(frame.top - 2)}V{px(frame.bottom)}" stroke="{SECOND}" stroke-dasharray="3 3"/>'
        # Near an edge a month ends there: what draws it may have wider letters.
        place, anchor = _anchored(middle, wide, width)
        base = px(frame.top - 5 - LINE * row)
        said = f'<text x="{px(place)}" y="{base}" fill="{SECOND}" font-size="10.5"{anchor}>{month}</text>'
        drawn.append(line + (opened(rule["href"], f"{month}: {rule['name']}", said) if rule["href"] else said))
    lines = [line for name in _named(marked) for line in wrapped(name, width)]
    return "".join(drawn), lines, LINE * above


def _month(rule: Mapping[str, str]) -> str:
    return f"{date.fromisoformat(rule['date']):%b %Y}"


def _anchored(middle: float, wide: float, width: float) -> tuple[float, str]:
    if middle + wide / 2 >= width:
        return width, _LOOKS["end"]
    return (0, "") if middle <= wide / 2 else (middle, _LOOKS["middle"])


def _named(marked: Sequence[Mapping[str, str]]) -> list[str]:
    """The names under a plot; parts of one measure in one, each with its month."""
    parts: dict[str, list[str]] = {}
    for rule in sorted(marked, key=lambda m: m["date"]):
        act = rule.get("act", "")
        key, said = (act, f"{_month(rule)}, {rule['name']}") if act else (f"{_month(rule)}: {rule['name']}", "")
        if said not in parts.setdefault(key, []):
            parts[key].append(said)
    return [f"{act}: {'; '.join(said)}" if any(said) else act for act, said in parts.items()]


def below(names: Sequence[str], top: float) -> str:
    """The list of names under a plot."""
    return "".join(
        f'<text x="0" y="{px(top + LINE * i)}" fill="{MUTED}" font-size="10.5">{escape(n)}</text>'
        for i, n in enumerate(names)
    )


def wide(text: str, size: float = 11, *, bold: bool = False) -> float:
    """How wide a text is at most, in px, in letters of a size: what is placed by it is cut by no edge."""
    em = sum(_wide(letter) for letter in text)
    return em * size * (_BOLDER if bold else 1)


def _wide(letter: str) -> float:
    for letters, width in _WIDTHS.items():
        if letter in letters:
            return width
    if ord(letter) >= _IDEOGRAPHS:
        return _IDEOGRAPH
    return _CAPITAL if letter.isupper() or letter.isdigit() or letter == "&" else _SMALL


def wrapped(said: str, width: float) -> list[str]:
    """Words in lines that a picture of this width holds, in its small letters."""
    return textwrap.wrap(said, max(int(width / (LETTER - 0.4)), 20))


def with_source(drawn: str, source: str) -> str:
    """A picture with its source as the last line inside it.

    Args:
        drawn: an `<svg>` element whose box begins at 0 0.
        source: who published what it shows.
    """
    head, _, rest = drawn.partition(">")
    wide, high = (float(n) for n in head.partition('viewBox="0 0 ')[2].partition('"')[0].split())
    lines = wrapped(tr("Source: {source}", source=source), wide)
    grown = high + LINE * len(lines) + 4
    for name in ("viewBox", "height"):
        before, found, tail = head.partition(f' {name}="')
        new = f"0 0 {wide:g} {grown:g}" if name == "viewBox" else f"{grown:g}"
        head = f'{before} {name}="{new}"{tail.partition(chr(34))[2]}' if found else head
    return f"{head}>{rest.removesuffix('</svg>')}{below(lines, high + LINE)}</svg>"
