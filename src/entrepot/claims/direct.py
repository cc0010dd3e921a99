"""Claims held against rows of the record that are of the same cell; see docs/design/13-claims.md, Verdicts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from entrepot.claims import cells
from entrepot.claims.intervals import meet, same
from entrepot.claims.relaxed import relaxed, there
from entrepot.claims.verdict import DIFFERS, Verdict
from entrepot.claims.wording import BOUND_TESTS, NEAREST, ids, listed, says, shown
from entrepot.claims.wordlists import rows
from entrepot.core import units
from entrepot.corridors.throughput import implied_year_before

if TYPE_CHECKING:
    from entrepot.claims.cells import Cell, Fact, Index
    from entrepot.claims.intervals import Printed
    from entrepot.claims.model import Claim

_FALL_BY_ALL = -100  # percent; nothing is left to divide by
_NEAR = 0.1  # an undated share is imprecise within a tenth of the last row
# Times; farther from its figure a bound is of another thing. A row's bound is that of a count, and close to it.
_BOUND_REACH, _ROW_REACH = 2, 1.25
# Bounds with a number on both sides; any other leaves one side open, and a figure far off would meet it.
_PLAIN = frozenset({"exact", "about"})
_JUST = timedelta(days=35)  # news without a date tells of the last month
_RUNNING = timedelta(days=10)  # "so far this year" is counted some days before it is printed


def rows_of(index: Index, claim: Claim, published: date | None) -> tuple[Cell, list[Fact]]:
    """The claim's cell, dated by the publication where it speaks of a state now, and the facts that are of it."""
    cell = cells.cell_of(claim)
    if is_state(claim) and cell.end is None:
        cell = replace(cell, start=published, end=published)
    found = [f for f in cells.of(index, cell) if cells.same_thing(index, cell, f) and there(claim, f)]
    if cell.direction is None and (whole := [f for f in found if f.cell.direction not in {"in", "out"}]):
        found = whole  # a direction not said is both, where the record has both
    if cell.end is None and cell.quantity.startswith("share"):
        return cell, _latest(found, published)
    of_it = [f for f in found if cells.same_period(cell, f)]
    return cell, of_it or [f for f in found if _timely(claim, cell, f, published)]


def _timely(claim: Claim, cell: Cell, fact: Fact, published: date | None) -> bool:
    """Whether a fact is of the time that the words leave open.

    News without a date tells of the last weeks; a count "so far this year" ends some days before it is printed.
    """
    if published is None or fact.cell.start is None or fact.cell.end is None:
        return False
    if cell.end is None:
        counted_one = fact.table in {"batches", "events"} and not fact.state
        if says(claim.sentence, "to_date") and fact.cell.days > _JUST.days:  # to date, over 12,600 shipments
            return published - _RUNNING <= fact.cell.end <= published
        return counted_one and published - _JUST <= fact.cell.end <= published
    running = claim.period_basis == "relative" and cell.end == published
    same_start = running and cell.start == fact.cell.start
    return same_start and published - _RUNNING <= fact.cell.end <= published


def is_state(claim: Claim) -> bool:
    """Whether the claim speaks of what holds on a day: a total, a rule."""
    return claim.status in {"rule", "capacity", "planned"} or claim.quantity in _states()


@cache
def _states() -> frozenset[str]:
    return frozenset(row["quantity"] for row in rows("quantities") if row["state"] == "yes")


def open_ended(claim: Claim, published: date | None) -> bool:
    """Whether it speaks of a state without an end: undated, or up to the day of publication."""
    now = published is not None and claim.period_end is not None and claim.period_end >= published.isoformat()
    return is_state(claim) and (claim.period_end is None or now)


def _latest(found: list[Fact], published: date | None) -> list[Fact]:
    """The facts of the last period known by publication; all of it where nothing is dated."""
    dated = [f for f in found if f.cell.end and (published is None or f.cell.end <= published)]
    last = max((f.cell.end for f in dated if f.cell.end), default=None)
    return [f for f in dated if f.cell.end == last]


