"""Which sheet of a workbook is read: no cover that says how the others were made."""

import zipfile

import pytest
from openpyxl import Workbook

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.parties.parties import read_parties

DATA = [
    ["No.", "Name", "Country/Region Code", "Balance (LCY)"],
    ["V1", "Esquel Group", "HK", 10],
    ["V2", "Arvind", "IN", 5],
]


def book(path, *sheets):
    made = Workbook()
    made.remove(made.active)
    for n, rows in enumerate(sheets):
        sheet = made.create_sheet(f"Sheet {n}")
        for row in rows:
            sheet.append(row)
    made.save(path)
    return path


@pytest.mark.parametrize(
    "cover",
    [
        [["Company", "CRONUS"], ["Vendor Name", "<>Hoshine*"]],
        [["Filter", "Value"], ["Vendor Name", "*"], ["Posting Date", "2024"]],
        [["Report Name", "Vendor List"], ["Company Name", "CRONUS International Ltd."], ["User", "ADMIN"]],
    ],
)
def test_the_settings_of_a_report_are_not_screened_in_its_place(tmp_path, cover):
    parties = read_parties(book(tmp_path / "b.xlsx", cover, DATA))
    assert [p.name for p in parties.each()] == ["Esquel Group", "Arvind"]
    assert any("not read: 'Sheet 0'" in n for n in parties.notes)


@pytest.mark.parametrize(
    "first",
    [[["Supplier", "Country"], ["Foo Ltd", "DE"]], [["Supplier"], ["Foo Ltd"]], [["Name", "Land"], ["Foo Ltd", "DE"]]],
)
def test_a_short_list_before_another_table_is_read(tmp_path, first):
    assert [p.name for p in read_parties(book(tmp_path / "b.xlsx", first, DATA)).each()] == ["Foo Ltd"]


def test_settings_alone_are_read_as_what_there_is(tmp_path):
    parties = read_parties(book(tmp_path / "b.xlsx", [["Vendor Name", "<>Hoshine*"], ["Foo Ltd", "x"]]))
    assert [p.name for p in parties.each()] == ["Foo Ltd"]


@pytest.mark.parametrize(
    ("member", "whose"),
    [("content.xml", "OpenDocument"), ("Index/Document.iwa", "Numbers")],
)
def test_a_document_of_another_program_is_told_with_what_to_do(tmp_path, member, whose):
    path = tmp_path / "list.ods"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/other")
        packed.writestr(member, "x")
    with pytest.raises(UnreadableFileError, match=f"document of {whose}: save its table as XLSX or CSV"):
        read_parties(path)


@pytest.mark.parametrize(
    "cover",
    [
        [["Vendor overview"], ["Version 3"], ["Vendor management, 4th floor"]],
        [[None, "Supplier overview 2026"], [], [None, "Owner: A. Example"]],
        [[None, "Vendor register"], [None, "Made by: A. Example"]],
        [["Lieferantenverzeichnis Einkauf"], ["Stand: Mai"], ["Zentraleinkauf"]],
    ],
)
def test_a_title_page_is_not_screened_in_place_of_the_list(tmp_path, cover):
    parties = read_parties(book(tmp_path / "b.xlsx", cover, [["List of May"], [], *DATA]))
    assert [p.name for p in parties.each()] == ["Esquel Group", "Arvind"]
    assert any("not read: 'Sheet 0'" in n for n in parties.notes)


@pytest.mark.parametrize("first", [[["Vendor"], ["Foo"], ["Bar"]], [["Vendor list 2026"], ["Foo Ltd"], ["Bar"]]])
def test_a_list_of_names_alone_is_no_title_page(tmp_path, first):
    assert [p.name for p in read_parties(book(tmp_path / "b.xlsx", first, DATA)).each()] == [r[0] for r in first[1:]]
