"""How what is said of a figure meets a row, facet by facet: place, counter, partner, direction, mode, and so on.

Each facet gives one word: `met`, `near` (said a step away), `lent` (of a period: by a sentence before), `beside` (of a
period: of another figure of the sentence, or the year before), `wide` (a place around it is said), `unsaid`, or
`other` (something else is said). Scores and relations are made of these words alone, and show them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from entrepot.claims.evidence.days.when_met import LENGTHS, State, period_met
from entrepot.claims.indexed.record_entry import is_plain
from entrepot.claims.indexed.record_names import calls
from entrepot.claims.indexed.shares_of import WHOLES, is_the_whole, kin, measured_otherwise, whole_said
from entrepot.claims.mentions.seen import is_money, units_of
from entrepot.claims.text.acts import not_of
from entrepot.claims.text.unread_words import says

if TYPE_CHECKING:
    from entrepot.claims.evidence.told import Told
    from entrepot.claims.indexed.record_entry import Entry
    from entrepot.claims.mentions.seen import Seen

LIMITS = frozenset({"over", "at_least", "nearly", "up_to"})  # bounds: behind one a round number tells of a row near it
# Units that say by themselves what is counted, where the record has one quantity of them at most places.
BY_UNIT = frozenset({"trains", "TEU", "wagons", "containers", "routes", "vehicles", "persons", "tonnes"})
_DIRECTIONS = frozenset({"in", "out"})  # one way; both and none say nothing narrower
_ONE_WAY, _BOTH_WAYS = frozenset({"dir:in", "dir:out"}), "dir:both"  # their keys
# statuses of rows that tell what was, not what is to come
_SAID_AS_FACT = frozenset({"reported", "occurred", ""})
# what the trains of a programme are counted by at a post
CARRIED = frozenset({"trains", "TEU", "containers"})
_OWNERS = ("at:", "law:", "away:")  # what a figure is of, before which no other place's row is meant
_PLACED, _WORLD = ("at:", "land:"), "_world_"
_ITS_OWN = re.compile(r"(?:['’]s|的)?\s?(?:(?!and\b)[a-zа-яё-]+\s){0,2}")  # the country's western region
_APPOSED, _MEMBERS = 3, 3  # characters between a region and its country; countries of a group named for all of it
_OF_RECORD = "en"  # language of the record
_OBSERVED, _SHARES, _GROUP, _PERCENT = "observations", "shares", "side:", "percent"
_IN_FORCE, _PLANNED = "in_force", "planned"  # of when a law begins to hold; status of what is to come
_HOME = "land:CN"  # the trade of the record is China's with another side: that it is named says nothing of the partner


class Met(NamedTuple):
    """The facets of a figure and a row, in words."""

    place: State
    counter: State
    partner: State
    direction: State
    mode: State
    good: State
    part: State
    rate: State
    status: State
    period: State
    doer: State = "met"

    def all(self, *states: State, but: frozenset[str] = frozenset()) -> bool:
        """Whether every facet, some aside, is one of the states."""
        return all(getattr(self, name) in states for name in self._fields if name not in but)

    def others(self) -> list[str]:
        """The facets of which something else is said."""
        if "other" not in self:
            return []
        return [name for name, state in zip(self._fields, self, strict=True) if state == "other"]


def met(told: Told, seen: Seen, entry: Entry, when: State | None = None) -> Met:
    """The facets of a figure and a row; `when`, its period's where it is known already."""
    return Met(
        _place(told, entry),
        _counter(told, seen, entry),
        _partner(told, entry),
        _direction(told, entry),
        _mode(told, entry),
        _good(told, entry),
        _part(told, entry),
        _rate(told, seen, entry),
        _status(told, entry),
        "unsaid" if entry.kind == "date" else when or period_met(told, entry),
        _doer(told, entry),
    )


