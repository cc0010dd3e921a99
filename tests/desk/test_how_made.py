"""A page that is kept says of which day it is, which program wrote it, and which bytes it was made from."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape

import pyarrow.parquet as pq

from entrepot import __version__
from entrepot.desk.check import check
from entrepot.desk.divert import divert
from entrepot.desk.how_made import how_made
from entrepot.desk.simulate import simulate
from entrepot.trade.panels import panel_flows

SCENARIO = """
title = "A tariff"
says = "One tariff."
from = 2027-01-01

[[act]]
id = "tariff"
by = ["EU"]
on = ["CHN"]
sectors = ["electronics"]
instrument = "tariff"
percent = 25
"""


def _read(page):
    return unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")))


def _today():
    return datetime.now(UTC).date().isoformat()


def test_a_scan_names_its_file_by_its_bytes(tmp_path):
    flows, page = tmp_path / "own flows.parquet", tmp_path / "page.html"
    pq.write_table(panel_flows("eu27-exports"), flows)
    (tmp_path / "uflpa").mkdir()  # a folder called as a measure is no file that was read
    divert(flows, measure="eu-russia-833", html=page, store=tmp_path / "store")
    said = _read(page)
    assert f"{_today()}, by Entrepot {__version__}" in said
    assert sha256(flows.read_bytes()).hexdigest() in said
    assert "2022 – 2023" in said  # the panel ends in 2023; the measure is of February 2022


def test_a_simulation_names_its_scenario_its_draws_and_their_seed(tmp_path):
    scenario, page = tmp_path / "own.toml", tmp_path / "page.html"
    scenario.write_text(SCENARIO, encoding="utf-8")
    simulate(scenario, presets=["uflpa"], draws=2, seed=7, workers=1, html=page, store=tmp_path / "store")
    said = _read(page)
    assert f"{_today()}, by Entrepot {__version__}" in said
    assert "2 of seed 7" in said
    assert sha256(scenario.read_bytes()).hexdigest() in said


def test_a_checked_report_says_of_which_day_the_record_is(tmp_path):
    report, page = tmp_path / "report.txt", tmp_path / "page.html"
    report.write_text("The UFLPA Entity List had 107 entities on 25 November 2024.", encoding="utf-8")
    check(report, published="2024-12-05", html=page, store=tmp_path / "store")
    assert f"Held against the record as it stood on {_today()}." in _read(page)


def test_what_is_no_file_is_not_named_as_one(tmp_path):
    (tmp_path / "parts").mkdir()
    _, facts = how_made([None, object(), tmp_path / "parts", tmp_path / "gone.csv"])
    assert [label for label, _ in facts.rows] == ["Written", "File"]
    assert facts.rows[1][1] == "parts"
