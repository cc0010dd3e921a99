"""The one gate to `contradicts`: a claim that differs is called a contradiction where every condition here holds.

The steps of the judge propose `differs`; nothing else in the room says `contradicts`. A condition is a function of the
case that gives the reason why it does not hold, or None. The reasons stand in the note. See docs/design/13-claims.md.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from entrepot.claims import cells, conditions, said
from entrepot.claims.conditions import Case
from entrepot.claims.verdict import CONTRADICTS, DIFFERS

if TYPE_CHECKING:
    from datetime import date

    from entrepot.claims.cells import Cell, Index
    from entrepot.claims.model import Claim
    from entrepot.claims.verdict import Verdict

Condition = Callable[[Case], str | None]
# Evidence -> what has to hold. `rows`: rows of the cell; `derived`: what rows imply; `rank`: a larger row;
# `statement`: an event, a season or a measure without a figure; `figures`, `arithmetic`, `word`: other claims of the
# report itself.
CONDITIONS: dict[str, tuple[Condition, ...]] = {
    "rows": (
        conditions.subject_read,
        conditions.base_read,
        conditions.counter_read,
        conditions.partner_read,
        conditions.sector_read,
        conditions.period_read,
        conditions.reported,
        conditions.no_enumerator,
        conditions.alone,
        conditions.rows_met,
        conditions.rows_agree,
        conditions.one_count,
        conditions.beyond_offices,
        conditions.same_order,
        conditions.nowhere_on_record,
    ),
    "derived": (conditions.printed,),
    "rank": (
        conditions.subject_read,
        conditions.counter_read,
        conditions.partner_read,
        conditions.sector_read,
        conditions.no_enumerator,
    ),
    "statement": (),
    "figures": (
        conditions.subject_read,
        conditions.sector_read,
        conditions.period_read,
        conditions.reported,
        conditions.no_enumerator,
    ),
    "arithmetic": (),
    "word": (),
}
_HELD = {
    "rows": "Base, sector, partner, counter and period are read in the text and met by the row; the number stands "
    "nowhere on record for the place and year."
}


def judged(index: Index, claim: Claim, published: date | None, verdict: Verdict) -> Verdict:
    """A verdict that differs, as a contradiction where every condition holds, else with the reasons why not.

    Args:
        index: the facts of the record.
        claim: the claim.
        published: the report's day.
        verdict: what the judge found; another word than `differs` is given back as it is.
    """
    if verdict.word != DIFFERS:
        return verdict
    return raised(verdict, unmet(index, claim, published, verdict))


def raised(verdict: Verdict, reasons: Sequence[str]) -> Verdict:
    """A verdict that differs: as a contradiction without reasons against it, else with them in its note."""
    if reasons:
        return replace(
            verdict, notes=(*verdict.notes, f"No contradiction is said: {'; '.join(dict.fromkeys(reasons))}.")
        )
    met = _HELD.get(verdict.evidence)
    return replace(verdict, word=CONTRADICTS, notes=(*verdict.notes, met) if met else verdict.notes)


def unmet(index: Index, claim: Claim, published: date | None, verdict: Verdict) -> list[str]:
    """The reasons why a claim that differs is no contradiction; empty where it is one."""
    asked = CONDITIONS[verdict.evidence]
    if cells.lent(claim):
        asked = (conditions.subject_read, *asked)
    if not asked:
        return []
    cell = cells.cell_of(claim)
    found = (f for f in cells.of(index, cell) if f.row_id in verdict.against)
    held = tuple(f for f in found if (f.cell.unit, f.cell.comparison) == (cell.unit, cell.comparison))
    case = Case(index, claim, held, published, said.of(claim, published))
    return list(dict.fromkeys(reason for condition in asked if (reason := condition(case))))


def one_source(index: Index, cell: Cell) -> bool:
    """Whether one reporter family counts the cell's thing in every period: two sides of a border count differently."""
    return len({f.family for f in cells.of(index, cell) if f.cell.unit != "percent"}) <= 1
