"""A screening meets parties that nobody lists and that fall under a listing of their owners, as a kind of their own."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions

CONSTRUCTED = Path(__file__).parents[1] / "lists" / "constructed"
LINKS = """owner,owner_id,owned,owned_id,share
Corps,ofac-29299,Half Mill,,{half}
Corps,ofac-29299,Wide Mill,,25-60
Wide Mill,,Below Wide,,100
Corps,ofac-29299,Less Mill,,49
Corps,ofac-29299,Numbered Mill,LEI:5493001KJTIIGC8Y1R12,100
"""
VENDORS = "supplier,lei\nHalf Mill,\nBelow Wide,\nLess Mill,\nCorps,\nAnother Name,5493001KJTIIGC8Y1R12\n"
ASKED = {"as_of": "2024-01-01", "workers": 1, "lists": ["ofac-xinjiang"]}


def load(desk, folder, half="50"):
    """Load the links, in place of those that are held."""
    for row in desk.ownership_files().to_pylist():
        desk.remove_ownership(row["file_id"])
    path = folder / "owners.csv"
    path.write_text(LINKS.format(half=half), encoding="utf-8")
    desk.load_ownership(path)


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "store")
    load(made, tmp_path)
    (tmp_path / "vendors.csv").write_text(VENDORS, encoding="utf-8")
    return made


@pytest.fixture
def screened(desk, tmp_path):
    """Screen the vendors with ownership."""

    def run(**more):
        return desk.screen(tmp_path / "vendors.csv", **{"with_ownership": True, **ASKED, **more})

    return run


def test_a_rule_named_twice_by_short_and_whole_name_is_one(screened):
    assert screened(ownership_rules=["ofac", "ofac-50"]).to_pylist() == screened().to_pylist()


def test_it_is_no_listing_and_says_by_which_owners_and_how_sure(desk, screened):
    found = {r["party"]: r for r in screened().to_pylist()}
    assert {p: (r["kind"], r["list_id"], r["strength"]) for p, r in found.items()} == {
        "Half Mill": ("owned", "owned-ofac-50", "certain"),
        "Below Wide": ("owned", "owned-ofac-50", "possible"),
        "Another Name": ("owned", "owned-ofac-50", "certain"),  # by its LEI
    }
    assert found["Half Mill"]["reasons"][0].startswith("Owned by a listed party: Corps -> (50 %) Half Mill.")
    assert (
        found["Below Wide"]["section"]
        == "that it is blocked by ownership cannot be excluded, 0 to 100 % with listed owners"
    )
    assert screened(with_ownership=False).num_rows == 0


def test_explain_of_the_match_opens_the_verdict_with_its_links_and_rule(desk, screened):
    (row,) = [r for r in screened().to_pylist() if r["party"] == "Half Mill"]
    (opened_match,) = desk.explain(row["match_id"])
    links = [r for table, r in opened_match.rows if table == "verdict_links"]
    assert [(r["owner"], r["owned"], r["low_percent"]) for r in links] == [("Corps", "Half Mill", 50)]
    assert any("never multiplied" in line for line in opened_match.told)
    assert any("gives the same score" in c or "same" in c for c in opened_match.checks)
    (case,) = desk.explain(row["case_id"])
    assert f"  {row['entity_id']}" in case.told
    (verdict,) = desk.explain(row["entity_id"])
    assert verdict.says["chains"] == ["Corps -> (50 %) Half Mill"]


def test_the_rules_are_those_of_the_lists_that_are_screened_unless_they_are_named(desk, screened):
    assert any(n.startswith("Ownership is judged by ofac-50, by the lists that are screened") for n in screened().notes)
    with pytest.raises(BadInputError, match="belongs to a rule of ownership") as told:
        screened(lists=["uflpa"])
    assert "--rule RULE" in str(told.value)
    named = screened(lists=["uflpa"], ownership_rules=["ofac-50"], with_ownership=False)
    assert {r["party"] for r in named.to_pylist()} == {"Half Mill", "Below Wide", "Another Name"}
    with pytest.raises(BadInputError, match="no list of eu-50 is held"):
        screened(ownership_rules=["eu-50"])


@pytest.mark.parametrize(
    ("day", "met", "said"),
    [
        ("2025-10-10", {"certain"}, "holds 1 parties by their owners on record: 1 certain"),
        ("2026-02-01", set(), "bis-affiliates does not apply on 2026-02-01: it adds nobody. If it did: 1 parties."),
        ("2026-11-20", {"possible"}, "Whether bis-affiliates applies on 2026-11-20 is not on record"),
    ],
)
def test_the_affiliates_rule_is_used_as_it_stood_that_day(tmp_path, day, met, said):
    desk = Desk(tmp_path / "store")
    desk.load_list(CONSTRUCTED / "title-15-part-744.xml", "bis-entity-list", version="2025-09-01")
    links = "owner,owned,share\nQum Institute,Aktau Optics LLP,75\n"
    (tmp_path / "owners.csv").write_text(links, encoding="utf-8")
    desk.load_ownership(tmp_path / "owners.csv")
    parties = pa.table({"supplier": ["Aktau Optics LLP"]})
    found = desk.screen(parties, lists=["bis-entity-list"], as_of=day, with_ownership=True, workers=1)
    assert {r["strength"] for r in found.to_pylist()} == met
    assert any(said in n for n in found.notes)
    if met == {"possible"}:
        (row,) = found.to_pylist()
        assert (
            row["section"] == "caught by ownership if the rule applies, which is not on record, 75 % with listed owners"
        )
        assert "If it does not: " in row["reasons"][0]


def test_a_vendor_that_is_listed_and_owned_is_one_case(desk, screened, tmp_path):
    (tmp_path / "own.csv").write_text("name\nHalf Mill\n", encoding="utf-8")
    desk.load_list(tmp_path / "own.csv", "own-mills", version="2023-01-01")
    cases = screened(lists=["own-mills", "ofac-xinjiang"]).cases.to_pylist()
    (case,) = [c for c in cases if c["party"] == "Half Mill"]
    assert (case["kind"], case["lists"]) == ("listing", ["own-mills", "owned-ofac-50"])
    assert [c["kind"] for c in cases] == ["listing", "owned", "owned"], "listings first"


def test_a_decided_case_is_quiet_next_month_and_returns_with_another_share(desk, screened, tmp_path):
    first = screened(out=tmp_path / "hits.csv")
    (case,) = [c["case_id"] for c in first.cases.to_pylist() if c["party"] == "Half Mill"]
    desk.review(tmp_path / "hits.csv", decide=[f"{case}=false"], by="Ann Bee", why="another mill")
    later = screened(as_of="2024-02-01")
    assert "Half Mill" not in {c["party"] for c in later.cases.to_pylist()}
    load(desk, tmp_path, half="70")
    (row,) = [c for c in screened(as_of="2024-02-01").cases.to_pylist() if c["case_id"] == case]
    assert row["state"] == "returned"
    assert row["changed"]


@pytest.mark.parametrize("name", ["hits.csv", "hits.xlsx"])
def test_rescreen_takes_them_and_tells_new_changed_and_vanished(desk, screened, tmp_path, name):
    screened(out=tmp_path / name)
    assert desk.rescreen(tmp_path / name, as_of="2024-02-01").num_rows == 0
    load(desk, tmp_path, half="70")
    (row,) = desk.rescreen(tmp_path / name, as_of="2024-02-01").to_pylist()
    assert (row["change"], row["party"]) == ("changed", "Half Mill")
    assert any(
        "blocked by ownership, 50 % with listed owners, is blocked by ownership, 70 %" in d for d in row["details"]
    )
    load(desk, tmp_path, half="40")
    (row,) = desk.rescreen(tmp_path / name, as_of="2024-02-01").to_pylist()
    assert (row["change"], row["party"], row["details"]) == (
        "vanished",
        "Half Mill",
        ["The shares of its owners, the listings of these or the rule's state changed."],
    )
    assert [r["change"] for r in desk.rescreen(tmp_path / name, as_of="2020-07-30").to_pylist()] == ["vanished"] * 3


def test_rescreen_finds_whom_owners_bring_in_now(desk, screened, tmp_path):
    load(desk, tmp_path, half="40")
    screened(out=tmp_path / "hits.csv")
    load(desk, tmp_path, half="50")
    found = desk.rescreen(tmp_path / "hits.csv", as_of="2024-02-01")
    assert [(r["change"], r["party"], r["score"]) for r in found.to_pylist()] == [("new", "Half Mill", 1.0)]
    assert desk.explain(found.to_pylist()[0]["match_id"])


def test_record_and_workbook_show_them(desk, screened, tmp_path):
    screened(record=tmp_path / "record.html", out=tmp_path / "hits.xlsx")
    page = (tmp_path / "record.html").read_text(encoding="utf-8")
    assert "3 with parties owned by listed ones" in page
    assert "owned, certain" in page
    assert "Corps -&gt; (50 %) Half Mill" in page
    assert "on no list; by owned-ofac-50: blocked by ownership, 50 % with listed owners" in page
    assert "--list ofac-xinjiang --with-ownership --rule ofac-50" in page
    cases = opened(tmp_path / "hits.xlsx", ReadingOptions(sheet="cases"))
    kinds = [dict(zip(cases.headings, row, strict=True))["Kind"] for row in cases.rows()]
    assert kinds == ["owned"] * 3


def test_it_can_be_written_as_yente_answers(desk, screened, tmp_path):
    screened(out=tmp_path / "answer.json", fmt="yente")
    told = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))["responses"]
    assert [r["datasets"] for p in told.values() for r in p["results"]] == [["owned-ofac-50"]] * 3


def test_ownership_does_not_go_with_a_table_of_ones_own(desk):
    parties, listed = pa.table({"supplier": ["Mill"]}), pa.table({"name": ["Mill"]})
    for more in ({"with_ownership": True}, {"ownership_rules": ["ofac-50"]}):
        with pytest.raises(BadInputError, match="ownership goes with the lists"):
            desk.screen(parties, listed, **more)


def test_without_a_file_of_owners_nothing_is_judged_and_no_party_vanishes(desk, screened, tmp_path):
    """The record's own links are no answer to who owns a vendor."""
    screened(out=tmp_path / "hits.csv")
    for row in desk.ownership_files().to_pylist():
        desk.remove_ownership(row["file_id"])
    asked = (screened, lambda: desk.rescreen(tmp_path / "hits.csv", as_of="2024-02-01"))
    for ask in asked:
        with pytest.raises(BadInputError, match="no file of ownership data is loaded") as told:
            ask()
        assert "entrepot own load FILE" in str(told.value)
    assert screened(with_ownership=False).num_rows == 0, "who does not ask for owners is not stopped"
    answer = desk.own(everyone=True, as_of="2024-01-01")
    assert any("No file of ownership data is loaded" in n for n in answer.notes)
    assert not any("none has a listed owner on record" in n for n in answer.notes)