def _place(told: Told, entry: Entry) -> State:  # noqa: C901, PLR0911 - a ladder, the surest first
    if not entry.met or entry.is_elsewhere(told.named("spot")):
        return "other" if entry.met else "unsaid"
    inside, loose = told.inside, not_of(told.line.by_office, entry.keys)  # whose office it is names none of its laws
    strange = told.placed.difference(entry.keys, entry.wider, loose, (_HOME,))
    if strange and not told.named("who").isdisjoint(strange):
        strange = frozenset(n for n in strange if not n.startswith("who:") or not calls(entry.keys, n))
    if strange and entry.unit in CARRIED and (runs := told.named("run")):  # trains of a programme, counted at its posts
        strange = frozenset(n for n in strange if n.replace("at:", "run:") not in runs)
    around: State = "near" if told.placed.isdisjoint(entry.wider) else "wide"
    if entry.share and not any(_HOME in need for need in entry.met) and _of_home(told, entry):
        return "other"
    if entry.partner and any(n.startswith("land:") for n in strange & told.own) and not entry.is_named(told.own):
        return "other"  # unlike this country that one traded so much with the row's other side
    if entry.is_named(inside):
        owner = told.owner if told.owner not in entry.wider | loose else ""
        if f"run:{entry.place}" in inside and any(n not in entry.keys for n in told.named("at")):
            return "other"  # the trains of a programme at one of its posts
        if owner.startswith(_OWNERS) and owner not in entry.keys and not any(owner in need for need in entry.met):
            alone = entry.kind != "date" or not entry.is_named(told.own)
            return "other" if owner in told.own and alone else "near"
        of_a_law = entry.table == _OBSERVED and any(n.startswith("law:") for n in strange)
        return "near" if of_a_law else "met"  # counted under one law, and the row under all
    if entry.is_named(told.weights.keys()):
        return "other" if any(not n.startswith("land:") for n in strange) else "lent" if strange else around
    if entry.partner or len(entry.met[-1]) > 1:
        return "other" if strange else "unsaid"
    if any(not n.startswith("land:") for n in strange):
        return "other"
    return "wide" if around == "wide" else "unsaid"


def _of_home(told: Told, entry: Entry) -> bool:
    """Whether the whole country stands nearest to a share in its clause: it makes 20 percent, its region 16.

    Before it, or where no place does, behind it: 20 percent of the world's cotton comes from China.
    """
    here = [k for k in told.line.found if told.clause[0] <= k.start < told.clause[1] and k.name.startswith(_PLACED)]
    before, text = [k for k in here if k.end <= told.start], told.line.sentence.text
    if not before:
        behind = [k for k in here if k.start >= told.end]
        own = behind[1:] and _ITS_OWN.fullmatch(text, behind[0].end, behind[1].start)
        return _WORLD in entry.quantity and bool(behind) and behind[0].name == _HOME and not own
    if before[-1].name != _HOME or is_the_whole(text[: told.start], told.clause[0], before):
        return False
    return not any(0 <= before[-1].start - k.end <= _APPOSED for k in before[:-1])  # a region, its country


def _counter(told: Told, seen: Seen, entry: Entry) -> State:  # noqa: C901, PLR0911 - a ladder, the surest first
    sentence = told.line.sentence  # in another language than the record's no word of a law meets: its verb does
    if entry.only == _IN_FORCE and sentence.language != _OF_RECORD and _begins(sentence.text[slice(*told.clause)]):
        return "met"
    if _of_kin(told, entry):
        return "other"
    if not entry.quantities:
        return "unsaid"
    if of_another_share(told, seen, entry):
        return "other"
    stems = entry.label if entry.kind != "date" else frozenset[str]()  # the name of a part of a law counts nothing
    if entry.quantities & told.own or (len(stems) > 1 and stems <= told.own):
        return "met"
    if entry.share:
        whole = whole_said(sentence.text, seen)
        return "met" if seen.part or (whole and f"_{whole}_" in entry.quantity) else "unsaid"
    rivals = frozenset(q for q in told.named("what", own=True) - entry.quantities if may_be_of(seen, q))
    if entry.quantities & told.inside:
        return "near" if rivals else "met"
    lone = entry.lone and seen.unit == entry.unit and not rivals  # of a post whose cargo alone is counted in tonnes
    if seen.unit in BY_UNIT and (lone or f"what:{seen.unit}" in entry.counted):
        return "met"
    if not rivals:
        if entry.quantities & told.weights.keys():
            return "near"
        return "met" if stems and stems <= told.inside else "unsaid"
    return "other"


