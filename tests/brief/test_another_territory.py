"""The map and the tables of a brief on another territory than that of which the record has an outline."""

from __future__ import annotations

import re

import pytest
from tests.brief.own_act import own_act

from entrepot.brief.answer.unused_rows import shown_figures
from entrepot.brief.charts import crossings_map
from entrepot.brief.charts.crossings_map import Spot
from entrepot.brief.charts.outlines import frame_around, outline
from entrepot.brief.compose import brief
from entrepot.brief.report import Figure, plain_text
from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.corridors.contract import DRAWN_INSIDES
from entrepot.desk.desk import Desk

SHADE = "#dbe9e9"
PLAN = 'question = "?"\ncrossings = CROSSINGS\n'
ROW = {"place": "Upper Lars", "place_kind": "crossing", "metric": "cargo", "unit": "tonnes", "mode": "road"}


@pytest.fixture
def order(tmp_path):
    """Writes the measure: `order(["irkeshtam"], more="territory = ...")`, and gives the path of its file."""

    def write(crossings: str, more: str = ""):
        file = tmp_path / "order.toml"
        plan = PLAN.replace("CROSSINGS", crossings) + more
        file.write_text(own_act("KG", "CN", goods="2616", plan=plan), encoding="utf-8")
        return str(file)

    return write


@pytest.fixture
def desk(tmp_path):
    """A desk with two yearly counts of a crossing of one's own, neither with a printed change."""
    made = Desk(store=tmp_path / "store")
    for year, tonnes in (("2024", "7500000"), ("2025", "8100000")):
        printed = {"period": year, "value": tonnes, "publisher": "Customs", "published": f"{int(year) + 1}-02-01"}
        made.add_rows(ROW | printed)
    return made


def test_a_territory_is_shaded_and_named_where_the_measure_is_on_it_and_nowhere_else(uflpa, order):
    assert SHADE in uflpa.report.map.svg
    assert ">XINJIANG<" in uflpa.report.map.svg
    assert ">CHINA<" not in uflpa.report.map.svg
    for drawn in (other := brief(order('["irkeshtam"]'), as_of="2026-12-02").map).svg, other.narrow:
        assert SHADE not in drawn
        assert "XINJIANG" not in drawn
        assert ">CHINA<" in drawn
        assert ">KYRGYZSTAN<" in drawn


def test_a_plan_that_names_the_territory_has_it_shaded_with_what_to_know_of_its_outline(order):
    report = brief(order('["irkeshtam"]', 'territory = "xinjiang"\n'), as_of="2026-12-02")
    assert SHADE in report.map.svg
    notes = " ".join(g.note for c in report.chapters if c.key == "crossings" for g in c.grids)
    assert "Aksai Chin" in notes
    without = brief(order('["irkeshtam"]'), as_of="2026-12-02")
    notes = " ".join(g.note for c in without.chapters if c.key == "crossings" for g in c.grids)
    assert "Aksai Chin" not in notes
    assert "claim lines around Kashmir" in notes  # they are on every map


def test_a_crossing_without_coordinates_is_said_to_stand_on_no_map(order, desk):
    report = desk.brief(order('["irkeshtam", "own-upper-lars"]'), as_of="2026-12-02").report
    assert "Not drawn, for want of coordinates: Upper Lars." in report.map.svg
    (chapter,) = (c for c in report.chapters if c.key == "crossings")
    assert [m for m in chapter.missing if "Upper Lars" in m]
    alone = desk.brief(order('["own-upper-lars"]'), as_of="2026-12-02").report
    assert alone.map is None
    (chapter,) = (c for c in alone.chapters if c.key == "crossings")
    assert [m for m in chapter.missing if "Upper Lars" in m]


PLACED = """
[[brief.place]]
id = "own-upper-lars"
lon = {lon}
lat = 42.74
"""