CONTROLLED = """owner,owner_id,owned,share,interest
Corps,own-corps-1,Led Mill,,control
Corps,own-corps-1,Voted Mill,70,votes
Corps,own-corps-1,Held Mill,60,shares
Held Mill,,Below Mill,,control
Nobody Ltd,,Free Mill,,control
"""


@pytest.mark.parametrize(
    ("rule", "possible"),
    [
        ("eu-50", {"Led Mill", "Voted Mill", "Below Mill"}),  # votes are no share by it
        ("uk-50", {"Led Mill", "Below Mill"}),  # votes count: Voted Mill is certain
        ("ofac-50", set()),  # control alone does not block
    ],
)
def test_whom_a_listed_party_controls_is_told_by_every_rule_and_possible_where_it_is_a_criterion(
    tmp_path, rule, possible
):
    desk = Desk(tmp_path / "store")
    (tmp_path / "owners.csv").write_text(CONTROLLED, encoding="utf-8")
    (tmp_path / "listed.csv").write_text("name,entity_id\nCorps,1\n", encoding="utf-8")
    desk.load_ownership(tmp_path / "owners.csv")
    desk.load_list(tmp_path / "listed.csv", "own-corps", version="2020-01-01")
    day = {"as_of": "2025-01-01"}
    every = desk.own(everyone=True, rule=rule, lists=["own-corps"], **day).to_pylist()
    told = {r["party"]: bool(r["controlled_by"]) for r in every}
    assert (told["Led Mill"], told["Below Mill"], told["Held Mill"]) == (True, True, False)
    assert "Free Mill" not in told
    parties = pa.table({"supplier": ["Led Mill", "Voted Mill", "Held Mill", "Below Mill", "Free Mill"]})
    found = desk.screen(parties, lists=["own-corps"], ownership_rules=[rule], workers=1, **day)
    strength = {r["party"]: r["strength"] for r in found.to_pylist()}
    assert {p for p, s in strength.items() if s == "possible"} == possible
    assert strength["Held Mill"] == "certain"
    (said,) = [n for n in found.notes if "controlled by a listed or blocked one otherwise than by what" in n]
    assert "Led Mill" in said
    if possible:
        (led,) = [r for r in found.to_pylist() if r["party"] == "Led Mill"]
        assert led["reasons"][0].startswith("Controlled by a listed or blocked party: Corps: control.")
        assert led["section"] == "a listed or blocked party controls it, by which alone it may be frozen: not judged"


