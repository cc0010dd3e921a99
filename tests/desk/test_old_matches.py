"""Matches that an earlier rule made are read, decided and screened again: nothing is lost, and what changed is said."""

from __future__ import annotations

import csv
import tarfile
from pathlib import Path

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk

STORES = Path(__file__).parents[1] / "core" / "stores"
DAYS = {"rule-2": "2026-08-10", "before-0012": "2024-11-25"}
AGAIN = {"workers": 1, "lists": ["own-blocked", "uflpa"], "as_of": DAYS["rule-2"]}
# As scripts/store_fixture.py decided them by the second rule.
DECIDED = {
    "Otarbay Serik": "false",
    "盛隆纺织有限公司": "false",
    "Gulmira Trading LLC": "true",
    "Tarik Belmondi": "unsure",
}


def unpacked(name, folder):
    with tarfile.open(STORES / f"{name}.tar.gz") as packed:
        packed.extractall(folder, filter="data")
    return Desk(folder / "store")


@pytest.fixture
def desk(tmp_path):
    return unpacked("rule-2", tmp_path)


def rows(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def states(answer):
    return {r["party"]: r["state"] for r in answer.to_pylist() if r["party"] in DECIDED}


def test_each_match_is_opened_and_is_what_its_id_says(desk, tmp_path):
    held = rows(tmp_path / "hits.csv")
    assert {r["rule"].rpartition("-")[0] for r in held if r["rule"]} == {"rule-2"}
    for row in held:
        (told,) = desk.explain(row["match_id"])
        assert any("nothing in it was changed" in check for check in told.checks), row["party"]


def test_what_was_decided_stands_as_it_was_decided(desk, tmp_path):
    assert all(row["state"] == "holds" for row in desk.ledger_verify().to_pylist())
    assert states(desk.review(tmp_path / "hits.csv", with_quiet=True)) == DECIDED


def test_a_screening_by_the_rule_of_today_forgets_no_decision(desk, tmp_path):
    desk.screen(tmp_path / "suppliers.csv", out=tmp_path / "now.csv", **AGAIN)
    found = {r["party"]: r for r in desk.review(tmp_path / "now.csv", with_quiet=True).to_pylist()}
    assert {p: found[p]["state"] for p in DECIDED} == {
        p: "returned" if v == "false" else v for p, v in DECIDED.items()
    }  # the column of their own numbers is known today, which the second rule's release did not read
    assert all("key was empty" in " ".join(found[p]["changed"]) for p in DECIDED)


@pytest.mark.parametrize("name", list(DAYS))
def test_another_rule_is_refused_with_what_to_do(name, tmp_path):
    desk = unpacked(name, tmp_path)
    with pytest.raises(BadInputError, match="--all"):
        desk.rescreen(tmp_path / "hits.csv", parties=tmp_path / "suppliers.csv", as_of=DAYS[name])


@pytest.mark.parametrize(("name", "further"), [("rule-2", 0), ("before-0012", 1)])
def test_rescreened_whole_the_difference_is_that_of_two_screenings(name, further, tmp_path):
    desk = unpacked(name, tmp_path)
    then = {key(r, further): r for r in rows(tmp_path / "hits.csv") if r["kind"] == "listing"}
    lists = sorted({r["list_id"] for r in then.values()})
    given = {"lists": lists, "as_of": DAYS[name]}
    now = desk.screen(tmp_path / "suppliers.csv", workers=1, **given).to_pylist()
    now = {key(r): r for r in now if r["kind"] == "listing"}
    told = desk.rescreen(tmp_path / "hits.csv", parties=tmp_path / "suppliers.csv", whole=True, **given)
    changes = {key(r): r for r in told.to_pylist()}
    by = {c: {k for k, r in changes.items() if r["change"] == c} for c in ("new", "vanished", "changed")}
    assert (by["new"], by["vanished"]) == (now.keys() - then.keys(), then.keys() - now.keys())
    alike = now.keys() & then.keys()
    assert {k for k in alike if abs(now[k]["score"] - float(then[k]["score"])) > 1e-9} <= by["changed"] <= alike
    assert all(r["details"] for r in changes.values())
    assert any("numbers 1 higher" in note for note in told.notes) == bool(further)


def key(row, further=0):
    return int(row["row"]) + further, row["list_id"], row["entity_id"]
