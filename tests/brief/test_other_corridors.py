"""A brief on a measure of one's own that follows another corridor: nothing of the packaged border stands on it."""

from __future__ import annotations

import re

import pytest
from tests.brief.own_act import own_act

from entrepot.brief.answer.unused_rows import rows_under, shown_figures
from entrepot.brief.compose import brief
from entrepot.brief.report import plain_text
from entrepot.core.errors import EntrepotError, UnknownNameError
from entrepot.desk.desk import Desk
from entrepot.record.embedded import load
from entrepot.sources.explanation import text

FILE = own_act("GE", "RU", goods="8703", plan="""
question = "Do cars go round the order?"
crossings = CROSSINGS
events = ["import_ban", "trade_remedy", "law"]
""")  # fmt: skip
TABLE = "The crossings and their last reported cargo"


def briefed(tmp_path, crossings):
    file = tmp_path / "order.toml"
    file.write_text(FILE.replace("CROSSINGS", crossings), encoding="utf-8")
    report = brief(str(file), as_of="2026-12-02")
    (chapter,) = (c for c in report.chapters if c.key == "crossings")
    return report, {g.title: g for g in chapter.grids}


def test_a_port_that_is_no_crossing_of_the_border_has_no_table_of_them(tmp_path):
    report, grids = briefed(tmp_path, '["baku"]')
    assert TABLE not in grids
    # No law, duty or ban on record is of the order's two countries, so that none stands where no map can be drawn.
    assert report.map is None


@pytest.mark.parametrize(("crossings", "is_drawn"), [('["irkeshtam", "torugart"]', True), ('["ahitubiek"]', False)])
def test_the_map_is_spoken_of_only_where_there_is_one(tmp_path, crossings, is_drawn):
    report, grids = briefed(tmp_path, crossings)
    if TABLE not in grids:  # of a crossing of which the record holds nothing
        assert not is_drawn
        return
    assert ("The map at the top" in grids[TABLE].note) == is_drawn
    assert (report.map is not None and "cargo" in report.map.title.casefold()) == is_drawn


FOLLOWED = own_act("KG", "CN", goods="2616", plan="""
question = "Does ore still leave?"
crossings = ["irkeshtam", "bedel"]
trade_pairs = ["china-kyrgyzstan/Kyrgyzstan"]
events = ["opening", "closure", "agreement"]
risks = ["closure", "attack"]
""")  # fmt: skip


@pytest.fixture(scope="module")
def followed(tmp_path_factory):
    file = tmp_path_factory.mktemp("ore") / "ore.toml"
    file.write_text(FOLLOWED, encoding="utf-8")
    return brief(str(file), as_of="2026-12-02")


def events_behind(chapters):
    """Places, countries and kind of each event that a sentence, a picture or a table of these chapters rests on."""
    held = {r["id"]: r for r in load().tables["events"].to_pylist()}
    return [held[g.row_id] for f in shown_figures(chapters) for g in f.grounds if g.table == "events"]


def test_another_corridor_shows_events_of_its_own_crossings_and_of_those_concerned(followed):
    behind = events_behind(followed.chapters)
    assert {"E072", "E091", "E066"} <= {e["id"] for e in behind}  # Bedel, Irkeshtam, the agreement of Beijing
    for event in behind:
        assert {*(event["place_id"] or ())} <= {"irkeshtam", "bedel"}, event
        assert "KG" in event["countries"], event  # of the two sides both: an attack on guests from one is elsewhere


def test_reports_that_contradict_each_other_are_those_of_its_own_places(followed):
    conflicts = [f for c in followed.chapters for f in shown_figures([c]) if f.kind == "conflict"]
    held = {r["id"]: r for r in load().tables["observations"].to_pylist()}
    places = {held[g.row_id]["place_id"] for f in conflicts for g in f.grounds if g.table == "observations"}
    assert places <= {"irkeshtam", "bedel", "china-kyrgyzstan"}


def test_crossings_to_other_countries_and_the_region_of_another_case_are_not_named(followed):
    chapters = {c.key: c for c in followed.chapters}
    (table,) = (g for g in chapters["crossings"].grids if g.title == TABLE)
    assert {row[0] for row in table.rows} == {"Irkeshtam", "Torugart", "Bedel"}  # all three lead to Kyrgyzstan
    said = [plain_text(s) for s in (chapters["trade"].headline, *chapters["trade"].body)]
    assert not [s for s in said if "Xinjiang" in s]


