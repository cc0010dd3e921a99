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
    assert third.own.startswith("Scans of your own flows, none of Entrepot's record: HS 520100, Malaysia: possible hub")
    assert "500 k USD to 6 m USD" in third.own
    (direct,) = [t for t in made.report.answer.tests if t.id == "direct"]
    assert "(flows.csv): HS 520100, China to US: 20 m USD less than expected" in direct.own
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


def test_runs_of_one_scan_are_one_rise_and_are_told_apart():
    from entrepot.brief.answer.own_scans import _said

    said = _said([ROW, ROW | {"unit": "kg"}, ROW | {"until": "2023-Q4"}, ROW | {"hub": "LAO"}])
    assert said.count("Malaysia: possible hub") == 1
    assert "in 3 scans (in USD, kg; " in said
    assert "Q4 2023" in said
    assert said.count("scans (") == 1  # that by way of Laos is one
    assert "others" not in said


def test_what_is_said_of_ones_own_rows_is_not_hidden_with_a_currency(uflpa):
    # The switch of currencies hides what has the class `own`; until November 2026 the line on own rows had it too.
    template = files("entrepot.brief").joinpath("templates", "report.html.j2").read_text(encoding="utf-8")
    (hidden,) = re.findall(r"not\(:has\(#as-printed:checked\)\) \.(\w+) { display: none", uflpa.html)
    assert not re.findall(rf'<[a-z]+ class="{hidden}"', template)
