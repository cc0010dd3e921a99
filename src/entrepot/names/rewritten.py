"""Candidates for Chinese names: listed names near one of the ways in which a Chinese name may be written in Latin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.names import keys, sift
from entrepot.names.brands import STANDS, nearest
from entrepot.names.variants import variants

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from entrepot.names.compiled import Compiled
    from entrepot.names.prepare import Name

_MOST = 48  # names near one way of writing
_MOST_READ_ALOUD = 48  # of them, by their letters, held against the brand
_MOST_SOUNDING, _MOST_NEAR = 8, 6  # of them compared word by word: by their brands, by their letters
_LEAST = 0.1  # cosine; a translated brand is written in one of many ways, and asks for all of them
_LEAST_EVIDENCE = 0.95  # cosine of the keys and ratio of the letters together, where no brand speaks for a name
_NEEDS_BRAND = 0.6  # lowest score asked for, from which a name whose words do not stand for the brand is not compared


def candidates(
    held: Compiled, readings: Sequence[Name], listed: Callable[[int], Name], least: float
) -> dict[int, list[int]]:
    """For each query in Chinese the listed names worth comparing.

    Args:
        held: the listed names.
        readings: the queries; those without Chinese characters are passed over.
        listed: a listed name by its place.
        least: lowest score that is asked for.

    Returns:
        Place of the query -> places of listed names, the likeliest first.
    """
    written = [(at, way) for at, n in enumerate(readings) if _firm(n) for way in variants(n)]
    if not written:
        return {}
    found = _near(held, written)
    return {at: _likeliest(readings[at], near, listed, least) for at, near in found.items()}


def _firm(name: Name) -> bool:
    """Whether a name may be a firm's in Chinese: persons are looked for by their pinyin, and so is one character."""
    return name.han and name.kind != "person" and any(w.brand and len(w.shown) > 1 for w in name.words)


def _near(held: Compiled, written: Sequence[tuple[int, Name]]) -> dict[int, dict[int, float]]:
    """Query -> listed name -> how near the nearest way of writing is."""
    ways = [way for _, way in written]
    asked = [keys.keys_asked(way) for way in ways]
    way, name, cosine = held.postings.nearest(asked, most=_MOST, least=_LEAST)
    near = cosine + sift.letters(held, ways, way, name, np.zeros(len(way), dtype=bool))[0]
    out: dict[int, dict[int, float]] = {}
    for i, at, value in zip(way.tolist(), name.tolist(), near.tolist(), strict=True):
        found = out.setdefault(written[i][0], {})
        found[at] = max(value, found.get(at, 0.0))
    return out


def _likeliest(name: Name, near: dict[int, float], listed: Callable[[int], Name], least: float) -> list[int]:
    found = {n: near[n] for n in _best(near, _MOST_READ_ALOUD)}
    sound = {n: nearest(name, listed(n)) for n in found}
    if least >= _NEEDS_BRAND:
        found = {n: v for n, v in found.items() if sound[n] >= STANDS or v >= _LEAST_EVIDENCE}
    both = {n: v + sound[n] for n, v in found.items()}
    return list(dict.fromkeys([*_best(both, _MOST_SOUNDING), *_best(found, _MOST_NEAR)]))


def _best(values: dict[int, float], most: int) -> list[int]:
    """The keys of the highest values, highest first."""
    return sorted(values, key=lambda n: (-values[n], n))[:most]
