"""A supply graph: the maker at the right, its suppliers tier by tier to the left; the documented way stands out."""

from __future__ import annotations

from collections import defaultdict
from html import escape
from typing import TYPE_CHECKING, Any

from entrepot.brief.charts import canvas
from entrepot.brief.charts.canvas import px
from entrepot.brief.charts.colors import MUTED, SECOND
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MOST = 12  # parties of a tier: more are told as a number, and all stand in the rows
_WIDE, _TALL, _GAP, _ROW = 190, 40, 96, 54  # px: of a box, between two tiers, from box to box
_NAME, _GOOD = 22, 28  # letters of the lines of a box
_REACH = 12  # px
_TOP = 24  # px: for the names of the tiers


def supply_graph(rows: Sequence[Mapping[str, Any]], strong: set[tuple[str, int]], label: str) -> str:
    """The graph as an `<svg>` element, as wide as it has tiers.

    Args:
        rows: under `supply_chain`, each with `href`.
        strong: file and row of the links of the way that documents lead.
        label: what it shows, for readers who listen.
    """
    depth = max(r["tier"] for r in rows)
    nodes = _nodes(rows, strong)
    at, left_out = _places(nodes, depth)
    width = (depth + 1) * _WIDE + depth * _GAP + 2
    height = _TOP + _ROW * max(len(keys) for keys in nodes.values()) + 6
    named = ("maker", *(tr("tier {t}", t=t) for t in range(1, depth + 1)))
    heads = [canvas.text((depth - t) * (_WIDE + _GAP) + 1, 14, said, "quiet") for t, said in enumerate(named)]
    links = sorted(rows, key=lambda r: (r["file_id"], r["row"]) in strong)
    ways = [_way(r, at, (r["file_id"], r["row"]) in strong) for r in links]
    ends = {key for r in rows if (r["file_id"], r["row"]) in strong for key in _ends(r)}
    boxes = [_box(key, place, key in ends) for key, place in at.items()]
    more = [canvas.text(x, y, f"+ {count}", "quiet") for x, y, count in left_out]
    return canvas.svg(label, width, height, [*heads, *ways, *boxes, *more])


_Key = tuple[str, str]


def _ends(row: Mapping[str, Any]) -> tuple[_Key, _Key]:
    return (row["supplier"], row["material"] or ""), (row["buyer"], row["product"] or "")


def _nodes(rows: Sequence[Mapping[str, Any]], strong: set[tuple[str, int]]) -> dict[int, list[_Key]]:
    """The parties of each tier with what they supply: those of the documented way first, then by name."""
    tier_of: dict[_Key, int] = {}
    first: set[_Key] = set()
    for row in sorted(rows, key=lambda r: r["tier"]):
        supplier, buyer = _ends(row)
        tier_of.setdefault(buyer, row["tier"] - 1)
        tier_of.setdefault(supplier, row["tier"])
        if (row["file_id"], row["row"]) in strong:
            first |= {supplier, buyer}
    found: dict[int, list[_Key]] = defaultdict(list)
    for key, tier in sorted(tier_of.items(), key=lambda pair: (pair[0] not in first, pair[0])):
        found[tier].append(key)
    return {
        tier: keys if len(keys) <= MOST else [*keys[:MOST], ("", str(len(keys) - MOST))] for tier, keys in found.items()
    }


def _places(
    nodes: Mapping[int, list[_Key]], depth: int
) -> tuple[dict[_Key, tuple[float, float]], list[tuple[float, float, str]]]:
    at: dict[_Key, tuple[float, float]] = {}
    more = []
    for tier, keys in nodes.items():
        x = (depth - tier) * (_WIDE + _GAP) + 1.0
        for i, key in enumerate(keys):
            y = _TOP + _ROW * i
            if key[0]:
                at[key] = (x, y)
            else:
                more.append((x, y + 14.0, key[1]))
    return at, more


def _way(row: Mapping[str, Any], at: Mapping[_Key, tuple[float, float]], is_strong: bool) -> str:  # noqa: FBT001 - one of two looks
    supplier, buyer = _ends(row)
    if supplier not in at or buyer not in at:
        return ""
    (x, y), (u, v) = at[supplier], at[buyer]
    x, y, v = x + _WIDE, y + _TALL / 2, v + _TALL / 2
    bend = max((u - x) / 2, 30)
    look = f'stroke="{SECOND}" stroke-width="2.4"' if is_strong else f'stroke="{MUTED}" stroke-opacity=".7"'
    said = ", ".join(
        str(p) for p in (f"{row['supplier']} → {row['buyer']}", row["material"], row["date"], row["document"]) if p
    )
    way = f"M{px(x)},{px(y)}C{px(x + bend)},{px(y)} {px(u - bend)},{px(v)} {px(u)},{px(v)}"
    # A line of a px is hard to hit: an unseen one around it is what a hand means.
    reach = f'<path d="{way}" fill="none" stroke="#fff" stroke-opacity="0" stroke-width="{_REACH}"/>'
    shape = f'<path d="{way}" fill="none" {look}/>{reach}'
    return canvas.opened(row["href"], said, f"<title>{escape(said)}</title>{shape}")


def _box(key: _Key, place: tuple[float, float], is_strong: bool) -> str:  # noqa: FBT001 - one of two looks
    x, y = place
    edge = f'stroke="{SECOND}" stroke-width="2"' if is_strong else 'stroke="#b9c1c9"'
    shape = f'<rect x="{px(x)}" y="{px(y)}" width="{_WIDE}" height="{_TALL}" rx="4" fill="#fff" {edge}/>'
    lines = canvas.text(x + 8, y + 16, _short(key[0], _NAME), "bold") + canvas.text(
        x + 8, y + 31, _short(key[1], _GOOD), "quiet"
    )
    return f"<g><title>{escape(', '.join(filter(None, key)))}</title>{shape}{lines}</g>"


def _short(said: str, letters: int) -> str:
    return said if len(said) <= letters else f"{said[: letters - 1]}…"