def test_a_map_is_framed_on_the_crossings_of_the_plan_wherever_they_lie(order, desk):
    """Every map was one of Xinjiang's border: a crossing of the Caucasus could stand on none."""
    report = desk.brief(order('["own-upper-lars"]', PLACED.format(lon=44.63)), as_of="2026-12-02").report
    for drawn in (report.map.svg, report.map.narrow):
        assert ">Upper Lars<" in drawn
        assert ">RUSSIA<" in drawn
        assert ">GEORGIA<" in drawn
        assert ">CHINA<" not in drawn
        assert "Not drawn" not in drawn
        assert "Lines run straight" not in drawn  # none of the record's railways and roads is there
    (chapter,) = (c for c in report.chapters if c.key == "crossings")
    assert not [m for m in chapter.missing if "on no map" in m]
    (across,) = re.findall(r'<a href="[^"]*" aria-label="Upper Lars[^"]*"><circle cx="([\d.]+)"', report.map.svg)
    assert abs(float(across) - 280) < 1, "one crossing stands in the middle of a map of 560 px"


def test_a_place_of_a_plan_that_it_does_not_follow_or_off_the_earth_is_refused(order):
    with pytest.raises(UnreadableFileError, match="place") as told:
        brief(order('["irkeshtam"]', PLACED.format(lon=44.63)), as_of="2026-12-02")
    assert told.value.allowed == "one of the crossings of the plan: irkeshtam"
    with pytest.raises(UnreadableFileError, match="lon") as told:
        brief(order('["own-upper-lars"]', PLACED.format(lon=446.3)), as_of="2026-12-02")
    assert told.value.allowed == "degrees from -180 to 180"


@pytest.mark.parametrize("lon", [-100.0, 14.5, 96.0, 112.0])
def test_names_of_countries_on_a_map_meet_no_other_and_no_crossing_stands_outside(lon):
    """In Mexico, Libya, Myanmar and China."""
    spots = [Spot(lon, 25.0, "One", 100.0, "fresh", "One", "#a"), Spot(lon + 9, 31.0, "Two", 10.0, "old", "Two", "#b")]
    frame = frame_around(((s.lon, s.lat) for s in spots), 560)
    assert all(frame.holds(s.lon, s.lat) for s in spots)
    placed = crossings_map._names("", spots, frame, 560)
    boxes = [crossings_map._room(*one) for one in placed]
    assert boxes
    assert all(b[0] >= 0 and b[2] <= 560 and b[1] >= 0 and b[3] <= frame.height for b in boxes)
    pairs = [(a, b) for i, a in enumerate(boxes) for b in boxes[:i]]
    assert not [p for p in pairs if p[0][0] < p[1][2] and p[1][0] < p[0][2] and p[0][1] < p[1][3] and p[1][1] < p[0][3]]


def test_land_that_two_states_claim_has_no_name_and_no_plain_border():
    inside = [(r["iso3"], r["lon"], r["lat"]) for r in packaged_rows(DRAWN_INSIDES)]
    assert not [p for p in inside if 32.4 < p[1] < 36.8 and 44.2 < p[2] < 46.4]  # Crimea
    lines = outline("borders")["features"]
    crimea = [f for f in lines if all(32 < x < 37 and 44 < y < 46.5 for x, y in f["geometry"]["coordinates"])]
    assert crimea
    assert {f["properties"]["kind"] for f in crimea} == {"disputed"}


def test_every_crossing_of_the_packaged_case_that_has_coordinates_is_drawn(uflpa):
    assert "Not drawn" not in uflpa.report.map.svg


def test_counts_without_a_printed_change_stand_in_a_table_and_none_is_empty(order, desk):
    report = desk.brief(order('["own-upper-lars"]'), as_of="2026-12-02").report
    (chapter,) = (c for c in report.chapters if c.key == "crossings")
    assert all(g.rows for g in chapter.grids)
    shown = [c.finding.number for g in chapter.grids for row in g.rows for c in row if isinstance(c, Figure)]
    assert shown == [8_100_000, 7_500_000]  # the latest first
    assert not [s for s in chapter.body if "Each comparison" in plain_text(s)]


def test_the_mark_of_an_old_capacity_says_what_it_is_where_it_stands_alone(order, uflpa):
    """Irkeshtam's capacity is on record by an older figure alone: its mark had half a sentence beside it."""
    drawn = brief(order('["irkeshtam"]'), as_of="2026-12-02").map.svg
    assert ">by one undated" not in drawn
    assert "of its capacity, by one undated or over" in drawn
    assert ">by one undated" in uflpa.report.map.svg  # there it stands beside the whole sentence


