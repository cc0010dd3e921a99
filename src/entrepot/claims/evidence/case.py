"""A figure or a date beside the rows offered for it, and how it stands to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta
from math import isinf
from typing import TYPE_CHECKING

from entrepot.claims.evidence.days.when_met import begun_with
from entrepot.claims.evidence.nearest import SETTING, scored
from entrepot.claims.indexed.intervals import same
from entrepot.claims.indexed.record_entry import is_plain
from entrepot.claims.indexed.record_names import stems
from entrepot.claims.mentions.figures import overlaps
from entrepot.claims.text.acts import offices_in
from entrepot.claims.text.attribution import patterns
from entrepot.claims.text.shared_keys import stem
from entrepot.claims.text.unread_words import says
from entrepot.core import units
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen
    from entrepot.claims.text.lexicon import Hit

CONTRADICTS, DIFFERS = "contradicts", "differs"
NEARBY = "nearby"  # no verdict: a row that may be meant, of which too little is said to call the two different
# Verdicts that call a figure right.
BORNE_OUT = frozenset({"agrees", "agrees_within_rounding", "superseded"})
# Chances of a row with just this number: from the first on it is of the same thing, where nothing else is said; from
# the second on also where a rounding or a lesser facet differs. Chosen on the reports labelled to be seen.
AGREES, SURELY = 0.6, 0.85
SURE_DAY = 0.9  # as the second, of a date: on one day more happens than the record has
# Digits of a number from which on it is no chance that a row of the same place has it: of a thousand rows one does.
TELLING = 3
MANY = 4  # words that a sentence shares with a row, to tell of the same thing
_HOME = frozenset({"land:CN"})  # every text of its trade names it
_ENOUGH = 1.5  # of words that a text has of a row, how much they tell: two that stand in few others
_NAMES = ("at:", "law:", "who:", "land:", "nth:")
_PROGRAMME = "programme"
_LISTED = "kind:listing"
_LISTINGS = "listings"
_OBSERVED = "observations"
_TERMS = frozenset({"days", "months", "hours"})  # units of how long a law gives
# Behind a rate what it is on, and where the goods of another rate begin.
_OF_GOODS = re.compile(r"[\w\s-]{0,24}?\b(?:on|for|на)\s", re.IGNORECASE)
_NEXT_RATE = re.compile(r"\d[\d.,]*\s?(?:%|per ?cent)|;|\.\s")
_LATER = timedelta(days=31)  # by which a part begins later than the day since when it is said to hold
_LED = 14  # characters before a term with words that make it the time up to now: the past 12 months
_WORDS_LED = 3  # the same in words, the empty one behind the last space too: not: last year for four months
_BESIDE = 120  # characters behind a figure in which it is said to be the largest
_PASSED = frozenset({"over", "at_least"})  # bounds of a mark that is passed
_OF_FACT = frozenset({"reported", "occurred"})  # statuses of what was counted
_JUST_BEHIND = 12  # characters behind a figure in which it is called a mark: the 100 billion threshold
_ENTITIES = "entities"  # unit of what a list adds, by the dozen on many days
_BELOW = 9  # characters before a figure in which "not even" stands
# How a row's facet is another than the one that is said.
SAID_OF = {
    "place": marked("of another place"),
    "counter": marked("of another quantity"),
    "partner": marked("with another side"),
    "direction": marked("of another direction"),
    "good": marked("of another good"),
    "part": marked("of another part"),
    "mode": marked("by another mode"),
    "period": marked("of another period"),
    "doer": marked("by another side"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A figure or a date with the rows offered for it.

    Attributes:
        index: the record's.
        told: what is said of it.
        seen: itself.
        offers: the rows, the nearest first.
        days: those that the text around names: whose day it names, that the text knows.
        worded: events, acts and rules that the words of its sentence lead to.
        around: rows that figures around it are surely of.
        others: rows that any figures of the text are surely of.
        named: keys of what the text names, up to the figures after this one.
    """

    index: RecordIndex
    told: Told
    seen: Seen
    offers: Sequence[Offer]
    days: frozenset[date] = frozenset()
    worded: Sequence[Entry] = ()
    around: Sequence[Entry] = ()
    others: frozenset[Entry] = frozenset()
    named: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Related:
    """How it stands.

    Attributes:
        rule: the rule's name.
        verdict: a word of `VERDICTS`.
        offers: the rows that it rests on.
        note: why, for a reader.
        rows: those that imply it, where none prints it.
        passed: of a figure said to be the largest where those words stand in the sentence, and the larger on record.
    """

    rule: str
    verdict: str
    offers: tuple[Offer, ...]
    note: str
    rows: tuple[str, ...] = ()
    passed: tuple[tuple[int, int], Related] | None = None


