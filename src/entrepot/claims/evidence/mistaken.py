"""The row that a figure or date is of though its number is another: found by all that is said of it but the number.

Who errs prints another number, so that no look-up by numbers comes to the row. Here the rows of every place, law and
party in reach are held against what is said. Of the numbers enters only how far they are apart, and whether they differ
as by a slip of the hand: two digits that changed places, one that is another. The weights (`data/error_weights.csv`)
were fitted on labelled figures that were changed (`benchmarks/fit_claims.py --errors`).
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims.dates.days import differing_days, named_day, other_part
from entrepot.claims.evidence.case import CONTRADICTS, DIFFERS, NEARBY, Related, says_no_other, with_another_place
from entrepot.claims.evidence.days.said_acts import said_acts
from entrepot.claims.evidence.days.when_met import is_up_to, period_met
from entrepot.claims.evidence.facets import LIMITS, met
from entrepot.claims.evidence.nearest import (
    SHOWN_FROM,
    SURE,
    Offer,
    in_its_unit,
    kinds,
    of_facets,
    reached,
    scored,
    shared,
)
from entrepot.claims.evidence.sure import READ_PERIODS, row_with_it
from entrepot.claims.indexed.intervals import differing, is_near, meet, same, scaled, swapped
from entrepot.claims.indexed.record_entry import is_noun, was_known
from entrepot.claims.indexed.record_names import stems
from entrepot.claims.mentions.seen import is_money
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.unread_words import says, spans, unread
from entrepot.claims.wordlists import rows
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from entrepot.claims.evidence.case import Case
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

# Chances from which on a row is the one meant; of a number of few digits much is said. Chosen on the reports labelled
# to be seen: of some fifteen figures that no row has one is then called a difference.
_MEANT, _SURELY_MEANT, _DAY_MEANT = 0.5, 0.7, 0.6
_STATUS = frozenset({"status"})  # a facet that a report mostly leaves unsaid
_SLIPPED = 0.73  # chance from which on swapped digits are an error: of 3,300 figures printed as meant none was
_ALL_SAID = 0.8  # chance from which on even the day that stands elsewhere in the text does not excuse another
_MONTH = timedelta(days=31)  # a row dated by more is known by its year alone
_NARROWED = frozenset({"part", "partner", "good"})  # of another of these it is said of another row
_PERSONS, _HURT = "persons", {"killed", "injured"}  # what writers take for one another: the dead, the wounded
_FIGURE, _DATE, _RELATIVE = "figure", "date", "relative"
# Chances from which on hardly another row is meant: of 2,000 figures and days printed as meant one was.
_BARELY_ELSE = {_FIGURE: 0.85, _DATE: 0.9}
_EVEN_SO = 0.9  # the same though a row that may be meant has the number
_LEAST, _MOST_STRANGE = -1.0, 6  # points of a chance of a fourth; words beyond which more strange ones say no more
_RULED = frozenset({"rules", "measures", "requirements", "events"})  # tables that say what a law sets
_PERCENT, _SHARE_OF = "percent", "share_of_"
_MADE = frozenset({"output", "capacity", "supply"})  # of which a share is said of a good that is made
_MET, _OTHER, _SWAPPED = "met", "other", "swapped"
_SAID = frozenset({"met", "near"})  # states of a place that the sentence says
_OTHERWISE = frozenset({"partner", "part", "status"})  # of another of these it is another share
_BEHIND = 30  # characters behind the words for a whole in which it is said what of it
_SORTS = frozenset({"money", "noun", "percent"})  # of units; of another the unit itself says what is counted
_CLOSE = 0.03  # share by which two prints of one number differ, and two months mostly do by more
_SHOWN, _FEWEST = 3, 3  # rows that a verdict names; digits: of two any two numbers share one


def other_number(case: Case) -> Related | None:
    """All that is said of a figure leads to a row, and its number is another."""
    if case.seen.kind != _FIGURE or case.seen.aside:
        return None
    note = tr("All else that is said points to this row, whose number is another: look.")
    return _meant(case, "other_number", _MEANT if case.seen.digits >= _FEWEST else _SURELY_MEANT, note)


def _is_of_them(case: Case, offer: Offer) -> bool:
    """Whether a number of persons beside others is of those of a row: six Chinese, and no two of its four dead."""
    several = case.seen.unit == _PERSONS and sum(s.unit == _PERSONS for s in case.told.line.seen) > 1
    return not several or _is_same_toll(case, offer)


def swapped_digits(case: Case) -> Related | None:
    """The digits of the row that all else leads to, two of them swapped: by itself a slip, and no other figure."""
    seen = case.seen
    near = _near_numbers(case.index, case.told, seen) if tells(seen) and not seen.unread else ()
    if all(_swapped(seen, entry) < _FEWEST for entry, _ in near) or _borne_out(case, SHOWN_FROM):
        return None
    best = next(iter(mistaken(case)), None)
    if best is None or best.chance < _SLIPPED or _swapped(seen, best.entry) < _FEWEST or best.entry.unclear:
        return None
    if not best.met.all("met", "near", but=_STATUS) or row_with_it(case.index, case.told, seen, best.entry):
        return None
    behind = case.told.line.sentence.text[seen.end :]
    if any(p.match(behind) for p in patterns("of_a_kind", case.told.line.sentence.language)):
        return None  # shipments of fentanyl
    note = tr("All else that is said is the row's, and two digits of its number have changed places.")
    return Related("swapped_digits", CONTRADICTS, (best,), note)


def _swapped(seen: Seen, entry: Entry) -> int:
    number = seen.in_unit(entry.unit)
    return swapped(number.value, entry.number.value) if number and entry.number else 0


def _borne_out(case: Case, chance: float) -> bool:
    """Whether a row that is meant with this chance has the number."""
    return any(o.equal and o.chance >= chance for o in case.offers)


def other_date(case: Case) -> Related | None:
    """All that is said of a date leads to a row, and its day is another."""
    text = case.told.line.sentence.text[case.seen.start : case.seen.end]
    if case.seen.kind != _DATE or not case.seen.precise or not any(c.isdecimal() for c in text):
        return None  # on Friday something else was done
    if case.seen.start == 0 and case.seen.basis == _RELATIVE and case.seen.first == case.told.line.sentence.published:
        return None  # today, traffic goes on growing: these days
    if ends_a_total(case) or (case.seen.first != case.seen.last and any(o.equal for o in case.offers)):
        return None  # something of it is on record in that month
    note = tr("All else that is said points to this row, whose date is another: look.")
    return _meant(case, "other_date", _DAY_MEANT, note)


def ends_a_total(case: Case) -> bool:
    """Whether a day is only that up to which the figures of its sentence count: as of 3 March, 3,237 shipments."""
    text, at = case.told.line.sentence.text, case.seen.start
    counts = any(s.kind == _FIGURE and not s.aside and s.digits > 1 for s in case.told.line.seen)
    return counts and is_up_to(text, at, case.seen.end)


def other_share(case: Case) -> Related | None:
    """A share of what a whole makes of a good is said, and those of the place on record are others, of any year."""
    seen, told = case.seen, case.told
    if seen.kind != _FIGURE or seen.aside or seen.grown or seen.unit != _PERCENT or seen.number is None:
        return None
    goods = frozenset(s for name in told.named("good") for s in stems(name.partition(":")[2]))
    places = [n for n in told.inside if n.startswith(("at:", "land:"))]
    held = (e for e in case.index.of_place((_PERCENT, False), places) if goods & stems(e.good.partition(":")[2]))
    found = [scored(case.index, told, seen, e) for e in dict.fromkeys(held) if _is_of_whole(told, e.quantity)]
    found = [o for o in found if o.met.place in _SAID and not _OTHERWISE & set(o.met.others())]
    if not found or any(o.entry.number and meet(seen.number.open, o.entry.number.open) for o in found):
        return None
    best = sorted(found, key=lambda o: (o.entry.unclear, -o.points, o.entry.row_id))
    return Related("other_share", DIFFERS, tuple(best[:_SHOWN]), tr("Its shares on record are others: look."))


def other_scale(case: Case) -> Related | None:
    """The digits of a row of the place and period under another scale: 61.65 million tonnes for 6.165."""
    seen = case.seen
    if seen.kind != _FIGURE or seen.aside or not seen.unit:  # the scale of a bare number may stand above it
        return None
    names = [n for n in case.told.inside if n.startswith(("at:", "law:", "land:", "side:"))]
    for unit, number in seen.numbers:
        for entry in case.index.of_place((unit, seen.grown), names):
            if entry.number is None or not scaled(number.value, entry.number.value):
                continue
            offer = scored(case.index, case.told, seen, entry)
            found = offer.met
            if found.place not in {"met", "near"} or found.period != "met" or set(found.others()) - {"counter"}:
                continue
            if not tells(seen) and not (found.place == found.counter == "met" and entry.quantity and unit):
                continue  # of few digits: all that is said is the row's
            sure = (
                tells(seen) and found.place == "met" and not found.others() and not entry.unclear and unit == entry.unit
            )
            sure = sure and case.told.basis in READ_PERIODS and not unread(case.told.line.sentence)
            verdict = CONTRADICTS if sure else DIFFERS
            note = tr("The digits are those of the row, and the scale is another.")
            return Related("other_scale", verdict, (offer,), note)
    return None


def tells(seen: Seen) -> bool:
    """Whether a figure has so many digits that no other row has them by chance."""
    return seen.kind == "figure" and not seen.aside and seen.digits >= _FEWEST


def other_limit(case: Case) -> Related | None:
    """A limit is said of a law that the text names, and each limit of that unit that its rules set is another."""
    seen, told = case.seen, case.told
    if seen.kind != _FIGURE or seen.bound not in LIMITS or seen.grown or seen.unit in {"", _PERCENT}:
        return None
    laws = told.named("law") or frozenset(n for n in told.weights if n.startswith("law:"))
    if len(laws) != 1:
        return None
    held = [e for unit, _ in seen.numbers for e in case.index.of_place((unit, False), laws) if e.table in _RULED]
    rules = [e for e in held if e.table == "rules"]
    said = {number.value for _, number in seen.numbers}
    if any(e in case.others for e in held):
        return None  # the text has a limit of the law beside it: this is one that the record lacks
    if not rules or any(same(value, e.number.value) for value in said for e in held if e.number):
        return None
    found = sorted((scored(case.index, told, seen, e) for e in rules), key=lambda o: (-o.points, o.entry.row_id))
    return Related("other_limit", DIFFERS, tuple(found[:_SHOWN]), tr("Its rules set another limit: look."))


def _is_of_whole(told: Told, quantity: str) -> bool:
    """Whether the clause says of what a row is a share: of the world's cotton, of the output of all the country."""
    whole, _, what = quantity.removeprefix(_SHARE_OF).rpartition("_")
    text, (first, last) = told.line.sentence.text, told.clause
    if not quantity.startswith(_SHARE_OF) or what not in _MADE:
        return False
    goods = [k.start for k in told.line.found if k.name.startswith("good:")]
    ends = [end for start, end in spans(text, f"whole_{whole}") if first <= start < last]
    return any(says(text[end : end + _BEHIND], "made") or any(0 <= g - end <= _BEHIND for g in goods) for end in ends)


