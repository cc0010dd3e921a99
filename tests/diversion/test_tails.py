"""Tails of distributions against scipy, and there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from entrepot.diversion.tails import normal_above, normal_density, normal_score, student_above, student_at

# Both sides are rounded some times over; scipy's own erfc errs by 1e-13 in the far tail.
NEAR = 5e-13


def test_the_normal_is_scipys():
    z = np.linspace(-12, 12, 4001)
    assert normal_above(z) == pytest.approx(stats.norm.sf(z), rel=NEAR)
    assert normal_density(z) == pytest.approx(stats.norm.pdf(z), rel=NEAR)


def test_normal_scores_are_scipys():
    p = np.concatenate([np.logspace(-15, -1, 2000), np.linspace(0.1, 0.999999, 2000)])
    assert normal_score(p) == pytest.approx(stats.norm.isf(p), rel=NEAR, abs=NEAR)


def test_students_tail_is_scipys():
    x = np.concatenate([-np.logspace(8, -8, 2000), [0.0], np.logspace(-8, 8, 2000)])
    assert student_above(x) == pytest.approx(stats.t.sf(x, 3), rel=NEAR)


@pytest.mark.parametrize("level", [1e-9, 0.01, 0.1, 0.4, 0.5, 0.9, 0.975, 0.999, 1 - 1e-9])
def test_students_quantile_is_scipys(level):
    # 1 - 1e-9 is held to seven digits in a float.
    assert student_at(level) == pytest.approx(stats.t.ppf(level, 3), rel=1e-7 if abs(level - 0.5) > 0.49 else NEAR)


@given(st.floats(1e-12, 1 - 1e-12))
def test_a_share_and_its_score_belong_together(p):
    assert normal_above(normal_score(p)) == pytest.approx(p, rel=1e-9)


def test_shapes_and_absences_are_kept():
    given_ = np.array([[0.5, np.nan], [0.1, 0.9]])
    assert normal_score(given_).shape == (2, 2)
    for of in (normal_score, normal_above, student_above):
        assert np.isnan(of(given_)).tolist() == [[False, True], [False, False]]
    assert student_above(np.array([np.inf, -np.inf])).tolist() == [0.0, 1.0]
    assert normal_score(np.zeros(0)).shape == (0,)
