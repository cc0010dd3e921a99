"""A vendor decided to be the listed party, that has another name next month under its old number, is told."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk

HEAD = "entity_id,name,kind\n"
LISTED = "f1,Zyxwvut Brask Ltd,company\nf2,Quellmar Works GmbH,company\n"
VENDORS = (
    "Vendor,Vendor Name,Parent Company,Country\n0017,Zyxwvut Brask Ltd,,GB\nV2,Quellmar Works GmbH,,DE\n"
    "V3,Plain Orchard Inc,Zyxwvut Brask Ltd,US\n"
)


@pytest.fixture
def week(tmp_path):
    desk = Desk(store=tmp_path / "store")
    (tmp_path / "listed.csv").write_text(HEAD + LISTED, encoding="utf-8")
    desk.load_list(tmp_path / "listed.csv", "own-one", version="2026-01-01")

    def screen(day, vendors=VENDORS):
        (tmp_path / f"vendors-{day}.csv").write_text(vendors, encoding="utf-8")
        hits = tmp_path / f"hits-{day}.csv"
        found = desk.screen(tmp_path / f"vendors-{day}.csv", lists=["own-one"], as_of=day, workers=1, out=hits)
        return hits, [n for n in found.notes if "another name" in n]

    return desk, screen, tmp_path


def cases(desk, hits):
    return {(r["party_key"], r["party"]): r["case_id"] for r in desk.review(hits, with_quiet=True).to_pylist()}


def decide(desk, hits, key, name, verdict):
    case = cases(desk, hits)[key, name]
    desk.review(hits, decide=[f"{case}={verdict}"], by="Ann Bee", why="asked them")
    return case


@pytest.mark.parametrize("verdict", ["true", "unsure"])
def test_a_renamed_vendor_is_told_with_both_names_and_the_case(week, verdict):
    desk, screen, _ = week
    hits, said = screen("2026-02-01")
    assert said == []
    case = decide(desk, hits, "0017", "Zyxwvut Brask Ltd", verdict)
    # A spreadsheet has taken the zeros from the number, as it does.
    _, said = screen("2026-03-01", VENDORS.replace("0017,Zyxwvut Brask Ltd", "17,Golden Field Agri Ltd"))
    assert len(said) == 1
    assert all(t in said[0] for t in ("row 2", "17", "Golden Field Agri Ltd", "Zyxwvut Brask Ltd", case, verdict))


def test_nobody_is_told_who_was_cleared_or_keeps_the_name_or_still_meets_the_entry_or_is_gone(week):
    desk, screen, _ = week
    hits, _ = screen("2026-02-01")
    decide(desk, hits, "0017", "Zyxwvut Brask Ltd", "false")
    decide(desk, hits, "V2", "Quellmar Works GmbH", "true")
    cleared = VENDORS.replace("0017,Zyxwvut Brask Ltd", "0017,Golden Field Agri Ltd")
    assert screen("2026-03-01", cleared)[1] == []
    assert screen("2026-03-02", VENDORS.replace("Quellmar Works GmbH", "QUELLMAR WORKS"))[1] == []
    assert screen("2026-03-03", VENDORS.replace("V2,Quellmar Works GmbH,,DE\n", ""))[1] == []


def test_another_party_of_the_row_is_no_new_name_and_a_withdrawn_decision_says_nothing(week):
    desk, screen, _ = week
    hits, _ = screen("2026-02-01")
    case = decide(desk, hits, "V3", "Zyxwvut Brask Ltd", "true")  # the parent; the vendor bears the same number
    assert screen("2026-03-01")[1] == []
    renamed = VENDORS.replace("Plain Orchard Inc,Zyxwvut Brask Ltd", "Plain Orchard Inc,Harmless Owners Plc")
    assert len(screen("2026-03-02", renamed)[1]) == 1
    desk.review(hits, withdraw=[case], by="Ann Bee", why="a mistake")
    assert screen("2026-03-03", renamed)[1] == []


def test_rescreen_and_its_record_tell_the_new_name(week):
    desk, screen, folder = week
    hits, _ = screen("2026-02-01")
    decide(desk, hits, "0017", "Zyxwvut Brask Ltd", "true")
    (folder / "now.csv").write_text(VENDORS.replace("Zyxwvut Brask Ltd,,", "Golden Field Agri Ltd,,"), "utf-8")
    found = desk.rescreen(hits, parties=folder / "now.csv", as_of="2026-03-01", record=folder / "record.html")
    gone = [r["details"] for r in found.to_pylist() if r["change"] == "vanished"]
    assert gone == [["The party of this number is called Golden Field Agri Ltd now."]]
    assert any("another name" in note for note in found.notes)
    assert "another name" in (folder / "record.html").read_text("utf-8")
