"""Which reports carry an estimate: how much it would move, did one of them say something else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.corridors.series.estimate import linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.corridors.series.estimate import Component

_LEAST = 0.05  # of a change of the report by one percent that reaches the estimate; less is not named
_NEAR = 2.0  # deviations within which a bound cuts off a fortieth of the draws or more


@dataclass(frozen=True, slots=True, eq=False)
class Carriers:
    """The reports that pull under a walk, ready to be asked of any months.

    Attributes:
        component: the walk with the reports that stand under it.
        is_open: months with an open day.
        used: which reports pull.
        met: what each of these tells of each open month, before any report.
        cov: of these, their errors in it.
    """

    component: Component
    is_open: NDArray[np.bool_]
    used: NDArray[np.bool_]
    met: NDArray[np.float64]
    cov: NDArray[np.float64]


def carriers(component: Component) -> Carriers:
    """The reports that pull under a walk: what is the same for all months that are asked for.

    Args:
        component: a walk with the reports that stand under it.
    """
    held, found = component.placed, component.level
    is_open = held.days.open_days > 0
    parts, bases = held.shares[:, is_open] * found.amounts, held.bases[:, is_open] * found.amounts
    rows = parts / parts.sum(axis=1)[:, None]
    before = bases.sum(axis=1)
    rows -= np.divide(bases, before[:, None], out=np.zeros_like(bases), where=before[:, None] > 0)
    used = _pulling(component)
    met = rows[used] @ found.spread
    cov = met @ rows[used].T + np.diag(found.errors[used] ** 2)
    return Carriers(component, is_open, used, met, cov)


def tellings(of: Carriers, months: Sequence[int]) -> list[tuple[tuple[str, ...], float]]:
    """Ids of the reports that carry the sum of some months, most telling first, with the share of it that each moves.

    Args:
        of: the reports that pull.
        months: places of the months.
    """
    held, found = of.component.placed, of.component.level
    asked = np.isin(np.arange(held.days.months), months)[of.is_open] * found.amounts
    if not asked.any():
        return []
    moved = np.abs(np.linalg.solve(of.cov, of.met @ (asked / asked.sum())))
    told = [(held.reports[i].ids, float(m)) for i, m in zip(np.flatnonzero(of.used), moved, strict=True) if m >= _LEAST]
    best: dict[tuple[str, ...], float] = {}
    for ids, much in told:
        best[ids] = max(much, best.get(ids, 0.0))
    return sorted(best.items(), key=lambda t: (-t[1], t[0]))


def _pulling(component: Component) -> NDArray[np.bool_]:
    """Reports that pull: exact ones, growth, and bounds that cut."""
    senses = np.array([r.sense for r in component.placed.reports])
    is_bound = (senses == "least") | (senses == "most")
    if not is_bound.any():
        return np.asarray(~is_bound)
    cut = linear(component)
    sd = np.sqrt(((cut.sums @ cut.spread) * cut.sums).sum(axis=1) + cut.errors**2)
    out = ~is_bound
    out[is_bound] = cut.offsets + cut.sums @ cut.mean < _NEAR * sd
    return np.asarray(out, dtype=np.bool_)
