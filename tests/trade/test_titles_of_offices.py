"""Sheets of offices and databases whose title says who reports, and in which twelve months; figures are invented.

Forms are those of the Pakistan Bureau of Statistics, the State Bank of Pakistan, Trade Map and Russia's customs.
"""

import csv

import pytest

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file, losses
from entrepot.trade.loading.printed.titles.printed_title import title_facts
from entrepot.trade.loading.printed.titles.title_period import title_period

RUPEES = [
    ["PAKISTAN BUREAU OF STATISTICS"],
    ["EXPORTS BY COUNTRY AND COMMODITY"],
    ["JULY 2023 - JUNE 2024"],
    ["(Value in '000' Rs.)"],
    ["Country", "PCT Code", "Commodity", "Unit", "Quantity", "Value"],
    ["China", "5201.0030", "Raw cotton", "KG", "1000", "280000"],
    ["Kazakhstan", "5201.0030", "Raw cotton", "KG", "10", "2800"],
]


def load(folder, rows, how=""):
    path, by = folder / "flows.csv", folder / "map.toml"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    by.write_text(how, encoding="utf-8")
    return flow_file.read_flows(path, mapping=by if how else None)


def held(loaded, *columns):
    return sorted(tuple(f[c] for c in columns) for f in loaded.table.to_pylist())


@pytest.mark.parametrize(
    "how", ["[rates]\nPKR = 0.0036\n", "[rates.PKR]\n2023 = 0.0036\n", '[rates.PKR]\n"2022" = 9\n2023 = 0.0036\n']
)
def test_thousands_of_rupees_become_dollars_at_the_rate_of_a_map(tmp_path, how):
    loaded = load(tmp_path, RUPEES, how)
    # 280,000 thousand rupees of .0036 dollars; what the map says takes nothing of the thousands.
    assert held(loaded, "reporter", "importer", "product", "period", "value_usd") == [
        ("PAK", "CHN", "52010030", "2023", pytest.approx(1_008_000)),
        ("PAK", "KAZ", "52010030", "2023", pytest.approx(10_080)),
    ]
    told = {f["kind"]: f["what"] for f in loaded.faults.to_pylist()}
    assert "the rate that the map says" in told["currency_not_usd"]
    assert "JULY 2023 - JUNE 2024" in told["fiscal_year"]


def test_without_a_rate_the_lines_to_write_are_said(tmp_path):
    refused = load(tmp_path, RUPEES)
    with pytest.raises(BadInputError, match=r"\[rates\] PKR = RATE"):
        losses.refuse(refused.losses, losses.ACCEPTED, "flows.csv")


def test_a_factor_in_place_of_what_the_file_counts_in_is_told(tmp_path):
    loaded = load(tmp_path, RUPEES, '[fixed]\ncurrency = "USD"\n[scale]\nvalue = 0.0036\n')
    assert any("counts values by 1,000" in f["what"] for f in loaded.faults.to_pylist())


@pytest.mark.parametrize(
    "rates", ["PKR = 0", "PKR = -1", "PKR = 1000", 'PKR = "a"', "rupee = 0.0036", "[rates.PKR]\nearly = 1"]
)
def test_what_is_no_rate_is_refused_with_an_example(tmp_path, rates):
    with pytest.raises(BadInputError, match=r"PKR = 0\.0036"):
        load(tmp_path, RUPEES, f"[rates]\n{rates}\n")


def test_a_bank_that_signs_its_sheet_reports(tmp_path):
    rows = [
        ["State Bank of Pakistan"],
        ["Export Receipts by All Countries"],
        ["(Thousand US $)"],
        [],
        ["Country", "FY23", "Jul-Sep FY24", "Jul-24", "Aug-24"],
        ["China", "2500", "600", "210", "220"],
    ]
    loaded = load(tmp_path, rows)
    # The bank's FY23 is July 2022 to June 2023; a quarter of a fiscal year is not read.
    assert held(loaded, "reporter", "importer", "period", "value_usd") == [
        ("PAK", "CHN", "2022", 2_500_000),
        ("PAK", "CHN", "2024-07", 210_000),
        ("PAK", "CHN", "2024-08", 220_000),
    ]
    (left,) = [f["what"] for f in loaded.faults.to_pylist() if "FY" in f["what"]]
    assert "write both into the heading, 2022-23" in left


def test_years_that_say_one_of_two_are_refused_with_what_to_write(tmp_path):
    rows = [["Central Bank of Egypt"], ["Exports (Thousand US $)"], ["Country", "FY23", "FY24"], ["China", "25", "27"]]
    with pytest.raises(BadInputError, match="write both into the heading, as 2022-23"):
        load(tmp_path, rows)


