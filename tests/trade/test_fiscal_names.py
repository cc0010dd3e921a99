"""Fiscal years that an office names by one of their two years: which one is known of the office, and never guessed."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.heads.fiscal_names import both_years

WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])


def sheet(*years):
    return [
        ["Export Receipts by all countries"],
        ["Thousand US Dollars"],
        ["COUNTRY", *years],
        ["China", *(str(n) for n in range(1, len(years) + 1))],
    ]


def read(rows, folder, written, fixed=""):
    how = folder / "map.toml"
    how.write_text(f"[fixed]\n{fixed}", "utf-8")
    return flow_file.read_flows(written(rows, folder), mapping=how if fixed else None)


@WAYS
def test_a_year_of_pakistan_is_the_one_in_which_it_ends(written, tmp_path):
    found = read([["State Bank of Pakistan"], *sheet("FY22", "FY23")], tmp_path, written)
    # The State Bank's FY22 is July 2021 to June 2022; a fiscal year stands under the year it begins in.
    assert {f["period"]: f["value_usd"] for f in found.table.to_pylist()} == {"2021": 1_000, "2022": 2_000}
    assert any("'FY22' is read as 2021-22" in note for note in found.notes)


@WAYS
def test_a_year_of_japan_is_the_one_in_which_it_begins(written, tmp_path):
    found = read(sheet("FY2022", "FY2023"), tmp_path, written, 'reporter = "JPN"\n')
    assert {f["period"]: f["value_usd"] for f in found.table.to_pylist()} == {"2022": 1_000, "2023": 2_000}


def test_years_in_cells_are_read_as_those_in_headings(tmp_path):
    rows = [["Country", "Year", "Exports (thousand USD)"], ["China", "FY22", "1"], ["China", "FY23", "2"]]
    found = read(rows, tmp_path, as_csv, 'reporter = "PAK"\n')
    assert {f["period"]: f["value_usd"] for f in found.table.to_pylist()} == {"2021": 1_000, "2022": 2_000}


@pytest.mark.parametrize("fixed", ["", 'reporter = "KAZ"\n'])
def test_a_year_of_an_office_of_which_it_is_not_known_is_asked_about(tmp_path, fixed):
    with pytest.raises(BadInputError, match="names a fiscal year by one of its two years"):
        read(sheet("FY22", "FY23"), tmp_path, as_csv, fixed)


def test_months_of_a_fiscal_year_are_no_year():
    assert both_years("Jul-Aug FY24", "PAK") == "Jul-Aug FY24"
    assert both_years("FY 2022-23", "PAK") == "FY 2022-23"
