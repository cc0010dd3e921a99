"""Candidates for Chinese names: listed names near one of the ways in which a Chinese name may be written in Latin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.names.brands.brand_pair import STANDS
from entrepot.names.reading import keys
from entrepot.names.search import brand_evidence, prefilter
from entrepot.names.search.latin_variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.names.reading.name import Name
    from entrepot.names.search.arrays import Compiled

_MOST = 48  # names near one way of writing
_MOST_READ_ALOUD = 48  # of them, by their letters, held against the brand
_MOST_SOUNDING, _MOST_NEAR = 8, 6  # of them compared word by word: by their brands, by their letters
_LEAST = 0.1  # cosine; a translated brand is written in one of many ways, and asks for all of them
_LEAST_EVIDENCE = 0.95  # cosine of the keys and ratio of the letters together, where no brand speaks for a name
_NEEDS_BRAND = 0.6  # lowest score asked for, from which a name whose words do not stand for the brand is not compared
_LEAST_AGREEMENT = 0.6  # of a brand and a word of the other name, from which the letters of the names need not agree
_LEAST_HINT = 0.5  # below it the words are different words
_LEAST_LETTERS = 1.0  # cosine of the keys and ratio of the letters together, where the brand only hints


@dataclass(frozen=True, slots=True, eq=False)
class Meetings:
    """Meetings of queries and listed names.

    Attributes:
        query: position of the query; of integers.
        name: position of the listed name; of integers.
        near: cosine of the keys and ratio of the letters together, in the nearest way of writing; 0 where none is near.
        likely: whether the name was found by the pinyin, too.
    """

    query: NDArray[np.int64]
    name: NDArray[np.int64]
    near: NDArray[np.float64]
    likely: NDArray[np.bool_]

    def only(self, kept: Any) -> Meetings:
        """Some of them, by their positions or a mask."""
        return Meetings(self.query[kept], self.name[kept], self.near[kept], self.likely[kept])


def candidates(
    held: Compiled, readings: Sequence[Name], likely: Mapping[int, Iterable[int]], least: float
) -> dict[int, list[int]]:
    """For each query in Chinese the listed names worth comparing.

    Args:
        held: the listed names.
        readings: the queries; those without Chinese characters are passed over.
        likely: for each query listed names that were found by its pinyin.
        least: lowest score that is asked for.

    Returns:
        Place of the query -> places of listed names, in their order.
    """
    found = _joined(_near(held, readings), _found_before(readings, likely))
    found = found.only(_best(found, found.near, _MOST_READ_ALOUD) | found.likely)
    asked = brand_evidence.brands_of(readings)
    stood = brand_evidence.stood(held, asked, found.query, found.name)
    kept = np.flatnonzero(_likeliest(found, stood.best, least))
    if least >= _NEEDS_BRAND:
        kept = kept[_branded(held, asked, found.only(kept), stood.only(kept))]
    out: dict[int, list[int]] = {}
    for at, name in zip(found.query[kept].tolist(), found.name[kept].tolist(), strict=True):
        out.setdefault(at, []).append(name)
    return out


def _found_before(readings: Sequence[Name], likely: Mapping[int, Iterable[int]]) -> Meetings:
    pairs = [(at, name) for at, n in enumerate(readings) if n.han for name in likely.get(at, ())]
    both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return Meetings(both[:, 0], both[:, 1], np.zeros(len(both)), np.ones(len(both), dtype=bool))


def _likeliest(found: Meetings, sound: NDArray[np.float64], least: float) -> NDArray[np.bool_]:
    """The likeliest meetings of each query by brands and by letters, and those found by the pinyin."""
    open_ = found.near > 0
    if least >= _NEEDS_BRAND:
        open_ &= (sound >= STANDS) | (found.near >= _LEAST_EVIDENCE)
    by_brand, by_letters = (np.where(open_, value, 0) for value in (found.near + sound, found.near))
    chosen = _best(found, by_brand, _MOST_SOUNDING) | _best(found, by_letters, _MOST_NEAR)
    return (chosen & open_) | found.likely


def _firm(name: Name) -> bool:
    """Whether a name may be a firm's in Chinese: persons are looked for by their pinyin, and so is one character."""
    return name.han and name.kind != "person" and any(w.brand and len(w.shown) > 1 for w in name.words)


def _near(held: Compiled, readings: Sequence[Name]) -> Meetings:
    """The meetings that ways of writing bring, with how near the nearest way is."""
    written = [(at, way) for at, n in enumerate(readings) if _firm(n) for way in variants(n)]
    ways = [way for _, way in written]
    way, name, cosine = held.postings.nearest([keys.keys_asked(w) for w in ways], most=_MOST, least=_LEAST)
    near = cosine + prefilter.letters(held, ways, way, name, np.zeros(len(way), dtype=bool))[0]
    query = np.array([at for at, _ in written], dtype=np.int64)[way]
    return Meetings(query, name.astype(np.int64), near.astype(np.float64), np.zeros(len(way), dtype=bool))


def _joined(left: Meetings, right: Meetings) -> Meetings:
    """Meetings by query and name, each once, as near as it is at best."""
    query, name, near, likely = (
        np.concatenate([getattr(m, a) for m in (left, right)]) for a in ("query", "name", "near", "likely")
    )
    order = np.lexsort((-near, name, query))
    query, name, near, likely = query[order], name[order], near[order], likely[order]
    first = np.flatnonzero(np.diff(query, prepend=-1) | np.diff(name, prepend=-1))
    if not len(first):
        return left
    return Meetings(query[first], name[first], near[first], np.logical_or.reduceat(likely, first))


def _best(found: Meetings, value: NDArray[np.float64], most: int) -> NDArray[np.bool_]:
    """Which meetings are among those with the highest values of their query; of equal ones the first name."""
    order = np.lexsort((found.name, -value, found.query))
    query = found.query[order]
    rank = np.arange(len(query)) - np.searchsorted(query, query)
    chosen = np.zeros(len(query), dtype=bool)
    chosen[order] = rank < most
    return chosen


def _branded(
    held: Compiled, asked: brand_evidence.Brands, found: Meetings, stood: brand_evidence.Stood
) -> NDArray[np.bool_]:
    """Which listed names have a word that stands for a brand of the query; a query without a brand asks for none."""
    kept: NDArray[np.bool_] = np.diff(asked.shown.starts)[found.query] == 0
    agree = brand_evidence.agreement(held, asked, found.query, found.name, stood)
    near = (found.near >= _LEAST_LETTERS) | (found.near == 0)
    kept |= (agree >= _LEAST_AGREEMENT) | ((agree >= _LEAST_HINT) & near)
    return kept
