"""The rows nearest to a figure or a date, each with a score that explains itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.claims.evidence.facets import Met, met
from entrepot.claims.intervals import meet, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from entrepot.claims.evidence.seen import Seen
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex

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
_SAME = 0.8  # printed alike, not only within a rounding
_KNOWN = 1.0  # the day on which a part of a law could be known: its own day and an event of that day come first
_EQUAL, _DIGIT, _CLOSE, _SIZE = 2.5, 0.3, 1.0, 0.4  # the number: met, a digit of it, within a tenth, within half
_DIGITS = 5  # digits beyond which a number cannot be more telling
_WORD, _WORDS = 0.5, 2.0  # a word that stands in one row alone, and all words together
_PERCENT = "percent"
# beyond twice or under half a number is of a part or a whole
_TWICE = 2
_YEARS = 3  # years that a date may be off and still be meant for another
# a tenth: another year of the same; a half: the same order
_TENTH, _HALF = 0.1, 0.5
# A row is offered from here on: place and counter, or a number and a word that is its own. Chosen on the reports that
# were labelled to be seen.
LEAST = 4.5
_LOOKED_AT = 2.0  # below it nothing but one word met
# A row with another number is worth it where place, counter and period are its own: 2 + 1.5 + 1.5 and the rest.
LEAST_OTHER = 6.5
_NOUNS = frozenset({"persons", "entities"})  # in the words of a row they are called otherwise: attackers, firms
# days: a row dated by more is known by its year alone
_MONTH = 31
_LISTINGS = "listings"


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
        row = entry.row_id.partition("/")[0]  # of the parts of a law the nearest
        if offer.points >= _LOOKED_AT and offer.points > (found[row].points if row in found else 0):
            found[row] = offer
    return sorted(found.values(), key=lambda o: (-o.points, o.entry.row_id))


def worth(offer: Offer) -> bool:
    """Whether a row is worth showing: the number and a word, or all words and another number."""
    if offer.entry.table == _LISTINGS and offer.met.place != "met":
        return False  # hundreds are listed on one day: the notice is the row, unless the party is named
    if not offer.equal:
        return offer.points >= LEAST_OTHER and not offer.met.others()
    return offer.points >= LEAST


def _candidates(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    if seen.kind == "date":
        yield from dict.fromkeys(_dates(index, told, seen))
        return
    if seen.kind == "figure":
        yield from dict.fromkeys(_figures(index, told, seen))


def _figures(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    names = [n for n in told.weights if n.startswith(("at:", "law:", "who:", "land:", "side:", "good:", "mode:"))]
    for unit, number in seen.numbers:
        grown = seen.grown and unit == _PERCENT
        kinds = [(unit, grown), (unit, True)] if unit == _PERCENT else [(unit, grown)]
        for kind in [*kinds, ("", False)] if unit in _NOUNS or not seen.unit else kinds:
            yield from index.of_value(kind, number.value)
            yield from _near(index.of_place(kind, names), number.value, told)


def _near(found: Iterable[Entry], value: float, told: Told) -> Iterator[Entry]:
    """The rows of a place whose period is touched or whose number is of the same order: others are never offered."""
    first, last = told.period or (None, None)
    low, high = sorted((abs(value) / _TWICE, abs(value) * _TWICE))
    for entry in found:
        if entry.number is not None and low <= abs(entry.number.value) <= high:
            yield entry
        elif first is None or last is None or entry.first is None or entry.last is None:
            if entry.state:
                yield entry
        elif entry.first <= last and first <= entry.last:
            yield entry


def _dates(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    if seen.first is None or seen.last is None:
        return
    if not seen.precise and (seen.last.year != seen.first.year or not told.named("kind", own=True)):
        return
    if seen.first == seen.last:
        yield from index.days.get(seen.first, ())
    for name in told.weights:
        for entry in index.dated.get(name, ()):
            if entry.first is not None and abs(entry.first.year - seen.first.year) <= _YEARS:
                yield entry


def scored(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> Offer:
    """A row with its score."""
    found = met(told, seen, entry)
    equal, apart = _value(seen, entry)
    points = 0.0
    for name, gives in _POINTS.items():
        points += gives[getattr(found, name)]
    if equal:
        points += _EQUAL + _DIGIT * min(seen.digits, _DIGITS) + (_SAME if exactly(seen, entry) else 0.0)
        points -= _KNOWN if entry.only == "known" else 0.0
    elif apart <= _TENTH:
        points += _CLOSE
    elif apart <= _HALF:
        points += _SIZE
    words = entry.telling & told.inside
    points += min(_WORDS, _WORD * sum(index.rare.get(n, 0.0) for n in words))
    return Offer(entry, round(points, 2), found, equal, apart, tuple(sorted(words)))


def _value(seen: Seen, entry: Entry) -> tuple[bool, float]:
    if seen.kind == "date":
        return _day(seen, entry)
    a, b = seen.in_unit(entry.unit) or (seen.number if not entry.unit else None), entry.number
    if a is None or b is None:
        return False, 1.0
    if same(a.value, b.value) or (seen.digits > 1 and meet(a.close, b.close) and meet(a.open, b.open)):
        return True, 0.0
    return False, abs(a.value - b.value) / abs(b.value) if b.value else 1.0


def exactly(seen: Seen, entry: Entry) -> bool:
    """Whether both print the same number, or the same day."""
    if seen.kind == "date":
        return (seen.first, seen.last) == (entry.first, entry.last)
    number = seen.in_unit(entry.unit) or (seen.number if not entry.unit else None)
    return number is not None and entry.number is not None and same(number.value, entry.number.value)


def _day(seen: Seen, entry: Entry) -> tuple[bool, float]:
    """Whether a date is the row's, to the precision that both have; else how far it is, in years."""
    if seen.first is None or seen.last is None or entry.first is None or entry.last is None:
        return False, 1.0
    if seen.precise and (entry.last - entry.first).days > _MONTH:
        return False, 1.0  # a row of which only the year is known
    inside = (seen.first <= entry.first and entry.last <= seen.last) or (
        entry.first <= seen.first and seen.last <= entry.last
    )
    return inside, 0.0 if inside else min(1.0, abs((seen.first - entry.first).days) / 365)