def another_day(case: Case, offers: Sequence[Offer]) -> bool:
    """Whether of rows that have the month of a day alone a likely other row has another day in it."""
    seen = case.seen
    if seen.first is None or seen.first != seen.last:
        return False
    months = [(o.entry.first, o.entry.last) for o in offers if o.entry.first and o.entry.last]
    likely = [o.entry.first for o in mistaken(case) if o.chance >= SHOWN_FROM and o.entry.first == o.entry.last]
    return any(first <= day <= last for first, last in months for day in likely if day)


def _meant(case: Case, rule: str, least: float, note: str) -> Related | None:
    seen = case.seen
    if seen.unread or _borne_out(case, SURE):
        return None
    least = _EVEN_SO if _borne_out(case, SHOWN_FROM) else least
    likely = (o for o in mistaken(case) if o.chance >= least and not _NARROWED & set(o.met.others()))
    if seen.kind == _FIGURE:  # a bare number, as of a cell, is not led to a row by a law or a place alone
        likely = (o for o in likely if o.words or (seen.unit and seen.unit == o.entry.unit))
        likely = (o for o in likely if _is_of_them(case, o) and not says_no_other(case, o))
    best = next((o for o in likely if not o.entry.unclear), None)
    if best is None or (seen.kind == _DATE and best.entry.first in case.days and not _said_twice(seen, best)):
        return None  # the text has the day of the row too: its two dates are of two things
    return Related(rule, DIFFERS if _is_told_apart(case, best) else NEARBY, (best,), note)


