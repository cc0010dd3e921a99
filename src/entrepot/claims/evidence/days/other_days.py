"""What a date is held against where no row near it has the day: another day of the same act, red where it has one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.claims.evidence.case import CONTRADICTS, DIFFERS, NEARBY, Related
from entrepot.claims.evidence.days.days_told import EVENTS, IN_FORCE, ONCE, PASSED, RULES, SHOWN
from entrepot.claims.evidence.days.said_acts import said_acts
from entrepot.claims.evidence.mistaken import ends_a_total
from entrepot.claims.evidence.nearest import scored
from entrepot.claims.evidence.sure import LISTINGS, dates_beside, not_read, said_beside, says_passed, spared
from entrepot.claims.text.acts import offices
from entrepot.claims.text.shared_keys import stem
from entrepot.claims.text.unread_words import says, unread
from entrepot.core.words.translate import marked, tr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from entrepot.claims.evidence.case import Case
    from entrepot.claims.evidence.nearest import Offer
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.indexed.record_index import RecordIndex
    from entrepot.claims.mentions.seen import Seen

_ONE_DATE = marked("The date is the only one on record of its kind, and another is said.")
_TWO = 2  # parts of a date, of three, that are right
_SAID = frozenset({"met", "near", "lent"})  # a place that the sentence or the text before it says
_LIKELY = 0.35  # chance from which on another day is worth a look, as a row is from there on worth showing
_ENOUGH = 1.2  # words that meet a row: two that stand in few others
_EVENT = "event"  # a crossing reopens, a meeting is held, again and again; a law enters into force once
# acts of which one day is right, however many steps there were before it; a treaty is signed as a law is
_SEEN_ONCE = frozenset({"law:signed", "work:signed", "law:in_force", "law:applies"})


def other_day(case: Case) -> Related | None:
    """A law, a listing or an event which the sentence tells of has another date on record, and one alone."""
    if case.seen.kind != "date" or ends_a_total(case):
        return None
    others = _other_dates(case.index, case.told, case.seen)
    others = [o for o in others if not _by_its_office(case, o) and (o.entry.table != RULES or o.met.counter == "met")]
    found = [o for o in others if o.entry.first not in case.days] or [o for o in others if _begins(case, o)]
    if not found:
        return None
    once = _seen_once(case, found)
    found = once or found
    reasons = _unmet(case.told, case.seen, found, once=bool(once))
    if found[0].entry.first in case.days:
        reasons = reasons or [tr("the text has its date too")]
    if case.seen.first != case.seen.last:
        reasons = reasons or [tr("no day is said")]
    if not reasons:
        return Related("other_day", CONTRADICTS, tuple(found[:SHOWN]), _ONE_DATE)
    day = case.told.line.sentence.text[case.seen.start : case.seen.end]
    done = bool(said_acts(case)) or any(c.isdecimal() for c in day)  # on Friday something else may have been done
    passed = case.seen.first != case.seen.last and says_passed(case.told)  # a law is in no other month
    told = (found[0].chance >= _LIKELY or passed) and done  # there are more days of a law than the record has
    return Related("other_day", DIFFERS if told else NEARBY, tuple(found[: SHOWN if told else 1]), spared(reasons))


def act_at_another_time(case: Case) -> Related | None:
    """An act on the one law that is named, which the record dates, told of a time in which the record has none of it.

    A law is proposed, signed and begins to hold once; on the way to its adoption it is approved again and again.
    """
    seen, laws = case.seen, case.told.named("law")
    if seen.kind != "date" or not seen.precise or seen.first is None or seen.last is None or len(laws) != 1:
        return None
    law = next(iter(laws))
    said = said_acts(case) & ONCE
    dates = [e for e in case.index.dated.get(law, ()) if e.first and e.last and not e.unclear]
    if not said or any(e.first <= seen.last and seen.first <= e.last for e in dates if e.first and e.last):
        return None
    held = [scored(case.index, case.told, seen, e) for e in dates if e.titled & said and e.table == EVENTS]
    if not held:
        return None
    found = sorted(held, key=lambda o: (-o.points, o.entry.row_id))[:SHOWN]
    return Related("act_at_another_time", DIFFERS, tuple(found), tr("The record dates that act otherwise: look."))


def _seen_once(case: Case, found: Sequence[Offer]) -> list[Offer]:
    """Of rows of other days the events that tell just the act which is said of this one, of those a law sees once."""
    said = said_acts(case)
    once = said <= _SEEN_ONCE and case.told.named("law")
    return [o for o in found if once and o.entry.table == EVENTS and o.entry.titled & said & ONCE]


def _by_its_office(case: Case, offer: Offer) -> bool:
    """Whether of a row only the office that makes its law is said: OFAC does more than the record has of it."""
    line, said = case.told.line, case.told.inside
    named = frozenset[str]().union(*(need for need in offer.entry.met if need <= said))
    spans = [(k.start, k.end) for k in line.found if k.name in named]
    return bool(spans) and all(offices(line.sentence.text[start:end]) for start, end in spans)


def _begins(case: Case, offer: Offer) -> bool:
    """Whether a law is said to begin to hold on that day, whatever else the text has of the day on record."""
    return offer.entry.only == IN_FORCE and said_beside(case.told, case.seen, offer.entry)


def _other_dates(index: RecordIndex, told: Told, seen: Seen) -> list[Offer]:
    """Dated rows of what the sentence tells of that are one slip away, where none near it has the date that is said.

    A slip is another year, month or day, the rest being right: such a date is no chance where the words meet.
    """
    if seen.first is None or seen.first != seen.last:
        return _other_years(index, told, seen)
    names = [n for n in told.weights if n.startswith(("at:", "law:", "who:", "land:"))]
    said = seen.first
    days = (e for n in names for e in index.dated.get(n, ()) if e.first and e.first == e.last)
    held = dict.fromkeys(e for e in days if e.first == said or _slip(said, e.first))  # the rest say nothing of it
    offers = [scored(index, told, seen, e) for e in held if not e.unclear]
    if any(o.equal and o.met.place in _SAID and (o.words or said_beside(told, seen, o.entry)) for o in offers):
        return []
    found = [
        o
        for o in offers
        if o.entry.first is not None
        and _slip(seen.first, o.entry.first)
        and o.met.place in _SAID
        and (_telling(index, o) >= _ENOUGH or said_beside(told, seen, o.entry) or o.entry.quantities & told.own)
    ]
    listed = [o for o in found if o.entry.table == LISTINGS and o.met.place == "met"]
    return sorted(
        listed or [o for o in found if o.entry.table != LISTINGS], key=lambda o: (-_telling(index, o), o.entry.row_id)
    )


def _other_years(index: RecordIndex, told: Told, seen: Seen) -> list[Offer]:
    """Of the month or year in which a law is said to be passed: its dates on record, where none lies in it."""
    laws = told.named("law")
    if len(laws) != 1 or seen.first is None or seen.last is None or not says_passed(told):
        return []
    dates = [e for e in index.dated.get(next(iter(laws)), ()) if e.first and e.last and not e.unclear]
    begun = {e.first for e in dates if e.only == IN_FORCE}  # a law is passed before it holds, or on that day
    acts = [e for e in dates if "kind:law" in e.quantities]
    passed = (e for e in acts if e.first not in begun or e.titled & PASSED)
    if any(e.first <= seen.last and seen.first <= e.last for e in passed if e.first and e.last):
        return []
    acts = [e for e in acts if e.first == e.last]
    return [scored(index, told, seen, e) for e in sorted(acts, key=lambda e: (str(e.first), e.row_id))]


def _telling(index: RecordIndex, offer: Offer) -> float:
    """How much the words that met tell of a row."""
    return sum(index.rare.get(w, 0.0) for w in offer.words)


def _unmet(told: Told, seen: Seen, found: Sequence[Offer], *, once: bool = False) -> list[str]:
    """The reasons why another date is no contradiction; empty where it is one.

    `once`: whether what is said to be done on that day is what the rows tell, and a law sees it once.
    """
    reasons = [] if seen.basis == "stated" else [tr("its year is not said")]
    if len({o.entry.first for o in found}) > 1:
        reasons.append(tr("more than one date is on record"))
    if found[0].met.place != "met":
        reasons.append(tr("the sentence does not name what it is of"))
    if not once and not any(o.entry.only != _EVENT and said_beside(told, seen, o.entry) for o in found):
        reasons.append(tr("it is not said what happened on that day"))
    if dates_beside(told) > 1:
        reasons.append(tr("two dates stand beside it"))
    if told.line.sentence.hits.of("signals.status"):
        reasons.append(tr("it may be a plan"))
    if once:
        reasons += _narrower(told, found[0].entry)
    elif all(o.entry.only == _EVENT and o.entry.table != LISTINGS for o in found):
        reasons.append(tr("such a thing may have happened more than once"))
    return reasons


def _narrower(told: Told, entry: Entry) -> Iterator[str]:
    """Why a part of a law, or another version of it, may be meant: words that are not read, and not of the row."""
    sentence = told.line.sentence
    if says(sentence.text, "amended"):
        yield tr("an amendment may be meant")
    words = [w for w in unread(sentence) if w.islower() and f"w:{stem(w)}" not in entry.keys]
    yield from [not_read(words)] if words else []


def _slip(said_day: date | None, held: date | None) -> bool:
    """Whether one part of a date is wrong and the others right: another year, month or day."""
    if said_day is None or held is None:
        return False
    parts = (said_day.year == held.year, said_day.month == held.month, said_day.day == held.day)
    return sum(parts) == _TWO  # of three
