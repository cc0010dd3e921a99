"""Like with like: which figures are held against each other, checked by hand-made rows and by brute force."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.corridors import like_for_like

ROW = {
    "place_id": "khunjerab",
    "place": "Khunjerab",
    "place_type": "crossing",
    "partner": "",
    "sector": "",
    "origin": "",
    "mode": "road",
    "direction": "both",
    "metric": "cargo",
    "unit": "tonnes",
    "unit_norm": "tonnes",
    "per": "",
    "bound": "exact",
    "status": "reported",
    "yoy_pct": None,
    "reported_by": "Khunjerab Customs",
    "family": "Khunjerab Customs",
    "known_on": "2026-01-01",
    "quality": "good",
    "source_id": "s-1",
}


def row(key, start, end, value, **changes):
    return {
        **ROW,
        "id": key,
        "period_start": start,
        "period_end": end,
        "value": f"{value:g}",
        "value_norm": float(value),
        **changes,
    }


def freshest(*rows, gap=2):
    return like_for_like.freshest(rows, least_days=59, longest_gap=gap)


def test_three_years_of_the_same_months_stand_in_a_row():
    # the values refused that customs printed for January to September of three years
    found = freshest(
        row("O1", "2023-01-01", "2023-09-30", 360e6),
        row("O2", "2024-01-01", "2024-09-30", 240e6),
        row("O3", "2025-01-01", "2025-09-30", 55.6e6),
        row("O4", "2025-01-01", "2025-12-31", 80e6),
    )
    (only,) = found
    assert [r["id"] for r in only.rows] == ["O1", "O2", "O3"]
    assert only.low == only.high == pytest.approx(100 * (55.6 / 240 - 1))
    assert (only.since, only.until) == ("2024-01-01", "2025-09-30")


def test_printed_growth_stands_with_its_rounding():
    (only,) = freshest(row("O1", "2025-01-01", "2025-08-31", 2.5e9, yoy_pct=273.4))
    assert (only.low, only.high) == pytest.approx((273.35, 273.45))
    assert only.since == "2024-01-01"


@pytest.mark.parametrize(
    "other",
    [
        {"mode": "rail"},
        {"family": "another office"},
        {"unit_norm": "TEU"},
        {"direction": "in"},
        {"partner": "Pakistan"},
        {"status": "forecast"},
        {"value_norm": None},
    ],
)
def test_what_is_not_alike_is_not_compared(other):
    assert not freshest(row("O1", "2024-01-01", "2024-12-31", 1, **other), row("O2", "2025-01-01", "2025-12-31", 2))


def test_windows_of_other_months_and_gaps_are_not_compared():
    whole = row("O1", "2024-01-01", "2024-12-31", 1)
    assert not freshest(whole, row("O2", "2025-01-01", "2025-11-30", 2))
    assert not freshest(whole, row("O2", "2027-01-01", "2027-12-31", 2))
    assert freshest(whole, row("O2", "2026-01-01", "2026-12-31", 2))[0].years == 2
    assert not freshest(row("O3", "2024-03-01", "2024-03-31", 1), row("O4", "2025-03-01", "2025-03-31", 2))


def test_a_leap_february_is_the_same_month():
    assert freshest(row("O1", "2024-01-01", "2024-02-29", 1), row("O2", "2025-01-01", "2025-02-28", 2))


def test_a_bound_leaves_the_other_side_open():
    (only,) = freshest(
        row("O1", "2024-01-01", "2024-12-31", 100), row("O2", "2025-01-01", "2025-12-31", 90, bound="at_least")
    )
    assert only.low == pytest.approx(-10)
    assert only.high is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 50), min_size=365, max_size=365), st.integers(1, 330), st.integers(30, 300))
def test_a_base_year_bounds_its_own_months(daily, first, length):
    """Any year of daily counts: the bound that its longer window sets holds for the true sum of the same months."""
    if first + length > 364 or sum(daily) == 0:
        return
    start, end = date.fromordinal(date(2019, 1, 1).toordinal() + first), None
    end = date.fromordinal(start.toordinal() + length)
    truth = sum(daily[first : first + length + 1])
    rows = [
        row("O1", "2019-01-01", "2019-12-31", sum(daily)),
        row("O2", start.replace(year=2021).isoformat(), end.replace(year=2021).isoformat(), 1000),
    ]
    found = like_for_like.against(rows, 2019, least_days=30)
    assert found is not None
    assert found.most is None or (start, end) == (date(2019, 1, 1), date(2019, 12, 31))
    assert found.least is not None
    if truth:
        assert 100 * 1000 / truth >= found.least.number * (1 - 1e-2)


def test_no_base_year_no_bound():
    later = row("O2", "2024-04-01", "2024-10-31", 40_900)
    assert like_for_like.against([later], 2019, least_days=180) is None
    partly = row("O1", "2019-06-01", "2019-12-31", 66_600)
    assert like_for_like.against([later, partly], 2019, least_days=180) is None
