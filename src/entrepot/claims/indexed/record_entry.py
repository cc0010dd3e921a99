"""What the record says, one figure or one date an entry: the rows of every table, as the evidence is looked up in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

from entrepot.claims.text.tolls import NONE, Toll
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from entrepot.claims.indexed.intervals import Printed


# What a text and a row call each by its own word: attackers and militants, firms and entities.
_NOUNS = frozenset({"persons", "entities", "employees"})


def is_noun(unit: str) -> bool:
    """Whether a unit only says what was counted, by a word of whoever counted."""
    return unit in _NOUNS or is_plain(unit)


@cache
def is_plain(unit: str) -> bool:
    """Whether a number has no unit of the lists: countries, categories, none at all."""
    return not any(unit in {r["unit"], r["name"]} for r in rows("unit_families"))


SPAN = "span"  # what a date is of: of all the time from one day to another, and of no day between them
# Families of units in which nothing is counted: a number of the record without a unit is none of them.
_MEASURED = frozenset({"length", "area", "speed", "temperature", "volume", "share"})


@cache
def is_measured(unit: str) -> bool:
    """Whether a number in a unit is no count of things or persons: 6 km, 50 percent."""
    return any(unit in {r["unit"], r["name"]} and r["family"] in _MEASURED for r in rows("unit_families"))


# Days by which a period of the text may end sooner or later and still be nearly that of the row.
_NEARLY = timedelta(days=31)
# two days that two prints give a day apart
DAY = timedelta(days=1)
# "So far" and "to date" in a report are of a total that ended within two months before it.
RECENT = timedelta(days=62)
# A notice is told of on its day and dated by that on which it takes effect, mostly the next or the next but one.
ANNOUNCED = timedelta(days=4)
# tables of what happens on a day, or is announced on one and holds from another
TOLD_OF = frozenset({"events", "batches"})
RULED = frozenset({"rules", "measures", "requirements"})  # tables whose figures hold without a period being said
_OBSERVED = "observations"
_COUNTS = frozenset({_OBSERVED, "shares", "flows"})  # tables of what was counted, and is not known before
_EARLY = timedelta(days=7)  # before the end of a year, in which its total is told of
_AHEAD = timedelta(days=31)  # by which an act is announced
_RULES = "rules"
_SET_AHEAD = timedelta(days=365)  # by which a rule is told of before it holds, where no row says since when
_PRINTED = timedelta(days=183)  # from the passing of a law, of which reports tell, to its print months may go
_FIRST_YEAR = timedelta(days=366)  # within which a count began on a day of its own
_SEASON = (9, 1)  # month and day on which the year of a crop begins
_ONE_WAY = frozenset({"in", "out"})  # directions; of both, and of none, a row says nothing


@dataclass(frozen=True, slots=True, eq=False)
class Entry:
    """One figure or one date of one row of the record.

    Attributes:
        row_id, table: the row.
        kind: figure, growth or date.
        said: the entry as a reader writes it.
        number: what its print leaves possible; None of a date.
        unit: base unit; empty of a date.
        per: rate.
        first, last: first and last day of its period; None where it has none.
        status: reported, forecast, capacity, planned, rule.
        place: id of its place, list or measure; empty: none.
        met: sets of keys of which one suffices to say the place, the law or the party.
        partner: key of the other side (`land:`, `side:`); empty: none, or part of the place.
        any_partner: whether the place itself names the other side.
        quantity: of a figure its metric.
        quantities: keys of the quantity and of its other names; of a date the kind of the event.
        direction, mode, good: empty: all, or not recorded.
        part: keys of the sector or the origin that it is narrowed to.
        keys: all keys that its words and names give.
        state: whether it holds on every day from first to last.
        label: the words of its quantity's own name, as stems.
        only: what a date is of: `in_force`, `known`, `ends`, `event`, `listed`; empty of a figure.
        family: who counts.
        unclear: whether the record itself doubts it.
        retold: whether it is another telling of an event that the record has in another row.
        grown: growth printed with the figure, in percent.
        known: of a law from when on it was known; None: it does not say.
        replaced: of a date since when another stands in its place; None: none does.
        scoped: whether the record says how it moved.
        source: id of its source.
        wider: keys of the places around its own.
        partner_words, good_words: the words of a side or a good that no list names; empty: a list does.
        whole: key of the quantity of which its own is a part: of those denied all that were stopped.
        siblings: keys of the other parts of the same quantity.
        pieces: keys of the quantities that are parts of its own.
        toll: of a number of persons what became of them, and who they were.
        acts: of a date what was done on it, as `text.acts`; empty where the row does not say.
        titled: those of them that the row's title names.
        numbers: the numbers of acts that its title and its citation print.
        offices: those that its title and its actors name.
        doers: keys of those whose act it is, where it binds others: who sanctions, who bans; empty: not known.
        lands: keys of the countries that it is of, where its row has others too: 125.87 percent for India.
        other_lands: those others.
        compared: whether the row has it for comparison only.
        lone: whether its place has no other quantity in its unit.
        spots: keys of the finer places that it is at.
        counted: its quantities, a total to date as the quantity itself.
        telling: the keys that say more than the place and the counter.
        share: whether it is a share of something.
        of_law: whether it is of a law.
    """

    row_id: str
    table: str
    kind: Literal["figure", "growth", "date"]
    said: str
    number: Printed | None = None
    unit: str = ""
    per: str | None = None
    first: date | None = None
    last: date | None = None
    status: str = "reported"
    place: str = ""
    met: tuple[frozenset[str], ...] = ()
    partner: str = ""
    any_partner: bool = False
    quantity: str = ""
    quantities: frozenset[str] = frozenset()
    direction: str = ""
    mode: str = ""
    good: str = ""
    part: frozenset[str] = frozenset()
    keys: frozenset[str] = frozenset()
    state: bool = False
    only: str = ""
    label: frozenset[str] = frozenset()
    family: str = ""
    unclear: bool = False
    retold: bool = False
    grown: float | None = None
    known: date | None = None
    replaced: date | None = None
    scoped: bool = True
    source: str = ""
    wider: frozenset[str] = frozenset()
    partner_words: frozenset[str] = frozenset()
    good_words: frozenset[str] = frozenset()
    whole: str = ""
    siblings: frozenset[str] = frozenset()
    pieces: frozenset[str] = frozenset()
    toll: Toll = NONE
    acts: frozenset[str] = frozenset()
    titled: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    offices: frozenset[str] = frozenset()
    doers: frozenset[str] = frozenset()
    lands: frozenset[str] = frozenset()
    other_lands: frozenset[str] = frozenset()
    compared: bool = False
    lone: bool = False
    spots: frozenset[str] = field(init=False)
    counted: frozenset[str] = field(init=False)
    telling: frozenset[str] = field(init=False)
    share: bool = field(init=False)
    of_law: bool = field(init=False)

    def __post_init__(self) -> None:
        """Work out once what each comparison asks for."""
        found = {
            "counted": frozenset(q.removesuffix("_cumulative") for q in self.quantities),
            "telling": frozenset(k for k in self.keys if k.startswith(("w:", "kind:", "land:", "good:", "nth:"))),
            "of_law": any(n.startswith("law:") for need in self.met for n in need),
            "spots": frozenset(k for k in self.keys if k.startswith("spot:")),
            "share": self.unit == "percent" and any("share" in q for q in self.quantities),
        }
        for name, value in found.items():
            object.__setattr__(self, name, value)

    def is_elsewhere(self, spots: frozenset[str]) -> bool:
        """Whether of the finer places that are said none is one of its own, lies in one, or holds one."""
        if not (self.spots and spots):
            return False
        return not any(f"{a}/".startswith(f"{b}/") or f"{b}/".startswith(f"{a}/") for a in self.spots for b in spots)

    def is_named(self, keys: AbstractSet[str]) -> bool:
        """Whether the keys say its place, its law or its party."""
        for need in self.met:  # noqa: SIM110 - asked a million times of a long report; `any` takes thrice as long
            if need <= keys:
                return True
        return False

    @property
    def days(self) -> int:
        """How many days the period covers; 0 where it is not known."""
        return (self.last - self.first).days + 1 if self.first and self.last else 0

    @property
    def facets(self) -> tuple[str, ...]:
        """The facets that the row says something of, as `evidence.facets` names them."""
        said = {
            "place": self.met,
            "counter": self.quantities,
            "partner": (self.partner and not self.any_partner) or self.partner_words,
            "direction": self.direction in _ONE_WAY,
            "mode": self.mode,
            "good": self.good or self.good_words,
            "part": self.part,
            "rate": self.per,
            "period": self.first or self.last,
        }
        return tuple(name for name, value in said.items() if value)


def period(said: tuple[date | None, date | None], entry: Entry) -> Literal["met", "near", "unsaid", "other"]:  # noqa: C901, PLR0911 - a ladder, the surest first
    """How a period meets that of a row."""
    first, last = said[0] or said[1], said[1] or said[0]
    if entry.first is None and entry.last is None:
        return "met" if entry.state or entry.table in RULED else "unsaid"
    assert first is not None
    assert last is not None
    begins, ends = entry.first or entry.last, entry.last
    assert begins is not None
    if entry.state:
        begins -= ANNOUNCED if entry.table in TOLD_OF else timedelta(0)
        if ends and DAY < last - first <= _NEARLY and ends - first < (last - first) / 2:
            return "other"  # of a month what held for the greater part of it, or at its end
        return "met" if last >= begins and (ends is None or first <= ends) else "other"
    ends = ends or begins
    if (first, last) == (begins, ends) or (entry.table in TOLD_OF and begins <= first and last <= ends):
        return "met"
    if said[0] is None or first == last:  # up to a day, from one not said; as of a day
        return "near" if abs(last - ends) <= DAY or (begins <= first <= ends and begins == ends) else "other"
    if entry.table in TOLD_OF and first <= begins and ends <= last:
        return "met" if last - first <= _NEARLY else "near"
    if (
        (first.month, first.day) == _SEASON
        and (begins.year, begins.month) == (first.year, first.month)
        and ends <= last
    ):
        return "near"  # of the season, up to the end of its harvest
    if begins.day > 1 and last == ends and timedelta(0) <= begins - first < _FIRST_YEAR:
        return "near"  # of the years 2022 to 2024 what was counted since the day in 2022 on which it began
    if entry.kind != "date" and entry.quantity and _month_end(last) and _month_end(ends):
        return "other"  # of the first six months, not of the first five
    if abs(first - begins) <= _NEARLY and abs(last - ends) <= RECENT:
        return "near"
    return "other"


def _month_end(day: date) -> bool:
    return (day + DAY).day == 1


def was_known(entry: Entry, published: date | None) -> bool:
    """Whether a report of a day can tell of a row: not of a law that nobody knew yet, nor of a count of later days."""
    counts = entry.table in _COUNTS
    total = entry.table == _OBSERVED and entry.status == "reported" and not entry.state
    till = entry.last if total else entry.first
    late = till - published if published and till and entry.kind != "date" else timedelta(0)
    if counts and entry.known and published and entry.known <= published:
        return True  # printed before its period had ended
    if late > (_EARLY if counts else _AHEAD) and entry.table not in RULED:
        return False
    if late > _SET_AHEAD and entry.table == _RULES and entry.known is None:
        return False
    return not (entry.known and published and entry.known - published > _PRINTED)