@pytest.mark.parametrize(
    ("line", "reporter"),
    [
        ("List of importing markets for a product exported by China in 2023", "China"),
        ("List of supplying markets for a product imported by Viet Nam", "Viet Nam"),
        ("Lista de los mercados proveedores para un producto importado por México en 2023", "México"),
        ("General Administration of Customs of the People's Republic of China", "People's Republic of China"),
        ("China Export Statistics", "China"),
        ("Statistics Canada", "Canada"),
        ("Exports by country", None),
        ("Imports from China", None),
        ("Foreign trade statistics: imports from China", None),
        ("Source: China Customs, by way of an aggregator", None),
    ],
)
def test_a_title_says_who_reports_by_whom_or_by_its_office(line, reporter):
    assert title_facts([[line]])[0].get("reporter") == reporter


def test_two_offices_in_a_title_say_nothing():
    assert "reporter" not in title_facts([["Statistics Canada"], ["State Bank of Pakistan"]])[0]


@pytest.mark.parametrize("order", [("Commodity", "Commodity Code"), ("Product", "HS Code"), ("Товар", "Код ТН ВЭД")])
def test_goods_are_read_by_their_code_where_their_name_stands_beside(tmp_path, order):
    rows = [
        ("Reporter", "Partner", *order, "Flow", "Period", "Value USD"),
        ("KAZ", "CHN", "Raw cotton", "520100", "Export", "2024", "500"),
        ("KAZ", "CHN", "Cotton yarn", "520512", "Export", "2024", "70"),
    ]
    assert held(load(tmp_path, rows), "product", "value_usd") == [("520100", 500), ("520512", 70)]


def test_headings_of_russias_customs_in_latin_letters_are_read(tmp_path):
    rows = [
        ("NAPR", "PERIOD", "STRANA", "TNVED", "EDIZM", "STOIM", "NETTO", "KOL"),
        ("ИМ", "01/2021", "CN", "8541409000", "ШТ", "1234,56", "100,5", "10"),
        ("ЭК", "01/2021", "KZ", "5201000000", "", "700", "300", "0"),
    ]
    loaded = load(tmp_path, rows, '[fixed]\nreporter = "RUS"\n')
    assert held(loaded, "exporter", "importer", "product", "value_usd", "quantity") == [
        ("CHN", "RUS", "8541409000", 1234.56, 10),
        ("RUS", "KAZ", "5201000000", 700, 0),
    ]


def test_a_fraction_of_three_digits_is_not_told_to_be_thousands(tmp_path):
    rows = [
        ("Reporter", "Partner", "Flow", "HS code", "Period", "Value USD", "Net weight kg"),
        ("KAZ", "CHN", "Export", "520100", "2024-01", "1000,5", "0,106"),
        ("KAZ", "CHN", "Export", "520100", "2024-02", "2000,5", "10,5"),
    ]
    loaded = load(tmp_path, rows)
    assert held(loaded, "net_kg") == [(0.106,), (10.5,)]
    assert not [f for f in loaded.faults.to_pylist() if f["kind"] == "thousands_separator"]


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("Data extracted 01/02/2024", ""),
        ("Last updated: 15 March 2024", ""),
        ("Updated on March 15th, 2024", ""),
        ("数据更新于2024年3月15日", ""),
        ("Дата выгрузки 15.03.2024", ""),
        ("Exports in 2023, extracted 2024-02-01", "2023"),
        ("Exports, October 2023 (revised 1 February 2024)", "2023-10"),
        ("Trade from 01/01/2023 to 31/12/2023", "2023"),
        ("Trade from 01/01/2023 to 30/06/2023", ""),
        ("Exports, March 2024", "2024-03"),
    ],
)
def test_the_day_of_an_extraction_is_no_period_of_the_figures(title, period):
    assert title_period((title,)).period == period


def test_a_table_whose_only_date_is_that_of_its_extraction_asks_for_its_period(tmp_path):
    path = tmp_path / "table.csv"
    path.write_text("UK exports\nData extracted 01/02/2024\nCountry,Commodity Code,Value (£)\nKazakhstan,85414300,1\n")
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "GBR"\nflow = "export"\n', encoding="utf-8")
    with pytest.raises(BadInputError, match="period"):
        flow_file.load((path,), mapping=how)


def test_months_by_their_names_are_those_of_the_year_of_the_title(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    title = "Exports by Country: January to February 2023\n(FOB Value in US Dollars)\n\n"
    path.write_text(f"{title}Month,Country,Value\nJan,Japan,1000\nFeb,Japan,1100\n", "utf-8")
    how.write_text('[fixed]\nreporter = "PHL"\n', "utf-8")
    rows = flow_file.read_flows(path, mapping=how).table.to_pylist()
    assert {r["period"]: r["value_usd"] for r in rows} == {"2023-01": 1000, "2023-02": 1100}


def test_months_beside_a_column_of_years_are_of_those_years(tmp_path):
    path, how = tmp_path / "office.csv", tmp_path / "map.toml"
    path.write_text("Exports, 2023\n\nYear,Month,Country,Value (USD)\n2022,Jan,Japan,1000\n", "utf-8")
    how.write_text('[fixed]\nreporter = "PHL"\n', "utf-8")
    (row,) = flow_file.read_flows(path, mapping=how).table.to_pylist()
    assert row["period"] == "2022-01"
