"""What the features are worth: points in log-odds, read from data/model.json.

Each feature has knots and the points at each; between two knots the points run straight, beyond the last they stay.
The probability is 1 / (1 + exp(-(start + points of all features))). The file is made by scripts/train_names.py.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.names.reading.name import Kind


# Both alike; one in Chinese characters; both, of firms; one in a script that leaves the vowels out.
Relation = Literal["same", "chinese", "characters", "vowelless"]
RELATIONS: tuple[Relation, ...] = ("same", "chinese", "characters", "vowelless")


@dataclass(frozen=True, slots=True)
class Curve:
    """Points of one feature: straight between knots, level outside them."""

    knots: tuple[float, ...]
    points: tuple[float, ...]

    def at(self, value: float) -> float:
        """Points in log-odds at a value of the feature."""
        knots, points = self.knots, self.points
        i = bisect_left(knots, value)
        if i in {0, len(knots)}:
            return points[0] if not i else points[-1]
        share = (value - knots[i - 1]) / (knots[i] - knots[i - 1])
        return points[i - 1] + share * (points[i] - points[i - 1])


@dataclass(frozen=True, slots=True)
class Model:
    """The worth of each feature for one kind of name.

    Attributes:
        start: log-odds before any feature speaks.
        curves: one per feature of FEATURES, in their order; None where the feature is only said.
    """

    start: float
    curves: tuple[Curve | None, ...]

    def points(self, values: Sequence[float]) -> list[float]:
        """Points in log-odds of each feature's value, in the order of FEATURES; what measures 0 adds nothing."""
        return [c.at(v) if v and c is not None else 0.0 for c, v in zip(self.curves, values, strict=True)]


def probability(log_odds: float) -> float:
    """Log-odds as a probability; never overflows."""
    return 1 / (1 + exp(-log_odds)) if log_odds > 0 else exp(log_odds) / (1 + exp(log_odds))


@cache
def model(kind: Kind, relation: Relation) -> Model:
    """The model for a kind of name; vessels are judged as names of any kind.

    Args:
        kind: of both names.
        relation: how the two are written to one another.
    """
    from entrepot.names.comparing.features import FEATURES

    kinds = _kinds()
    known = kinds.get(f"{kind} {relation}") or kinds[f"any {relation}"]
    curves = known["features"]
    return Model(
        known["start"],
        tuple(_curve(curves[f.__name__]) if f.__name__ in curves else None for f in FEATURES),
    )


@cache
def _kinds() -> dict[str, Any]:
    """What the file holds of each kind of name and each way of writing."""
    read: dict[str, Any] = json.loads(files("entrepot.names").joinpath("data/model.json").read_text(encoding="utf-8"))
    return dict(read["kinds"])


def _curve(row: dict[str, list[float]]) -> Curve:
    return Curve(tuple(row["knots"]), tuple(row["points"]))
