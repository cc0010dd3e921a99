"""Exports of eighteen systems in eleven languages, five or six vendors each: what their writer says stands beside them.

Of so few rows no share tells anything: a column shows what it holds only where all its cells agree.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from entrepot.core.tables.packaged import packaged_rows
from entrepot.intake.heading_row import folded
from entrepot.screening.parties.column_mapping import column_rows
from entrepot.screening.parties.contract import HEADINGS_BY_LANGUAGE, PARTY_HEADINGS
from entrepot.screening.parties.file_options import Given
from entrepot.screening.parties.headings.heading_role import heading_role
from entrepot.screening.parties.parties import read_parties
from entrepot.vocabulary.identifiers import valid

EXPORTS = Path(__file__).parent / "exports" / "more"
# Exported besides the vendor, and screened as a party of its own: a parent is one by design.
PARENTS = {"oracle_fusion.csv": ["Kestrel Holdings Ltd"], "odoo_res_partner.csv": ["Azores Tuna Cannery"]}
# 1C's short name is the party, its full one is compared; the first name stands behind the last in DATEV's file.
CALLED = {"Karl-Heinz Wunsiedler": "Wunsiedler Karl-Heinz"}
# Misread still: one of two numbers, a qualification by region as an address.
REMAIN = [
    ("ariba_suppliers.csv", "ERP Vendor ID"),
    ("ariba_suppliers.csv", "Qualified (commodity/region)"),
    ("comarch_kontrahenci.csv", "Akronim"),
]
FIRMS = [["Ash Fasteners Ltd", "Leeds"], ["Birch Fasteners Ltd", "Hull"], ["Cedar Fasteners Ltd", "York"]]


def said(name):
    with (EXPORTS / name).open(encoding="utf-8") as file:
        out = defaultdict(list)
        for row in csv.DictReader(file):
            out[row["file"]].append(row)
        return out


def csv_of(folder, rows):
    with (folder / "v.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return read_parties(folder / "v.csv")


def held(read):
    return [r["holds"] for r in column_rows(read.headings, read.columns, (), ())]


@pytest.mark.parametrize("file", sorted(said("columns.csv")))
def test_columns_are_read_as_their_writer_says(file):
    want = said("columns.csv")[file]
    read = read_parties(EXPORTS / file, given=Given(encoding=want[0]["encoding"]))
    wrong = {w["heading"]: h for w, h in zip(want, held(read), strict=True) if h not in w["holds"].split("; ")}
    assert wrong == {h: wrong.get(h) for f, h in REMAIN if f == file}


@pytest.mark.parametrize("file", sorted(said("parties.csv")))
def test_every_vendor_is_a_party_and_nothing_else_is(file):
    read = read_parties(EXPORTS / file, given=Given(encoding=said("columns.csv")[file][0]["encoding"]))
    want = [CALLED.get(p["party"], p["party"]) for p in said("parties.csv")[file]] + PARENTS.get(file, [])
    found = [{p.name, *p.other_names} for p in read.each()]
    assert len(found) == len(want)
    assert [w for w in want if not any(w in names for names in found)] == []


def test_a_title_of_several_cells_is_not_the_headings_where_rows_are_twice_as_wide(tmp_path):
    title, top = ["Run: suppliers", "user", "27.11."], ["VNAME", "VCODE", "VX1", "VX2", "VX3", "VX4"]
    read = csv_of(tmp_path, [title, top, *([*f, "1", "2", "3", "4"] for f in FIRMS)])
    assert read.headings[0] == "VNAME"
    assert [p.name for p in read.each()] == [f[0] for f in FIRMS]


def test_a_row_under_merged_headings_is_one_of_headings_though_few_of_its_words_are_known(tmp_path):
    over, under = ["Supplier", "", "Place", "", "Status"], ["Kurz", "Lang", "Street", "Zuiop", ""]
    read = csv_of(tmp_path, [over, under, *([f[0], "", f[1], "GB", "A"] for f in FIRMS)])
    assert read.headings == ("Supplier Kurz", "Supplier Lang", "Place Street", "Place Zuiop", "Status")
    assert read.party_count == len(FIRMS)


def test_a_row_of_values_with_blanks_is_no_second_row_of_headings(tmp_path):
    read = csv_of(tmp_path, [["Supplier", "", "City"], ["Ash Fasteners", "x", ""], *([a, "", b] for a, b in FIRMS)])
    assert read.party_count == len(FIRMS) + 1


@pytest.mark.parametrize("name", ["Société Générale", "Total Country Supplier", "City Name Company"])
def test_a_firm_called_by_words_of_headings_is_not_the_second_row_of_them(tmp_path, name):
    assert csv_of(tmp_path, [["supplier"], [name], ["Ash Ltd"]]).party_count == 2
    assert (
        csv_of(tmp_path, [["supplier", "city", "country"], [name, "York", "GB"], ["Ash Ltd", "", ""]]).party_count == 2
    )


def test_numbers_under_a_word_for_the_party_name_nobody(tmp_path):
    rows = [[*f, str(n)] for n, f in enumerate(FIRMS)]
    read = csv_of(tmp_path, [["Display Name", "City", "Supplier Rank"], *rows])
    assert held(read) == ["name", "address", "nothing"]


def test_a_name_with_its_number_in_brackets_goes_on_where_it_holds_legal_forms(tmp_path):
    rows = [["Karagöz Döküm Sanayi", "Anonim Şirketi"], ["Ege Zeytin", ""], ["Long Cotton and Linen", "Co., Ltd."]]
    read = csv_of(tmp_path, [["Unvanı", "Unvanı (2)"], *rows])
    assert [p.name for p in read.each()] == [
        "Karagöz Döküm Sanayi Anonim Şirketi",
        "Ege Zeytin",
        "Long Cotton and Linen Co., Ltd.",
    ]
    read = csv_of(tmp_path, [["Name", "Name"], ["Ash Ltd", "Birch Ltd"], ["Cedar Ltd", ""], ["Elm Ltd", "Fir Ltd"]])
    assert "Ash Ltd Birch Ltd" not in [p.name for p in read.each()]


def test_a_line_that_counts_the_rows_above_is_no_party(tmp_path):
    rows = [[a, b, "GB"] for a, b in FIRMS]
    read = csv_of(tmp_path, [["Supplier", "City", "Country"], *rows, ["3 items", "", ""]])
    assert (read.party_count, read.aside) == (3, 1)
    assert any("a count of the rows" in note for note in read.notes)
    read = csv_of(tmp_path, [["Supplier", "City", "Country"], *rows, ["Studio 54", "", ""]])
    assert read.party_count == 4


def test_a_number_with_a_check_digit_is_read_under_any_heading(tmp_path):
    starts = ["91350100M000100Y4", "91310000132207340", "91110000100013614"]
    codes = [next(s + c for c in "0123456789ABCDEFGHJKLMNPQRTUWXY" if valid("uscc", s + c)) for s in starts]
    rows = [[f[0], c] for f, c in zip(FIRMS, codes, strict=True)]
    assert held(csv_of(tmp_path, [["Supplier", "Qwertz"], *rows])) == ["name", "identifier"]
    rows[1][1] = starts[1] + "I"
    assert held(csv_of(tmp_path, [["Supplier", "Qwertz"], *rows])) == ["name", "nothing"]


NEEDED = {"party", "name_field", "key", "number", "address", "country", "identifier", "alias", "other", "total"}


def test_every_language_has_a_word_for_each_thing_that_is_read():
    everywhere = {(r["role"], folded(w)) for r in packaged_rows(PARTY_HEADINGS) for w in r["words"]}
    spoken = defaultdict(set)
    for row in packaged_rows(HEADINGS_BY_LANGUAGE):
        spoken[row["language"]].add(row["role"])
    assert len(spoken) > 35
    systems = {"infor-m3"}
    lacking = {k: NEEDED - v for k, v in spoken.items() if k not in systems and NEEDED - v}
    assert not lacking
    assert everywhere


def test_every_word_of_a_language_is_read_as_it_says():
    wrong = []
    for row in packaged_rows(HEADINGS_BY_LANGUAGE):
        for word in row["words"]:
            found = heading_role(word.lstrip("="))
            allowed = {"party"} if row["role"] == "name_field" else {row["role"]}
            allowed |= {"number", "key"} if row["role"] in {"key", "number"} else set()
            allowed |= {"other"} if row["role"] == "total" else set()
            if found.role not in allowed:
                wrong.append((row["language"], word, row["role"], found.role))
    assert not wrong
