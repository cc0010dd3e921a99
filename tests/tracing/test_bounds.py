"""The bounds of exposure against brute force over every extreme choice of shares."""

from __future__ import annotations

from itertools import permutations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.tracing.method import policy_values
from entrepot.tracing.method.exposure_bounds import bound, with_untraced_loops
from entrepot.tracing.method.loop_levels import loop_levels
from entrepot.tracing.method.share_rows import allocated, share_rows

CLOSE = 1e-9  # two solutions of the same small system


def corners(links, taker):
    """Every extreme choice of the shares of a taker: the rest given to its inputs in each order."""
    own = [x for x in links if x[0] == taker]
    found = set()
    for order in permutations(range(len(own))):
        rest, shares = 1 - sum(x[2] for x in own), [x[2] for x in own]
        for i in order:
            more = min(rest, own[i][3] - own[i][2])
            shares[i] += more
            rest -= more
        found.add(tuple(shares))
    return [(own, shares) for shares in found]


def brute(nodes, links, fixed):
    """Least and most by node over every combination of extreme choices in which nothing is a closed loop."""
    free = [i for i in range(nodes) if np.isnan(fixed[i])]
    low, high = np.full(nodes, np.inf), np.full(nodes, -np.inf)
    for choice in product(*(corners(links, i) for i in free)):
        a, b = np.eye(len(free)), np.zeros(len(free))
        for row, (own, shares) in enumerate(choice):
            for link, share in zip(own, shares, strict=True):
                if link[1] in free:
                    a[row, free.index(link[1])] -= share
                else:
                    b[row] += share * fixed[link[1]]
        if abs(np.linalg.det(a)) < 1e-12:
            continue
        solved = np.array(fixed)
        solved[free] = np.linalg.solve(a, b)
        low, high = np.minimum(low, solved), np.maximum(high, solved)
    return low, high


@st.composite
def small(draw):
    """A small graph with loops: the last three nodes are ends, exposed, elsewhere and possible."""
    inner = draw(st.integers(1, 3))
    nodes = inner + 3
    links = []
    for taker in range(inner):
        count = draw(st.integers(1, 3))
        sources = draw(
            st.lists(st.integers(0, nodes - 1), min_size=count, max_size=count)
        )  # a link may be there twice, or of itself
        ends = [sorted(draw(st.tuples(st.integers(0, 8), st.integers(0, 8)))) for _ in sources]
        total = sum(e[0] for e in ends)
        lows = [e[0] / max(total, 8) for e in ends]
        highs = [max(e[1] / 8, low) for e, low in zip(ends, lows, strict=True)]
        if sum(highs) < 1:
            highs = [1.0 for _ in highs]
        links += [(taker, s, lo, hi) for s, lo, hi in zip(sources, lows, highs, strict=True)]
    fixed = [np.nan] * inner + [1.0, 0.0, draw(st.sampled_from([0.0, 0.25, 1.0]))]
    return nodes, links, np.array(fixed)


@settings(max_examples=150)
@given(small())
def test_bounds_are_those_of_brute_force(case):
    nodes, links, fixed = case
    rows, lost = with_untraced_loops(share_rows(nodes, links), fixed)
    if len(lost):
        return  # the loop that nothing enters is tested below
    low, high = brute(nodes, links, fixed)
    least, most = bound(rows, fixed, "least"), bound(rows, fixed, "most")
    assert least.values == pytest.approx(low, abs=CLOSE)
    assert most.values == pytest.approx(high, abs=CLOSE)
    levels = loop_levels(rows, np.isnan(fixed))  # numpy and scipy, where there is no compiled core
    assert bound(rows, fixed, "least", levels).values == pytest.approx(low, abs=CLOSE)
    assert bound(rows, fixed, "most", levels).values == pytest.approx(high, abs=CLOSE)


@settings(max_examples=150)
@given(small())
def test_sweeps_and_the_method_of_krylov_give_what_a_direct_solution_gives(case):
    """What large loops are solved by, on graphs small enough to be held against brute force."""
    nodes, links, fixed = case
    rows, lost = with_untraced_loops(share_rows(nodes, links), fixed)
    if len(lost):
        return
    low, high = brute(nodes, links, fixed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(policy_values, "_SMALL", 0)
        levels = loop_levels(rows, np.isnan(fixed))
        assert bound(rows, fixed, "least", levels).values == pytest.approx(low, abs=1e-7)
        assert bound(rows, fixed, "most", levels).values == pytest.approx(high, abs=1e-7)


def paths(links, node, fixed):
    """The exposure of a node of a graph without loops: the sum over all paths of the product of their shares."""
    if not np.isnan(fixed[node]):
        return fixed[node]
    return sum(x[2] * paths(links, x[1], fixed) for x in links if x[0] == node)


@settings(max_examples=100)
@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=4), min_size=1, max_size=7), st.randoms())
def test_known_shares_are_the_sum_over_all_paths(weights, draw):
    inner = len(weights)
    links = []
    for taker, given_ in enumerate(weights):
        total = sum(given_) or len(given_)
        sources = [draw.randint(taker + 1, inner + 1) for _ in given_]
        shares = [(w if sum(given_) else 1) / total for w in given_]
        links += [(taker, s, share, share) for s, share in zip(sources, shares, strict=True)]
    fixed = np.array([np.nan] * inner + [1.0, 0.0])
    found = bound(share_rows(inner + 2, links), fixed, "least")
    assert found.values == pytest.approx([paths(links, i, fixed) for i in range(inner + 2)], abs=CLOSE)


