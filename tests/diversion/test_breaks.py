"""Breaks against every date tried one by one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.diversion.signals.breaks import breaks


def by_hand(y, trim=0.1, least=2):
    """The date whose two means leave the least squares, and its F, by regressions one by one."""
    known = np.flatnonzero(np.isfinite(y))
    n = len(known)
    total = ((y[known] - y[known].mean()) ** 2).sum()
    best = (-1, -1.0)
    for cut in range(1, len(y)):
        left, right = y[known[known < cut]], y[known[known >= cut]]
        if min(len(left), len(right)) < max(np.floor(trim * n), least) or not np.isfinite(y[cut]):
            continue
        rest = ((left - left.mean()) ** 2).sum() + ((right - right.mean()) ** 2).sum()
        if total - rest > best[1] + 1e-12:
            best = (cut, total - rest)
    return best


@pytest.mark.parametrize("seed", range(5))
def test_every_series_breaks_where_trying_all_dates_says(seed):
    rng = np.random.default_rng(seed)
    y = rng.normal(size=(40, 30))
    y[:, 17:] += rng.normal(0, 2, (40, 1))
    y[rng.random(y.shape) < 0.1] = np.nan
    found = breaks(y)
    assert found.at.tolist() == [by_hand(row)[0] for row in y]


@given(st.integers(3, 26), st.floats(2, 50), st.sampled_from([-1, 1]))
def test_a_clean_step_is_found_where_it_is(at, size, sign):
    y = np.zeros((1, 30))
    y[0, at:] = sign * size
    found = breaks(y)
    assert found.at[0] == at
    assert found.shift[0] == pytest.approx(sign * size)


def test_short_flat_and_empty_series_have_no_break():
    y = np.array([[np.nan] * 9, [1.0] * 9, [1.0, 2, 3, np.nan, np.nan, np.nan, np.nan, np.nan, np.nan]])
    found = breaks(y)
    assert found.at.tolist() == [-1, -1, -1]
    assert np.isnan(found.p).all()


def test_white_noise_is_called_broken_as_often_as_p_says():
    p = breaks(np.random.default_rng(7).normal(size=(4000, 60))).p
    # three standard errors of a share of 4,000
    assert abs((p <= 0.05).mean() - 0.05) < 3 * np.sqrt(0.05 * 0.95 / 4000) + 0.01
    assert abs((p <= 0.5).mean() - 0.5) < 0.05
