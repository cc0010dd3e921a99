"""Whether the score means what it says: share of true pairs by bin of the score, on pairs not used to fit it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from screening import data, metrics

if TYPE_CHECKING:
    from pathlib import Path

    from screening.adapters import Contestant

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """Pairs whose score lies in [low, high), the last bin with its upper end.

    Attributes:
        low, high: ends of the bin.
        count: pairs.
        mean_score: their mean score; empty where there is none.
        share: the share that is one party; empty where there is no pair.
        share_low, share_high: its 95 % interval, Wilson.
    """

    low: float
    high: float
    count: int
    mean_score: float | None
    share: float | None
    share_low: float
    share_high: float


def bins(scores: metrics.Scores, right: metrics.Truths, count: int = BINS) -> list[Bin]:
    """Equal bins of the score."""
    edges = np.linspace(0, 1, count + 1)
    place = np.clip(np.digitize(scores, edges[1:-1]), 0, count - 1)
    out = []
    for i in range(count):
        held = place == i
        n, hits = int(held.sum()), int(right[held].sum())
        mean = float(scores[held].mean()) if n else None
        out.append(
            Bin(float(edges[i]), float(edges[i + 1]), n, mean, hits / n if n else None, *metrics.wilson(hits, n))
        )
    return out


def expected_error(found: list[Bin]) -> float:
    """Mean distance of score and share, weighted by the pairs in each bin."""
    whole = sum(b.count for b in found)
    gaps = [b.count * abs(b.mean_score - b.share) for b in found if b.mean_score is not None and b.share is not None]
    return sum(gaps) / max(1, whole)


def write(who: Contestant, path: Path) -> None:
    """Write the bins of the labelled pairs as JSON, for the picture in the documentation."""
    pairs = data.name_bench()
    scores = who.score_pairs([(p.left, p.right) for p in pairs], [p.schema for p in pairs])
    right = np.array([p.same for p in pairs])
    found = bins(scores, right)
    kept = {
        "pairs": len(pairs),
        "source": "name_bench (nomenklatura, MIT), visible half",
        "brier": float(np.mean((scores - right) ** 2)),
        "expected_calibration_error": expected_error(found),
        "ties_at_top": float(np.mean(scores[~right] == np.max(scores))) if (~right).any() else 0.0,
        "bins": [asdict(b) for b in found],
    }
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
