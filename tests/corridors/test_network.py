"""The links of a day, what stands in for what nobody reports, and reports against the sum of their links."""

from datetime import date

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.corridors.network.assumed import Amount
from entrepot.corridors.network.closures import closed
from entrepot.corridors.network.great_circle import great_circle_km, sea_km
from entrepot.corridors.network.leg import legs
from entrepot.corridors.network.network import network, place
from entrepot.corridors.network.network_rows import assumed_share
from entrepot.corridors.routing.sums import sums
from entrepot.desk.desk import Desk
from entrepot.record.embedded import load

KM_PER_MILE = 1.852  # nautical


@pytest.fixture(scope="module")
def net():
    return network(load().tables, date(2026, 11, 27))


def leg(net, start, end, mode="road"):
    (found,) = [g for g in net.legs if (g.start, g.end, g.mode) == (start, end, mode)]
    return found


def test_a_quarter_of_the_globe():
    assert great_circle_km((0, 0), (0, 90)) == pytest.approx(10_007.5, abs=0.1)  # a quarter of 40,030 km, mean radius
    assert great_circle_km((90, 0), (-90, 77)) == pytest.approx(20_015.1, abs=0.1)


@pytest.mark.parametrize(
    ("port", "other", "miles"),
    # Distances Between Ports (NGA Pub. 151) and common port tables, in nautical miles
    [("shanghai", "rotterdam", 10_525), ("karachi", "jebel-ali", 700), ("qingdao", "karachi", 5_460)],
)
def test_the_way_of_ships_is_near_the_tables_of_ports(port, other, miles):
    assert sea_km(port, other) == pytest.approx(miles * KM_PER_MILE, rel=0.08)


def test_sea_lanes_measure_what_no_report_does(net):
    # Distances Between Ports (NGA Pub. 151) and common port tables; lanes are coarse within a gulf
    for start, end, miles, off in (
        ("shanghai", "rotterdam", 10_525, 0.01),
        ("qingdao", "karachi", 5_460, 0.01),
        ("karachi", "jebel-ali", 700, 0.14),
    ):
        km = leg(net, start, end, "sea").km
        assert (km.value, km.basis) == (pytest.approx(miles * KM_PER_MILE, rel=off), "estimated")
    rows = load().tables["network_links"].to_pylist()
    drawn = {(r["from"], r["to"]): r for r in rows if r["km_basis"] == "sea_lanes"}
    points = {i: (r["lat"], r["lon"]) for i, r in net.places.items()}
    assert all(r["km"] >= great_circle_km(points[a], points[b]) for (a, b), r in drawn.items())
    # every sea link is measured but one of 67 km, nearer than the mesh of the lanes
    at_sea = {tuple(sorted((g.start, g.end))) for g in net.legs if g.mode == "sea"}
    assert at_sea - drawn.keys() == {("batumi", "poti")}
    # a printed length goes before one of the lanes, and is no disagreement with it
    lines = [{**rows[0], "km": k, "km_basis": b, "valid_as_of": w} for k, b, w in
             ((381.5, "seen", "2009"), (999, "sea_lanes", "2026"))]  # fmt: skip
    found, _ = legs(lines, net.places, net.assumptions)
    assert (found.km.value, found.km.basis, found.km_high) == (381.5, "reported", 381.5)


def test_ports_behind_no_strait_have_no_way():
    assert sea_km("karachi", "saint-petersburg") is None
    assert sea_km("karachi", "poti") is None  # no gate leads to the Black Sea


def test_the_newest_length_is_used_and_the_others_are_its_range(net):
    found = leg(net, "tashkurgan", "khunjerab")
    assert (found.km, found.km_low, found.km_high) == (Amount(130, "reported", ("A027",)), 130, 146)


def test_a_link_without_a_report_is_assumed_in_all(net):
    found = leg(net, "xian", "lanzhou")
    assert {found.km.basis, found.moving.basis, found.freight.basis} == {"assumed"}
    assert found.km.value == pytest.approx(1.29 * great_circle_km((34.3, 108.9), (36.1, 103.8)))


def test_hours_at_a_border_are_those_of_the_direction(net):
    # CAREC, 2020: 2.3 hours into China at Khunjerab; the way out is told of China's border points alone
    assert leg(net, "sost", "khunjerab").border == Amount(2.3, "reported", ("A159",))
    assert leg(net, "khunjerab", "sost").border == Amount(16.8, "estimated", ("B028",))


def test_a_price_one_way_is_not_the_price_back(net):
    # Drewry: Shanghai to Rotterdam 2,840 USD, return 504 USD
    assert leg(net, "shanghai", "rotterdam", "sea").freight.basis == "reported"
    assert leg(net, "rotterdam", "shanghai", "sea").freight.basis == "assumed"


