"""A listed name is found whatever stands beside it in its cell, and a plain name is not cut."""

from __future__ import annotations

import json

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.screening.matching.score_evidence import redone
from entrepot.screening.parties.cells.names_in_cell import pieces, within
from entrepot.screening.runs.run import run_screening

NAME = "Xinjiang Junggar Cotton and Linen Co., Ltd."


@pytest.mark.parametrize(
    "cell",
    [
        "{} (Shihezi plant)",
        "{}\nShihezi",
        "{} c/o DHL Stuttgart",
        "1) {}",
        "SHIPPER: {}",
        "Notify party: {}, No. 16 Weiliu Road, Shihezi",
        "TO THE ORDER OF {}",
        "{}, Zhuhai, Guangdong",
        "Müller GmbH / {}",
        "{} #4412",
        "发货人：{}",
        "Müller GmbH a.k.a. {}",
        "Müller GmbH aka {}",
        "Müller GmbH formerly {}",
        "Müller GmbH trading as {}",
        "c/o {}",
        "{} P.O. BOX 1234",
        "{}, PO Box No. 12, Dubai",
        "{} Postfach 80 01 02",
        "{}, z.Hd. Einkauf",
        "{}, Accounts Receivable Dept., Building 5",
        "Example Agencies Ltd O/B {}",
        "Example Agencies Ltd F/A/O {}",
        "Example Agencies Pvt Ltd as agent for {}",
        "Example Agencies attn {}",
        "Example Agencies MFR {}",
        "Example Agencies made by {}",
        "Example Agencies by order of {}",
        "Example Agencies via {}",
        "Example Agencies A/C 5120 {}",
        "Example Agentur z.Hd. {}",
        "Example Agentur im Auftrag von {}",
        "Exemple pour le compte de {}",
        "Ejemplo por cuenta de {}",
        "Esempio per conto di {}",
        "Пример по поручению {}",
        "Пример (бывш. {})",
        "例商事 気付 {}",
        "Example Agencies Inc/{}",
        "Example Agencies LLC & {}",
        "Example Agencies Ltd and {}",
        "Example Agencies Ltd + {}",
        'Example Agencies GmbH "{}"',
        "Example Agencies GmbH [{}]",
        "Example Agencies Ltd > {}",
        "Example Agencies Ltd_{}",
        "{} TEL 86-993-700",
        "{} FAX 0993-700",
        "{} EMAIL SALES@EXAMPLE.CN",
        "{} CONTACT MS LI",
        "{} USCI+91650100",
        "{} ROOM 1207",
        "{} NO 3 RENMIN RD SHIHEZI XINJIANG CHINA",
        "*{}",
    ],
)
def test_what_stands_beside_a_listed_name_does_not_hide_it(small, cell):
    found = run_screening(pa.table({"supplier": [cell.format(NAME)]}), small, as_of="2022-11-25").matches.to_pylist()
    row = next(r for r in found if r["kind"] == "listing" and r["entity_id"] == "e-junggar")
    assert row["score"] > 0.95
    assert row["party"] == cell.format(NAME)
    part = json.loads(row["evidence"])["part"]
    assert part in row["party"]
    assert f"“{part}”" in row["reasons"][0]
    assert redone(row) == "Redone: same score."
    assert "not the same" in redone(row | {"party": "Somebody Else Ltd (Shihezi plant)"})


@pytest.mark.parametrize(
    "name",
    [
        NAME,
        "Xinjiang Zhongtai Chemical Co., Ltd.",
        "Smith, Jones & Co., Ltd",
        "AMEEN, Mohamed",
        "LI, Wei (李伟)",
        "A/S Dampskibsselskabet",
        "China National (Group) Co., Ltd",
        "AEON信贷财务(亚洲)有限公司",
        "新疆中泰化学股份有限公司",
        "Import / Export",
        "Dr. No",
        "Aka Trading Ltd",
        "PO BOX 12",
        "Maria Lopez Casilla",
        "Full Attention Media",
        "Garcia Lopez, Juan",
        "Department of Health",
        "",
    ],
)
def test_a_plain_name_is_compared_whole_only(name):
    assert within(name) == ()


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("北京例子公司（原新疆中泰化学股份有限公司）", ("北京例子公司", "新疆中泰化学股份有限公司")),
        ("北京例子公司代新疆中泰化学股份有限公司", ("北京例子公司", "新疆中泰化学股份有限公司")),
        ("北京例子有限公司受新疆中泰化学股份有限公司委托", ("北京例子有限公司", "新疆中泰化学股份有限公司")),
        ("Alfa Mills Ltd Unit 4", ("Alfa Mills Ltd",)),
        ("Alfa S.A./Beta B.V.", ("Alfa S.A.", "Beta B.V.")),
        ("Alfa Ltd, Beta Ltd and Gamma Ltd", ("Alfa Ltd", "Beta Ltd", "Gamma Ltd")),
    ],
)
def test_what_follows_a_legal_form_that_ends_a_name_is_another(cell, parts):
    assert set(parts) <= set(within(cell))


