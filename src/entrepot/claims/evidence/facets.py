"""How what is said of a figure meets a row, facet by facet: place, counter, partner, direction, mode, good, part, rate, status, period.

Each facet gives one word: `met`, `near` (said a step away), `unsaid`, or `other` (something else is said). Scores and
relations are made of these words alone, and show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from entrepot.claims.evidence.told import CLAUSE, SENTENCE

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.evidence.entries import Entry
    from entrepot.claims.evidence.seen import Seen
    from entrepot.claims.evidence.told import Told

State = Literal["met", "near", "unsaid", "other"]
# Days by which a period of the text may end sooner or later and still be nearly that of the row.
_NEARLY = timedelta(days=31)
_DAY = timedelta(days=1)
# Units that say by themselves what is counted, where the record has one quantity of them at most places.
_TELLING = frozenset({"trains", "TEU", "wagons", "containers", "routes", "vehicles", "persons", "tonnes"})
_DIRECTIONS = frozenset({"in", "out"})
_FORECASTS = frozenset({"forecast", "planned", "scheduled"})
_HOME = "land:CN"  # the trade of the record is China's with another side: that it is named says nothing of the partner


@dataclass(frozen=True, slots=True)
class Met:
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

    def all(self, *states: State, but: frozenset[str] = frozenset()) -> bool:
        """Whether every facet, some aside, is one of the states."""
        return all(getattr(self, name) in states for name in self.__slots__ if name not in but)

    def others(self) -> list[str]:
        """The facets of which something else is said."""
        return [name for name in self.__slots__ if getattr(self, name) == "other"]


def met(told: Told, seen: Seen, entry: Entry) -> Met:
    """The facets of a figure and a row."""
    return Met(
        place=_place(told, entry),
        counter=_counter(told, seen, entry),
        partner=_partner(told, entry),
        direction=_direction(told, entry),
        mode=_mode(told, entry),
        good=_good(told, entry),
        part=_part(told, entry),
        rate=_rate(seen, entry),
        status=_status(told, entry),
        period=period(told.period, entry),
    )


def _place(told: Told, entry: Entry) -> State:
    if not entry.met:
        return "unsaid"
    whole = any(need <= told.inside for need in entry.met)
    if whole:
        rival = told.owner and told.owner not in entry.keys and not any(told.owner in need for need in entry.met)
        if rival and told.owner.startswith("at:"):
            return "other" if told.owner in told.own else "near"
        return "met"
    if any(all(n in told.weights for n in need) for need in entry.met):
        rivals = [n for n in told.inside if n.startswith(("at:", "who:", "land:", "law:")) and n not in entry.keys]
        return "other" if rivals else "near"
    named = ("at:", "who:", "law:", "land:") if entry.partner or len(entry.met[-1]) > 1 else ("at:", "who:", "law:")
    return "other" if any(n.startswith(named) and n not in entry.keys for n in told.inside) else "unsaid"


def _counter(told: Told, seen: Seen, entry: Entry) -> State:
    if not entry.quantities:
        return "unsaid"
    if entry.quantities & told.own:
        return "met"
    rivals = {n for n in told.own if n.startswith("what:")} - entry.quantities
    if entry.quantities & told.inside:
        return "near" if rivals else "met"
    name = next(iter(entry.quantities)).partition(":")[2]
    if seen.unit in _TELLING and name.removesuffix("_cumulative") == seen.unit:
        return "met"
    if any(told.weights.get(q, 0) for q in entry.quantities) and not rivals:
        return "near"
    stems = {k for k in entry.keys if k.startswith("w:")}
    if stems and not rivals and len(stems & told.inside) == len(stems):
        return "met"
    return "other" if rivals else "unsaid"


def _partner(told: Told, entry: Entry) -> State:
    sides = {n for n in told.inside if n.startswith(("land:", "side:"))} - {_HOME}
    if entry.partner and not entry.any_partner:
        if entry.partner in told.inside:
            return "met"
        if sides:
            return "other"
        return "near" if entry.partner in told.weights else "other"
    return "other" if any(n not in entry.keys and n != entry.partner for n in sides) else "met"


def _direction(told: Told, entry: Entry) -> State:
    said = {n[4:] for n in told.own if n.startswith("dir:")} or {n[4:] for n in told.inside if n.startswith("dir:")}
    one_way = said & _DIRECTIONS
    if entry.direction in _DIRECTIONS:
        if entry.direction in said:
            return "met"
        return "other" if said else "unsaid"
    if not entry.direction:
        return "met"
    return "other" if len(one_way) == 1 and "both" not in said else "met"


def _mode(told: Told, entry: Entry) -> State:
    said = {n for n in told.inside if n.startswith("mode:")}
    if entry.mode:
        return "met" if f"mode:{entry.mode}" in said else "other" if said else "unsaid"
    return "other" if said and entry.mode == "" and entry.quantities and entry.table == "observations" else "met"


def _good(told: Told, entry: Entry) -> State:
    said = {n for n in told.inside if n.startswith("good:")}
    if entry.good:
        return "met" if entry.good in said else "other" if said else "near" if entry.good in told.weights else "other"
    named = {g for g in said if not any(g[5:].replace(" ", "_").lower() in q.lower() for q in entry.quantities)}
    return "other" if named and entry.quantities else "met"


def _part(told: Told, entry: Entry) -> State:
    if entry.part:
        return "met" if entry.part & told.own else "near" if entry.part & told.inside else "other"
    return "other" if any(n.startswith("part:") for n in told.inside) else "met"


def _rate(seen: Seen, entry: Entry) -> State:
    return "met" if seen.per == entry.per else "unsaid" if seen.per is None and entry.table == "rules" else "other"


def _status(told: Told, entry: Entry) -> State:
    said = {h.row["value"] for h in told.line.sentence.hits.of("signals.status") if told.clause[0] <= h.start < told.clause[1]}
    if entry.status in {"reported", "occurred", ""}:
        return "other" if said else "met"
    return "met" if entry.status in said or entry.status == "rule" else "unsaid"


def period(said: tuple[date | None, date | None] | None, entry: Entry) -> State:
    """How the period that is said meets that of a row."""
    if entry.first is None and entry.last is None:
        return "met" if entry.state or entry.table in {"rules", "measures"} else "unsaid"
    if said is None or (said[0] is None and said[1] is None):
        return "met" if entry.state and entry.last is None else "unsaid"
    first, last = said[0] or said[1], said[1] or said[0]
    assert first is not None
    assert last is not None
    begins, ends = entry.first or entry.last, entry.last
    assert begins is not None
    if entry.state:
        return "met" if last >= begins and (ends is None or first <= ends) else "other"
    ends = ends or begins
    if (first, last) == (begins, ends):
        return "met"
    if said[0] is None:
        return "near" if last == ends else "other"
    if entry.table in {"events", "batches"} and first <= begins and ends <= last:
        return "met" if last - first <= _NEARLY else "near"
    if abs(first - begins) <= _DAY and abs(last - ends) <= _NEARLY:
        return "near"
    return "other"


def weight(told: Told, names: frozenset[str]) -> float:
    """How much the keys tell that say it: 1 in the clause, less farther away, 0 where none is said."""
    return max((told.weights.get(n, 0.0) for n in names), default=0.0)


WHOLE = (CLAUSE, SENTENCE)
