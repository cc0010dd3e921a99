"""A supply graph: the maker at the right, its suppliers tier by tier to the left; the documented way stands out.

On a phone tiers lie below one another, the farthest at the top. Who is listed, or in the region, has a shape of its own
beside a colour, for who sees none, and a word beside both.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import PHONE, px
from entrepot.brief.charts.colors import ACCENT, MUTED, SECOND
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    _Key = tuple[str, str]
    _Row = Mapping[str, Any]

MOST, MOST_NARROW = 12, 4  # parties of a tier: more are told as a number, and all stand in the rows
_ROOM = 1264  # px: a row of a page at 1440
_BOXES, _GAPS = (190, 170, 150), (40, 96)  # px: widths of a box that are tried, least and most between two tiers
_TALL, _ROW = 40, 54  # px: of a box, from box to box
_LETTER, _GOOD = 8.3, 6.4  # px of a letter of a name, and of the smaller ones below it
_REACH = 12  # px
_TOP = 24  # px: for the names of the tiers
_BELOW = 34  # px between two tiers of a phone, with the name of the lower
_ALARM = "#b3261e"  # the red of charts
_CUT = 9  # px that are cut off the corners of who is listed


@dataclass(frozen=True, slots=True)
class Mark:
    """What marks a party.

    Attributes:
        kind: listing, owned (by who is listed) or region.
        is_sure: whether it is the party itself; else it may be.
    """

    kind: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Looks:
    """How parties are drawn."""

    strong: set[tuple[str, int]]
    on_way: set[_Key]
    marks: Mapping[str, Mark]
    wide: int
    gap: float
    is_down: bool
    one: Mapping[_Key, _Key]


def supply_graph(
    rows: Sequence[_Row],
    strong: set[tuple[str, int]],
    label: str,
    marks: Mapping[str, Mark] | None = None,
    width: int = _ROOM,
) -> str:
    """The graph as an `<svg>` element: tiers from left to right, or on a phone from top to bottom.

    Args:
        rows: under `supply_chain`, each with `href`.
        strong: file and row of the links of the way that documents lead.
        label: what it shows, for readers who listen.
        marks: parties that are marked, by id.
        width: px of where it is drawn; a graph of many tiers is wider.
    """
    depth = max(r["tier"] for r in rows)
    is_down = width <= PHONE + 10
    ids = {r[who]: r[f"{who}_id"] for r in rows for who in ("supplier", "buyer")}
    named = {name: marks[party] for name, party in ids.items() if party in marks} if marks else {}
    one = _one_box(rows)
    ways = {key for r in rows if (r["file_id"], r["row"]) in strong for key in _ends(r, one)}
    wide, gap = ((width - 2) // 2 - 4, 8.0) if is_down else _sizes(depth)
    looks = _Looks(strong, ways, named, wide, gap, is_down, one)
    nodes = _nodes(rows, looks, MOST_NARROW if is_down else MOST)
    placed, heads, size = _down(nodes, depth, looks) if is_down else _across(nodes, depth, looks)
    at = {key: place for key, place in placed if key[0]}
    more = [canvas.text(x, y + 14, f"+ {key[1]}", "quiet") for key, (x, y) in placed if not key[0]]
    links = sorted(rows, key=lambda r: (r["file_id"], r["row"]) in strong)
    lines = [_line(r, at, looks) for r in links]
    makers = {_ends(r, one)[1] for r in rows if r["tier"] == 1}
    boxes = [_box(key, place, looks, is_maker=key in makers) for key, place in at.items()]
    return canvas.svg(label, *size, [*heads, *lines, *boxes, *more])


def _sizes(depth: int) -> tuple[int, float]:
    """How wide a box is, and how much lies between two tiers, so that all fit where they can."""
    least, most = _GAPS
    for wide in _BOXES:
        gap = (_ROOM - (depth + 1) * wide) / depth
        if gap >= least:
            return wide, min(gap, most)
    return _BOXES[-1], least


def _ends(row: _Row, one: Mapping[_Key, _Key] | None = None) -> tuple[_Key, _Key]:
    ends = (row["supplier"], row["material"] or ""), (row["buyer"], row["product"] or "")
    return tuple((one or {}).get(end, end) for end in ends)  # type: ignore[return-value] # two of two


def _one_box(rows: Sequence[_Row]) -> dict[_Key, _Key]:
    """A party whose links name no product is one box with its nearest good: a link for no product is for any."""
    nearest: dict[str, _Key] = {}
    for row in sorted(rows, key=lambda r: r["tier"]):
        for key in reversed(_ends(row)):
            if key[1]:
                nearest.setdefault(key[0], key)
    return {(name, ""): key for name, key in nearest.items()}


def _nodes(rows: Sequence[_Row], looks: _Looks, most: int) -> dict[int, list[_Key]]:
    """The parties of each tier with what they supply: those of the documented way first, then marked ones, by name."""
    tier_of: dict[_Key, int] = {}
    for row in sorted(rows, key=lambda r: r["tier"]):
        supplier, buyer = _ends(row, looks.one)
        tier_of.setdefault(buyer, row["tier"] - 1)
        tier_of.setdefault(supplier, row["tier"])
    found: dict[int, list[_Key]] = defaultdict(list)
    for key, tier in sorted(
        tier_of.items(), key=lambda p: (p[0] not in looks.on_way, p[0][0] not in looks.marks, p[0])
    ):
        found[tier].append(key)
    # A key without a name stands for those that are left out, and says how many they are.
    return {
        tier: keys if len(keys) <= most else [*keys[:most], ("", f"{len(keys) - most:,}")]
        for tier, keys in found.items()
    }


_Places = tuple["list[tuple[_Key, tuple[float, float]]]", list[str], tuple[float, float]]


def _named(tier: int) -> str:
    return tr("tier {t}", t=tier) if tier else tr("maker")


def _across(nodes: Mapping[int, list[_Key]], depth: int, looks: _Looks) -> _Places:
    at: list[tuple[_Key, tuple[float, float]]] = []
    step = looks.wide + looks.gap
    for tier, keys in nodes.items():
        at += [(key, ((depth - tier) * step + 1.0, float(_TOP + _ROW * i))) for i, key in enumerate(keys)]
    heads = [canvas.text((depth - t) * step + 1, 14, _named(t), "quiet") for t in range(depth + 1)]
    width = (depth + 1) * looks.wide + depth * looks.gap + 2
    return at, heads, (width, _TOP + _ROW * max(len(keys) for keys in nodes.values()) + 6)


def _down(nodes: Mapping[int, list[_Key]], depth: int, looks: _Looks) -> _Places:
    at: list[tuple[_Key, tuple[float, float]]] = []
    heads, y = [], 0.0
    for tier in range(depth, -1, -1):
        keys = nodes.get(tier, [])
        heads.append(canvas.text(1, y + 14, _named(tier), "quiet"))
        top = y + _TOP
        at += [(k, (1.0 + (i % 2) * (looks.wide + looks.gap), top + _ROW * (i // 2))) for i, k in enumerate(keys)]
        y = top + _ROW * -(-len(keys) // 2) + _BELOW - _TOP
    return at, heads, (2 * looks.wide + looks.gap + 2, y)


def _line(row: _Row, at: Mapping[_Key, tuple[float, float]], looks: _Looks) -> str:
    supplier, buyer = _ends(row, looks.one)
    if supplier not in at or buyer not in at:
        return ""
    (x, y), (u, v) = at[supplier], at[buyer]
    if looks.is_down:
        x, y, u = x + looks.wide / 2, y + _TALL, u + looks.wide / 2
        bend = max((v - y) / 2, 16)
        way = f"M{px(x)},{px(y)}C{px(x)},{px(y + bend)} {px(u)},{px(v - bend)} {px(u)},{px(v)}"
    else:
        x, y, v = x + looks.wide, y + _TALL / 2, v + _TALL / 2
        bend = max((u - x) / 2, 30)
        way = f"M{px(x)},{px(y)}C{px(x + bend)},{px(y)} {px(u - bend)},{px(v)} {px(u)},{px(v)}"
    is_strong = (row["file_id"], row["row"]) in looks.strong
    look = f'stroke="{SECOND}" stroke-width="3"' if is_strong else f'stroke="{MUTED}" stroke-opacity=".7"'
    said = ", ".join(
        str(p) for p in (f"{row['supplier']} → {row['buyer']}", row["material"], row["date"], row["document"]) if p
    )
    # A line of a px is hard to hit: an unseen one around it is what a hand means.
    reach = f'<path d="{way}" fill="none" stroke="#fff" stroke-opacity="0" stroke-width="{_REACH}"/>'
    shape = f'<path d="{way}" fill="none" {look}/>{reach}'
    return canvas.opened(row["href"], said, f"<title>{escape(said)}</title>{shape}")


def _box(key: _Key, place: tuple[float, float], looks: _Looks, *, is_maker: bool) -> str:
    x, y = place
    mark = looks.marks.get(key[0])
    word = _word(mark)
    if mark is not None:
        edge = f'stroke="{_ALARM}" stroke-width="2"' + ("" if mark.is_sure else ' stroke-dasharray="4 3"')
    elif key in looks.on_way:
        edge = f'stroke="{SECOND}" stroke-width="2"'
    else:
        edge = f'stroke="{ACCENT}" stroke-width="2"' if is_maker else 'stroke="#b9c1c9"'
    fill = "#dbe9e9" if is_maker else "#fff"
    drawn = f'<path d="{_outline(mark, x, y, looks.wide)}" fill="{fill}" {edge}/>'
    if is_maker:
        drawn += f'<path d="M{px(x + 3)},{px(y + 3)}v{_TALL - 6}" stroke="{ACCENT}" stroke-width="4"/>'
    room = looks.wide - 8 - (18 if mark else 0)
    drawn += canvas.text(x + 9, y + 16, _short(key[0], int(room / _LETTER)), "bold")
    below = f"{word}, {key[1]}" if word and key[1] else word or key[1]
    second = canvas.text(x + 9, y + 31, _short(below, int(room / _GOOD)), *(() if word else ("quiet",)))
    drawn += second.replace("<text ", f'<text fill="{_ALARM}" ', 1) if word else second
    if mark:
        drawn += _glyph(mark, x + looks.wide - 15, y + 12)
    return f"<g><title>{escape(', '.join(filter(None, (*key, word))))}</title>{drawn}</g>"


def _word(mark: Mark | None) -> str:
    if mark is None:
        return ""
    if mark.kind == "region":
        return tr("in the region") if mark.is_sure else tr("perhaps in the region")
    if mark.kind == "owned":
        return tr("owners are listed") if mark.is_sure else tr("owners may be listed")
    return tr("listed") if mark.is_sure else tr("may be listed")


def _outline(mark: Mark | None, x: float, y: float, wide: int) -> str:
    """A box; of who is listed, or owned so, with its corners cut off; of who is in the region with pointed ends."""
    c, w, h = _CUT, wide, _TALL
    if mark is None:
        return f"M{px(x)},{px(y)}h{w}v{h}h{-w}z"
    if mark.kind == "region":
        return f"M{px(x + c)},{px(y)}h{w - 2 * c}l{c},{h // 2}l{-c},{h // 2}h{2 * c - w}l{-c},{-h // 2}z"
    return f"M{px(x + c)},{px(y)}h{w - 2 * c}l{c},{c}v{h - 2 * c}l{-c},{c}h{2 * c - w}l{-c},{-c}v{2 * c - h}z"


def _glyph(mark: Mark, x: float, y: float) -> str:
    """A sign of its own for each kind: a crossed circle, a diamond, a triangle; hollow where it may be another."""
    fill = _ALARM if mark.is_sure else "none"
    look = f'fill="{fill}" stroke="{_ALARM}" stroke-width="1.4"'
    if mark.kind == "region":
        return f'<path d="M{px(x)},{px(y - 6)}l6.5,11h-13z" {look}/>'
    if mark.kind == "owned":
        return f'<path d="M{px(x)},{px(y - 6)}l6,6l-6,6l-6,-6z" {look}/>'
    bar = "#fff" if mark.is_sure else _ALARM
    cross = f'<path d="M{px(x - 3)},{px(y)}h6" stroke="{bar}" stroke-width="2"/>'
    return f'<circle cx="{px(x)}" cy="{px(y)}" r="6" {look}/>{cross}'


def _short(said: str, letters: int) -> str:
    return said if len(said) <= letters else f"{said[: letters - 1]}…"
