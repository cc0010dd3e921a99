"""Contradictions: the ones that are known are found, and what agrees is not one."""

from __future__ import annotations

import pytest

from entrepot.corridors.conflicts.conflicts import conflicts
from entrepot.record.embedded import load

NAMES = {"khorgos": "Khorgos"}
EMPTY = ("sector", "origin", "per", "yoy_pct", "superseded_by")
ROW = dict.fromkeys(EMPTY) | {
    "place_id": "khorgos", "place": "Khorgos", "place_type": "crossing", "partner": "Kazakhstan", "mode": "rail",
    "direction": "both", "metric": "cargo", "unit": "t", "unit_norm": "tonnes", "bound": "exact", "status": "reported",
    "period_start": "2024-01-01", "period_end": "2024-12-31", "reported_by": "Khorgos Customs", "source_id": "s-1",
    "quality": "good",
}  # fmt: skip


def told(**said):
    value = said.pop("value", 100.0)
    return {**ROW, "value": value, "value_norm": value, **said}


def found(*rows):
    numbered = [{**row, "id": f"O{n:04d}"} for n, row in enumerate(rows, 1)]
    return [(c["kind"], c["reports"], c["reason"].partition(":")[0]) for c in conflicts(numbered, NAMES)]


@pytest.fixture(scope="module")
def all_of_them():
    record = load()
    names = {r["place_id"]: r["name"] for r in record.tables["places"].to_pylist()}
    return conflicts(record.tables["observations"].to_pylist(), names)


def test_denials_of_parts_exceed_their_total(all_of_them):
    (one,) = (c for c in all_of_them if c["kind"] == "parts_over_total")
    assert set(one["reports"]) == {"O0372", "O0374", "O0375"}  # 5,725 + 597 of 5,806
    assert one["says"].startswith("6,322 shipments, the sum of ")
    assert one["apart_percent"] == pytest.approx(100 * (6322 / 5806 - 1), abs=0.1)


def test_khorgos_by_rail_falls_from_july_to_october_2025(all_of_them):
    (one,) = (c for c in all_of_them if c["kind"] == "cumulative_falls")
    assert set(one["reports"]) == {"O0082", "O0497"}


def test_both_sides_of_a_border_are_a_mirror(all_of_them):
    pairs = {frozenset(c["reports"]): c for c in all_of_them}
    assert pairs[frozenset({"O0244", "O0245"})]["reason"].startswith("mirror reporter")  # page 02 names it
    assert pairs[frozenset({"O0037", "O0040"})]["kind"] == "growth_does_not_follow"  # as the record marks O0040


def test_every_pair_that_the_record_disagrees_on_is_found_once(all_of_them):
    assert len({(c["kind"], tuple(c["reports"])) for c in all_of_them}) == len(all_of_them)
    assert [c["rank"] for c in all_of_them] == list(range(1, len(all_of_them) + 1))
    gaps = [c["apart_percent"] for c in all_of_them]
    assert gaps == sorted(gaps, reverse=True)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((told(), told(value=1000.0)), "unit"),
        ((told(), told(value=120.0, reported_by="Kazakhstan Temir Zholy")), "mirror reporter"),
        ((told(), told(value=103.0)), "revision"),
        ((told(), told(value=150.0, quality="unclear")), "doubtful print"),
        ((told(mode="unknown"), told(value=150.0, mode="unknown")), "mode"),
        ((told(mode="unknown"), told(value=104.0, mode="unknown")), "revision"),  # unsaid both times, by one office
        ((told(mode="unknown"), told(value=104.0, mode="unknown", reported_by="Khorgos station")), "mode"),
        ((told(), told(value=150.0, reported_by="Khorgos station")), "scope"),
    ],
)
def test_the_likely_reason(rows, expected):
    ((kind, _, reason),) = found(*rows)
    assert (kind, reason) == ("different_figures", expected)


def test_what_can_be_right_is_no_contradiction():
    assert found(told(), told(value=90.0, bound="at_least")) == []
    assert found(told(value=101.0), told(value=100.0, bound="about")) == []
    assert found(told(), told(value=50.0, period_end="2024-06-30")) == []
    assert found(told(), told(value=130.0, mode="road")) == []
    assert found(told(value=40.0, unit_norm="percent", direction="in"), told(value=30.0, unit_norm="percent")) == []


