"""Bounds that are not reached, as people read them: no sentence has a figure that no source prints."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.ownership.stake import read_stake, said

LISTED, OTHER = "Vardenko Holding LLC", "Sorbik Metallservis JSC"


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("more than 25% but not more than 50%", "more than 25 to 50 %"),
        ("<75", "0 to less than 75 %"),
        (">50", "more than 50 %"),
        (">33.3", "more than 33.3 %"),
        ("25-50", "25 to 50 %"),
        ("33.3333333333", "33.3333333333 %"),
        ("33.3333333-66.6666667", "33.3333333 to 66.6666667 %"),
        ("49.99", "49.99 %"),
        ("0.0000001", "0.0000001 %"),
        ("at least 25", "25 to 100 %"),
    ],
)
def test_a_stake_is_said_by_what_is_printed(share, words):
    assert said(read_stake(share)) == words


def own(folder, rule, *shares):
    (folder / "blocked.csv").write_text(f"name\n{LISTED}\n{OTHER}\n", encoding="utf-8")
    rows = [f"{owner},Alphatro Ltd,{share}" for owner, share in zip((LISTED, OTHER), shares, strict=False)]
    (folder / "owners.csv").write_text("\n".join(["owner,owned,share", *rows, ""]), encoding="utf-8")
    desk = Desk(folder / "store")
    desk.load_list(folder / "blocked.csv", "own-blocked", version="2022-01-01")
    desk.load_ownership(folder / "owners.csv")
    (row,) = desk.own("Alphatro Ltd", rule=rule, lists=["own-blocked"], as_of="2024-11-25").to_pylist()
    return row


BAND = "more than 25% but not more than 50%"


@pytest.mark.parametrize(
    ("rule", "shares", "verdict", "words"),
    [
        ("ofac-50", (BAND, BAND), "blocked", "hold more than 50 % of it, which is 50 % or more"),
        ("ofac-50", (BAND,), "cannot_be_excluded", "hold more than 25 to 50 % of it"),
        ("ofac-50", ("<50",), "not_blocked", "hold less than 50 % of it by the owners on record"),
        ("uk-50", (BAND,), "not_blocked", "holds at most 50 % of it by the owners on record"),
        ("ofac-50", ("30", "25"), "blocked", "hold 55 % of it, which is 50 % or more"),
        ("ofac-50", (">=50",), "blocked", "hold at least 50 % of it"),
    ],
)
def test_a_verdict_is_said_by_what_is_printed(tmp_path, rule, shares, verdict, words):
    row = own(tmp_path, rule, *shares)
    assert row["verdict"] == verdict
    assert words in row["reason"]
    assert "00000" not in row["reason"]
    assert "99999" not in row["reason"]


def test_a_worst_case_at_a_bound_is_just_beside_it(tmp_path):
    row = own(tmp_path, "uk-50", "0-75")
    (worst,) = row["worst_case"]
    assert worst.endswith("just over 50 % (the record allows 0 to 75 %)")
