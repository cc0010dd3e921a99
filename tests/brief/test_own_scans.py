"""Scans of one's own flows in a brief: marked, opened, of no direction; without any, the command that adds one."""

import json
import re
from importlib.resources import files

import pytest

from entrepot.brief.report import plain_text
from entrepot.core import store as stores
from entrepot.core.contract import table
from entrepot.desk.brief import brief as verb
from entrepot.desk.explain import explain
from entrepot.diversion.contract import SIGNALS

ROW = {
    "signal_id": "signal-0123456789ab",
    "measure": "uflpa",
    "mode": "direct",
    "product": "520100",
    "hub": "MYS",
    "origin": "CHN",
    "destination": "USA",
    "word": "possible hub",
    "unit": "USD",
    "since": "2022-Q3",
    "until": "2024-Q4",
    "low": 1e6,
    "high": 5e6,
    "low_95": 5e5,
    "loss": 2e7,
    "loss_se": 1e6,
    "p_fall": 0.001,
    "high_95": 6e6,
    "q": 0.01,
    "legs": "all",
    "judged": True,
    "basis": "both legs against their baselines",
    "source_ids": ["flows.csv"],
}


@pytest.fixture
def store(tmp_path):
    """A store in which a scan of a file of one's own has kept a rise, a row without one and one of packaged flows."""
    rows = [
        ROW,
        ROW | {"signal_id": "signal-0123456789ac", "hub": "THA", "word": "no signal"},
        ROW | {"signal_id": "signal-0123456789ad", "hub": "VNM", "source_ids": ["s-2cdff7e4"]},
        ROW | {"signal_id": "signal-0123456789ae", "hub": "LAO", "measure": "cbp-wro"},
        ROW | {"signal_id": "signal-0123456789af", "hub": "IDN", "until": "2026-Q4"},
    ]
    with stores.opened(tmp_path / "store") as con:
        stores.keep_shown(con, "signals", "signal_id", table(SIGNALS, rows))
    return tmp_path / "store"


def test_a_rise_of_a_scan_of_ones_own_stands_in_the_brief_marked(store, plain_brief, tmp_path):
    made = verb("uflpa", as_of="2026-11-24", store=store, out=tmp_path / "out")
    (third,) = [t for t in made.report.answer.tests if t.id == "third"]
    assert third.own.startswith(
        "Scans of your own flows, none of Entrepot's record: HS 5201.00, Malaysia: possible hub"
    )
    assert "500 k USD to 6 m USD" in third.own
    (direct,) = [t for t in made.report.answer.tests if t.id == "direct"]
    assert "(flows.csv): HS 5201.00, China to US: 20 m USD less than expected" in direct.own
    page = made.page.read_text(encoding="utf-8")
    first = page[page.index('<div class="first">') : page.index('<p class="legend">')]
    assert "Scans of your own flows" in first
    (mine,) = [c for c in made.report.chapters if c.key == "own-scans"]
    lost, grid = mine.grids
    (loss,) = lost.rows  # one direct flow, whichever places the scan looked at
    assert (loss[2].finding.number, loss[2].finding.low) == (2e7, 2e7 - 1.96e6)
    assert [row[1] for row in grid.rows] == ["Malaysia"], "packaged, of another measure, later or without a rise"
    assert "your own scan" in grid.rows[0][2]
    assert (grid.rows[0][3].finding.number, grid.rows[0][3].finding.low) == (ROW["high"], ROW["low_95"])
    assert "Scans of your own flows" in (tmp_path / "out" / "answer.md").read_text(encoding="utf-8")
    rows = json.loads((tmp_path / "out" / "findings.json").read_text(encoding="utf-8"))
    assert sum("your own scan" in r["quantity"] for r in rows) == 2
    assert explain(grid.rows[0][-1], store=store)
    # It gives the tests no direction: they are as without it.
    alone = plain_brief("uflpa", as_of="2026-11-24")
    (plain,) = [t for t in alone.answer.tests if t.id == "direct"]
    assert (plain.direction, plain.sure, plain.own) == (direct.direction, direct.sure, "")
    (without,) = [t for t in alone.answer.tests if t.id == "third"]
    assert (without.direction, without.sure, without.says) == (third.direction, third.sure, third.says)
    assert plain_text(alone.answer.verdict) == plain_text(made.report.answer.verdict)
    assert "`entrepot divert FLOWS --measure uflpa` adds one" in without.own


OWN = """title = "Stop of the salt"
who = "CHN"
whom = ["NOR"]
direction = "import"
goods = ["{goods}"]
from = 2021-06-01
source = "made for a test"
"""


