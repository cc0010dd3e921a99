"""How a date stands to the rows offered for it: the same day of the same act, another act, another day.

Rules of `relation`, which tries them after those of figures.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from entrepot.claims.evidence import sure as sure_of
from entrepot.claims.evidence.case import (
    AGREES,
    DIFFERS,
    MANY,
    NEARBY,
    SURELY,
    Related,
    names_none,
    of_another_party,
)
from entrepot.claims.evidence.days.said_acts import said_acts
from entrepot.claims.evidence.mistaken import another_day
from entrepot.claims.evidence.nearest import SETTING, SHOWN_FROM, known_then, scored
from entrepot.claims.indexed.record_entry import SPAN
from entrepot.claims.indexed.record_names import calls, stems
from entrepot.claims.indexed.row_acts import ENDS
from entrepot.claims.text.acts import (
    ELSEWHERE,
    acts,
    is_binding,
    not_of,
    numbers,
    offices,
    offices_in,
    opposed,
    shut_out,
)
from entrepot.claims.text.attribution import patterns, speaker
from entrepot.claims.text.unread_words import led, says
from entrepot.core.words.translate import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.claims.evidence.case import Case
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.text.acts import Acts

_SAME_DAY = 0.5  # chance from which on the very day is that of a row: of some thousand days no chance meets one
_ITS_DAY = 0.75  # the same where another place is said too, or a law by a word that is none of its name: no de minimis
_UNSAID_DAY = 0.7  # the same where neither place nor kind is said: on a day much happens that the record has not
IN_FORCE = "in_force"  # what a date is of: of when a law begins to hold
_HOLDS = frozenset({"law:in_force", "law:applies"})  # acts from which on a law holds
_SIGNED = "law:signed"  # the last of what is done until a law is one
PASSED = frozenset({_SIGNED, "law:adopted"})  # of a law, of which a report says one for the other
# acts that a law sees once; it is also adopted, step by step
ONCE = frozenset({"law:proposed", "law:signed", "law:in_force", "law:applies", "law:adopted"})
EVENTS = "events"  # table of what was done on a day
_KNOWN = "known"  # what a day is of: from which a law was known, before it held
_SAID = "said"  # what a day is of: the words of a row name it
_OF_PARTS = frozenset({IN_FORCE, _SAID})  # days of a part of a law: on which it begins, or that its words name
# acts that bind from a day on; of a duty each step begins on a day of its own
_BINDS = frozenset({"kind:import_ban", "kind:due_diligence"})
_BY_OFFICES = frozenset({"law", "list", "sanction"})  # sorts of acts that are an office's
_RARE = 0.55  # rarity from which on a word tells one part of a law from another: "date" does not, "steel" does
_AGREEMENT = "kind:agreement"  # what a day is of on which countries agreed, or that took effect
RULES = "rules"  # table of what comes again each year: who does not say what comes on a day may mean something else
_LAW = "kind:law"  # what is said of a day on which a law is told of that has no name
_NAMED = frozenset({"met", "near"})  # states of a place that is said
_COUNTED = ("dir:", "what:trade_value")  # sorts of keys of what is traded
_NOUN = 16  # characters of what stands between a month and the exports of it: August antimony exports
SHOWN = 3  # rows that a verdict names
_UNTIL = 2  # characters between "until" and the first behind which a day begins; in Chinese it is a part of the day


def same_day(case: Case) -> Related | None:
    """A date is that of a law, a listing or an event which the sentence tells of."""
    if case.seen.kind != "date":
        return None
    held = [o for o in case.offers if o.equal and o.met.doer != "other" and not _is_of_another_place(case, o)]
    parts = _of_an_unnamed_part(case)
    held = known_then([o for o in held if o not in parts and not _of_another_name(case, o)], case.told)
    gone = [o for o in held if _is_of_another_act(case, o)]
    if gone:  # the day is of what those rows tell, unless another row names the act that is said
        held = [o for o in held if o not in gone and _names_it(o.entry, gone) & said_acts(case)]
    if held and sure_of.says_passed(case.told):  # that a law entered into force is another date
        held = [o for o in held if o.entry.only != IN_FORCE or o.entry.acts & PASSED]
    if case.seen.first != case.seen.last:  # in a month much begins: more than the place is said of it
        held = [o for o in held if (o.words or o.met.counter == "met") and o.met.partner != "other"]
        held = [o for o in held if not _is_of_what_was_traded(case, o)]
    if frozenset() < said_acts(case) <= _HOLDS and not _is_the_last(case):
        held = [o for o in held if o.entry.only != ENDS]  # what begins on a day is not what ends on it
    of_acts = _words_of_acts(case)
    held = [o for o in held if o.met.place != "unsaid" or set(o.words) - of_acts]  # every day some law is signed
    held = [o for o in _of_what_is_named(case, held) if not _is_of_unsaid_office(case, o)]
    if not case.seen.precise:  # a year alone is the period of many things: kind or words say of which
        held = [o for o in held if o.met.counter == "met" or len(o.words) > MANY or o.entry.only == SPAN]
    held = (own := _of_its_year(case)) or held
    told = own or _told_of(case, held)
    least = SURELY if not case.seen.precise else AGREES if case.seen.first != case.seen.last else _SAME_DAY
    least = max(least, _UNSAID_DAY) if held and held[0].met.place == held[0].met.counter == "unsaid" else least
    if not held or (held[0].chance < least and not told):
        return None  # a year alone is the period of many things
    best = tuple(o for o in held if o.chance >= SHOWN_FROM or o in told)[:SHOWN]
    is_coarse = not any(o.exact for o in best) and another_day(case, best)
    if is_coarse or all(o.entry.retold for o in best):
        return None  # of the month that one row has another knows the day; the record dates otherwise what is retold
    best = sure_of.parts_alike(case.index, case.told, case.seen, best)[:SHOWN]
    if why := ended(case, best) or _numbered_otherwise(case, best) or of_another_office(case, best):
        return Related("same_day", DIFFERS, best, why)
    return Related("same_day", "agrees", best, sure_of.why(best[0]))


def _is_of_another_place(case: Case, offer: Offer) -> bool:
    """Whether another place or law is said than the row's, and not so much of the row that it is of the very day."""
    is_its_day = offer.exact and case.seen.precise and offer.chance >= _ITS_DAY
    return offer.met.place == "other" and not is_its_day