def test_where_only_lists_of_ones_own_are_screened_their_parties_are_the_listed_ones(desk, tmp_path):
    (tmp_path / "links.csv").write_text("owner,owned,share\nLathe Group,Lathe Works,80\n", encoding="utf-8")
    (tmp_path / "own.csv").write_text("name\nLathe Group\n", encoding="utf-8")
    desk.load_ownership(tmp_path / "links.csv")
    desk.load_list(tmp_path / "own.csv", "own-lathes", version="2023-01-01")
    parties = pa.table({"supplier": ["Lathe Works", "Half Mill"]})

    def met(lists, rule="ofac-50"):
        found = desk.screen(parties, lists=lists, ownership_rules=[rule], as_of="2024-01-01", workers=1)
        return {r["party"] for r in found.to_pylist()}, found.notes

    alone, notes = met(["own-lathes"])
    assert alone == {"Lathe Works"}
    assert any("Listed are the parties of own-lathes, instead of ofac-xinjiang, ofac-sdn" in n for n in notes)
    every = desk.own(everyone=True, lists=["own-lathes"], as_of="2024-01-01").to_pylist()
    assert {r["party"] for r in every} == alone, "it means what it means in own"
    assert met(["own-lathes"], "eu-50")[0] == {"Lathe Works"}, "though no list of the rule is held"
    beside, notes = met(["own-lathes", "ofac-xinjiang"])
    assert beside == {"Half Mill"}
    assert any("Listed are the parties of ofac-xinjiang:" in n for n in notes)
    with pytest.raises(BadInputError, match="no list of eu-50 is held") as told:
        met(["uflpa"], "eu-50")
    assert "--list own-NAME" in str(told.value)
    (tmp_path / "v.csv").write_text("supplier\nLathe Works\n", encoding="utf-8")
    asked = {"lists": ["own-lathes"], "ownership_rules": ["eu"], "as_of": "2024-01-01", "out": tmp_path / "h.csv"}
    assert desk.screen(tmp_path / "v.csv", **asked, workers=1).written == 1
    assert desk.rescreen(tmp_path / "h.csv", as_of="2024-02-01").num_rows == 0