def _is_same_toll(case: Case, offer: Offer) -> bool:
    """Whether a row counts just those, and what became of them is the same."""
    return bool(case.told.toll.who) and case.told.toll == offer.entry.toll


def _is_told_apart(case: Case, offer: Offer) -> bool:
    """Whether all that tells rows apart is said of just this one, or the number is its with a slip of the hand."""
    met, likely = offer.met, offer.chance >= _BARELY_ELSE[case.seen.kind]
    if case.seen.kind == _DATE:
        if case.seen.first != case.seen.last and not said_acts(case) & offer.entry.acts:
            return False  # a month that says of when a figure is
        slipped = "other_year" in _differing(case.seen, offer.entry)
        known = slipped and (met.place in _SAID or offer.chance >= _ALL_SAID)
        return known or met.place == met.counter == _MET or (likely and met.place != _OTHER)
    number, other = in_its_unit(case.seen, offer.entry), offer.entry.number
    # Of a time that only the text around says the number is another where it is near: six million are of any month.
    close = number is not None and other is not None and abs(number.value - other.value) <= _CLOSE * abs(other.value)
    timed = met.period == _MET or (met.period in _SAID and case.seen.digits > 1 and close)
    if met.place == _MET and timed and not with_another_place(case.told, offer.entry):
        return True
    if met.place in _SAID and (likely or (_is_same_toll(case, offer) and met.place == met.counter == _MET)):
        return True
    slips = differing(number.value, other.value)[1:] if number and other else []
    return any(case.seen.digits > _FEWEST or slip.startswith(_SWAPPED) for slip in slips)


