"""A figure as it stands in a sentence: one number, its unit and its bound, before one knows what it counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a sentence.

    Attributes:
        start, end: from the bound word to the unit.
        core_start, core_end: the number with its scale and sign of currency.
        value, high: in base units; high only of a range; value None where it cannot be read.
        unit: base unit; empty: none stands there.
        form: digits, words, fraction, multiple, times, zero, vague, ordinal.
        bound: see the contract.
        reason: why it cannot be read; empty: it can.
        scaled: whether a scale word (million, 亿, тыс.) stands there.
        scale: what that word multiplies by.
        near: whether the unit stands beside the number, not beyond other words.
    """

    start: int
    end: int
    core_start: int
    core_end: int
    value: float | None
    high: float | None = None
    unit: str = ""
    form: str = "digits"
    bound: str = "exact"
    reason: str = ""
    scaled: bool = False
    scale: float = 1.0
    near: bool = True


def overlaps(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether the span meets one of the spans."""
    return any(a < end and start < b for a, b in spans)
