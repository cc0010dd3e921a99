"""Papers as they should not be: each is named with its row and what to do, the rest loads, and the counts add up."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.desk.desk import Desk
from entrepot.intake.reading_options import ReadingOptions
from entrepot.tracing.parties import kept_joins
from entrepot.tracing.supply import kept_supply
from entrepot.tracing.supply.read_supply import read_supply

LINKS = """\
supplier,buyer,material,product,quantity,unit,value,currency,share,date,document,lot
Gin A,Mill B,lint,yarn,100,kg,500,EUR,60,2025-01-10,INV-1,L1
Gin D,Mill B,lint,yarn,-5,kg,25,EUR,,2025-01-12,INV-3,
Gin D,Mill B,lint,yarn,0,kg,25,EUR,,2025-01-12,INV-4,
Gin D,Mill B,lint,yarn,10,kg,50,EUR,120,2025-01-12,INV-5,
Gin D,Mill B,lint,yarn,10,fardels,50,EUR,,2025-01-12,INV-6,
Gin D,Mill B,lint,yarn,10,kg,50,EUR,,2999-01-12,INV-7,
Mill B,Mill B,yarn,yarn,10,kg,50,EUR,,2025-01-12,INV-8,
Mill B,Weaver E,yarn,cloth,90,kg,900,EUR,,2025-01-15,INV-9,Y1
Mill B,Weaver F,yarn,cloth,20,kg,200,EUR,,2025-02-02,INV-9,Y2
"""
MADE = """\
maker,act,step,lot,material,quantity,unit,date,document
Mill B,used,S1,L1,lint,100,kg,2025-01-12,R1
Mill B,made,S1,Y1,yarn,95,kg,2025-01-20,R2
Mill B,made,S2,Y2,yarn,20,kg,2025-01-20,R3
"""


@pytest.fixture
def loaded(tmp_path):
    for name, text in (("links", LINKS), ("production", MADE)):
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    desk = Desk(tmp_path / "store")
    return desk, {k: desk.load_supply(tmp_path / f"{k}.csv", form=k) for k in ("links", "production")}


def test_every_row_that_cannot_be_is_named_with_its_remedy_and_the_rest_loads(loaded):
    desk, answers = loaded
    row = answers["links"].to_pylist()[0]
    refused = desk.refused_supply(row["file_id"]).to_pylist()
    assert {r["row"]: r["problem"].split(" is ")[0] for r in refused} == {
        3: "quantity", 4: "quantity", 5: "share", 7: "date", 8: "Mill B supplies itself with what it makes of it",
    }  # fmt: skip
    assert all(r["remedy"] for r in refused)
    assert row["read"] == row["taken"] + row["refused"] == len(list(csv.reader(LINKS.splitlines()))) - 1
    # A unit that converts to nothing is taken, and said with its first row.
    assert any("'fardels' converts to no other" in n and "row 6" in n for n in row["notes"])
    assert "what the refused rows say, signs aside: 200 EUR" in row["notes"]


@pytest.mark.parametrize(
    ("shares", "is_refused"),
    [
        (("0.3", "0.7"), True),
        (("0.3", "70%"), True),
        (("30", "70"), False),
        (("0.3%", "99.7%"), False),
        (("", ""), False),
    ],
)
def test_shares_that_may_be_fractions_of_one_are_no_percentages(tmp_path, shares, is_refused):
    file, desk = tmp_path / "shares.csv", Desk(tmp_path / "store")
    rows = "".join(f"{who},Mill M,cotton,yarn,{s}\n" for who, s in zip(("Gin A", "Gin B"), shares, strict=True))
    file.write_text(f"supplier,buyer,material,product,share\n{rows}", encoding="utf-8")
    if is_refused:
        with pytest.raises(UnreadableFileError, match=r"line 2: share is '0\.3'.*Write 0\.5 of the whole as 50"):
            desk.load_supply(file)
    else:
        assert desk.load_supply(file).to_pylist()[0]["taken"] == 2


def test_what_only_several_papers_show_is_a_fault_with_its_rows(loaded):
    """Two buyers under one number, and a lot that left five days before it was made."""
    found = {f["kind"]: f for f in loaded[0].supply_balance().to_pylist()}
    assert set(found) == {"number_twice", "supplied_before_made"}
    for fault in found.values():
        assert fault["rows"]
        assert fault["remedy"]


def test_a_load_that_was_killed_before_its_parties_were_joined_is_finished_by_the_next(tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("supplier,buyer,material\nBasrik Textile Co. Ltd.,Mill B,lint\n", encoding="utf-8")
    other.write_text("supplier,buyer,material\nBASRIK TEXTILE COMPANY LIMITED,Mill B,lint\n", encoding="utf-8")
    desk = Desk(tmp_path / "store")
    desk.load_supply(one)
    read = read_supply(other, {}, ReadingOptions("", ""), kind="links", today=date(2026, 1, 1))
    assert kept_supply.put(tmp_path / "store", read)  # as far as the load came
    assert kept_joins.kept(tmp_path / "store") == []
    assert any("joined" in n for n in desk.load_supply(other).notes)
    assert {r["state"] for r in kept_joins.kept(tmp_path / "store")} == {"joined"}
    assert any("held already" in n for n in desk.load_supply(other).notes)
