"""The tables of the network against the shelf they were carried from, and against each other."""

import csv
import math
import statistics

import pytest

from entrepot.core.periods import first_day, last_day

THROUGH = "THROUGH ROW (spans several links; do not chain)."
FAR_KM = 30  # nearer ends have points too rounded for a ratio


def shelf(shared, name):
    with (shared / "embed" / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def same(printed, carried):
    if carried is None:
        return printed == ""
    return float(printed) == carried if isinstance(carried, float | int) else printed == carried


@pytest.mark.shared
def test_each_link_of_the_shelf_is_carried_cell_by_cell(shared, rows):
    carried, register = rows("network_links"), {r["source_id"]: r for r in rows("sources")}
    printed = shelf(shared, "network_arcs")
    for at, (old, new) in enumerate(zip(printed, carried, strict=False), start=1):
        assert new["id"] == f"A{at:03d}"
        assert (new["spans"] == "several") == old["note"].startswith(THROUGH)
        for field, cell in old.items():
            if field in {"url", "url_basis", "publisher"}:
                continue
            said = cell.removeprefix(THROUGH).strip() if field == "note" else cell
            assert same(said, new[field]), (new["id"], field)
        source = register[new["source_id"]]
        assert source["publisher"] == old["publisher"]
        assert source["url"] in {old["url"], None}
    assert [r["corrected"] for r in carried[len(printed) :]] == ["added"] * (len(carried) - len(printed))


@pytest.mark.shared
def test_each_place_and_capacity_of_the_shelf_is_carried(shared, rows):
    carried = {r["place_id"]: r for r in rows("network_places")}
    for old in shelf(shared, "network_nodes"):
        new = carried.pop(old["place_id"])
        assert all(same(old[f], new[f]) for f in ("name", "kind", "country", "lat", "lon"))
        assert ("approximate" in old["source"]) == (new["point_basis"] == "approximate")
    assert not carried
    for old, new in zip(shelf(shared, "network_capacity"), rows("network_capacities"), strict=True):
        assert all(same(old[f], new[f]) for f in ("place_id", "value_per_year", "unit", "kind", "valid_as_of"))


def test_every_end_of_a_link_is_a_place(rows):
    places = {r["place_id"] for r in rows("network_places")}
    assert {r[end] for r in rows("network_links") for end in ("from", "to")} <= places
    assert {r["place_id"] for r in rows("network_capacities")} <= places
    assert {r["place_id"] for r in rows("network_seasons")} <= places


def test_hours_say_what_they_are_of(rows):
    for row in rows("network_links"):
        held = row["hours_low"] is not None or row["hours_high"] is not None
        assert held == (row["hours_are"] is not None), row["id"]


def test_a_season_rests_on_rows_whose_days_it_keeps(rows):
    told = {r["id"]: r for name in ("rules", "experiments") for r in rows(name)}
    for row in rows("network_seasons"):
        under = told[row["rests_on"]]
        assert row["source_id"] == under["source_id"]
        start = under.get("valid_from") or under.get("date_start")
        if row["valid_from"] and start and row["what"] != "opening":
            assert first_day(row["valid_from"]) >= first_day(start), row["id"]
        end = under.get("valid_to") or under.get("date_end")
        if row["valid_to"] and end:
            assert last_day(row["valid_to"]) <= last_day(end), row["id"]


def test_the_assumptions_are_what_the_rows_under_them_say(rows):
    times = {r["id"]: r for r in rows("border_times")}
    links = {r["id"]: r for r in rows("network_links")}
    said = {(r["mode"], r["quantity"], r["rests_on"]): r["value"] for r in rows("network_assumptions")}
    assert said["road", "km_per_hour", "B027"] == times["B027"]["speed_without_delay_kmh"]
    for mode, row in (("road", "B025"), ("rail", "B026")):
        assert math.isclose(said[mode, "usd_per_km", row] * 500, times[row]["usd_per_500km_20t"])
    for mode, row in (("road", "B022"), ("rail", "B024")):
        assert said[mode, "hours_at_border", row] == times[row]["hours"]
        assert said[mode, "usd_at_border", row] == times[row]["usd_border"]
    (train,) = [r for r in links.values() if (r["from"], r["to"], r["hours_low"]) == ("dostyk", "brest", 175)]
    assert math.isclose(said["rail", "km_per_hour", train["id"]], train["km"] / train["hours_low"], rel_tol=0.01)
    assert math.isclose(
        said["ferry", "km_per_hour", "A079"], links["A078"]["km"] / links["A079"]["hours_low"], rel_tol=0.01
    )


@pytest.mark.parametrize("mode", ["rail", "road"])
def test_the_factor_of_a_detour_is_the_median_of_the_links_that_have_a_length(rows, mode):
    points = {r["place_id"]: (math.radians(r["lat"]), math.radians(r["lon"])) for r in rows("network_places")}

    def straight(one, other):  # by the law of cosines, not by the formula that the product uses
        (p, a), (q, b) = points[one], points[other]
        return 6371.0088 * math.acos(math.sin(p) * math.sin(q) + math.cos(p) * math.cos(q) * math.cos(b - a))

    ratios = [
        r["km"] / straight(r["from"], r["to"])
        for r in rows("network_links")
        if r["mode"] == mode
        and r["spans"] == "one"
        and r["status"] == "open"
        and r["km_basis"] == "seen"
        and straight(r["from"], r["to"]) > FAR_KM
    ]
    (factor,) = [r for r in rows("network_assumptions") if (r["mode"], r["quantity"]) == (mode, "km_factor")]
    assert f"the {len(ratios)} open {mode} links" in factor["reason"]
    assert round(statistics.median(ratios), 2) == factor["value"]