def certainty(seen: Seen, how: Related) -> str | None:
    """How sure it is that a row which calls a figure or a day right is the one meant: sure, likely.

    None where nothing is called right, or where rows imply it and the working is shown. Where only the text before
    names the place or the law, the sentence may have gone on to another.
    """
    if how.verdict not in BORNE_OUT or how.rows:
        return None
    least = SURE_DAY if seen.kind == "date" else SURELY
    sure = any((o.chance >= least or o.met.all("met")) and o.met.place != "near" for o in how.offers)
    return "sure" if sure else "likely"


def largest(case: Case, offer: Offer) -> tuple[tuple[int, int], Related] | None:
    """Of a figure said to be the largest: larger ones on record, then or since."""
    entry, told = offer.entry, case.told
    words = told.line.sentence.hits.of("changes.largest", "changes.record")
    here = [h for h in words if 0 <= h.start - told.end <= _BESIDE or told.clause[0] <= h.start < told.clause[1]]
    # It is the nearest figure's: trade that grew by 28 percent to a record 280.8 billion grew faster before.
    figures = [f for f in told.line.seen if f.kind == "figure" and not f.aside and f.start != told.start]
    here = [h for h in here if all(_gap(h, told) <= _gap(h, f) for f in figures)]
    if not here:
        return None
    span = here[-1].start, here[-1].end
    if entry.number is None or not entry.quantity:
        return None
    alike = [
        e
        for e in case.index.of_thing(entry)
        if (e.unit, e.kind, e.partner, e.direction, e.good, e.part) ==
        (entry.unit, entry.kind, entry.partner, entry.direction, entry.good, entry.part)
        and e.number is not None and e.first and e.number.value > entry.number.value and abs(e.days - entry.days) <= 1
        and e.table == entry.table
    ]  # fmt: skip
    end = told.line.sentence.published or entry.last
    before = [e for e in alike if end is None or str(e.last or e.first) <= str(end)]
    after = sorted((e for e in alike if e not in before), key=lambda e: (str(e.first), e.row_id))
    if before:
        larger = scored(case.index, told, case.seen, max(before, key=lambda e: e.number.value))  # type: ignore[union-attr]
        note = tr("It is said to be the largest: larger by then.")
        return span, Related("same_and_equal", DIFFERS, (larger, offer), note)
    if not after:
        return None
    passed = tuple(scored(case.index, told, case.seen, e) for e in after)
    steps = tr(", and on ").join(  # a total on the last of its days; offices that count alike say it once
        dict.fromkeys(tr("{day} by {value}", day=e.last, value=units.number(e.number.value)) for e in after if e.number)
    )
    note = tr("The largest then. Passed on {steps}.", steps=steps)
    return span, Related("same_and_equal", "superseded", (offer, *passed), note)


def _gap(a: Hit, b: Told | Seen) -> int:
    """Characters between two spans of a sentence."""
    return max(a.start - b.end, b.start - a.end, 0)


def says_no_other(case: Case, offer: Offer) -> bool:
    """Whether a figure says nothing against a row of another number.

    It is of what is to come, of a mark that was passed, or of persons who were not hurt.
    """
    seen, told, entry = case.seen, case.told, offer.entry
    if told.statuses and entry.status in _OF_FACT:
        return True  # by the end of the year it will be more
    if seen.number is None or entry.number is None:
        return False
    less = seen.number.value <= entry.number.value
    behind = told.line.sentence.text[seen.end : seen.end + _JUST_BEHIND]
    if less and seen.digits == 1 and (seen.bound in _PASSED or says(behind, "a_mark")):
        return True  # for the first time over 100 billion
    if told.toll.became not in {"", entry.toll.became}:
        return bool(entry.toll.became)  # those who were arrested are not the dead
    return bool(entry.toll.became) and not (told.toll.became or any("killed" in k for k in told.own))  # a team of 15


def with_another_place(told: Told, entry: Entry) -> bool:
    """Whether another place than that of a row is named beside it: a figure of two posts together."""
    runs = {n.replace("run:", "at:") for n in told.named("run")}
    return any(n.startswith("at:") for n in told.placed - entry.keys - entry.wider - runs)


def says_enough(seen: Seen, offer: Offer) -> bool:
    """Whether place or what is counted is said, where the text counts by a noun that the row has not: 17 products.

    A row of the very day that counts by no noun says enough by it: 555 for is 555 votes.
    """
    noun = seen.unit not in {"", offer.entry.unit} and is_plain(seen.unit)
    strange = noun and f"w:{stem(seen.unit)}" not in offer.entry.keys
    of_day = offer.exact and not offer.entry.unit and offer.met.period == "met" and offer.chance >= SURELY
    return not strange or of_day or "met" in {offer.met.place, offer.met.counter}


