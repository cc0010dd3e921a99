"""Draws from a bounded Gaussian against integrals, rejection, and the bounds themselves."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.corridors.series.bounded_gaussian import Bounds, draws

COUNT = 20_000
NEAR = 4 / sqrt(COUNT)  # four standard errors of a mean of unit variance


def test_half_a_gaussian_has_the_mean_and_variance_of_the_textbook():
    found = draws(np.zeros(1), np.eye(1), Bounds(np.array([[1.0]]), np.zeros(1), np.array([1.0])), COUNT, 1)
    assert found.mean() == pytest.approx(sqrt(2 / pi), abs=NEAR)
    assert found.var() == pytest.approx(1 - 2 / pi, abs=NEAR)


def test_a_triangle_agrees_with_rejection():
    cov = np.array([[1.0, 0.8], [0.8, 1.5]])
    factor, mean = np.linalg.cholesky(cov), np.array([-0.5, 0.3])
    rows, least = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -1.0]]), np.array([0.0, 0.0, -2.0])
    plain = mean + np.random.default_rng(0).standard_normal((400_000, 2)) @ factor.T
    plain = plain[(plain @ rows.T >= least).all(axis=1)]
    found = draws(mean, factor, Bounds(rows, least, np.array([0.5, 0.5])), COUNT, 2)
    assert found.mean(axis=0) == pytest.approx(plain.mean(axis=0), abs=NEAR)
    assert np.cov(found.T) == pytest.approx(np.cov(plain.T), abs=NEAR)


def test_without_a_bound_they_are_a_gaussian():
    factor = np.array([[2.0, 0.0], [1.0, 0.5]])
    found = draws(np.array([3.0, -1.0]), factor, Bounds(np.empty((0, 2)), np.empty(0), np.zeros(2)), COUNT, 3)
    assert np.cov(found.T) == pytest.approx(factor @ factor.T, abs=8 * NEAR)


@settings(max_examples=25, deadline=None)
@given(st.integers(1, 6), st.integers(1, 8), st.integers(0, 2**16))
def test_no_draw_leaves_the_bounds(size, bounds, seed):
    random = np.random.default_rng(seed)
    factor = np.tril(random.normal(size=(size, size))) + 2 * np.eye(size)
    rows, start = random.normal(size=(bounds, size)), random.normal(size=size)
    least = rows @ start - random.uniform(0.0, 1.0, bounds)
    found = draws(random.normal(size=size), factor, Bounds(rows, least, start), 60, seed)
    assert (found @ rows.T >= least - 1e-6).all()


def test_a_start_outside_is_refused():
    with pytest.raises(ValueError, match="outside the bounds"):
        draws(np.zeros(1), np.eye(1), Bounds(np.array([[1.0]]), np.zeros(1), np.array([-1.0])), 1, 1)
