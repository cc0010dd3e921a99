"""The units of the word lists, and the family that each belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from entrepot.claims.wordlists import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as mentions give it: its name, its family, and how many of it one base unit of the word list is."""

    name: str
    family: str
    factor: Decimal = Decimal(1)


@cache
def _units() -> dict[str, Unit]:
    return {r["unit"]: Unit(r["name"], r["family"], Decimal(str(r["factor"]))) for r in rows("unit_families")}


def unit_of(base: str) -> Unit:
    """The unit of a base unit of the word lists; one that has no row is counted under its own name."""
    return _units().get(base) or Unit(base, f"count:{base}")


def is_money(base: str) -> bool:
    """Whether a base unit is a currency."""
    return unit_of(base).family == "money"