def _told_of(case: Case, held: Sequence[Offer]) -> list[Offer]:
    """Rows of a date of which so much is said that they are told of, however unlikely they look."""
    seen, named = case.seen, [o for o in held if o.met.place in _NAMED]
    if not seen.precise:
        told = [o for o in held if o.met.place == o.met.counter == "met" and len(o.words) > MANY]
    else:
        told = [o for o in named if o.met.counter == "met" or (o.met.place == "met" and len(o.words) > MANY)]
        if seen.first != seen.last:  # what is done in a month is done by what the clause says
            told = [o for o in told if o.chance >= SHOWN_FROM or o.entry.quantities & case.told.own]
        told += [o for o in named if not o.exact and not o.met.others() and o.entry.acts & said_acts(case)]
    # The very day of the place, on which by the row just that was done which is said.
    done = [o for o in held if o.exact and o.entry.acts & said_acts(case)]
    told += [o for o in done if o.met.place == "met" or _between(case, o.entry)]
    told += [o for o in named if o.exact and o.entry.only == SPAN]  # both ends of it are said
    moved = any(s.grown for s in case.told.line.seen)  # the firm's shares fell on that day
    firm = [o for o in held if o.exact and seen.first == seen.last and o.entry.only != ENDS and not moved]
    told += [o for o in firm if sure_of.firm_named(case.told, o.entry)]
    if _is_the_last(case):
        told += [o for o in named if o.exact and o.entry.only == ENDS]
    return told