def test_dollars_are_not_said_to_be_unchecked_where_nothing_is_to_be_converted(order, desk):
    pair = {"place": "Georgia and Russia", "place_kind": "country_pair", "metric": "trade_value", "mode": "all"}
    for year, value in (("2024", "2.5"), ("2025", "2.7")):
        printed = {"period": year, "value": value, "unit": "billion USD", "partner": "Russia", "publisher": "Geostat"}
        desk.add_rows(pair | printed | {"published": f"{int(year) + 1}-02-01"})
    file = order('["own-upper-lars"]', 'trade_pairs = ["own-georgia-and-russia/Russia"]\n')
    report = desk.brief(file, as_of="2026-12-02").report
    cells = [c for x in report.chapters if x.key == "trade" for g in x.grids for row in g.rows for c in row]
    assert cells
    assert "not checked" not in cells


LOOK = """
asked = "Whether it goes on"
settled_by = "a count"

[[brief.look]]
test = "corridors"
kind = "counted"
words = "{words}"
places = ["irkeshtam"]
metrics = ["cargo"]
shown = 1
"""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("{group} at {place}", 'words without {group}, or by = "sector" or by = "origin", which fills it'),
        ("cargo of {port}", "words without braces that nothing fills"),
    ],
)
def test_words_with_a_place_that_nothing_fills_are_refused(words, said, order):
    """They were printed with a gap: “ at Irkeshtam, by road rose to …”."""
    with pytest.raises(UnreadableFileError, match="look") as told:
        brief(order('["irkeshtam"]', LOOK.replace("{words}", words)), as_of="2026-12-02", answer_only=True)
    assert told.value.allowed == said
    brief(order('["irkeshtam"]', LOOK.replace("{words}", "cargo at {place}")), as_of="2026-12-02", answer_only=True)


def test_the_map_of_one_crossing_calls_it_no_most_and_no_only_one(plain_brief):
    """Alashankou's figure is as fresh: “the only crossing with a fresh figure” was said of the one that is followed."""
    title = plain_brief("khorgos-allowance").map.title
    assert title == "Cargo by rail at Khorgos"
    assert "then at Khorgos" in plain_brief("uflpa").map.title


def test_a_plan_of_firms_without_a_territory_says_what_it_lacks(order):
    """It said that the record holds no act of a firm “over the region”; it holds many, over a region that it has."""
    report = brief(order('["irkeshtam"]', 'firms = ["Volkswagen"]\n'), as_of="2026-12-02")
    (chapter,) = (c for c in report.chapters if c.key == "firms")
    assert chapter.missing == (
        "The measure's plan names no territory: what firms did is on record by the territory that it is over.",
    )
    report = brief(order('["irkeshtam"]', 'firms = ["Volkswagen"]\nterritory = "crimea"\n'), as_of="2026-12-02")
    (chapter,) = (c for c in report.chapters if c.key == "firms")
    assert "over Crimea" in chapter.missing[0] or "over crimea" in chapter.missing[0]
    assert chapter.missing[0].endswith("known by 2 December 2026.")


def dated(report) -> set[str]:
    """Ids of the events of the record that stand around the measure."""
    figures = [*report.map.figures, *shown_figures(c for c in report.chapters if c.key == "measure")]
    return {g.row_id for f in figures for g in f.grounds if g.table == "events"}


def test_laws_and_duties_on_others_are_no_events_around_a_measure_unless_they_compete_with_it(tmp_path, plain_brief):
    """Duties on solar cells of Cambodia and the UFLPA stood around a ban on garments of Myanmar."""
    file = tmp_path / "order.toml"

    def around(more: str = "") -> set[str]:
        plan = f'question = "?"\nevents = ["law", "trade_remedy"]\n{more}'
        file.write_text(own_act("US", "MM", goods="61", plan=plan), encoding="utf-8")
        return dated(brief(str(file), as_of="2026-12-02"))

    found = around()
    assert "E311" in found  # the end of the exemption for all countries
    assert not found & {"E039", "E042", "E306", "E308"}  # the UFLPA; orders on cells of four countries; petitions
    assert {"E306"} <= around('competes_with = ["us-solar-adcvd-2025"]\n')
    assert {"E306", "E308", "E247"} <= dated(plain_brief("uflpa"))  # the plan has them compete; a judgement on the act
    assert not dated(plain_brief("us-section-232")) & {"E306", "E308"}  # of metals
