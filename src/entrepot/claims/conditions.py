"""The conditions of a contradiction: each gives the reason why it does not hold for a claim that differs, or None.

Which of them are asked is said in `contradiction`, the one gate.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from math import inf
from typing import TYPE_CHECKING

from entrepot.claims import cells
from entrepot.claims.gazetteer import PAIRS
from entrepot.claims.intervals import meet, same
from entrepot.claims.subject import directed, partner_of
from entrepot.claims.units import MONEY
from entrepot.claims.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from entrepot.claims.cells import Cell, Fact, Index
    from entrepot.claims.lexicon import Hit
    from entrepot.claims.model import Claim
    from entrepot.claims.said import Said

_ORDER = 2  # times: a figure under half of the row is likely of a part, one over twice of a whole
_SHOWN = 3  # words, enough to see what the reader passed over
# Bases of a period that the words of the claim's own sentence give.
_READ_PERIODS = frozenset({"stated", "relative"})
_POINTS = "percentage_points"
# A part of a hundred is of no order of size.
_SHARES = frozenset({"percent", _POINTS})
# Names that place nothing: who counts, the trains of a programme, a phrase.
_NO_PLACE = frozenset({"agency", "phrase", "trains"})
# Directions that a claim has where the reader took the way to or from a country for one.
_ONE_WAY = frozenset({"in", "out"})
# Names of laws and of their lists: of one law they name one thing.
_LISTS = frozenset({"measure", "list", "stops"})
_UFLPA = "uflpa"
# A notice and the total after it are told in one breath.
_ONE_LIST = frozenset({"batches.added", "batches.removed", "listed_entities"})


@dataclass(frozen=True, slots=True)
class Case:
    """A claim that differs, and what it differs from.

    Attributes:
        index: the facts of the record.
        claim: the claim.
        rows: the facts it was held against.
        published: the report's day.
        said: its sentence, read again; None where the figure is not found in it.
    """

    index: Index
    claim: Claim
    rows: tuple[Fact, ...]
    published: date | None
    said: Said | None

    @property
    def cell(self) -> Cell:
        """What the claim is of."""
        return cells.cell_of(self.claim)


def subject_read(case: Case) -> str | None:
    """Its own sentence names what it is of."""
    if cells.lent(case.claim):
        return "another sentence gave its place, quantity or period"
    if case.claim.subject_kind == "outside":
        return "it is of a part that the record does not tell apart"
    if case.said is None or not any(_is_subject(case, h) for h in case.said.sentence.hits.of("names")):
        return "the sentence does not name what it is of"
    return None


def base_read(case: Case) -> str | None:
    """What it is measured on is said: exports or the whole trade, growth on which period, a share of what."""
    claim, own = case.claim, case.said.own if case.said else []
    if claim.unit == _POINTS:
        return "points are no figure of a row"
    if claim.unit == "percent" and "share" not in (claim.quantity or "") and claim.comparison != "yoy":
        return "the period that it grew on is not said"
    if claim.quantity == "trade_share" and not (claim.partner or claim.product or claim.direction):
        return "whose share it is is not said"
    flows = {h.row["direction"] for h in own if h.row["direction"]}
    one_way = flows & {"export", "import", "in", "out"}
    if (one_way and case.cell.direction == "both") or (one_way and "both" in flows):
        return "one direction and the whole are both named"
    return None


def counter_read(case: Case) -> str | None:
    """What is counted is said beside it, and nothing else that is counted in the same unit."""
    wanted = _family(case)
    own = [h.row["quantity"] for h in case.said.own] if case.said else []
    if not any(q in wanted for q in own):
        return "what is counted is not said beside the figure"
    other = next((q for q in own if q not in wanted and _same_unit(q, case.claim.unit)), None)
    return f"{other.replace('_', ' ')} may be meant" if other else None


def partner_read(case: Case) -> str | None:
    """No place, country, group or part is named beside it that is not the row's."""
    if case.said is None:
        return None
    others = [h for h in case.said.names if not _is_met(case, h)]
    text = case.said.sentence.text
    return f"“{text[others[0].start : others[0].end]}” is named beside it" if others else None


def sector_read(case: Case) -> str | None:
    """Every word of the sentence is one that the reader knows: an unread one may say of which part the figure is."""
    if case.said is None:
        return "its sentence could not be read again"
    goods = [h for h in case.said.goods if case.claim.product is None and not _in_name(case.claim, h)]
    text = case.said.sentence.text
    words = [*(text[h.start : h.end] for h in goods), *case.said.unread()]
    return f"not read beside it: {', '.join(f'“{w}”' for w in words[:_SHOWN])}" if words else None


