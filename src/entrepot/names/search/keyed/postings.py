"""Which names hold which key, as flat arrays; a batch of queries is one sparse matrix product.

Row = key, column = name, value = rarity of the key over the norm of the name. The product of queries and this matrix
is the cosine of their keys, weighted by rarity. What a query meets depends on its own row alone, whatever the batch.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.native.library import address, library

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Asked = tuple[Sequence[str], Sequence[str]]
    _Found = tuple[NDArray[np.intp], NDArray[np.float32]]  # names and their cosines

MOST_POSTINGS = 6_000  # touched by a query at most, from the rarest key on
_PLACE = 32  # bits of a posting's place; a row has the 31 above
_PIECE = 1 << 17  # postings laid out at once: 1.5 MB, which a core's cache holds


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How many names a query, and the cosine that each must exceed."""

    most: int
    least: float


@dataclass(frozen=True, slots=True, eq=False)
class Postings:
    """An inverted index.

    Attributes:
        keys: key -> its row.
        starts: where the postings of each row begin, with one more at the end; int32.
        columns: names that hold the key; int32.
        values: rarity of the key over the norm of the name; float32.
        names: how many names there are.
    """

    keys: Mapping[str, int]
    starts: NDArray[np.int32]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]
    names: int

    def nearest(
        self, asked: Sequence[Asked], *, most: int, least: float, postings: int = MOST_POSTINGS
    ) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]]:
        """The nearest names of each query.

        Args:
            asked: for each query, groups of keys; each group is measured against the names that hold keys of it.
            most: names a query at most.
            least: cosine that a name must exceed.
            postings: what a query touches at most, from its rarest key on.

        Returns:
            Query, name and cosine of each meeting, by query, then cosine, then name.
        """
        rows, weights, ends = self._rows(asked, postings)
        if not len(rows) or not self.names:
            return np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.float32)
        wanted = _Wanted(min(most, self.names), least)
        found = self._found_by_core(rows, weights, ends, wanted)
        if found is not None:
            return found
        met = self._met(rows, weights, ends, wanted)
        query = np.repeat(np.arange(len(met)), [len(n) for n, _ in met])
        name, cosine = (np.concatenate(part) for part in zip(*met, strict=True))
        order = np.lexsort((name, -cosine, query))
        return query[order], name[order].astype(np.int32), cosine[order]

    def _found_by_core(
        self, rows: NDArray[np.int32], weights: NDArray[np.float32], ends: NDArray[np.int32], wanted: _Wanted
    ) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]] | None:
        """As `nearest`, by the compiled core; None where there is none, or it does not take what it is given."""
        core = library()
        if core is None:
            return None
        values, starts, columns = self._read
        given: tuple[NDArray[Any], ...] = (rows, weights, ends, starts, columns, values)
        if not all(a.flags.c_contiguous for a in given):
            return None
        count = len(ends) - 1
        room = count * wanted.most
        sums, touched = np.zeros(self.names, np.float32), np.empty(self.names, np.int32)
        heap = np.empty(2 * wanted.most, np.uint64)
        query, name, cosine = np.empty(room, np.int64), np.empty(room, np.int32), np.empty(room, np.float32)
        made_of: tuple[NDArray[Any], ...] = (sums, touched, heap, query, name, cosine)
        rows_at, weights_at, ends_at, starts_at, columns_at, values_at = map(address, given)
        made = core.nearest(
            *(rows_at, weights_at, ends_at, count, len(rows)),
            *(starts_at, len(starts) - 1, columns_at, values_at, len(columns)),
            *(self.names, wanted.most, wanted.least),
            *map(address, made_of),
        )
        return None if made < 0 else (query[:made].astype(np.intp), name[:made].copy(), cosine[:made].copy())

    def _met(
        self, rows: NDArray[np.int32], weights: NDArray[np.float32], ends: NDArray[np.int32], wanted: _Wanted
    ) -> list[_Found]:
        """Names and cosines of each query: the product of its row with the matrix."""
        values, starts, columns = self._read
        begin, end = starts[rows], starts[rows + 1]
        touched = np.concatenate([[0], np.cumsum(end - begin, dtype=np.int64)])
        sums, seen, found = np.zeros(self.names, np.float32), np.zeros(self.names, np.int32), []
        for a, b in pairwise(_pieces(touched[ends])):
            keys = slice(ends[a], ends[b])
            spans = list(zip(begin[keys].tolist(), end[keys].tolist(), strict=True))
            name = np.concatenate([columns[:0], *(columns[i:j] for i, j in spans)]).astype(np.intp)
            value = np.concatenate([values[:0], *(values[i:j] for i, j in spans)])
            value *= np.repeat(weights[keys], end[keys] - begin[keys])
            for i, j in pairwise((touched[ends[a : b + 1]] - touched[ends[a]]).tolist()):
                found.append(_summed(name[i:j], value[i:j], sums, seen, wanted))
        return found

    @property
    def _read(self) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
        """Values, starts and columns that a search reads."""
        return self.values, self.starts, self.columns

    def _rows(
        self, asked: Sequence[Asked], most: int = MOST_POSTINGS
    ) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """The queries as compressed rows: each known key once, over the norm of its group."""
        known, get = self.keys, self.keys.get
        flat = [get(k, -1) for groups in asked for keys in groups for k in keys]
        rows = np.array(flat, dtype=np.int32)
        sizes = np.array([len(keys) for groups in asked for keys in groups], dtype=np.intp)
        group = np.repeat(np.arange(len(sizes)), sizes)
        # A key that no name holds has row -1, whose count is not looked at.
        counts = self.starts[rows + 1] - self.starts[rows] if known else np.ones(len(rows), np.int32)
        rarity = np.log1p(self.names / np.where(rows >= 0, counts, 1))  # a key that no name holds is the rarest
        mass = np.bincount(group, weights=rarity, minlength=len(sizes))
        weights = (1 / np.sqrt(np.maximum(mass, 1e-9)))[group]
        query, counts = group // 2, np.where(rows >= 0, counts, 0)
        order = np.lexsort((rows, counts, query))
        rows, weights, query, counts = rows[order], weights[order], query[order], counts[order]
        touched = np.cumsum(counts)
        before = np.concatenate([[0], touched])[np.searchsorted(query, query)]  # by the queries before this one
        held = (rows >= 0) & ((touched - before <= most) | (touched - before == counts))
        ends = np.concatenate([[0], np.cumsum(np.bincount(query[held], minlength=len(asked)))])
        return rows[held], weights[held].astype(np.float32), ends.astype(np.int32)


