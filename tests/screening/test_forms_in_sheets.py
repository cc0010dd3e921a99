"""Packing lists and invoices as a sheet of a workbook: a form, whose parties stand beside their labels or under them.

Read as a table, the first label was the heading: who stood beside it was no party, and the others were of its role.
"""

from __future__ import annotations

import openpyxl
import pytest

from entrepot.core.errors import BadInputError
from entrepot.screening.parties.parties import read_parties

GOODS = (
    ("Item", "Description of goods", "Qty (bags)", "Net weight (kg)", "Gross weight (kg)"),
    (1, "resin SG-5", 400, 10000, 10200),
    (2, "resin SG-8", 200, 5000, 5100),
    ("TOTAL", None, 600, 15000, 15300),
)


def book(folder, cells, goods=GOODS, at=14):
    made = openpyxl.Workbook()
    sheet = made.active
    for place, value in cells.items():
        sheet[place] = value
    for r, row in enumerate(goods, at):
        for c, value in enumerate(row, 1):
            sheet.cell(r, c, value)
    path = folder / "packing.xlsx"
    made.save(path)
    return path


def told(path):
    return {(p.column, p.name, p.address) for p in read_parties(path).each() if p.name}


BESIDE = {
    "A1": "PACKING LIST", "A3": "Shipper", "B3": "Foo Resin Co., Ltd.", "B4": "1 Foo Road, Urumqi",
    "A5": "Consignee", "B5": "Bar Tooling Inc.", "A6": "Notify Party", "B6": "Baz Freight LLC",
    "D3": "Invoice No.", "E3": "F-1", "D4": "Date", "E4": "2026-09-12",
}  # fmt: skip
UNDER = {
    "A1": "COMMERCIAL INVOICE", "A3": "Exporter / Seller", "A4": "Foo Resin Co., Ltd.", "A5": "1 Foo Road, Urumqi",
    "D3": "Invoice No.", "E3": "F-1", "D4": "Date", "E4": "2026-09-12",
    "A7": "Consignee", "A8": "Bar Tooling Inc.", "D7": "Notify Party", "D8": "Baz Freight LLC",
}  # fmt: skip
IN_ONE_CELL = {
    "A1": "INVOICE", "A3": "Seller:\nFoo Resin Co., Ltd.\n1 Foo Road, Urumqi", "C3": "Invoice No.: F-1",
    "A5": "Buyer: Bar Tooling Inc.", "A6": "2 Bar Street",
}  # fmt: skip
WITH_ADDRESS = {
    "A1": "装箱单", "A3": "发货人", "B3": "Foo Resin Co., Ltd.", "A4": "地址", "B4": "1 Foo Road, Urumqi",
    "A5": "收货人", "B5": "Bar Tooling Inc.", "A6": "电话", "B6": "555 0100",
}  # fmt: skip


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (
            BESIDE,
            {
                ("Shipper", "Foo Resin Co., Ltd.", "1 Foo Road, Urumqi"),
                ("Consignee", "Bar Tooling Inc.", None),
                ("Notify Party", "Baz Freight LLC", None),
            },
        ),
        (
            UNDER,
            {
                ("Exporter / Seller", "Foo Resin Co., Ltd.", "1 Foo Road, Urumqi"),
                ("Consignee", "Bar Tooling Inc.", None),
                ("Notify Party", "Baz Freight LLC", None),
            },
        ),
        (
            IN_ONE_CELL,
            {
                ("Seller", "Foo Resin Co., Ltd.", "1 Foo Road, Urumqi"),
                ("Buyer", "Bar Tooling Inc.", "2 Bar Street"),
            },
        ),
        (
            WITH_ADDRESS,
            {
                ("发货人", "Foo Resin Co., Ltd.", "1 Foo Road, Urumqi"),
                ("收货人", "Bar Tooling Inc.", None),
            },
        ),
    ],
)
def test_each_party_of_a_form_stands_under_its_own_label(tmp_path, cells, right):
    assert told(book(tmp_path, cells)) == right


