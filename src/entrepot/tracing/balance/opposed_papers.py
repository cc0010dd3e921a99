"""Papers that cannot all be true though no rule names one of them: a chain of lots as a linear programme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked, ntr, tr
from entrepot.tracing.balance.books import amount, folded, place, stage_of
from entrepot.tracing.balance.dealt_rows import chosen_by, dealt, differs, key, that, told
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of
from entrepot.tracing.balance.method.irreducible import irreducible_sets
from entrepot.tracing.balance.method.lot_knots import knots
from entrepot.tracing.balance.method.programme import Bounded, Programme
from entrepot.tracing.balance.yields import yield_between

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row
    from entrepot.tracing.supply.coded_rows import Numbers

_REMEDY = marked("Ask for the weight certificates of these papers: one of them at least is not true.")
_INFINITE = float("inf")
_MOST = 400  # rows of one knot: a larger one is counted, and not judged


def contradictions(books: Books, explained: Sequence[Row], unjudged: Counter[str]) -> Iterator[Fault]:
    """Sets of papers of which one at least is not true.

    Args:
        books: what was loaded.
        explained: rows that a rule names already; without them the rest must hold together.
        unjudged: why papers cannot be judged, and how often.
    """
    some, knot_of = _that_hang_together(books.lots, explained, unjudged)
    for (rows,) in dealt((some, knot_of)):
        for knot in _knots(rows):
            yield from _contradiction(knot)


def _that_hang_together(
    lots: Sequence[Row], explained: Sequence[Row], unjudged: Counter[str]
) -> tuple[Sequence[Row], Numbers]:
    """Rows of lots in knots of two papers or more, with the number of each row's knot; larger ones are counted."""
    where = ("file_id", "row")
    some = told(that(lots, chosen_by(lots, "act", {"used", "made", "supplied"}.__contains__)), "lot")
    some = that(some, ~np.isin(key(some, where), key(explained, where)))
    if not len(some):
        return some, np.zeros(0, np.int64)
    knot = knots(some)
    paper = np.where(chosen_by(some, "document", bool), key(some, ("document",)), key(some, where))
    is_large, has_several = np.bincount(knot) > _MOST, differs(knot, paper)  # a paper alone contradicts nothing
    if large := int(np.count_nonzero(is_large & has_several)):
        unjudged[tr("knots of more than {most} rows of lots, not looked through for contradictions", most=_MOST)] += (
            large
        )
    chosen = (has_several & ~is_large)[knot]
    return that(some, chosen), knot[chosen]


def _contradiction(knot: Sequence[Row]) -> Iterator[Fault]:
    papers = list(dict.fromkeys(r["document"] or place(r) for r in knot))
    if len(papers) < 2:  # noqa: PLR2004 - a paper alone contradicts nothing
        return
    programme = _programme(knot, papers)
    if programme.holds_as_said():
        return
    for found in irreducible_sets(programme)[:1]:
        named = {papers[p] for p in found}
        some = [r for r in knot if (r["document"] or place(r)) in named]
        reason = ntr(
            len(named),
            "What {documents_of} says cannot all be true, whatever other papers say.",
            "These {count} papers cannot all be true: {documents_of}; any one less can.",
            documents_of=documents_of(some),
        )
        yield Fault("contradiction", tr("lot {lot}", lot=some[0]["lot"]), reason, _REMEDY, some, basis=_basis(knot))


def _basis(knot: Sequence[Row]) -> tuple[str, ...]:
    stages = {s for r in knot if (s := stage_of(r))}
    found = {b for one in stages for other in stages if (y := yield_between(one, other)) for b in y.basis}
    return (tr("no lot grows"), *sorted(found))


def _knots(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows that hang together by lots and by steps."""
    parent: dict[tuple[str, ...], tuple[str, ...]] = {}

    def root(one: tuple[str, ...]) -> tuple[str, ...]:
        while parent.setdefault(one, one) != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for row in rows:
        lot = root(("lot", folded(row["lot"])))
        if row["step"]:
            parent[root(("step", row["party_id"] or "", row["step"]))] = lot
    found: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        found[root(("lot", folded(row["lot"])))].append(row)
    return list(found.values())


def _programme(knot: Sequence[Row], papers: Sequence[object]) -> Programme:
    """What the papers of a knot say: quantities, that no lot grows, and what steps give at the most."""
    made = Programme()
    number = {paper: i for i, paper in enumerate(papers)}
    has: dict[tuple[str, str | None], dict[int, float]] = defaultdict(dict)
    gave: dict[tuple[str, str | None], dict[int, float]] = defaultdict(dict)
    steps: dict[tuple[str, str], dict[str, list[tuple[int, Row]]]] = defaultdict(lambda: defaultdict(list))
    units: dict[str, set[str]] = defaultdict(set)
    for row in knot:
        lot = folded(row["lot"])
        said = amount(row)
        column = made.column((place(row), row.get("entry", 1)))
        if said is not None:
            units[lot].add(said.unit)
            made.rows.append(Bounded({column: 1.0}, said.low, said.high, number[row["document"] or place(row)]))
        if row["act"] == "made":
            has[lot, row["party_id"]][column] = 1.0
        else:
            gave[lot, row["party_id"]][column] = 1.0
            if row["act"] == "supplied" and row["buyer_id"]:
                has[lot, row["buyer_id"]][column] = 1.0
        if row["step"]:
            steps[row["party_id"] or "", row["step"]][row["act"]].append((column, row))
    for (lot, party), out in gave.items():
        if (there := has.get((lot, party))) and len(units[lot]) == 1:
            terms = dict(out)
            for c in there:
                terms[c] = terms.get(c, 0.0) - (1 + TOLERANCE)
            made.rows.append(Bounded(terms, -_INFINITE, 0.0, None))
    for acts in steps.values():
        _gives(made, acts, units)
    return made


def _gives(made: Programme, acts: dict[str, list[tuple[int, Row]]], units: dict[str, set[str]]) -> None:
    """What a step gives at the most, where every input is of a stage of which a yield is on record in these units."""
    used, out = acts.get("used", []), acts.get("made", [])
    stages = {stage_of(r) for _, r in out}
    product = stages.pop() if len(stages) == 1 else None
    if not used or product is None:
        return
    terms = {c: 1.0 for c, _ in out}
    given: set[str] = set()
    for column, row in used:
        before = stage_of(row)
        factor = yield_between(before, product) if before else None
        counted = _units_of(row, units)
        if factor is None or (factor.input_unit and not counted <= {factor.input_unit}):
            return
        given |= {factor.output_unit} if factor.output_unit else counted
        terms[column] = -factor.high * (1 + TOLERANCE)
    if len(given.union(*(_units_of(r, units) for _, r in out))) <= 1:  # pieces are not held against kilograms
        made.rows.append(Bounded(terms, -_INFINITE, 0.0, None))


def _units_of(row: Row, units: dict[str, set[str]]) -> set[str]:
    """The unit that a row counts in, else those of its lot; none where no paper says one."""
    said = amount(row)
    return units[folded(row["lot"])] if said is None else {said.unit}