def test_a_link_is_there_from_its_opening():
    before, after = (network(load().tables, date(y, 1, 1)) for y in (2014, 2015))
    pairs = [{(g.start, g.end) for g in n.legs} for n in (before, after)]
    assert ("bolashak", "incheh-borun") not in pairs[0]  # opened on 2014-12-03
    assert ("bolashak", "incheh-borun") in pairs[1]
    assert before.not_open["not open yet"] > 0


def test_what_is_planned_is_no_link(net):
    assert ("kashgar", "torugart", "rail") not in {(g.start, g.end, g.mode) for g in net.legs}


@pytest.mark.parametrize(
    ("day", "shut"),
    [
        (date(2023, 1, 10), True),  # the pandemic's closure
        (date(2023, 1, 19), False),  # a temporary opening of two days
        (date(2023, 1, 21), True),
        (date(2023, 7, 1), False),
        (date(2024, 1, 10), False),  # the temporary opening of 2 to 16 January
        (date(2024, 1, 17), True),  # winter
        (date(2024, 11, 30), False),
        (date(2025, 1, 15), False),  # open all year since 2024-12-01
    ],
)
def test_khunjerab_is_closed_on_the_days_on_record(net, day, shut):
    assert ("khunjerab" in {c.place_id for c in closed(net.seasons, day)}) == shut


def test_a_place_is_found_by_id_and_name_and_an_unknown_one_names_the_nearest(net):
    assert place(net, "xian", "--from") == place(net, "Xi'an", "--from") == "xian"
    assert place(net, "khorgos east", "--from") == "khorgos-east-gate"
    spelled = ("乌鲁木齐", "Ürümqi", "Horgos", "Хоргос", "红其拉甫", "Alataw Pass")
    assert [place(net, word, "--from") for word in spelled] == [
        "urumqi", "urumqi", "khorgos", "khorgos", "khunjerab", "alashankou",
    ]  # fmt: skip
    with pytest.raises(UnknownNameError, match="Kashgar"):
        place(net, "Kashgarr", "--from")


def test_the_share_that_is_assumed():
    assert assumed_share([Amount(1, "assumed"), Amount(3, "reported")]) == 25
    assert assumed_share([]) == 0


@pytest.fixture(scope="module")
def checked(net):
    rows = load().tables["network_links"].to_pylist()
    found = sums(rows, net, network(load().tables, net.day, planned=True)).to_pylist()
    return {r["id"]: r for r in found}


def test_every_report_over_several_links_is_judged(checked):
    shelf = [r for r in checked.values() if r["id"] < "A300"]
    assert len(shelf) == 88
    for row in checked.values():
        if row["sum_km"] is not None and row["printed_km"] is not None:
            gap = 100 * (row["printed_km"] - row["sum_km"]) / row["sum_km"]
            assert row["difference_percent"] == pytest.approx(gap, abs=0.06)


def test_faults_that_are_known_are_found(checked):
    # FIELDS.md of the shelf: the Kashgar-Gwadar railway is printed as 1,860 km and is miles
    assert checked["A194"]["verdict"] == "printed wrong"
    assert "miles" in checked["A194"]["reason"]
    # 1,500 km from Gwadar to Khunjerab, where the great circle alone is 1,806
    assert checked["A171"]["verdict"] == "printed wrong"
    # 523 km by the sum of its sections (Railway Gazette), 486 elsewhere
    assert (checked["A145"]["verdict"], checked["A146"]["verdict"]) == ("agrees", "printed wrong")


def test_a_row_from_which_a_link_was_computed_does_not_vouch_for_it(checked):
    assert checked["A099"]["verdict"] == "made from it"


def test_a_link_and_a_sum_open_their_rows_and_sources(tmp_path):
    desk = Desk(store=tmp_path)
    row = next(r for r in desk.corridor_network(place="khunjerab").to_pylist() if r["from"] == "tashkurgan")
    (found,) = desk.explain(row["leg_id"])
    assert {"A026", "A027"} <= {r["id"] for _, r in found.rows if "id" in r}
    assert any(s["url"] == "https://en.wikipedia.org/wiki/China_National_Highway_314" for s in found.sources)
    judged = desk.corridor_network(place="gwadar", check_sums=True).to_pylist()
    (told,) = desk.explain(next(r["sum_id"] for r in judged if r["id"] == "A194"))
    assert "great circle" in told.rule


def test_the_notes_say_how_much_is_assumed(tmp_path):
    found = Desk(store=tmp_path).corridor_network(as_of="2026-11-27")
    assert any("assumed are" in n and "% of the km" in n for n in found.notes)
    assert any("7 planned" in n for n in found.notes)