def test_what_is_not_read_is_told(tmp_path):
    (said,) = [n for n in read_parties(book(tmp_path, BESIDE)).notes if "not read" in n]
    assert "'PACKING LIST'" in said
    assert "more" in said


def test_makers_in_a_column_of_the_goods_are_parties_each_once(tmp_path):
    makers = ("Manufacturer", "Qux Works LLC", "Quux Works LLC", None)
    goods = [(*row, maker) for row, maker in zip(GOODS, makers, strict=True)]
    again = [*goods[:3], (3, "resin SG-3", 10, 100, 101, "Qux Works LLC"), goods[3]]
    found = [(p.column, p.name) for p in read_parties(book(tmp_path, BESIDE, again)).each() if p.name]
    assert [name for column, name in found if column == "Manufacturer"] == ["Qux Works LLC", "Quux Works LLC"]
    assert ("Shipper", "Foo Resin Co., Ltd.") in found


def test_a_firm_under_no_label_of_a_form_is_a_party_too(tmp_path):
    cells = BESIDE | {"A20": "Drawn on: Bank", "A21": "for and on behalf of", "A22": "Corge Holding GmbH"}
    assert ("unlabelled", "Corge Holding GmbH", None) in told(book(tmp_path, cells))


LISTS = {
    "what a supplier is": [
        ("Supplier Name", "Supplier Type"),
        ("Foo Resin Co., Ltd.", "Manufacturer"),
        ("Bar Tooling Inc.", "Distributor"),
        ("Baz LLC", "Shipper"),
    ],
    "the buyer above a list of suppliers": [
        ("Buyer: Qux Retail GmbH", None, None),
        ("Purchaser", "A. Clerk", None),
        ("Supplier No.", "Supplier", "Country"),
        ("1001", "Foo Resin Co., Ltd.", "China"),
        ("1002", "Bar Tooling Inc.", "US"),
        ("1003", "Baz LLC", "US"),
    ],
    "a log of bills in which one party is another": [
        ("B/L No.", "Shipper", "Consignee", "Notify Party"),
        ("B-1", "Foo Resin Co., Ltd.", "Bar Tooling Inc.", "Consignee"),
        ("B-2", "Baz LLC", "Bar Tooling Inc.", "Shipper"),
    ],
    "roles of the firms of a file": [
        ("Role", "Name", "Country"),
        ("Shipper", "Foo Resin Co., Ltd.", "China"),
        ("Consignee", "Bar Tooling Inc.", "US"),
        ("Notify party", "Baz LLC", "US"),
    ],
}


@pytest.mark.parametrize("which", LISTS)
def test_a_list_with_words_for_parties_in_its_cells_stays_a_list(tmp_path, which):
    path = book(tmp_path, {}, LISTS[which], at=1)
    read = read_parties(path)
    assert not any("no table" in note for note in read.notes)
    names = {p.name for p in read.each()}
    assert {"Foo Resin Co., Ltd.", "Bar Tooling Inc.", "Baz LLC"} <= names


def test_a_sheet_with_one_label_over_goods_is_refused_and_not_taken_for_a_list(tmp_path):
    with pytest.raises(BadInputError, match="no column can be read"):
        read_parties(book(tmp_path, {"A1": "PACKING LIST", "A3": "Seller: Foo Resin Co., Ltd."}))


def test_a_form_over_many_goods_is_one_still(tmp_path):
    goods = [("Item", "Description of goods", "Qty (bags)", "Gross weight (kg)", "Manufacturer")]
    goods += [
        (n, f"resin {n}", n, 10 * n, "Qux Chemical Co., Ltd." if n == 899 else "Foo Resin Co., Ltd.")
        for n in range(1, 901)
    ]
    found = {(column, name) for column, name, _ in told(book(tmp_path, BESIDE, goods))}
    assert {("Shipper", "Foo Resin Co., Ltd."), ("Consignee", "Bar Tooling Inc.")} <= found
    assert ("Manufacturer", "Qux Chemical Co., Ltd.") in found
