"""Owners are held against the lists as a screening holds parties: tied where only the writing differs, else near."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.ownership.near_owners import is_as_written

LISTED = """name,entity_id,kind,weak_aliases
"SOKOLOV, Pavel Andreevich",s,person,
Verkhny Turbomash PAO,v,company,Vertur
"""
OWNERS = """owner,owned,share
Dr. Pavel Andreevich Sokolov,Titled Mill,60
Sokolov Pavel Andreevich,Turned Mill,60
P.A.O. Verkhny Turbomash,Moved Mill,60
Verkhny Turbomash LLC,Formed Mill,60
Pavel Andreyevich Sokolov,Short Mill,60
Pavel Andreyevich Sokolov,Small Mill,10
Short Mill,Below Short,100
Vertur,Weak Mill,60
Pavla Sokolnikova,Other Mill,60
Turbo Verkhne Holding,Another Mill,60
"""
ASKED = {"lists": ["own-w"], "as_of": "2026-01-01"}


@pytest.fixture
def desk(tmp_path):
    made = Desk(tmp_path / "store")
    (tmp_path / "listed.csv").write_text(LISTED, encoding="utf-8")
    (tmp_path / "owners.csv").write_text(OWNERS, encoding="utf-8")
    made.load_list(tmp_path / "listed.csv", "own-w", version="2020-01-01")
    made.load_ownership(tmp_path / "owners.csv")
    return made


def verdicts(desk):
    return {r["party"]: r["verdict"] for r in desk.own(everyone=True, **ASKED).to_pylist()}


def test_what_differs_in_writing_alone_is_tied_and_what_is_near_is_to_confirm(desk):
    assert verdicts(desk) == {
        "Titled Mill": "blocked",
        "Turned Mill": "blocked",
        "Moved Mill": "blocked",
        "Formed Mill": "to_confirm",
        "Short Mill": "to_confirm",
        "Below Short": "to_confirm",
        "Weak Mill": "to_confirm",
        "Small Mill": "not_blocked",  # 10 %, whoever that is
    }


def test_no_verdict_says_that_there_is_no_listed_owner_where_a_name_is_near(desk):
    for party in ("Short Mill", "Small Mill", "Below Short"):
        (row,) = desk.own(party, **ASKED).to_pylist()
        assert "No listed or blocked owner" not in row["reason"]
        assert "1 owner or party has a name near a listed one" in row["reason"]
        (told,) = row["to_confirm"]
        assert told.startswith("Pavel Andreyevich Sokolov: near SOKOLOV, Pavel Andreevich")
        assert all(part in told for part in ("own-w-s", "score 0.9", "case-"))
    (row,) = desk.own("Other Mill", **ASKED).to_pylist()
    assert (row["verdict"], row["to_confirm"]) == ("not_blocked", None)
    assert "No listed or blocked owner of it is on record" in row["reason"]


def test_a_party_alone_gets_the_row_that_it_has_among_all(desk):
    every = {r["party"]: r for r in desk.own(everyone=True, **ASKED).to_pylist()}
    for party in ("Below Short", "Small Mill", "Titled Mill"):
        assert desk.own(party, **ASKED).to_pylist() == [every[party]]


@pytest.mark.parametrize(
    ("verdict", "found"), [("true", "blocked"), ("false", "not_blocked"), ("unsure", "to_confirm")]
)
def test_what_was_decided_on_a_screening_of_the_owners_counts(desk, tmp_path, verdict, found):
    names, out = tmp_path / "names.csv", tmp_path / "out.csv"
    names.write_text("supplier\nPavel Andreyevich Sokolov\n", encoding="utf-8")
    desk.screen(names, out=out, workers=1, **ASKED)
    (case,) = {r["case_id"] for r in desk.review(out).to_pylist()}
    (row,) = desk.own("Short Mill", **ASKED).to_pylist()
    assert case in row["to_confirm"][0]
    desk.review(out, decide=[f"{case}={verdict}"], by="A. Person", why="by the date of birth")
    (row,) = desk.own("Below Short", **ASKED).to_pylist()
    assert row["verdict"] == found
    if verdict == "true":
        assert row["listings"] == ["SOKOLOV, Pavel Andreevich (own-w-s, own-w), as decided on its case"]


def test_a_screening_with_ownership_meets_what_is_to_confirm(tmp_path):
    (tmp_path / "vendors.csv").write_text("supplier\nBelow Short\nSmall Mill\nOther Mill\n", encoding="utf-8")
    rules = {"with_ownership": True, "ownership_rules": ["ofac-50"], "workers": 1, "as_of": "2026-01-01"}
    (tmp_path / "real.csv").write_text(
        "owner,owned,share\nXinjiang Production and Construction Group,Below Short,60\n", encoding="utf-8"
    )
    asked = Desk(tmp_path / "other")
    asked.load_ownership(tmp_path / "real.csv")
    found = asked.screen(tmp_path / "vendors.csv", lists=["ofac-xinjiang"], **rules).to_pylist()
    assert [(r["party"], r["kind"], r["strength"]) for r in found] == [("Below Short", "owned", "possible")]
    near = "An owner has a name near a listed one (Xinjiang Production and Construction Group: near "
    assert found[0]["reasons"][0].startswith(near)


@pytest.mark.parametrize(
    ("owner", "listed", "kind", "same"),
    [
        ("Mrs Anna Maria Berg", "BERG, Anna Maria", "person", True),
        ("Anna Berg", "BERG, Anna Maria", "person", False),
        ("Anna Maria Bergh", "BERG, Anna Maria", "person", False),
        ("Berg", "BERG", "person", False),  # one word has no order, and is too many persons'
        ("Li Na", "Na Li", "person", False),  # four letters
        ("JSC Berg Stal", "Berg Stal J.S.C.", "company", True),
        ("Berg Stal OOO", "Berg Stal OAO", "company", False),
        ("Stal Berg JSC", "Berg Stal JSC", "company", False),  # of a firm the order of words says something
        ("Berg Stal", "Berg Stal JSC", "company", False),
    ],
)
def test_what_is_the_writing_alone(owner, listed, kind, same):
    assert is_as_written(owner, listed, kind) is same


def test_a_part_of_a_listed_party_by_its_name_is_to_confirm(tmp_path):
    made = Desk(tmp_path / "store")
    (tmp_path / "owners.csv").write_text(
        "owner,owned,share\nEighth Division of XPCC,Division Mill,80\n"
        "新疆生产建设兵团国有资产监督管理委员会,Upper Mill,100\n"
        "Upper Mill,Lower Mill,51\n"
        "Eighth Division Brewery Choir,Choir Mill,80\n"
        "Eighth Division of XPCC,Small Mill,10\n",
        encoding="utf-8",
    )
    made.load_ownership(tmp_path / "owners.csv")
    rows = {r["party"]: r for r in made.own(everyone=True, as_of="2026-06-01").to_pylist()}
    assert {p: r["verdict"] for p, r in rows.items() if r["verdict"] == "to_confirm"} == dict.fromkeys(
        ("Division Mill", "Upper Mill", "Lower Mill"), "to_confirm"
    )
    (told,) = rows["Division Mill"]["to_confirm"]
    assert "names a part of XINJIANG PRODUCTION AND CONSTRUCTION CORPS (ofac-29299" in told
    assert "case-" in told
    assert rows["Small Mill"]["verdict"] == "not_blocked"
    assert "Choir Mill" not in rows or rows["Choir Mill"]["verdict"] == "not_blocked"