def _of_kin(told: Told, entry: Entry) -> bool:
    """Whether the clause names a part of the row's quantity, another part of its whole, or the whole, and not its own.

    Denied 12,600 shipments are not all that were stopped; of those released or stopped none is told by a row of those
    denied, though another clause names them. What was added since the beginning is all that is listed.
    """
    if entry.pieces & told.own:
        if not entry.quantities:
            return told.named("what", own=True) <= entry.pieces
        return not _said_apart(told, entry.quantities) and not says(told.line.sentence.text, "in_all")
    if entry.quantities & told.own or entry.label <= told.own:
        return False
    return bool(entry.siblings & told.own) or (bool(entry.whole) and _said_apart(told, frozenset({entry.whole})))


def _said_apart(told: Told, quantities: frozenset[str]) -> bool:
    """Whether one of the quantities is named in the clause by another word than the figure's own noun."""
    first, last = told.clause
    here = (k for k in told.line.found if k.name in quantities and first <= k.start < last)
    return any(k.end <= told.start or told.end <= k.start for k in here)


def of_another_share(told: Told, seen: Seen, entry: Entry) -> bool:
    """Whether a share is said to be of another whole than the row's, right beside it, or of another measure."""
    if not entry.share:
        return False
    text = told.line.sentence.text
    if measured_otherwise(text[slice(*told.clause)], entry.quantity):
        return True
    said = whole_said(text, seen)
    return bool(said) and f"_{said}_" not in entry.quantity and any(f"_{w}_" in entry.quantity for w in WHOLES)


@lru_cache(maxsize=64)  # of one clause dozens of days are asked for
def _begins(clause: str) -> bool:
    """Whether a clause says that a law begins to hold."""
    return says(clause, _IN_FORCE)


def may_be_of(seen: Seen, quantity: str) -> bool:
    """Whether a figure can be of a quantity that is named: 26 companies are no shipments."""
    if seen.kind == "date":
        return False
    counted = units_of(quantity.partition(":")[2])
    return not counted or seen.unit == _PERCENT or is_plain(seen.unit) or any(seen.in_unit(u) for u in counted)


def _partner(told: Told, entry: Entry) -> State:
    """How the other side is met; a sum or share of a group is none of the country of it that the clause names alone.

    A share of a side that no list names is met by its words alone, which a text in another language has not.
    """
    found, sided = _side(told, entry), entry.partner.startswith(_GROUP)
    summed = sided and (entry.unit == _PERCENT or is_money(entry.unit)) and entry.partner not in told.sides_own
    if summed and len(told.sides & entry.keys) >= _MEMBERS and told.sides <= entry.keys:
        return "met"  # who names more than two of a group, and nobody else, names its members
    if summed and told.sides_own & entry.keys:
        return "other"
    lost = found == "unsaid" and bool(entry.partner) and entry.table == _SHARES
    lost = lost and told.line.sentence.language == _OF_RECORD and not entry.partner_words & told.weights.keys()
    return "other" if lost else found


def _doer(told: Told, entry: Entry) -> State:
    """Whether the country that the sentence begins with acts, and the act of the row is that of others: in answer."""
    return "other" if entry.doers and told.agent and told.agent not in entry.doers else "met"


def _side(told: Told, entry: Entry) -> State:
    sides = told.sides_own or told.sides
    if entry.partner_words:  # a side that no list names: its own words say it
        return "met" if entry.partner_words & told.inside else "unsaid"
    if entry.partner and not entry.any_partner:
        if entry.partner in sides or entry.partner == _HOME:
            return "other" if of_a_part_behind(told, entry.partner) else "met"
        return "other" if sides or entry.partner not in told.weights else "near"
    strange = sides - entry.keys - {entry.partner}
    if not entry.any_partner and entry.table == _OBSERVED and any(n.startswith("side:") for n in told.sides_own):
        return "other" if strange else "met"
    if any(n.startswith("land:") for n in strange):
        return "other" if told.sides_own else "near"
    return "near" if strange else "met"