def _pieces(touched: NDArray[np.int64]) -> list[int]:
    """Where to cut a batch of queries, given how many postings are touched before each, so that a piece is small."""
    cuts = [0]
    while cuts[-1] < len(touched) - 1:
        reach = int(np.searchsorted(touched, touched[cuts[-1]] + _PIECE, side="right")) - 1
        cuts.append(max(reach, cuts[-1] + 1))
    return cuts


def _summed(
    name: NDArray[np.intp],
    value: NDArray[np.float32],
    sums: NDArray[np.float32],
    seen: NDArray[np.int32],
    wanted: _Wanted,
) -> _Found:
    """The nearest names of a query.

    Args:
        name: of each posting that it touches, key after key.
        value: of each posting.
        sums: one a name, zero before and after.
        seen: one a name, anything.
        wanted: how many names, and the cosine that each must exceed.
    """
    np.add.at(sums, name, value)  # key after key: what floats sum to hangs on the order
    reached = sums[name]
    over = np.flatnonzero(reached > np.float32(wanted.least))[::-1]
    sums[name] = 0
    names, number = name[over], np.arange(len(over), dtype=np.int32)
    seen[names] = number  # of a name that several keys touch, the first one's place is written last
    once = np.flatnonzero(seen[names] == number)
    return _best(names[once], reached[over[once]], wanted)


def _best(name: NDArray[np.intp], cosine: NDArray[np.float32], wanted: _Wanted) -> _Found:
    """The nearest names; of those that are equally near at the end of the list, those that a heap keeps."""
    most = wanted.most
    if len(name) <= most:
        return name, cosine
    kept = np.flatnonzero(cosine >= np.partition(cosine, len(name) - most)[len(name) - most])
    if len(kept) > most:
        given = cosine.tolist()
        place = {id(c): at for at, c in enumerate(given)}  # a heap of bare numbers is compared at the speed of C
        kept = np.array([place[id(c)] for c in _heaped(given, most, wanted.least)])
    return name[kept], cosine[kept]


def _heaped(given: Sequence[float], most: int, least: float) -> list[float]:
    """The largest of the numbers given, the objects themselves, as a heap keeps them that takes one after the other."""
    heap = [least] * most
    for number in given:
        if number > heap[0]:
            heappop(heap)
            heappush(heap, number)
    return heap


def build(keys: Iterable[tuple[Sequence[str], ...]]) -> Postings:
    """Postings of names.

    Args:
        keys: for each name, groups of keys, each key once; the norm of a name is that of the group.
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    rows, sizes = array("i"), array("i")
    groups = 0
    for name in keys:
        groups = len(name)
        for found in name:
            sizes.append(len(found))
            rows.extend(map(known.__getitem__, found))
    return of_rows(known, np.frombuffer(rows, dtype=np.int32), np.frombuffer(sizes, dtype=np.int32), groups=groups)


def of_rows(known: Mapping[str, int], row: NDArray[np.int32], sizes: NDArray[Any], *, groups: int) -> Postings:
    """Postings of names whose keys have their rows.

    Args:
        known: key -> its row.
        row: the rows of each name's keys, group after group; what a group has twice counts once.
        sizes: how many keys each group has.
        groups: of keys a name.
    """
    held_names = len(sizes) // groups if groups else 0
    group = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    row, group, order = _by_row(row, group)
    held = np.bincount(row, minlength=len(known))
    rarity = np.log1p(held_names / np.maximum(held, 1))[row]
    mass = np.bincount(group, weights=rarity, minlength=len(sizes)).astype(np.float64)
    values = (rarity / np.sqrt(np.maximum(mass, 1e-9))[group])[order]
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
    columns = (group // max(1, groups)).astype(np.int32)[order]
    return Postings(dict(known), starts, columns, values.astype(np.float32), held_names)


def _by_row(row: NDArray[np.int32], group: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32], Any]:
    """Rows and groups of keys, each once a group, and their places by row."""
    # Row and place as one number: numbers are sorted in a fifth of the time that it takes to sort their places.
    order = np.sort((row.astype(np.int64) << _PLACE) | np.arange(len(row))) & ((1 << _PLACE) - 1)
    by_row, by_group = row[order], group[order]
    again = np.flatnonzero((by_row[1:] == by_row[:-1]) & (by_group[1:] == by_group[:-1])) + 1
    kept = np.ones(len(row), dtype=bool)
    kept[order[again]] = False
    return row[kept], group[kept], (np.cumsum(kept) - 1)[np.delete(order, again)]
