"""Files of supply against each other: each rule on a few papers, what is no fault, and what cannot be judged."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.desk import Desk
from entrepot.tracing.balance.quantity_range import measured, total
from entrepot.tracing.balance.yields import stage, yield_between
from supply_faults.planted import KINDS, made

LINKS = (
    "supplier,buyer,material,product,quantity,unit,value,currency,date,document,lot,origin,supplier_id,"
    "supplier_address,supplier_country"
)
MADE = "maker,act,step,lot,material,quantity,unit,date,document,maker_id"
PAID = "payer,payee,value,currency,invoice,document"
TOLD = "exporter,importer,goods,net_weight,value,currency,document,invoice,lot,origin"
RECIPE = "product,material,quantity,unit,product_quantity,product_unit"
HEADS = {"links": LINKS, "production": MADE, "payments": PAID, "shipments": TOLD, "bom": RECIPE}


@pytest.fixture
def held(tmp_path):
    def hold(**kinds):
        desk = Desk(tmp_path / "store")
        for kind, rows in kinds.items():
            file = tmp_path / f"{kind}.csv"
            file.write_text("\n".join([HEADS[kind], *rows]), encoding="utf-8")
            desk.load_supply(file, form=kind)
        answer = desk.supply_balance()
        for row in answer.to_pylist():
            (explained,) = desk.explain(row["fault_id"])
            assert len(explained.rows) == len(row["rows"])
        return {r["kind"]: r for r in answer.to_pylist()}, answer.notes

    return hold


@pytest.mark.parametrize(
    ("used", "made_", "kind"),
    [("100,t", "60,t", "more_made_than_possible"), ("100,t", "40,t", None),
     ("100,t", "10,t", "less_made_than_expected"), ("100,t", "40000,kg", None),
     ("100,t", "88184.9,lb", None), ("100,t", "200,bales", None)],
)  # fmt: skip
def test_what_goes_in_times_its_yield_holds_what_comes_out(held, used, made_, kind):
    rows = [f"Gin,used,P1,S1,seed cotton,{used},2025-01-04,G-1,"]
    rows.append(f"Gin,made,P1,L1,cotton lint,{made_},2025-01-05,G-1,")
    found, _ = held(production=rows)
    assert set(found) == ({kind} if kind else set())
    if kind:
        row = found[kind]
        assert row["documents"] == ["G-1"]
        assert row["rows"] == ["production.csv row 3", "production.csv row 2"]
        assert (row["low"], row["high"], row["unit"]) == (24875, 45225, "kg")  # 99.5 t at .25, 100.5 t at .45
        assert any("y-lint" in b for b in row["basis"])


def test_a_unit_that_does_not_convert_cannot_be_judged(held):
    found, notes = held(
        production=["Mill,used,P,L,yarn,5,t,2025-01-01,B,", "Mill,made,P,F,poplin,9000,m2,2025-01-02,B,"]
    )
    assert found == {}
    assert any(n.startswith("Not judged: steps of which no yield") for n in notes)


def test_a_bill_of_material_is_the_yield_where_there_is_one(held):
    steps = ["Sewer,used,P,F,poplin,1000,kg,2025-01-01,B,", "Sewer,made,P,S,shirt,5000,pcs,2025-01-02,B,"]
    found, _ = held(production=steps, bom=["shirt,poplin,0.25,kg,1,pcs"])
    assert set(found) == {"more_made_than_possible"}
    assert found["more_made_than_possible"]["unit"] == "EA"


def test_an_input_of_which_no_yield_is_known_leaves_the_most_open(held):
    rows = ["Mill,used,P,L,cotton lint,1,t,2025-01-01,B,", "Mill,used,P,Z,polyester,50,t,2025-01-01,B,",
            "Mill,made,P,Y,yarn,40,t,2025-01-02,B,"]  # fmt: skip
    found, notes = held(production=rows)
    assert found == {}
    assert any("only the least is judged" in n for n in notes)


@pytest.mark.parametrize(
    ("kind", "files"),
    [
        ("used_before_made", {"production": [
            "Gin,made,P1,L,cotton lint,40,t,2025-02-05,G,", "Mill,used,P2,L,cotton lint,40,t,2025-02-04,B,"]}),
        ("supplied_before_made", {"links": ["Gin,Mill,cotton lint,,40,t,,,2025-01,I-1,L,,,"],
                                  "production": ["Gin,made,P1,L,cotton lint,40,t,2025-02-05,G,"]}),
        ("supplied_twice", {"links": ["Gin,Mill,cotton lint,,40,t,,,2025-03-01,I-1,L,,,",
                                      "Gin,Other,cotton lint,,40,t,,,2025-03-01,I-2,L,,,"],
                            "production": ["Gin,made,P1,L,cotton lint,40,t,2025-02-05,G,"]}),
        ("lot_overdrawn", {"production": ["Gin,made,P1,L,cotton lint,40,t,2025-02-05,G,",
                                          "Gin,used,P2,L,cotton lint,30,t,2025-02-06,B1,",
                                          "Gin,used,P3,L,cotton lint,30,t,2025-02-06,B2,"]}),
        ("made_of_itself", {"production": ["A,used,P1,X,yarn,1,t,,B1,", "A,made,P1,Y,yarn,1,t,,B1,",
                                           "A,used,P2,Y,yarn,1,t,,B2,", "A,made,P2,X,yarn,1,t,,B2,"]}),
        ("number_twice", {"links": ["A,B,yarn,,1,t,,,2025-01-01,I-1,,,,", "A,C,yarn,,1,t,,,2025-01-01,I-1,,,,"]}),
        ("declared_otherwise", {"links": ["A,B,yarn,,10,t,,,2025-01-01,I-1,,,,"],
                                "shipments": ["A,B,yarn,14000,,,D-1,I-1,,"]}),
        ("origin_otherwise", {"links": ["A,B,yarn,,10,t,,,2025-01-01,I-1,,China,,"],
                              "shipments": ["A,B,yarn,10000,,,D-1,I-1,,Malaysia"]}),
        ("paid_too_much", {"links": ["A,B,yarn,,1,t,100,USD,2025-01-01,I-1,,,,"],
                           "payments": ["B,A,70,USD,I-1,P1", "B,A,70,USD,I-1,P2"]}),
        ("paid_to_another", {"links": ["A,B,yarn,,1,t,100,USD,2025-01-01,I-1,,,,"],
                             "payments": ["B,C,100,USD,I-1,P1"]}),
        ("paid_without_invoice", {"links": ["A,B,yarn,,1,t,100,USD,2025-01-01,I-1,,,,"],
                                  "payments": ["B,A,100,USD,I-7,P1"]}),
        ("renamed_supplier", {"links": ["Aksu Gin Ltd,B,lint,,1,t,,,2025-01-01,I-1,,,77,",
                                        "Silver River Co,B,lint,,1,t,,,2025-06-01,I-2,,,77,"]}),
        ("more_supplied_than_made", {"links": ["A,B,cotton lint,yarn,10,t,,,2025-01-01,I-1,,,,",
                                               "B,C,yarn,,20,t,,,2025-02-01,I-2,,,,"]}),
        ("contradiction", {"links": ["A,B,cotton lint,,10,t,,,2025-01-01,I-1,L,,,",
                                     "B,C,yarn,,20,t,,,2025-02-01,I-2,Y,,,"],
                           "production": ["B,used,P,L,cotton lint,,,2025-01-05,R,",
                                          "B,made,P,Y,yarn,,,2025-01-06,R,"]}),
    ],
)  # fmt: skip
def test_each_fault_is_named_with_its_papers(held, kind, files):
    found, _ = held(**files)
    assert set(found) == {kind}
    row = found[kind]
    assert row["documents"]
    assert row["rows"]
    assert row["remedy"]


@pytest.mark.parametrize(
    "files",
    [
        {"links": ["A,B,yarn,,6,t,,,2025-01-01,I-1,,,,", "A,B,yarn,,4,t,,,2025-02-01,I-1,,,,"]},  # part deliveries
        {"links": ["A,B,yarn,,6,t,,,2025-01-01,I-1,,,,", "A,B,lint,,4,t,,,2025-01-01,I-1,,,,"]},  # lines of one invoice
        {"links": ["A,B,yarn,,10,t,,,2025-01-01,I-1,,,,"], "shipments": ["A,B,yarn,10400,,,D-1,I-1,,"]},  # moisture
        {"links": ["A,B,yarn,,10,t,9,USD,,I-1,,,,"], "shipments": ["A,B,yarn,4000,4,USD,D-1,I-1,,"]},  # in part
        {"links": ["A,B,yarn,,1,t,100,USD,2025-01-01,I-1,,,,"], "payments": ["B,A,40,USD,I-1,P1"]},  # paid in part
        {"links": ["A,B,yarn,,1,t,100,USD,2025-01-01,I-1,,,,"], "payments": ["B,A,90,EUR,I-1,P1"]},  # not judged
        {"links": ["Aksu Gin Ltd,B,lint,,1,t,,,2025-01-01,I-1,,,77,",
                   "AKSU GIN CO LIMITED,B,lint,,1,t,,,2025-06-01,I-2,,,77,"]},
        {"links": ["A,B,yarn,,10,t,,,2025-01-01,I-1,,CN,,"], "shipments": ["A,B,yarn,10000,,,D-1,I-1,,China"]},
        {"links": ["A,B,yarn,,10,t,,,2025-01-01,I-1,,Brazil,,,India"], "shipments": ["A,B,yarn,10000,,,D,I-1,,India"]},
    ],
)  # fmt: skip
def test_what_real_papers_have_is_no_fault(held, files):
    found, _ = held(**files)
    assert found == {}


SHIRTS = "C,U,T-shirts,,{},pcs,,,2025-05-01,I-5,S,,,"
SEWN = ["C,used,P,F,knitted fabric,{},kg,2025-04-20,E-8,", "C,made,P,S,T-shirts,{},{},2025-04-20,E-8,"]


@pytest.mark.parametrize(
    ("made_", "unit", "kind"),
    [("60000", "pcs", None), ("11000", "kg", None), ("14000", "kg", "more_made_than_possible")],
)  # fmt: skip
def test_pieces_are_not_held_against_kilograms(held, made_, unit, kind):
    fabric = "K,C,knitted fabric,,12500,kg,,,2025-04-01,I-4,F,,,"
    sewn = [SEWN[0].format("12500"), SEWN[1].format(made_, unit)]
    found, _ = held(links=[fabric, SHIRTS.format("60000")][: 2 if unit == "pcs" else 1], production=sewn)
    assert set(found) == ({kind} if kind else set())


def test_pieces_of_a_lot_that_says_no_unit_in_the_step_are_not_held_against_kilograms(held):
    fabric = "K,C,knitted fabric,,12500,kg,,,2025-04-01,I-4,F,,,"
    sewn = [SEWN[0].format("12500"), SEWN[1].format("", "")]
    assert held(links=[fabric, SHIRTS.format("60000")], production=sewn)[0] == {}


def test_one_paper_that_contradicts_itself_is_one_paper(held):
    """Two steps of one paper between which no rule stands: of the lot between them the second says no quantity."""
    steps = ["M,used,P1,L,cotton lint,10,t,2025-01-05,R,", "M,made,P1,Y,yarn,9,t,2025-01-06,R,",
             "M,used,P2,Y,yarn,,,2025-01-07,R,", "M,made,P2,F,knitted fabric,20,t,2025-01-08,R,"]  # fmt: skip
    found, _ = held(production=steps, links=["M,N,knitted fabric,,20,t,,,2025-02-01,I-2,F,,,"])
    assert found["contradiction"]["documents"] == ["R"]
    assert found["contradiction"]["reason"].startswith("What R says cannot all be true")


def test_nothing_loaded_is_said(tmp_path):
    with pytest.raises(BadInputError, match="supply load"):
        Desk(tmp_path / "store").supply_balance()


@pytest.mark.parametrize(
    ("material", "expected"),
    [("Cotton  lint", "cotton lint"), ("tomato paste 28-30", "tomato paste"), ("seed cotton", "seed cotton"),
     ("HS 5201.00", "cotton lint"), ("HS 520548", "yarn"), ("steel coil", None), ("", None), (None, None)],
)  # fmt: skip
def test_a_stage_is_told_by_the_longest_word_or_the_code(material, expected):
    assert stage(material) == expected


def test_yields_along_a_chain_multiply():
    whole, first, second = (yield_between(*p) for p in (("seed cotton", "yarn"), ("seed cotton", "cotton lint"),
                                                        ("cotton lint", "yarn")))  # fmt: skip
    assert whole.low == pytest.approx(first.low * second.low)
    assert whole.high == pytest.approx(first.high * second.high)
    assert yield_between("yarn", "seed cotton") is None
    assert yield_between("yarn", "module") is None
    assert yield_between("quartz", "module").output_unit == "W"


@pytest.mark.parametrize(
    ("quantity", "unit", "expected"),
    [(40, "t", (39_500, 40_500, "kg")), (1.25, "T", (1245, 1255, "kg")), (5000, "pcs", (5000, 5000, "EA")),
     (3, "furlongs", None), (None, "kg", None), (3, None, None)],
)  # fmt: skip
def test_a_quantity_is_as_wide_as_it_was_rounded(quantity, unit, expected):
    found = measured(quantity, unit)
    assert (None if found is None else tuple(map(pytest.approx, found[:2])) + found[2:]) == expected


def test_a_sum_has_one_unit():
    assert total([]) is None
    assert total([measured(1, "kg"), measured(1, "W")]) is None


def test_planted_faults_are_found_and_none_on_the_twin(tmp_path):
    """Written apart from the rules, a chain of each kind; the figures over five seeds stand in benchmarks."""
    for clean in (False, True):
        papers = made(21, sound=4, each=1, clean=clean)
        folder = tmp_path / str(clean)
        folder.mkdir()
        desk = Desk(folder / "store")
        for form, path in papers.write(folder).items():
            desk.load_supply(path, form=form)
        found = desk.supply_balance().to_pylist()
        if clean:
            assert found == []
        else:
            missed = [k for k, d in papers.planted if not any(d & set(f["documents"]) for f in found)]
            assert missed == []
            assert len(papers.planted) == len(KINDS)
            touched = frozenset().union(*(d for _, d in papers.planted))
            assert [f["reason"] for f in found if not touched & set(f["documents"])] == []
