"""A mention: one figure, date or number of numbering, with its span and what was read in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

Kind = Literal["figure", "date", "ordinal"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a text; spans of two never overlap, and each run of digits lies in exactly one.

    Attributes:
        start, end: offsets in the text, end excluded: from the bound word to the unit.
        printed: the text of the span.
        kind: `figure`: a number that says how much or how many; `date`: a day or period; `ordinal`: a number that only
            numbers or names (an item, an article, a law, a tariff code, a telephone).
        value: of a figure, in `unit`: a change in percent or points is signed (fell 5 percent is -5), a level and an
            amount are as printed; None for a range and where it cannot be read. Of an ordinal its number, if it is one.
        low, high: the ends of a range; of a bound the end that it sets (over 5: low 5).
        bound: over, at_least, nearly, up_to, about, between; None: exact.
        unit: USD, CNY, t, percent, points, times (the ratio: doubled is 2), trains, people, km; what is counted, as
            printed, where no list has it (countries); None: none stands there.
        family: money, mass, share, points, times, length, energy, time, count:<unit> and others; None without a unit.
        per: day, month, year, or the unit it is the price or rate of (t, barrels).
        first, last: of a date, its days, included; None where it cannot be told without the day of publication.
        precision: of a date: day, month, quarter or year.
        sentence: offset at which its sentence begins.
        grown: whether the figure is a change, not a level.
        form: how it is written or, of an ordinal, what it numbers: see `numbering`; of a date, how it is read.
        context: the words of the headings of a table's cell, row before column; empty elsewhere.
        basis: of a date: stated, relative to the day of publication, inferred, or none.
        base: whether a date is the base of a comparison.
        spoken: whether a date only says on which day somebody spoke.
    """

    start: int
    end: int
    printed: str
    kind: Kind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    bound: str | None = None
    unit: str | None = None
    family: str | None = None
    per: str | None = None
    first: date | None = None
    last: date | None = None
    precision: str | None = None
    sentence: int = 0
    grown: bool = False
    form: str = ""
    context: str = ""
    basis: str = "none"
    base: bool = False
    spoken: bool = False
