"""What redoing one estimation of a study gives, whatever the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.trade.gravity import Fit

OBSERVATIONS = "observations"


@dataclass(frozen=True, slots=True)
class Estimates:
    """Values by term.

    Attributes:
        values: value and standard error of each term; None where there is none.
        n: rows that entered.
        method: how they were found, in words.
    """

    values: Mapping[str, tuple[float, float | None]]
    n: int
    method: str


def of_fit(fit: Fit) -> Estimates:
    """Coefficients with their errors, and how many rows entered."""
    values: dict[str, tuple[float, float | None]] = dict(
        zip(fit.names, zip(fit.coefficients, fit.standard_errors, strict=True), strict=True)
    )
    return Estimates(values | {OBSERVATIONS: (float(fit.n), None)}, fit.n, fit.method)
