"""Supply links as a network: what a party supplies is a node, and its inputs are the links into that product."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

from entrepot.core.periods import first_day, last_day

Row = Mapping[str, Any]
Place = Literal["region", "elsewhere", "open"]
# Ends that are no party's: what a link says of its origin, and the part of an input that no link names.
REGION, ELSEWHERE, UNNAMED = 0, 1, 2
_ENDS = 3  # as many as there are above
_ROUNDING = 1e-9  # of sums of shares that were read from decimal text
_HUNDRED = 100.0  # per cent


class Good(NamedTuple):
    """What a party supplies or makes; `good` is empty where the file does not say."""

    party_id: str
    good: str


class Link(NamedTuple):
    """A link into a node.

    Attributes:
        source: the node that it comes from.
        low, high: its share of the node's input, 0 to 1.
        at: its place among the rows; None for the part that no link names.
    """

    source: int
    low: float
    high: float
    at: int | None


@dataclass(slots=True)
class Network:
    """Nodes with their inputs.

    Attributes:
        rows: the links, under SUPPLY_LINKS.
        goods: the nodes; the first three stand for ends that are no party's.
        inputs: by node, its links.
        is_unsure: by node, whether its shares are not known at all.
        late: rows that came after the product was supplied for the last time, so that none of it is in it.
        over: parties' products whose shares sum to more than the whole, read as not known.
        place_of: number of each node.
        names: name of each party, as the first link that names it has it.
    """

    rows: Sequence[Row]
    goods: list[Good] = field(default_factory=lambda: [Good("", "")] * _ENDS)
    inputs: list[list[Link]] = field(default_factory=lambda: [[] for _ in range(_ENDS)])
    is_unsure: list[bool] = field(default_factory=lambda: [False] * _ENDS)
    late: set[int] = field(default_factory=set)
    over: list[Good] = field(default_factory=list)
    place_of: dict[Good, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def name(self, node: int) -> str:
        """The name of the party of a node."""
        return self.names.get(self.goods[node].party_id, "")

    @property
    def final(self) -> list[int]:
        """Nodes with inputs that are supplied to nobody."""
        used = {self.place_of[Good(r["supplier_id"], folded(r["material"]))] for r in self.rows}
        return [i for i, links in enumerate(self.inputs) if links and i not in used]


def folded(good: str | None) -> str:
    """A good as two rows are held to mean the same by it."""
    return " ".join((good or "").casefold().split())


def network(rows: Sequence[Row], origins: Mapping[str, Place], exposed: Container[str] = ()) -> Network:
    """The network of links.

    Args:
        rows: under SUPPLY_LINKS, those known on the day.
        origins: where each origin that a link names lies: in the region, elsewhere, or not known.
        exposed: ids of parties that are exposed, or may be: what they supply is theirs, wherever it was grown.
    """
    made = Network(rows)
    into: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        into[row["buyer_id"]].append(i)
        for who in ("supplier", "buyer"):
            made.names.setdefault(row[f"{who}_id"], row[who])
    for row in rows:
        for good in (Good(row["buyer_id"], folded(row["product"])), Good(row["supplier_id"], folded(row["material"]))):
            if good not in made.place_of:
                made.place_of[good] = len(made.goods)
                made.goods.append(good)
                made.inputs.append([])
                made.is_unsure.append(False)
    last = _last_supplied(made)
    for good, node in made.place_of.items():
        chosen = [
            i for i in into.get(good.party_id, ()) if not good.good or folded(rows[i]["product"]) in {good.good, ""}
        ]
        kept = [i for i in chosen if not _is_after(rows[i], last.get(node))]
        made.late |= set(chosen) - set(kept)
        _fill(made, node, kept)
    _ended(made, origins, exposed)
    return made


def _last_supplied(made: Network) -> dict[int, date]:
    """The last day on which each node was supplied; not of those of which a supply is without a date."""
    found: dict[int, date] = {}
    for row in made.rows:
        node = made.place_of[Good(row["supplier_id"], folded(row["material"]))]
        found[node] = max(found.get(node, date.min), last_day(row["date"]) if row["date"] else date.max)
    return {node: day for node, day in found.items() if day != date.max}


def _is_after(row: Row, last: date | None) -> bool:
    return last is not None and bool(row["date"]) and first_day(row["date"]) > last


def _fill(made: Network, node: int, chosen: Sequence[int]) -> None:
    """Give a node its inputs with their shares."""
    rows = [made.rows[i] for i in chosen]
    sources = [made.place_of[Good(r["supplier_id"], folded(r["material"]))] for r in rows]
    ends = _ends(rows)
    if ends is None and _printed(rows):
        made.over.append(made.goods[node])
    made.is_unsure[node] = ends is None and len(rows) > 1
    ends = ends or [(0.0, 1.0)] * len(rows)
    links = [Link(s, lo, hi, i) for s, (lo, hi), i in zip(sources, ends, chosen, strict=True)]
    rest = (1 - sum(x.high for x in links), 1 - sum(x.low for x in links))
    if _printed(rows) and rest[1] > _ROUNDING and not made.is_unsure[node]:
        links.append(Link(UNNAMED, max(0.0, rest[0]), rest[1], None))
    made.inputs[node] = links


def _printed(rows: Sequence[Row]) -> bool:
    return bool(rows) and all(r["high_percent"] is not None for r in rows)


def _ends(rows: Sequence[Row]) -> list[tuple[float, float]] | None:
    """Shares by what all rows of a product say alike: per cent, value, quantity; None where nothing is said by all."""
    if _printed(rows):
        ends = [(r["low_percent"] / _HUNDRED, r["high_percent"] / _HUNDRED) for r in rows]
        return ends if sum(lo for lo, _ in ends) <= 1 + _ROUNDING else None
    for amount, units in (("value", ("currency",)), ("quantity", ("unit", "material"))):
        same = {tuple(folded(r[u]) for u in units) for r in rows}
        if len(same) == 1 and all(next(iter(same))) and all(r[amount] is not None for r in rows):
            total = sum(r[amount] for r in rows)
            return [(r[amount] / total, r[amount] / total) for r in rows]
    return None


def _ended(made: Network, origins: Mapping[str, Place], exposed: Container[str]) -> None:
    """Where nothing is known above a supplier, the link's origin stands in its place."""
    bare = {i for i, links in enumerate(made.inputs) if not links and made.goods[i].party_id not in exposed}
    for node, links in enumerate(made.inputs):
        for k, link in enumerate(links):
            place = origins.get(made.rows[link.at]["origin"] or "", "open") if link.at is not None else "open"
            if place == "region" or (place == "elsewhere" and link.source in bare):
                links[k] = link._replace(source=REGION if place == "region" else ELSEWHERE)
        made.inputs[node] = links


def parties(rows: Iterable[Row]) -> dict[str, dict[str, str | None]]:
    """The parties that links name, by id, with the first address and country that a link gives."""
    found: dict[str, dict[str, str | None]] = {}
    for row in rows:
        for who in ("supplier", "buyer"):
            held = found.setdefault(row[f"{who}_id"], {"name": row[who], "address": None, "country": None})
            if who == "supplier":
                held["address"] = held["address"] or row["supplier_address"]
                held["country"] = held["country"] or row["supplier_country"]
    return found
