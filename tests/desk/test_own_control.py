"""Control at more than one remove, where control is a criterion of its own: what a controlled party holds in turn."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk

LINKS = """owner,owner_id,owned,interest,share
Corps,ofac-29299,Led,control,
Led,,Led Again,control,
Led,,Whole,shares,100
Whole,,Below,shares,60
Led,,Less,shares,40
Led,,Together,shares,30
Corps,ofac-29299,Together,shares,30
Led,,Few Votes,votes,10
Few Votes,,Behind Few,shares,100
Free,,Apart,control,
"""
ASKED = {"as_of": "2025-10-01", "lists": ["ofac-xinjiang"]}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    folder = tmp_path_factory.mktemp("control")
    (folder / "owners.csv").write_text(LINKS, encoding="utf-8")
    desk = Desk(folder / "store")
    desk.load_ownership(folder / "owners.csv")
    return desk


def open_(desk, rule):
    rows = desk.own(everyone=True, rule=rule, **ASKED).to_pylist()
    return {r["party"] for r in rows if (r["verdict"], r["basis"]) == ("cannot_be_excluded", "controlled")}


def test_what_a_controlled_party_controls_and_owns_cannot_be_excluded(desk):
    # By the EU's rule stakes are added: 30 % of Corps and 30 % of whom it controls are 60 %.
    assert open_(desk, "eu") == {"Led", "Led Again", "Whole", "Below", "Together"}
    # By the UK's they are not, and ten votes in a hundred are no majority.
    assert open_(desk, "uk") == {"Led", "Led Again", "Whole", "Below"}


def test_control_passes_nothing_on_where_it_is_no_criterion(desk):
    assert open_(desk, "ofac") == set()
    (row,) = desk.own("Below", **ASKED).to_pylist()
    assert (row["verdict"], row["basis"], row["controlled_by"]) == ("not_blocked", "none", None)


def test_the_way_is_told_with_its_listing_and_its_links(desk):
    (row,) = desk.own("Below", rule="eu", **ASKED).to_pylist()
    assert row["controlled_by"] == ["Corps -> (control) Led -> (shares 100) Whole -> (shares 60) Below"]
    assert "by way of others, over a tie of control" in row["reason"]
    assert "29299" in row["listings"][0]
    (opened,) = desk.explain(row["ownership_id"])
    links = [(x["owner"], x["owned"]) for name, x in opened.rows if name == "verdict_links"]
    assert sorted(links) == [("Corps", "Led"), ("Led", "Whole"), ("Whole", "Below")]


def test_a_screening_meets_it(tmp_path):
    desk = Desk(tmp_path / "store")
    (tmp_path / "owners.csv").write_text(LINKS.replace("ofac-29299", ""), encoding="utf-8")
    desk.load_ownership(tmp_path / "owners.csv")
    (tmp_path / "list.csv").write_text("name\nCorps\n", encoding="utf-8")
    desk.load_list(tmp_path / "list.csv", "own-blocked", version="2025-01-01")
    (tmp_path / "suppliers.csv").write_text("supplier\nBelow\nLess\n", encoding="utf-8")
    answer = desk.screen(
        tmp_path / "suppliers.csv", lists=["own-blocked"], ownership_rules=["eu-50"], as_of="2025-10-01"
    )
    owned = [(r["party"], r["strength"]) for r in answer.to_pylist() if r["kind"] == "owned"]
    assert owned == [("Below", "possible")]