def test_a_row_of_ones_own_without_a_reporter_is_held_against_every_count():
    whole, part = told(), told(value=120.0, period_end="2024-06-30", reported_by=None)
    assert found(whole, part) == []  # a row of the record is held against those of its own count
    mine = {**part, "id": "u-0123456789ab"}
    (one,) = conflicts([{**whole, "id": "O0001"}, mine], NAMES, own=("u-0123456789ab",))
    assert (one["kind"], one["reports"]) == ("cumulative_falls", ["O0001", "u-0123456789ab"])
    assert conflicts([{**whole, "id": "O0001"}, {**mine, "value_norm": 60.0}], NAMES, own=("u-0123456789ab",)) == []


def test_parts_above_their_whole():
    assert found(told(), told(value=120.0, direction="in"))[0][0] == "part_over_total"
    assert found(told(mode="all"), told(value=120.0))[0][0] == "part_over_total"
    assert (
        found(told(), told(value=120.0, period_start="2024-02-01", period_end="2024-06-30"))[0][0] == "part_over_total"
    )
    assert found(told(), told(value=120.0, period_end="2024-06-30"))[0][0] == "cumulative_falls"


def test_growth_that_fails():
    rows = told(yoy_pct=10.0), told(value=70.0, period_start="2023-01-01", period_end="2023-12-31")
    assert found(*rows)[0][0] == "growth_does_not_follow"
    rows = told(yoy_pct=10.0), told(value=91.0, period_start="2023-01-01", period_end="2023-12-31")
    assert found(*rows) == []


def test_the_highest_day_of_a_window_is_no_sum_that_a_part_exceeds(all_of_them):
    row = next(r for r in load().tables["observations"].to_pylist() if r["id"] == "O0430")
    assert row["note"] == "Single-day maximum"  # 3,900 beside 280,000 in a quarter
    assert all("O0430" not in c["reports"] for c in all_of_them)


@pytest.mark.parametrize(
    ("said", "begins", "unit"),
    [
        ({"unit_norm": "USD", "value": 2.5e9}, "USD 2.5 billion (rail)", "USD"),
        ({"unit_norm": "CNY", "value": 3_860_000.0}, "CNY 3.86 million (rail)", "CNY"),
        ({"unit_norm": "persons", "value": 312_900.0, "bound": "about"}, "about 312,900 persons (rail)", "persons"),
        ({"unit_norm": "TEU", "value": 40_200.0, "bound": "at_least"}, "at least 40,200 TEU (rail)", "TEU"),
        ({"unit_norm": "tonnes", "value": 900.0, "per": "day"}, "900 tonnes a day (rail)", "tonnes a day"),
        ({"unit_norm": "tonnes", "value": 7_960_001.0}, "7.960001 million tonnes (rail)", "tonnes"),
        ({"unit_norm": "vehicles", "value": 312_900.0, "mode": "all"}, "312,900 vehicles, 2024", "vehicles"),
    ],
)
def test_both_sides_are_said_with_their_unit(said, begins, unit):
    lower = said | {"value": said["value"] / 2, "bound": "exact", "reported_by": "Khorgos station"}
    rows = [told(**said) | {"id": "O0001"}, told(**lower) | {"id": "O0002"}]
    (row,) = conflicts(rows, NAMES)
    assert row["says"].startswith(begins)
    assert row["unit"] == unit
    assert unit.split()[0] in row["other_says"]


def test_every_contradiction_of_the_record_says_its_unit_on_both_sides(all_of_them):
    for row in all_of_them:
        for said in (row["says"], row["other_says"]):
            assert all(word in said for word in row["unit"].split()), row


@pytest.mark.parametrize("reporter", ["Example Customs", "Кыргызская таможня"])
def test_an_office_that_no_packaged_row_names_counts_for_itself(reporter):
    rows = [told(value=150.0) | {"id": "O0001"}, told(value=120.0, reported_by=reporter) | {"id": "u-1"}]
    (one,) = conflicts(rows, NAMES, own=["u-1"])
    assert one["reason"] == f"mirror reporter: one is counted by China's side, the other by {reporter}"


def test_a_part_counted_by_another_office_may_exceed_the_whole():
    part = {"period_start": "2024-03-01", "period_end": "2024-06-30", "id": "u-1", "value": 120.0, "value_norm": 120.0}
    whole = told() | {"id": "O0001"}
    assert not conflicts([whole, told(reported_by="Example Customs") | part], NAMES, own=["u-1"])
    assert len(conflicts([whole, told(reported_by=None) | part], NAMES, own=["u-1"])) == 1
