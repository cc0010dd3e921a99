"""The words of many names as flat arrays, each form of a word once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from entrepot.names.reading.name import Name, Word


@dataclass(frozen=True, eq=False)  # no slots: what is asked of all forms is found on first use
class Words:
    """The words of many names as flat arrays; a word may be written in several forms.

    Attributes:
        forms: each form once.
        starts: where the forms of each name begin, with one more at the end; int32.
        ids: for each form of each name, its position in `forms`; int32.
        slots: for each form of each name, which word it is a form of, counted over all names; int32.
        weights: evidence of each word; float32.
    """

    forms: Sequence[str]
    starts: NDArray[np.int32]
    ids: NDArray[np.int32]
    slots: NDArray[np.int32]
    weights: NDArray[np.float32]

    @cached_property
    def one_letter(self) -> NDArray[np.bool_]:
        """Which forms are a single letter."""
        found: NDArray[np.bool_] = np.array(list(map(len, self.forms)), dtype=np.int64) == 1
        return found


@dataclass(frozen=True, slots=True, eq=False)
class Texts:
    """Texts of many names as flat arrays.

    Attributes:
        texts: each text once.
        starts: where the texts of each name begin, with one more at the end; int32.
        ids: for each text of each name, its position in `texts`; int32.
    """

    texts: Sequence[str]
    starts: NDArray[np.int32]
    ids: NDArray[np.int32]


def texts_of(names: Iterable[Sequence[str]]) -> Texts:
    """Texts of names, gathered.

    Args:
        names: the texts of each name.
    """
    known: defaultdict[str, int] = defaultdict(count().__next__)
    ids: list[int] = []
    starts = [0]
    for found in names:
        ids += map(known.__getitem__, found)
        starts.append(len(ids))
    return Texts(list(known), np.array(starts, dtype=np.int32), np.array(ids, dtype=np.int32))


class Gathered:
    """Words of names, gathered one name after the other."""

    def __init__(self) -> None:
        self._known: defaultdict[str, int] = defaultdict(count().__next__)
        self._ids: list[int] = []
        self._slots: list[int] = []
        self._weights: list[float] = []
        self._starts = [0]

    def add(self, name: Name) -> None:
        """Take the words of the next name."""
        known, ids, slots, weights = self._known, self._ids, self._slots, self._weights
        for word in name.words:
            at = len(weights)
            weights.append(word.weight)
            if word.kind == "core" and not word.other:
                ids.append(known[word.text])
                slots.append(at)
                continue
            for form in _forms(word):
                ids.append(known[form])
                slots.append(at)
        self._starts.append(len(ids))

    def words(self) -> Words:
        """All that was taken."""
        starts, ids, slots = (np.array(x, dtype=np.int32) for x in (self._starts, self._ids, self._slots))
        return Words(list(self._known), starts, ids, slots, np.array(self._weights, dtype=np.float32))


def beside(asked: Any, held: Any, query: Any, name: Any) -> tuple[Any, Any, Any, Any]:
    """Everything of one side beside everything of the other, meeting by meeting.

    Args:
        asked: where what belongs to each query begins, with one more at the end.
        held: likewise of the listed names.
        query: of each meeting the position among the queries.
        name: of each meeting the position among the listed names.

    Returns:
        For each two things the meeting they are of, the thing asked, the thing held, and the place it has where the
        things held come first.
    """
    first, second = asked[query], held[name]
    a, b = asked[query + 1] - first, held[name + 1] - second
    many = a * b
    pair = np.repeat(np.arange(len(query), dtype=np.int32), many)
    begin = (np.cumsum(many) - many)[pair]
    i, j = np.divmod(np.arange(len(pair)) - begin, b[pair])
    return pair, first[pair] + i, second[pair] + j, begin + j * a[pair] + i


def words_of(names: Iterable[Name]) -> Words:
    """The words of names."""
    found = Gathered()
    for name in names:
        found.add(name)
    return found.words()


def _forms(word: Word) -> Iterable[str]:
    """As it is compared, in its further readings, and as it was written: a typo changes letters, not a meaning."""
    if word.kind == "core":
        return (word.text, *word.other) if word.other else (word.text,)
    shown = (word.shown.replace(" ", ""),) if word.shown.isascii() else ()
    return dict.fromkeys((word.text, *word.other, *shown))
