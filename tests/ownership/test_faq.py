"""OFAC's own examples, FAQ 398 to 402, from the file of a person to the verdict."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from entrepot.desk.desk import Desk

EXAMPLES = tomllib.loads((Path(__file__).parent / "faq.toml").read_text(encoding="utf-8"))["example"]


def desk_of(folder, example):
    """A desk with a list of X and Y, and the example's links."""
    desk = Desk(folder / "store")
    listed = folder / "listed.csv"
    listed.write_text("name,entity_id\nXxxxx Holding,x\nYyyyy Holding,y\n", encoding="utf-8")
    desk.load_list(listed, "own-blocked", version="2020-01-01")
    names = {"X": "Xxxxx Holding", "Y": "Yyyyy Holding"}
    with (folder / "links.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["owner", "owned", "interest", "share", "from", "to"])
        for owner, owned, interest, share, *days in example["links"]:
            rows.writerow(
                [names.get(owner, f"Entity {owner}"), f"Entity {owned}", interest, share, *(days or ["", ""])]
            )
    desk.load_ownership(folder / "links.csv")
    return desk


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{e['faq']} {e['name']}" for e in EXAMPLES])
def test_an_example_of_ofac(tmp_path, example):
    desk = desk_of(tmp_path, example)
    found = {}
    for party in (*example["blocked"], *example["not_blocked"]):
        answer = desk.own(f"Entity {party}", lists=["own-blocked"], as_of=example.get("on", "2026-01-01"))
        found[party] = answer.to_pylist()[0]["verdict"]
    assert found == dict.fromkeys(example["blocked"], "blocked") | dict.fromkeys(example["not_blocked"], "not_blocked")


def test_every_number_is_there_and_says_how_well_it_was_read():
    assert {e["faq"] for e in EXAMPLES} == {398, 399, 400, 401, 402}
    assert {e["read"] for e in EXAMPLES} <= {"official", "quoted", "account", "not verified"}
    assert all(e["url"] and e["day"] for e in EXAMPLES if e["read"] != "not verified")
    official = {e["faq"] for e in EXAMPLES if e["read"] in {"official", "quoted"}}
    assert official == {398, 399, 400, 401, 402}, "of each number OFAC's own words were read at least once"
    assert [e["name"][:9] for e in EXAMPLES if e["read"] == "not verified"] == ["example 6"]


def test_persons_of_two_lists_are_added_and_their_programmes_named(tmp_path):
    """A designation of the record (GLOMAG) and a party of a list of one's own."""
    desk = Desk(tmp_path / "store")
    listed, links = tmp_path / "listed.csv", tmp_path / "links.csv"
    listed.write_text("name,programme\nYyyyy Holding,SDGT\n", encoding="utf-8")
    desk.load_list(listed, "own-blocked", version="2020-01-01")
    rows = ("Corps,ofac-29299,Tarim Akdala,30", "YYYYY Holding,,Tarim Akdala,20")
    links.write_text("\n".join(["owner,owner_id,owned,share", *rows]), encoding="utf-8")
    desk.load_ownership(links)
    lists = ["ofac-xinjiang", "own-blocked"]
    (row,) = desk.own("Tarim Akdala", as_of="2024-01-01", lists=lists).to_pylist()
    assert (row["verdict"], row["low_percent"], row["programmes"]) == ("blocked", 50.0, ["GLOMAG", "SDGT"])
    assert any("by name alone" in said for said in row["listings"])
    before = desk.own(everyone=True, as_of="2020-07-30", lists=lists)  # the Corps was listed on 2020-07-31
    assert [r["verdict"] for r in before.to_pylist()] == ["not_blocked"]
