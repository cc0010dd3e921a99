"""How a figure or a date stands to the rows offered for it: one small set of rules, each held to an example.

A rule is tried in order and gives a relation or nothing. Only `sure` makes a contradiction of a difference.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from entrepot.claims.dates.days import year
from entrepot.claims.evidence import sure as sure_of
from entrepot.claims.evidence.case import (
    AGREES,
    BORNE_OUT,
    CONTRADICTS,
    DIFFERS,
    MANY,
    SAID_OF,
    SURELY,
    TELLING,
    Case,
    Related,
    is_unreal,
    largest,
    of_an_unknown_law,
    of_another_event,
    of_another_sum,
    of_its_country,
    of_nothing_named,
    of_something_else,
    said_below,
    says_enough,
)
from entrepot.claims.evidence.days.days_told import (
    another_act,
    another_part,
    ended,
    is_of_no_act,
    of_another_office,
    same_day,
)
from entrepot.claims.evidence.days.other_days import act_at_another_time, other_day
from entrepot.claims.evidence.days.when_met import begun_with
from entrepot.claims.evidence.derived import derivable, other_sign, other_way
from entrepot.claims.evidence.facets import LIMITS, of_a_part_behind, of_another_share
from entrepot.claims.evidence.mistaken import (
    other_date,
    other_limit,
    other_number,
    other_persons,
    other_scale,
    other_share,
    swapped_digits,
    tells,
)
from entrepot.claims.evidence.nearest import SETTING, SHOWN_FROM, runs_into, scored
from entrepot.claims.indexed.intervals import meet
from entrepot.claims.indexed.record_entry import is_plain, period
from entrepot.claims.indexed.record_names import stems
from entrepot.claims.mentions.seen import is_money
from entrepot.claims.text.acts import is_binding
from entrepot.claims.text.unread_words import says
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from entrepot.claims.evidence.facets import Met
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.indexed.record_entry import Entry

_FORBIDDEN = frozenset({"place", "period", "direction", "doer"})  # of another of these a number says nothing
_TOLD = frozenset({"place", "counter", "period"})  # met by a row of which one other thing is said
_NARROWING = frozenset({"good", "part"})  # of another of these a number of many digits alone tells
_SIDES = frozenset({"direction", "partner"})  # facets in which writers swap two numbers of the same thing
_SOME = 2  # digits of a number that tell where the record has another for the period
_MANY_DIGITS = 4  # of some thousand rows no two of a place have four digits alike by chance
# What a writer takes for one another beside a number of things that are counted one by one.
_MISNAMED = frozenset({"counter", "period", "partner"})
_OBSERVED, _PERCENT = "observations", "percent"
_STATED = "stated"  # basis of a period that is printed in full
_LENT: Final = "lent"  # basis of a period that a sentence before says
# Units whose totals only grow as days go by: sums of money are revised, and lists lose members.
_ADDED_UP = frozenset({"trains", "TEU", "tonnes", "vehicles", "persons", "containers", "shipments", "wagons"})
_TO_COME = frozenset({"forecast", "planned"})  # statuses of what had not come when the row was printed
# Units of many figures of a firm: shares and staff. In tonnes or in cars a year it has few.
_OFTEN = frozenset({"", "percent", "persons", "entities", "months"})
_ONLY = frozenset({"met"})  # of the only row with a number place or period is said
_LESSER = frozenset({"mode", "status"})  # facets that a report mostly leaves unsaid
_DONE = frozenset({"events", "cooperation"})  # tables of what was done on a day
_SHOWN = 3  # rows that a verdict names
_NAMED = frozenset({"met", "near"})  # states of a place that is said


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, and what it finds. The tests hold each to a sentence that it is right about."""

    name: str
    find: Callable[[Case], Related | None]


