"""How large a rise would have been seen: never more than all trade of the goods that the flows hold."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.diversion.contract import ALL_HUBS, BLIND, NO_SIGNAL, NOTHING, TOOK_MORE, UNJUDGED
from entrepot.diversion.expected.null import null
from entrepot.diversion.expected.power import Reach, said, seen_from
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.signals.signal_words import answer, unseeable
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
ROW = {
    "judged": True, "word": NO_SIGNAL, "q": 0.9, "unit": "USD", "loss": 5e6, "why_not": "what it lacks", "reason": None,
}  # fmt: skip


def against():
    rng = np.random.default_rng(3)
    return null(rng.normal(size=900), rng.uniform(size=900))


def legs(spread, most, count=1):
    one = np.full((1, count), 1e4)
    return Reach(one, np.full_like(one, spread), np.full_like(one, 0.5), np.full_like(one, most))


@pytest.mark.parametrize(("spread", "most"), [(0.1, 1e9), (2.0, 1e9), (8.0, np.inf), (0.5, 1e5)])
def test_a_rise_that_can_be_is_given_as_it_was(spread, most):
    bare, bound = seen_from(legs(spread, np.inf), against(), 0.01), seen_from(legs(spread, most), against(), 0.01)
    assert bound[0] == bare[0] <= most


@pytest.mark.parametrize(("spread", "most"), [(8.0, 1e12), (15.0, 1e15), (2.0, 1e5), (0.5, 1e3)])
def test_a_rise_beyond_all_trade_is_no_figure(spread, most):
    assert seen_from(legs(spread, np.inf), against(), 0.01)[0] > most
    assert seen_from(legs(spread, most), against(), 0.01)[0] == np.inf


def test_of_two_legs_one_that_cannot_be_is_enough_and_an_unseen_leg_bounds_nothing():
    of = Reach(np.full((2, 2), 1e4), np.array([[0.5, 9.0], [0.5, np.nan]]), np.full((2, 2), 0.5), np.full((2, 2), 1e9))
    of.base[1, 1] = of.most[1, 1] = np.nan
    assert np.isinf(seen_from(of, against(), 0.01)).tolist() == [True, False]


def test_a_row_says_that_no_rise_would_have_been_seen_and_has_no_figure():
    row = unseeable(dict(ROW), np.inf, 5e6)
    assert (row["word"], row["reason"], row["seen_from"]) == (UNJUDGED, BLIND, None)
    assert row["why_not"] == (
        "no rise, up to all trade of the goods in the flows, would have been seen in four of five cases; the direct "
        "leg lost 5 m USD; what it lacks"
    )
    assert answer(row) == "cannot be judged: no rise, up to all trade of the goods in the flows, would have been seen"
    unbound = unseeable(dict(ROW), np.inf, np.inf)
    assert (unbound["word"], unbound["reason"]) == (UNJUDGED, BLIND)


def test_nothing_to_attribute_says_it_too_and_a_rise_that_was_found_does_not():
    none, found = (unseeable(ROW | {"word": w}, np.inf, 5e6) for w in (NOTHING, TOOK_MORE))
    assert (none["word"], none["judged"]) == (NOTHING, True)
    assert none["why_not"].startswith("no rise, up to all trade of the goods")
    assert found["why_not"] == "what it lacks"


def test_rows_that_nothing_would_be_seen_of_count_among_the_blind():
    told = said(np.array([np.inf, np.inf, 1e6]), np.full(3, 2e6), np.ones(3, dtype=bool))
    (text,) = told
    assert text.startswith("Of what the direct leg lost, more than all of it had to go through one place to be seen")
    assert "(the middle of 3 rows); in 2 not even all of it would have been" in text


def test_in_a_scan_no_figure_is_more_than_was_ever_traded():
    """A hub of next to nothing that comes and goes, beside a direct leg of millions."""
    rng = np.random.default_rng(1)

    def change(a, b, k, values):
        if k == 0 and (a, b) == ("CHN", "KAZ"):
            return 3e5 * np.exp(rng.normal(0, 6, len(values)))
        return np.where(AFTER, 0.5 * values, values) if (a, b, k) == ("CHN", "USA", 0) else values

    made = flows(world(6, change, Size(14, 2, noise=0.3)))
    rows = [r for r in diverted(made, ASKED).signals.to_pylist() if r["hub"] != ALL_HUBS]
    traded = dict(pl.DataFrame(made).group_by("product").agg(pl.col("value_usd").sum()).iter_rows())
    assert all(r["seen_from"] is None or r["seen_from"] <= traded[r["product"]] * 1.00001 for r in rows)
    assert [r for r in rows if r["seen_from"] is not None]