def _of_its_year(case: Case) -> list[Offer]:
    """Where the one law that is named is said to be of a year, or passed in it: the event of its being passed then."""
    seen, sentence, laws = case.seen, case.told.line.sentence, case.told.named("law")
    named = any(p.match(sentence.text, seen.end) for p in patterns("law_of_year", sentence.language))
    said = PASSED if named else said_acts(case)
    if seen.precise or seen.first is None or seen.last is None or len(laws) != 1 or not said & ONCE:
        return []
    dated = [e for e in case.index.dated.get(next(iter(laws)), ()) if e.table == EVENTS and not e.unclear]
    signed = [e for e in dated if _SIGNED in e.titled] if said & PASSED else []  # one house had passed it before
    acts = signed or [e for e in dated if e.titled & said & ONCE]
    then = (e for e in acts if e.first is not None and seen.first <= e.first <= seen.last)
    offers = (scored(case.index, case.told, seen, e) for e in then)
    return [o for o in offers if o.equal and o.met.place == "met"]


def _is_the_last(case: Case) -> bool:
    """Whether a day is that until which something is: on hold until 27 November 2026."""
    return led(case.told.line.sentence.text, case.seen.start + 1, "until_day", _UNTIL)


def _between(case: Case, entry: Entry) -> bool:
    """Whether the sentence names all the countries, more than one, between which something was agreed."""
    lands = {k for k in entry.keys if k.startswith("land:")}
    return _AGREEMENT in entry.quantities and len(lands) > 1 and lands <= case.told.inside


def _words_of_acts(case: Case) -> frozenset[str]:
    """The keys that only say what was done: signed, law."""
    sentence = case.told.line.sentence
    found = acts(sentence.hits, 0, len(sentence.text))
    return stems(" ".join(sentence.text[start:end] for start, end, _ in found)) | {_LAW}


def _names_it(entry: Entry, gone: Sequence[Offer]) -> Acts:
    """The acts by which a row stands beside rows of another act: of an event's day a part of its law has no other."""
    told = any(o.entry.table == EVENTS and o.entry.titled and o.entry.first == entry.first for o in gone)
    return entry.titled if told and entry.table == "measures" else entry.acts


def _is_of_what_was_traded(case: Case, offer: Offer) -> bool:
    """Whether a month is that of a count, and not of the law that a row begins: exports in August plunged to zero."""
    if not offer.entry.of_law or offer.met.counter == "met":
        return False
    told, seen, text = case.told, case.seen, case.told.line.sentence.text
    leads = patterns("leads_a_time", told.line.sentence.language)
    bare = bool(leads) and not any(p.search(text[: seen.start]) for p in leads)
    if bare and any(k.name.startswith("dir:") and 0 <= k.start - seen.end <= _NOUN for k in told.line.found):
        return True  # its August antimony exports; not: in August exports were restricted
    traded = any(k.startswith(_COUNTED) for k in told.own)
    return traded and not said_acts(case) and not says(text[slice(*told.clause)], "binds")


def is_of_no_act(case: Case, offers: Sequence[Offer]) -> bool:
    """Whether all that is said of a day is what no office does, and the rows are of an office's acts: since the war."""
    if case.seen.kind != "date" or said_acts(case) != {ELSEWHERE}:
        return False
    told, (first, last) = case.told, case.told.clause
    words = stems(" ".join(told.line.sentence.text[h[0] : h[1]] for h in acts(told.line.sentence.hits, first, last)))
    by_offices = (any(a.partition(":")[0] in _BY_OFFICES for a in o.entry.acts) for o in offers)
    return bool(offers) and all(by_offices) and not any(words & o.entry.keys for o in offers)


def _of_what_is_named(case: Case, held: list[Offer]) -> list[Offer]:
    """Without the days of other laws and other parties than those that the sentence names."""
    if laws := case.told.named("law"):
        of_none = case.told.line.by_office  # whose office it is says not which of its laws
        held = [
            o for o in held
            if laws & o.entry.keys or laws <= not_of(of_none, o.entry.keys) or not _of_a_law(o.entry)
        ]  # fmt: skip
    held = [o for o in held if not of_another_party(case, o.entry)]
    if (parties := case.told.named("who")) and not case.told.named("kind") - {"kind:listing"}:
        parties |= case.index.parties & case.told.inside
        held = [
            o for o in held if parties & o.entry.keys or any(calls(o.entry.keys, p) for p in parties) or names_none(o)
        ]
    return held


