"""Figures as a person reads them on a screen: rounded, with names, the first of each long list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.figures.figure import ANSWERS, DRAWS, MONEY, PERCENT
from entrepot.scenarios.figures.potential import ADDS, JOINER_PAYS
from entrepot.scenarios.figures.reroutes import REPLACED_THROUGH, THROUGH
from entrepot.scenarios.simulated_words import digits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.scenarios.answered_scenario import Answered
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

    Row = dict[str, Any]

_FIRST = 3  # of a list by economy, the largest: a screen holds some twenty answers
_UNITS = {PERCENT: " %", MONEY: " m USD", DRAWS: marked(" % of draws")}
_TWICE = f"{ADDS}, value"  # the same as the share of income beside it


def short_rows(found: Sequence[Answered], parts: Sequence[str]) -> list[dict[str, str]]:
    """Rows for a screen.

    Args:
        found: scenarios answered.
        parts: which parts.
    """
    return [_short(one.unsure, row) for one in found for row in _first(one, parts)]


def _first(one: Answered, parts: Sequence[str]) -> list[Row]:
    """The rows of the parts; of answers by economy the largest alone."""
    rows = [row for row in one.rows if row["part"] in parts]
    adding = [row["economy"] for row in rows if row["quantity"] == ADDS][:_FIRST]
    through = sorted((r for r in rows if r["quantity"] in {THROUGH, REPLACED_THROUGH}), key=lambda r: -r["value"])[
        :_FIRST
    ]
    return [
        *(row for row in rows if not _is_listed(row)),
        *through,
        *(row for row in rows if row["quantity"] in {ADDS, JOINER_PAYS} and row["economy"] in adding),
    ]


def _is_listed(row: Row) -> bool:
    return row["part"] == ANSWERS and row["quantity"] in {ADDS, JOINER_PAYS, THROUGH, REPLACED_THROUGH, _TWICE}


def _short(unsure: UnsureWorld, row: Row) -> dict[str, str]:
    of = ", ".join(unsure.named(row[name]) for name in ("economy", "sector", "partner") if row[name])
    between = (
        ""
        if row["low"] is None
        else tr("{digits} to {digits_2}", digits=digits(row["low"]), digits_2=digits(row["high"]))
    )
    return {
        "scenario": row["scenario"],
        "figure": row["quantity"],
        "of": of,
        "value": digits(row["value"]) + _UNITS.get(row["unit"], ""),
        "95 in 100 draws": between,
        "status": row["status"],
    }
