"""Least squares above a floor, against scipy and against what an optimum is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import lsq_linear, nnls

from entrepot.trade.margins import least_squares

NEAR = 1e-9  # scipy stops where a step gains less than 1e-10


def asked(seed, unknowns, rows, floor):
    rng = np.random.default_rng(seed)
    pairs = np.zeros((rows, unknowns))
    for row in pairs:
        row[rng.choice(unknowns, 2, replace=False)] = rng.uniform(0.5, 3)
    left = np.vstack([pairs, np.eye(unknowns)])  # as in margins: sums of two, each drawn to a middle
    return left, rng.normal(0.3, 1.0, len(left)), floor


@given(st.integers(0, 10_000), st.integers(2, 12), st.integers(1, 40), st.sampled_from([0.0, 1e-4, 0.2, 1.0]))
def test_it_is_the_optimum(seed, unknowns, rows, floor):
    left, right, floor = asked(seed, unknowns, rows, floor)
    x = least_squares(left, right, floor)
    slope = left.T @ (left @ x - right)
    assert (x >= floor).all()
    assert slope[x > floor] == pytest.approx(0, abs=1e-8)  # what is free cannot be bettered
    assert (slope[x == floor] > -1e-8).all()  # what lies on the floor would be worse above it
    theirs, _ = nnls(left, right - left.sum(1) * floor)
    assert x == pytest.approx(theirs + floor, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize("seed", range(5))
def test_it_is_scipys(seed):
    left, right, floor = asked(seed, 30, 200, 0.1)
    theirs = lsq_linear(left, right, bounds=(floor, np.inf), tol=1e-14).x
    ours = least_squares(left, right, floor)
    assert ours == pytest.approx(theirs, abs=1e-5)
    assert np.linalg.norm(left @ ours - right) <= np.linalg.norm(left @ theirs - right) * (1 + NEAR)