def _is_of_unsaid_office(case: Case, offer: Offer) -> bool:
    """Whether an event is a notice or a sanction of which the text so far names nothing but the place that it hits."""
    entry = offer.entry
    if entry.table != EVENTS or not entry.doers or not any(map(is_binding, entry.acts)):
        return False
    if {*offer.words} - frozenset[str]().union(*entry.met, stems(entry.place)):
        return False
    named = {n for n in case.told.weights if n.startswith(("law:", "who:", "kind:"))}
    return not (named & entry.keys or entry.doers & {*case.told.weights} or said_acts(case) & entry.acts)


def _of_a_law(entry: Entry) -> bool:
    return any(k.startswith("law:") for k in entry.keys)


def ended(case: Case, best: Sequence[Offer]) -> str:
    """Why what a law sets is told of as if it held, and no longer did when the report was published; else empty."""
    published, text = case.told.line.sentence.published, case.told.line.sentence.text
    held = [o.entry for o in best if o.entry.table in SETTING or o.entry.replaced or o.entry.state]
    over = [e.replaced or (e.last if e.kind == "figure" else None) for e in held]
    days = [d for d in over if d is not None]
    first = bool(held) and held[0].replaced is not None  # what stands in its place, another row may still print
    if published is None or not days or (len(days) < len(held) and not first) or says(text, "formerly"):
        return ""
    said = case.told.period if case.seen.kind == "figure" else None
    if max(days) >= published or (said is not None and said != (None, None)):
        return ""
    return tr("It held until {day}, before the report: look.", day=max(days))


def _numbered_otherwise(case: Case, best: Sequence[Offer]) -> str:
    """Why the act of that day is not the one whose number the sentence prints; empty where it is, or prints none.

    A row that prints no number has those of its law.
    """
    said = numbers(case.told.line.sentence.text)
    rows = [o.entry for o in best]
    laws = {n for e in rows for need in e.met for n in need if n.startswith("law:")}
    held = frozenset[str]().union(*(e.numbers for e in rows)) or frozenset[str]().union(
        *(e.numbers for law in laws for e in case.index.dated.get(law, ()))
    )
    sorts = {n.partition(":")[0] for n in held}
    other = {n for n in said if n.partition(":")[0] in sorts}
    if len(other) != 1 or other & held:
        return ""  # of several acts each may be of another day
    named = ", ".join(sorted(n.partition(":")[2] for n in held if n.partition(":")[0] in {o[0] for o in other}))
    return tr("The record has another number of the act: {named}.", named=named)


def of_another_office(case: Case, best: Sequence[Offer]) -> str:
    """Why the act is not that of the office which the sentence names; empty where it is, or one side names none.

    Who only speaks of an act may be another than whose it is, and so may who does what another day is of; several
    offices say nothing, nor does another beside the name of the law itself: the ban of which Parliament spoke.
    """
    own = case.told.own
    rest = (o.entry for o in best if not (o.entry.table in SETTING and any(need <= own for need in o.entry.met)))
    held = next((e.offices for e in rest if e.offices), frozenset())
    sentence = case.told.line.sentence
    says_so = speaker(sentence.text, sentence.language) or ""
    named = offices_in(sentence.text) if held else ()
    said = {name for start, end, name in named if _is_of_the_day(case, start, end)}
    if len(said) != 1 or said & held or said & offices(says_so):
        return ""
    return tr("By the record it was another office: look.")


def _is_of_the_day(case: Case, start: int, end: int) -> bool:
    """Whether no other date of the sentence stands nearer to some words than the date at hand."""
    gaps = {d.start: max(d.start - end, start - d.end, 0) for d in case.told.line.dates}
    return bool(gaps) and min(gaps, key=lambda at: gaps[at]) == case.seen.start


def _is_of_another_act(case: Case, offer: Offer) -> bool:
    """Whether another act is said than that of the day on record: entered into force, and the row: signed."""
    if (
        offer.exact
        and offer.entry.only == _KNOWN
        and case.seen.until not in {None, case.seen.last}
        and not said_acts(case)
    ):
        return True  # since that day it holds, and the row has the day of its notice
    named = offer.chance >= (SHOWN_FROM if offer.met.place in _NAMED else _SAME_DAY)
    if not (case.seen.precise and offer.equal and named):
        return False
    said, held = said_acts(case), offer.entry.acts
    return opposed(said, held) or (offer.exact and shut_out(said, held))


