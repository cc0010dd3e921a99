"""Inputs that a record of making or a bill of material names and nobody supplies: in trace, balance and dossier."""

from __future__ import annotations

import pytest

from entrepot.desk.desk import Desk
from entrepot.tracing.balance.unsupplied_inputs import is_same_good

DAY = "2026-06-01"
LINKS = """\
supplier,buyer,material,product,quantity,unit,date,document,lot,origin,supplier_country
Fazenda Exemplo,Model Yarn Ltd,cotton lint,cotton yarn,60,t,2026-01-12,INV-1,L-2,Brazil,BR
Model Yarn Ltd,Sample Retail Inc,cotton yarn,cotton yarn,90,t,2026-02-10,INV-2,Y-1,,IN
"""
MADE = """\
maker,act,step,lot,material,quantity,unit,date,document,origin
Model Yarn Ltd,used,B1,{lot},{material},40,t,2026-01-20,BATCH-1,{origin}
Model Yarn Ltd,used,B1,L-2,cotton lint,60,t,2026-01-20,BATCH-1,
Model Yarn Ltd,made,B1,Y-1,cotton yarn,90,t,2026-01-30,BATCH-1,
"""
PLACES = "name,country\nModel Yarn Ltd,IN\nFazenda Exemplo,BR\n"


def held(tmp_path, **files):
    desk = Desk(tmp_path / "store")
    for form, text in ({"links": LINKS, "facilities": PLACES} | files).items():
        path = tmp_path / f"{form}.csv"
        path.write_text(text, encoding="utf-8")
        desk.load_supply(path, form=form)
    return desk


def used(lot="L-1", material="cotton lint", origin=""):
    return MADE.format(lot=lot, material=material, origin=origin)


def traced(desk):
    rows = desk.trace("cotton yarn", as_of=DAY).to_pylist()
    return next(r for r in rows if r["party"] == "Sample Retail Inc")


@pytest.mark.parametrize(
    ("origin", "touches", "ends", "first"),
    [
        ("Xinjiang", "yes", (40, 40), "Any amount counts, and there is some by these papers."),
        ("", "cannot_be_excluded", (0, 40), "Any amount counts, and it cannot be excluded."),
    ],
)
def test_a_lot_that_was_used_and_nobody_supplied_is_a_part_of_the_input(tmp_path, origin, touches, ends, first):
    desk = held(tmp_path, production=used(origin=origin))
    row = traced(desk)
    assert (row["touches"], (row["low_percent"], row["high_percent"])) == (touches, ends)
    assert "Nobody is on record as supplying 40,000 kg of cotton lint of lot L-1, of 100,000 kg" in row["reason"]
    assert "production.csv row 2" in row["reason"]
    (fault,) = (f for f in desk.supply_balance().to_pylist() if f["kind"] == "input_not_supplied")
    assert fault["rows"] == ["production.csv row 2"]
    lines = desk.dossier("INV-2", as_of=DAY).to_pylist()
    summary = next(x["said"] for x in lines if x["part"] == "summary")
    assert summary.startswith(first)
    assert "production.csv row 2" in summary
    (gap,) = (x for x in lines if (x["number"] or "").startswith("A18"))
    assert (gap["part"], gap["asked"], gap["there"]) == ("gap", 1, 0)


@pytest.mark.parametrize(
    "production",
    [used(lot="L-2"), used(origin="Brazil"), used().replace("L-1", "S-1").replace("B1,Y-1", "B1,S-1", 0) + (
        "Model Yarn Ltd,used,B0,L-2,cotton lint,1,t,2026-01-15,BATCH-0,\n"
        "Model Yarn Ltd,made,B0,S-1,cotton lint,41,t,2026-01-16,BATCH-0,\n")],
)  # fmt: skip
def test_what_was_supplied_made_inside_or_is_of_elsewhere_is_traced(tmp_path, production):
    assert traced(held(tmp_path, production=production))["touches"] == "no"


def test_a_supply_without_a_lot_may_be_the_lot_that_was_used(tmp_path):
    desk = held(tmp_path, links=LINKS.replace("L-2", ""), production=used())
    assert traced(desk)["touches"] == "no"
    assert desk.supply_balance().to_pylist() == []


def test_what_a_bill_of_material_asks_for_and_no_link_supplies_is_named(tmp_path):
    bill = "product,material,quantity,unit\ncotton yarn,cotton lint,1.1,kg\ncotton yarn,spin finish,0.01,kg\n"
    desk = held(tmp_path, bom=bill)
    row = traced(desk)
    assert (row["touches"], row["high_percent"]) == ("cannot_be_excluded", 0)
    assert "is traced to an origin elsewhere" in row["reason"]
    assert "inputs that they do not name" in row["reason"]
    assert (
        "spin finish, which a bill of material asks for in cotton yarn of Model Yarn Ltd (bom.csv row 3)"
        in (row["reason"])
    )
    assert [f["kind"] for f in desk.supply_balance().to_pylist()] == ["input_not_supplied"]


def test_a_bill_of_material_whose_inputs_are_supplied_leaves_the_chain_traced(tmp_path):
    desk = held(tmp_path, bom="product,material,quantity,unit\ncotton yarn,lint,1.1,kg\n")
    assert traced(desk)["touches"] == "no"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [("button", "Plastic buttons", True), ("cotton lint", "Cotton Lint", True), ("yarn", "cotton yarn", True),
     ("button", "zipper", False), ("cotton lint", "cotton yarn", False), ("tin", "tinsel ribbon", True),
     ("", "", False)],
)  # fmt: skip
def test_goods_are_one_where_the_words_of_one_stand_in_the_other(one, other, is_same):
    assert is_same_good(one, other) is is_same


def test_a_bill_of_material_limits_a_step_and_the_scarcest_of_its_materials_binds(tmp_path):
    bill = "product,material,quantity,unit,product_quantity,product_unit\ncotton yarn,cotton lint,1.25,kg,1,kg\n"
    made = used(lot="L-2").replace("made,B1,Y-1,cotton yarn,90", "made,B1,Y-1,cotton yarn,120")
    desk = held(tmp_path, production=made, bom=bill)
    lines = desk.dossier("INV-2", as_of=DAY).to_pylist()
    (step,) = (x for x in lines if x["part"] == "balance" and x["number"] == "2")
    # 100 t, each of the two rows half a tonne more or less, at 0.8 kg a kg, five per cent more: 101 * 0.8 * 1.05.
    assert step["said"].endswith("No more than 84,840 kg can come of it.")
    assert any("no more than 84,840 kg can come" in x["said"] for x in lines if x["status"] == "fault")
