"""A file without headings: its first party is screened and not taken for one; a heading is never taken for a party."""

from __future__ import annotations

import csv
import gzip
import io

import openpyxl
import pytest

from entrepot.core.errors import BadInputError
from entrepot.screening.parties.headings.known_words import words
from entrepot.screening.parties.parties import read_parties

FIRMS = [
    "Global Supplier Services LLC",
    "新疆合盛硅业有限公司",
    "ООО Поставщик Сервис",
    "Best Supplier GmbH",
    "Hoshine Silicon Industry Co., Ltd.",
    "Fornitori Riuniti S.p.A.",
    "Vendor Factory Sdn Bhd",
]


def as_csv(rows):
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def as_workbook(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


FORMS = {"p.csv": as_csv, "p.xlsx": as_workbook, "p.csv.gz": lambda rows: gzip.compress(as_csv(rows))}


def names(folder, name, rows):
    (folder / name).write_bytes(FORMS[name](rows))
    read = read_parties(folder / name)
    return [p.name for p in read.each()], " ".join(read.notes)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("firm", FIRMS)
@pytest.mark.parametrize("more", [[], ["US", "12 High Street"]])
def test_the_first_party_of_a_file_without_headings_is_read(tmp_path, name, firm, more):
    found, notes = names(tmp_path, name, [[firm, *more], ["Acme Trading", *more]])
    assert found == [firm, "Acme Trading"]
    assert "no headings" in notes
    assert firm in notes


@pytest.mark.parametrize("name", FORMS)
def test_a_party_in_a_later_column_is_found(tmp_path, name):
    found, _ = names(tmp_path, name, [["1001", "Best Supplier GmbH"], ["1002", "Acme Trading"]])
    assert found == ["Best Supplier GmbH", "Acme Trading"]


def test_no_heading_that_is_known_is_taken_for_a_party(tmp_path):
    for word in words():
        if word.role == "party":
            found, notes = names(tmp_path, "p.csv", [[word.text.title()], ["Acme Trading"]])
            assert found == ["Acme Trading"], word
            assert "no headings" not in notes


def test_a_title_with_a_firm_s_name_is_no_party(tmp_path):
    found, notes = names(tmp_path, "p.csv", [["Suppliers of Best GmbH", ""], ["Supplier", "Country"], ["Acme", "US"]])
    assert found == ["Acme"]
    assert "row 2" in notes
    with pytest.raises(BadInputError, match="no column can be read"):
        names(tmp_path, "p.xlsx", [["Exhibit of Best GmbH", None], ["Kürzel", "Ort"], ["Acme", "Ulm"]])


def test_a_heading_beside_a_firm_s_name_stays_a_heading(tmp_path):
    found, _ = names(tmp_path, "p.csv", [["Supplier", "Best GmbH code"], ["Acme", "7"]])
    assert found == ["Acme"]


def test_a_column_that_is_named_is_a_heading_whatever_it_looks_like(tmp_path):
    (tmp_path / "p.csv").write_bytes(as_csv([["Best Supplier GmbH"], ["Acme"]]))
    assert [p.name for p in read_parties(tmp_path / "p.csv", ["Best Supplier GmbH"]).each()] == ["Acme"]
