"""Tables that one row of headings does not explain: a second table below, and one that lies on its side."""

from __future__ import annotations

import csv

import pytest

from entrepot.core.errors import UnreadableFileError
from entrepot.screening.parties.parties import read_parties

FIRST = ["Vendor No|Vendor|Country", "A7|Nordmole GmbH|DE", "A9|Ostfeld Ltd|GB"]


def written(folder, rows):
    path = folder / "v.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([row.split("|") for row in rows])
    return path


def names(folder, rows):
    return [p.name for p in read_parties(written(folder, rows)).each()]


@pytest.mark.parametrize(
    "headings",
    [
        "Consignee|Country|Port",
        "Country|Vendor No|Vendor",
        "供应商|国家|城市",
        "Lieferant|Land|Ort",
        "Country|Supplier name|",
    ],
)
@pytest.mark.parametrize("between", [[], ["||"]])
def test_a_second_table_with_other_columns_is_refused_with_its_line(tmp_path, headings, between):
    rows = [*FIRST, *between, headings, "Sommer AG|CN|SHA"]
    with pytest.raises(UnreadableFileError, match="second table with other headings") as refused:
        names(tmp_path, rows)
    assert f"line {len(FIRST) + len(between) + 1}" in str(refused.value)


@pytest.mark.parametrize(
    "row", ["Vendor No|Vendor|Country", "Supplier No|Supplier|Country", "No|Vendor name|Country", "|Lieferant|Land"]
)
def test_headings_of_the_same_columns_again_are_no_party(tmp_path, row):
    assert names(tmp_path, [*FIRST, row, "B1|Sommer AG|CN"]) == ["Nordmole GmbH", "Ostfeld Ltd", "Sommer AG"]


@pytest.mark.parametrize(
    "row", ["B1|Country Partner|NO", "B1|Company|GB", "Code 7|Trading Company|IT", "No|The Vendor Ltd|NO"]
)
def test_a_firm_called_by_words_of_headings_is_a_party(tmp_path, row):
    assert names(tmp_path, [*FIRST, row])[2:] == [row.split("|")[1]]


@pytest.mark.parametrize(
    "rows",
    [
        ["Vendor|Nordmole GmbH|Ostfeld Ltd|Sommer AG", "Country|DE|GB|CN", "City|Bonn|York|Linz"],
        ["Supplier name|Nordmole|Ostfeld", "Address|Weg 1, Bonn|Road 2, York"],
        ["供应商|Nordmole GmbH|Ostfeld Ltd", "国家|DE|GB", "Remark|x|y"],
        ["Vendor No|A7|A9|B1", "Vendor|Nordmole GmbH|Ostfeld Ltd|Sommer AG", "Country|DE|GB|CN"],
    ],
)
def test_a_table_on_its_side_is_refused_with_what_to_do(tmp_path, rows):
    with pytest.raises(UnreadableFileError, match="lies on its side") as refused:
        names(tmp_path, rows)
    assert "transposed" in str(refused.value)


@pytest.mark.parametrize(
    "rows",
    [
        ["Vendor|Remark A|Remark B", "Nordmole GmbH|x|y", "Ostfeld Ltd|x|y"],
        ["Vendor|Country|City", "Nordmole GmbH|DE|Bonn"],
        ["Supplier|Foo|Bar", "Alfa Mills|x|y", "City|x|y"],
        ["Vendor|Spend 2025|Spend 2026", "Nordmole GmbH|7|8"],
    ],
)
def test_a_table_with_a_party_a_row_is_read(tmp_path, rows):
    assert names(tmp_path, rows)[0] == rows[1].split("|")[0]
