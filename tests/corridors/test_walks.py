"""How a level may move, and what the series of other places say of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.series import walks
from entrepot.corridors.series.contract import WALK_EVIDENCE
from entrepot.corridors.series.level import Walk, prior
from entrepot.corridors.series.linear_reports import Frame, placed

STILL = Walk(0.0, 0.0, 0.0)


@pytest.fixture(autouse=True)
def _forgotten():
    walks.likely_walks.cache_clear()
    yield
    walks.likely_walks.cache_clear()


def moved(walk: Walk) -> np.ndarray:
    """Covariance of what a walk adds, five years of a place that never shuts."""
    held = placed(Frame("nowhere", (12 * 2015, 12 * 2019 + 11)), [])
    return prior(held, walk) - prior(held, STILL)


def test_a_growth_that_stays_adds_up_by_the_year():
    found = moved(replace(STILL, growth=0.2, lasts=1e9))
    years = np.arange(1, 61) / 12
    assert found == pytest.approx(0.2**2 * np.outer(years, years), rel=1e-6)


def test_a_growth_that_turns_is_what_rates_drawn_month_by_month_add_up_to():
    # An autoregression of the first order with the same memory, drawn and summed.
    random, lasts, growth = np.random.default_rng(5), 2.0, 0.4
    kept = np.exp(-1 / 12 / lasts)
    rates = random.standard_normal((40_000, 60)) * growth / 12
    for month in range(1, 60):
        rates[:, month] = kept * rates[:, month - 1] + np.sqrt(1 - kept**2) * rates[:, month]
    levels = rates.cumsum(axis=1)
    found = moved(replace(STILL, growth=growth, lasts=lasts))
    assert np.diag(found) == pytest.approx(levels.var(axis=0), rel=0.05)
    assert found[20, 50] == pytest.approx(np.mean(levels[:, 20] * levels[:, 50]), rel=0.05)


def test_the_series_of_a_place_say_nothing_of_the_walks_of_that_place(monkeypatch):
    before = {place: walks.likely_walks(place) for place in ("khunjerab", "xinjiang")}
    rows = [r for r in packaged_rows(WALK_EVIDENCE) if r["place_id"] != "khunjerab"]
    monkeypatch.setattr(walks, "packaged_rows", lambda _: rows)
    walks.likely_walks.cache_clear()
    assert walks.likely_walks("khunjerab") == before["khunjerab"]
    assert walks.likely_walks("xinjiang") != before["xinjiang"]


def test_a_walk_that_all_others_show_is_likely_and_none_is_certain(monkeypatch):
    shown = walks.WALKS[9]
    told = {n: getattr(shown, n) for n in ("drift", "unrest", "season", "growth", "lasts")}
    rows = [{**told, "place_id": "elsewhere", "series": f"series {n}", "evidence": 0.0} for n in range(30)]
    monkeypatch.setattr(walks, "packaged_rows", lambda _: rows)
    found = walks.likely_walks("nowhere")
    assert found[shown] == pytest.approx((30 + 3 / 64) / 33, abs=1e-6)  # thirty series and three of ours, of 64 walks
    monkeypatch.setattr(walks, "packaged_rows", lambda _: [])
    walks.likely_walks.cache_clear()
    assert list(walks.likely_walks("nowhere").values()) == pytest.approx([1 / 64] * 64)


def test_the_evidence_is_of_the_walks_that_are_tried_and_of_each_series_the_best_is_zero():
    best: dict[str, float] = {}
    for row in packaged_rows(WALK_EVIDENCE):
        assert Walk(*(row[n] for n in ("drift", "unrest", "season", "growth", "lasts"))) in walks.WALKS
        best[row["series"]] = max(row["evidence"], best.get(row["series"], -np.inf))
    assert len(best) > 50
    assert set(best.values()) == {0.0}