def test_a_year_that_nobody_named_counted_is_not_said_to_be_missing(followed):
    """O1088 prints 2025; China's customs, whose count the chapter follows, end in 2024 (O0230)."""
    headline = plain_text(next(c for c in followed.chapters if c.key == "trade").headline)
    assert "no full year on record" not in headline
    assert "no full year of China's customs statistics ends in the year and a half before the day" in headline
    assert "22.71 billion in 2024" in headline
    assert "27.2 billion in 2025" in headline


def test_events_of_a_timeline_are_told_by_the_kinds_that_stand_on_it(followed):
    (chart,) = (c for ch in followed.chapters for c in ch.charts if c.title == "Dated events")
    assert chart.caption == "On record, of these kinds: openings, agreements."


def test_a_plan_that_names_a_place_of_ones_own_tells_of_it_and_of_no_attack_elsewhere(tmp_path):
    desk = Desk(store=tmp_path / "store")
    row = {"place": "Lars", "place_kind": "crossing", "metric": "cargo", "unit": "tonnes", "mode": "road"}
    row |= {"value": "150000", "yoy_pct": "25", "period": "2025", "publisher": "Customs", "published": "2026-02-01"}
    desk.add_rows(row)
    file = tmp_path / "ore.toml"
    text = FOLLOWED.replace('["irkeshtam", "bedel"]', '["own-lars"]').replace(
        'jurisdiction = "KG"', 'jurisdiction = "GE"'
    )
    file.write_text(text.replace('countries = ["CN"]', 'countries = ["RU"]'), encoding="utf-8")
    chapters = {c.key: c for c in desk.brief(str(file), as_of="2026-12-02").report.chapters}
    assert "Lars 150,000 tonnes of cargo, road, in 2025 (+25 % on the year)" in plain_text(
        chapters["crossings"].headline
    )
    assert events_behind(chapters.values()) == []  # attacks in Pakistan, openings of Xinjiang's passes


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"bedel"', '"bedell"', "place in the plan of the brief 'bedell'; did you mean bedel"),
        ('"china-kyrgyzstan/Kyrgyzstan"', '"china-kirgizia/Kyrgyzstan"', "'china-kirgizia'"),
        ('"china-kyrgyzstan/Kyrgyzstan"', '"china-kyrgyzstan/Kyrgystan"', "did you mean Kyrgyzstan"),
        ('"opening", "closure"', '"openings", "closure"', "kind of event in the plan of the brief 'openings'"),
    ],
)
def test_a_slip_in_a_plan_is_refused_and_not_looked_for_in_vain(old, new, said, tmp_path):
    file = tmp_path / "ore.toml"
    file.write_text(FOLLOWED.replace(old, new), encoding="utf-8")
    with pytest.raises(UnknownNameError, match=re.escape(said)):
        brief(str(file), as_of="2026-12-02", answer_only=True)


@pytest.mark.parametrize(("currency", "drawn"), [("EUR", ["EUR", "USD"]), ("KZT", [""])])
def test_trade_that_was_printed_in_another_currency_is_no_trade_that_is_missing(currency, drawn, tmp_path):
    """Of the tenge the European Central Bank has no rate: what was printed stands alone."""
    desk = Desk(store=tmp_path / "store")
    row = {"place": "EU and Georgia", "place_kind": "country_pair", "partner": "Georgia", "metric": "trade_value"}
    row |= {"unit": f"billion {currency}", "mode": "all", "publisher": "Eurostat"}
    for year, value in (("2024", "2.7"), ("2025", "2.1")):
        desk.add_rows(row | {"period": year, "value": value, "published": f"{int(year) + 1}-03-01"})
    file = tmp_path / "ore.toml"
    file.write_text(FOLLOWED.replace("china-kyrgyzstan/Kyrgyzstan", "own-eu-and-georgia/Georgia"), encoding="utf-8")
    report = desk.brief(str(file), as_of="2026-12-02").report
    chapter = next(c for c in report.chapters if c.key == "trade")
    assert not chapter.missing
    assert plain_text(chapter.headline) == (
        f"EU and Georgia trade fell: {currency} 2.7 billion in 2024, {currency} 2.1 billion in 2025."
    )
    assert [c.currency for c in chapter.charts] == drawn


