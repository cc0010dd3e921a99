"""Walks over which a series is integrated, and how likely each is by what all other places have shown."""

from __future__ import annotations

from functools import cache
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.series.contract import WALK_EVIDENCE
from entrepot.corridors.series.level import Walk

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array: TypeAlias = NDArray[np.float64]

# A yearly change of 3 to 70 percent beside the growth (drift times the root of twelve), months from calm to wild, weak
# and strong seasons; growth of a rate that stays, within 30 percent a year, or of one that turns within some years.
_DRIFTS, _UNRESTS, _SEASONS = (0.01, 0.03, 0.08, 0.2), (0.04, 0.1, 0.2, 0.4), (0.05, 0.15)
_GROWTHS = ((0.15, 1000.0), (0.4, 4.0))  # a year, and the years it lasts: of seven pairs tried the likeliest two
WALKS = tuple(Walk(d, u, s, *g) for g, d, u, s in product(_GROWTHS, _DRIFTS, _UNRESTS, _SEASONS))
_OF_OURS = 3.0  # series with every walk alike, set beside those of the record: no walk is ruled out by sixty of them
_LEAST = 0.003  # of the weight: a walk that the pool holds for less likely is not tried
_ROUNDS = 100  # of expectation and maximisation; weights then change by less than a thousandth


@cache
def likely_walks(place_id: str) -> Mapping[Walk, float]:
    """How likely each walk is before a series of a place is looked at: by the series of all other places.

    Args:
        place_id: the place, whose own series are left out.

    Returns:
        Walk -> probability; those too unlikely to be tried are left out.
    """
    weights = _pooled(_evidence(place_id))
    return {w: float(p) for w, p in zip(WALKS, weights, strict=True) if p >= _LEAST}


def _evidence(place_id: str) -> Array:
    """How well each series of other places fits each walk, in logarithms, shape (series, walks)."""
    number = {w: k for k, w in enumerate(WALKS)}
    held: dict[str, Array] = {}
    for row in packaged_rows(WALK_EVIDENCE):
        walk = Walk(row["drift"], row["unrest"], row["season"], row["growth"], row["lasts"])
        if row["place_id"] != place_id:
            held.setdefault(row["series"], np.full(len(WALKS), -np.inf))[number[walk]] = row["evidence"]
    return np.array(list(held.values())).reshape(len(held), len(WALKS))


def _pooled(evidence: Array) -> Array:
    """The weights under which all series together are most probable, each of `_OF_OURS` among them."""
    fits = np.exp(evidence)
    weights = np.full(len(WALKS), 1 / len(WALKS))
    for _ in range(_ROUNDS):
        each = fits * weights
        whole = (each / each.sum(axis=1, keepdims=True)).sum(axis=0) + _OF_OURS / len(WALKS)
        weights = whole / whole.sum()
    return np.asarray(weights, dtype=np.float64)
