"""p values and errors on series in which nothing happens: trade that remembers and has heavy tails."""

import numpy as np
import pytest

from entrepot.diversion.expected.baseline import Window, foretold, offsets, seasons
from entrepot.diversion.expected.null import null, quantile, tail
from entrepot.diversion.expected.scan import read_series
from entrepot.diversion.flows.flow_source import whole
from entrepot.diversion.signals.signal_words import rests_on_draws
from entrepot.trade.measured import measured
from planted.worlds import Size, flows, heavy, world


def panel_of(table):
    return whole(measured(table, "USD"))[0]


def test_p_is_uniform_where_nothing_happens():
    rng = np.random.default_rng(0)
    draws, size = rng.standard_t(3, 5000), rng.random(5000)
    of = null(draws, size)
    p = tail(of, rng.standard_t(3, 5000), rng.random(5000), up=True)
    for level in (0.2, 0.05, 0.01):
        assert abs((p <= level).mean() - level) < 4 * np.sqrt(level / 5000) + 0.1 * level
    assert (p > 0).all()


def test_a_bound_is_missed_as_often_as_stated():
    rng = np.random.default_rng(1)
    of = null(rng.standard_t(4, 3000), np.full(3000, 0.5))
    new = rng.standard_t(4, 3000)
    assert (new > quantile(of, np.full(3000, 0.5), 0.975)).mean() == pytest.approx(0.025, abs=0.012)


def test_few_draws_are_not_trusted():
    of = null(np.array([0.1, -0.2]), np.array([0.5, 0.5]))
    assert tail(of, np.array([3.0]), np.array([0.5]), up=True)[0] > 0.02


@pytest.mark.parametrize("seed", range(3))
def test_calm_years_give_calm_p(seed):
    found = panel_of(flows(world(seed, size=Size(14, 3))))
    window = Window(6, 10, "year")
    everyone = np.ones(len(found.amount), dtype=bool)
    half = np.arange(len(found.amount)) % 2 == 0
    reading = read_series(found, window, everyone & half)  # judged by the other half
    p = reading.full.p_rise[~half]
    assert (p <= 0.05).mean() < 0.05 + 0.045  # three standard errors of some 270 series
    inside = (reading.full.low <= 0) & (reading.full.high >= 0)
    assert inside[~half].mean() > 0.91


def test_a_world_boom_is_no_excess():
    def boom(_a, _b, k, values):
        return values * np.where(np.arange(10) >= 6, 3.0, 1.0) if k == 0 else values

    found = panel_of(flows(world(5, change=boom)))
    reading = read_series(found, Window(6, 10, "year"), np.ones(len(found.amount), dtype=bool))
    mine = found.product == 0
    ratio = reading.full.observed[mine] / reading.full.expected[mine]
    assert np.median(ratio) == pytest.approx(1, abs=0.05)


def test_a_price_and_a_level_are_continued():
    fit, ahead = foretold(np.full((1, 8), 2.0), 4, 3.0, 0.5, 1)
    np.testing.assert_allclose(fit, 2)
    np.testing.assert_allclose(ahead, 2)


def test_a_trend_is_damped():
    line = np.arange(8.0)[None, :]
    ahead = foretold(line, 3, 100.0, 1.0, 1)[1][0]
    assert 7 < ahead[0] < 8
    assert ahead[0] < ahead[1] < ahead[2] < 10


def test_a_season_is_learned_from_what_was_before():
    months = np.tile(np.sin(np.arange(12) / 12 * 2 * np.pi), 6)[None, :]
    found = seasons(months, Window(48, 72, "month"))
    assert np.corrcoef(found[0, 48:], months[0, 48:])[0, 1] > 0.99


def test_offsets_scale_with_trade():
    one, two = (offsets(np.array([1.0, 9.0]) * k, np.array([0, 0]))[0] for k in (1.0, 1000.0))
    np.testing.assert_allclose(two, 1000 * one)


def test_the_noise_of_these_tests_is_what_it_says():
    assert np.std([heavy(np.random.default_rng(i), 50) for i in range(200)]) == pytest.approx(1, abs=0.1)


@pytest.mark.parametrize("count", [0, 1, 29])
def test_p_that_no_draw_gives_are_not_said_to_be_counted(count):
    # below thirty draws `tail` reads p off Student's t: 3 spreads give about .03, whatever the draws
    of = null(np.zeros(count), np.full(count, 0.5))
    assert tail(of, np.array([3.0]), np.array([0.5]), up=True)[0] == pytest.approx(0.0288, abs=0.001)
    said = rests_on_draws(count)
    assert "Student's t with three degrees of freedom" in said
    assert "how often" not in said
    assert "0 such draws" not in said


@pytest.mark.parametrize("count", [30, 804])
def test_of_counted_p_the_rarer_than_all_draws_rest_on_the_tail(count):
    said = rests_on_draws(count)
    assert f"by {count} such draws (placebos)" in said
    assert "the tail fitted to those" in said
    assert "Student" not in said
