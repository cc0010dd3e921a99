"""Figures as rows of `simulated_figures`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.shown import row_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.figures.figure import Figure, Key

# They come out of an equilibrium: the last digits change with the order in which a machine adds.
_ESTIMATES = frozenset({"value", "low", "high", "before", "after"})
_DIGITS = 6  # decimals of per cent and of million USD; an equilibrium is found to 1e-9 of value added


def figure_rows(
    figures: Iterable[Figure],
    between: Mapping[Key, tuple[float, float]],
    scenario: Scenario,
    said: tuple[float, Sequence[str]],
) -> list[dict[str, Any]]:
    """Rows of the figures.

    Args:
        figures: what is shown, in order.
        between: interval of each figure that has one.
        scenario: what is asked.
        said: the residual, and what is assumed.
    """
    residual, assumed = said
    rows = []
    for one in figures:
        low, high = between.get(one.key, (None, None))
        row: dict[str, Any] = {
            "scenario": scenario.id,
            "part": one.key.part,
            "quantity": one.key.quantity,
            "economy": one.key.economy or None,
            "sector": one.key.sector or None,
            "partner": one.key.partner or None,
            "value": _rounded(one.value),
            "low": _rounded(low),
            "high": _rounded(high),
            "unit": one.unit,
            "before": _rounded(one.before),
            "after": _rounded(one.after),
            "status": "simulated",
            "from": scenario.start,
            "residual": residual,
            "assumed": list(assumed),
        }
        # The residual is of the machine's rounding, and what a figure says does not hang on it.
        said_of = {name: cell for name, cell in row.items() if name != "residual"}
        rows.append(row | {"figure_id": row_id("simulated", said_of, (), _ESTIMATES)})
    return rows


def _rounded(value: float | None) -> float | None:
    """Without the noise of the search: what is nothing is 0, and not a billionth of something."""
    return None if value is None else round(value, _DIGITS) + 0.0
