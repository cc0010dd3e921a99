"""Bounds of the excess: what is allowed for beside the wander of the series."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.signals.signal_rows import cell
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 3e8


@given(st.floats(-1e15, 1e15, allow_nan=False))
def test_an_end_is_rounded_outward_and_by_little(value):
    up, down = cell(value, 1), cell(value, -1)
    assert down <= value <= up
    assert up - down <= 2e-5 * abs(value) + 1e-300


def test_a_number_that_is_no_end_is_rounded_to_the_nearest():
    assert [cell(46_083_338.6), cell(46_083_338.6, 1), cell(46_083_338.6, -1)] == [46083300.0, 46083400.0, 46083300.0]
    assert cell(np.nan, 1) is None
    assert cell(0.0, 1) == 0.0


@pytest.mark.parametrize("silent", ["2015", "2016", "2017"])
def test_a_move_that_comes_by_and_by_lies_within_though_a_year_is_not_reported(silent):
    # A tenth, a half and all of it, year by year: the mean of the years that are seen is not that of all.
    steps = np.where(AFTER, np.array([0.0] * 6 + [0.1, 0.5, 1.0, 1.0]), 0.0)

    def change(a, b, k, values):
        if k or {a, b} - {"CHN", "USA", "KAZ"}:
            return values
        if (a, b) == ("CHN", "USA"):
            return BIG * values / values.mean() * (1 - 0.5 * steps)
        return values + 0.5 * BIG * steps if (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")} else values

    rows = [r for r in world(1, change) if not (r["exporter"] == "KAZ" and r["period"] == silent)]
    found = diverted(flows(rows), ASKED).signals.to_pylist()
    row = next(r for r in found if (r["product"], r["hub"]) == ("10", "KAZ"))
    assert row["low_95"] <= 0.5 * BIG * steps.sum() <= row["high_95"]


def test_a_leg_that_hardly_was_is_not_surer_than_a_fortieth():
    def change(a, b, k, values):
        if k == 0 and (a, b) == ("CHN", "USA"):
            return BIG * values / values.mean() * np.where(AFTER, 0.5, 1.0)
        quiet = k == 0 and (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")}
        return np.where(AFTER, 0.5 * BIG, 1.0) if quiet else values

    found = diverted(flows(world(5, change, Size(12))), ASKED).signals.to_pylist()
    row = next(r for r in found if (r["product"], r["hub"]) == ("10", "KAZ"))
    # low and high of one leg are 1.96 errors away at least
    assert row["excess_in_se"] >= 0.0249 * row["excess_in"]