def related(case: Case) -> Related | None:
    """The first relation that a rule finds; None where the rows are near and nothing is sure_of.

    A day on which somebody only spoke is that of no event, so that it differs from none.
    """
    found = next((found for rule in RULES if (found := rule.find(case)) is not None), None)
    if found is not None and _is_astray(case, found):
        return None
    if found is not None and found.verdict in BORNE_OUT and is_unreal(case, found.offers[0].entry):
        return Related(found.rule, DIFFERS, found.offers, tr("The row has it as a fact, the text does not: look."))
    if found is None or not case.seen.spoken:
        return found
    of_event = found.rule == "same_day" and all(o.entry.table in _DONE and not _is_said(o.entry) for o in found.offers)
    return None if of_event or found.verdict in {CONTRADICTS, DIFFERS} else found


def _is_said(entry: Entry) -> bool:
    """Whether a row is of what is done by saying it: who sanctions on Thursday announces on Thursday that he does."""
    return any(map(is_binding, entry.acts))


def _is_astray(case: Case, found: Related) -> bool:
    """Whether what was found is of what no office does, of nothing that the text names, or of a law not on record."""
    if any(strays(case.told, found.offers) for strays in (of_an_unknown_law, of_another_event)):
        return True
    return is_of_no_act(case, found.offers) or of_nothing_named(case, found)


def _same_and_equal(case: Case) -> Related | None:
    if case.seen.kind != "figure" or case.seen.aside:
        return None
    held = [o for o in case.offers if o.equal and (_is_of_the_firm(case, o) or _is_of_it(case, o))]
    if any(o.exact and o.met.period == "met" and _is_misnamed(case, o) for o in case.offers):
        held = [o for o in held if o.entry.quantities]  # a row that does not say what it counts bears out no other word
    if not held:
        return None
    also = (o for o in case.offers if o.equal and o.chance >= SHOWN_FROM and not o.met.others() and o not in held)
    clear = [o for o in [*held, *also] if not o.entry.unclear] or held
    exact = [o for o in clear if o.exact]
    best = sure_of.parts_alike(case.index, case.told, case.seen, (exact or clear)[:_SHOWN])[:_SHOWN]
    why = ended(case, best) or other_way(case, [o.entry for o in best]) or said_below(case, best[0].entry)
    if why := why or of_another_office(case, best):
        return Related("same_and_equal", DIFFERS, best, why)
    passed = largest(case, best[0])
    if passed is not None and passed[1].verdict == "superseded":
        return passed[1]
    where = case.index.near.get(best[0].entry.row_id, "")
    named = stems(where) & case.told.inside  # who does not name the place does not say that it was at it
    telling = best[0].exact and case.seen.digits >= TELLING and best[0].chance >= SURELY
    note = ""
    if named and not says(case.told.line.sentence.text, "near"):
        note = tr("On record it was near {where}, not at it.", where=where)
    elif all(o.met.direction == "unsaid" for o in best) and not telling:
        note = tr("The row is of goods going {direction}.", direction=best[0].entry.direction)
    sentence = case.told.line.sentence
    ahead = sentence.hits.of("signals.status") or says(sentence.text, "to_come")
    if all(o.entry.status in _TO_COME for o in best) and not ahead:
        note = tr("On record it is a forecast or a plan, and is told as done.")
    if note:
        return Related("same_and_equal", "imprecise", best, note)
    doubt = " " + tr("The record itself marks the row as unclear.") if best[0].entry.unclear else ""
    verdict = "agrees" if exact else "agrees_within_rounding"
    return Related("same_and_equal", verdict, best, sure_of.why(best[0]) + doubt, passed=passed)


