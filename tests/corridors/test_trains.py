"""Trains by crossing: sums and shares by hand, capacities of their year, and what is not there."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.series.quantities import quantities
from entrepot.corridors.trains.contract import CROSSING_CAPACITIES
from entrepot.corridors.trains.crossing_trains import train_quantities, train_rows
from entrepot.desk.desk import Desk
from entrepot.record.embedded import load

ROW = dict.fromkeys(("sector", "origin", "per", "yoy_pct", "superseded_by")) | {
    "place_id": "alashankou", "place": "Alashankou", "place_type": "crossing", "partner": "Kazakhstan", "mode": "rail",
    "direction": "both", "bound": "exact", "status": "reported", "reported_by": "China Railway Urumqi",
    "quality": "good", "known_on": "2026-01-01",
}  # fmt: skip
PLACE = {"place_id": "alashankou", "name": "Alashankou"}


def prints(metric, unit, by_year):
    return [
        ROW | {
            "id": f"O{year}{len(unit)}", "metric": metric, "value": value, "value_norm": value, "unit": unit,
            "unit_norm": unit, "period_start": f"{year}-01-01", "period_end": f"{year}-12-31", "source_id": f"s-{year}",
        }
        for year, value in by_year.items()
    ]  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    trains = prints("trains", "trains", {2021: 5840.0, 2023: 7300.0, 2025: 8030.0})
    held = quantities(trains + prints("containers_teu", "TEU", {2023: 730_000.0}))
    (one,) = train_quantities(held, PLACE, {"alashankou": "Alashankou"})
    return {r["year"]: r for r in train_rows(one, held, "Alashankou")}


def test_a_printed_year_is_itself_with_its_share_of_the_best_day(rows):
    of_2023, of_2025 = rows["2023"], rows["2025"]
    # 7,300 trains are 20 a day; 24 and 30 were the most on one day, as O1063 and O1284 print.
    assert of_2023["trains"] == pytest.approx(7300, rel=0.02)
    assert (of_2023["capacity_a_day"], of_2023["capacity_row"]) == (24, "O1063")
    assert of_2023["use_percent"] == pytest.approx(100 * 20 / 24, rel=0.02)
    assert (of_2025["capacity_a_day"], of_2025["capacity_row"]) == (30, "O1284")
    assert of_2025["use_percent"] == pytest.approx(100 * 22 / 30, rel=0.02)
    for row in (of_2023, of_2025):
        assert row["use_low"] <= row["use_percent"] <= row["use_high"]


def test_containers_stand_beside_the_trains_that_carry_them(rows):
    assert rows["2023"]["teu_per_train"] == pytest.approx(100, rel=0.03)
    assert rows["2021"]["teu"] is None


def test_a_capacity_is_used_from_its_date_on(rows):
    assert rows["2021"]["capacity_a_day"] is None  # R033 has no date, O1063 is of 2023
    assert any("R033" in other and "undated" in other for other in rows["2021"]["other_capacities"])
    assert any("R034" in other and "planned" in other for other in rows["2025"]["other_capacities"])
    assert not any("R034" in other for other in rows["2023"]["other_capacities"])


def test_capacities_are_those_that_the_record_prints():
    tables = load().tables
    told = {
        r["id"]: (r["quantity"] or 0) / (365 if (r["unit"] or "").endswith("/year") else 1)
        for r in tables["rules"].to_pylist()
    }
    told |= {r["id"]: r["value_norm"] for r in tables["observations"].to_pylist()}
    told |= {r["id"]: (r["capacity_per_year"] or 0) / 365 for r in tables["network_links"].to_pylist()}
    for row in packaged_rows(CROSSING_CAPACITIES):
        ways = 2 if "12 in and 12 out" in row["why"] else 1
        assert row["a_day"] == pytest.approx(ways * told[row["rests_on"]], rel=1e-3)


def test_a_place_without_trains_names_those_with_some(tmp_path):
    with pytest.raises(BadInputError, match=r"no report counts trains at Khunjerab.*Khorgos \(khorgos\)"):
        Desk(store=tmp_path).corridor_trains("khunjerab")


def test_trains_of_one_direction_are_told_as_such():
    mine = [row | {"direction": "out"} for row in prints("trains", "trains", {2024: 40.0})]
    with pytest.raises(BadInputError, match=r"trains at Alashankou are counted of one direction only.*--direction in"):
        train_quantities(quantities(mine), PLACE, {"alashankou": "Alashankou"})