@pytest.mark.parametrize(
    "name",
    [
        "Alfa GmbH & Co. KG",
        "Limited Brands",
        "LLC Alfa",
        "Alfa Limited Liability Company",
        "Via Technologies",
        "FAO Schwarz",
        "Alfa S.A.S.",
        "Bank Alfa PLC",
        "China Alfa Group Corporation Beta Company",
        "新疆中泰集团有限责任公司",
        "北京例子公司第二分公司",
        "Mfr Trading",
    ],
)
def test_a_form_or_a_word_within_one_name_does_not_cut_it(name):
    assert within(name) == ()


@pytest.mark.parametrize("behind", [" P.O. Box 5", ", 12 Harbour Road", ", Purchasing Department, Tehran", " а/я 7"])
@pytest.mark.parametrize("name", ["Shahid Bakeri Industrial Group", "Iran Aviation Industries Organization"])
def test_a_name_without_a_legal_form_is_cut_before_a_box_a_department_or_an_address(name, behind):
    assert name in within(name + behind)


@pytest.mark.parametrize(
    ("cell", "part"),
    [
        ("V1023 - {}", "{}"),
        ("Supplier - {}", "{}"),
        ("Zhongtai - {} Trading", "{} Trading"),
        ("{} - Shihezi", "{}"),
        ("Zedcor - {} GmbH", "{} GmbH"),
        ("Anna Berg - {}", "{}"),
    ],
)
def test_a_spaced_hyphen_divides_what_is_not_one_persons_name(cell, part):
    assert part.format("Peter Meier") in within(cell.format("Peter Meier"))


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("V1201 Esquel Group", ["Esquel Group"]),
        ("0000123 Camel Group Co., Ltd.", ["Camel Group Co., Ltd."]),
        ("ZZZ Esquel Group", ["Esquel Group"]),
        ("inactive: Esquel Group", ["Esquel Group"]),
        ("Esquel Group : Denim division", ["Esquel Group"]),
        ("Gap Inc, Esquel Group", ["Gap Inc", "Esquel Group"]),
        ("Exide Industries, Camel Group Co., Ltd.", ["Exide Industries", "Camel Group Co., Ltd."]),
        ("Camel Group, Exide", ["Camel Group"]),
        (", ".join(f"Supplier No {n} Ltd" for n in "ABCDEFGHIJ"), ["Supplier No A Ltd", "Supplier No J Ltd"]),
        ("新疆中泰化学股份有限公司、和田浩林发饰有限公司", ["新疆中泰化学股份有限公司", "和田浩林发饰有限公司"]),
    ],
)
def test_a_number_before_a_name_and_the_names_of_a_list_are_told_apart(cell, parts):
    """A system joins linked records by commas, and writes its own number before a name."""
    assert set(parts) <= set(within(cell))


@pytest.mark.parametrize(
    ("cell", "of_one"),
    [
        ("Hans - Peter Meier", {"Peter Meier"}),
        ("1) Kim Jong - Un", {"Kim Jong"}),
        ("Hans - Peter Meier GmbH", set()),
        ("Anna Berg - Peter Meier", set()),
        ("Supplier - Peter Meier", set()),
        ("V1023 - Peter Meier", set()),
        ("Peter Meier - Shihezi", set()),
    ],
)
def test_a_spaced_hyphen_may_stand_within_one_persons_name(cell, of_one):
    assert pieces(cell) == of_one


def test_a_piece_of_a_persons_name_meets_firms_and_no_person():
    """The whole of "Hans - Peter Meier" is what another person of the list is compared with."""
    listed = pa.table(
        {
            "name": ["Peter Meier", "Peter Meier Ltd"],
            "entity_id": ["e-person", "e-firm"],
            "kind": ["person", "company"],
        }
    )
    cells = ["Hans - Peter Meier", "Hans-Peter Meier"]
    found = run_screening(pa.table({"supplier": cells}), listed, as_of="2026-11-25").matches.to_pylist()
    scores = {(r["row"], r["entity_id"]): r["score"] for r in found if r["kind"] == "listing"}
    assert scores[1, "e-person"] == scores[2, "e-person"] < 1
    assert scores[1, "e-firm"] > 0.9


@given(st.text(alphabet=st.sampled_from("ab ,.()（）/:：#\n;c/o新公司0123ltdLTD"), max_size=60))
def test_parts_stand_in_the_cell_and_are_few(text):
    parts = within(text)
    assert len(parts) <= 30
    assert all(p and p in text and p != text.strip() for p in parts)