def test_a_large_loop_is_solved_to_its_residual_and_its_ends_hold_drawn_choices():
    rng = np.random.default_rng(3)
    nodes, links = 2_000, []
    for taker in range(nodes - 2):
        sources = rng.integers(0, nodes, 4)
        weight = rng.dirichlet(np.ones(4))
        is_open = rng.random() < 0.5
        links += [
            (taker, int(s), 0.0 if is_open else w, 1.0 if is_open else w) for s, w in zip(sources, weight, strict=True)
        ]
    fixed = np.full(nodes, np.nan)
    fixed[-2:] = 1.0, 0.0
    rows = share_rows(nodes, links)
    least, most = bound(rows, fixed, "least"), bound(rows, fixed, "most")
    assert max(least.residual, most.residual) < 1e-11
    assert (least.values <= most.values + CLOSE).all()
    for _ in range(3):
        shares = allocated(rows, rng.random(len(rows.sources)))
        values = np.nan_to_num(fixed)
        for _ in range(20_000):
            new = np.bincount(rows.takers, weights=shares * values[rows.sources], minlength=nodes)
            new[-2:] = 1.0, 0.0
            moved, values = np.abs(new - values).max(), new
            if moved < 1e-13:
                break
        assert (least.values <= values + 1e-7).all()
        assert (most.values >= values - 1e-7).all()


def test_goods_that_go_round_for_ever_are_refused_and_not_guessed():
    """Of what goes round only a millionth of a millionth leaves: no residual tells such values to the last digit."""
    tiny = 1e-13
    rows = share_rows(3, [(0, 1, 1.0, 1.0), (1, 0, 1 - tiny, 1 - tiny), (1, 2, tiny, tiny)])
    fixed = np.array([np.nan, np.nan, 1.0])
    with pytest.raises(policy_values.UnsolvedError):
        bound(rows, fixed, "least")


@settings(max_examples=100)
@given(small(), st.lists(st.floats(0, 1), min_size=24, max_size=24))
def test_any_choice_of_shares_lies_within(case, drawn):
    nodes, links, fixed = case
    rows, lost = with_untraced_loops(share_rows(nodes, links), fixed)
    if len(lost):
        return
    shares = allocated(rows, np.array(drawn[: len(rows.sources)]))
    a, b = np.eye(nodes), np.where(np.isnan(fixed), 0.0, fixed)
    for taker, source, share in zip(rows.takers, rows.sources, shares, strict=True):
        a[taker, source] -= share
    if abs(np.linalg.det(a)) < 1e-9:
        return
    solved = np.linalg.solve(a, b)
    assert (bound(rows, fixed, "least").values <= solved + CLOSE).all()
    assert (bound(rows, fixed, "most").values >= solved - CLOSE).all()


def test_each_end_is_attained_by_shares_that_are_allowed():
    rows = share_rows(4, [(0, 1, 0.2, 0.6), (0, 2, 0.1, 0.9), (1, 0, 0.0, 0.5), (1, 3, 0.3, 1.0)])
    fixed = np.array([np.nan, np.nan, 1.0, 0.0])
    for end in ("least", "most"):
        found = bound(rows, fixed, end)
        assert (found.shares >= rows.low - CLOSE).all()
        assert (found.shares <= rows.high + CLOSE).all()
        sums = np.bincount(rows.takers, weights=found.shares, minlength=4)
        assert sums[:2] == pytest.approx([1.0, 1.0])
        again = np.bincount(rows.takers, weights=found.shares * found.values[rows.sources], minlength=4)
        assert again[:2] == pytest.approx(found.values[:2], abs=CLOSE)


def test_a_loop_cannot_feed_itself():
    """Two makers that supply each other, one of them from a listed firm: whatever goes round came from there."""
    rows = share_rows(3, [(0, 1, 0.0, 1.0), (0, 2, 0.0, 1.0), (1, 0, 1.0, 1.0)])
    fixed = np.array([np.nan, np.nan, 1.0])
    assert bound(rows, fixed, "least").values == pytest.approx([1.0, 1.0, 1.0])
    assert bound(rows, fixed, "most").values == pytest.approx([1.0, 1.0, 1.0])


def test_a_loop_that_nothing_enters_is_an_end_of_what_is_known():
    rows, lost = with_untraced_loops(share_rows(2, [(0, 1, 1.0, 1.0), (1, 0, 1.0, 1.0)]), np.array([np.nan, np.nan]))
    assert lost.tolist() == [0, 1]
    assert not rows.has_inputs.any()


def test_shares_that_cannot_sum_to_one_are_refused():
    with pytest.raises(ValueError, match="cannot sum"):
        share_rows(3, [(0, 1, 0.7, 0.8), (0, 2, 0.6, 0.9)])
    with pytest.raises(ValueError, match="cannot sum"):
        share_rows(3, [(0, 1, 0.0, 0.3), (0, 2, 0.0, 0.3)])
