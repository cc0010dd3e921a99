"""What passed by month: draws that agree with all that was reported, over every walk and every print that may stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from entrepot.corridors.series.excluding import alternatives, without
from entrepot.corridors.series.latent.drawn_levels import drawn_levels
from entrepot.corridors.series.latent.level import Walk, amounts, level, prior
from entrepot.corridors.series.linear_reports import placed, reached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.latent.level import Level
    from entrepot.corridors.series.linear_reports import Frame, Placed, Report

    Array: TypeAlias = NDArray[np.float64]

DRAWS = 400  # the ends of an interval of 95 in 100 are then known to a tenth of its width
# Walks over which the answer is integrated: a yearly change of 3 to 55 percent (drift times the root of twelve),
# calm and restless months, weak and strong seasons. Their weights come from the reports.
_DRIFTS, _UNRESTS, _SEASONS = (0.01, 0.02, 0.04, 0.08, 0.16), (0.04, 0.1, 0.2), (0.05, 0.15)
WALKS = tuple(Walk(*w) for w in product(_DRIFTS, _UNRESTS, _SEASONS))
_FOLLOWED = 0.03  # of the weight: a walk with less changes an end of the interval by less than the draws do


@dataclass(frozen=True, slots=True, eq=False)
class Component:
    """One walk with the reports that stand under it.

    Attributes:
        weight: how probable it is, given the reports.
        placed: the reports.
        level: the most probable level.
    """

    weight: float
    placed: Placed
    level: Level


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """What passed by month.

    Attributes:
        first: number of the first month.
        amounts: draws by month, shape (draws, months); 0 where the place was shut.
        components: what the draws are of, most probable first.
    """

    first: int
    amounts: Array
    components: tuple[Component, ...]


def estimate(frame: Frame, reports: Sequence[Report], *, count: int = DRAWS, seed: int = 17) -> Estimate:
    """What passed by month, given all reports.

    Args:
        frame: the place and the months.
        reports: of one quantity.
        count: how many draws.
        seed: of the draws; the same gives the same.
    """
    held = components(frame, reports)
    shares = _counts([c.weight for c in held], count)
    parts = [_drawn(c, n, seed + k) for k, (c, n) in enumerate(zip(held, shares, strict=True)) if n]
    return Estimate(held[0].placed.days.first, np.concatenate(parts), tuple(held))


def components(frame: Frame, reports: Sequence[Report]) -> list[Component]:
    """Walks and alternatives with their weights, most probable first; those that do not matter left out.

    Args:
        frame: the place and the months.
        reports: of one quantity.
    """
    found: list[Component] = []
    spreads: list[Array] = []
    whole = replace(frame, span=frame.span or reached(reports))
    for one in alternatives(reports):
        held = placed(whole, without(reports, one.out))
        if not held.reports:
            continue
        spreads = spreads or [prior(held, w, frame.shaken) for w in WALKS]  # one calendar, whichever reports stand
        near: Level | None = None
        for walk, spread in zip(WALKS, spreads, strict=True):
            near = level(held, spread, walk, near)
            found.append(Component(one.weight + near.evidence, held, near))
    weights = np.exp(np.array([c.weight for c in found]) - max(c.weight for c in found))
    weights /= weights.sum()
    kept = [
        Component(float(w), c.placed, c.level)
        for w, c in zip(weights, found, strict=True)
        if w >= _FOLLOWED or w == weights.max()
    ]
    kept_weight = sum(c.weight for c in kept)
    return sorted((Component(c.weight / kept_weight, c.placed, c.level) for c in kept), key=lambda c: -c.weight)


def _counts(weights: Sequence[float], count: int) -> list[int]:
    """Draws by component, in proportion, which add up."""
    ends = np.round(np.cumsum(weights) * count).astype(int)
    return [int(n) for n in np.diff(np.concatenate([[0], ends]))]


def _drawn(component: Component, count: int, seed: int) -> Array:
    """Draws of one component by month, months without an open day at zero."""
    held = component.placed
    out = np.zeros((count, held.days.months))
    out[:, held.days.open_days > 0] = amounts(drawn_levels(held, component.level, count, seed), held)
    return out