def _is_of_it(case: Case, offer: Offer) -> bool:
    """Whether a row with the same number is of the same thing: nothing else is said, and enough is said."""
    forbidden = _FORBIDDEN if offer.exact and case.seen.digits >= _MANY_DIGITS else _FORBIDDEN | _NARROWING
    observed = offer.entry.table == _OBSERVED
    misnamed = (
        _is_misnamed(case, offer)
        or (offer.met.part == "other" and bool(case.index.parts & case.told.own - offer.entry.part))
        or (observed and offer.met.rate == "other")  # trains a month are not those of the year
        or of_another_share(case.told, case.seen, offer.entry)
        or (offer.entry.kind == "growth" and offer.met.counter == "other")  # a rate alone tells too little
        or (observed and _of_a_lent_period(case, offer))
    )
    fated = case.told.toll.is_other_than(offer.entry.toll)  # the wounded are not the dead
    partner = offer.entry.partner
    # A group is no country: trains to one of them may be those to the group, trade with one is not.
    traded = bool(case.told.sides_own) and (is_money(offer.entry.unit) or offer.entry.unit == _PERCENT)
    another = any(n.partition(":")[0] == partner.partition(":")[0] for n in case.told.sides_own)
    parted = observed and (not partner or another or traded or of_a_part_behind(case.told, partner))
    parted = offer.met.partner == "other" and (parted or offer.entry.table == "shares")
    ends = sure_of.ends_on_limits(case.index, case.told, case.seen, offer.entry)
    strange = misnamed or parted or fated or not ends or of_something_else(case, offer)
    other = case.seen.part if offer.entry.kind == "growth" else case.seen.grown and case.seen.unit != _PERCENT
    if other or strange or forbidden & set(offer.met.others()):
        return False
    is_growth = case.seen.grown == (offer.entry.kind == "growth")
    told = offer.met.all("met") or (offer.chance >= SURELY and not offer.met.others())
    limit = offer.entry.table in SETTING and case.seen.bound in LIMITS  # 50% or more is no growth
    if not (is_growth or limit) and not (offer.exact and case.seen.digits >= TELLING and told):
        return False  # that it is growth may be said by a word of no list: a boost
    if (offer.met.others() and offer.chance < SURELY) or not says_enough(case.seen, offer):
        return False
    shown = offer.exact and offer.chance >= SHOWN_FROM
    if (_whole(offer) and (shown or offer.entry.table == "crossings")) or (shown and _is_limit(case, offer)):
        return True  # a pass has one height
    told = case.seen.digits >= TELLING and offer.met.all("met", _LENT)  # a rounding of which all else is said
    if told or (offer.telling and _is_limit(case, offer)):
        return True
    return offer.chance >= (AGREES if offer.exact or _whole(offer) else SURELY)


def _of_a_lent_period(case: Case, offer: Offer) -> bool:
    """Whether the sentence before says another time, of a row that ran up to the report another year."""
    said = case.told.period
    if case.told.basis != _LENT or said is None or said[0] is None or said[1] is None:
        return False
    if offer.met.period != "near":
        return offer.met.period == "unsaid"
    return said == year(said[0].year) and period(said, offer.entry) == "other"


def _is_misnamed(case: Case, offer: Offer) -> bool:
    """Whether the clause names what is akin to the row's quantity and not the same: of those stopped the released."""
    kin = offer.entry.pieces | offer.entry.siblings | {offer.entry.whole}
    return offer.met.counter == "other" and bool(kin & case.told.own)


def _is_of_the_firm(case: Case, offer: Offer) -> bool:
    """Whether it is the number that the row of a firm has, and the sentence names the firm.

    A number of two digits needs words of the row beside the firm's name, one of a single digit some more; one of three
    is of no other time than the row's (a share of exports in the year before).
    """
    names = sure_of.firm_named(case.told, offer.entry)
    seen = case.seen
    other = {*offer.met.others()} - ({"period"} if seen.digits >= TELLING else set())
    other -= {"rate", "status"}  # that it is a capacity, or of a year, the words of a row say, and its figure does not
    moved = seen.grown != (offer.entry.kind == "growth")  # sales that rose by 26 percent are no stake of 26
    if not names or other or moved:
        return False
    text = case.told.line.sentence.text
    said = f"{text[seen.start : seen.end]} {offer.entry.place}"
    words = {*offer.words} - frozenset[str]().union(*names, stems(said))
    made = seen.unit not in _OFTEN and bool(seen.per or case.told.statuses or says(text, "output"))  # a year
    told = seen.digits + len(words) + 2 * made + (seen.unit not in _OFTEN)
    return seen.unit == offer.entry.unit != "" and told >= TELLING


