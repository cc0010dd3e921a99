"""What a spreadsheet made of numbers and names is told, and no shortened number is two parties' own."""

import datetime as dt

import pytest

from entrepot.desk.desk import Desk
from entrepot.screening.parties.cells.mangled_cells import is_shortened
from entrepot.screening.parties.parties import read_parties

ROWS = """Vendor no,Vendor name,USCC,Country
1.00E+05,Zelmira Ltd,9.16532E+17,CN
1.00E+05,Orlova Textile Ltd,9.16532E+17,CN
100002,1-Mar,91653201000000000,CN
100003,12345,,DE
"""


def said(path):
    return [n for n in read_parties(path).notes if "spreadsheet" in n or "stand for names" in n]


def test_each_is_told_with_its_count_and_a_row(tmp_path):
    (tmp_path / "vendors.csv").write_text(ROWS, encoding="utf-8")
    notes = said(tmp_path / "vendors.csv")
    for heading, cell, row, count in (
        ("Vendor no", "1.00E+05", 2, 2), ("USCC", "9.16532E+17", 2, 2), ("USCC", "91653201000000000", 4, 1),
        ("Vendor name", "1-Mar", 4, 1), ("Vendor name", "12345", 5, 1),
    ):  # fmt: skip
        assert any(f"{heading!r}" in n and f"({cell!r} in row {row}; {count} in all)" in n for n in notes), heading
    assert len(notes) == 5


def test_a_shortened_number_is_no_partys_own(tmp_path):
    (tmp_path / "vendors.csv").write_text(ROWS, encoding="utf-8")
    read = read_parties(tmp_path / "vendors.csv")
    assert [p.key for p in read.each()] == [None, None, "100002", "100003"]
    answer = Desk(tmp_path / "store").screen(tmp_path / "vendors.csv")
    assert any("1.00E+05" in note for note in answer.notes)


def test_cells_of_a_workbook_that_are_dates_and_numbers(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (
        ["Vendor account", "Name", "Tax exempt number"],
        ["V-1", "Zelmira Ltd", 91653201000000000.0],
        ["V-2", dt.date(2024, 3, 1), "DE1"],
        ["V-3", 12345, "DE2"],
    ):
        book.active.append(row)
    book.save(tmp_path / "vendors.xlsx")
    notes = said(tmp_path / "vendors.xlsx")
    assert [n.split(" (")[1].split(" in row ")[0] for n in notes] == [
        "'2024-03-01T00:00:00'",
        "'12345'",
        "'91653201000000000'",
    ]


def test_what_nobody_mangled_is_not_told(tmp_path):
    (tmp_path / "vendors.csv").write_text(
        "Vendor no,Vendor name,USCC,Country\n1E5,3M Company,91653201MA2E4NQ45X,CN\n2E+5,7-Eleven,4006381333931,US\n"
        "3,March 1 Studio,123456789012345678,DE\n4,1st May Ltd,,DE\n5,1-Mar Ltd,,DE\n",
        encoding="utf-8",
    )
    assert said(tmp_path / "vendors.csv") == []
    assert not is_shortened("2E+5")