def of_an_unnamed_good(case: Case, offer: Offer) -> bool:
    """Whether the row is the rate of a duty on some goods, and the sentence names none of them, or others behind it.

    Where the goods of a rate stand right behind it ("50% on wafers, 25% on tungsten"), those of others say nothing.
    """
    entry, words, told = offer.entry, offer.entry.good_words, case.told
    if entry.table != "measures" or not words:
        return False
    text = told.line.sentence.text
    if _OF_GOODS.match(text, told.end):
        stop = _NEXT_RATE.search(text, told.end + 1)
        last = stop.start() if stop else len(text)
        return not words & {k.name for k in told.line.found if told.end <= k.start < last}
    alike = [s for s in told.line.seen if (s.kind, s.unit) == (case.seen.kind, case.seen.unit)]
    rates = {s.number for s in alike if not begun_with(text, s.start)}  # from 25 to 50% is the rate of one thing
    return not words & (told.own if len(rates) > 1 and told.named("good") else told.inside)  # each has its goods


def of_another_part(case: Case, entry: Entry) -> bool:
    """Whether a figure that a law sets is said of another country, or of since when that part did not hold.

    A rate that the row has of one country is none of another that the row has too; what a row has for comparison alone
    is said by its words; what began long after the day since when it is said to hold is of another part.
    """
    if entry.table not in SETTING:
        return False
    told = case.told
    own, text = told.named("land", own=True), told.line.sentence.text
    if own & entry.other_lands and not own & entry.lands:
        return True
    if entry.compared and not says(text, "for_comparison"):
        return True
    first, last = told.clause
    since = [d.first for d in told.line.dates if first <= d.start < last and d.until and d.precise and d.first]
    return len(since) == 1 and entry.first is not None and entry.first - since[0] > _LATER


def by_chance(case: Case, offer: Offer) -> bool:
    """Whether a number may be a row's by chance: one that counts nothing, and neither place nor count nor much is said.

    Nor is a term in days that of a law which is not named: every law has terms; nor are a few entities those of a day
    that is not said. Where words are met that few rows have it is none.
    """
    text = case.told.line.sentence.text
    before = " ".join(text[max(0, case.seen.start - _LED) : case.seen.start].split(" ")[-_WORDS_LED:])
    own = stems(text[case.seen.start : case.seen.end])  # a number in words tells no more
    rare = sum(case.index.rare.get(w, 0.0) for w in {*offer.words} - own) > _ENOUGH
    said = offer.met.place in {"met", "near"} or offer.met.counter == "met"
    if case.seen.unit in _TERMS and says(before + text[case.seen.start : case.seen.end], "stretch_to_now"):
        return True  # over the past 12 months
    if case.seen.unit in _TERMS and "met" not in {offer.met.place, offer.met.counter} and not rare:
        return True
    if case.seen.unit == _ENTITIES and "met" not in {offer.met.place, offer.met.counter, offer.met.period}:
        return case.seen.digits == 1 and not rare
    said = said if offer.entry.table != _OBSERVED else offer.met.counter == "met"  # much is counted of a place
    return not case.seen.unit and not said and case.seen.digits < TELLING and not rare


def said_below(case: Case, entry: Entry) -> str:
    """Why a number that is said to lie below just the one counted does not: fewer than 144, of 144; else empty."""
    number, seen = entry.number, case.seen
    said = None if number is None else seen.in_unit(entry.unit)
    if number is None or said is None or entry.table in SETTING or not same(said.value, number.value):
        return ""
    word = case.told.line.sentence.text[max(0, seen.start - _BELOW) : seen.end]
    counted = not isinf(number.open.low) and number.open.high >= said.value
    return (
        tr("On record it is the number that it is said to lie below: look.") if counted and says(word, "under") else ""
    )


def of_its_country(case: Case, entry: Entry) -> bool:
    """Whether the clause names the country alone, and the record counts that of the country too: not of its region."""
    told, places = case.told, case.index.names.places
    here = places.get(entry.place)
    if entry.share or here is None or entry.is_named(told.own):
        return False
    lands = set(here["countries"] or ())
    if not lands or not {f"land:{c}" for c in lands} <= told.own:
        return False
    whole = [
        p for p, row in places.items() if row["kind"] == "country" and p != entry.place
        and set(row["countries"] or ()) == lands
    ]  # fmt: skip
    of_it = (e for p in whole for e in case.index.things.get((p, entry.quantity), ()))
    return any((e.unit, e.kind, e.good) == (entry.unit, entry.kind, entry.good) for e in of_it)


