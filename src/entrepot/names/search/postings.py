"""Which names hold which key, as flat arrays; a batch of queries is one sparse matrix product.

Row = key, column = name, value = rarity of the key over the norm of the name. The product of queries and this matrix
is the cosine of their keys, weighted by rarity. What a query meets depends on its own row alone, whatever the batch.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

import importlib
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Asked = tuple[Sequence[str], Sequence[str]]


_MOST_POSTINGS = 6_000  # touched by a query at most, from the rarest key on


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
        rows, weights, ends = self._rows(asked)
        if not len(rows) or not self.names:
            return np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.float32)
        values, starts, columns = self._read
        met, names, found = _product()(
            top_n=min(most, self.names),
            nrows=len(ends) - 1,
            ncols=self.names,
            threshold=least,
            density=1.0,
            A_data=weights,
            A_indptr=ends,
            A_indices=rows,
            B_data=values,
            B_indptr=starts,
            B_indices=columns,
        )
        query = np.repeat(np.arange(len(ends) - 1), np.diff(found))
        order = np.lexsort((names, -met, query))
        return query[order], names[order], met[order]

    @property
    def _read(self) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
        """Values, starts and columns that a search reads."""
        return self.values, self.starts, self.columns

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


@cache
def _product() -> Any:
    """The product of sparse_dot_topn, over bare arrays: its package loads scipy, 0.2 s and 30 MB a process."""
    package, name = "sparse_dot_topn", "_sparse_dot_topn_core"
    whole = f"{package}.lib.{name}"
    found = find_spec(package)
    folders = [f"{folder}/lib" for folder in (found.submodule_search_locations if found else None) or ()]
    spec = PathFinder.find_spec(name, folders)
    if whole not in sys.modules and spec is not None and spec.loader is not None:
        sys.modules[whole] = module_from_spec(spec)  # a module that nothing holds takes its functions along
        spec.loader.exec_module(sys.modules[whole])
    return importlib.import_module(whole).sp_matmul_topn


def build(keys: Iterable[tuple[Sequence[str], ...]]) -> Postings:
    """Postings of names.

    Args:
        keys: for each name, groups of keys, each key once; the norm of a name is that of the group.
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    rows: list[int] = []
    sizes: list[int] = []
    groups = 0
    for name in keys:
        groups = len(name)
        for found in name:
            sizes.append(len(found))
            rows += map(known.__getitem__, found)
    held_names = len(sizes) // groups if groups else 0
    row = np.array(rows, dtype=np.int32)
    group = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)
    held = np.bincount(row, minlength=len(known))
    rarity = np.log1p(held_names / np.maximum(held, 1))[row]
    mass = np.bincount(group, weights=rarity, minlength=len(sizes))
    order = np.argsort(row, kind="stable")
    values = (rarity / np.sqrt(np.maximum(mass, 1e-9))[group])[order]
    starts = np.concatenate([[0], np.cumsum(held)]).astype(np.int32)
    columns = (group // max(1, groups)).astype(np.int32)[order]
    return Postings(dict(known), starts, columns, values.astype(np.float32), held_names)
