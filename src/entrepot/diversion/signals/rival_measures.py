"""The other dated measures that could explain a signal: nothing is ascribed to one where several fit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.periods import first_day
from entrepot.measures.contract import EVENTS, TABLES
from entrepot.measures.goods_touched import meeting
from entrepot.measures.measure import measure, measures
from entrepot.sources.tables import read_table
from entrepot.vocabulary import countries
from entrepot.vocabulary.goods import SUBHEADING, hs_code
from entrepot.vocabulary.groups import group_of

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
        what: its kind in words; of an event, that its goods are those of its title.
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
    """Measures that took effect about then on the product and on the origin, the hub, or all countries.

    Args:
        question: the measure asked about and its route.
        product: code of the flows.
        hub: ISO alpha-3, or a word for all hubs.
        until: the last day looked at.

    Returns:
        Each once, in order of date.
    """
    names = {c for c in map(_alpha2, (question.origin, hub)) if c}
    found = set(_events(question, frozenset(names), until))
    for act, part in _dated(question.measure, question.destination, question.since - _AHEAD, until):
        if _concerns(part, act, names) and _touches(product, part):
            found.add(DatedMeasure(act.id, part.start or "", act.kind.replace("_", " ")))
    return tuple(sorted(found, key=lambda m: (m.start, m.said)))


@cache
def _events(question: Question, names: frozenset[str], until: date) -> tuple[DatedMeasure, ...]:
    """The dated events of the record that move trade between the origin or the hub and the destination.

    The record does not code their goods: they stand beside every product, and say so.
    """
    there = _alpha2(question.destination) if question.destination else None
    found = []
    for row in _moving():
        day = row["effective"] or row["date"]
        fits = question.since - _AHEAD <= first_day(day) <= until
        theirs = set(row["countries"])
        if fits and theirs & names and (there is None or there in theirs):
            kind = row["kind"].replace("_", " ")
            what = f"{kind}, goods as its title says: {row['title']}"
            found.append(DatedMeasure(row["id"], day, what, is_event=True))
    return tuple(found)


@cache
def _moving() -> tuple[dict[str, Any], ...]:
    """Events of the kinds that move trade, each once and as it came about."""
    events = next(t for t in TABLES if t.contract is EVENTS)
    rows = read_table(events).to_pylist()
    return tuple(r for r in rows if r["kind"] in _EVENTS and r["status"] == "occurred" and not r["same_as"])


@cache
def _dated(asked: str, destination: str | None, first: date, last: date) -> tuple[tuple[Measure, Part], ...]:
    """Parts of other measures that began from one day to another: the same for all rows of a scan."""
    return tuple(
        (act, part)
        for act in measures()
        if act.id != asked and act.kind in _MOVES_TRADE and _there(act, destination)
        for part in act.parts
        if (day := _day(part)) is not None and first <= day <= last
    )


def standing(question: Question) -> tuple[str, ...]:
    """The measures that the file of the measure itself names as competing explanations."""
    try:
        plan = measure(question.measure).brief
    except UnknownNameError:
        return ()
    return plan.competes_with if plan else ()


def _day(part: Part) -> date | None:
    return first_day(part.start) if part.start else None


def _there(act: Measure, destination: str | None) -> bool:
    """Whether the act is one of the destination; without one, of whoever applies the measure."""
    return destination is None or act.jurisdiction == _alpha2(destination)


def _concerns(part: Part, act: Measure, names: set[str]) -> bool:
    touched = set(part.countries or act.countries)
    return not touched or bool(touched & names)


@cache
def _alpha2(alpha3: str) -> str:
    return alpha3 if group_of(alpha3) else countries.code_of(alpha3)  # measures name the EU by itself


@cache
def _touches(product: str, part: Part) -> bool:
    """Whether a part meets the product; a product joined from several codes by any of them."""
    for code in product.split("/"):
        try:
            if meeting(hs_code(code[:SUBHEADING]), part) is not None:
                return True
        except BadInputError:
            continue
    return False
