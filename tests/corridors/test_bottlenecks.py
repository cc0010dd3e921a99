"""The use of crossings: by hand on few rows, what is newest, which capacity holds, and what the record says."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import BadInputError
from entrepot.corridors.bottlenecks.use_of_capacity import bottlenecks, is_dated
from entrepot.corridors.series.quantities import quantities
from entrepot.desk.desk import Desk

DAY = date(2026, 11, 27)
NAMES = {p: p.title() for p in ("khorgos", "alashankou", "irkeshtam", "torugart", "khunjerab", "jeminay", "takeshiken")}
ROW = dict.fromkeys(("sector", "origin", "per", "yoy_pct", "superseded_by", "corrected", "partner")) | {
    "place_type": "crossing", "mode": "road", "direction": "both", "bound": "exact", "status": "reported",
    "reported_by": "customs", "quality": "good", "known_on": "2026-01-01", "source_id": "s-1", "metric": "vehicles",
    "unit": "vehicles", "unit_norm": "vehicles",
}  # fmt: skip


def report(number, place, value, start, end, **other):
    row = ROW | {"id": f"O{number:04d}", "place_id": place, "place": NAMES[place], "value": value, "value_norm": value}
    return row | {"period_start": start, "period_end": end} | other


def found(rows, day=DAY, years=lambda _: ()):
    told = bottlenecks(quantities(rows), rows, NAMES, day, years)
    return {(r["place_id"], r["unit"]): r for r in told}


def test_use_is_what_passes_a_day_over_the_capacity_with_its_age():
    rows = [report(1, "torugart", 58_560, "2024-01-01", "2024-12-31")]  # 366 days of 160, which R082 allows
    one = found(rows)["torugart", "vehicles"]
    assert (one["a_day"], one["use_percent"], one["state"]) == (160, 100, "near")
    assert one["capacity_years"] is None  # R082 is undated
    assert not is_dated(one)
    cap = report(2, "khorgos", 520, "2026-01-01", "2026-01-31", metric="vehicles_per_day", per="day", direction="in")
    of_queue = found([cap])["khorgos", "vehicles"]
    # 520 of the 650 a day that R081 has allowed since 2025-11-13, 79 days before
    assert (of_queue["use_percent"], of_queue["state"], of_queue["capacity_years"]) == (80, "near", 0.2)
    assert is_dated(of_queue)


@pytest.mark.parametrize(
    ("value", "bound", "state"),
    [(43_679, "exact", "below"), (43_920, "exact", "near"), (59_000, "exact", "over"), (43_920, "at_least", "near"),
     (30_000, "at_least", "below")],
)  # fmt: skip
def test_three_quarters_are_near_and_more_than_all_is_over(value, bound, state):
    # 75 percent of 160 a day over 366 days are 43,920
    one = found([report(1, "torugart", value, "2024-01-01", "2024-12-31", bound=bound)])["torugart", "vehicles"]
    assert one["state"] == state
    assert (one["use_high"] is None) == (bound == "at_least")


def test_a_whole_year_goes_before_part_of_the_next_and_not_before_a_report_two_years_later():
    two = [report(n, "irkeshtam", 36_500, f"{y}-01-01", f"{y}-12-31") for n, y in ((1, 2022), (2, 2023))]
    year = {"state": "estimated", "value": 36_500, "low": 30_000, "high": 40_000, "period_start": "2023",
            "reports": ["O0002"]}  # fmt: skip
    spring = report(3, "irkeshtam", 9_000, "2024-03-01", "2024-05-31")
    one = found([*two, spring], years=lambda _: [year])["irkeshtam", "vehicles"]
    assert (one["a_day"], one["rests_on"]) == (100, ["O0002", "R082"])
    later = report(4, "irkeshtam", 9_200, "2025-03-01", "2025-05-31")
    assert found([*two, later], years=lambda _: [year])["irkeshtam", "vehicles"]["a_day"] == 100  # of the 92 days
    assert found([*two, later], years=lambda _: [year])["irkeshtam", "vehicles"]["rests_on"] == ["O0004", "R082"]


def test_a_limit_is_unknown_before_its_day_and_no_holiday_week_stands_for_what_passes():
    week = report(1, "torugart", 9_000, "2024-10-01", "2024-10-07")
    assert found([week])["torugart", "vehicles"]["state"] == "not_known"
    assert ("khorgos", "vehicles") not in found([week], day=date(2025, 11, 12))  # R081 holds from 2025-11-13


def test_the_record_has_khorgos_over_and_alashankou_near(tmp_path):
    desk = Desk(store=tmp_path)
    told = desk.corridor_network(bottlenecks=True, mode="rail", as_of="2026-11-27")
    rows = {(r["place_id"], r["unit"]): r for r in told.to_pylist()}
    # some 9,800 trains in 2025 of 20 a day (A043)
    assert rows["khorgos", "trains"]["use_percent"] == pytest.approx(100 * 9_800 / 365 / 20, rel=0.02)
    assert rows["alashankou", "trains"]["state"] == "near"
    for row in rows.values():
        if row["use_high"] is not None:
            assert row["use_low"] <= row["use_percent"] <= row["use_high"]
    (shown,) = desk.explain(rows["khorgos", "trains"]["bottleneck_id"])
    assert "A043" in {r["id"] for _, r in shown.rows}
    with pytest.raises(BadInputError, match="at once"):
        desk.corridor_network(bottlenecks=True, check_sums=True)
