"""Columns whose headings name places: a country a column, two countries' trade in groups of columns."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.heads.places_of_headings import placed_columns

WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])
# Invented figures. Trade Map's table of two countries: three groups, of which each is of another reporter or partner.
TRADE_MAP = [
    ["Bilateral trade between Türkiye and Russian Federation"],
    ["Product: 85 Electrical machinery and equipment"],
    ["Unit : US Dollar thousand"],
    ["Product code", "Product label", "Türkiye's exports to Russian Federation", "",
     "Russian Federation's imports from world", "", "Türkiye's exports to world", ""],
    ["", "", "Value in 2021", "Value in 2022", "Value in 2021", "Value in 2022", "Value in 2021", "Value in 2022"],
    ["'8504", "Transformers", "12", "34", "900", "800", "700", "710"],
]  # fmt: skip
MEMBERS = [
    ["Экспорт в государства-члены ЕАЭС, 2023 год"],
    ["Код ТН ВЭД", "Наименование", "Всего", "", "Россия", "", "Беларусь", ""],
    ["", "", "вес, тонн", "тыс. долл. США", "вес, тонн", "тыс. долл. США", "вес, тонн", "тыс. долл. США"],
    ["8541", "Приборы", "10", "100", "8", "80", "2", "20"],
]
BY_YEAR = [
    ["Exports by country, million USD"],
    ["Year", "Total", "China", "Russian Federation", "Other countries"],
    ["2021", "100", "60", "30", "10"],
    ["2022", "110", "70", "25", "15"],
]


def read(rows, folder, written, more=""):
    how = folder / "map.toml"
    how.write_text(f'[fixed]\nreporter = "KAZ"\n{more}', "utf-8")
    found = flow_file.read_flows(written(rows, folder), mapping=how if more != "none" else None)
    return {(f["exporter"], f["importer"], f["period"]): (f["value_usd"], f["net_kg"]) for f in found.table.to_pylist()}


@WAYS
def test_two_countries_of_trade_map_are_told_by_their_columns(written, tmp_path):
    assert read(TRADE_MAP, tmp_path, written, "none") == {
        ("TUR", "RUS", "2021"): (12_000, None),
        ("TUR", "RUS", "2022"): (34_000, None),
        ("+WLD", "RUS", "2021"): (900_000, None),
        ("+WLD", "RUS", "2022"): (800_000, None),
        ("TUR", "+WLD", "2021"): (700_000, None),
        ("TUR", "+WLD", "2022"): (710_000, None),
    }


@WAYS
def test_a_column_a_country_and_its_measures(written, tmp_path):
    assert read(MEMBERS, tmp_path, written) == {
        ("KAZ", "+WLD", "2023"): (100_000, 10_000),
        ("KAZ", "RUS", "2023"): (80_000, 8_000),
        ("KAZ", "BLR", "2023"): (20_000, 2_000),
    }


@WAYS
def test_a_column_a_country_over_years(written, tmp_path):
    found = read(BY_YEAR, tmp_path, written)
    assert found["KAZ", "CHN", "2021"] == (60_000_000, None)
    assert found["KAZ", "RUS", "2022"] == (25_000_000, None)
    assert found["KAZ", "+WLD", "2022"] == (110_000_000, None)
    assert sum(value for (_, to, year), (value, _) in found.items() if to != "+WLD" and year == "2022") == 110_000_000


@WAYS
def test_countries_under_exports_and_imports(written, tmp_path):
    rows = [["Trade, thousand USD"], ["Year", "Exports", "", "Imports", ""], ["", "China", "Russia", "China", "Russia"]]
    assert read([*rows, ["2022", "1", "2", "3", "4"]], tmp_path, written) == {
        ("KAZ", "CHN", "2022"): (1_000, None),
        ("KAZ", "RUS", "2022"): (2_000, None),
        ("CHN", "KAZ", "2022"): (3_000, None),
        ("RUS", "KAZ", "2022"): (4_000, None),
    }


def test_a_table_with_a_column_of_partners_has_none_in_its_headings():
    assert not placed_columns(["Country", "China", "Russia"], {"partner"})
    # A single place may be of a unit or of a total: nothing is made of it.
    assert not placed_columns(["Year", "Exports to China"], {"period"})
    assert not placed_columns(["Year", "Value (United States dollars)", "Value (Hong Kong dollars)"], {"period"})


def test_two_places_of_which_nothing_says_whose_are_not_guessed(tmp_path):
    rows = [["Year", "China and Russia", "Russia and Germany"], ["2022", "1", "2"]]
    with pytest.raises(BadInputError):
        read(rows, tmp_path, as_csv)
