"""Parties and links of several files as numbers: who is who, and which links hold on a day."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.periods import first_day, last_day
from entrepot.core.words.translate import in_english
from entrepot.ownership.formats.links_draft import folded
from entrepot.ownership.joined_names import joined_names
from entrepot.ownership.method.stake_graph import stake_graph
from entrepot.ownership.stake import PERCENT

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import pyarrow as pa

    from entrepot.ownership.method.stake_graph import Ints, StakeGraph

_NEVER = 4_000_000  # beyond the ordinal of any day


@dataclass(frozen=True, eq=False)  # no slots: what is looked up by name is folded on first use
class OwnedParties:
    """Parties by number, and the links between them.

    Attributes:
        ids: of each party.
        names: of each party, as the first file that gives one.
        kinds: of each party.
        numbers: further numbers of a party, by its place.
        links: under OWNERSHIP_LINKS.
        owner, owned: of each link, the places of its parties.
        joined: ids by name -> the party with an id that they are taken for.
        apart: names without an id that several parties with one have.
    """

    ids: Sequence[str]
    names: Sequence[str]
    kinds: Sequence[str]
    numbers: Mapping[int, Sequence[str]]
    links: pa.Table
    owner: Ints
    owned: Ints
    joined: Mapping[str, str] = field(default_factory=dict)
    apart: Sequence[str] = ()

    @cached_property
    def by_id(self) -> Mapping[str, int]:
        """Id -> place."""
        return {party: at for at, party in enumerate(self.ids)}

    @cached_property
    def by_name(self) -> Mapping[str, Sequence[int]]:
        """Folded name -> places."""
        found: dict[str, list[int]] = {}
        for at, name in enumerate(self.names):
            found.setdefault(folded(name), []).append(at)
        return found


@in_english
def owned_parties(parties: pa.Table, links: pa.Table, own: Collection[str] = ()) -> OwnedParties:
    """Number the parties of several files.

    Args:
        parties: under OWNERSHIP_PARTIES.
        links: under OWNERSHIP_LINKS.
        own: the files that are tables of one's own, in which a name without an id may be that of a party with one.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    one = joined_names(parties, own)
    sides = [_put(links[c], one.into) for c in ("owner_id", "owned_id")]
    if one.into:
        parties = parties.filter(pc.invert(pc.is_in(parties["party_id"], pa.array(list(one.into)))))
    ids = pc.unique(
        pa.chunked_array([*parties["party_id"].chunks, *(chunk for side in sides for chunk in side.chunks)])
    )
    place = pc.index_in(parties["party_id"], ids).to_numpy()
    names, kinds, numbers = ids.to_pylist(), ["unknown"] * len(ids), {}
    told = zip(place.tolist(), *(parties[c].to_pylist() for c in ("party_id", "name", "kind", "numbers")), strict=True)
    for at, party, name, kind, more in told:
        if names[at] == party:
            names[at] = name
        if kinds[at] == "unknown":
            kinds[at] = kind
        if more:
            numbers[at] = more
    owner, owned = (pc.index_in(side, ids).to_numpy().astype(np.int64) for side in sides)
    return OwnedParties(ids.to_pylist(), names, kinds, numbers, links, owner, owned, *one)


def _put(column: pa.ChunkedArray, into: Mapping[str, str]) -> pa.ChunkedArray:
    """Ids, with those of names in place of which a party's own id is put."""
    import pyarrow as pa

    if not into:
        return column
    coded = column.combine_chunks().dictionary_encode()
    texts = pa.array([into.get(t, t) for t in coded.dictionary.to_pylist()], pa.string())
    return pa.chunked_array([texts.take(coded.indices)])


@dataclass(frozen=True, slots=True, eq=False)
class OnDay:
    """What holds on a day.

    Attributes:
        graph: stakes that a rule counts.
        link: of each stake of the graph, the place of a link that says it.
        control: owned -> (owner, place of the link) of ties that the rule does not count.
    """

    graph: StakeGraph
    link: Ints
    control: Mapping[int, Sequence[tuple[int, int]]]


def on_day(held: OwnedParties, day: date, counts: Sequence[str]) -> OnDay:
    """The links that hold on a day, as a graph.

    A link whose dates leave open whether it held that day may be any share from none to its most.

    Args:
        held: parties and links.
        day: the day.
        counts: the interests that are held against the threshold, each by itself; a tie of no known size goes with the
            first.
    """
    first, sure_from = _ordinals(held.links["valid_from"], -_NEVER)
    sure_to, last = _ordinals(held.links["valid_to"], _NEVER)
    now = day.toordinal()
    may, sure = (first <= now) & (now < last), (sure_from <= now) & (now < sure_to)
    interests = held.links["interest"].to_numpy(zero_copy_only=False)
    kind = np.full(len(interests), -1, dtype=np.int64)
    for name, number in (("linked", 0), *((c, n) for n, c in enumerate(counts))):
        kind[interests == name] = number
    ends = [held.links[c].to_numpy() for c in ("low_percent", "high_percent")]
    low, high = (np.rint(e * PERCENT).astype(np.int64) for e in ends)
    low = np.where(sure, low, 0)
    at = np.flatnonzero(may & (kind >= 0))
    slot = held.owned[at] * len(counts) + kind[at]
    high[at] = _doubtful(high[at], ~sure[at], held.owner[at] * len(held.ids) * len(counts) + slot)
    graph = stake_graph(len(held.ids), len(counts), held.owner[at].astype(np.int32), slot, (low[at], high[at]))
    control: dict[int, list[tuple[int, int]]] = {}
    for place in np.flatnonzero(may & (kind < 0)).tolist():
        control.setdefault(int(held.owned[place]), []).append((int(held.owner[place]), place))
    return OnDay(graph, at[graph.link], control)


def _doubtful(high: Ints, doubt: np.ndarray, key: Ints) -> Ints:
    """Of several links for one stake that may hold that day, one before and one after a change: the most of any."""
    out = high.copy()
    most: dict[int, int] = {}
    for place in np.flatnonzero(doubt).tolist():
        most[int(key[place])] = max(most.get(int(key[place]), 0), int(high[place]))
    for place in np.flatnonzero(doubt).tolist():
        out[place] = most[int(key[place])]
    return out


def _ordinals(column: pa.ChunkedArray, absent: int) -> tuple[Ints, Ints]:
    """First and last day of each partial date, as ordinals; each text is read once."""
    coded = column.combine_chunks().dictionary_encode()
    texts = coded.dictionary.to_pylist()
    ends = np.array([(first_day(t).toordinal(), last_day(t).toordinal()) for t in texts] + [(absent, absent)])
    places = coded.indices.fill_null(len(texts)).to_numpy(zero_copy_only=False)
    return ends[places, 0], ends[places, 1]