def _own_store(folder, *scans):
    """A store with scans, the oldest first: the measure, the signal that each found, what differs in the question."""
    from entrepot.diversion.contract import KEPT_SCANS
    from entrepot.diversion.kept_scans import kept_scan
    from entrepot.diversion.route import question

    with stores.opened(folder) as con:
        for number, (act, row, more) in enumerate(scans):
            found = table(SIGNALS, [ROW | {"origin": "NOR", "destination": "CHN"} | row | {"measure": "stop"}])
            stores.keep_shown(con, SIGNALS.name, "signal_id", found)
            kept = kept_scan(question(str(act), **more), found, f"2026-11-0{number + 1}T00:00:00.000000+00:00")
            stores.keep_shown(con, KEPT_SCANS.name, "scan_id", kept)
    return folder


def _told(act, store):
    made = verb(str(act), as_of="2026-11-24", store=store, answer_only=True)
    return {t.id: t.own for t in made.report.answer.tests}


def _acts(tmp_path):
    for name, goods in (("here", "250100"), ("there", "030213")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stop.toml").write_text(OWN.format(goods=goods), encoding="utf-8")
    return tmp_path / "here" / "stop.toml", tmp_path / "there" / "stop.toml"


FIRST = {"signal_id": "signal-000000000001", "product": "250100", "hub": "MYS"}


def test_a_scan_of_another_measure_of_the_same_file_name_is_left_out_and_counted(tmp_path):
    act, other = _acts(tmp_path)
    store = _own_store(tmp_path / "store", (act, FIRST, {}))
    assert "Malaysia: possible hub" in _told(act, store)["third"]
    told = _told(other, store)
    assert told["third"].startswith("1 scan in the store is left out: it is of another text under this measure's name")
    assert "Malaysia" not in told["third"]
    assert told["direct"] == ""
    # What a file says besides goods, places and days changes no scan.
    act.write_text(act.read_text(encoding="utf-8").replace("Stop of the salt", "The salt is stopped"), encoding="utf-8")
    assert "Malaysia: possible hub" in _told(act, store)["third"]


def test_a_newer_scan_of_the_same_question_takes_the_place_of_the_older(tmp_path):
    act, _ = _acts(tmp_path)
    none = {"signal_id": "signal-000000000002", "product": "250100", "hub": "MYS", "word": "no signal", "loss": 1.9e7}
    store = _own_store(tmp_path / "store", (act, FIRST, {}), (act, none, {}))
    told = _told(act, store)
    assert told["third"] == (
        "1 earlier scan of the same file, route, goods and days is left out: a newer one takes its place."
    )
    assert "19 m USD less than expected" in told["direct"]
    assert "20 m USD" not in told["direct"]


@pytest.mark.parametrize(
    ("row", "more"),
    [
        ({"source_ids": ["other.csv"]}, {}),  # another file
        ({}, {"products": ("2502",)}),  # other goods
        ({}, {"hubs": "VNM"}),  # another place
        ({}, {"since": "2021-09-01"}),  # other days
        ({}, {"by": "weight"}),  # another count
    ],
)
def test_a_newer_scan_of_another_question_takes_no_place(row, more, tmp_path):
    act, _ = _acts(tmp_path)
    second = {"signal_id": "signal-000000000002", "product": "250200", "hub": "VNM", "loss": 1.9e7} | row
    store = _own_store(tmp_path / "store", (act, FIRST, {}), (act, second, more))
    assert "Malaysia: possible hub" in _told(act, store)["third"]
    assert "left out" not in _told(act, store)["third"]


def test_a_file_that_is_put_back_and_scanned_again_stands_again(tmp_path):
    act, _ = _acts(tmp_path)
    none = {"signal_id": "signal-000000000002", "product": "250100", "hub": "MYS", "word": "no signal", "loss": 1.9e7}
    store = _own_store(tmp_path / "store", (act, FIRST, {}), (act, none, {}), (act, FIRST, {}))
    assert "Malaysia: possible hub" in _told(act, store)["third"]
    assert "20 m USD" in _told(act, store)["direct"]
    assert "19 m USD" not in _told(act, store)["direct"]


def test_a_loss_in_a_brief_is_not_called_the_effect_of_the_measure():
    from entrepot.brief.answer.own_scans import _of_losses

    (grid,) = _of_losses([ROW | {"product_out": None}])
    assert "not the effect of the measure" in str(grid.note)
    assert "without the measure" not in str(grid.note)


def test_runs_of_one_scan_are_one_rise_and_are_told_apart():
    from entrepot.brief.answer.own_scans import _said

    said = _said([ROW, ROW | {"unit": "kg"}, ROW | {"until": "2023-Q4"}, ROW | {"hub": "LAO"}])
    assert said.count("Malaysia: possible hub") == 1
    assert "in 3 scans (in USD, kg; " in said
    assert "Q4 2023" in said
    assert said.count("scans (") == 1  # that by way of Laos is one
    assert "others" not in said


def test_places_of_one_good_are_not_to_be_added_up():
    """Each may have taken 5 of the 20 million that the direct flow lost, or the same dollars as the other."""
    from entrepot.brief.answer import own_scans

    two = own_scans._said([ROW, ROW | {"hub": "THA"}])
    assert "not to be added" in two
    assert "not to be added" not in own_scans._said([ROW, ROW | {"hub": "THA", "product": "520300"}])
    assert "not to be added" not in own_scans._said([ROW, ROW | {"unit": "kg"}])  # one place, counted twice


def test_what_is_said_of_ones_own_rows_is_not_hidden_with_a_currency(uflpa):
    # The switch of currencies hides what has the class `own`; until November 2026 the line on own rows had it too.
    template = files("entrepot.brief").joinpath("templates", "report.html.j2").read_text(encoding="utf-8")
    (hidden,) = re.findall(r"not\(:has\(#as-printed:checked\)\) \.(\w+) { display: none", uflpa.html)
    assert not re.findall(rf'<[a-z]+ class="{hidden}"', template)


def _losses(*rows):
    from entrepot.brief.answer.own_scans import _lost

    shared = {"product_out": None, "since": "2022-09", "until": "2024-12"}
    return _lost([ROW | shared | row for row in rows])


def test_losses_found_in_several_files_each_name_their_own_and_one_flow_is_told_once():
    said = _losses(
        {"product": "420292", "loss": 4e7, "source_ids": ["a.json"]},
        {"product": "940161", "loss": 3e7, "source_ids": ["a.json"]},
        {"product": "940161", "loss": 2e7, "loss_se": 2e6, "source_ids": ["b.json", "c.json"]},
    )
    assert "record: HS 4202.92" in said
    assert "40 m USD less than expected (standard error 1 m USD; a.json), September 2022 to December 2024" in said
    assert said.count("HS 9401.61") == 1
    assert "30 m USD (standard error 1 m USD; a.json) or 20 m USD (standard error 2 m USD; b.json, c.json) less" in said
    assert "in the table" not in said


def test_a_code_of_another_list_is_not_called_one_of_the_harmonized_system():
    said = _losses({"product": "NAICS315", "loss": 4e7}, {"product": "610910", "loss": 3e7})
    assert "NAICS315, " in said
    assert "HS NAICS315" not in said
    assert "HS 6109.10, " in said


def test_losses_of_one_file_name_it_once():
    said = _losses({"loss": 4e7}, {"loss": 3e7, "until": "2023-12"}, {"product": "610910", "loss": 2e7})
    assert said.startswith("Scans of your own flows, none of Entrepot's record (flows.csv): HS 5201.00")
    assert said.count("flows.csv") == 1
    assert said.count("HS 5201.00") == 2  # of other days each


def test_more_flows_than_a_test_names_are_counted_as_flows():
    rows = [{"product": f"52010{n}", "loss": 1e7 + n, "source_ids": [f]} for n in range(5) for f in ("a.csv", "b.csv")]
    assert "; and 2 others in the table" in _losses(*rows)


def test_of_rises_that_are_alike_in_surety_the_largest_is_named_first(tmp_path):
    """Three of four rises of one q were named, by the order of their ids: the largest stood in the table alone."""
    sizes = {"a": 2e6, "b": 1e6, "c": 3e6, "d": 9e6}
    rows = [
        ROW | {"signal_id": f"signal-0123456789a{mark}", "hub": hub, "high": high, "high_95": high, "low": 0.0}
        for (mark, high), hub in zip(sizes.items(), ("MYS", "THA", "VNM", "LAO"), strict=True)
    ]
    with stores.opened(tmp_path / "store") as con:
        stores.keep_shown(con, "signals", "signal_id", table(SIGNALS, rows))
    report = verb("uflpa", as_of="2026-11-24", store=tmp_path / "store", out=tmp_path / "out").report
    (grid,) = [g for c in report.chapters if c.key == "own-scans" for g in c.grids if "Rises" in g.title]
    assert [row[1] for row in grid.rows] == ["Laos", "Vietnam", "Malaysia", "Thailand"]
    (third,) = [t for t in report.answer.tests if t.id == "third"]
    assert "HS 5201.00, Laos" in third.own
    assert "Thailand" not in third.own


def test_a_measure_of_ones_own_is_named_by_its_file_in_the_command_that_adds_a_scan(tmp_path):
    """`--measure stop` is refused: no measure of the record has this id."""
    here, _ = _acts(tmp_path)
    assert "`entrepot divert FLOWS --measure FILE.toml` adds one" in _told(here, tmp_path / "store")["third"]
