"""Files as desks send them: blank rows, covers, hidden sheets, other languages, other encodings, packed or piped."""

from __future__ import annotations

import gzip
import json
import zipfile

import pytest
from openpyxl import Workbook

from entrepot.core.errors import BadInputError, UnknownNameError, UnreadableFileError
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.parties import read_parties

PLACED = "Urumqi, Xinjiang"


def book(path, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name.startswith("hidden"):
            sheet.sheet_state = "hidden"
    made.save(path)
    return path


def test_a_row_has_the_number_under_which_a_person_sees_it(tmp_path, run_cli):
    """In Excel a row of the results is the number that stands at the margin."""
    rows = [["supplier", "address"], ["Acme", "Berlin"], [], [None, None], ["Beta", PLACED], [], ["Gamma", PLACED], []]
    text = 'supplier,address\nAcme,Berlin\n\n,\nBeta,"Urumqi,\nXinjiang"\n\nGamma,Urumqi\n\n\n'
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    book(tmp_path / "p.xlsx", one=rows)
    for name in ("p.csv", "p.xlsx"):
        done = run_cli("screen", tmp_path / name, "--format", "json", "--out", tmp_path / "hits.json")
        assert done.code == 0, done.stderr
        assert {(r["row"], r["party"]) for r in json.loads((tmp_path / "hits.json").read_text())} == {
            (rows.index(r) + 1, r[0]) for r in rows[4:7:2]
        }
        assert "3 blank rows hold nothing" in done.stderr
        again = run_cli("rescreen", tmp_path / "hits.json", "--format", "json")
        assert (again.code, json.loads(again.stdout)) == (0, []), again.stderr


def test_rows_without_a_party_and_formulas_without_a_value_are_named(tmp_path, run_cli):
    path = book(tmp_path / "p.xlsx", one=[["supplier", "address"], ["Acme", "Berlin"], [None, PLACED], ["=A2", PLACED]])
    done = run_cli("screen", path, "--format", "json")
    assert "2 rows name no party (rows 3, 4)" in done.stderr
    assert "Formulas whose value the file does not hold count as empty: A4. Open it in Excel" in done.stderr


def test_the_first_shown_sheet_with_a_known_heading_is_read_and_the_others_named(tmp_path):
    table = [["supplier", "country"], ["Acme", "DE"]]
    path = book(tmp_path / "p.xlsx", hidden_old=[["supplier"], ["Old"]], Cover=[["Read me"], ["x"]], List=table)
    read = read_parties(path)
    assert [p.name for p in read.each()] == ["Acme"]
    said = "Only the sheet 'List' is read; not read: 'hidden_old', 'Cover'; hidden: 'hidden_old'."
    assert read.notes == (f"{said} Name another with --sheet.",)
    assert [p.name for p in read_parties(path, given=Given(sheet="hidden_old")).each()] == ["Old"]
    with pytest.raises(UnknownNameError, match="List"):
        read_parties(path, given=Given(sheet="Lists"))


def test_where_no_column_can_be_read_the_row_and_the_sheets_are_named(tmp_path):
    path = book(tmp_path / "p.xlsx", A=[["alpha", "beta"], ["x", "y"]], B=[["gamma"], ["z"]])
    with pytest.raises(BadInputError, match=r"alpha, beta \(row 1 of sheet 'A'; other sheets: 'B'\)"):
        read_parties(path)


COVER = [["Suppliers of 2026"], ["as of", "1 July"], [], ["Lieferant", "Anschrift", "Land"], ["Acme", PLACED, "CN"]]
GROUPED = [["Supplier", None, "Buyer", None], ["Name", "Address", "Name", "Address"], ["Acme", PLACED, "Beta", "Bonn"]]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_headings_below_a_title_or_in_two_rows_are_found_and_said(tmp_path, ending):
    for rows, where, first, names in (
        (COVER, "The headings stand in row 4.", 5, ["Acme"]),
        (GROUPED, "The headings stand in rows 1 and 2.", 3, ["Acme", "Beta"]),
    ):
        path = tmp_path / f"p.{ending}"
        if ending == "xlsx":
            book(path, one=rows)
        else:
            path.write_text("\n".join(";".join(c or "" for c in r) for r in rows), encoding="utf-8")
        read = read_parties(path)
        found = list(read.each())
        assert [(p.row, p.name) for p in found] == [(first, n) for n in names]
        assert found[0].address == PLACED
        assert where in read.notes


def test_a_party_that_is_called_like_a_heading_is_no_heading(tmp_path):
    (tmp_path / "p.csv").write_text("mark,town\nAcme Trading Company,Bonn\nSupplier Ltd,Ulm\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="no column can be read"):
        read_parties(tmp_path / "p.csv", given=Given(address_columns=("town",)))
    read = read_parties(tmp_path / "p.csv", ["mark"])
    assert [p.name for p in read.each()] == ["Acme Trading Company", "Supplier Ltd"]


def test_excels_own_line_of_the_separator_is_read(tmp_path):
    (tmp_path / "p.csv").write_text("sep=;\r\nsupplier;country\r\nFoo, Ltd;CN\r\n", encoding="utf-8")
    assert [(p.row, p.name, p.country) for p in read_parties(tmp_path / "p.csv").each()] == [(2, "Foo, Ltd", "CN")]


@pytest.mark.parametrize(
    "heading",
    [
        "Firma",
        "Lieferant",
        "Hersteller",
        "Fournisseur",
        "Proveedor",
        "Tedarikçi",
        "TEDARİKÇİ",
        "供應商",
        "Жеткізуші",
        "Поставщик",
        "SUPPLIERNAME",
    ],
)
def test_parties_are_found_under_headings_of_many_languages(tmp_path, heading):
    (tmp_path / "p.csv").write_text(f"n,{heading}\n1,Acme\n", encoding="utf-8")
    assert [p.name for p in read_parties(tmp_path / "p.csv").each()] == ["Acme"]


@pytest.mark.parametrize("address", ["Anschrift", "Adresse", "Ort", "Adres", "Адрес"])
@pytest.mark.parametrize("country", ["Land", "Ülke", "Pays", "País", "Страна"])
def test_addresses_and_countries_are_found_beside_a_named_column(tmp_path, address, country):
    (tmp_path / "p.csv").write_text(f"Firma,{address},{country}\nAcme,Bonn,DE\n", encoding="utf-8")
    (party,) = read_parties(tmp_path / "p.csv", ["Firma"]).each()
    assert (party.address, party.country) == ("Bonn", "DE")


def test_columns_can_be_named_and_those_not_read_are_said(tmp_path, run_cli):
    path = tmp_path / "p.csv"
    path.write_text("Who,Where,Which,Supplier ID,Vendor #,Product name\nAcme,Urumqi,CN,7,8,Bolt\n", encoding="utf-8")
    options = ("--name-column", "Who", "--address-column", "where", "--country-column", "Which")
    done = run_cli("screen", path, *options, "--format", "json", "--record", tmp_path / "r.html")
    (row,) = json.loads(done.stdout)
    assert (row["address"], row["country"], row["strength"]) == ("Urumqi", "CN", "certain")
    said = "Parties are read from Who, address Where, country Which, own number Supplier ID."
    assert f"{said} Not read: Vendor #, Product name." in done.stderr
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert '<th scope="row">Columns not read</th><td>Vendor #, Product name</td>' in page
    assert "--address-column where --country-column Which" in page


def test_numbers_and_products_are_no_parties(tmp_path):
    text = "Supplier ID,Supplier code,Vendor #,Product name,Supplier\n1,a,2,Bolt,Acme\n2,b,3,Nut,Beta\n"
    (tmp_path / "p.csv").write_text(text, encoding="utf-8")
    assert [p.name for p in read_parties(tmp_path / "p.csv").each()] == ["Acme", "Beta"]


@pytest.mark.parametrize(("encoding", "name"), [("cp1251", "Поставщик Ромашка"), ("cp1252", "Société Générale")])
def test_an_encoding_that_is_named_is_read_and_recorded(tmp_path, run_cli, encoding, name):
    path = tmp_path / "p.csv"
    path.write_bytes(f"name\n{name}\n".encode(encoding))
    with pytest.raises(UnreadableFileError, match="--encoding"):
        read_parties(path)
    assert [p.name for p in read_parties(path, given=Given(encoding=encoding)).each()] == [name]
    done = run_cli("screen", path, "--encoding", encoding, "--record", tmp_path / "r.html")
    assert done.code == 0, done.stderr
    assert f"--encoding {encoding}</code>" in (tmp_path / "r.html").read_text(encoding="utf-8")
    for wrong, said in (("cp9999", "not known"), ("ascii", "is not ascii")):
        done = run_cli("screen", path, "--encoding", wrong)
        assert (done.code, said in done.stderr) == (2, True), done.stderr


def test_packed_and_piped_files_give_what_the_file_gives(tmp_path, run_cli):
    text = b"supplier,address\nAcme,Urumqi\n"
    (tmp_path / "p.csv").write_bytes(text)
    (tmp_path / "p.csv.gz").write_bytes(gzip.compress(text))
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
        packed.writestr("in/p.csv", text)
    plain = run_cli("screen", tmp_path / "p.csv", "--format", "json").stdout
    for name in ("p.csv.gz", "p.zip"):
        assert run_cli("screen", tmp_path / name, "--format", "json").stdout == plain
    piped = run_cli("screen", "-", "--format", "json", stdin=text)
    assert (piped.code, piped.stdout) == (0, plain), piped.stderr
    with zipfile.ZipFile(tmp_path / "p.zip", "a") as packed:
        packed.writestr("q.csv", text)
    done = run_cli("screen", tmp_path / "p.zip")
    assert (done.code, "holds 2 files" in done.stderr) == (2, True)
    (tmp_path / "p.csv.gz").write_bytes(b"no gzip")
    assert run_cli("screen", tmp_path / "p.csv.gz").code == 2


def test_a_list_of_ones_own_with_semicolons_is_loaded(tmp_path, run_cli):
    (tmp_path / "own.csv").write_text("name;country;aliases\nAcme, Ltd;DE;\nBeta;FR;Bee, Inc\n", encoding="utf-8")
    done = run_cli("lists", "load", tmp_path / "own.csv", "--as", "own-x", "--version", "2026-01-01")
    assert (done.code, "2 entries, 3 names" in done.stdout) == (0, True), done.stderr