def period_read(case: Case) -> str | None:
    """Its first and its last day are read in its own sentence, and no other period stands beside it."""
    claim = case.claim
    if not (claim.period_start and claim.period_end) or claim.period_basis not in _READ_PERIODS:
        return "its period is not said"
    if claim.period_basis == "relative" and case.published and claim.period_end >= case.published.isoformat():
        return "its period runs up to the report"
    if case.said is not None and case.said.periods > 1:
        return "two periods stand beside it"
    if case.said is not None and case.said.rates and not claim.per:
        return "it may be a rate"
    return None


def reported(case: Case) -> str | None:
    """It is said as a fact, and no word of a forecast, a plan or a capacity stands in the sentence."""
    signals = case.said.sentence.hits.of("signals.status") if case.said else []
    if case.claim.status != "reported" or signals:
        return "it may be a forecast, a plan or a rule"
    return None


def no_enumerator(case: Case) -> str | None:
    """The number counts: it does not number an article, a gate, an item or the thousandth train."""
    return "the number may number a thing" if case.said and case.said.numbers_a_thing else None


def alone(case: Case) -> str | None:
    """No second figure of its unit stands in the sentence, whose period, place or whole it could have."""
    others = case.said.beside if case.said else []
    if any(f.unit in {case.claim.unit, ""} and f.value is not None for f in others):
        return "another figure stands beside it"
    return None


def rows_met(case: Case) -> str | None:
    """Rows of the very cell and period say otherwise: same partner, good, mode, direction, counter, days."""
    cell = case.cell
    if not any(cells.same_period(cell, f) and _strictly(cell, f) for f in case.rows):
        return "no row is of just this period and scope"
    return None


def rows_agree(case: Case) -> str | None:
    """The rows of its cell and period agree with one another, and none leaves the figure possible."""
    number, found = cells.number_of(case.claim), _of_cell(case)
    possible = next((f for f in found if number and meet(f.number.open, number.open)), None)
    if possible is not None:
        return f"{possible.row_id} leaves it possible"
    good = [f for f in found if f.quality != "unclear"]
    apart = next(((a, b) for a, b in combinations(good, 2) if not meet(a.number.close, b.number.close)), None)
    return f"{apart[0].row_id} and {apart[1].row_id} disagree" if apart else None


def one_count(case: Case) -> str | None:
    """One office counts it: of the trade of two countries each side prints a figure of its own."""
    cell = case.cell
    of_it = (f for f in cells.of(case.index, cell) if cells.same_thing(case.index, cell, f))
    if mirrored(case.claim) and len({f.family for f in of_it}) > 1:
        return "both sides count it, each its own way"
    return None


def beyond_offices(case: Case) -> str | None:
    """It is farther from the row than offices that count the same thing ever were from one another."""
    number = cells.number_of(case.claim)
    gaps = [_gap(number.value, f.number.value) for f in case.rows] if number else []
    spread, pair = _spread(case)
    return f"offices differ as much ({', '.join(pair)})" if gaps and min(gaps) <= spread else None


def same_order(case: Case) -> str | None:
    """It is neither under half nor over twice of what is on record, as a part or a whole would be."""
    number = cells.number_of(case.claim)
    if number is None or case.claim.unit in {*_SHARES, "persons", "entities"}:
        return None
    low, high = abs(number.value), abs(number.value)
    held = [abs(f.number.value) for f in case.rows]
    if held and all(high * _ORDER < v or low > v * _ORDER for v in held):
        return "it is so far off that it may be of a part or a whole"
    return None


def nowhere_on_record(case: Case) -> str | None:
    """The number stands nowhere on record for the place, what it is part of and its parts, in that year."""
    number = cells.number_of(case.claim)
    found = next((f for f in _of_place(case) if number and _alike(f, number.value, case.claim.unit)), None)
    return f"{found.row_id} has the number for the place and year" if found else None


def printed(case: Case) -> str | None:
    """A row prints it: what rows imply for it rests on roundings and on the terms of another count."""
    del case
    return "no row prints it: rows imply it"


def mirrored(claim: Claim) -> bool:
    """Whether both sides of a border print the figure, each its own: trade of two countries."""
    return claim.quantity == "trade_value" and ((claim.subject or "").startswith("china-") or bool(claim.partner))


def _is_subject(case: Case, hit: Hit) -> bool:
    """Whether a name says what the claim is of: itself, one of two countries, the list or the law of it."""
    kind, name_id, subject = hit.row["kind"], hit.row["id"], case.claim.subject or ""
    if kind in _LISTS:
        return name_id == subject or (subject.startswith(_UFLPA) and name_id.startswith(_UFLPA))
    if kind in {"country", "capital"}:
        return PAIRS.get(name_id) == subject or partner_of(name_id) in case.index.names.get(subject, "")
    if kind == "region":
        return any(f.cell.partner == name_id for f in case.rows)
    return bool(name_id == subject or case.index.opposite.get(name_id) == subject)