def _said_twice(seen: Seen, offer: Offer) -> bool:
    """Whether a text is likely to tell of one thing on two days: all that is said leads to it, and the year is one."""
    day, first = seen.first, offer.entry.first
    return bool(day and first and day.year == first.year) and offer.chance >= _ALL_SAID


def mistaken(case: Case) -> list[Offer]:
    """The rows with another number, or another day, that may be meant by a figure or a date, the likeliest first."""
    found: dict[str, Offer] = {}
    weights = _weights()
    for offer in held(case.index, case.told, case.seen, case.worded):
        true = features(case.index, case.told, case.seen, offer, case.around, case.others)
        points = round(sum(weights.get(name, 0.0) * value for name, value in true.items()), 2)
        row = offer.entry.row_id
        if points > _LEAST and (row not in found or points > found[row].points):
            found[row] = offer._replace(points=points)
    return sorted(found.values(), key=lambda o: (-o.points, o.entry.row_id))


def held(index: RecordIndex, told: Told, seen: Seen, worded: Sequence[Entry]) -> Iterator[Offer]:
    """The rows in reach of a figure or a date that have another number or day near it, without points.

    Args:
        index: of the record.
        told: what is said of it.
        seen: itself.
        worded: events, acts and rules that the words of its sentence lead to.
    """
    published = told.line.sentence.published
    near = _near_days(index, told, seen) if seen.kind == _DATE else _near_numbers(index, told, seen)
    apart = dict(near)
    apart |= {e: far for e in worded if e not in apart and (far := _apart(seen, e))}
    for entry, far in apart.items():
        if not was_known(entry, published):
            continue
        when = None if entry.number is None else period_met(told, entry)
        if when != "other":
            words = tuple(sorted(entry.telling & told.inside))
            yield Offer(entry, 0.0, met(told, seen, entry, when), equal=False, exact=False, apart=far, words=words)


def _near_numbers(index: RecordIndex, told: Told, seen: Seen) -> Iterator[tuple[Entry, float]]:
    """The rows of the places in reach with another number near it, and how far that is."""
    names = reached(told)
    for kind, number in kinds(seen):
        for entry in index.of_place(kind, names):
            if entry.number and is_near(number.value, entry.number.value) and (far := _apart(seen, entry)):
                yield entry, far


