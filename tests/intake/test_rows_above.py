"""Firms above the headings of a table are told with their rows: they are not read, and a list may be meant."""

from __future__ import annotations

import csv

import openpyxl
import pytest

from entrepot.screening.parties.parties import read_parties

TABLE = [["Vendor", "Country", "City"], ["Delmore Textiles Inc", "US", "Dalton"], ["Tarbagan Works", "KZ", "Almaty"]]
FIRMS = [["Acme Widgets Ltd", "GB", "London"], ["Zhongtai Chemical Co., Ltd.", "CN", "Urumqi"]]


def notes(path, rows):
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    else:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(path)
    return [n for n in read_parties(path).notes if "above the headings" in n]


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
def test_firms_above_the_headings_are_told_with_their_rows(name, tmp_path):
    said = notes(tmp_path / name, [["Approved vendors 2026"], *FIRMS, [], *TABLE])
    assert len(said) == 1
    assert all(x in said[0] for x in ("row 2 'Acme Widgets Ltd'", "row 3 'Zhongtai Chemical Co., Ltd.'"))


@pytest.mark.parametrize("name", ["list.xlsx", "list.csv"])
@pytest.mark.parametrize(
    "title",
    [
        [["Example Imports GmbH"], ["Vendor list"]],
        [["Company:", "Example Imports GmbH"], ["Run by:", "Amy Poole"]],
        [["Vendor list"], ["As of 30 November 2026", ""]],
        [],
    ],
)
def test_whose_list_it_is_is_no_list(name, title, tmp_path):
    assert notes(tmp_path / name, [*title, *TABLE]) == []
