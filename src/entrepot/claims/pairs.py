"""China and another side named side by side: China and Kazakhstan, between China and Central Asia."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from entrepot.claims.gazetteer import PAIRS

if TYPE_CHECKING:
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.sentence import Sentence

_SIDE_BY_SIDE = re.compile(r"\s?(?:and|with|и|с|[-–—、和与])\s?(?:the )?(?:five |стран\w* )?", re.IGNORECASE)


def named(sentence: Sentence) -> list[tuple[Hit, str]]:
    """The pairs of which both sides are named side by side, with where the first stands."""
    sides = [h for h in sentence.hits.of("names") if h.row["kind"] in ("country", "region")]
    found = []
    for a, b in pairwise(sides):
        other = b if a.row["id"] == "CN" else a if b.row["id"] == "CN" else None
        if other is not None and _SIDE_BY_SIDE.fullmatch(sentence.text[a.end : b.start]):
            known = "china-central-asia" if other.row["id"] == "Central Asia five" else PAIRS.get(other.row["id"])
            found += [(a, known)] if known else []
    return found


def nearest(sentence: Sentence, at: tuple[int, int]) -> str:
    """The pair named side by side that stands nearest to a figure; empty: none."""
    found = named(sentence)
    hit = sentence.nearest(at, [h for h, _ in found])
    return next((pair for h, pair in found if h is hit), "")
