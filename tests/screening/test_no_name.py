"""What stands where a name is not known ("N/A", "-", "не указан") is nobody: not screened, counted and told."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.desk.desk import Desk
from entrepot.intake.groups.row_words import names_nobody, total_words
from entrepot.screening.parties.parties import read_parties

FIRM = "Kinetic Drivetrain GmbH"


def written(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


@pytest.mark.parametrize(
    "cell",
    ["N/A", "n.a.", "-", "—", "?", "TBD", "Unknown", "нет данных", "不详", "k. A.", "없음", "SAME AS CNEE", "同收货人"],
)
def test_a_cell_without_a_name_is_nobody_and_is_told(tmp_path, cell):
    parties = read_parties(
        written(tmp_path / "v.csv", [["Vendor Name", "Country"], [FIRM, "DE"], [cell, "CN"], [cell, ""], [FIRM, "DE"]])
    )
    assert [(p.row, p.name) for p in parties.each()] == [(2, FIRM), (5, FIRM)]
    assert (parties.row_count, parties.nameless) == (4, 2)
    assert "2 with a party, 2 without one" in parties.rows_said
    assert any(f"screened as nobody: {cell!r} (2)" in note for note in parties.notes)


def test_an_address_beside_no_name_is_a_party_still(tmp_path):
    """A row without a name in a region under a measure is flagged for its address."""
    rows = [["Vendor Name", "Address"], [FIRM, "n/a"], ["N/A", "Shihezi, Xinjiang"], ["N/A", "-"]]
    parties = read_parties(written(tmp_path / "v.csv", rows))
    assert [(p.row, p.name, p.address) for p in parties.each()] == [
        (2, FIRM, None),
        (3, None, "Shihezi, Xinjiang"),
    ]


def test_a_second_field_of_a_name_without_one_is_no_piece_of_it(tmp_path):
    rows = [["NAME1", "NAME2"], ["Kinetic Drivetrain", "GmbH"], [FIRM, "-"], ["Harrow Trading", "Pvt Ltd"]]
    parties = read_parties(written(tmp_path / "v.csv", rows))
    assert [p.name for p in parties.each()] == [FIRM, FIRM, "Harrow Trading Pvt Ltd"]


@pytest.mark.parametrize(
    "name", ["NA Trading Ltd", "None Such Foods", "TBC Corporation", "Unknown Worlds", "无锡纺织厂"]
)
def test_a_name_that_begins_so_is_a_party(tmp_path, name):
    parties = read_parties(written(tmp_path / "v.csv", [["Vendor Name"], [FIRM], [name]]))
    assert [p.name for p in parties.each()] == [FIRM, name]


def test_no_name_of_the_record_is_read_as_nobody(tmp_path):
    names = [row["name"] for row in Desk(tmp_path).record("listings").to_pylist()]
    assert len(names) > 100
    assert not [n for n in names if names_nobody(n)]


@pytest.mark.parametrize("word", total_words())
def test_a_total_in_any_language_on_record_is_no_party(tmp_path, word):
    parties = read_parties(
        written(tmp_path / "v.csv", [["Vendor Name", "Value"], [FIRM, "5"], [FIRM, "2"], [word, "7"]])
    )
    assert [p.name for p in parties.each()] == [FIRM, FIRM], parties.notes


@given(st.text(max_size=60))
def test_what_has_a_firms_name_behind_it_is_a_name(cell):
    assert not names_nobody(f"{cell} {FIRM}")


def test_rows_with_a_party_by_its_address_alone_are_counted_once(tmp_path):
    rows = [["Vendor Name", "Address"], [FIRM, "n/a"], ["", "1 Tarn Road"], ["N/A", "-"], ["", "2 Tarn Road"]]
    parties = read_parties(written(tmp_path / "v.csv", rows))
    assert parties.party_count == len(list(parties.each())) == 3
    assert "3 with a party (2 by an address or number, without a name), 1 without one" in parties.rows_said


def test_a_mark_in_the_second_column_of_a_name_is_left_out_and_nobody_is_lost(tmp_path):
    head = ["LIFNR", "NAME1", "NAME2", "ORT01"]
    said = [(FIRM, "."), (FIRM, "-"), (".", ""), (FIRM, "."), ("Tarn Kestrel Research and", "Development Ltd")]
    rows = [head, *[[str(number), one, two, "Tarn"] for number, (one, two) in enumerate(said)]]
    parties = read_parties(written(tmp_path / "v.csv", rows))
    assert [p.name for p in parties.each() if p.name] == [FIRM] * 3 + ["Tarn Kestrel Research and Development Ltd"]
    notes = " ".join(parties.notes)
    assert "screened as its other columns have it: '.' (2), '-' (1)" in notes
    assert "screened as nobody: '.' (1)" in notes


SUMS = [
    ("Total suppliers", "300", ""),
    ("Total vendors", "", "3"),
    ("Summe Lieferanten", "", "3"),
    ("Total Spend", "", "300"),
    ("Subtotal China", "", "200"),
    ("Итого по Китаю", "", "200"),
]


@pytest.mark.parametrize("row", SUMS)
@pytest.mark.parametrize("headings", ["Supplier Name,Country,Spend", "Supplier Name,Vendor number,Spend"])
def test_a_row_that_counts_the_suppliers_or_sums_a_column_is_none(tmp_path, row, headings):
    many = [f"Foo{n} Ltd,{'US' if 'Country' in headings else n},100" for n in range(1, 301)]
    path = tmp_path / "vendors.csv"
    path.write_text("\n".join([headings, *many, ",".join(row)]), encoding="utf-8")
    read = read_parties(path)
    assert read.party_count == 300
    assert read.aside == 1


@pytest.mark.parametrize(
    "row",
    ["Total Energies,FR,100", "Total suppliers,DE,5", "Total Carriers GmbH,,5", "Total Care,,", "Total Spend Ltd,,5"],
)
def test_a_vendor_whose_name_begins_with_total_is_one(tmp_path, row):
    path = tmp_path / "vendors.csv"
    path.write_text(f"Supplier Name,Country,Spend\nFoo Ltd,US,100\nBar Ltd,US,100\n{row}\n", encoding="utf-8")
    assert read_parties(path).party_count == 3


@pytest.mark.parametrize("total", ["", ";Total;;;9.876,00", ";Total Vendors;;;8", ";Summe;;;9.876,00"])
def test_a_total_takes_no_number_of_their_own_from_a_few_vendors(tmp_path, total):
    # Business Central calls the vendor's number "No.": by its cells alone it is one.
    path = tmp_path / "vendors.csv"
    rows = [f"K0{n}01;Foo{n} Ltd;DE;All;1.234,00" for n in range(1, 7)]
    path.write_text("\n".join(["No.;Name;Country/Region Code;Blocked;Balance (LCY)", *rows, total]), encoding="utf-8")
    assert [p.key for p in read_parties(path).each()] == [f"K0{n}01" for n in range(1, 7)]
