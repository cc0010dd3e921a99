"""Files whose labels stand in the first column, record under record: every party of theirs is read."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from entrepot.screening.parties.parties import read_parties

FIRMS = (("1001", "Foo Textile Ltd", "CN"), ("1002", "Bar Metals Inc", "DE"), ("1003", "Owner Trading", "TR"))


def _lines(head, divide, labels=("Supplier Number", "Supplier Name", "Country")):
    out = [head] if head else []
    for firm in FIRMS:
        out += [*zip(labels, firm, strict=True), *([("", "")] if divide else [])]
    return out


def _found(path):
    parties = read_parties(path)
    return [(p.key, p.name, p.country) for p in parties.each()], parties


@pytest.mark.parametrize("head", [("Field", "Value"), ("Attribut", "Inhalt"), None])
@pytest.mark.parametrize("divide", [True, False])
def test_each_record_is_a_party(tmp_path, head, divide):
    path = tmp_path / "vendors.csv"
    path.write_text("".join(f"{a},{b}\n" for a, b in _lines(head, divide)), encoding="utf-8")
    found, parties = _found(path)
    assert found == list(FIRMS)
    assert "The file is 3 records under one another, their labels in the first column." in parties.notes


@pytest.mark.parametrize(
    "labels",
    [
        ("Vendor", "Vendor Name", "Country"),
        ("供应商编码", "供应商名称", "国家"),
        ("Lieferantennr", "Lieferant", "Land"),
    ],
)
def test_labels_are_read_as_headings_are(tmp_path, labels):
    path = tmp_path / "vendors.csv"
    path.write_text("".join(f"{a};{b}\n" for a, b in _lines(None, True, labels)), encoding="utf-8")
    assert _found(path)[0] == list(FIRMS)


def test_a_sheet_of_such_records(tmp_path):
    book = Workbook()
    for line in _lines(("Field", "Value"), divide=True):
        book.active.append([cell or None for cell in line])
    book.save(tmp_path / "vendors.xlsx")
    assert _found(tmp_path / "vendors.xlsx")[0] == list(FIRMS)


@pytest.mark.parametrize(
    "text",
    [
        "Supplier Name,Country\nFoo Textile Ltd,CN\nBar Metals Inc,DE\n",
        "Name,Role\nFoo Textile Ltd,Supplier\nBar Metals Inc,Buyer\nOwner Trading,Owner\n",
        "Supplier,Buyer\nFoo Textile Ltd,Bar Metals Inc\nOwner Trading,Address Book Ltd\n",
    ],
)
def test_a_table_of_two_columns_stays_one(tmp_path, text):
    path = tmp_path / "vendors.csv"
    path.write_text(text, encoding="utf-8")
    parties = read_parties(path)
    assert next(p.name for p in parties.each()) == "Foo Textile Ltd"
    assert not any("one another" in note for note in parties.notes)