def judge(index: Index, claim: Claim, published: date | None) -> Verdict | None:
    """The verdict of the rows of the claim's own cell, or of one that differs from it in one thing; None without rows.

    Args:
        index: the facts of the record.
        claim: a claim with a figure.
        published: the report's day; None where it is not known.
    """
    number = cells.number_of(claim)
    if number is None:
        return None
    cell, found = rows_of(index, claim, published)
    good = [f for f in found if f.quality != "unclear"]
    verdict = _agreeing(number, good)
    if verdict is not None:
        return _qualified(index, claim, verdict, found, published)
    unclear = _agreeing(number, found)
    if unclear is not None:
        return replace(unclear, word="imprecise", notes=(*unclear.notes, "The only rows that say so are unclear."))
    if good and (bound := [f for f in good if meet(f.number.open, number.open) and _comparable(claim, f, number)]):
        of_row = any(test(bound[0].number) for test in BOUND_TESTS.values())
        loosely = "Only as a bound" if of_row or claim.bound not in _PLAIN else "Only by the coarsest rounding"
        note = f"{loosely}: the record has {shown(bound[0])}."
        return Verdict("imprecise", ids(bound), notes=(note,))
    if (relaxed := _imprecise(index, claim, cell, number, published)) is not None:
        return relaxed
    return _against(index, claim, cell, number, [f for f in good if f.scope_known])


def _comparable(claim: Claim, fact: Fact, number: Printed) -> bool:
    """Whether a bound says something of the other figure: "over 500" is not said of a hundred thousand."""
    low, high = sorted((abs(fact.number.value), abs(number.value)))
    return high <= low * (_ROW_REACH if claim.bound in _PLAIN else _BOUND_REACH)


def _against(index: Index, claim: Claim, cell: Cell, number: Printed, sure: list[Fact]) -> Verdict | None:
    """That rows of the cell say otherwise; whether that is a contradiction is asked in `contradiction`."""
    sure = [
        f for f in sure if cells.same_period(cell, f) or (cell.end is None and f.table not in {"batches", "events"})
    ]
    sure = [f for f in sure if not meet(f.number.open, number.open)]  # over 500 is true of 90,000, if of little use
    if sure and (other := _other_part(index, cell, number)):
        return Verdict("imprecise", ids(other), notes=listed("On record for another part or direction:", other))
    if not sure:
        return None
    if cell.end is None and not is_state(claim):  # an undated share is of about the last row, or of another thing
        gaps = [abs(f.number.value - number.value) / abs(f.number.value) for f in sure if f.number.value]
        if gaps and min(gaps) <= _NEAR:
            return Verdict("imprecise", ids(sure), notes=listed("The record has", sure))
    return Verdict(DIFFERS, ids(sure), notes=listed("The record has", sure))


def _other_part(index: Index, cell: Cell, number: Printed) -> list[Fact]:
    """Facts of the place, quantity and period that say the same number of another direction, partner, mode or good."""
    held = [f for f in cells.of(index, cell) if f.cell.unit == cell.unit and f.cell.comparison == cell.comparison]
    return [f for f in held if cells.same_period(cell, f) and same(f.number.value, number.value)]


def _agreeing(number: Printed, found: list[Fact]) -> Verdict | None:
    """Agreement of a number with facts: the same number, else close intervals that meet."""
    alike = [f for f in found if same(f.number.value, number.value) and meet(f.number.open, number.open)]
    if alike:
        return Verdict("agrees", ids(alike))
    close = [f for f in found if meet(f.number.close, number.close)]
    if close:
        return Verdict("agrees_within_rounding", ids(close), notes=listed("The record has", close))
    return None


def _qualified(index: Index, claim: Claim, verdict: Verdict, found: list[Fact], published: date | None) -> Verdict:
    """An agreement with what qualifies it: near for at, a later state, reports that disagree, rows known later."""
    used = [f for f in found if f.row_id in verdict.against]
    others = [f for f in found if f.row_id not in verdict.against and f.table not in {"batches", "events"}]
    notes = list(verdict.notes)
    if conflict := [f for f in others if not any(meet(f.number.close, u.number.close) for u in used)]:
        notes += listed("Reports disagree:", conflict)
    if published and (later := [f for f in used if f.known and f.known > published]) and len(later) == len(used):
        notes.append(f"{later[0].row_id} became known on {later[0].known}, after publication.")
    if claim.where and all(f.relation == "near" for f in used) and not says(claim.sentence, "near"):
        notes.append(f"The record has it near {used[0].where}, not at it.")
        return replace(verdict, word="imprecise", notes=tuple(notes))
    if after := superseding(index, claim, used, published):
        notes.append(after)
        return replace(verdict, word="superseded", notes=tuple(notes))
    working = implied(index, used[0])
    return replace(verdict, notes=tuple(notes), working=working)


