"""Sets of papers that cannot all be true: irreducible, by two methods and by trying all; HiGHS is no authority."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.tracing.balance.method import irreducible
from entrepot.tracing.balance.method.exact_simplex import is_possible
from entrepot.tracing.balance.method.irreducible import filtered, irreducible_sets, is_irreducible
from entrepot.tracing.balance.method.programme import Bounded, Programme

INFINITE = float("inf")
PAPERS = 6


def chain(made, supplied, *others):
    """A lot supplied, of which a step makes at most .4: papers 0 and 1 say how much, others something beside."""
    rows = [
        Bounded({0: 1.0}, made, INFINITE, 0),
        Bounded({1: 1.0}, 0.0, supplied, 1),
        Bounded({0: 1.0, 1: -0.4}, -INFINITE, 0.0, None),
    ]
    return Programme([*rows, *others])


def test_two_papers_that_cannot_both_be_true():
    programme = chain(60, 100, Bounded({2: 1.0}, 5, 7, 2), Bounded({1: 1.0}, -INFINITE, 120, 3))
    assert irreducible_sets(programme) == [(0, 1), (0, 3)]
    assert irreducible_sets(chain(40, 100)) == []


def test_three_of_which_any_two_can():
    rows = [Bounded({0: 1.0, 1: 1.0}, 10, INFINITE, 0), Bounded({0: 1.0}, 0, 4, 1), Bounded({1: 1.0}, 0, 4, 2)]
    assert irreducible_sets(Programme(rows)) == [(0, 1, 2)]


ROWS = st.lists(
    st.tuples(
        st.dictionaries(st.integers(0, 3), st.sampled_from([1.0, 1.0, -0.4, -1.05, 2.0]), min_size=1, max_size=3),
        st.sampled_from([-INFINITE, 0.0, 1.0, 5.0, 20.0]),
        st.sampled_from([0.0, 2.0, 8.0, INFINITE]),
        st.sampled_from([None, *range(PAPERS)]),
    ),
    min_size=1,
    max_size=9,
)


def programme_of(rows):
    return Programme([Bounded(t, lo, hi, p) for t, lo, hi, p in rows if lo <= hi])


def by_scipy(rows):
    optimize = pytest.importorskip("scipy.optimize")
    columns = sorted({c for r in rows for c in r.terms})
    if not rows:
        return True
    ends, lines = [], []
    for row in rows:
        line = np.array([row.terms.get(c, 0.0) for c in columns])
        for sign, end in ((1, row.high), (-1, -row.low)):
            if np.isfinite(end):
                lines.append(sign * line)
                ends.append(end)
    if not lines:
        return True
    return optimize.linprog(np.zeros(len(columns)), A_ub=np.array(lines), b_ub=ends, method="highs").status == 0


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_the_exact_method_and_another_solver_agree(rows):
    programme = programme_of(rows)
    assert is_possible(programme.rows) == by_scipy(programme.rows)


@settings(max_examples=100, deadline=None)
@given(ROWS)
def test_every_set_is_irreducible_and_the_first_is_the_smallest(rows):
    programme = programme_of([r for r in rows if r[3] is not None])
    found = irreducible_sets(programme)
    papers = programme.papers()
    wrong = [s for k in range(len(papers) + 1) for s in combinations(papers, k) if not is_possible(programme.of(s))]
    assert bool(found) == bool(wrong)
    assert all(is_irreducible(programme, one) for one in found)
    assert len(set(found)) == len(found)
    if found:
        assert len(found[0]) == min(map(len, wrong))


@settings(max_examples=200, deadline=None)
@given(ROWS)
def test_papers_that_hold_at_their_own_figures_can_all_be_true(rows):
    programme = programme_of(rows)
    if programme.holds_as_said():
        assert is_possible(programme.rows)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_what_highs_begins_with_and_the_filter_alone_are_both_irreducible(rows):
    pytest.importorskip("highspy")
    programme = programme_of([r for r in rows if r[3] is not None])
    papers = programme.papers()
    if is_possible(programme.rows):
        return
    for begin in (papers, irreducible._begin(programme, papers)):
        assert is_irreducible(programme, filtered(programme, begin, is_possible))


def test_without_highs_the_filter_finds_the_same(monkeypatch):
    programme = chain(60, 100, *(Bounded({2 + k: 1.0}, 1, 2, 4 + k) for k in range(12)))
    expected = irreducible_sets(programme)
    monkeypatch.setattr(irreducible, "_solver", lambda _: None)
    assert irreducible_sets(programme) == expected
    assert expected[0] == (0, 1)


def test_where_highs_errs_all_papers_are_filtered(monkeypatch):
    monkeypatch.setattr(irreducible, "_smallest", lambda *_: None)
    programme = chain(60, 100, Bounded({2: 1.0}, 5, 7, 2))

    class Wrong:
        def setOptionValue(self, *_):  # noqa: N802 - as HiGHS calls it
            return None

        def getIis(self):  # noqa: N802 - as HiGHS calls it
            return None, type("Found", (), {"row_index_": [3]})()

    monkeypatch.setattr(irreducible, "_solver", lambda _: Wrong())
    assert irreducible_sets(programme)[0] == (0, 1)


def test_fractions_are_exact():
    third = Fraction(1, 3)
    rows = [Bounded({0: 3.0}, 1.0, 1.0, 0), Bounded({0: 1.0}, float(third), INFINITE, 1)]
    assert is_possible(rows[:1])
    assert is_possible(rows) == (Fraction(float(third)) <= third)
