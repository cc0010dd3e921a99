"""A network in which stocks are followed: each supply out of one is a node, made of what had come by then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.method.share_rows import rows_of
from entrepot.tracing.stocks.lots import LOTS, Came, Left
from entrepot.tracing.supply_network import ENDS, UNNAMED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from entrepot.tracing.method.share_rows import Floats, Ints
    from entrepot.tracing.stocks.lots import Lot, Rule
    from entrepot.tracing.supply_network import Network

# Inputs of one stock times its lots, in the worst case, where each lot may be of each input: as many links are made.
_MOST = 1_000_000


@dataclass(slots=True)
class _Grown:
    """Nodes and links that are added."""

    keys: list[int]
    takers: list[int]
    sources: list[int]
    low: list[float]
    high: list[float]
    at: list[int]
    unsure: list[bool]

    def add(self, taker: int, source: int, ends: tuple[float, float], at: int) -> None:
        """A link."""
        self.takers.append(taker)
        self.sources.append(source)
        self.low.append(ends[0])
        self.high.append(ends[1])
        self.at.append(at)


def with_stocks(made: Network, rule: Rule) -> tuple[Network, int, int]:
    """The network with its stocks followed, and how many are and are not.

    Args:
        made: the network, before origins stand in the place of ends.
        rule: what leaves first.
    """
    amounts = _amounts(made)
    order = np.argsort(made.supplied, kind="stable")
    begin = np.searchsorted(made.supplied[order], np.arange(len(made.keys) + 1))
    grown = _Grown([], [], [], [], [], [], [])
    lot_of = np.full(made.links.num_rows, -1, dtype=np.int64)
    followed = stocks = 0
    for node in range(ENDS, len(made.keys)):
        out = order[begin[node] : begin[node + 1]]
        if not len(out) or not made.inputs(node):
            continue
        stocks += 1
        flows = _flows(made, node, out, amounts)
        if flows is not None and len(flows[0]) * len(flows[1]) <= _MOST:
            followed += 1
            _follow(made, node, LOTS[rule](*flows), grown, lot_of)
    return _joined(made, grown, lot_of), followed, stocks - followed


def _amounts(made: Network) -> tuple[Floats, Floats]:
    seen = made.columns
    value = np.where(seen.currency >= 0, seen.value, np.nan)
    return value, np.where(seen.measure >= 0, seen.quantity, np.nan)


def _flows(made: Network, node: int, out: Ints, amounts: tuple[Floats, Floats]) -> tuple[list[Came], list[Left]] | None:
    """What came and what left, by day; None where days or amounts are not all known."""
    seen, rows = made.columns, made.rows
    some = slice(int(rows.starts[node]), int(rows.starts[node + 1]))
    at = made.at[some]
    exact = (at >= 0).all() and (rows.high[some] - rows.low[some] <= 0).all()
    if not exact or any((seen.first[x] != seen.last[x]).any() for x in (at, out)):
        return None
    for amount, unit in zip(amounts, (seen.currency, seen.measure), strict=True):
        if not np.isnan(amount[out]).any() and len(np.unique(unit[out])) == 1:
            part = amount[out] / amount[out].sum()
            left = [Left(int(k), int(seen.first[k]), float(p)) for k, p in zip(out, part, strict=True)]
            used = [k for k in made.inputs(node) if rows.low[k] > 0]
            came = [Came(k, int(seen.first[made.at[k]]), float(rows.low[k])) for k in used]
            return sorted(came, key=lambda x: (x.day, x.what)), sorted(left, key=lambda x: (x.day, x.what))
    return None


def _follow(made: Network, node: int, lots: Iterable[Lot], grown: _Grown, lot_of: Ints) -> None:
    first = len(made.keys) + len(grown.keys)
    for number, lot in enumerate(lots):
        _add(made, node, lot, (first, number), grown)
        if lot.link >= 0:
            lot_of[lot.link] = first + number


def _add(made: Network, node: int, lot: Lot, place: tuple[int, int], grown: _Grown) -> None:
    first, number = place
    taker = first + number
    grown.keys.append(int(made.keys[node]))
    grown.unsure.append(any(lo < hi for lo, hi in (*(p[1:] for p in lot.parts), lot.unknown)))
    for k, lo, hi in lot.parts:
        grown.add(taker, int(made.rows.sources[k]), (lo, hi), int(made.at[k]))
    if lot.mix is not None:
        grown.add(taker, first + lot.mix[0], (lot.mix[1], lot.mix[1]), -1)
    if lot.unknown[1] > 0:
        grown.add(taker, UNNAMED, lot.unknown, -1)


def _joined(made: Network, grown: _Grown, lot_of: Ints) -> Network:
    rows = made.rows
    takers = np.concatenate([rows.takers, np.array(grown.takers, dtype=np.int64)])
    at = np.concatenate([made.at, np.array(grown.at, dtype=np.int64)])
    sources = np.concatenate([rows.sources, np.array(grown.sources, dtype=np.int64)])
    moved = (at >= 0) & (lot_of[at] >= 0)
    sources[moved] = lot_of[at[moved]]
    order = np.argsort(takers, kind="stable")
    low, high = (np.concatenate(x)[order] for x in ((rows.low, grown.low), (rows.high, grown.high)))
    keys = np.concatenate([made.keys, np.array(grown.keys, dtype=np.int64)])
    return replace(
        made,
        keys=keys,
        rows=rows_of(len(keys), takers[order], sources[order], low, high),
        at=at[order],
        made_for=sources[order],
        is_unsure=np.concatenate([made.is_unsure, np.array(grown.unsure, dtype=bool)]),
    )