def _of_an_unnamed_part(case: Case) -> list[Offer]:
    """Rows of a day on which only a part of a law begins, where the law is said to, and nothing names the part.

    A law of several parts begins on the days of which a row says so in its own words; a part, and a deadline that the
    law sets, has to be named: that authorities were appointed is not that a ban applies.
    """
    if not (case.seen.precise and said_acts(case) & _HOLDS):
        return []
    inside = case.told.inside
    parts = [o for o in case.offers if o.exact and o.entry.table == "measures" and o.entry.only in _OF_PARTS]
    parts = [
        o for o in parts if o.entry.quantities & _BINDS and not o.entry.label & inside and not _begins_it(case, o.entry)
    ]
    begun = {o.entry.first for o in parts}
    silent = (o for o in case.offers if o.exact and not o.entry.acts and o not in parts)
    return [*parts, *(o for o in silent if o.entry.first in begun)]


def _of_another_name(case: Case, offer: Offer) -> bool:
    """Whether the clause has a word of the names of other laws and none of this one: graphite, and not gallium."""
    if offer.entry.table != "measures" or offer.met.place in _NAMED:
        return False
    asked = ((kind, word) for kind in offer.entry.quantities for word in case.told.own)
    named = {case.index.called[key] for key in asked if key in case.index.called}
    return bool(named) and offer.entry.place not in named


def another_part(case: Case) -> Related | None:
    """Parts of the law that the clause names, of other days, where nothing names those that begin on this one.

    Of a ban on imports and one on investment each began on its day: that of the one says nothing of the other.
    """
    day, own = case.seen.first, case.told.own
    laws = {f"law:{o.entry.place}" for o in case.offers if o.exact and o.entry.table == "measures"}
    laws = laws & case.told.named("law") or laws  # on one day parts of several laws begin
    if case.seen.kind != "date" or day != case.seen.last or len(laws) != 1 or case.told.named("law") - laws:
        return None
    held = [e for e in case.index.dated.get(next(iter(laws)), ()) if e.table == "measures"]
    parts = {e.row_id: e for e in held if e.only == IN_FORCE}
    begins = [e for e in held if e.first == day]
    words = Counter(w for e in parts.values() for w in e.label)
    rare = case.index.rare
    if any(e.only == _SAID or any(words[w] == 1 or rare.get(w, 1.0) >= _RARE for w in e.label & own) for e in begins):
        return None  # it is named; and a deadline that a part sets has words of its own
    telling = {w for w, n in words.items() if n == 1 and rare.get(w, 1.0) >= _RARE}
    begun = {e.row_id for e in begins}
    of_it = (o.entry.keys for o in case.offers if o.exact and o.met.place != "other")
    telling -= frozenset[str]().union(*of_it)  # a row of that day has the word
    here = {k.name for k in case.told.line.found if _is_of_the_day(case, k.start, k.end)}
    named = [e for key, e in parts.items() if key not in begun and e.label & own & telling & here]
    found = sorted(
        (scored(case.index, case.told, case.seen, e) for e in named), key=lambda o: (-o.points, o.entry.row_id)
    )
    return Related("another_part", NEARBY, tuple(found[:1]), "") if found else None


def _begins_it(case: Case, part: Entry) -> bool:
    """Whether a law begins with a part: it has no other day, or it is its first and no row says on which it begins."""
    held = case.index.dated.get(f"law:{part.place}", ())
    days = {e.first for e in held if e.table == "measures" and e.only == IN_FORCE}
    said = any(e.table == EVENTS and e.acts & _HOLDS for e in held)
    return part.only == IN_FORCE and (len(days) == 1 or (not said and part.first == min(d for d in days if d)))


def another_act(case: Case) -> Related | None:
    """The day is on record of the law that is named, of another step of it than the one that is said."""
    if case.seen.kind != "date" or not said_acts(case) & ONCE:
        return None
    near = (o for o in case.offers if o.chance >= _SAME_DAY and o.met.place == "met")
    held = tuple(o for o in near if _is_of_another_act(case, o))
    note = tr("On that day the record has another act: look.")
    return Related("another_act", DIFFERS, held[:SHOWN], note) if held else None
