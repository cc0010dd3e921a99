"""The interval keeps its promises whatever the numbers are."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.diversion.bounds.hub_interval import Amount, attribute, together

VALUE = st.floats(-1e9, 1e9)
ERROR = st.floats(0, 1e8)


def amount(value, error=0.0):
    value, error = np.atleast_1d(np.array(value, float)), np.atleast_1d(np.array(error, float))
    return Amount(value, error, value - 1.96 * error, value + 2.4 * error)


def unknown():
    return amount(np.nan, np.nan)


@given(VALUE, VALUE, VALUE, VALUE, st.tuples(ERROR, ERROR, ERROR, ERROR))
def test_the_ends_are_in_order_and_never_above_the_loss(a, b, lost, other, errors):
    found = attribute(*(amount(v, e) for v, e in zip((a, b, lost, other), errors, strict=True)))
    low, high, low_95, high_95 = (x[0] for x in (found.low, found.high, found.low_95, found.high_95))
    assert 0 <= low_95 <= low <= high <= high_95
    assert high <= max(lost, 0)
    assert high <= max(min(a, b), 0)


@given(VALUE, VALUE, VALUE)
def test_unknown_supply_gives_nothing_below(a, b, lost):
    found = attribute(amount(a), amount(b), amount(lost), unknown())
    assert found.low[0] == 0
    assert np.isnan(found.supply[0])


@given(st.floats(1, 1e9), st.floats(1, 1e9), st.floats(0, 1e9))
def test_the_lower_end_is_what_extra_supply_from_others_cannot_explain(a, b, other):
    found = attribute(amount(a), amount(b), amount(1e12), amount(other))
    supply = a + other
    left = math.fsum((a, b, -a, -other))  # exactly; a sum of floats has the rounding of the largest of them
    assert found.low[0] == pytest.approx(min(max(0, left), a, b), abs=8 * math.ulp(supply + b))
    assert found.supply[0] == pytest.approx(supply)


@given(st.floats(0, 1e9), st.floats(0, 1e9))
def test_one_leg_unseen_leaves_the_bound_of_the_other(b, lost):
    found = attribute(unknown(), amount(b), amount(lost), amount(0.0))
    assert found.low[0] == 0
    assert found.high[0] == min(b, lost)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)), min_size=1, max_size=9), st.floats(-1e6, 1e7))
def test_all_hubs_together_never_pass_the_loss(pairs, loss):
    low = np.array([min(p) for p in pairs])
    high = np.array([max(p) for p in pairs])
    least, most = together(low, high, loss)
    assert 0 <= least <= most <= max(loss, 0)
    assert most <= high.sum() + 1e-6


def test_truth_lies_inside_as_often_as_stated():
    rng = np.random.default_rng(1)
    n, truth, error = 4000, 100.0, 20.0
    legs = [amount(truth + error * rng.standard_normal(n), np.full(n, error)) for _ in range(3)]
    found = attribute(*legs, amount(np.zeros(n), np.zeros(n)))
    inside = (found.low_95 <= truth) & (truth <= found.high_95)
    assert inside.mean() >= 0.94