def of_a_part_behind(told: Told, partner: str) -> bool:
    """Whether a side is only that of a part told of behind the clause: 520 billion, of which with Kazakhstan."""
    there = [k.start for k in told.line.found if k.name == partner]
    text, (_, last) = told.line.sentence.text, told.clause
    return bool(there) and min(there) >= last and says(text[last : min(there)], "of_which")


def _direction(told: Told, entry: Entry) -> State:
    if not entry.direction:
        return "met"
    said = told.named("dir", own=True) or told.named("dir")
    if entry.direction in _DIRECTIONS:
        if f"dir:{entry.direction}" in said:
            return "met"
        # Of two countries' trade each calls its own sales exports: who speaks is not said where the clause names none.
        paired = sum(k.startswith("land:") for k in entry.keys) > 1 and not told.named("land", own=True)
        if told.line.around.speaker == _HOME and not told.named("land"):
            paired = False  # the sentence before began with China: its exports
        if len(entry.met) > 1 and f"at:{entry.place}" in told.inside:
            paired = False  # a crossing whose post abroad has a name of its own is called by China's
        return "near" if said and paired else "other" if said else "unsaid"
    elsewhere = _BOTH_WAYS in said and not told.named("dir", own=True)  # the turnover, and the exports of it behind
    if any(
        CARRIED.intersection(units_of(q.partition(":")[2])) for q in entry.quantities
    ):  # shipped by train: either way
        traded = {(k.start, k.end) for k in told.line.found if k.name == "what:trade_value"}
        elsewhere = elsewhere or all((k.start, k.end) in traded for k in told.line.found if k.name in _ONE_WAY)
    return "other" if len(said & _ONE_WAY) == 1 and not elsewhere else "met"


def _mode(told: Told, entry: Entry) -> State:
    said = told.named("mode")
    if entry.mode:
        return "met" if f"mode:{entry.mode}" in said else "other" if said else "unsaid"
    return "other" if said and entry.quantities and entry.table == _OBSERVED else "met"


def _good(told: Told, entry: Entry) -> State:
    said = told.named("good", own=bool(told.named("what", own=True)))
    if entry.good_words:
        return "met" if entry.good_words & told.inside else "unsaid"
    if entry.good:
        if entry.good in said:
            return "met"
        alike = kin(entry.good)
        near = not alike.isdisjoint(said) or (not said and not alike.isdisjoint(told.weights))
        return "near" if near or (not said and entry.good in told.weights) else "other"
    if not said or entry.unit == "entities" or not entry.quantities or said <= entry.keys:
        return "met"
    if all(q.startswith("kind:") for q in entry.quantities):  # what an act is of stands in its words, if at all
        return "unsaid"
    named = (g[5:].replace(" ", "_").lower() for g in said)
    return "other" if any(g not in q.lower() for g in named for q in entry.quantities) else "met"


def _part(told: Told, entry: Entry) -> State:
    if entry.part:
        return "met" if entry.part & told.own else "near" if entry.part & told.inside else "other"
    return "other" if told.named("part", own=True) else "near" if told.named("part") else "met"


def _rate(told: Told, seen: Seen, entry: Entry) -> State:
    if seen.per == entry.per:
        return "met"
    if not entry.per and entry.of_law and seen.bound in LIMITS:
        return "near"  # 800 dollars a person and day are the 800 dollars that a law sets
    if seen.per is None:
        rates = told.line.sentence.hits.of("signals.per")
        if any(told.clause[0] <= h.start < told.clause[1] and h.row["value"] == entry.per for h in rates):
            return "near"
    return "unsaid" if seen.per is None and entry.table == "rules" else "other"


def _status(told: Told, entry: Entry) -> State:
    if entry.status in _SAID_AS_FACT:
        return "met" if not told.statuses else "unsaid" if entry.unit in LENGTHS else "other"
    if entry.status == _PLANNED and entry.first and not told.statuses and not says(told.line.sentence.text, "to_come"):
        begun = (told.period or (None, None))[1] or told.line.sentence.published
        if begun and begun < entry.first:
            return "other"  # what was yet to begin is told of as done
    return "met" if entry.status in told.statuses or entry.status == "rule" else "unsaid"
