"""A simulated figure, before it is a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from entrepot.core.words.translate import marked

PERCENT, MONEY, RATIO, DRAWS = "percent", "million USD", marked("USD per USD"), marked("percent of draws")
ANSWERS, ECONOMIES, SECTORS, ROUTES, INPUTS = "answers", "economies", "sectors", "routes", "inputs"
PARTS = (ANSWERS, ECONOMIES, SECTORS, ROUTES, INPUTS)


class Key(NamedTuple):
    """What a figure is of.

    Attributes:
        part: of PARTS.
        quantity: what is said.
        economy: of whom; empty: of several.
        sector: of which goods; empty: all.
        partner: with whom; empty: nobody.
    """

    part: str
    quantity: str
    economy: str = ""
    sector: str = ""
    partner: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure.

    Attributes:
        key: what it is of.
        value: the figure.
        unit: its unit.
        before, after: the levels that it is the change of, in million USD; None where it is none.
    """

    key: Key
    value: float
    unit: str = PERCENT
    before: float | None = None
    after: float | None = None


def changed(key: Key, before: float, after: float) -> Figure:
    """A level that changes, as its change in per cent; nothing before and after is no change."""
    share = 0.0 if before == after else (after / before - 1 if before > 0 else float("nan"))
    return Figure(key, 100 * share, PERCENT, before, after)
