"""Whether rows can hold together, in exact fractions: the simplex method, first phase, by Bland's rule, which ends.

It needs no solver and rounds nothing, so that it says where HiGHS errs; it is slow above some hundred rows.
"""

from __future__ import annotations

from fractions import Fraction
from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.tracing.balance.method.programme import Bounded

    Tableau = list[list[Fraction]]


def is_possible(rows: Sequence[Bounded]) -> bool:
    """Whether some quantities, none below nothing, satisfy every row."""
    columns = sorted({c for r in rows for c in r.terms})
    at = {c: i for i, c in enumerate(columns)}
    table: Tableau = []
    for row in rows:  # a x <= b, as b - a x >= 0
        terms = [(at[c], Fraction(v)) for c, v in row.terms.items()]
        for sign, end in ((1, row.high), (-1, -row.low)):
            if isfinite(end):
                line = [Fraction(0)] * len(columns)
                for place, value in terms:
                    line[place] = sign * value
                table.append([*line, Fraction(end)])
    return _first_phase(table, len(columns))


def _first_phase(table: Tableau, width: int) -> bool:
    """One quantity more is taken from every row's end; they hold together where its least is nothing."""
    worst = min(range(len(table)), key=lambda i: table[i][-1], default=None)
    if worst is None or table[worst][-1] >= 0:
        return True
    held = [[*line[:-1], Fraction(-1), line[-1]] for line in table]  # rows of basic slacks: s = b - a x + x0
    inside = list(range(width + 1))  # names of the columns that are not in the basis; `width` is the quantity more
    basis = [width + 1 + i for i in range(len(held))]
    _pivot(held, basis, inside, worst, width)
    while True:
        goal = next((i for i, name in enumerate(basis) if name == width), None)
        if goal is None or held[goal][-1] == 0:
            return True
        # x0 = b - sum a x over the rest: it falls where a is more than nothing.
        able = [k for k in range(width + 1) if held[goal][k] > 0]
        if not able:
            return False
        enters = min(able, key=lambda k: inside[k])
        ratios = [(held[i][-1] / held[i][enters], basis[i], i) for i in range(len(held)) if held[i][enters] > 0]
        least = min(r for r, _, _ in ratios)
        # Of equals the quantity more leaves first, then the one of the lowest name.
        leaves = min(((name != width, name, i) for r, name, i in ratios if r == least))[2]
        _pivot(held, basis, inside, leaves, enters)


def _pivot(held: Tableau, basis: list[int], inside: list[int], leaves: int, enters: int) -> None:
    """Change a basic quantity for one that is not."""
    line = held[leaves]
    by = line[enters]
    basis[leaves], inside[enters] = inside[enters], basis[leaves]
    new = [v / by for v in line]
    new[enters] = 1 / by
    held[leaves] = new
    for i, other in enumerate(held):
        if i != leaves and (factor := other[enters]):
            changed = [v - factor * n for v, n in zip(other, new, strict=True)]
            changed[enters] = -factor * new[enters]
            held[i] = changed
