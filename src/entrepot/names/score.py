"""The score of two names laid side by side: evidence met, against evidence that stands alone.

score = met / (met + ONE_SIDED * surplus + TWO_SIDED * conflict), then the bounds of the features below. `met` is
the weight
of the words that meet, times how alike they are; `conflict` is what stands alone on both sides, `surplus` the rest.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.names.align import Alignment, align
from entrepot.names.features import FEATURES, Effect, run_together

if TYPE_CHECKING:
    from entrepot.names.prepare import Name, Word

# A longer form of a name adds words; a different name has others. Chosen so that one distinctive word of three added
# keeps a score of 0.85 and one of three exchanged falls below 0.65.
ONE_SIDED = 0.45
TWO_SIDED = 1.35


@dataclass(frozen=True, slots=True)
class Similarity:
    """How alike two names are.

    Attributes:
        score: in [0, 1]; 1 for the same name. It orders pairs; it is not a probability.
        reasons: sentences on what met, what did not and what bounds the score.
    """

    score: float
    reasons: tuple[str, ...]


def compare(left: Name, right: Name, *, floor: float = 0.0) -> Similarity:
    """Compare two prepared names.

    Args:
        left: a name from `prepare`.
        right: the other.
        floor: below it the score is only known to lie below it, and no reasons are written: a search drops such
        pairs.
    """
    if not left.words or not right.words:
        return Similarity(0.0, ("One of the names has no letters or digits to compare.",))
    met = align(left, right)
    met_share = evidence(met)
    if met_share < floor and run_together(met) is None:
        return Similarity(met_share, ())  # all other features only lower it
    effects = [e for feature in FEATURES if (e := feature(met)) is not None]
    return Similarity(_bounded(met_share, effects), tuple(e.sentence for e in effects))


def evidence(met: Alignment) -> float:
    """Evidence met as a share of all evidence, in [0, 1]."""
    together = sum(p.alike * _weight(p.left, p.right) for p in met.pairs)
    # What two words that are only alike differ by stands against them on both sides.
    against = sum((1 - p.alike) * _weight(p.left, p.right) for p in met.pairs)
    a, b = (sum(w.weight for w in words) for words in (met.left_only, met.right_only))
    whole = together + against + ONE_SIDED * abs(a - b) + TWO_SIDED * min(a, b)
    return together / whole if whole else 0.0


def _weight(a: Word, b: Word) -> float:
    return (a.weight + b.weight) / 2


def _bounded(score: float, effects: list[Effect]) -> float:
    for effect in effects:
        score = max(min(score, effect.most), effect.least) * effect.factor
    return round(min(1.0, max(0.0, score)), 4)
