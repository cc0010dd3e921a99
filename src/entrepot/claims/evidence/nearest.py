"""The rows nearest to a figure or a date, each with a score that explains itself.

The score is the sum of the weights (`data/score_weights.csv`, fitted by `benchmarks/fit_claims.py` on open reports) of
what is true of a figure and a row: the log odds that it is the row meant.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache, lru_cache
from heapq import nlargest
from math import exp, log10
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.evidence.facets import BY_UNIT, LIMITS, Met, met
from entrepot.claims.indexed.intervals import is_other_limit, meet, same
from entrepot.claims.indexed.record_entry import SPAN, is_measured, is_noun, is_plain, was_known
from entrepot.claims.text.shared_keys import stem
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.intervals import Printed
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

_ALWAYS = frozenset({"place", "counter", "period"})  # facets whose being met is a feature too
_SORTS = {
    "observations": "figure", "shares": "figure", "flows": "figure", "batches": "list", "rules": "rule",
    "measures": "rule", "requirements": "rule",
}  # fmt: skip
# Chance from which on a row is shown, and from which on it is the row meant; chosen on the reports labelled to be seen.
SHOWN_FROM, SURE = 0.35, 0.6
TOLD_FROM = 0.15  # shown with the very number of many digits, or the very day, where nothing speaks against it
KEPT = 8  # rows kept of a figure: a person looks at three, and the rules at those of one thing
_PERCENT, _DATE, _LISTINGS = "percent", "date", "listings"
_MANY_DIGITS = 3  # of a thousand rows of a unit one has three digits alike by chance
_NAMED = frozenset({"met", "near", "lent", "beside"})  # states of a facet that the text says
_UNIQUE = 5  # digits from which on no two rows of a unit have a number by chance
_SAID = frozenset({"met", "near", "lent", "wide"})  # a place that the sentence or the text before it says
_TELLING = 2  # digits from which on a number of another unit is no chance
_TENTH, _HALF = 0.1, 0.5  # a tenth: another year of the same; a half: the same order
_FARTHEST = 9.0  # a number ten times another is a slip, one of a hundred times is of something else
_MOST_DIGITS, _MOST_WORDS, _CLOSEST = 5, 4.0, 3.0  # beyond which more says no more
SETTING = frozenset({"rules", "measures", "requirements"})  # tables whose figures are limits that a law sets
_COMBINED = 10_000  # ten facets of a few words each: a report has some hundreds of combinations
_LATER = timedelta(days=31)  # within which a source is printed of what it tells, mostly
_MONTH = 31  # days: a row dated by more is known by its year alone


class Offer(NamedTuple):
    """A row offered for a figure.

    Attributes:
        entry: the row's figure or date.
        points: the score: log odds.
        met: the facets.
        equal: whether the number is the row's, within what both prints leave possible.
        exact: whether both print the same number, or the same days.
        apart: by how much it is not, as a share of the row's; 0 where equal.
        words: the words that met, as stems.
        telling: whether number or day could hardly be the row's by chance, and nothing speaks against the row.
    """

    entry: Entry
    points: float
    met: Met
    equal: bool
    exact: bool
    apart: float
    words: tuple[str, ...]
    telling: bool = False

    @property
    def chance(self) -> float:
        """The chance that it is the row meant, from 0 to 1."""
        return 1 / (1 + exp(-self.points))


def nearest(index: RecordIndex, told: Told, seen: Seen, worded: Sequence[Entry] = ()) -> list[Offer]:
    """The rows that may be meant by a figure or a date, the best first, one for each row of the record.

    Args:
        index: of the record.
        told: what is said of it.
        seen: the figure or date.
        worded: events, acts and rules that the words of its sentence lead to.
    """
    found: dict[str, Offer] = {}
    published = told.line.sentence.published
    for entry in _candidates(index, told, seen, worded):
        if not was_known(entry, published):
            continue
        offer = scored(index, told, seen, entry)
        row = entry.row_id.partition("/")[0]  # of the parts of a law the nearest
        if row not in found or _fits(offer, published) > _fits(found[row], published):
            found[row] = offer
    return nlargest(KEPT, sorted(found.values(), key=lambda o: o.entry.row_id), key=lambda o: o.points)


def _fits(offer: Offer, published: date | None) -> tuple[bool, int, bool, bool, float]:
    """Of the figures of one row the better: the same number, nothing else said, of goods that are said, in force."""
    equal, met, first = offer.equal, offer.met, offer.entry.first
    ahead = equal and met.period == "near" and first is not None and published is not None and first > published
    return equal, -len(met.others()) if equal else 0, met.good != "unsaid", not ahead, offer.points


def worth(offer: Offer) -> bool:
    """Whether a row is worth showing."""
    if offer.entry.table == _LISTINGS and offer.met.place != "met":
        return False  # hundreds are listed on one day: the notice is the row, unless the party is named
    if (offer.met.place == "other" and offer.chance < SURE) or offer.apart > _FARTHEST:
        return False
    return offer.chance >= SHOWN_FROM or (offer.telling and offer.chance >= TOLD_FROM)


def known_then(held: list[Offer], told: Told) -> list[Offer]:
    """The rows that were known when the report was published, if there are any; else those printed later."""
    published = told.line.sentence.published
    return [o for o in held if not (o.entry.known and published and o.entry.known - published > _LATER)] or held


def _candidates(index: RecordIndex, told: Told, seen: Seen, worded: Sequence[Entry]) -> Iterator[Entry]:
    roughly = seen.unit == _PERCENT and seen.bound in {"about", "nearly"}  # no law sets a threshold of almost half
    yield from (e for e in _all(index, told, seen, worded) if not (roughly and e.table in SETTING))


def _all(index: RecordIndex, told: Told, seen: Seen, worded: Sequence[Entry]) -> Iterator[Entry]:
    if seen.kind == _DATE:
        yield from dict.fromkeys((*_dates(index, told, seen), *_of_dates(worded, seen)))
    if seen.kind == "figure":
        counted = (e for e in worded if e.number is not None and in_its_unit(seen, e) is not None)
        yield from dict.fromkeys((*_figures(index, told, seen), *counted))


def _figures(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    names = reached(told)
    for kind, number in kinds(seen):
        yield from index.of_value(kind, number.value, number.close)
        yield from _near(index.of_place(kind, names), number.value, told)
    if seen.number is not None and seen.digits >= _TELLING:
        yield from index.alike.get(seen.number.value, ())  # of any unit: trains, not containers


def reached(told: Told) -> list[str]:
    """The keys in reach of a figure that lead to rows: places, laws, parties, sides, goods, modes."""
    return [n for n in told.weights if n.startswith(("at:", "law:", "who:", "land:", "side:", "good:", "mode:"))]


def kinds(seen: Seen) -> Iterator[tuple[tuple[str, bool], Printed]]:
    """The units that a figure may be in, each with whether it is growth, and the number in it."""
    for unit, number in seen.numbers:
        yield (unit, seen.grown and unit == _PERCENT), number
        if unit == _PERCENT:
            yield (unit, True), number
        elif is_noun(unit) and unit:
            yield ("", False), number


def _near(found: Iterable[Entry], value: float, told: Told) -> Iterator[Entry]:
    """The rows of a place of just the period or with nearly the number."""
    first, last = told.period or (None, None)
    low, high = sorted((value * (1 - _TENTH), value * (1 + _TENTH)))
    for entry in found:
        near = entry.number is not None and low <= entry.number.value <= high
        same = entry.first == first and entry.last == last and first is not None
        held = entry.state and (last is None or entry.first is None or entry.first <= last)
        if near or same or (held and (entry.last is None or first is None or first <= entry.last)):
            yield entry


def _dates(index: RecordIndex, told: Told, seen: Seen) -> Iterator[Entry]:
    first, last = seen.first, seen.last
    if first is None or last is None:
        return
    if first == last:
        yield from index.days.get(first, ())
    for name in told.weights:
        for entry in index.dated.get(name, ()):
            if runs_into(entry, first, last):
                yield entry


def _of_dates(worded: Sequence[Entry], seen: Seen) -> Iterator[Entry]:
    if seen.first is not None and seen.last is not None:
        yield from (e for e in worded if e.number is None and runs_into(e, seen.first, seen.last))


def runs_into(entry: Entry, first: date, last: date) -> bool:
    """Whether a row and some days have a day in common."""
    return entry.first is not None and entry.first <= last and (entry.last or entry.first) >= first


def scored(index: RecordIndex, told: Told, seen: Seen, entry: Entry) -> Offer:
    """A row with its score."""
    equal, apart = _value(seen, entry)
    words = tuple(sorted(entry.telling & told.inside))
    facets, exact = met(told, seen, entry), equal and exactly(seen, entry)
    points = round(
        _facet_points(facets, _sort(entry))
        + _points(_beyond(index, seen, entry, facets, (equal, exact, apart), words)),
        2,
    )
    telling = exact and _telling(seen, entry, facets, words)
    return Offer(entry, points, facets, equal, exact, apart, words, telling)


def _telling(seen: Seen, entry: Entry, facets: Met, words: Sequence[str]) -> bool:
    """Whether a number or day is the row's by no chance: many digits, its subject said, nothing else said."""
    if seen.digits >= _UNIQUE and seen.unit == entry.unit and len(facets.others()) <= 1:
        return True
    if facets.others() or not (facets.place in _SAID or words):
        return False
    if entry.of_law and entry.table in SETTING and seen.bound in LIMITS and seen.unit and facets.place in _NAMED:
        return seen.unit == entry.unit  # the very limit that the law sets
    if seen.kind == _DATE:
        return seen.first == seen.last
    return seen.digits >= _MANY_DIGITS and seen.unit == entry.unit and seen.grown == (entry.kind == "growth")


