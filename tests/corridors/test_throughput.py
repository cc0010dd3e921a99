"""What a printed figure and a printed growth leave possible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core import periods
from entrepot.corridors import throughput

ROW = {
    "id": "O0001", "place": "P", "place_type": "crossing", "mode": "road", "direction": "both", "metric": "cargo",
    "unit_norm": "tonnes", "unit": "tonnes", "bound": "exact", "status": "reported", "period_start": "2024-04-01",
    "period_end": "2024-10-31", "source_id": "s-1", "quality": "good", "known_on": "2024-12-02", "yoy_pct": 10.0,
    "value": 1100.0, "value_norm": 1100.0,
}  # fmt: skip


@pytest.mark.parametrize(
    ("value", "bound", "low", "high"),
    [
        (11_000, "at_least", 11_000, None),
        (500, "at_most", None, 500),
        (357e9, "about", 352e9, 362e9),  # half a unit of its second digit, ten billion
        (40_900, "exact", 40_900, 40_900),
    ],
)
def test_what_a_bound_leaves_possible(value, bound, low, high):
    assert throughput.bounds(value, bound) == (low, high)


@given(
    before=st.integers(1, 10**9),
    percent=st.integers(-990, 9_000).map(lambda tenths: tenths / 10),
    bound=st.sampled_from(["exact", "at_least", "at_most", "about"]),
)
def test_the_year_before_is_within_its_bounds_whatever_was_rounded(before, percent, bound):
    """Grow a known figure by a rate within the rounding of the printed one: the interval must hold it."""
    grown = before * (1 + percent / 100)
    found = throughput.year_before(ROW | {"value_norm": grown, "yoy_pct": percent, "bound": bound})
    assert found.low is None or found.low <= before * (1 + 1e-9)
    assert found.high is None or found.high >= before * (1 - 1e-9)
    assert found.status == "estimated"


@pytest.mark.parametrize(
    ("start", "end", "before"),
    [
        ("2024-04-01", "2024-10-31", ("2023-04-01", "2023-10-31")),
        ("2024-01-01", "2024-02-29", ("2023-01-01", "2023-02-28")),
        ("2025-01-01", "2025-02-28", ("2024-01-01", "2024-02-29")),
        ("2024", "2024", ("2023-01-01", "2023-12-31")),
        ("2025-02", "2025-02", ("2024-02-01", "2024-02-29")),
    ],
)
def test_the_same_stretch_of_the_calendar_a_year_earlier(start, end, before):
    found = throughput.year_before(ROW | {"period_start": start, "period_end": end})
    assert (found.period_start, found.period_end) == before
    assert periods.same_length(periods.span(start, end), periods.span(*before))


def test_no_year_before_without_growth_or_a_whole_period_or_after_a_fall_by_all():
    for change in ({"yoy_pct": None}, {"period_start": None}, {"period_end": None}, {"yoy_pct": -100.0}):
        assert throughput.year_before(ROW | change) is None


def test_the_mean_per_day_counts_both_ends():
    found = throughput.per_day(ROW | {"period_start": "2024-04-01", "period_end": "2024-04-10", "value_norm": 1000.0})
    assert found.number == 100


def test_a_capacity_or_a_target_is_never_taken_for_what_passed():
    for status in ("capacity", "target"):
        assert status in throughput.reported(ROW | {"status": status}).quantity
    assert throughput.reported(ROW | {"status": "target"}).status == "forecast"
    assert throughput.reported(ROW).quantity == "cargo, by road, both directions"