def _is_limit(case: Case, offer: Offer) -> bool:
    """Whether it is the very limit, in a unit, that the law which the text names sets."""
    named = offer.met.place in _NAMED and not offer.met.others()
    return named and offer.entry.table in SETTING and case.seen.bound in LIMITS and bool(case.seen.unit)


def _whole(offer: Offer) -> bool:
    """Whether place, counter and period are all said and met; of a figure in the words of a row many words met."""
    found = offer.met
    counted = found.counter == "met" or (not offer.entry.quantities and len(offer.words) >= MANY)
    return found.place == found.period == "met" and counted and not found.others()


def _of_the_country(case: Case) -> Related | None:
    """The number is a region's, and the clause names the country, of which the record has another."""
    held = tuple(o for o in case.offers if o.exact and o.chance >= SURELY and of_its_country(case, o.entry))
    if case.seen.kind != "figure" or case.seen.aside or not held:
        return None
    note = tr("The number is on record {said}: look.", said=SAID_OF["place"])
    return Related("of_the_country", DIFFERS, held[:_SHOWN], note)


def _elsewhere(case: Case) -> Related | None:
    """The number stands on record for another period, place, counter or side than the one that is said."""
    return _found_elsewhere(case, nearly=False)


def _nearly_elsewhere(case: Case) -> Related | None:
    """The same where the rest is said a step away, or of a few digits direction or side alone is another."""
    return _found_elsewhere(case, nearly=True)


def _found_elsewhere(case: Case, *, nearly: bool) -> Related | None:
    seen = case.seen
    if not tells(seen) and (seen.kind != "figure" or seen.aside or seen.digits < _SOME):
        return None
    enough = _NAMED if nearly else _ONLY
    for offer in case.offers:
        others = [o for o in offer.met.others() if o != "partner" or offer.met.place != "other"]
        if not offer.exact or len(others) != 1 or others[0] not in SAID_OF:
            continue
        if offer.entry.unclear and seen.digits < _MANY_DIGITS:
            continue
        narrow = nearly and others[0] in _SIDES and offer.chance >= AGREES
        if nearly and others[0] not in _SIDES and offer.met.period != "met":
            continue
        if not tells(seen) and not narrow and not (others[0] == "period" and _of_the_period(case, offer.entry)):
            continue
        unplaced = {"place"} if seen.digits >= _MANY_DIGITS and offer.met.place in {"near", "unsaid"} else set()
        said = all(getattr(offer.met, name) in enough for name in _TOLD - {others[0]} - unplaced)
        read = others[0] != "period" or case.told.basis == _STATED  # what "last year" is may be read wrongly
        if said and read and (offer.entry.kind == "growth") == seen.grown:
            note = tr("The number is on record {said}: look.", said=SAID_OF[others[0]])
            return Related("nearly_elsewhere" if nearly else "elsewhere", DIFFERS, (offer,), note)
    return None


def _of_the_period(case: Case, entry: Entry) -> bool:
    """Whether the record has another number of the same thing for just the period that is said."""
    alike = case.index.of_thing(entry)
    held = (e for e in alike if (e.unit, e.kind, e.partner) == (entry.unit, entry.kind, entry.partner) and e.number)
    cells = (e for e in held if _all_met(scored(case.index, case.told, case.seen, e).met))
    said = case.seen.in_unit(entry.unit)
    return said is not None and any(e.number and not meet(said.open, e.number.open) for e in cells)


