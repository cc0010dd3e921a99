"""The rows nearest to a figure or a date, each with a score that explains itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.evidence.facets import Met, met
from entrepot.claims.intervals import meet, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.claims.evidence.entries import Entry
    from entrepot.claims.evidence.record_index import RecordIndex
    from entrepot.claims.evidence.seen import Seen
    from entrepot.claims.evidence.told import Told

# What each word of a facet gives. A row of the right place and counter but another year (2 + 1.5 - 0.7) is worth
# showing, one that shares the number alone (3) is not.
_POINTS = {
    "place": {"met": 2.0, "near": 1.0, "unsaid": 0.0, "other": -1.5},
    "counter": {"met": 1.5, "near": 0.8, "unsaid": 0.0, "other": -0.8},
    "partner": {"met": 0.3, "near": 0.1, "unsaid": 0.0, "other": -0.8},
    "direction": {"met": 0.2, "near": 0.1, "unsaid": 0.0, "other": -0.6},
    "mode": {"met": 0.2, "near": 0.1, "unsaid": 0.0, "other": -0.3},
    "good": {"met": 0.2, "near": 0.1, "unsaid": 0.0, "other": -0.9},
    "part": {"met": 0.2, "near": 0.1, "unsaid": 0.0, "other": -0.8},
    "rate": {"met": 0.0, "near": 0.0, "unsaid": 0.0, "other": -0.6},
    "status": {"met": 0.0, "near": 0.0, "unsaid": 0.0, "other": -0.3},
    "period": {"met": 1.5, "near": 0.8, "unsaid": 0.0, "other": -0.7},
}
_EQUAL, _DIGIT, _CLOSE, _SIZE = 2.5, 0.3, 1.0, 0.4  # the number: met, a digit of it, within a tenth, within half
_DIGITS = 5  # digits beyond which a number cannot be more telling
_WORD, _WORDS = 0.5, 2.0  # a word that stands in one row alone, and all words together
_TENTH, _HALF = 0.1, 0.5
OFFERED = 3  # rows shown
# A row is offered from here on: place and counter, or a number and a word that is its own. Chosen on the reports that
# were labelled to be seen.
LEAST = 3.0


@dataclass(frozen=True, slots=True)
class Offer:
    """A row offered for a figure.

    Attributes:
        entry: the row's figure or date.
        points: the score.
        met: the facets.
        equal: whether the number is the row's, within what both prints leave possible.
        apart: by how much it is not, as a share of the row's; 0 where equal.
        words: the words that met, as stems.
    """

    entry: Entry
    points: float
    met: Met
    equal: bool
    apart: float
    words: tuple[str, ...]


def nearest(index: RecordIndex, told: Told, seen: Seen) -> list[Offer]:
    """The rows that may be meant by a figure or a date, the best first, one for each row of the record."""
    found: dict[str, Offer] = {}
    for entry in _candidates(index, told, seen):
        offer = scored(index, told, seen, entry)
        if offer.points >= LEAST and offer.points > (found[entry.row_id].points if entry.row_id in found else 0):
            found[entry.row_id] = offer
    return sorted(found.values(), key=lambda o: (-o.points, o.entry.row_id))


def _candidates(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    if seen.kind == "date":
        yield from dict.fromkeys(_dates(index, told, seen))
        return
    if seen.number is None:
        return
    yield from dict.fromkeys(_figures(index, told, seen, seen.number.close.low, seen.number.close.high))


def _figures(index: RecordIndex, told: Told, seen: Seen, low: float, high: float) -> Iterator[Entry]:
    low, high = (seen.number.value, seen.number.value) if abs(low) == float("inf") or abs(high) == float("inf") else (low, high)
    names = [n for n in told.weights if n.startswith(("at:", "law:", "who:", "land:", "side:", "good:"))]
    for grown in (seen.grown, not seen.grown) if seen.unit == "percent" and not seen.grown else (seen.grown,):
        kind = (seen.unit, grown)
        yield from index.of_value(kind, min(low, high), max(low, high)) if low >= 0 else ()
        yield from index.of_place(kind, names)


def _dates(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    if seen.first is not None and seen.first == seen.last:
        yield from index.days.get(seen.first, ())
    for name in told.weights:
        yield from index.dated.get(name, ())


def scored(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> Offer:
    """A row with its score."""
    found = met(told, seen, entry)
    equal, apart = _value(seen, entry)
    points = sum(gives[getattr(found, name)] for name, gives in _POINTS.items())
    if equal:
        points += _EQUAL + _DIGIT * min(seen.digits, _DIGITS)
    elif apart <= _TENTH:
        points += _CLOSE
    elif apart <= _HALF:
        points += _SIZE
    words = [n for n in entry.keys & told.inside if n.startswith(("w:", "kind:", "land:", "good:"))]
    points += min(_WORDS, sum(_WORD * max(0.0, index.rare.get(n, 0.0)) for n in words))
    return Offer(entry, round(points, 2), found, equal, apart, tuple(sorted(words)))


def _value(seen: Seen, entry: Entry) -> tuple[bool, float]:
    if seen.kind == "date":
        return _day(seen, entry)
    if entry.number is None or seen.number is None:
        return False, 1.0
    a, b = seen.number, entry.number
    if same(a.value, b.value) or (meet(a.close, b.close) and meet(a.open, b.open)):
        return True, 0.0
    return False, abs(a.value - b.value) / abs(b.value) if b.value else 1.0


def _day(seen: Seen, entry: Entry) -> tuple[bool, float]:
    """Whether a date is the row's, to the precision that both have; else how far it is, in years."""
    if seen.first is None or seen.last is None or entry.first is None or entry.last is None:
        return False, 1.0
    if not seen.precise:
        return False, 1.0
    inside = (seen.first <= entry.first and entry.last <= seen.last) or (
        entry.first <= seen.first and seen.last <= entry.last
    )
    return inside, 0.0 if inside else min(1.0, abs((seen.first - entry.first).days) / 365)


def told_words(offers: Iterable[Offer]) -> list[str]:
    """The words that met, without their prefixes."""
    return [w.partition(":")[2] for o in offers for w in o.words]
