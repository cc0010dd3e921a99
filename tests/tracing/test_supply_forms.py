"""A packing list or invoice that is a form: its labels say of all its goods who sends and who takes, and under what."""

from __future__ import annotations

import csv
from datetime import date

import openpyxl
import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.tracing.supply.read_supply import read_supply

TODAY = date(2026, 12, 1)
FORM = [
    ["PACKING LIST"],
    ["Shipper:", "Foo Yarn Co., Ltd.", "", "Invoice No.:", "F-1"],
    ["", "1 Foo Road, Hotan", "", "Date:", "2026-11-02"],
    ["Consignee:", "Bar Mills Inc", "", "B/L No.:", "H-91"],
    ["", "12 Mill Rd, Dalton"],
    [],
    ["Carton No.", "Description of Goods", "Quantity (PCS)", "N.W. (KGS)", "Amount (USD)"],
    ["1-40", "yarn 40s", 400, 4000.5, 16002],
    ["41-60", "yarn 60s", 200, 2000, 10000],
    ["TOTAL", "", 600, 6000.5, 26002],
    ["SAY SIXTY CARTONS ONLY"],
    ["", "Country of Origin: China"],
]


def saved(path, rows=FORM):
    if path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    else:
        width = max(map(len, rows))
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return path


@pytest.mark.parametrize("name", ["form.xlsx", "form.csv"])
def test_a_form_is_read_as_lines_of_its_goods(name, tmp_path):
    found = read_supply(saved(tmp_path / name), {}, kind="links", today=TODAY)
    columns = ("supplier", "supplier_address", "buyer", "material", "quantity", "document", "date")
    assert [tuple(link[c] for c in columns) for link in found.links] == [
        ("Foo Yarn Co., Ltd.", "1 Foo Road, Hotan", "Bar Mills Inc", "yarn 40s", 400, "F-1", "2026-11-02"),
        ("Foo Yarn Co., Ltd.", "1 Foo Road, Hotan", "Bar Mills Inc", "yarn 60s", 200, "F-1", "2026-11-02"),
    ]
    assert [r["row"] for r in found.refused] == [10, 11, 12], "the sum, and lines below that have no figure"
    assert any("form" in n and "Foo Yarn" in n for n in found.row["notes"])


def test_a_form_is_a_declaration_where_it_is_read_as_one(tmp_path):
    found = read_supply(saved(tmp_path / "form.xlsx"), {}, kind="shipments", today=TODAY)
    assert [(r["supplier"], r["buyer"], r["quantity"], r["unit"]) for r in found.links] == [
        ("Foo Yarn Co., Ltd.", "Bar Mills Inc", 4000.5, "KGS"), ("Foo Yarn Co., Ltd.", "Bar Mills Inc", 2000, "KGS"),
    ]  # fmt: skip


def test_what_a_person_says_goes_before_the_form(tmp_path):
    found = read_supply(saved(tmp_path / "form.xlsx"), {"buyer": "=Baz Inc"}, kind="links", today=TODAY)
    assert {(r["supplier"], r["buyer"]) for r in found.links} == {("Foo Yarn Co., Ltd.", "Baz Inc")}


def test_a_form_that_does_not_say_who_takes_is_refused_with_what_is_missing(tmp_path):
    rows = [row for row in FORM if row[:1] != ["Consignee:"]]
    with pytest.raises(UnknownNameError, match="buyer"):
        read_supply(saved(tmp_path / "form.xlsx", rows), {}, kind="links", today=TODAY)


def test_a_line_without_a_figure_is_no_supply_where_the_parties_are_said_of_all_rows(tmp_path):
    rows = [["Item", "Qty (kg)"], ["yarn", 5], ["Prepared by Amy Poole", ""]]
    said = {"supplier": "=Foo", "buyer": "=Bar", "material": "Item"}
    found = read_supply(saved(tmp_path / "goods.csv", rows), said, kind="links", today=TODAY)
    assert [r["material"] for r in found.links] == ["yarn"]
    assert [r["row"] for r in found.refused] == [3]
