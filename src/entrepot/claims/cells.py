"""Facts of the record as the judge sees them, by cell; see docs/design/13-claims.md, Verdicts.

A cell is what a figure is of: subject, quantity, unit, partner, product, mode, direction, per, status, period. Facts
lie in an index by subject and quantity, so that judging a claim costs as much as its own rows and not the record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from entrepot.claims.intervals import Interval, Printed, printed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from entrepot.claims.model import Claim

# Quantities that count persons or attacks one by one; entities are told by their unit.
_COUNTED_UNITS = frozenset({"entities", "attacks"})
_COUNTED_WORDS = ("killed", "injured")
_DAY_RATE = "_per_day"
# Growth, which may be said in words (doubled); a record, a conversion or a first one is said of a level.
_CHANGES = frozenset({"yoy", "mom", "change"})
# What a notice does is the same before its day and after.
_NOTICES = frozenset({"batches.added", "batches.removed", "listed_entities"})
# "Doubled" is said of 1.92 to 2.08 times by a careful writer and of 1.7 to 2.3 times by others. 4 %: "doubled" as a
# multiple of 2.2 (its figure times 1.2) no longer meets a row of 2.1.
_WORD_CLOSE, _WORD_OPEN = 0.04, 0.15
# A period is nearly another where nine days in ten are shared, or the starts agree and the ends lie within a month.
_SHARED, _MONTH = 0.9, timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a figure is of.

    Attributes:
        subject: id of a place.
        quantity: metric, or `table.column`; a day's rate is `per`, not part of it.
        unit, partner, product, mode, direction, per, status: as in `CLAIMS`; None: all, or not said.
        comparison: none; yoy, mom or change (on another named base) for growth.
        start, end: first and last day; None: not known.
    """

    subject: str
    quantity: str
    unit: str | None = None
    partner: str | None = None
    product: str | None = None
    mode: str | None = None
    direction: str | None = None
    per: str | None = None
    status: str = "reported"
    comparison: str = "none"
    start: date | None = None
    end: date | None = None

    @property
    def days(self) -> int:
        """How many days the period covers; 0 where it is not known."""
        return (self.end - self.start).days + 1 if self.start and self.end else 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure of one row of the record.

    Attributes:
        row_id: the row.
        table: its table.
        cell: what the figure is of.
        number: what its print leaves possible.
        quality: good, repost or unclear.
        known: the last day by which it could be known; None: not recorded.
        family: whose statistics they are.
        superseded_by: the row that replaces it.
        state: whether it holds from start to end, every day (a list's total, a rule), rather than over the period.
        any_partner: whether the subject itself names the other side.
        relation: near, where the event was near the place and not at it.
        where: the finer place as the record has it.
        growth: growth printed with the figure, in percent.
        source_id: its source.
        reporter: who counted; empty where that is not recorded.
        scope_known: whether the record says how it moved; where not, it may be of one mode and contradicts nothing.
    """

    row_id: str
    table: str
    cell: Cell
    number: Printed
    quality: str = "good"
    known: date | None = None
    family: str = ""
    superseded_by: str | None = None
    state: bool = False
    any_partner: bool = False
    relation: str = "at"
    where: str | None = None
    growth: float | None = None
    source_id: str | None = None
    reporter: str = ""
    scope_known: bool = True


@dataclass(frozen=True, slots=True)
class Index:
    """The facts by subject and quantity.

    Attributes:
        facts: the facts of each subject and quantity.
        parents: of each place, the place it is part of.
        names: of each place, its name.
        parts: of each group, its parts.
        also: quantities that the record uses for one thing.
        only_mode: of each subject and quantity, the one mode of all its rows; absent where there are several.
        opposite: of each post beyond the border, the Chinese post that counts the same crossing.
    """

    facts: Mapping[tuple[str, str], tuple[Fact, ...]]
    parents: Mapping[str, str]
    names: Mapping[str, str]
    parts: Mapping[str, tuple[str, ...]]
    also: Mapping[str, tuple[str, ...]]
    only_mode: Mapping[tuple[str, str], str] = field(default_factory=dict)
    opposite: Mapping[str, str] = field(default_factory=dict)


def counted(quantity: str | None, unit: str | None) -> bool:
    """Whether the figure counts entities, persons killed or injured, or attacks, one by one."""
    return unit in _COUNTED_UNITS or (unit == "persons" and any(w in (quantity or "") for w in _COUNTED_WORDS))


def base_quantity(quantity: str, per: str | None) -> tuple[str, str | None]:
    """The quantity without its day's rate, and the rate.

    >>> base_quantity("trains_per_day", None)
    ('trains', 'day')
    """
    return (quantity.removesuffix(_DAY_RATE), "day") if quantity.endswith(_DAY_RATE) else (quantity, per)


def cell_of(claim: Claim) -> Cell:
    """The cell of a claim; `change` is held as growth on the year before unless another base is named."""
    quantity, per = base_quantity(claim.quantity or "", claim.per)
    growth = claim.comparison in {"yoy", "change"} and claim.unit == "percent"
    announced = claim.quantity in _NOTICES and claim.status in {"forecast", "scheduled"}
    other_base = growth and claim.base_start is not None and not _year_before(claim)
    return Cell(
        subject=claim.subject or "",
        quantity=quantity,
        unit=claim.unit,
        partner=claim.partner,
        product=claim.product,
        mode=claim.mode,
        direction=claim.direction,
        per=per,
        status="reported" if announced else claim.status,
        comparison="change" if other_base else "yoy" if growth else "mom" if claim.comparison == "mom" else "none",
        start=date.fromisoformat(claim.period_start) if claim.period_start else None,
        end=date.fromisoformat(claim.period_end) if claim.period_end else None,
    )


def _year_before(claim: Claim) -> bool:
    """Whether the base that the text names is the year before the period."""
    base, start = claim.base_start or "", claim.period_start or ""
    return base[4:] == start[4:] and base[:4].isdigit() and start[:4].isdigit() and int(base[:4]) + 1 == int(start[:4])


def lent(claim: Claim) -> bool:
    """Whether another sentence gave the claim its subject, its quantity or its period."""
    return any(says_so in (claim.note or "") for says_so in ("that of the sentence before", "named before"))


def number_of(claim: Claim) -> Printed | None:
    """What the claim's figure leaves possible; None where it has none. A rule's `up to` is its limit, so exact."""
    if claim.value is None:
        return None
    if claim.unit == "percent" and claim.comparison in _CHANGES and not re.search(r"\d", claim.text):
        return _in_words(claim.value)
    limit = claim.status == "rule" and claim.bound == "up_to"
    return printed(
        claim.value,
        "exact" if limit else claim.bound,
        claim.unit,
        high=claim.value_high,
        counted=counted(claim.quantity, claim.unit),
    )


def _in_words(value: float) -> Printed:
    """Doubled, halved, grew by a third: the multiple of the base, with the latitude of such a word."""
    multiple = 1 + value / 100

    def around(share: float) -> Interval:
        ends = sorted((multiple * (1 - share), multiple * (1 + share)))
        return Interval(100 * ends[0] - 100, 100 * ends[1] - 100)

    return Printed(value, around(_WORD_OPEN), around(_WORD_CLOSE))


def of(index: Index, cell: Cell) -> Iterator[Fact]:
    """The facts of the cell's subject and quantity, other words for the quantity included."""
    named = (cell.quantity, *index.also.get(cell.quantity, ()))
    subject = cell.subject
    if subject in index.opposite and not any((subject, quantity) in index.facts for quantity in named):
        subject = index.opposite[subject]
    for quantity in named:
        yield from index.facts.get((subject, quantity), ())


def same_thing(index: Index, cell: Cell, fact: Fact, *, but: str = "") -> bool:
    """Whether a fact is of the cell's thing, its place and period aside; `but` names a part that may differ."""
    other = fact.cell
    only = index.only_mode.get((other.subject, other.quantity))
    return (
        other.unit == cell.unit
        and (other.per == cell.per or (cell.per is None and fact.table == "rules"))
        and other.status == cell.status
        and (but == "comparison" or other.comparison == cell.comparison)
        and (fact.any_partner or other.partner == cell.partner)
        and (other.product == cell.product or (cell.product is None and other.product is None))
        and (but == "mode" or _mode(cell.mode, other.mode, only))
        and _same_or_unsaid(cell.direction, other.direction)
    )


def _mode(said: str | None, held: str | None, only: str | None) -> bool:
    return said == held or (said is None and held == only) or (held is None and said == only)


def _same_or_unsaid(said: str | None, held: str | None) -> bool:
    return said is None or held is None or said == held


def same_period(cell: Cell, fact: Fact) -> bool:
    """Whether the fact is of the cell's period: the same days, a state that held on its days, a day within it."""
    other = fact.cell
    if fact.state:
        return (other.start is None or (cell.end or date.max) >= other.start) and (
            other.end is None or (cell.start or date.min) <= other.end
        )
    if cell.start is None and cell.end is not None:  # up to a day, from one not said
        return other.end == cell.end and fact.cell.days > 1
    if None in {cell.start, cell.end, other.start, other.end}:
        return False
    assert cell.start
    assert cell.end
    assert other.start
    assert other.end
    dated = fact.table in {"batches", "events"} and cell.days <= _MONTH.days
    if dated:
        return cell.start <= other.start and other.end <= cell.end
    return (cell.start, cell.end) == (other.start, other.end)


def near_period(cell: Cell, other: Cell) -> bool:
    """Whether two periods are nearly one: see `_SHARED` and `_MONTH`."""
    if cell.start is None or cell.end is None or other.start is None or other.end is None:
        return False
    if cell.start == other.start and cell.end != other.end:
        return abs(cell.end - other.end) <= _MONTH
    first, last = max(cell.start, other.start), min(cell.end, other.end)
    inside = (first, last) in {(cell.start, cell.end), (other.start, other.end)}
    return inside and (last - first).days + 1 >= _SHARED * max(cell.days, other.days)
