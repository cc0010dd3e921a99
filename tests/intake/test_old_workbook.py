"""Workbooks of before 2007: the same rows as one of today gives, and damaged ones refused by name."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from entrepot.core.errors import BadInputError, UnreadableFileError
from entrepot.intake.open_table import opened
from entrepot.intake.reading_options import ReadingOptions
from entrepot.screening.parties.parties import read_parties
from fuzz.old_book import old_book

ROWS = [
    ["Lieferant", "Ort", "Nummer", "Seit"],
    ["Müller GmbH", "Köln", 4711.0, ("date", 44_000)],
    ["新疆中泰", "", 1.5, ""],
]
# Day 44,000 of Excel's calendar: 2020-06-18.
TEXTS = [["Müller GmbH", "Köln", "4711", "2020-06-18T00:00:00"], ["新疆中泰", None, "1.5", None]]


def put(folder, data, name="p.xls"):
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["p.xls", "p.xlsx", "p"])
def test_text_numbers_and_days_are_read_whatever_the_name(tmp_path, name):
    table = opened(put(tmp_path, old_book({"A": ROWS}), name))
    assert table.headings == ROWS[0]
    assert list(table.rows()) == TEXTS


def test_the_same_sheet_and_row_as_of_a_workbook_of_today(tmp_path):
    sheets = {"Deckblatt": [["Stand", "heute"]], "Alt": ROWS, "Liste": [["Bericht"], [], *ROWS]}
    today = Workbook()
    today.remove(today.active)
    for title, rows in sheets.items():
        sheet = today.create_sheet(title)
        for row in rows:
            sheet.append([None if isinstance(c, tuple) else c for c in row])
    today["Alt"].sheet_state = "hidden"
    today.save(tmp_path / "p.xlsx")
    old = put(tmp_path, old_book(sheets, hidden={"Alt"}))
    for options in (None, ReadingOptions(sheet="Alt")):
        found = [opened(p, options) for p in (old, tmp_path / "p.xlsx")]
        assert found[0].headings == found[1].headings
        assert found[0].notes == found[1].notes
    read = [[(p.row, p.name, p.address) for p in read_parties(p).each()] for p in (old, tmp_path / "p.xlsx")]
    assert read[0] == read[1] == [(4, "Müller GmbH", "Köln"), (5, "新疆中泰", None)]


def test_a_percentage_is_read_as_its_cell_shows_it(tmp_path):
    rows = [["owner", "share"], ["Alfa Ltd", ("percent", 0.51)], ["Beta Ltd", ("percent", 0.07)], ["Gamma Ltd", 0.51]]
    table = opened(put(tmp_path, old_book({"A": rows})))
    assert [share for _, share in table.rows()] == ["51%", "7%", "0.51"]


def test_words_merged_over_several_rows_stand_in_each_and_a_figure_once(tmp_path):
    rows = [["供应商", "产品", "金额"], ["新疆中泰", "PVC", 70.0], ["", "Caustic soda", ""], ["Beta Ltd", "Steel", 5.0]]
    table = opened(put(tmp_path, old_book({"A": rows}, merged=[(1, 2, 0), (1, 2, 2)])))
    expected = [["新疆中泰", "PVC", "70"], ["新疆中泰", "Caustic soda", None], ["Beta Ltd", "Steel", "5"]]
    assert list(table.rows()) == expected


def test_how_deep_rows_lie_is_told(tmp_path):
    rows = [["name", "amount"], ["Alfa Ltd", ""], ["invoice 1", 5.0]]
    assert opened(put(tmp_path, old_book({"A": rows}, levels={2: 1}))).levels == {3: 1}


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=8))
def test_a_damaged_one_is_read_or_refused_by_name(tmp_path, at, junk):
    whole = old_book({"A": ROWS})
    at %= len(whole)
    try:
        read_parties(put(tmp_path, whole[:at] + junk + whole[at + len(junk) :]))
    except BadInputError as exc:
        assert "p.xls" in str(exc) or exc.remedy


def test_one_that_is_no_workbook_or_under_a_password_says_so(tmp_path):
    with pytest.raises(UnreadableFileError, match="not locked with a password"):
        opened(put(tmp_path, bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4_000)))
