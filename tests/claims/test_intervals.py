"""Intervals: the table of the design, the caps that make a mutation show, arithmetic that never loses a number."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.claims.indexed.intervals import Interval, meet, over, printed, step, times

BOUNDS = ("exact", "over", "at_least", "nearly", "up_to", "about")
POSITIVE = st.floats(0.01, 1e13).map(lambda x: float(f"{x:.4g}"))


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [(11000, "vehicles", 1000), (40900, "tonnes", 100), (7.2, None, 0.1), (50, "percent", 1), (100, "percent", 1)],
)
def test_the_unit_of_the_last_digit(value, unit, expected):
    assert step(value, unit) == expected


def test_a_scale_word_multiplies():
    assert printed(7.2e6, scale=1e6).open == Interval(7.15e6, 7.25e6, high_in=False)


@pytest.mark.parametrize(
    ("bound", "low", "high"),
    [("over", 11000, inf), ("at_least", 11000, inf), ("nearly", -inf, 11000), ("exact", 10500, 11500)],
)
def test_the_open_interval_is_what_the_words_allow(bound, low, high):
    found = printed(11000, bound).open
    assert (found.low, found.high) == (low, high)


def test_over_leaves_the_number_out_and_at_least_keeps_it():
    point = Interval(7, 7)
    assert not meet(printed(7, "over").open, point)
    assert meet(printed(7, "at_least").open, point)
    assert not meet(printed(7, "nearly").open, point)
    assert meet(printed(7, "up_to").open, point)


def test_counts_are_exact_below_a_thousand():
    assert printed(29, counted=True).open == Interval(29, 29)
    assert printed(2000, counted=True).open != Interval(2000, 2000)


@given(POSITIVE, st.sampled_from(BOUNDS), st.booleans())
def test_the_close_interval_lies_in_the_open_one(value, bound, falls):
    found = printed(-value if falls else value, bound)
    assert found.open.low <= found.close.low <= found.close.high <= found.open.high


@given(POSITIVE, st.sampled_from(BOUNDS), st.sampled_from(BOUNDS), st.sampled_from((None, "percent")))
def test_a_figure_times_one_point_two_leaves_every_close_interval(value, bound, other, unit):
    changed = printed(float(f"{value * 1.2:.6g}"), bound, unit)
    assert not meet(changed.close, printed(value, other, unit).close)


@given(POSITIVE, st.sampled_from(BOUNDS))
def test_meeting_is_symmetric(value, bound):
    a, b = printed(value, bound).open, Interval(value, value)
    assert meet(a, b) == meet(b, a)


@given(*[st.tuples(st.floats(-1e6, 1e6), st.floats(0, 1e6), st.floats(0, 1)) for _ in range(2)])
def test_arithmetic_holds_every_result_of_its_inputs(first, second):
    (a, wide_a, at_a), (b, wide_b, at_b) = first, second
    x, y = Interval(a, a + wide_a), Interval(b, b + wide_b)
    p, q = min(a + at_a * wide_a, x.high), min(b + at_b * wide_b, y.high)
    room = 1e-6 * (abs(a) + wide_a + 1) * (abs(b) + wide_b + 1)
    found = times(x, y)
    assert found.low - room <= p * q <= found.high + room
    quotient = over(x, y)
    if quotient is not None and abs(q) > 1e-3:
        assert quotient.low - room <= p / q <= quotient.high + room
    assert (quotient is None) == (y.low <= 0 <= y.high)


def test_width_is_a_share_of_the_middle():
    assert Interval(95, 105).width == pytest.approx(0.1)
    assert Interval(5, inf).width == inf