def _is_met(case: Case, hit: Hit) -> bool:
    """Whether a name beside the figure is one that the row has too, or says nothing of its scope."""
    kind, name_id, subject = hit.row["kind"], hit.row["id"], case.claim.subject or ""
    if kind in _NO_PLACE or _is_subject(case, hit):
        return True
    # A crossing's rows name the country beyond it; a text that names it may speak of what goes there.
    partners = {case.claim.partner, *(f.cell.partner for f in case.rows if not f.any_partner)}
    if kind in {"country", "capital"}:
        home = name_id == "CN" or (name_id == "US" and subject.startswith(_UFLPA))
        towards = case.said is not None and case.said.comes_or_goes(hit) and case.claim.direction not in _ONE_WAY
        return (home and not towards) or partner_of(name_id) in partners
    if kind == "region":
        return name_id in partners
    above = case.index.parents.get(subject)
    return kind in {"place", "within"} and name_id in {above, case.index.opposite.get(subject)} - {None}


def _family(case: Case) -> set[str]:
    """The words of quantities that say what the claim counts."""
    quantity = case.claim.quantity or ""
    base = cells.base_quantity(quantity, None)[0]
    found = {quantity, base, *case.index.also.get(quantity, ()), *case.index.also.get(base, ())}
    if quantity == "trade_share":
        found.add("trade_value")  # what it is a share of
    return found | _ONE_LIST if quantity in _ONE_LIST else found


def _same_unit(quantity: str, unit: str | None) -> bool:
    """Whether another quantity is counted in the claim's unit."""
    units = next((row["units"] for row in rows("quantities") if row["quantity"] == quantity), ())
    return unit in (units or ())


def _in_name(claim: Claim, hit: Hit) -> bool:
    """Whether a good's name is part of the quantity's own: cotton in cotton_output."""
    return str(hit.row["product"]).replace(" ", "_") in (claim.quantity or "")


def _strictly(cell: Cell, fact: Fact) -> bool:
    """Whether what the text leaves open is nothing that the row narrows."""
    narrower = cell.direction is None and fact.cell.direction in {"in", "out"} and directed(cell.quantity)
    return not narrower and fact.scope_known


def _of_cell(case: Case) -> list[Fact]:
    cell = case.cell
    found = (f for f in cells.of(case.index, cell) if cells.same_thing(case.index, cell, f))
    return [f for f in found if cells.same_period(cell, f)]


def _gap(a: float, b: float) -> float:
    """By how much the smaller falls short of the larger, as a share of it."""
    low, high = sorted((abs(a), abs(b)))
    return 1 - low / high if high else 0.0


def _spread(case: Case) -> tuple[float, tuple[str, ...]]:
    """The largest gap between two exact rows of the cell's thing and one period, in any period, and the rows."""
    periods: defaultdict[tuple[date | None, date | None], list[Fact]] = defaultdict(list)
    for fact in cells.of(case.index, case.cell):
        if cells.same_thing(case.index, case.cell, fact) and fact.number.open.width != inf:
            periods[fact.cell.start, fact.cell.end].append(fact)
    pairs = (pair for held in periods.values() for pair in combinations(held, 2) if pair[0].family != pair[1].family)
    gaps = ((_gap(a.number.value, b.number.value), (a.row_id, b.row_id)) for a, b in pairs)
    return max(gaps, default=(0.0, ()))


def _of_place(case: Case) -> Iterator[Fact]:
    """The facts of the place, of what it is part of and of its parts, whose time shares a year with the claim's."""
    index, subject = case.index, case.claim.subject or ""
    places = {subject, index.parents.get(subject), index.opposite.get(subject), *index.parts.get(subject, ())}
    places |= {child for child, above in index.parents.items() if above == subject}
    for (place, _), held in index.facts.items():
        if place in places:
            yield from (f for f in held if _of_year(case.cell, f.cell))


def _of_year(cell: Cell, other: Cell) -> bool:
    if cell.end is None or (other.start is None and other.end is None):
        return True
    first, last = other.start or other.end, other.end or cell.end
    assert first is not None
    return first.year <= cell.end.year and (cell.start or cell.end).year <= last.year


def _alike(fact: Fact, value: float, unit: str | None) -> bool:
    """Whether a fact has the number: to the digit in any unit, or within rounding in its own or in another currency."""
    if same(fact.number.value, value):
        return True
    money = fact.cell.unit in MONEY and unit in MONEY
    close = fact.number.close
    return (fact.cell.unit == unit or money) and close.low <= value <= close.high
