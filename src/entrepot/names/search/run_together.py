"""Listed names found by their letters alone: words run together, the same as a query's or one change apart.

Where a space was lost, put in or has slipped, the words are others and the letters are the same; so they are where a
scanner took one letter for another that prints alike. A letter lost, put in, mistaken or exchanged with the next leaves
the front of the letters whole, or the end. So each listed text is kept under its two halves with its length, and those
that share a half with a query, at a length that one change can make, are held against it. Words in another order are
found sorted, and a name of which a field held only the beginning under its beginnings.
See docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any
from zlib import crc32

import numpy as np

from entrepot.names.reading import keys

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import pyarrow as pa
    from numpy.typing import NDArray

    from entrepot.names.reading.name import Name

SHORTEST = 5  # letters; of fewer, one changed is another name, and groups of two letters find what is the same
# Letters of the beginnings under which longer texts are kept: fields of 30 and 35 places hold 24 to 34 letters.
_BEGINNINGS = (24, 28, 32)
# Two changes are let through where a half is shared: what one change does to letters that print alike (rn, m) is two.
_MOST_CHANGES = 2
_MOST_SHARING = 600  # texts that share a half at one length, or a beginning: more say nothing
_MOST = 24  # names a query, the nearest in length first; as many are compared of those that share keys
_FRONT, _END, _SORTED, _BEGUN = "^", "$", "=", "~"


@dataclass(frozen=True, slots=True, eq=False)
class RunTogether:
    """Listed texts under the checksums of their halves, and what else they are looked for by.

    Attributes:
        sums: ascending; uint32. Two parts may share one: what is found is compared.
        texts: position of the text that has the part; int32.
        owners: the entry of each text; int32.
        letters: the texts.
    """

    sums: NDArray[np.uint32]
    texts: NDArray[np.int32]
    owners: NDArray[np.int32]
    letters: pa.Array

    def found(self, asked: Sequence[Name]) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """The names that one change of a letter, another order of words or a cut makes of each query, or nothing does.

        Returns:
            Query and entry of each meeting, by query, each once.
        """
        texts, owner, sums, of = _asked(asked)
        begin = np.searchsorted(self.sums, sums)
        # Most parts are no listed text's: only of those that are is it asked how many share them.
        inside = np.flatnonzero(begin < len(self.sums))
        there = inside[self.sums[begin[inside]] == sums[inside]]
        begin, of = begin[there], of[there]
        counts = np.searchsorted(self.sums, sums[there], side="right") - begin
        counts[counts > _MOST_SHARING] = 0
        if not counts.any():
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32)
        which, first = np.repeat(of, counts), np.repeat(begin - np.cumsum(counts) + counts, counts)
        many = max(1, len(self.owners))
        which, held = np.divmod(np.unique(which * many + self.texts[first + np.arange(len(which))]), many)
        left, right = [texts[i] for i in which.tolist()], [self.letters[i].as_py() for i in held.tolist()]
        near, apart = _near(left, right)
        return _best(owner[which[near]], self.owners[held[near]], apart)

    def only(self, kept: NDArray[np.bool_]) -> RunTogether:
        """Without the texts of entries that are not kept."""
        held = kept[self.owners[self.texts]]
        return RunTogether(self.sums[held], self.texts[held], self.owners, self.letters)


def _asked(asked: Sequence[Name]) -> tuple[list[str], Any, Any, Any]:
    """Texts of queries, the query of each, and the checksums of parts that are looked for, with the text of each."""
    texts, owner, sums, of = list[str](), list[int](), list[int](), list[int]()
    for query, name in enumerate(asked):
        for text, found in _parts(name, _looked_for):
            sums += found
            of += [len(texts)] * len(found)
            texts.append(text)
            owner.append(query)
    return texts, np.array(owner, dtype=np.int64), np.array(sums, dtype=np.uint32), np.array(of, dtype=np.int64)


def _near(left: list[str], right: list[str]) -> tuple[NDArray[np.intp], NDArray[np.int64]]:
    """Which texts are near, or of which the left one begins the right one, and how much longer one is.

    Of a text that is begun only, how much longer is told below zero.
    """
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    changes = process.cpdist(left, right, scorer=OSA.distance, score_cutoff=_MOST_CHANGES, dtype=np.uint16)
    is_near = changes <= _MOST_CHANGES
    begun = [len(x) >= _BEGINNINGS[0] and y.startswith(x) for x, y in zip(left, right, strict=True)]
    found = np.flatnonzero(is_near | np.array(begun, dtype=bool))
    lengths = np.array([abs(len(left[i]) - len(right[i])) for i in found.tolist()], dtype=np.int64)
    return found, np.where(is_near[found], lengths, -lengths)


def _best(query: Any, name: Any, apart: Any) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    """The names of each query that are nearest in length, as many of those begun only; each once."""
    group = query * 2 + (apart < 0)
    order = np.lexsort((name, np.abs(apart), group))
    group, name = group[order], name[order]
    kept = np.arange(len(group)) - np.searchsorted(group, group) < _MOST
    many = int(name.max(initial=0)) + 1
    query, name = np.divmod(np.unique(group[kept] // 2 * many + name[kept]), many)
    return query, name.astype(np.int32)


def _parts(name: Name, ordered: Callable[[str], list[int]], together: str = "") -> Iterator[tuple[str, list[int]]]:
    """The texts of a name, each with the checksums of its parts."""
    for text in keys.letters(name, together):
        if len(text) >= SHORTEST:
            yield text, ordered(text)
    text = keys.sorted_letters(name)
    if len(text) >= SHORTEST:
        yield text, [_sum(_SORTED, 0, text)]


def _halves(length: int) -> tuple[int, int]:
    """Letters of the front and of the end; one letter between is in neither, for an exchange takes two places."""
    front = (length - 1) // 2
    return front, length - 1 - front


def _sum(side: str, length: int, part: str) -> int:
    return crc32(part.encode(), _begun(side, length))


@cache
def _begun(side: str, length: int) -> int:
    """The checksum of what stands before each part of a side and a length; a text has at most some hundred letters."""
    return crc32(f"{side}{length} ".encode())


def _held(text: str) -> list[int]:
    """The halves of a text with its length, and the beginnings of a long one."""
    size = len(text)
    front, end = _halves(size)
    found = [_sum(_FRONT, size, text[:front]), _sum(_END, size, text[size - end :])]
    if size > _BEGINNINGS[0]:
        found += [_sum(_BEGUN, n, text[:n]) for n in _BEGINNINGS if n < size]
    return found


def _looked_for(text: str) -> list[int]:
    """The halves of texts that one change can make of it, as long or a letter shorter or longer; how it begins."""
    found = []
    size = len(text)
    for length in (size - 1, size, size + 1):
        front, end = _halves(length)
        found += [_sum(_FRONT, length, text[:front]), _sum(_END, length, text[size - end :])]
    begun = max((n for n in _BEGINNINGS if n <= size), default=0)
    return [*found, _sum(_BEGUN, begun, text[:begun])] if begun else found


class Making:
    """Texts of names, gathered one name after the other."""

    def __init__(self) -> None:
        self._letters: list[str] = []
        self._owners: list[int] = []
        self._sums: list[int] = []
        self._of: list[int] = []
        self._names = 0

    def add(self, name: Name, together: str) -> None:
        """Take the letters of the next name, which run together as `keys.run` gives them."""
        for text, found in _parts(name, _held, together):
            self._sums += found
            self._of += [len(self._letters)] * len(found)
            self._letters.append(text)
            self._owners.append(self._names)
        self._names += 1

    def made(self) -> RunTogether:
        """All that was taken."""
        from entrepot.core.tables.buffers import texts

        sums = np.array(self._sums, dtype=np.uint32)
        order = np.argsort(sums, kind="stable")
        of, owners = np.array(self._of, dtype=np.int32)[order], np.array(self._owners, dtype=np.int32)
        return RunTogether(sums[order], of, owners, texts(self._letters))
