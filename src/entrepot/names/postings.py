"""Which names hold which key, as flat arrays; a batch of queries is one sparse matrix product.

Row = key, column = name, value = rarity of the key over the norm of the name. The product of queries and this matrix
is the cosine of their keys, weighted by rarity. What a query meets depends on its own row alone, whatever the batch.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix

    Asked = tuple[Sequence[str], Sequence[str]]


_MOST_POSTINGS = 8_000  # touched by a query at most, from the rarest key on


@dataclass(frozen=True, eq=False)  # no slots: the matrix is made on first use
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

    @cached_property
    def _matrix(self) -> csr_matrix:
        from scipy.sparse import csr_matrix

        return csr_matrix((self.values, self.columns, self.starts), shape=(len(self.keys), self.names))

    def nearest(
        self, asked: Sequence[Asked], *, most: int, least: float
    ) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]]:
        """The nearest names of each query.

        Args:
            asked: for each query, groups of keys; each group is measured against the names that hold keys of it.
            most: names a query at most.
            least: cosine that a name must exceed.

        Returns:
            Query, name and cosine of each meeting, by query, then cosine, then name.
        """
        from scipy.sparse import csr_matrix
        from sparse_dot_topn import sp_matmul_topn

        rows, weights, ends = self._rows(asked)
        shape = (len(ends) - 1, len(self.keys))
        queries = csr_matrix((weights, rows, ends), shape=shape)
        if not len(rows) or not self.names:
            return np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.float32)
        met = sp_matmul_topn(queries, self._matrix, most, threshold=least)
        query = np.repeat(np.arange(shape[0]), np.diff(met.indptr))
        order = np.lexsort((met.indices, -met.data, query))
        return query[order], met.indices[order], met.data[order]

    def _rows(self, asked: Sequence[Asked]) -> tuple[NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]:
        """The queries as compressed rows: each known key once, over the norm of its group."""
        known, get = self.keys, self.keys.get
        flat = [get(k, -1) for groups in asked for keys in groups for k in keys]
        rows = np.array(flat, dtype=np.int32)
        sizes = np.array([len(keys) for groups in asked for keys in groups], dtype=np.intp)
        group = np.repeat(np.arange(len(sizes)), sizes)
        counts = (self.starts[1:] - self.starts[:-1])[rows] if known else np.ones(len(rows), np.int32)
        rarity = np.log1p(self.names / np.where(rows >= 0, counts, 1))  # a key that no name holds is the rarest
        mass = np.bincount(group, weights=rarity, minlength=len(sizes))
        weights = (1 / np.sqrt(np.maximum(mass, 1e-9)))[group]
        query, counts = group // 2, np.where(rows >= 0, counts, 0)
        order = np.lexsort((rows, counts, query))
        rows, weights, query, counts = rows[order], weights[order], query[order], counts[order]
        touched = np.cumsum(counts)
        before = np.concatenate([[0], touched])[np.searchsorted(query, query)]  # by the queries before this one
        held = (rows >= 0) & ((touched - before <= _MOST_POSTINGS) | (touched - before == counts))
        ends = np.concatenate([[0], np.cumsum(np.bincount(query[held], minlength=len(asked)))])
        return rows[held], weights[held].astype(np.float32), ends.astype(np.int32)


def build(keys: Iterable[tuple[Sequence[str], ...]]) -> Postings:
    """Postings of names.

    Args:
        keys: for each name, groups of keys, each key once; the norm of a name is that of the group.
    """
    known: dict[str, int] = {}
    rows: list[int] = []
    sizes: list[int] = []
    groups = 0
    for name in keys:
        groups = len(name)
        for found in name:
            sizes.append(len(found))
            rows += [known.setdefault(k, len(known)) for k in found]
    count = len(sizes) // groups if groups else 0
    row = np.array(rows, dtype=np.int32)
    group = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    held = np.bincount(row, minlength=len(known))
    rarity = np.log1p(count / np.maximum(held, 1))[row]
    mass = np.bincount(group, weights=rarity, minlength=len(sizes))
    order = np.argsort(row, kind="stable")
    values = (rarity / np.sqrt(np.maximum(mass, 1e-9))[group])[order]
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
    columns = (group // max(1, groups)).astype(np.int32)[order]
    return Postings(known, starts, columns, values.astype(np.float32), count)
