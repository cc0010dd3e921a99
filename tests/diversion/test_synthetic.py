"""Synthetic control: the weights are the best of the simplex, and the placebo test is exact where all are alike."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.diversion.event_study import synthetic_control


def loss(donors, target, w):
    return float(((donors @ w - target) ** 2).sum())


@given(st.integers(0, 10_000))
@settings(max_examples=40)
def test_no_point_of_a_grid_is_nearer(seed):
    """Three donors: every mix in steps of one in fifty is tried."""
    rng = np.random.default_rng(seed)
    donors, target = rng.normal(1, 0.5, (6, 3)), rng.normal(1, 0.5, 6)
    w = synthetic_control.weights(donors, target)
    assert w.min() >= 0
    assert w.sum() == pytest.approx(1)
    grid = [(a, b, 50 - a - b) for a, b in product(range(51), repeat=2) if a + b <= 50]
    best = min(loss(donors, target, np.array(g) / 50) for g in grid)
    assert loss(donors, target, w) <= best + 1e-9


@given(st.integers(0, 10_000), st.integers(2, 30))
@settings(max_examples=40)
def test_no_small_step_inside_the_simplex_is_nearer(seed, count):
    """The optimum of a convex problem: moving a little towards any one donor does not help."""
    rng = np.random.default_rng(seed)
    donors, target = rng.normal(1, 0.5, (8, count)), rng.normal(1, 0.5, 8)
    w = synthetic_control.weights(donors, target)
    here = loss(donors, target, w)
    for corner in np.eye(count):
        assert loss(donors, target, w + 1e-4 * (corner - w)) >= here - 1e-7


def test_a_mix_that_is_exact_is_found():
    rng = np.random.default_rng(1)
    donors = rng.normal(size=(12, 5))
    true = np.array([0.5, 0.0, 0.2, 0.0, 0.3])
    assert synthetic_control.weights(donors, donors @ true) == pytest.approx(true, abs=1e-8)


def test_what_happens_after_does_not_move_the_weights():
    rng = np.random.default_rng(2)
    values = rng.normal(1, 0.1, (10, 6))
    other = values.copy()
    other[7:] *= 3
    one, two = (synthetic_control.control(v[:, 0], v[:, 1:], 7) for v in (values, other))
    assert one.weights == pytest.approx(two.weights)


def test_a_series_alone_in_its_fall_has_the_least_p():
    rng = np.random.default_rng(3)
    values = rng.normal(1, 0.05, (20, 30))
    values[12:, 0] -= 0.7
    own = synthetic_control.control(values[:, 0], values[:, 1:], 12)
    found = synthetic_control.placebos(values, own, 12)
    assert found.p == pytest.approx(1 / 30)
    assert len(found.effects) == 29


@pytest.mark.slow
def test_p_is_spread_evenly_where_nothing_happened():
    """All series alike: each rank is as likely, so p <= 0.2 in a fifth of 200 draws; five standard deviations wide."""
    rng, below = np.random.default_rng(4), 0
    for _ in range(200):
        values = rng.normal(1, 0.1, (14, 10))
        own = synthetic_control.control(values[:, 0], values[:, 1:], 9)
        below += synthetic_control.placebos(values, own, 9).p <= 0.2
    assert abs(below - 40) < 5 * np.sqrt(200 * 0.2 * 0.8)


def test_season_and_size_cancel():
    seasons = np.arange(12) % 4
    level = np.array([10.0, 20.0, 5.0, 8.0])[seasons]
    values = np.column_stack([level, 1000 * level])
    assert synthetic_control.indexed(values, seasons, 8) == pytest.approx(np.ones((12, 2)))
