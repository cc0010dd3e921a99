"""A figure as it stands in a sentence: one number, then its unit, bound and rate, before one knows what it counts."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from entrepot.claims.mentions.unit_words import Unit

_DIGITS = 15  # significant digits of a float that say what was printed


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence; offsets are those of the sentence.

    Attributes:
        start, end: from the bound word to the unit.
        core_start, core_end: the number with its scale and currency.
        value: in `unit`; None where it cannot be read, or for a range.
        form: digits, words, fraction, multiple, zero, vague.
        low, high: ends of a range.
        unit: None: none stands there.
        listed: whether the unit is of the word lists.
        bound: as in the contract; None: exact.
        per: rate.
        scaled: whether a scale word (million, 亿, тыс.) stands there.
        scale: what that word multiplies by.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    value: Decimal | None
    form: str = "digits"
    low: Decimal | None = None
    high: Decimal | None = None
    unit: Unit | None = None
    listed: bool = True
    bound: str | None = None
    per: str | None = None
    scaled: bool = False
    scale: float = 1.0


def exactly(value: float | None) -> Decimal | None:
    """The decimal number that was printed, not its binary shadow."""
    if value is None:
        return None
    number = Decimal(f"{value:.{_DIGITS}g}")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the span meets one of the spans."""
    return any(a < end and start < b for a, b in spans)