def test_an_owner_that_is_listed_otherwise_now_is_told_by_rescreen_as_the_review_reopens_it(tmp_path):
    """The share stays and the owner's entry is renamed: the decided case comes back, so it cannot be "0 changed"."""
    desk = Desk(tmp_path / "store")
    head = "entity_id,name,kind,aliases\n"
    for day, rows in (
        ("2026-07-01", "1,Qum Holding,company,\n"),
        ("2026-07-20", "1,Vest Holding,company,Qum Holding\n"),
    ):
        (tmp_path / f"blocked-{day}.csv").write_text(head + rows, encoding="utf-8")
        desk.load_list(tmp_path / f"blocked-{day}.csv", "own-blocked")
    (tmp_path / "owners.csv").write_text("owner,owned,share\nQum Holding,Lindos Bunkering,60\n", encoding="utf-8")
    desk.load_ownership(tmp_path / "owners.csv")
    (tmp_path / "v.csv").write_text("supplier\nLindos Bunkering\nSilo Nova\n", encoding="utf-8")
    asked = {"with_ownership": True, "ownership_rules": ["ofac-50"], "lists": ["own-blocked"], "workers": 1}
    desk.screen(tmp_path / "v.csv", out=tmp_path / "h.csv", as_of="2026-07-02", **asked)
    assert desk.rescreen(tmp_path / "h.csv", as_of="2026-07-03").num_rows == 0
    (case,) = desk.review(tmp_path / "h.csv").to_pylist()
    desk.review(tmp_path / "h.csv", decide=[f"{case['case_id']}=false"], by="A. Person", why="licensed")
    (row,) = desk.rescreen(tmp_path / "h.csv", as_of="2026-07-21", matches=tmp_path / "n.csv").to_pylist()
    assert (row["change"], row["party"], row["kind"]) == ("changed", "Lindos Bunkering", "owned")
    now, gone = row["details"]
    assert now.startswith("Listed among its owners now: Vest Holding (")
    assert gone.startswith("Listed among its owners no longer: Qum Holding (")
    (back,) = desk.review(tmp_path / "n.csv").to_pylist()
    assert (back["state"], back["changed"]) == ("returned", row["details"])
