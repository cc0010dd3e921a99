"""An index in which only some of its names can be met, each with the weights that it has among all."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from entrepot.names.search.index import Index
from entrepot.names.search.keyed.postings import Postings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from entrepot.names.search.arrays import Compiled


@dataclass(frozen=True, eq=False)
class _Narrowed(Postings):
    """Postings of which only those of the names kept are read; how rare a key is stays as among all."""

    kept: NDArray[np.bool_]

    @cached_property
    def _read(self) -> tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]:
        held = self.kept[self.columns]
        starts = np.concatenate([[0], np.cumsum(held)])[self.starts].astype(np.int32)
        return self.values[held], starts, self.columns[held]


def narrowed(held: Compiled, positions: Iterable[int]) -> Index:
    """An index over compiled names that meets only those at some positions, and costs as little as they are few.

    A name that the whole index meets at one of the positions is met here too: nothing crowds it out.

    Args:
        held: the whole index.
        positions: of the names that can be met, among the names that the index was made of.
    """
    wanted = np.zeros(held.count, np.bool_)
    wanted[list(positions)] = True
    found = held.postings
    entry = np.repeat(np.arange(found.names), np.diff(held.starts))
    kept = np.zeros(found.names, np.bool_)
    kept[entry[wanted[held.owners]]] = True
    narrow = _Narrowed(found.keys, found.starts, found.columns, found.values, found.names, kept)
    return Index.over(replace(held, postings=narrow, letters=held.letters.only(kept), path=""))
