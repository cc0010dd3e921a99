"""Quantities as documents write them, as an interval in one unit: what rounding and the unit leave open."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from entrepot.core.tables.packaged import packaged_rows
from entrepot.tracing.balance.contract import SUPPLY_UNITS

_HALF = 0.5  # of the last digit that is written: what rounding may have taken or given

_LARGEST = 1e15  # of any unit: more than the world makes of anything, so that it is a number read wrongly


class Measured(NamedTuple):
    """A quantity: the least and the most that it can be, in `unit`, one of UNITS."""

    low: float
    high: float
    unit: str

    def times(self, low: float, high: float, unit: str) -> Measured:
        """What comes out of it where a unit of it gives between two ends."""
        return Measured(self.low * low, self.high * high, unit)


def measured(quantity: float | None, unit: str | None) -> Measured | None:
    """A quantity in the unit that it is compared in; None where it is not said, or its unit is not known.

    Args:
        quantity: as the document says it.
        unit: as the document writes it.
    """
    found = _units().get(_folded(unit or ""))
    if quantity is None or found is None or quantity > _LARGEST:
        return None
    base, low, high = found
    digits = f"{quantity:.12g}".partition(".")[2]
    half = 0.0 if base == "EA" else _HALF * 10.0 ** -(len(digits) if "e" not in digits else 0)
    return Measured(max(0.0, quantity - half) * low, (quantity + half) * high, base)


def is_unit(unit: str) -> bool:
    """Whether a unit as a document writes it is one that converts."""
    return _folded(unit) in _units()


def exactly(unit: str) -> tuple[str, float] | None:
    """The unit that one converts to and what it is of that; None where it converts to none, or not to the digit.

    >>> exactly("MT"), exactly("bale")
    (('kg', 1000.0), None)
    """
    found = _units().get(_folded(unit))
    return (found[0], found[1]) if found is not None and found[1] == found[2] else None


def weighs(unit: str) -> bool:
    """Whether a unit as a document writes it is one of mass."""
    found = _units().get(_folded(unit))
    return found is not None and found[0] == "kg"


def units() -> tuple[str, ...]:
    """All words for units that convert."""
    return tuple(_units())


@cache
def _folded(unit: str) -> str:
    return "".join(unit.casefold().split()).strip(".")


def total(some: list[Measured]) -> Measured | None:
    """The sum; None of none, or where units differ."""
    if not some or len({m.unit for m in some}) > 1:
        return None
    return Measured(sum(m.low for m in some), sum(m.high for m in some), some[0].unit)


@cache
def _units() -> dict[str, tuple[str, float, float]]:
    return {r["unit"]: (r["base"], r["low"], r["high"]) for r in packaged_rows(SUPPLY_UNITS)}