def _counted_otherwise(case: Case) -> Related | None:
    """The number stands on record for the place, of another thing counted: trains, not containers; denied, not held."""
    seen, (first, last) = case.seen, case.told.period or (None, None)
    if not tells(seen) or seen.grown or seen.number is None:
        return None
    for entry in case.index.alike.get(seen.number.value, ()):
        other, alike = seen.in_unit(entry.unit) is None, entry.unit == seen.unit in _ADDED_UP
        if entry.unclear or not entry.quantities or not (other or alike):
            continue
        offer = scored(case.index, case.told, seen, entry)
        others, told = set(offer.met.others()), offer.met.place == offer.met.period == "met"
        if other and seen.unit and told and others <= {"counter", "good", "mode"}:
            return Related("counted_otherwise", DIFFERS, (offer,), tr("The number is on record of another unit: look."))
        misnamed = alike and "counter" in others <= _MISNAMED
        if misnamed and offer.met.place == "met" and (first is None or last is None or runs_into(entry, first, last)):
            note = tr("The number is on record {said}: look.", said=SAID_OF["counter"])
            return Related("counted_otherwise", DIFFERS, (offer,), note)
    return None


def _same_and_different(case: Case) -> Related | None:
    """Rows of just this thing and period say another number."""
    borne_out = any(o.equal and o.chance >= SHOWN_FROM and not o.met.others() for o in case.offers)
    if case.seen.kind != "figure" or case.seen.aside or borne_out:  # though less is said of the row that has it
        return None
    held = [o for o in case.offers if _is_cell(case, o)]
    begins = begun_with(case.told.line.sentence.text, case.seen.start)
    if not held or (held[0].entry.state and case.told.period is None and begins):
        return None  # of from 20 to 144 the first is of another day than the second
    for facet in ("direction", "mode"):  # the whole before its parts
        held = [o for o in held if getattr(o.met, facet) == "met"] or held
    if case.seen.grown and not sure_of.alone(case.told, case.seen):
        return None  # of several rates in a row each may be of another of the names in a row
    reasons = sure_of.unmet(case.index, case.told, case.seen, [o.entry for o in held])
    loose = case.told.basis != _STATED  # another row that has the number is of what "last year" was
    has_it = loose and sure_of.on_record(case.index, case.told, case.seen, held[0].entry)
    if reasons and (has_it or sure_of.of_a_firm(case.told) or not sure_of.same_order(case.seen, held[0].entry)):
        return None
    best = tuple(sorted(held, key=lambda o: (o.apart, o.entry.row_id))[:_SHOWN])
    if not reasons:
        return Related("same_and_different", CONTRADICTS, best, sure_of.HELD)
    return Related("same_and_different", DIFFERS, best, sure_of.spared(reasons))


def _is_cell(case: Case, offer: Offer) -> bool:
    found, entry = offer.met, offer.entry
    if offer.equal or entry.number is None or entry.unclear or not entry.quantities:
        return False
    if (entry.kind == "growth") != case.seen.grown or not _all_met(found) or of_another_sum(case.told, entry):
        return False
    number = case.seen.in_unit(entry.unit)
    noun = case.seen.unit not in {"", entry.unit} and is_plain(case.seen.unit)  # trips are trains only where equal
    return number is not None and not noun and not meet(number.open, entry.number.open)


def _all_met(found: Met) -> bool:
    return found.all("met", but=_LESSER | {"direction"}) and not found.others()


RULES = (
    Rule("same_and_equal", _same_and_equal),
    Rule("derivable", derivable),
    Rule("of_the_country", _of_the_country),
    Rule("other_scale", other_scale),
    Rule("elsewhere", _elsewhere),
    Rule("of_other_persons", other_persons),
    Rule("counted_otherwise", _counted_otherwise),
    Rule("swapped_digits", swapped_digits),
    Rule("same_and_different", _same_and_different),
    Rule("other_sign", other_sign),
    Rule("nearly_elsewhere", _nearly_elsewhere),
    Rule("other_limit", other_limit),
    Rule("other_share", other_share),
    Rule("other_number", other_number),
    Rule("another_part", another_part),
    Rule("same_day", same_day),
    Rule("another_act", another_act),
    Rule("other_day", other_day),
    Rule("act_at_another_time", act_at_another_time),
    Rule("other_date", other_date),
)
