"""Rates against scipy, and against what they promise."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from entrepot.diversion.signals.false_discovery import (
    GATE,
    benjamini_hochberg,
    conjunction,
    over_scan,
    smaller,
    with_match,
)

P = st.floats(0, 1, allow_nan=False)


@given(st.lists(P, min_size=1, max_size=60))
def test_benjamini_and_hochberg_is_scipys(p):
    np.testing.assert_allclose(benjamini_hochberg(np.array(p)), false_discovery_control(p), atol=1e-12)


def test_what_is_no_test_does_not_count():
    found = benjamini_hochberg(np.array([0.01, np.nan, 0.02]))
    np.testing.assert_allclose(found[[0, 2]], false_discovery_control([0.01, 0.02]))
    assert np.isnan(found[1])


@given(st.lists(st.tuples(P, P, P), min_size=1, max_size=40))
def test_a_row_is_no_likelier_than_its_weakest_leg(rows):
    p, q = conjunction(np.array(rows))
    np.testing.assert_allclose(p, np.array(rows).max(1))
    order = np.argsort(p)
    assert (np.diff(q[order]) >= -1e-12).all()
    assert ((q >= p - 1e-12) | (q == 1)).all()


def test_a_scan_of_nothing_finds_something_in_one_of_ten_at_most():
    rng = np.random.default_rng(3)
    hits = sum((conjunction(rng.random((300, 3)), (5.0, 1.0, 1.0))[1] <= 0.1).any() for _ in range(300))
    assert hits / 300 <= 0.1 + 3 * np.sqrt(0.09 / 300)


def test_two_true_legs_of_three_are_not_found_more_often_than_stated():
    rng = np.random.default_rng(4)
    shares = []
    for _ in range(200):
        p = rng.random((300, 3))
        p[:20, :2] *= 1e-4  # a fall and a rise in, but nothing leaves
        p[20:30] *= 1e-4  # all three
        found = conjunction(p, (5.0, 1.0, 1.0))[1] <= 0.1
        false = found.copy()
        false[20:30] = False
        shares.append(false.sum() / max(found.sum(), 1))
    assert np.mean(shares) <= 0.1 + 3 * np.std(shares) / np.sqrt(200)


@given(st.lists(st.tuples(P, P, P), min_size=1, max_size=30))
def test_without_weights_q_is_no_larger_than_the_adaptive_filters(rows):
    p = np.sort(np.array(rows), axis=1)
    by_hand = []
    for row in p:
        later = p[p[:, 2] >= row[2], 2]
        rates = [t * (p[:, 1] <= t).sum() / (p[:, 2] <= t).sum() for t in later]
        by_hand.append(min(*rates, 1.0) if len(rates) > 1 else min(rates[0], 1.0))
    assert (conjunction(np.array(rows))[1] <= np.array(by_hand) + 1e-9).all()


def test_a_rise_and_a_match_by_chance_are_as_rare_as_their_p_says():
    rng = np.random.default_rng(3)
    p = with_match(rng.random(200_000), rng.random(200_000))
    for level in (0.001, 0.01, 0.1, 0.5):
        # four standard errors of a share
        assert (p <= level).mean() == pytest.approx(level, abs=4 * np.sqrt(level * (1 - level) / 200_000))


def test_a_rise_that_chance_hardly_gives_stands_whatever_the_other_amount_is():
    # Where many origins are cut, what leaves a hub is by far more than what one of them sold to it.
    far, near = with_match(np.array([1e-4, 1e-4]), np.array([1.0, 0.05]))
    assert 1e-4 < far < 2e-4
    assert near < far


@given(P)
def test_the_smaller_of_two_lies_between_one_p_and_bonferronis_two(x):
    [found] = smaller(np.array([x]))
    assert x - 1e-12 <= found <= min(2 * x, 1.0) + 1e-12


def test_one_leg_that_moved_truly_keeps_the_rate():
    # 300 scans of 200 hubs: 60 with one leg moved, ten with both, by one amount. One in ten found is false, at most.
    rng = np.random.default_rng(4)
    shares = []
    for _ in range(300):
        p = np.column_stack([np.full(200, 0.1), *rng.random((2, 200)), rng.random(200)])
        p[:60, 1] = p[60:70, 1] = p[60:70, 2] = 1e-5
        p[60:70, 3] = 0.05
        found = over_scan(p) <= 0.1
        shares.append((found.sum() - found[60:70].sum()) / max(found.sum(), 1))
    assert np.mean(shares) - 2 * np.std(shares) / np.sqrt(300) <= 0.1


def test_a_direct_leg_that_fell_no_more_than_chance_is_no_signal():
    tests = np.array([[GATE + 0.01, 1e-6, 1e-6, 0.05], [GATE, 1e-6, 1e-6, 0.05]])
    q = over_scan(tests)
    assert q[0] == 1.0
    assert q[1] < 0.01


def test_rows_that_are_not_tested_have_no_rate():
    assert np.isnan(over_scan(np.full((3, 4), np.nan))).all()
    assert over_scan(np.empty((0, 4))).shape == (0,)


def test_a_row_with_a_leg_unseen_needs_its_fall():
    tests = np.array([[0.01, 1e-4, np.nan, np.nan], [0.9, 1e-4, np.nan, np.nan]])
    q = over_scan(tests)
    assert q[0] < q[1] or q[1] > 0.1
