"""What an auditor is given of a case: its decisions under every id that it had, and those of nobody else."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk

HEAD = "entity_id,name,kind,aliases\n"
FIRST = "f1,Zyxwvut Brask Ltd,company,\nf2,Quellmar Works GmbH,company,\n"
RENAMED = "f1,Vestbrask Ltd,company,Zyxwvut Brask Ltd\nf2,Quellmar Works GmbH,company,\n"
VENDORS = "Vendor,Vendor Name,Country\nV1,Zyxwvut Brask Ltd,GB\nV2,Quellmar Works GmbH,DE\nV3,Zyxwvut Brask Ltd,AU\n"


@pytest.fixture
def week(tmp_path):
    """A desk, and what screens a file of vendors against a list of a day; the case of each vendor by its number."""
    desk = Desk(store=tmp_path / "store")

    def screen(listed, day, vendors=VENDORS):
        (tmp_path / "listed.csv").write_text(HEAD + listed, encoding="utf-8")
        (tmp_path / "vendors.csv").write_text(vendors, encoding="utf-8")
        desk.load_list(tmp_path / "listed.csv", "own-one", version=day)
        hits = tmp_path / f"hits-{day}.csv"
        desk.screen(tmp_path / "vendors.csv", lists=["own-one"], as_of=day, workers=1, out=hits)
        return hits, {r["party_key"]: r["case_id"] for r in desk.review(hits, with_quiet=True).to_pylist()}

    return desk, screen


def decided(desk, hits, case, by):
    desk.review(hits, decide=[f"{case}=false"], by=by, why="a namesake")


def whose(desk, case):
    return [(r["case_id"], r["by"]) for r in desk.ledger_case(case).to_pylist()]


def test_a_case_whose_entry_was_renamed_has_its_decisions_of_before(week):
    desk, screen = week
    hits, cases = screen(FIRST, "2026-01-05")
    for key, by in (("V1", "Ann Bee"), ("V2", "Cy Dee"), ("V3", "Ed Fu")):
        decided(desk, hits, cases[key], by)
    hits, now = screen(RENAMED, "2026-02-05")
    assert now["V1"] != cases["V1"]
    assert whose(desk, now["V1"]) == [(cases["V1"], "Ann Bee")]
    decided(desk, hits, now["V1"], "Gi Ho")
    assert whose(desk, now["V1"]) == [(cases["V1"], "Ann Bee"), (now["V1"], "Gi Ho")]
    told = desk.ledger_case(now["V1"])
    assert told.notes == (f"The same party and listed entity stood under another id too: {cases['V1']}.",)
    assert told.record["other_ids"] == [cases["V1"]]
    assert whose(desk, now["V2"]) == [(cases["V2"], "Cy Dee")]
    assert desk.ledger_case(now["V2"]).notes == ()


def test_a_vendor_with_another_number_or_name_has_them_and_a_namesake_elsewhere_keeps_its_own(week):
    desk, screen = week
    hits, cases = screen(FIRST, "2026-01-05")
    for key, by in (("V1", "Ann Bee"), ("V2", "Cy Dee"), ("V3", "Ed Fu")):
        decided(desk, hits, cases[key], by)
    moved = VENDORS.replace("V1,", "77,").replace("Quellmar Works GmbH,DE", "Quellmar Works,DE")
    hits, now = screen(FIRST.replace("company,\nf2", "company,Brask\nf2"), "2026-02-05", moved)
    assert whose(desk, now["77"]) == [(cases["V1"], "Ann Bee")]
    assert whose(desk, now["V2"]) == [(cases["V2"], "Cy Dee")]
    assert whose(desk, now["V3"]) == [(cases["V3"], "Ed Fu")]
    decided(desk, hits, now["77"], "Gi Ho")
    assert whose(desk, now["77"]) == [(cases["V1"], "Ann Bee"), (now["77"], "Gi Ho")]
