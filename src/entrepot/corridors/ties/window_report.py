"""What prints say of one window: so much, at least, at most, or growth on the same window a year before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Sense = Literal["exact", "least", "most", "growth"]


@dataclass(frozen=True, slots=True)
class Report:
    """What one or several prints say alike of one window.

    Attributes:
        ids: rows of the record, the best first.
        sources: what printed them.
        start, end: the window, both ends included.
        sense: so much, at least, at most; or growth on the same window a year before.
        value: the amount; of growth the ratio.
        error: standard deviation, as a share of the value.
        is_doubtful: whether a copy, an unclear scope or year, or an unnamed reporter.
        rounding: half a unit of its last printed digit, as a share of the value.
        known_on: when it became known.
        other_unit: the currency that it is printed in, where that is not the series' own.
        is_made: whether it is the third of imports, exports and both ways, made of the two that are printed.
    """

    ids: tuple[str, ...]
    sources: frozenset[str]
    start: date
    end: date
    sense: Sense
    value: float
    error: float
    is_doubtful: bool
    rounding: float = 0.0
    known_on: str = ""
    other_unit: str = ""
    is_made: bool = False
