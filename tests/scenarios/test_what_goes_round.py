"""What goes round as a share of what is held back, and in which words: by arithmetic on the world's own flows."""

from __future__ import annotations

import pytest
from tests.scenarios.test_ways_in_files import WAYS, read
from tests.scenarios.unsure_worlds import BAN, small_unsure_world, small_world

from entrepot.scenarios.answered_scenario import Answered, Doubt, answered, answers_of
from entrepot.scenarios.figures.figure import ANSWERS, Figure, Key
from entrepot.scenarios.figures.gone_round import MORE_ROUND, OF_REACHED, ROUND, ROUND_THROUGH, USE_BEFORE
from entrepot.scenarios.figures.simulated import simulated
from entrepot.scenarios.simulated_words import further
from entrepot.scenarios.uncertainty.drawn_intervals import holding, intervals

USA, XIN, EU = 0, 2, 3
SECOND = '\n[[act]]\nby = ["EU"]\non = ["XIN"]\ninstrument = "import ban"\n'


def figures(text):
    return {(f.key.quantity, f.key.partner): f.value for f in simulated(small_world(), read(text), ()).figures}


@pytest.mark.parametrize(("leakage", "stopped"), [(0.0, 1.0), (0.25, 0.75)])
def test_what_goes_round_is_a_share_of_all_that_is_held_back(leakage, stopped):
    flows = small_world().imports.sum(axis=0)
    found = figures(WAYS + SECOND + f"leakage = {leakage}\n")
    value = found[f"{ROUND}, value", ""]
    whole = flows[USA, XIN] + stopped * flows[EU, XIN]
    assert found[ROUND, ""] == pytest.approx(100 * value / whole)
    assert found[OF_REACHED, ""] == pytest.approx(100 * value / flows[USA, XIN])
    assert found[ROUND, ""] == pytest.approx(sum(found[ROUND_THROUGH, hub] for hub in ("KAZ", "VNM")))
    # before, the ways carry what their costs give: 1.2 and 1.25 times the direct one's, at a dispersion of 7
    weights = 1.2**-7 + 1.25**-7
    assert found[MORE_ROUND, ""] == pytest.approx(value - flows[USA, XIN] * weights / (1 + weights))


def test_where_all_that_is_held_back_has_a_way_nothing_is_said_twice():
    assert (OF_REACHED, "") not in figures(WAYS)


def test_goods_that_no_act_holds_back_are_not_counted_as_gone_round():
    text = WAYS.replace('instrument = "import ban"', 'instrument = "import ban"\nsectors = ["metals"]')
    found = figures(text)
    metals = small_world().imports[1, USA, XIN]
    assert found[ROUND, ""] == pytest.approx(100 * found[f"{ROUND}, value", ""] / metals)
    assert found[f"{ROUND}, value", ""] < metals
    assert (OF_REACHED, "") not in found


def test_a_hub_under_secondary_sanctions_is_not_what_the_measure_holds_back():
    text = WAYS + '\n[[act]]\nby = ["USA"]\non = ["VNM"]\ninstrument = "secondary sanction"\n'
    found = figures(text)
    assert found[ROUND, ""] == pytest.approx(
        100 * found[f"{ROUND}, value", ""] / small_world().imports[:, USA, XIN].sum()
    )


@pytest.mark.parametrize(
    ("value", "low", "high", "said"),
    [
        (-1562.0, -2045.0, -970.0, "1,562 million dollars a year (970 to 2,045) less than"),
        (1562.0, 970.0, 2045.0, "1,562 million dollars a year (970 to 2,045) more than"),
        (-300.0, -400.0, 120.0, "300 million dollars a year (400 less to 120 more) less than"),
        (300.0, -120.0, 400.0, "300 million dollars a year (120 less to 400 more) more than"),
        (-300.0, None, None, "300 million dollars a year less than"),
    ],
)
def test_a_fall_is_less_and_a_rise_is_more(value, low, high, said):
    cells = {"part": ANSWERS, "partner": None, "economy": None, "low": low, "high": high}
    share = cells | {"low": None, "high": None, "value": 20.0}
    rows = (share | {"quantity": ROUND}, cells | {"quantity": MORE_ROUND, "value": value})
    (text,) = further(Answered(read(WAYS), (), rows, (), 0.0, small_unsure_world()))
    assert f"that is {said} what is assumed to go round today" in text


@pytest.mark.parametrize(("share", "is_said"), [(0.05, True), (0.9, False)])
def test_a_capacity_below_what_passes_before_the_measure_is_said(share, is_said):
    unsure = small_unsure_world()
    found = answered(unsure, read(WAYS.replace("share_of_flow = 0.05", f"share_of_flow = {share}")), Doubt())
    weights = 1 + 1.2**-7 + 1.25**-7
    (row,) = answers_of(found.rows, USE_BEFORE)
    assert row["value"] == pytest.approx(100 * 1.2**-7 / weights / share, abs=1e-5)
    said = " ".join(further(found))
    assert ("capacity post holds less than what is assumed to pass there before the measure" in said) is is_said


def test_an_interval_holds_the_figure_that_it_is_of():
    inside, outside, alike, lone = (Key(ANSWERS, name) for name in ("inside", "outside", "alike", "lone"))
    draws = [{inside: 1.0, outside: 3.0, alike: 7.0}, {inside: 4.0, outside: 5.0, alike: 7.0, lone: 1.0}]
    asked = [Figure(inside, 2.0), Figure(outside, 6.0), Figure(alike, 7.0 + 1e-9), Figure(lone, 1.0)]
    plain = intervals(draws)
    held, widened = holding(plain, asked)
    assert widened == 1
    assert held[inside] == plain[inside]
    assert held[outside] == (plain[outside][0], 6.0)
    assert lone not in held


@pytest.mark.parametrize("seed", range(4))
def test_few_draws_give_intervals_that_hold_their_figures(seed):
    found = answered(small_unsure_world(seed), read(BAN), Doubt(draws=2, seed=seed, workers=1))
    assert all(r["low"] <= r["value"] <= r["high"] for r in found.rows if r["low"] is not None)
    assert any("did not hold the figure itself" in text for text in found.missing)
