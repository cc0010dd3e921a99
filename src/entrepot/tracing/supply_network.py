"""Supply links as a network: what a party supplies is a node, and its inputs are the links into that product."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

import numpy as np

from entrepot.tracing.link_columns import LinkColumns, columns_of
from entrepot.tracing.link_shares import shares_of
from entrepot.tracing.method.loop_levels import spans
from entrepot.tracing.method.share_rows import ShareRows, rows_of

if TYPE_CHECKING:
    import pyarrow as pa

    from entrepot.tracing.method.share_rows import Flags, Floats, Ints

Row = Mapping[str, Any]
Place = Literal["region", "elsewhere", "open"]
# Ends that are no party's: what a link says of its origin, and the part of an input that no link names.
REGION, ELSEWHERE, UNNAMED = 0, 1, 2
ENDS = 3  # as many as there are above
_SPARSE = 16  # of numbers of which fewer than one in so many are there, marks cost more than sorting


class Good(NamedTuple):
    """What a party supplies or makes; `good` is empty where the file does not say."""

    party_id: str
    good: str


@dataclass(frozen=True)
class Network:
    """Nodes with their inputs.

    Attributes:
        links: the links, under SUPPLY_LINKS.
        columns: the same as numbers.
        keys: by node, party and good; the first three nodes stand for ends that are no party's.
        rows: the shares of the inputs.
        at: by input its place among the links; -1 for the part that no link names.
        made_for: by input the node that supplies it, where its origin stands in the place of what is not known too.
        is_unsure: by node, whether its shares are not known at all.
        late: links that came after the product was supplied for the last time, so that none of it is in it.
        base: how many nodes stand for ends and parties' goods; those behind them are lots and mixes of their stocks.
        over: nodes whose shares sum to more than the whole, read as not known.
        share_of: by node of the base, of what its shares are, as a place in `SHARE_OF`; -1 of one without inputs.
    """

    links: pa.Table
    columns: LinkColumns
    keys: Ints
    rows: ShareRows
    at: Ints
    made_for: Ints
    is_unsure: Flags
    late: int
    over: Ints
    base: int
    share_of: Ints

    def good(self, node: int) -> Good:
        """What a node is: whose, and which good."""
        if node < ENDS:
            return Good("", "")
        party, good = divmod(int(self.keys[node]), len(self.columns.goods))
        return Good(self.columns.ids[party], self.columns.goods[good])

    def name(self, node: int) -> str:
        """The name of the party of a node."""
        return "" if node < ENDS else self.columns.names[int(self.keys[node]) // len(self.columns.goods)]

    def inputs(self, node: int) -> range:
        """The inputs of a node."""
        return range(int(self.rows.starts[node]), int(self.rows.starts[node + 1]))

    def row(self, at: int) -> Row:
        """A link."""
        (found,) = self.links.slice(at, 1).to_pylist()
        return found  # type: ignore[no-any-return]

    def of_party(self, chosen: Flags) -> Flags:
        """Which nodes are of parties that were chosen by their number."""
        held = np.zeros(len(self.keys), dtype=bool)
        held[ENDS:] = chosen[self.keys[ENDS:] // len(self.columns.goods)]
        return held

    def nodes_of(self, party_id: str) -> Ints:
        """The nodes of a party."""
        chosen = np.array([i == party_id for i in self.columns.ids])
        return np.flatnonzero(self.of_party(chosen))

    def making(self, good: str) -> list[int]:
        """Nodes with inputs that make a good, as `folded` has it."""
        wanted = [i for i, g in enumerate(self.columns.goods) if g == good]
        made = np.isin(self.keys % len(self.columns.goods), wanted) & self.rows.has_inputs
        made[:ENDS] = made[self.base :] = False
        return [int(i) for i in np.flatnonzero(made)]

    @property
    def final(self) -> list[int]:
        """Nodes with inputs that are supplied to nobody."""
        used = np.zeros(len(self.keys), dtype=bool)
        used[self.supplied] = used[self.base :] = True
        used |= self._is_told_of_goods
        return [int(i) for i in np.flatnonzero(self.rows.has_inputs & ~used)]

    @property
    def _is_told_of_goods(self) -> Flags:
        """By node, whether its good is not said, and each link into it goes into a good of its party that is.

        Such a node is no end product of its own: what a party is supplied with for nothing in particular is in all that
        it supplies. A link that came too late for these is in no other node, and keeps it.
        """
        nameless = np.zeros(len(self.keys), dtype=bool)
        nameless[ENDS:] = self.keys[ENDS:] % len(self.columns.goods) == self.columns.nothing
        of_link = self.at >= 0
        takers, at = self.rows.takers[of_link], self.at[of_link]
        elsewhere = np.zeros(self.links.num_rows, dtype=bool)
        elsewhere[at[~nameless[takers]]] = True
        own = np.bincount(takers[~elsewhere[at]], minlength=len(self.keys)) > 0
        return nameless & (np.bincount(takers, minlength=len(self.keys)) > 0) & ~own

    @cached_property
    def supplied(self) -> Ints:
        """By link, the node that it is supplied from."""
        return _node_of(self.keys[: self.base], self.columns.supplier * len(self.columns.goods) + self.columns.material)


def _distinct(numbers: Ints, below: int) -> Ints:
    """The numbers that there are, in order: by marks where they lie close, which takes no sorting."""
    if below > _SPARSE * len(numbers):
        return np.unique(numbers)
    marks = np.zeros(below, dtype=bool)
    marks[numbers] = True
    return np.flatnonzero(marks)


def _node_of(keys: Ints, wanted: Ints) -> Ints:
    return ENDS + np.searchsorted(keys[ENDS:], wanted)


def network(links: pa.Table, origins: Mapping[str, Place], exposed: Container[str] = ()) -> Network:
    """The network of links.

    Args:
        links: under SUPPLY_LINKS, those known on the day.
        origins: where each origin that a link names lies: in the region, elsewhere, or not known.
        exposed: ids of parties that are exposed, or may be: what they supply is theirs, wherever it was grown.
    """
    return with_origins(unended_network(links), origins, exposed)


def unended_network(links: pa.Table) -> Network:
    """The network of links, before their origins stand in the place of what is not known above them.

    Args:
        links: under SUPPLY_LINKS, those known on the day.
    """
    links = links.combine_chunks()
    seen = columns_of(links)
    many = len(seen.goods)
    given, taken = seen.supplier * many + seen.material, seen.buyer * many + seen.product
    keys = np.concatenate([np.full(ENDS, -1), _distinct(np.concatenate([given, taken]), len(seen.ids) * many)])
    supplied = _node_of(keys, given)
    takers, at = _inputs(seen, keys)
    is_late = seen.first[at] > _last_supplied(seen, supplied, len(keys))[takers]
    late = len(_distinct(at[is_late], links.num_rows))
    takers, at = takers[~is_late], at[~is_late]
    found = shares_of(seen, len(keys), takers, at)
    takers, at = np.concatenate([takers, found.rest_of]), np.concatenate([at, np.full(len(found.rest_of), -1)])
    order = np.argsort(takers, kind="stable")
    takers, at = takers[order], at[order]
    low, high = (np.concatenate(x)[order] for x in ((found.low, found.rest_low), (found.high, found.rest_high)))
    sources = np.where(at < 0, UNNAMED, supplied[at])
    rows = rows_of(len(keys), takers, sources, low, high)
    over = np.flatnonzero(found.is_over)
    return Network(links, seen, keys, rows, at, sources, found.is_unsure, late, over, len(keys), found.share_of)


def _inputs(seen: LinkColumns, keys: Ints) -> tuple[Ints, Ints]:
    """Of each node the links into it: those that name its good, and those that name none; takers and links."""
    many = len(seen.goods)
    own = np.flatnonzero(seen.product != seen.nothing)
    takers, at = [_node_of(keys, seen.buyer[own] * many + seen.product[own])], [own]
    nodes = np.arange(ENDS, len(keys))
    is_any = keys[nodes] % many == seen.nothing
    for some, links in (
        (nodes[is_any], np.arange(len(seen.buyer))),
        (nodes[~is_any], np.flatnonzero(seen.product == seen.nothing)),
    ):
        order = links[np.argsort(seen.buyer[links], kind="stable")]
        starts = np.searchsorted(seen.buyer[order], np.arange(len(seen.ids) + 1))
        party = keys[some] // many
        takers.append(np.repeat(some, starts[party + 1] - starts[party]))
        at.append(order[spans(starts, party)])
    all_takers, all_at = np.concatenate(takers), np.concatenate(at)
    order = np.lexsort((all_at, all_takers))
    return all_takers[order], all_at[order]


def _last_supplied(seen: LinkColumns, supplied: Ints, nodes: int) -> Ints:
    """By node the last day on which it was supplied; the last of all days where a supply is without a date."""
    open_end = np.iinfo(np.int64).max
    found = np.full(nodes, -1, dtype=np.int64)
    np.maximum.at(found, supplied, seen.last)
    return np.where(found < 0, open_end, found)


def with_origins(made: Network, origins: Mapping[str, Place], exposed: Container[str]) -> Network:
    """The network in which a link's origin stands in the place of its supplier, where nothing is known above that.

    Args:
        made: the network.
        origins: where each origin that a link names lies.
        exposed: ids of parties that are exposed, or may be.
    """
    seen = made.columns
    places = [origins.get(text, "open") for text in seen.origins]
    in_region, elsewhere = (np.array([p == x for p in places])[seen.origin] for x in ("region", "elsewhere"))
    is_exposed = made.of_party(np.array([i in exposed for i in seen.ids]))
    bare = ~made.rows.has_inputs & ~is_exposed
    named = made.at >= 0
    sources = made.rows.sources.copy()
    sources[named & in_region[made.at]] = REGION
    sources[named & elsewhere[made.at] & bare[made.made_for]] = ELSEWHERE
    return replace(made, rows=replace(made.rows, sources=sources))


def folded(good: str | None) -> str:
    """A good as two rows are held to mean the same by it."""
    return " ".join((good or "").casefold().split())


def likely_rows(made: Network, rows: ShareRows) -> ShareRows:
    """The shares with ranges at their middle; those that are not known at all stay open."""
    takers = rows.takers
    is_open = made.is_unsure[takers]
    middle: Floats = (rows.low + rows.high) / 2
    sums = np.bincount(takers, weights=middle, minlength=rows.nodes)
    middle = middle / np.where(sums > 0, sums, 1)[takers]
    return replace(rows, low=np.where(is_open, rows.low, middle), high=np.where(is_open, rows.high, middle))
