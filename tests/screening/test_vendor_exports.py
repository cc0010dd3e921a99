"""Exports of systems of many countries: what each column holds stands in exports/columns.csv, written with them."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
from openpyxl import Workbook

from entrepot.intake.heading_row import folded
from entrepot.screening.parties.column_mapping import column_rows
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.headings.known_words import words_in
from entrepot.screening.parties.parties import read_parties

EXPORTS = Path(__file__).parent / "exports"
FIRMS = [
    f"{w} Fasteners Ltd" for w in ("Ash", "Birch", "Cedar", "Elm", "Fir", "Gum", "Hazel", "Iris", "Juniper", "Larch")
]


def expected():
    out = defaultdict(list)
    with (EXPORTS / "columns.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            out[row["file"], row["encoding"]].append((row["heading"], row["holds"].split(" or "), row["of"]))
    return out


def read_as(path, **said):
    """What each heading of a file is read as, and of whom."""
    read = read_parties(path, given=Given(**said))
    return {r["heading"]: (r["holds"], r["of"]) for r in column_rows(read.headings, read.columns, (), ())}


def sheet(folder, rows, *covers):
    """A workbook with a sheet of rows behind others."""
    book = Workbook()
    for name, lines in (*covers, ("Data", rows)):
        page = book.create_sheet(name)
        for line in lines:
            page.append([c or None for c in line])
    book.remove(book.worksheets[0])
    book.save(folder / "v.xlsx")
    return folder / "v.xlsx"


@pytest.mark.parametrize(("file", "encoding"), expected())
def test_exports_are_read_as_who_wrote_them_says(file, encoding):
    found = read_as(EXPORTS / file, encoding=encoding)
    wrong = {}
    for heading, allowed, of in expected()[file, encoding]:
        holds, whose = found[heading]
        # Jméno is the person of a firm: compared with it, which its writer did not ask for, and no party beside it.
        is_person = (file, heading, holds) == ("pohoda.csv", "Jméno", "other name")
        if (holds not in allowed and not is_person) or (of and whose != of):
            wrong[heading] = (holds, whose)
    assert not wrong


def test_no_row_of_an_export_is_lost_and_none_is_two_parties():
    for file, encoding in expected():
        read = read_parties(EXPORTS / file, given=Given(encoding=encoding))
        parties = list(read.each())
        a_row = {"broker_ru.csv": 3}.get(file, 1)  # sender, receiver and declarant
        assert len(parties) == 13 * a_row, file


def test_columns_with_a_number_are_a_party_of_their_own(tmp_path):
    top = ["Client", "Country", "UBO 1 full name", "UBO 1 nationality", "UBO 1 date of birth", "UBO 2 full name"]
    top += ["UBO 2 nationality", "UBO 2 date of birth"]
    rows = [[f, "GB", "Ann Pike", "France", "1960-01-02", "Bo Dahl", "Norway", "1971-03-04"] for f in FIRMS]
    found = read_as(sheet(tmp_path, [top, *rows]))
    assert found["Client"] == ("name", "Client")
    assert found["Country"] == ("country", "Client")
    assert found["UBO 1 full name"] == ("name", "UBO 1 full name")
    assert found["UBO 2 nationality"] == ("country", "UBO 2 full name")
    firm, one, two = list(read_parties(tmp_path / "v.xlsx").each())[:3]
    assert (firm.birth_year, one.birth_year, two.birth_year) == (None, "1960", "1971")
    assert (firm.kind, one.kind) == ("any", "person")


@pytest.mark.parametrize("top", [["Address 1 street", "Address 1 city"], ["Contact 1 name", "Contact 1 country"]])
def test_numbered_addresses_and_contacts_are_no_parties(tmp_path, top):
    found = read_as(sheet(tmp_path, [["Vendor", *top], *([f, "Ann Pike", "Leeds"] for f in FIRMS)]))
    assert [h for h, (holds, _) in found.items() if holds == "name"] == ["Vendor"]


def test_what_stands_over_headings_is_read_with_them(tmp_path):
    over = ["General", "", "Main Address", "", "Primary Contact", "", "Tax"]
    top = ["Supplier Name", "Number", "Street", "City", "First Name", "Last Name", "Tax ID"]
    rows = [[f, str(700 + n), "Mill Lane", "Leeds", "Ann", "Pike", f"GB{n:09d}"] for n, f in enumerate(FIRMS)]
    found = read_as(sheet(tmp_path, [over, top, *rows]))
    assert found["Primary Contact First Name"] == ("nothing", None)
    assert found["Main Address City"][0] == "address"
    named = [h for h, (holds, _) in found.items() if holds in {"name", "other name"}]
    assert [h.removeprefix("General ") for h in named] == ["Supplier Name"]


def test_a_cover_that_speaks_of_suppliers_is_not_the_sheet_that_is_read(tmp_path):
    rows = [["Supplier Name", "City"], *([f, "Leeds"] for f in FIRMS)]
    read = read_parties(sheet(tmp_path, rows, ("Cover", [["Export of supplier profiles."]])))
    assert read.headings == ("Supplier Name", "City")


def test_a_line_of_the_title_that_names_a_firm_is_not_the_headings(tmp_path):
    title = [["Find Suppliers"], ["Company", "Harrow Group plc"], ["Run on", "27-Nov-2026"], []]
    read = read_parties(sheet(tmp_path, [*title, ["Supplier", "Tax ID"], *([f, "GB123"] for f in FIRMS)]))
    assert read.headings == ("Supplier", "Tax ID")
    assert read.party_count == len(FIRMS)


def test_without_a_known_heading_the_column_of_firms_is_the_name(tmp_path):
    top = ["qwrt", "zxcv", "plmk", "vbnm"]
    rows = [[f"K{n}", f, "Leeds", "x"] for n, f in enumerate(FIRMS)]
    assert read_as(sheet(tmp_path, [["Hjkl"], [], top, *rows]))["zxcv"] == ("name", "zxcv")


def test_clerks_are_no_parties_and_buyers_are(tmp_path):
    top = ["Supplier name", "Supplier code", "Buyer"]
    clerks = [[f, str(900 + n), ("Ann Pike", "Bo Dahl")[n % 2]] for n, f in enumerate(FIRMS)]
    firms = [[f, str(900 + n), ("Acme Inc.", "Bolt GmbH")[n % 2]] for n, f in enumerate(FIRMS)]
    assert read_as(sheet(tmp_path, [top, *clerks]))["Buyer"] == ("nothing", None)
    assert read_as(sheet(tmp_path, [top, *firms]))["Buyer"] == ("name", "Buyer")


@pytest.mark.parametrize(
    ("heading", "role"),
    [
        ("N.I.F.", "identifier"),
        ("Адрес грузоотправителя", "address"),
        ("Utdelningsadress", "address"),
        ("Rechnungsanschrift", "address"),
        ("Mã số thuế", "identifier"),
        ("Địa chỉ", "address"),
        ("Quốc gia", "country"),
    ],
)
def test_headings_are_known_by_initials_cases_and_last_words(heading, role):
    assert role in {w.role for w in words_in(folded(heading)).found}


def test_the_number_of_an_account_is_not_ones_own(tmp_path):
    top = ["Ledger name", "Country", "Bank name", "A/c No."]
    rows = [[f, "India", "Union Harbor Bank", str(70_000_000 + 31 * n)] for n, f in enumerate(FIRMS)]
    assert read_as(sheet(tmp_path, [top, *rows]))["A/c No."] == ("nothing", None)
    rows = [[f, "India", str(70_000_000 + 31 * n)] for n, f in enumerate(FIRMS)]
    found = read_as(sheet(tmp_path, [["Ledger name", "Country", "A/c No."], *rows]))
    assert found["A/c No."] == ("key", "Ledger name")
