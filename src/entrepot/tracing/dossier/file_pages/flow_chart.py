"""The chain of a shipment drawn: raw material at the top, the shipment at the foot, a box a step."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from entrepot.core.errors import plain
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.tracing.dossier.shipment_chain import Step
    from entrepot.tracing.dossier.shipment_file import ShipmentFile

_ACROSS = 3  # boxes in a row: as many as can be read on paper
_WIDE, _HIGH, _GAP, _DROP = 150, 50, 10, 30  # of a box, between two, between two rows; in pixels
_INSET = 10  # px from a box's side to its words: within the shapes that are cut
_LETTERS = 22  # of a line of a box: what its width holds
_MOST = 24  # boxes that can be read; where there are more steps, those of one row and one good are one box
_CUT = 9  # px that a shape of its own takes off the corners, or off the ends, as the graph of the pages does
_INK, _PALE, _ALARM = "#1d2733", "#5b6770", "#a4262c"
_SHOWN = 34  # rem: on a wide screen a drawing as wide as the page would be read from across the room
_FONT = 'font-family="Libertinus Serif,Liberation Sans,Arial,sans-serif" font-size="11"'


_KINDS = ("listing", "owned", "region")  # the first gives a box its shape; its last line names all


@dataclass(frozen=True, slots=True)
class _Box:
    steps: tuple[int, ...]
    top: str
    party: str
    note: str
    kind: str  # listing, owned, region: why it is reached; empty where it is not


def flow_chart(file: ShipmentFile, across: int = _ACROSS, to: str = "") -> str:
    """The drawing, as SVG.

    Args:
        file: the dossier.
        across: boxes in a row.
        to: where a box leads to, with `{}` for the number of its step; empty: nowhere, as on paper.
    """
    steps = file.chain.steps
    level = _levels(steps)
    # On a page parts have no numbers.
    aside = tr("set aside: see transport") if to else tr("set aside: see 6")
    boxes = _boxes(file, level, aside, is_whole=len(steps) <= _MOST)
    rows = _rows(boxes, level, across)
    at: dict[int, tuple[float, float]] = {}
    # On paper every chain is drawn to one scale.
    most = max(2, *map(len, rows)) if to else across
    width = most * _WIDE + (most + 1) * _GAP
    drawn, y = [], float(_GAP)
    for row in rows:
        begin = (width - len(row) * _WIDE - (len(row) - 1) * _GAP) / 2
        for i, box in enumerate(row):
            x = begin + i * (_WIDE + _GAP)
            at |= dict.fromkeys(box.steps, (x, y))
            drawn.append(_drawn(box, x, y, to))
        y += _HIGH + _DROP
    foot = _shipment(file, width, y)
    lines = _lines(file, at, (width / 2, y))
    high = y + _HIGH + _GAP
    # A picture may hold no links; and a page that allows no style within it gives the drawing its size.
    body = f'<rect width="100%" height="100%" fill="#fff"/>{"".join(lines)}{"".join(drawn)}{foot}'
    if not to:
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high:g}" role="img" {_FONT} '
            f'style="max-width:{_SHOWN}rem">{body}</svg>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {high:g}" width="{width}" height="{high:g}" '
        f'role="group" aria-label="{escape(tr("Flow chart"))}" {_FONT}>{body}</svg>'
    )


def is_grouped(file: ShipmentFile) -> bool:
    """Whether steps are drawn together, for there are more than can be read."""
    return len(file.chain.steps) > _MOST


def _levels(steps: Sequence[Step]) -> dict[int, int]:
    """How many steps come before each, at most; what comes round in a circle counts once."""
    at = {s.key: s.number for s in steps}
    level: dict[int, int] = {}
    for step in steps:
        before = [level[at[s.made_by]] for s in step.inputs if at[s.made_by] in level]
        level[step.number] = max(before, default=-1) + 1
    return level


def _boxes(file: ShipmentFile, level: Mapping[int, int], aside: str, *, is_whole: bool) -> list[_Box]:
    groups: dict[tuple[int, str, int], list[Step]] = defaultdict(list)
    for step in file.chain.steps:
        groups[level[step.number], step.goods, step.number if is_whole else 0].append(step)
    reached = {p.party_id: p.exposed.kind for p in file.sure if p.exposed}
    maybe = {p.party_id for p in file.possible}
    boxes = []
    for (_, goods, _), some in groups.items():
        numbers = tuple(s.number for s in some)
        kinds = sorted({reached[s.key.party_id] for s in some if s.key.party_id in reached}, key=_KINDS.index)
        sure = bool(kinds)
        note = ", ".join(_kind_said(k) for k in kinds)
        if not sure and any(s.key.party_id in maybe for s in some):
            note = tr("possible match")
        elif not sure and any(n in one.steps for n in numbers for one in file.set_aside):
            note = aside
        elif not sure and any(n in file.open_ends for n in numbers):
            note = tr("nothing known above")
        party = some[0].party if len(some) == 1 else tr("{count} parties", count=len(some))
        top = f"{_span(numbers)} {goods or tr('goods')}"
        boxes.append(_Box(numbers, top, party, note, kinds[0] if kinds else ""))
    return boxes


def _kind_said(kind: str) -> str:
    if kind == "region":
        return tr("in the region")
    return tr("owners are listed") if kind == "owned" else tr("listed")


def _span(numbers: Sequence[int]) -> str:
    if len(numbers) == 1:
        return f"{numbers[0]}."
    is_run = numbers[-1] - numbers[0] == len(numbers) - 1
    return f"{numbers[0]}–{numbers[-1]}." if is_run else f"{numbers[0]}, …, {numbers[-1]}."


def _rows(boxes: Sequence[_Box], level: Mapping[int, int], across: int) -> list[list[_Box]]:
    by_level: dict[int, list[_Box]] = defaultdict(list)
    for box in boxes:
        by_level[level[box.steps[0]]].append(box)
    return [some[i : i + across] for _, some in sorted(by_level.items()) for i in range(0, len(some), across)]


def _drawn(box: _Box, x: float, y: float, to: str) -> str:
    edge = f'stroke="{_ALARM}" stroke-width="2.5"' if box.kind else f'stroke="{_INK}" stroke-width="1"'
    dash = ' stroke-dasharray="4 3"' if box.note and not box.kind else ""
    note_ink = _ALARM if box.kind else _PALE
    shape = (
        _outline(box.kind, x, y, f'fill="#fff" {edge}{dash}')
        + _text(box.top, x + _INSET, y + 15, _INK, "bold")
        + _text(box.party, x + _INSET, y + 29, _INK)
        + _text(box.note, x + _INSET, y + 43, note_ink)
    )
    if not to:
        return shape
    said = escape(plain(", ".join(filter(None, (box.top, box.party, box.note)))))
    return f'<a href="{to.format(box.steps[0])}" aria-label="{said}"><title>{said}</title>{shape}</a>'


def _outline(kind: str, x: float, y: float, style: str) -> str:
    """A box; of who is listed, or owned so, with its corners cut off; of who is in the region with pointed ends."""
    right, foot, middle = x + _WIDE, y + _HIGH, y + _HIGH / 2
    if kind == "region":
        at = [(x, middle), (x + _CUT, y), (right - _CUT, y), (right, middle), (right - _CUT, foot), (x + _CUT, foot)]
    elif kind:
        at = [(x + _CUT, y), (right - _CUT, y), (right, y + _CUT), (right, foot - _CUT), (right - _CUT, foot),
              (x + _CUT, foot), (x, foot - _CUT), (x, y + _CUT)]  # fmt: skip
    else:
        return f'<rect x="{x:g}" y="{y:g}" width="{_WIDE}" height="{_HIGH}" rx="3" {style}/>'
    points = " ".join(f"{a:g},{b:g}" for a, b in at)
    return f'<polygon points="{points}" data-kind="{kind}" {style}/>'


def _shipment(file: ShipmentFile, width: float, y: float) -> str:
    wide = _WIDE * 2
    x = (width - wide) / 2
    buyer = str(file.chain.shipped[0].first["buyer"])
    return (
        f'<rect x="{x:g}" y="{y:g}" width="{wide}" height="{_HIGH}" rx="3" fill="#e9edf0" stroke="{_INK}"/>'
        + _text(tr("Shipment {name}", name=file.chain.name), x + 6, y + 18, _INK, "bold", _LETTERS * 2)
        + _text(tr("to {buyer}", buyer=buyer), x + 6, y + 35, _INK, "normal", _LETTERS * 2)
    )


def _text(said: str, x: float, y: float, ink: str, weight: str = "normal", most: int = _LETTERS) -> str:  # noqa: PLR0913, PLR0917 - what a text of a drawing is
    if not said:
        return ""
    shown = said if len(said) <= most else f"{said[: most - 1].rstrip()}…"
    return f'<text x="{x:g}" y="{y:g}" fill="{ink}" font-weight="{weight}">{escape(plain(shown))}</text>'


def _lines(file: ShipmentFile, at: Mapping[int, tuple[float, float]], foot: tuple[float, float]) -> list[str]:
    number = {s.key: s.number for s in file.chain.steps}
    found: dict[tuple[float, float, float, float], None] = {}
    for step in file.chain.steps:
        x, y = at[step.number]
        for supply in step.inputs:
            begin = at[number[supply.made_by]]
            found[begin[0] + _WIDE / 2, begin[1] + _HIGH, x + _WIDE / 2, y] = None
    for key in {s.made_by for s in file.chain.shipped}:
        x, y = at[number[key]]
        found[x + _WIDE / 2, y + _HIGH, foot[0], foot[1]] = None
    return [_arrow(*ends) for ends in sorted(found)]


def _arrow(x1: float, y1: float, x2: float, y2: float) -> str:
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{_PALE}"/>'
        f'<path d="M{x2 - 3:g} {y2 - 6:g}L{x2:g} {y2:g}L{x2 + 3:g} {y2 - 6:g}z" fill="{_PALE}"/>'
    )
