import json
import math
from importlib.resources import files

import pytest

SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}
COUNTED_AS = {"person-trips": "persons", "entries": "shipments"}  # customs counts a shipment by its entry
KM_PER_DEGREE = 111.2


def scale(unit):
    return SCALES.get(unit.split()[0], 1.0)


@pytest.mark.parametrize(("table", "value", "unit"), [("observations", "value", "unit"), ("rules", "quantity", "unit")])
def test_the_normalised_figure_is_the_printed_one_times_its_scale(rows, table, value, unit):
    for row in rows(table):
        if row[value] is None:
            assert row[unit] is None
            continue
        assert math.isclose(row[value] * scale(row[unit]), row[f"{value}_norm"], rel_tol=1e-9), row
        rest = row[unit].split(" ", 1)[1] if scale(row[unit]) != 1 else row[unit]
        per = row.get("per")
        wanted = f"{row['unit_norm']}/{per}" if per else row["unit_norm"]
        for printed, counted in COUNTED_AS.items():
            rest = rest.replace(printed, counted) if row["unit_norm"] == counted else rest
        assert rest == wanted, row


def test_khunjerab_april_to_october_2024_as_customs_reported_it(rows):
    # APP, 2 December 2024: at least 11,000 vehicles, up 42.6 percent; 40,900 tonnes, up 72.7 percent
    found = {
        (r["metric"], r["bound"], r["value_norm"], r["yoy_pct"])
        for r in rows("observations")
        if (r["place_id"], r["period_start"], r["period_end"]) == ("khunjerab", "2024-04-01", "2024-10-31")
    }
    assert {("vehicles", "at_least", 11_000, 42.6), ("cargo", "exact", 40_900, 72.7)} <= found


def test_both_dates_of_the_year_round_opening_stand(rows):
    dates = {r["valid_from"] for r in rows("rules") if r["rule"].startswith("Open all year (")}
    assert dates == {"2024-12-01", "2024-09-20"}


def test_a_row_without_a_whole_period_says_so(rows):
    for row in rows("observations"):
        if row["period_start"] is None or row["period_end"] is None:
            assert "marked: " in (row["corrected"] or ""), row


def test_a_row_that_is_replaced_differs_from_the_one_that_replaces_it(rows):
    observations = {r["id"]: r for r in rows("observations")}
    for row in observations.values():
        if row["superseded_by"]:
            other = observations[row["superseded_by"]]
            assert (row["place_id"], row["metric"]) == (other["place_id"], other["metric"])
            assert row["value_norm"] != other["value_norm"]


def test_crossings_lie_near_the_outline_of_xinjiang(rows):
    # Every crossing is on the land border: no further from the outline than its own doubt plus that of the
    # outline (3 km, and its straight segments). 30 km bounds the segments at 1:50m.
    text = files("entrepot.vocabulary").joinpath("data", "natural_earth", "xinjiang.geojson").read_text("utf-8")
    ring = [point for polygon in json.loads(text)["features"][0]["geometry"]["coordinates"] for point in polygon[0]]
    for row in rows("crossings"):
        if row["lat"] is not None:
            squeeze = math.cos(math.radians(row["lat"]))
            nearest = min(
                math.hypot((lon - row["lon"]) * squeeze, lat - row["lat"]) * KM_PER_DEGREE for lon, lat in ring
            )
            assert nearest <= row["coord_uncertainty_km"] + 30, (row["place_id"], nearest)


def test_opposite_posts_name_each_other(rows):
    opposite = {r["place_id"]: set(r["opposite"] or ()) for r in rows("crossings")}
    one_way = {(a, b) for a, posts in opposite.items() for b in posts if b in opposite and a not in opposite[b]}
    # the dry port stands beside Altynkol, which is the post that Khorgos names
    assert one_way == {("khorgos-east-gate", "khorgos")}


def test_ranges_of_routes_run_upward(rows):
    for row in rows("routes"):
        if row["days_low"] is not None:
            assert row["days_low"] <= row["days_high"]
