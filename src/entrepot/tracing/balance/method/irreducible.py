"""Sets of papers that cannot all be true, and of which any one less can: HiGHS finds one, a filter of ours checks it.

HiGHS's search for an irreducible system (`getIis`) is said by its makers to be for linear programmes and unfinished: of
its strategies 2 and 3 keep rows that are not needed, 0 and 1 find none (1.15.1). So it is called in one place, what it
gives is only where the filter begins, and every set is filtered, whoever found it.
"""

from __future__ import annotations

from itertools import combinations
from math import comb
from typing import TYPE_CHECKING, Any

from entrepot.tracing.balance.method.exact_simplex import is_possible

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from entrepot.tracing.balance.method.programme import Bounded, Programme

    Possible = Callable[[Sequence[Bounded]], bool]

_STRATEGY = 4  # of HiGHS: an elastic programme first, then rows left out one by one
_EXACT_UP_TO = 120  # rows that the exact method decides within a second
_MOST_SETS = 10  # sets of one knot of papers: a person settles one, and the rest are looked for again
_MOST_TRIED = 2_000  # sets of few papers that are tried for the smallest: some seconds


def irreducible_sets(programme: Programme) -> list[tuple[int, ...]]:
    """Sets of papers that contradict each other, each irreducible, the smallest first; none where all can be true.

    Args:
        programme: what the papers say.

    Returns:
        Papers of each set in order. Several, each without a paper of one found before; the smallest of all where few
        enough can be tried.
    """
    papers = programme.papers()
    if _possible(programme.of(papers)):
        return []
    smallest = _smallest(programme, papers)
    found = [] if smallest is None else [smallest]
    queue: list[frozenset[int]] = [frozenset()] if smallest is None else [frozenset({p}) for p in smallest]
    while queue and len(found) < _MOST_SETS:
        without = queue.pop(0)
        left = [p for p in papers if p not in without]
        if _possible(programme.of(left)):
            continue
        one = filtered(programme, _begin(programme, left))
        if one not in found:
            found.append(one)
        queue += [without | {p} for p in one if len(without) < _MOST_SETS]
    return sorted(found, key=lambda s: (len(s), s))


def filtered(programme: Programme, papers: Iterable[int], possible: Possible | None = None) -> tuple[int, ...]:
    """What a set that contradicts itself needs for it: each paper is left out once, and comes back if it is needed.

    Args:
        programme: what the papers say.
        papers: a set that cannot all be true.
        possible: decides whether rows hold together; None: HiGHS, or where there are few rows or no HiGHS, exactly.
    """
    decide = possible or _possible
    kept = sorted(papers)
    for paper in tuple(kept):
        rest = [p for p in kept if p != paper]
        if not decide(programme.of(rest)):
            kept = rest
    return tuple(kept)


def is_irreducible(programme: Programme, papers: Sequence[int], possible: Possible = is_possible) -> bool:
    """Whether papers contradict each other, and no longer do without any one of them."""
    return not possible(programme.of(papers)) and all(
        possible(programme.of([p for p in papers if p != paper])) for paper in papers
    )


def _smallest(programme: Programme, papers: Sequence[int]) -> tuple[int, ...] | None:
    """The smallest set, all of one size tried before the next; None where there are too many to try."""
    tried = 0
    for size in range(1, len(papers) + 1):
        tried += comb(len(papers), size)
        if tried > _MOST_TRIED:
            return None
        for some in combinations(papers, size):
            if not _possible(programme.of(some)):
                return some
    return None


def _possible(rows: Sequence[Bounded]) -> bool:
    if len(rows) <= _EXACT_UP_TO:
        return is_possible(rows)
    solver = _solver(rows)
    if solver is None:
        return is_possible(rows)
    solver.run()
    name = solver.modelStatusToString(solver.getModelStatus())
    return name == "Optimal" or (name != "Infeasible" and is_possible(rows))


def _begin(programme: Programme, papers: Sequence[int]) -> list[int]:
    """Papers among which HiGHS sees a contradiction; all of them where it is not there, or is wrong."""
    rows = programme.of(papers)
    solver = _solver(rows)
    if solver is None:
        return list(papers)
    solver.setOptionValue("iis_strategy", _STRATEGY)
    _, found = solver.getIis()
    named = sorted({p for i in found.row_index_ if (p := rows[i].paper) is not None})
    return named if named and not _possible(programme.of(named)) else list(papers)


def _solver(rows: Sequence[Bounded]) -> Any:
    """A programme of HiGHS without a goal; None where HiGHS is not installed."""
    try:
        import highspy
        import numpy as np
    except ImportError:
        return None
    made: Any = highspy.Highs
    solver = made()
    for option, value in (("output_flag", False), ("threads", 1)):
        solver.setOptionValue(option, value)
    infinity = highspy.kHighsInf
    at = {c: i for i, c in enumerate(sorted({c for r in rows for c in r.terms}))}
    for _ in at:
        solver.addVar(0.0, infinity)
    for row in rows:
        places = np.array([at[c] for c in row.terms], dtype=np.int32)
        values = np.array(list(row.terms.values()), dtype=np.float64)
        solver.addRow(max(row.low, -infinity), min(row.high, infinity), len(places), places, values)
    return solver
