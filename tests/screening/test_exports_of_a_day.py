"""Exports in which a tick stood for a name, or an address was nobody's: contacts of Odoo, a list of factories."""

import pytest
from openpyxl import Workbook

from entrepot.desk.desk import Desk

ODOO = """"External ID","Display Name","Is a Company","Country/Country Name","City","Tax ID","Contacts/Display Name"
"__export__.res_partner_1","Xinjiang Zhongtai Chemical Co., Ltd.","True","China","Urumqi","","Li Wei"
"","","","","","","Wang Fang"
"__export__.res_partner_2","Sample Mills Ltd","True","Pakistan","Faisalabad","","Ali Khan"
"""


@pytest.mark.parametrize("times", [1, 12], ids=["two vendors", "many"])
def test_a_tick_is_nobodys_name(tmp_path, times):
    head, *rows = ODOO.splitlines()
    file = tmp_path / "partners.csv"
    file.write_text("\n".join([head, *rows * times]) + "\n", encoding="utf-8")
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert {r["party"] for r in found.table.to_pylist()} == {"Xinjiang Zhongtai Chemical Co., Ltd."}
    assert any(f"{3 * times} rows in the file: {2 * times} with a party" in n for n in found.notes)


def test_a_merged_supplier_is_that_of_each_of_its_factories(tmp_path):
    book = Workbook()
    sheet = book.active
    for row in (
        ["Approved supplier list"],
        ["No.", "Supplier name", "Factory address", "Country"],
        ["0001", "Example Silicon Works", "Jiaxing, Zhejiang", "China"],
        [None, None, "Shihezi, Xinjiang", "China"],
        ["0002", "Sample Mills Ltd", "Faisalabad", "Pakistan"],
    ):
        sheet.append(row)
    for merged in ("A1:D1", "A3:A4", "B3:B4"):
        sheet.merge_cells(merged)
    book.save(tmp_path / "sites.xlsx")
    found = Desk(tmp_path / "store").screen(tmp_path / "sites.xlsx", lists=["uflpa"])
    placed = [(r["row"], r["party"]) for r in found.table.to_pylist() if r["kind"] == "region"]
    assert placed == [(4, "Example Silicon Works")]
    assert any("3 rows in the file: 3 with a party" in n for n in found.notes)


@pytest.mark.parametrize(
    "rows",
    [
        "No;Supplier\n1;Alfa Mills Ltd\n2;Beta Mills Ltd\n3;Gamma Ltd\nTotal;3\n",
        "Vendor;Name;Country;Balance\n1001;Alfa Mills;Iran;12\n1002;Beta;China;3\n1003;Gamma;China;4\nTotal;3;2;19\n",
        "№;Поставщик\n1;Альфа\n2;Бета\n3;Гамма\nИтого;3\n",
        "序号;供应商\n1;阿尔法纺织\n2;贝塔纺织\n3;伽马纺织\n合计;3\n",
    ],
    ids=["number and name", "with country and amount", "Russian", "Chinese"],
)
def test_a_total_whose_word_stands_in_the_column_of_numbers_is_no_party_named_3(tmp_path, rows):
    file = tmp_path / "vendors.csv"
    file.write_text(rows, encoding="utf-8")
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert any("4 rows in the file: 3 with a party, 0 without one, 0 blank, 1 set aside" in n for n in found.notes)
    assert any(n.startswith("3 parties") for n in found.notes)


@pytest.mark.parametrize("row", ["1004;Total;France", "1004;Total;", "Total;Alfa Trading Ltd;China"])
def test_a_vendor_called_total_and_one_beside_the_word_stay_parties(tmp_path, row):
    file = tmp_path / "vendors.csv"
    file.write_text(f"No;Supplier;Country\n1001;Alfa Mills Ltd;Pakistan\n1002;Beta;China\n{row}\n", encoding="utf-8")
    found = Desk(tmp_path / "store").screen(file, lists=["uflpa"])
    assert any("3 rows in the file: 3 with a party" in n for n in found.notes)


LISTED = "Xinjiang Zhongtai Chemical Co., Ltd."


def screened(folder, text):
    file = folder / "file.csv"
    file.write_text(text, encoding="utf-8")
    return Desk(folder / "store").screen(file, lists=["uflpa"])


def test_both_parties_of_a_relation_are_screened(tmp_path):
    found = screened(
        tmp_path,
        "source_entity_id,source_label,relationship_type,target_entity_id,target_label\n"
        f'e1,"{LISTED}",ships_to,e2,Example Imports LLC\ne3,Alfa Mills Ltd,supplies,e2,Example Imports LLC\n',
    )
    assert any(n.startswith("4 parties") for n in found.notes)
    assert {(r["party"], r["row"]) for r in found.table.to_pylist() if r["kind"] != "region"} == {(LISTED, 2)}


def test_the_address_of_a_party_as_declared_is_its_own(tmp_path):
    found = screened(
        tmp_path,
        "Date,BOL Number,Consignee Declared,Consignee Declared Address,Shipper Declared,Shipper Declared Address\n"
        "2025-03-14,A1,Example Imports LLC,Newark,Sample Works Ltd,Shihezi Xinjiang China\n"
        "2025-03-15,A2,Example Imports LLC,Newark,Alfa Mills Ltd,Faisalabad\n",
    )
    assert [(r["party"], r["row"]) for r in found.table.to_pylist() if r["kind"] == "region"] == [
        ("Sample Works Ltd", 2)
    ]


def test_supplementary_units_and_branches_of_banks_are_no_parties(tmp_path):
    found = screened(
        tmp_path,
        "Exporter,Consignee,Suppl. quantity,Suppl. unit,Bank name,Branch name\n"
        "Alfa Mills Ltd,Example LLC,10,Pieces,Habib Bank Ltd,Urumqi Main\n"
        "Beta Mills Ltd,Example LLC,10,Pieces,Habib Bank Ltd,Lahore\n",
    )
    assert any(n.startswith("4 parties") for n in found.notes)
    assert found.table.num_rows == 0
