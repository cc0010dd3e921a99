"""A dossier says by which lists and of which files it was made, and its page is signed: it can be held up later."""

from __future__ import annotations

import hashlib

import pytest

from entrepot.desk.desk import Desk

LINKS = """supplier,buyer,material,product,quantity,unit,date,document
Invented Gin Ltd,Model Spinner Ltd,cotton lint,yarn,10,t,2025-01-05,INV-1
Model Spinner Ltd,Example Shop Inc,yarn,,9,t,2025-02-05,INV-2
"""
DAY = "2025-12-01"


@pytest.fixture
def made(tmp_path):
    desk = Desk(tmp_path / "store")
    (tmp_path / "links.csv").write_text(LINKS, encoding="utf-8")
    desk.load_supply(tmp_path / "links.csv", form="links")
    return desk


def of(answer, part):
    return [r for r in answer.to_pylist() if r["part"] == part]


def test_it_names_lists_and_files_with_their_hashes_and_is_signed(made, tmp_path):
    pytest.importorskip("cryptography")
    page = tmp_path / "page.html"
    answer = made.dossier("INV-2", as_of=DAY, html=page)
    (given,) = of(answer, "input")
    assert hashlib.sha256((tmp_path / "links.csv").read_bytes()).hexdigest() in given["said"]
    lists = {r["number"]: r["said"] for r in of(answer, "lists")}
    assert set(lists) >= {"uflpa", "ofac-xinjiang", "cbp-wro"}
    assert all("names searched; sha256 " in said for said in lists.values())
    text = page.read_text(encoding="utf-8")
    assert all(said.rpartition(" ")[2] in text for said in (given["said"], *lists.values()))
    assert made.verify_clearance(page).holds
    page.write_text(text.replace("Model Spinner", "Other Spinner", 1), encoding="utf-8")
    assert not made.verify_clearance(page).holds


def test_a_list_that_is_loaded_later_stands_in_the_next_one(made, tmp_path):
    before = of(made.dossier("INV-2", as_of=DAY), "lists")
    (tmp_path / "listed.csv").write_text("name,entity_id\nSome Other Firm,1\n", encoding="utf-8")
    made.load_list(tmp_path / "listed.csv", "own-late", version="2020-01-01")
    after = of(made.dossier("INV-2", as_of=DAY), "lists")
    assert [r["number"] for r in after if r not in before] == ["own-late"]


def test_the_request_calls_the_presumption_rebuttable(made):
    for kind in ("applicability", "exception"):
        (row,) = [r for r in of(made.dossier("INV-2", as_of=DAY, kind=kind), "summary") if r["number"] == "request"]
        assert "rebuttable presumption" in row["said"]


def test_a_file_that_it_names_is_known_years_later_and_a_changed_one_is_not(made, tmp_path):
    pytest.importorskip("cryptography")
    page = tmp_path / "page.html"
    made.dossier("INV-2", as_of=DAY, html=page)
    public = tmp_path / "desk.pem"
    public.write_text(made.clearance_key().to_pylist()[0]["public_key"])
    elsewhere = Desk(tmp_path / "elsewhere")

    def said(file):
        found = elsewhere.verify_clearance(page, key=public, parties=file)
        return {r["part"]: r["state"] for r in found.to_pylist()}["input"], found.holds

    assert said(tmp_path / "links.csv") == ("holds", True)
    (tmp_path / "changed.csv").write_text(LINKS.replace("10,t", "11,t"), encoding="utf-8")
    assert said(tmp_path / "changed.csv") == ("cannot tell", False)