LATER = """[[provision]]
id = "second"
name = "Second ban"
from = 2025-03-01
text = "More goods may not leave."
subject = "goods"
goods = "none"
citation = "Decision 2"
verified = "secondary"
sources = ["s-decision"]

[brief]
"""


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("[brief]\n", "The measure took effect before these years."),
        (LATER, "The measure took effect before these years, further parts of it within them."),
    ],
)
def test_a_measure_older_than_the_years_drawn_is_said_to_be_older(plan, said, tmp_path):
    desk = Desk(store=tmp_path / "store")
    row = {"place": "EU and Georgia", "place_kind": "country_pair", "partner": "Georgia", "metric": "trade_value"}
    row |= {"unit": "billion USD", "mode": "all", "publisher": "Eurostat"}
    for year, value in (("2024", "2.7"), ("2025", "2.1")):
        desk.add_rows(row | {"period": year, "value": value, "published": f"{int(year) + 1}-03-01"})
    file = tmp_path / "ore.toml"
    text = FOLLOWED.replace("china-kyrgyzstan/Kyrgyzstan", "own-eu-and-georgia/Georgia").replace("[brief]\n", plan)
    file.write_text(text, encoding="utf-8")  # its first part begins on 2022-07-01
    report = desk.brief(str(file), as_of="2026-12-02").report
    assert {c.caption for c in next(c for c in report.chapters if c.key == "trade").charts} == {said}


def test_a_measure_whose_plan_names_no_place_lists_no_observation_of_another_case(tmp_path):
    file = tmp_path / "potash.toml"
    file.write_text(
        'title = "Ban on potash"\nwho = "EU"\nwhom = ["BLR"]\ngoods = ["3104"]\nfrom = 2022-03-03\nsource = "OJ"\n',
        encoding="utf-8",
    )
    report = brief(str(file), as_of="2026-12-02")
    (table,) = (g for c in report.chapters for g in c.grids if g.anchor == "unused")
    ((reason, *_, count, _),) = table.rows
    assert reason == "the measure's plan names no place"
    known = [r for r in load().tables["observations"].to_pylist() if r["known_on"] <= "2026-12-02"]
    assert int(count) == len(known)


def test_places_of_another_case_are_one_number_beside_a_measure_of_ones_own(followed):
    (table,) = (g for c in followed.chapters for g in c.grids if g.anchor == "unused")
    elsewhere = [row for row in table.rows if row[0] == "the measure's plan does not name the place"]
    assert [row[1:3] for row in elsewhere] == [("any", "any")]
    named = {str(row[1]) for row in table.rows} - {"any"}
    assert named <= {"Irkeshtam", "China-Kyrgyzstan", "Bedel"}
    seen = rows_under([f for c in followed.chapters for f in shown_figures([c])])
    held = {r["id"] for r in load().tables["observations"].to_pylist() if r["known_on"] <= "2026-12-02"}
    assert sum(int(row[3]) for row in table.rows) >= len(held - seen) > int(elsewhere[0][3]) > 0


EVENT = """
[[event]]
date = 2024-02-11
kind = "closure"
title = "Pass shut by an avalanche"
places = ["irkeshtam"]
countries = ["KG", "CN"]
source = "s-decision"
"""


def test_an_event_that_the_file_of_a_measure_tells_of_stands_among_those_on_record_and_opens(tmp_path):
    desk = Desk(store=tmp_path / "store")
    file = tmp_path / "ore.toml"
    file.write_text(FOLLOWED + EVENT, encoding="utf-8")
    report = desk.brief(str(file), as_of="2026-12-02").report
    shown = [f for f in shown_figures(report.chapters) if "avalanche" in f.quantity]
    assert {(f.subject, f.value, f.sources) for f in shown} == {("Irkeshtam", "2024-02-11", ("s-decision",))}
    assert {c.key for c in report.chapters if any("avalanche" in f.quantity for f in shown_figures([c]))} == {
        "measure",  # its timeline
        "crossings",
        "risks",
    }
    told = text(desk.explain(shown[0].id)[0])
    assert "Pass shut by an avalanche" in told
    assert "Decision of the Ministry" in told
    # Known from its day on, and in no other brief.
    before = desk.brief(str(file), as_of="2024-01-01").report
    assert not [f for f in shown_figures(before.chapters) if "avalanche" in f.quantity]
    assert not desk.record("events", where="title = 'Pass shut by an avalanche'").num_rows


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"irkeshtam"]\ncountries', '"irkeshtm"]\ncountries', "'irkeshtm'; did you mean irkeshtam"),
        ('kind = "closure"', 'kind = "exit"', "event 1.kind is 'exit'"),  # what a firm did is no event of a file
        ('source = "s-decision"\n', 'source = "s-other"\n', "s-other"),
    ],
)
def test_an_event_that_cannot_be_is_refused(old, new, said, tmp_path):
    file = tmp_path / "ore.toml"
    file.write_text(FOLLOWED + EVENT.replace(old, new), encoding="utf-8")
    with pytest.raises(EntrepotError, match=re.escape(said)):
        Desk(store=tmp_path / "store").brief(str(file), as_of="2026-12-02")