def implied(index: Index, fact: Fact) -> str | None:
    """The figure of the year before that a row and its printed growth imply, as text; one step back, never chained."""
    held = index.facts.get((fact.cell.subject, fact.cell.quantity), ())
    own = next((f for f in held if f.row_id == fact.row_id and f.growth is not None and f.growth > _FALL_BY_ALL), None)
    if own is None or own.growth is None:
        return None
    bound = next((b for b, test in BOUND_TESTS.items() if test(own.number)), "exact")
    before, low, _ = implied_year_before(own.number.value, own.growth, bound)
    unit = own.cell.unit or ""
    least = f", at least {units.with_unit(units.rounded(low, 4), unit)}" if low and bound == "at_least" else ""
    return (
        f"Implied for the year before: {units.with_unit(own.number.value, unit, bound=bound)} / "
        f"(1 + {units.with_unit(own.growth, 'percent')}) = {units.with_unit(units.rounded(before, 4), unit)}{least}"
    )


def superseding(index: Index, claim: Claim, used: list[Fact], published: date | None) -> str | None:
    """What replaced the facts after publication, as a sentence; None where nothing did.

    A claim of a closed day or period is never superseded by a later one.
    """
    if replaced := [f for f in used if f.superseded_by]:
        return f"{replaced[0].row_id} was replaced by {replaced[0].superseded_by}."
    if published is None or not open_ended(claim, published):
        return None
    cell, number = cells.cell_of(claim), cells.number_of(claim)
    later = [
        f
        for f in cells.of(index, cell)
        if f.state
        and f.cell.start
        and f.cell.start > published
        and cells.same_thing(index, cell, f)
        and not any(same(f.number.value, u.number.value) for u in used)
        and (claim.status == "rule" or not (number and meet(f.number.open, number.open)))  # 144 is more than 100
    ]
    if not later:
        return None
    changes = sorted({(f.cell.start.isoformat(), f.number.value) for f in later if f.cell.start})
    words = ", ".join(f"{units.with_unit(v, cell.unit or '')} from {d}" for d, v in changes)
    return f"True then; since: {words}."


def _imprecise(index: Index, claim: Claim, cell: Cell, number: Printed, published: date | None) -> Verdict | None:
    """The verdict where exactly one thing has to give: the period, the place, the mode or the comparison."""
    close = [
        (fact, why, found.word)
        for fact, why in relaxed(index, claim, cell, published)
        if fact.quality != "unclear" and (found := _agreeing(number, [fact])) is not None
    ]
    for fact, why, _ in sorted(close, key=lambda c: c[2] != "agrees"):  # the same number before one that rounds to it
        return Verdict("imprecise", (fact.row_id,), notes=(f"{why}: {shown(fact)}.",))
    return None


def unclear(index: Index, claim: Claim, published: date | None) -> tuple[str, ...]:
    """The unclear rows of the claim's own cell, which decide nothing, as a sentence; empty without any."""
    _, found = rows_of(index, claim, published)
    return listed("Only rows that decide nothing (unclear, or of unknown scope) speak of it:", found) if found else ()


def nearest(index: Index, claim: Claim) -> tuple[str, ...]:
    """For a claim without rows: the nearest rows of the same subject and quantity in other periods."""
    cell = cells.cell_of(claim)
    held = [f for f in cells.of(index, cell) if f.cell.end and cells.same_thing(index, cell, f)]
    if cell.end is not None:
        held.sort(key=lambda f: abs((f.cell.end or cell.end) - cell.end) if cell.end and f.cell.end else 0)
    elif held:
        held.sort(key=lambda f: f.cell.end or f.cell.start, reverse=True)  # type: ignore[arg-type,return-value]
    return listed("Nearest on record:", held[:NEAREST]) if held else ()
