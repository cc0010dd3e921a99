"""Intervals of few draws: at least 95 in 100 of them lie within, and what fewer than 39 cannot hold is said."""

from __future__ import annotations

import pytest
from tests.scenarios.unsure_worlds import BAN, scenario, small_unsure_world

from entrepot.scenarios.answered_scenario import Doubt, answered
from entrepot.scenarios.figures.figure import ANSWERS, Key
from entrepot.scenarios.uncertainty.drawn_intervals import ENOUGH, held_of_100, intervals

LOSS = Key(ANSWERS, "loss of the target")


@pytest.mark.parametrize(
    ("draws", "low", "high"),
    [
        (2, 1, 2),
        (20, 1, 20),  # one of twenty is five in a hundred: none may be left out at each end
        (40, 1, 40),
        (41, 2, 40),  # 39 of 41 are 95.1 in 100
        (100, 3, 98),  # 96 of 100; from 4 to 97 there are 94
    ],
)
def test_at_least_95_in_100_draws_lie_within(draws, low, high):
    found = intervals([{LOSS: float(n)} for n in range(1, draws + 1)])
    assert found[LOSS] == (low, high)
    assert sum(low <= n <= high for n in range(1, draws + 1)) >= 0.95 * draws


def test_what_the_range_of_few_draws_holds_is_that_of_ranks():
    # Of three draws and one more, the further one is neither least nor greatest in two orders of four.
    assert held_of_100(3) == 50
    assert held_of_100(4) == 60
    assert held_of_100(19) == 90
    assert held_of_100(ENOUGH) == 95
    assert held_of_100(ENOUGH - 1) < 95


@pytest.mark.parametrize(("draws", "is_said"), [(4, True), (20, True), (40, False)])
def test_few_draws_are_said(draws, is_said):
    asked = scenario(BAN + "leakage = 0.1\nleakage_between = [0.0, 0.3]\n")
    said = answered(small_unsure_world(), asked, Doubt(draws=draws, workers=1)).missing
    wanted = f"Of {draws} draws an interval goes from the least to the greatest"
    assert any(wanted in text for text in said) is is_said


def test_what_rests_on_a_quarter_of_the_draws_is_said_with_what_it_holds(monkeypatch):
    monkeypatch.setattr("entrepot.scenarios.answered_scenario.JOINERS_DRAWN", 1)
    asked = scenario(BAN + "leakage = 0.1\nleakage_between = [0.0, 0.3]\n")
    said = answered(small_unsure_world(), asked, Doubt(draws=40, workers=1)).missing
    # a quarter of forty is ten: nine of eleven are .81
    assert any("rest on 10 draws. They would hold a further draw in 81 of 100 cases." in text for text in said)
