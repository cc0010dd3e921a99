"""Papers that cannot all be true though no rule names one of them: a chain of lots as a linear programme."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.tracing.balance.books import amount, folded, place, stage_of
from entrepot.tracing.balance.fault import TOLERANCE, Fault, documents_of
from entrepot.tracing.balance.method.irreducible import irreducible_sets
from entrepot.tracing.balance.method.programme import Bounded, Programme
from entrepot.tracing.balance.yields import yield_between

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Iterator, Sequence

    from entrepot.tracing.balance.books import Books, Row

_REMEDY = marked("Ask for the weight certificates of these papers: one of them at least is not true.")
_INFINITE = float("inf")
_MOST = 400  # rows of one knot: a larger one is counted, and not judged


def contradictions(books: Books, explained: Iterable[tuple[str, int]], unjudged: Counter[str]) -> Iterator[Fault]:
    """Sets of papers of which one at least is not true.

    Args:
        books: what was loaded.
        explained: places of rows that a rule names already; without them the rest must hold together.
        unjudged: why papers cannot be judged, and how often.
    """
    left = set(explained)
    rows = [r for r in books.lots if r["lot"] and r["act"] in {"used", "made", "supplied"} and place(r) not in left]
    for knot in _knots(rows):
        papers = list(dict.fromkeys(r["document"] or place(r) for r in knot))
        if len(papers) < 2:  # noqa: PLR2004 - a paper alone contradicts nothing
            continue
        if len(knot) > _MOST:
            why = tr("knots of more than {most} rows of lots, not looked through for contradictions", most=_MOST)
            unjudged[why] += 1
            continue
        programme = _programme(knot, papers)
        for found in irreducible_sets(programme)[:1]:
            named = {papers[p] for p in found}
            some = [r for r in knot if (r["document"] or place(r)) in named]
            reason = tr(
                "These {count} papers cannot all be true: {documents_of}; any one less can.",
                count=len(named),
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
    """What a step gives at the most, where every input is of a stage of which a yield is on record."""
    used, out = acts.get("used", []), acts.get("made", [])
    stages = {stage_of(r) for _, r in out}
    product = stages.pop() if len(stages) == 1 else None
    if not used or product is None:
        return
    terms = {c: 1.0 for c, _ in out}
    for column, row in used:
        before = stage_of(row)
        factor = yield_between(before, product) if before else None
        unit = units[folded(row["lot"])]
        if factor is None or (factor.input_unit and unit not in ({factor.input_unit}, set())):
            return
        terms[column] = -factor.high * (1 + TOLERANCE)
    made.rows.append(Bounded(terms, -_INFINITE, 0.0, None))