def _near_days(index: RecordIndex, told: Told, seen: Seen) -> Iterator[tuple[Entry, float]]:
    """The rows of what is in reach with another day near it, and how far that is."""
    for name in reached(told):
        for entry in index.dated.get(name, ()):
            if far := _days_apart(seen, entry):
                yield entry, far


def _apart(seen: Seen, entry: Entry) -> float:
    """How far a figure or day is from that of a row, as a share of it or in years; 0 where it is or is far."""
    if seen.kind == _DATE:
        return _days_apart(seen, entry)
    number = in_its_unit(seen, entry) if entry.number else None
    if number is None or entry.number is None:
        return 0.0
    if meet(number.close, entry.number.close) and meet(number.open, entry.number.open):
        return 0.0  # over 4,300 metres are 4,363
    a, b = number.value, entry.number.value
    return abs(a - b) / abs(b) if is_near(a, b) and not same(a, b) else 0.0


def _days_apart(seen: Seen, entry: Entry) -> float:
    """How far a day or month is from that of a row, in years; 0 where they meet, are far, or the row has none."""
    first, last = entry.first, entry.last
    if entry.number is not None or not (first and last and seen.first and seen.last) or last - first > _MONTH:
        return 0.0
    if seen.first <= last and first <= seen.last:
        return 0.0
    said = named_day(seen.first, seen.last, first)
    apart = abs(said - first)
    return apart.days / 365 if apart <= _MONTH or other_part(said, first) else 0.0


def _differing(seen: Seen, entry: Entry) -> list[str]:
    """How a date differs from that of a row."""
    assert seen.first is not None
    assert seen.last is not None
    assert entry.first is not None
    return differing_days(named_day(seen.first, seen.last, entry.first), entry.first)


def features(  # noqa: PLR0913, PLR0917 - a figure, a row, and the rows that others are of
    index: RecordIndex,
    told: Told,
    seen: Seen,
    offer: Offer,
    around: Sequence[Entry],
    others: Collection[Entry],
) -> dict[str, float]:
    """What is true of a figure or date and a row of another, by the names of `error_weights.csv`."""
    entry, number = offer.entry, in_its_unit(seen, offer.entry)
    found = of_facets(index, entry, offer.met, offer.words) | dict.fromkeys(shared(entry, around), 1.0)
    strange = len(told.named("w", own=True) - entry.keys)
    found["strange"] = float(min(strange, _MOST_STRANGE))
    if entry in others:  # another figure is of it already
        found["told_of_another"] = 1.0
    if number is None or entry.number is None:
        found |= dict.fromkeys((f"of_{entry.only}", *_differing(seen, entry)), 1.0)
        return {f"date_{name}": value for name, value in found.items()}
    sort = "money" if is_money(seen.unit) else "noun" if is_noun(seen.unit) else seen.unit
    found |= {f"of_{sort if sort in _SORTS else 'unit'}": 1.0, f"digits_{min(seen.digits, _FEWEST + 1)}": 1.0}
    if entry.unit != seen.unit:
        found["unit other"] = 1.0
    if seen.grown != (entry.kind == "growth"):
        found["grown other"] = 1.0
    how = differing(number.value, entry.number.value)
    return found | dict.fromkeys((*how, f"of_{sort if sort in _SORTS else 'unit'}_{how[0]}"), 1.0)


@cache
def _weights() -> dict[str, float]:
    return {r["feature"]: r["weight"] for r in rows("error_weights")}


def other_persons(case: Case) -> Related | None:
    """The number stands on record for the day and the place, of what else became of them: the wounded, not the dead."""
    said = case.told.toll.became
    exact = [o for o in case.offers if o.exact and case.seen.kind == _FIGURE and o.met.place == o.met.period == "met"]
    for offer in exact:
        held = offer.entry.toll.became
        if {said, held} == _HURT and set(offer.met.others()) <= {"counter"}:
            note = tr("The number is on record of what else became of persons: look.")
            return Related("of_other_persons", DIFFERS, (offer,), note)
    return None