def of_nothing_named(case: Case, found: Related) -> bool:
    """Whether an agreement is with rows of whose place, law or party the text names nothing: a rate by chance."""
    return found.verdict in BORNE_OUT and not any(
        o.met.place != "unsaid"
        or sum(case.index.rare.get(w, 0.0) for w in o.words) >= _ENOUGH
        or not all((need - _HOME).isdisjoint(case.named) for need in o.entry.met)
        or any(n.startswith(_NAMES) and n in case.named for n in o.entry.keys - _HOME)
        for o in found.offers
    )


def of_an_unknown_law(told: Told, offers: Sequence[Offer]) -> bool:
    """Whether all the rows are of laws that the sentence does not name, and it names one that the record has not.

    What a paragraph on one law says of the Accounting Directive is not of the first.
    """
    keys = [o.entry.keys for o in offers]
    if not all((laws := _laws(held)) and laws.isdisjoint(told.inside) for held in keys):
        return False
    sentence = told.line.sentence
    known = [(k.start, k.end) for k in told.line.found if k.name.startswith("law:")]
    named = (m for p in patterns("a_law", sentence.language) for m in p.finditer(sentence.text))
    strange = [stems(m[0].rpartition(" ")[0] or m[0]) for m in named if not overlaps(known, *m.span())]
    return any(words.isdisjoint(held) for words in strange for held in keys)


def of_another_event(told: Told, offers: Sequence[Offer]) -> bool:
    """Whether a sentence tells of another incident than those before it, and names none of where the rows are of."""
    events = all(o.entry.table == "events" and o.met.place != "met" for o in offers)
    return bool(offers) and events and says(told.line.sentence.text, "another_event")


def _laws(keys: frozenset[str]) -> frozenset[str]:
    return frozenset(k for k in keys if k.startswith("law:"))


def is_unreal(case: Case, entry: Entry) -> bool:
    """Whether a text denies a fact, or only supposes, forecasts or aims at it: did not reach 520 billion."""
    sentence, first = case.told.line.sentence, case.told.clause[0]
    if entry.status != "reported":
        return False  # a plan is on record as a plan
    if any(p.search(sentence.text) for p in patterns("denied", sentence.language)):
        return True
    head = sentence.text[first : case.seen.start]
    return case.seen.kind == "figure" and any(p.search(head) for p in patterns("unreal_before", sentence.language))


def of_another_sum(told: Told, entry: Entry) -> bool:
    """Whether the clause names a balance, and the row none; or what was spent, and not what the row counts."""
    clause, row = told.line.sentence.text[slice(*told.clause)], entry.said.lower()
    counted = bool(entry.quantities & told.own)
    return any(says(clause, what) and not says(row, what) for what in ("balance", *(() if counted else ("spent",))))


def of_another_law(case: Case, entry: Entry) -> bool:
    """Whether a programme counted under another law than the clause names, or under all: not what one act stopped."""
    place, said = case.index.names.places.get(entry.place), case.told.named("law", own=True)
    if entry.table != _OBSERVED or not said or place is None or place["kind"] != _PROGRAMME:
        return False
    return not any(said & need for need in entry.met)


def of_another_party(case: Case, entry: Entry) -> bool:
    """Whether a row is of a party that it names, the sentence names another, and the text so far none of the row's.

    A notice that lists many names few of them in its words.
    """
    own, text = entry.keys & case.index.parties, case.told.line.sentence.text
    if _LISTED in entry.keys or not own or not own.isdisjoint(case.named):
        return False
    by_offices = [(start, end) for start, end, _ in offices_in(text)]
    here = (k for k in case.told.line.found if k.name in case.index.parties and text[k.start].isupper())
    return any(not overlaps(by_offices, k.start, k.end) for k in here)


def of_something_else(case: Case, offer: Offer) -> bool:
    """Whether a row with the number is of another thing by what only rows of its sort tell."""
    told, entry = case.told, offer.entry
    return (
        of_an_unnamed_good(case, offer)
        or by_chance(case, offer)
        or of_its_country(case, entry)
        or of_another_part(case, entry)
        or of_another_sum(told, entry)
        or of_another_law(case, entry)
        or of_another_party(case, entry)
    )


def names_none(offer: Offer) -> bool:
    """Whether it is surely the act that the sentence tells of, and the row names no party that it could be of."""
    named = offer.entry.table == _LISTINGS or any(k.startswith("who:") for k in offer.entry.keys)
    return offer.met.place == "met" and offer.chance >= SURELY and not named
