"""The figures and dates of a sentence as the evidence looks them up: what the number leaves possible, unit, whether it grew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from entrepot.claims import growth
from entrepot.claims.intervals import printed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from entrepot.claims.figures import Figure
    from entrepot.claims.intervals import Printed
    from entrepot.claims.sentence import Sentence

_COUNTED = frozenset({"entities", "attacks", "shipments", "trains", "vehicles", "containers", "TEU", "persons", "routes"})
_PRECISE = frozenset({"day", "month"})


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure or a date of a sentence; offsets are within its text.

    Attributes:
        start, end: where it stands, from the bound word to the unit.
        kind: figure, date or ordinal.
        number: what the print leaves possible; None of a date, or where it cannot be read.
        unit: base unit; empty: none stands there.
        per: rate.
        bound: as in `claims`.
        grown: whether it is by how much something changed.
        digits: digits of the number that carry something: 4,016 has four, 50 percent two, 7 million one.
        first, last: days of a date.
        precise: whether a date is a day or a month.
    """

    start: int
    end: int
    kind: Literal["figure", "date", "ordinal"]
    number: Printed | None = None
    unit: str = ""
    per: str | None = None
    bound: str = "exact"
    grown: bool = False
    digits: int = 0
    first: date | None = None
    last: date | None = None
    precise: bool = False


def of_sentence(sentence: Sentence) -> Iterator[Seen]:
    """The figures and dates of a sentence, in order."""
    for figure in sentence.figures:
        yield _figure(sentence, figure)
    for span in sentence.dates:
        first, last = span.days
        yield Seen(span.start, span.end, "date", first=first, last=last, precise=span.kind in _PRECISE)


def _figure(sentence: Sentence, figure: Figure) -> Seen:
    per = next(
        (h.row["value"] for h in sentence.hits.of("signals.per") if -1 <= h.start - figure.end <= 1), None
    )
    if figure.value is None or figure.reason:
        return Seen(figure.start, figure.end, "figure", unit=figure.unit, per=per)
    value, high = figure.value, figure.high
    grown = figure.unit == "percent" and (figure.form in {"times", "multiple"} or growth.is_growth(sentence, figure))
    if grown and (signed := growth.signed(sentence, figure)) is not None:
        high = high if high is None or signed == value else -high
        value = signed
    number = printed(
        value,
        figure.bound,
        figure.unit or None,
        high=high,
        scale=figure.scale,
        counted=figure.unit in _COUNTED,
        digits=None,
    )
    kind: Literal["figure", "ordinal"] = "ordinal" if figure.form == "ordinal" else "figure"
    return Seen(figure.start, figure.end, kind, number, figure.unit, per, figure.bound, grown, _digits(value))


def _digits(value: float) -> int:
    """Digits of a number without the zeros at either end.

    >>> _digits(4016.0), _digits(7e6), _digits(0.5)
    (4, 1, 1)
    """
    return len(f"{abs(value):.12g}".replace(".", "").partition("e")[0].strip("0")) or 1
