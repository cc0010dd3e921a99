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
