"""Which meetings of a name and a listed name are worth comparing: judged from their words, many at a time.

A comparison takes a tenth of a millisecond. Here rapidfuzz and numpy lay the words of all meetings of a batch side by
side at a fiftieth of that. What it loses and what it saves: docs/design/08-bulk-screening.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from entrepot.names.prepare import Name, Word

_NOTHING = 1e-6  # a name without words has no evidence


@dataclass(frozen=True, slots=True, eq=False)
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


class Gathered:
    """Words of names, gathered one name after the other."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._ids: list[int] = []
        self._slots: list[int] = []
        self._weights: list[float] = []
        self._starts = [0]

    def add(self, name: Name) -> None:
        """Take the words of the next name."""
        known = self._known
        for word in name.words:
            for form in _forms(word):
                self._ids.append(known.setdefault(form, len(known)))
                self._slots.append(len(self._weights))
            self._weights.append(word.weight)
        self._starts.append(len(self._ids))

    def words(self) -> Words:
        """All that was taken."""
        flat = (np.array(x, dtype=np.int32) for x in (self._starts, self._ids, self._slots))
        return Words(list(self._known), *flat, np.array(self._weights, dtype=np.float32))


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


def held_within(asked: Words, held: Words, query: Any, name: Any) -> NDArray[np.float32]:
    """Of each meeting how much of the one name's evidence the other holds, of the name that is held better; in [0, 1].

    Args:
        asked: the words of the queries.
        held: the words of the listed names.
        query, name: positions of those that meet.
    """
    pair, one, other, turned = _laid_out(asked, held, query, name)
    alike = _alike(asked, held, one, other)
    left = _share(alike, pair, asked.slots[one], asked.weights, len(query))
    back = np.empty_like(turned)
    back[turned] = np.arange(len(turned))
    right = _share(alike[back], pair, held.slots[other[back]], held.weights, len(query))
    return np.maximum(left, right)


def _laid_out(asked: Words, held: Words, query: Any, name: Any) -> tuple[Any, Any, Any, Any]:
    """Every form of one side beside every form of the other.

    Returns:
        For each two forms the meeting they are of, the form asked, the form held, and the place it has where the
        forms held come first.
    """
    first, second = asked.starts[query], held.starts[name]
    a, b = asked.starts[query + 1] - first, held.starts[name + 1] - second
    many = a * b
    pair = np.repeat(np.arange(len(query), dtype=np.int32), many)
    begin = (np.cumsum(many) - many)[pair]
    i, j = np.divmod(np.arange(len(pair)) - begin, b[pair])
    return pair, first[pair] + i, second[pair] + j, begin + j * a[pair] + i


def _alike(asked: Words, held: Words, one: Any, other: Any) -> Any:
    """How alike two forms are, in [0, 1]; two that are the same are not looked at again."""
    from rapidfuzz import fuzz, process

    left, right = asked.forms, held.forms
    whole = asked.ids[one].astype(np.int64) * len(right) + held.ids[other]
    once, at = np.unique(whole, return_inverse=True)
    a, b = np.divmod(once, max(1, len(right)))
    pairs = [left[i] for i in a.tolist()], [right[i] for i in b.tolist()]
    return (process.cpdist(*pairs, scorer=fuzz.ratio, dtype=np.float32) / 100)[at]


def _share(alike: Any, pair: Any, slots: Any, weights: Any, count: int) -> Any:
    """The evidence of the words of one side, each by its best counterpart, over all its evidence."""
    if not len(pair):
        return np.zeros(count, dtype=np.float32)
    begin = np.flatnonzero(np.concatenate([[True], (np.diff(slots) != 0) | (np.diff(pair) != 0)]))
    best, weight, owner = np.maximum.reduceat(alike, begin), weights[slots[begin]], pair[begin]
    met, whole = (np.bincount(owner, weights=w, minlength=count) for w in (best * weight, weight))
    return (met / np.maximum(whole, _NOTHING)).astype(np.float32)
