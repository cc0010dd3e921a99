"""An invoice or packing list that was saved as CSV is the form that it was; an address in it heads no list."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from entrepot.screening.parties.parties import read_parties

# As freight forwarders print it: the street of the buyer has a word of headings, a mill, and a number beside it.
PACKING = [
    ["PACKING LIST"],
    ["Shipper:", "Foo Resin Co., Ltd.", "", "Invoice No.:", "F-1"],
    ["", "1 Foo Road, Urumqi", "", "Date:", "2026-11-02"],
    ["Consignee:", "Bar Mills Inc", "", "B/L No.:", "H-91"],
    ["", "12 Mill Rd, Dalton, GA, USA", "", "Container No.:", "MSCU1234567"],
    ["Notify Party:", "Baz Brokers LLC"],
    [],
    ["Carton No.", "Description of Goods", "Quantity (PCS)", "N.W. (KGS)", "G.W. (KGS)"],
    ["1-40", "resin SG-5", "400", "4000.5", "4100"],
    ["41-60", "resin SG-8", "200", "2000", "2050"],
]
NAMED = {("Shipper", "Foo Resin Co., Ltd."), ("Consignee", "Bar Mills Inc"), ("Notify Party", "Baz Brokers LLC")}


def told(path):
    return {(p.column, p.name) for p in read_parties(path).each() if p.name}


def saved(path, rows, separator=","):
    """As a spreadsheet saves it: every row as wide as the widest."""
    width = max(map(len, rows))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows([*row, *[""] * (width - len(row))] for row in rows)
    return path


def test_a_form_is_read_though_an_address_has_a_word_of_headings(tmp_path):
    made = openpyxl.Workbook()
    for row in PACKING:
        made.active.append(row)
    made.save(tmp_path / "packing.xlsx")
    assert told(tmp_path / "packing.xlsx") == NAMED


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_form_that_was_saved_as_text_is_read_as_the_sheet_was(separator, tmp_path):
    path = saved(tmp_path / "packing.csv", PACKING, separator)
    assert told(path) == NAMED
    shipper = next(p for p in read_parties(path).each() if p.column == "Shipper")
    assert shipper.address == "1 Foo Road, Urumqi"


def test_a_list_of_parties_and_their_roles_stays_a_list(tmp_path):
    rows = [["Name", "Role", "City"], ["Foo Ltd", "Shipper", "Leeds"], ["Bar Ltd", "Consignee", "York"],
            ["Umber Foods", "Notify Party", "Hanoi"]]  # fmt: skip
    assert [p.name for p in read_parties(saved(tmp_path / "list.csv", rows)).each()] == [
        "Foo Ltd",
        "Bar Ltd",
        "Umber Foods",
    ]


def test_a_list_whose_headings_are_parties_stays_a_list(tmp_path):
    rows = [
        ["Shipper", "Consignee", "Shipper Mill 2"],
        ["Foo Ltd", "Bar Ltd", "Umber"],
        ["Baz Ltd", "Bar Ltd", "Ochre"],
    ]
    parties = read_parties(saved(tmp_path / "list.csv", rows))
    assert {p.name for p in parties.each()} >= {"Foo Ltd", "Bar Ltd", "Baz Ltd"}
    assert parties.row_count == 2
