"""The other dated measures that could explain a signal: nothing is ascribed to one where several fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.periods import first_day
from entrepot.diversion.flows.measure_goods import touches
from entrepot.diversion.question import TOGETHER
from entrepot.measures.contract import EVENTS, TABLES
from entrepot.measures.measure import measure, measures
from entrepot.sources.tables import read_table
from entrepot.vocabulary import countries
from entrepot.vocabulary.groups import group_of, members

if TYPE_CHECKING:
    from datetime import date

    from entrepot.diversion.question import Question
    from entrepot.measures.act import Measure, Part

# Trade moves ahead of a measure that is announced, and for a while after one that began: a year before counts.
_AHEAD = timedelta(days=365)
# Acts that change what goods cost or whether they pass. Blocking is of parties, due diligence of papers, an allowance
# of what a person carries: none moves the trade in a product. One left out hides a rival, one too many adds a doubt.
_MOVES_TRADE = {
    *("anti_dumping_countervailing", "countermeasure", "de_minimis", "export_control", "import_ban", "safeguard"),
    "tariff",
}
# Their like among the record's events; a law or a listing is there as a measure, with its goods.
_EVENTS = {"countermeasure", "import_ban", "trade_remedy"}


@dataclass(frozen=True, slots=True)
class DatedMeasure:
    """A measure, or an event of the record, that took effect on a day.

    Attributes:
        id: of the measure or of the event.
        start: the day, ISO.
        what: its kind in words; of an event its title too.
        is_event: whether it is an event of the record.
    """

    id: str
    start: str
    what: str
    is_event: bool = False

    @property
    def dated(self) -> str:
        """Its id and its day."""
        return f"{self.id} from {self.start}"

    @property
    def said(self) -> str:
        """As a part of a sentence: `us-section-301-china from 2018-07-06 (tariff)`."""
        return f"{self.dated} ({self.what})"


def rivals(question: Question, product: str, hub: str, until: date) -> tuple[DatedMeasure, ...]:
    """Measures that took effect about then on the product, between the ends of the flow and the hub.

    Args:
        question: the measure asked about and its route.
        product: code of the flows.
        hub: ISO alpha-3, or a word for all hubs.
        until: the last day looked at.

    Returns:
        Each once, in order of date.
    """
    found = {event for event, goods in _events(question, hub, until) if _among(product, goods)}
    for act, part in _dated_on(product, question.measure, question.since - _AHEAD, until):
        if _on_route(act, part, question, hub):
            found.add(DatedMeasure(act.id, part.start or "", act.kind.replace("_", " ")))
    return tuple(sorted(found, key=lambda m: (m.start, m.said)))


def standing(question: Question, product: str, hub: str) -> tuple[str, ...]:
    """The measures that the file of the measure itself names as competing explanations, of this product and place."""
    plan = question.act.brief if question.act else None
    named = _named_on(product, plan.competes_with) if plan else ()
    return tuple(act.id for act, parts in named if any(_on_route(act, p, question, hub) for p in parts))


@cache
def _named_on(product: str, ids: tuple[str, ...]) -> tuple[tuple[Measure, tuple[Part, ...]], ...]:
    """Measures with their parts that meet a product: the same for all its rows."""
    acts = (measure(m) for m in ids)
    return tuple((act, tuple(p for p in act.parts if touches(product, p))) for act in acts)


@cache
def _events(question: Question, hub: str, until: date) -> tuple[tuple[DatedMeasure, tuple[Part, ...]], ...]:
    """The dated events of the record that move trade between the origin or the hub and the destination.

    Their goods are those of the acts that carry them. An event that none carries stands beside no product: it may be
    of any other.
    """
    there = _alpha2(question.destination) if question.destination else ()
    names = {c for end in (question.origin, hub) for c in _alpha2(end)}
    carried = _carried()
    found = []
    for row in _moving():
        day = row["effective"] or row["date"]
        fits = question.since - _AHEAD <= first_day(day) <= until
        theirs = set(row["countries"])
        if fits and theirs & names and (not there or theirs & set(there)) and row["id"] in carried:
            what = f"{row['kind'].replace('_', ' ')}: {row['title']}"
            found.append((DatedMeasure(row["id"], day, what, is_event=True), carried[row["id"]]))
    return tuple(found)


@cache
def _carried() -> dict[str, tuple[Part, ...]]:
    """By event the parts of the acts that carry it; of an act whose own part lists no goods, all that list some."""
    found: dict[str, list[Part]] = {}
    for act in measures():
        on_goods = [p for p in act.parts if p.goods in {"all", "listed"}]
        for part in act.parts:
            for row in part.rows:
                found.setdefault(row, []).extend([part] if part in on_goods else on_goods)
    return {row: tuple(parts) for row, parts in found.items()}


def _among(product: str, parts: tuple[Part, ...]) -> bool:
    return any(touches(product, p) for p in parts)


@cache
def _moving() -> tuple[dict[str, Any], ...]:
    """Events of the kinds that move trade, each once and as it came about."""
    events = next(t for t in TABLES if t.contract is EVENTS)
    rows = read_table(events).to_pylist()
    return tuple(r for r in rows if r["kind"] in _EVENTS and r["status"] == "occurred" and not r["same_as"])


@cache
def _dated(asked: str, first: date, last: date) -> tuple[tuple[Measure, Part], ...]:
    """Parts of other measures that began from one day to another: the same for all rows of a scan."""
    return tuple(
        (act, part)
        for act in measures()
        if act.id != asked and act.kind in _MOVES_TRADE
        for part in act.parts
        if (day := _day(part)) is not None and first <= day <= last
    )


@cache
def _dated_on(product: str, asked: str, first: date, last: date) -> tuple[tuple[Measure, Part], ...]:
    """Those of `_dated` that meet a product: the same for all its rows."""
    return tuple((act, part) for act, part in _dated(asked, first, last) if touches(product, part))


def _day(part: Part) -> date | None:
    return first_day(part.start) if part.start else None


def _on_route(act: Measure, part: Part, question: Question, hub: str) -> bool:
    """Whether a part lies on the way: on goods of the origin or the hub into the destination, or on what leaves either.

    Without a destination a measure of anyone on goods of the origin may have turned them elsewhere.
    """
    day = question.since
    ends = (question.origin, hub)
    there = (question.destination,) if question.destination else ()
    touched = part.countries or act.countries
    into = not there or _is_one(act.jurisdiction, there, day)
    enters = into and (not touched or any(_is_one(c, ends, day) for c in touched))
    out_of = _is_one(act.jurisdiction, ends, day)
    leaves = out_of and (not touched or any(_is_one(c, (hub, *there), day) for c in touched))
    return {"export": leaves, "both": enters or leaves}.get(act.direction, enters)


@cache
def _is_one(place: str, ends: tuple[str, ...], day: date) -> bool:
    """Whether a place of a measure, alpha-2 or EU, is one of the ends, or the EU that one is in on the day."""
    union = members("EU", day) if place == "EU" else ()
    return any(place in _alpha2(e) or any(one in union for one in e.split(TOGETHER)) for e in ends)


@cache
def _alpha2(end: str) -> tuple[str, ...]:
    """The codes of an end as measures name places: one, or of places named together each."""
    found = (e if group_of(e) else countries.code_of(e) for e in end.split(TOGETHER))  # they name the EU by itself
    return tuple(c for c in found if c)
