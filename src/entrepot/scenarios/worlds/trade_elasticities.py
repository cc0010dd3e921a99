"""Trade elasticities of the packaged world's sectors, with the error of each: Caliendo and Parro (2015), table 1."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.worlds.contract import ELASTICITIES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# The standard deviation of a normal distribution in units of its median absolute deviation.
_NORMAL = 1.4826


@dataclass(frozen=True, slots=True)
class Elasticity:
    """The trade elasticity of one sector.

    Attributes:
        sector: of the packaged world.
        value: the elasticity.
        error: its standard error.
        rests_on: the estimates that it is the mean of, as the study calls them.
        basis: estimated, partly replaced, replaced or assumed: whether the study estimates it.
        source: where it is printed.
    """

    sector: str
    value: float
    error: float
    rests_on: tuple[str, ...]
    basis: str
    source: str


@cache
def trade_elasticities() -> dict[str, Elasticity]:
    """Sector -> elasticity.

    Where several estimates fall into one sector theirs is the mean weighted by precision; where they lie further apart
    than their errors allow, the error is widened by as much (Birge 1932). An elasticity without an error of its own,
    for services and for what the authors replace, has the spread of all estimates of the table, a robust one:
    petroleum's 64.85 is no measure of what is usual.
    """
    rows = packaged_rows(ELASTICITIES)
    estimated = np.array([r["elasticity"] for r in rows if r["basis"] == "estimated"])
    usual = float(_NORMAL * np.median(np.abs(estimated - np.median(estimated))))
    found: dict[str, Elasticity] = {}
    for sector in dict.fromkeys(s for r in rows for s in r["sectors"]):
        used = [r for r in rows if sector in r["sectors"]]
        value, error = _mean(
            np.array([r["elasticity"] for r in used]), np.array([r["standard_error"] or usual for r in used])
        )
        bases = {r["basis"] for r in used}
        basis = bases.pop() if len(bases) == 1 else marked("partly replaced")
        names = tuple(r["estimated_for"] for r in used)
        found[sector] = Elasticity(sector, value, error, names, basis, used[0]["source"])
    return found


def elasticities_of(sectors: Sequence[str]) -> Array:
    """(J,) the elasticity of each sector.

    Raises:
        UnknownNameError: a sector for which none is known.
    """
    known = trade_elasticities()
    for sector in sectors:
        if sector not in known:
            raise UnknownNameError(
                tr("sector with an elasticity"), sector, known, remedy=tr("Give its elasticity yourself.")
            )
    return np.array([known[s].value for s in sectors])


def _mean(values: Array, errors: Array) -> tuple[float, float]:
    """Weighted by precision, and its error."""
    weights = 1 / errors**2
    value = float((weights * values).sum() / weights.sum())
    error = float(weights.sum() ** -0.5)
    if len(values) > 1:
        apart = float((weights * (values - value) ** 2).sum() / (len(values) - 1))
        error *= max(1.0, apart**0.5)
    return value, error
