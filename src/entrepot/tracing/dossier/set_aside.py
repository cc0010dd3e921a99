"""Supplies left out of a chain by their lots alone that lead to a listed party or the region.

That other lots went into the goods is said by the maker's own records. Who reads the file must see what rests on them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.tracing.dossier.shipment_chain import OTHER_LOT, Walk
from entrepot.tracing.dossier.supplies import supplies

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from entrepot.tracing.balance.books import Books
    from entrepot.tracing.dossier.shipment_chain import Chain
    from entrepot.tracing.dossier.supplies import Supply


@dataclass(frozen=True, slots=True, eq=False)
class SetAside:
    """A way that lots on record keep out of the chain, and nothing else does.

    Attributes:
        steps: numbers of the steps to whose party it leads.
        way: supplies, from the listed party or the region down to such a step.
        more: how many more supplies of its first party lead to the chain so.
    """

    steps: tuple[int, ...]
    way: tuple[Supply, ...]
    more: int


def set_aside(books: Books, chain: Chain, leads: Callable[[Supply], bool]) -> list[SetAside]:
    """The shortest such way from each party, the nearest first.

    Args:
        books: what was loaded, known on the day.
        chain: of the shipment.
        leads: whether a supply comes from a listed party or the region, or may.
    """
    known = supplies(books)
    at = {_key(s): i for i, s in enumerate(known)}
    left = {at[_key(s)] for s, why in chain.left_out if why == OTHER_LOT}
    # Above what was left out lots are not looked at: the file has no record that its goods went elsewhere.
    walk = Walk(books, known, by_lots=False)
    walk.up_from([known[i] for i in sorted(left)])
    inside = {at[_key(s)] for _, s in chain.supplies}
    by_party: dict[str, list[tuple[int, ...]]] = {}
    for i in sorted({i for some in walk.outs.values() for i in some if i not in inside and leads(known[i])}):
        by_party.setdefault(known[i].first["supplier_id"], []).append(tuple(_down(walk, i, left)))
    found = []
    for ways in by_party.values():
        way = [known[i] for i in min(ways, key=lambda w: (len(w), w))]
        steps = tuple(s.number for s in chain.steps if s.key.party_id == way[-1].first["buyer_id"])
        found.append(SetAside(steps, tuple(way), len(ways) - 1))
    return sorted(found, key=lambda one: len(one.way))


def _key(supply: Supply) -> tuple[object, ...]:
    return supply.made_by, supply.first["buyer_id"], supply.first["file_id"], supply.first["row"]


def _down(walk: Walk, begin: int, ends: set[int]) -> Iterator[int]:
    """The way down from a supply to one of those from which the walk began, nearer by a tier with each supply."""
    at = begin
    while at not in ends:
        yield at
        key = min((k for k, some in walk.ins.items() if at in some), key=lambda k: (walk.tiers[k], k))
        nearer = [i for i in walk.outs[key] if i in ends] or [
            i
            for i in walk.outs[key]
            if any(i in some and walk.tiers[k] < walk.tiers[key] for k, some in walk.ins.items())
        ]
        at = min(nearer)
    yield at