def features(index: RecordIndex, seen: Seen, offer: Offer) -> dict[str, float]:
    """What is true of a figure and a row, by the names of `score_weights.csv`."""
    beyond = _beyond(index, seen, offer.entry, offer.met, (offer.equal, offer.exact, offer.apart), offer.words)
    return _facet_features(offer.met, _sort(offer.entry)) | beyond


def _beyond(  # noqa: PLR0913, PLR0917 - a figure, a row, and how they meet
    index: RecordIndex, seen: Seen, entry: Entry, facets: Met, how: tuple[bool, bool, float], words: Sequence[str]
) -> dict[str, float]:
    """What is true beyond the facets alone."""
    found = _date_features(seen, entry, how) if seen.kind == _DATE else _figure_features(seen, entry, how)
    found |= _of_words(index, entry, words)
    if how[1]:  # the very number or day, and something else that is said
        found |= {f"exact, {n}": 1.0 for n in ("place", "counter", "period") if getattr(facets, n) == "met"}
    return found


def of_facets(index: RecordIndex, entry: Entry, facets: Met, words: Sequence[str]) -> dict[str, float]:
    """What is true of a figure and a row whatever the number is."""
    return _facet_features(facets, _sort(entry)) | _of_words(index, entry, words)


def _of_words(index: RecordIndex, entry: Entry, words: Sequence[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    if words:
        found["words"] = min(_MOST_WORDS, sum(index.rare.get(w, 0.0) for w in words))
    if entry.unclear:
        found["unclear"] = 1.0
    return found


def _sort(entry: Entry) -> str:
    return _SORTS.get(entry.table, entry.table)


@lru_cache(maxsize=_COMBINED)
def _facet_points(facets: Met, sort: str) -> float:
    return _points(_facet_features(facets, sort))


@lru_cache(maxsize=_COMBINED)
def _facet_features(facets: Met, sort: str) -> dict[str, float]:
    found: dict[str, float] = {"bias": 1.0, f"table {sort}": 1.0}
    for name, state in zip(Met._fields, facets, strict=True):
        if state != "met" or name in _ALWAYS:
            found[f"{name} {state}"] = 1.0
    if len(facets.others()) > 1:
        found["others"] = float(len(facets.others()) - 1)
    return found


def _date_features(seen: Seen, entry: Entry, how: tuple[bool, bool, float]) -> dict[str, float]:
    equal, exact, apart = how
    sort = "precise" if seen.precise else "year"
    distance = "exact" if exact else f"inside {sort}" if equal else _far(apart)
    return {f"date {distance}": 1.0, f"date {sort}": 1.0, f"only {entry.only}": 1.0}


def _figure_features(seen: Seen, entry: Entry, how: tuple[bool, bool, float]) -> dict[str, float]:
    equal, exact, apart = how
    found = {f"figure {'exact' if exact else 'rounded' if equal else _far(apart)}": 1.0}
    if equal:
        found[f"{'exact' if exact else 'rounded'}, {min(seen.digits, _MOST_DIGITS)} digits"] = 1.0
    if equal and not exact:
        a, b = in_its_unit(seen, entry), entry.number
        gap = abs(a.value - b.value) / abs(b.value) if a and b and b.value else 1.0
        bare = not gap or seen.multiple  # no word comes closer than doubled
        found["close"] = _CLOSEST - 1 if bare else min(_CLOSEST, -log10(gap)) - 1
    if seen.grown != (entry.kind == "growth"):
        found["grown other"] = 1.0
    if entry.unit != seen.unit:
        found["unit other"] = 1.0
    return found


def _far(apart: float) -> str:
    return "tenth" if apart <= _TENTH else "half" if apart <= _HALF else "far"


def _points(found: Mapping[str, float]) -> float:
    weights, points = _weights(), 0.0
    for name, value in found.items():
        points += weights.get(name, 0.0) * value
    return points


@cache
def _weights() -> dict[str, float]:
    return {r["feature"]: r["weight"] for r in rows("score_weights")}


def beside(offers: Sequence[Offer], others: Sequence[Entry]) -> list[Offer]:
    """The rows scored again beside those that figures around are surely of: a report tells of one thing at a time.

    Args:
        offers: of a figure.
        others: rows that figures around it are of.
    """
    more = _weights().get
    again = [o._replace(points=round(o.points + sum(more(n, 0.0) for n in shared(o.entry, others)), 2)) for o in offers]
    return sorted(again, key=lambda o: (-o.points, o.entry.row_id))


def shared(entry: Entry, others: Sequence[Entry]) -> list[str]:
    """What a row shares with those of the figures around, by the names of `score_weights.csv`."""
    rest = [o for o in others if o.row_id != entry.row_id]
    found = ["row of another"] if len(rest) < len(others) else []
    if entry.source and any(o.source == entry.source for o in rest):
        found.append("source of another")
    elif others:
        found.append("source of none")
    if entry.kind != _DATE and entry.last and any(_same_period(o, entry) for o in rest):
        found.append("period of another")
    if entry.place and any(o.place == entry.place for o in rest):
        found.append("place of another")
    return found


def _same_period(a: Entry, b: Entry) -> bool:
    return a.kind != _DATE and (a.first, a.last) == (b.first, b.last)


def in_its_unit(seen: Seen, entry: Entry) -> Printed | None:
    """The figure in the unit of a row: the same unit, else a noun that says the same, or that the row has in its words.

    A row that counts persons or firms counts what a text calls by a noun of no list: three teachers.
    """
    if found := seen.in_unit(entry.unit):
        return found
    if not is_noun(seen.unit) or not is_noun(entry.unit):
        strange = seen.unit in BY_UNIT and f"w:{stem(seen.unit)}" not in entry.keys  # 14 routes are not 14 of 23 firms
        return None if entry.unit or strange or is_measured(seen.unit) else seen.number
    said, held = stem(seen.unit), stem(entry.unit)
    if said and not held and is_plain(seen.unit) and seen.digits < _TELLING and f"w:{said}" not in entry.keys:
        return None  # two subsidiaries are not the two firms that were listed
    codes = is_plain(seen.unit) and is_plain(entry.unit) and seen.digits >= _TELLING  # 407 codes are the 407 lines
    return seen.number if codes or not said or not held or said == held or f"w:{said}" in entry.keys else None


def _value(seen: Seen, entry: Entry) -> tuple[bool, float]:
    if seen.kind == _DATE:
        return _day(seen, entry)
    a, b = in_its_unit(seen, entry), entry.number
    if a is None or b is None:
        return False, 1.0
    told = seen.digits > 1 or seen.multiple or seen.bound in LIMITS  # doubled, over 2,000 trains are 2,055
    noun = seen.unit != entry.unit and seen.unit and is_plain(seen.unit)  # of no list: trips of trains
    told = told and not noun and not (entry.of_law and is_other_limit(seen.bound, a, b.value))
    if same(a.value, b.value) or (told and meet(a.close, b.close) and meet(a.open, b.open)):
        return True, 0.0
    return False, abs(a.value - b.value) / abs(b.value) if b.value else 1.0


def exactly(seen: Seen, entry: Entry) -> bool:
    """Whether both print the same number, or the same day."""
    if seen.kind == _DATE:
        return (seen.first, seen.last) == (entry.first, entry.last)
    a, b = in_its_unit(seen, entry), entry.number
    return a is not None and b is not None and same(a.value, b.value)


def _day(seen: Seen, entry: Entry) -> tuple[bool, float]:
    """Whether a date is the row's, to the precision that both have; else how far it is, in years."""
    if exactly(seen, entry):
        return seen.first is not None, 0.0
    if seen.first is None or seen.last is None or entry.first is None or entry.last is None:
        return False, 1.0
    if entry.only == SPAN or (seen.precise and (entry.last - entry.first).days > _MONTH):
        return False, 1.0  # a day of the time that a law held; of a row only the year is known
    inside = seen.first <= entry.first and entry.last <= seen.last
    inside = inside or (entry.first <= seen.first and seen.last <= entry.last)
    return inside, 0.0 if inside else min(1.0, abs((seen.first - entry.first).days) / 365)
