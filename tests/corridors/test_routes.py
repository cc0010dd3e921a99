"""Routes: the least way against brute force, what each hangs on, seasons and closures, and what is refused."""

from datetime import date
from itertools import pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, NotEstimableError, UnknownNameError
from entrepot.corridors.network.assumed import Amount
from entrepot.corridors.network.leg import Leg
from entrepot.corridors.routing.way import Search, least_way
from entrepot.desk.desk import Desk

DAY = "2026-11-27"
NONE = Amount(0.0, "reported")


def leg(start, end, mode, hours):
    km = Amount(hours, "reported")
    return Leg(start, end, mode, 1, km, hours, hours, km, NONE, NONE, NONE, crosses=False, gauge_break=False, rows=())


LEGS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.sampled_from(["rail", "road"]), st.integers(0, 9)),
    max_size=9,
    unique_by=lambda t: t[:3],
)


@settings(max_examples=150)
@given(LEGS, st.integers(0, 5))
def test_the_least_way_is_the_least_of_all_ways(drawn, transfer):
    legs = [leg(*t) for t in drawn if t[0] != t[1]]
    search = Search(lambda one: one.hours, transfer)

    def weight(way):
        changes = sum(a.mode != b.mode for a, b in pairwise(way))
        return sum(g.hours for g in way) + transfer * changes

    chains = (w for n in range(1, len(legs) + 1) for w in permutations(legs, n) if n <= 5)
    ways = [
        w for w in chains if w[0].start == "a" and w[-1].end == "d" and all(x.end == y.start for x, y in pairwise(w))
    ]
    found = least_way(legs, "a", "d", search)
    assert (found is None) == (not ways)
    if found is not None:
        assert weight(found) == min(map(weight, ways))


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return Desk(store=tmp_path_factory.mktemp("store"))


def test_urumqi_to_karachi_in_january_goes_over_khunjerab(desk):
    found = desk.corridor_route("Urumqi", "Karachi", month=1, as_of=DAY)
    best, *others = found.to_pylist()
    assert best["day"] == "2027-01-15"
    assert "khunjerab" in best["via"]
    assert all("khunjerab" not in o["via"] for o in others)
    assert any(h.startswith("khunjerab: without it") for h in best["hangs_on"])
    # what it says the closure costs is what the route without it costs more
    closed = desk.corridor_route("Urumqi", "Karachi", month=1, close=["khunjerab"], as_of=DAY).to_pylist()[0]
    assert f"khunjerab: without it {closed['hours'] - best['hours']:,.0f} hours more" in best["hangs_on"]


def test_in_a_winter_before_2024_the_same_route_was_closed(desk):
    found = desk.corridor_route("Urumqi", "Karachi", month=1, as_of="2022-11-27")
    assert all("khunjerab" not in r["via"] for r in found.to_pylist())
    assert any("khunjerab (" in n for n in found.notes)


def test_eight_days_from_kashgar_to_karachi_as_its_operator_claims(desk):
    # RT10: the National Logistics Corporation, 8 days; a day more or less is within what an operator rounds
    best = desk.corridor_route("Kashgar", "Karachi", modes=["road"], as_of=DAY).to_pylist()[0]
    assert best["hours"] / 24 == pytest.approx(8, abs=1)


def test_kashgar_to_tashkent_needs_no_torugart(desk):
    with_it = desk.corridor_route("Kashgar", "Tashkent", as_of=DAY).to_pylist()[0]
    without = desk.corridor_route("Kashgar", "Tashkent", close=["torugart"], as_of=DAY).to_pylist()[0]
    assert with_it["via"] == without["via"]
    assert with_it["km"] == pytest.approx(920, abs=1)  # Uzbekistan's Ministry of Transport, pilot of 2018
    assert with_it["assumed_km_percent"] == 0


def test_by_rail_no_road_is_used(desk):
    for row in desk.corridor_route("Xi'an", "Duisburg", modes=["rail"], as_of=DAY).to_pylist():
        assert row["modes"] == ["rail"]
        assert row["km"] > 8_000  # the great circle is 7,700 km


def test_a_cost_of_which_more_than_half_is_assumed_is_not_given(desk):
    for row in desk.corridor_route("Xi'an", "Duisburg", as_of=DAY).to_pylist():
        assert (row["usd"] is None) == (row["assumed_usd_percent"] > 50)
    with pytest.raises(NotEstimableError, match="more than half of the cost"):
        desk.corridor_route("Moscow", "Rotterdam", by="cost", as_of=DAY)


def test_a_crossing_that_is_the_only_way_is_named(desk):
    with pytest.raises(BadInputError, match=r"the only way: 'hairatan \(closed as asked\)'"):
        desk.corridor_route("Termez", "Mazar-i-Sharif", modes=["rail"], close=["hairatan"], as_of=DAY)


def test_a_closed_end_and_no_way_at_all(desk):
    with pytest.raises(BadInputError, match="is an end of the route and closed"):
        desk.corridor_route("Khunjerab", "Karachi", as_of="2023-12-20")
    with pytest.raises(BadInputError, match="no chain of links on record"):
        desk.corridor_route("Urumqi", "Havelian", as_of=DAY)
    with pytest.raises(BadInputError, match="one place"):
        desk.corridor_route("Urumqi", "urumqi", as_of=DAY)


def test_an_unknown_place_names_the_nearest(desk):
    with pytest.raises(UnknownNameError, match="Urumqi"):
        desk.corridor_route("Urumqqi", "Karachi", as_of=DAY)


def test_rules_on_the_way_hold_on_the_day(desk):
    # R081: the electronic queue at Khorgos is limited to 650 vehicles a day from 2025-11-13
    def said(day):
        rows = desk.corridor_route("Jinghe", "Nur Zholy", modes=["road"], as_of=day).to_pylist()
        return [r for r in rows[0]["rules"] or () if r.startswith("R081")]

    zone = [r for r in desk.corridor_route("Jinghe", "Nur Zholy", as_of=DAY).to_pylist()[0]["rules"] if "CNY" in r]
    assert any(r.startswith("R206") for r in zone)  # 8,000 yuan a day, as reported of August 2023
    assert said("2025-11-12") == []
    assert said("2025-11-13") == ["R081 Temporary electronic-queue limit: 650 vehicles/day"]


def test_a_route_opens_its_rows(desk):
    row = desk.corridor_route("Kashgar", "Tashkent", as_of=date(2026, 11, 27)).to_pylist()[0]
    (found,) = desk.explain(row["route_id"])
    assert found.lost == ()
    assert {"A029", "A134"} <= {r.get("id") for _, r in found.rows} | set(row["rests_on"])


def test_places_may_be_closed_by_commas_and_each_is_said_once(desk):
    one_by_one = desk.corridor_route("Urumqi", "Karachi", modes=["road"], close=["khunjerab", "kulma"], as_of=DAY)
    together = desk.corridor_route(
        "Urumqi", "Karachi", modes=["road"], close=["Khunjerab, kulma", "khunjerab"], as_of=DAY
    )
    assert together.table.equals(one_by_one.table)
    assert " ".join(together.notes).count("khunjerab (closed as asked)") == 1
    with pytest.raises(UnknownNameError, match="xyz"):
        desk.corridor_route("Urumqi", "Karachi", close=["khunjerab,xyz"], as_of=DAY)
