"""Tables as offices print them: titles, headings in several rows, periods and flows in columns, several sheets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_headings import period_in, role_of
from entrepot.trade.loading.printed.printed_layout import layout_of
from entrepot.trade.loading.printed.printed_units import said

INDIA = """Department of Invented Commerce,,,,
Export :: Country-wise for commodity 8708,,,,
"Values in US $ Million",,,,
S.No.,Country,2021-2022,%Share,2022-2023,%Growth
1.,U S A,"1,497.5",26.3,"1,602.0",6.9
2.,CHINA P RP,88.5,1.5,90.5,2.7
,Total,"1,586.0",,"1,692.5",
"""
DATA_MONITOR = """"China Export Statistics",,,
"Commodity: 8541, Diodes",,,
"Partner Country","United States Dollars",,
"","2021","2022","2023"
"_World","46,200,000","63,100,000","1,000"
"Hong Kong","9,900,000","8,800,000","500"
"""
RUSSIAN = """Бюро вымышленной статистики;;;;
Импорт товаров по странам;;;;
Код ТН ВЭД;Наименование товара;Страна происхождения;Период;Вес нетто, тонн;Стоимость, тыс. долларов США
8703;Автомобили;Российская Федерация;январь 2022;1,5;12 500,7
0401;Молоко;Корея, Республика;февраль 2022;2,0;6 600,0
"""
FRENCH = """Flux;Année;Mois;Code NC8;Pays de destination;Valeur (en euros);Masse (kg)
Exportations;2022;1;87032319;Russie, Fédération de;1000;90
Exportations;2022;2;87032319;Corée du Sud;500;40
"""
TURKISH = """Yıl;Ay;GTİP;Ülke kodu;Ülke adı;İhracat Dolar;İthalat Dolar
2022;1;870323109000;75;Rusya Federasyonu;1250;310
2022;2;870323109000;79;Kazakistan;310;-
"""
CHINESE = """数据年月,商品编码,贸易伙伴编码,贸易伙伴名称,美元
202301,85414300,309,荷兰,"1,020,300"
202302,85414300,110,中国香港,"31,000"
"""
TARIFF = """HTS Number,Country,Year,January,February,March
8541430010,Vietnam,2024,"410,000.5",10,20
8541430010,Burma,2024,100,:,30
"""


def map_of(tmp_path, **fixed):
    path = tmp_path / "map.toml"
    path.write_text("\n".join(["[fixed]", *(f'{k} = "{v}"' for k, v in fixed.items())]) + "\n", encoding="utf-8")
    return path


def values(found, *columns):
    rows = found.table.select([*columns, "value_usd"]).to_pylist()
    return {tuple(r[c] for c in columns): round(r["value_usd"], 3) for r in rows}


def test_a_ministry_prints_a_title_and_years_that_end_in_the_next(write, tmp_path, faults):
    found = write(INDIA, mapping=map_of(tmp_path, reporter="IND"))
    assert values(found, "importer", "product", "period") == {
        ("USA", "8708", "2021"): 1497.5e6,
        ("USA", "8708", "2022"): 1602e6,
        ("CHN", "8708", "2021"): 88.5e6,
        ("CHN", "8708", "2022"): 90.5e6,
        ("+WLD", "8708", "2021"): 1586e6,
        ("+WLD", "8708", "2022"): 1692.5e6,
    }
    assert {r["flow"] for r in found.table.to_pylist()} == {"export"}
    assert any("million USD" in note for note in found.notes)
    assert "converted" in faults(found, "fiscal_year")
    assert found.tally.rows == 3


def test_the_unit_stands_above_the_years(write, tmp_path):
    found = write(DATA_MONITOR, mapping=map_of(tmp_path, reporter="CHN"))
    assert values(found, "importer", "product", "period")["HKG", "8541", "2022"] == 8.8e6
    assert len(found.table) == 6


def test_headings_in_russian_with_thousands_and_tonnes(write, tmp_path):
    found = write(RUSSIAN, mapping=map_of(tmp_path, reporter="KAZ"))
    assert values(found, "exporter", "product", "period") == {
        ("RUS", "8703", "2022-01"): 12_500_700,
        ("KOR", "0401", "2022-02"): 6_600_000,
    }
    assert {r["net_kg"] for r in found.table.to_pylist()} == {1_500, 2_000}


def test_headings_in_french(write, tmp_path):
    found = write(FRENCH, mapping=map_of(tmp_path, reporter="FRA"))
    assert {(r["importer"], r["period"], r["net_kg"]) for r in found.table.to_pylist()} == {
        ("RUS", "2022-01", 90),
        ("KOR", "2022-02", 40),
    }


def test_flows_in_columns(write, tmp_path):
    found = write(TURKISH, mapping=map_of(tmp_path, reporter="TUR"))
    assert values(found, "exporter", "importer", "period") == {
        ("TUR", "RUS", "2022-01"): 1250,
        ("RUS", "TUR", "2022-01"): 310,
        ("TUR", "KAZ", "2022-02"): 310,
    }


def test_headings_in_chinese(write, tmp_path):
    found = write(CHINESE, mapping=map_of(tmp_path, reporter="CHN", flow="export"))
    assert values(found, "importer", "period") == {("NLD", "2023-01"): 1_020_300, ("HKG", "2023-02"): 31_000}


def test_months_in_columns_beside_a_year(write, tmp_path):
    found = write(TARIFF, mapping=map_of(tmp_path, reporter="USA", flow="import"))
    assert values(found, "exporter", "period") == {
        ("VNM", "2024-01"): 410_000.5,
        ("VNM", "2024-02"): 10,
        ("VNM", "2024-03"): 20,
        ("MMR", "2024-01"): 100,
        ("MMR", "2024-03"): 30,
    }


def test_what_no_column_says_is_named_with_the_lines_of_a_map(write):
    with pytest.raises(BadInputError, match=r'nothing says reporter.*\[fixed\], then reporter = "…"'):
        write(RUSSIAN)


def test_two_amounts_of_one_period_are_not_guessed(write, tmp_path):
    text = "Country,2021 FOB value,2021 CIF value\nChina,1,2\n"
    with pytest.raises(BadInputError, match="nothing tells which is the value"):
        write(text, mapping=map_of(tmp_path, reporter="USA", flow="import"))


def test_a_map_names_the_columns_under_a_title_and_the_years_stay_wide(write, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text(
        '[columns]\npartner = "Wohin"\n[fixed]\nreporter = "DEU"\nflow = "export"\nproduct = "8703"\n'
        "[scale]\nvalue = 1000\n"
    )
    found = write("Ein Titel;;\nWohin;2021;2022\nChina;1;2\n", mapping=path)
    assert values(found, "importer", "period") == {("CHN", "2021"): 1000, ("CHN", "2022"): 2000}


def test_a_map_for_another_file_is_told_with_its_headings(write, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\npartner = "Pais"\nproduct = "Code"\nperiod = "Year"\nvalue = "USD"\n')
    with pytest.raises(BadInputError, match="unknown column of the file 'Pais'"):
        write("reporter,partner,flow,product,period,value_usd\nCHN,KAZ,export,8541,2020,9\n", mapping=path)


def book(path, sheets):
    from openpyxl import Workbook

    made = Workbook()
    made.active.append(["Contents", "PRODUCT", "FLOW"])
    for code, rows in sheets.items():
        sheet = made.create_sheet(f"Sheet {code}")
        for row in (
            ["Data extracted from [INVENTED]"],
            [],
            ["PRODUCT [PRODUCT]", None, f"Goods of some sort [{code}]"],
            ["FLOW", None, "EXPORT"],
            ["INDICATORS", None, "VALUE_IN_EUROS"],
            [],
            ["TIME", "TIME", "2020-01", "2020-02"],
            ["FREQ (Labels)", "FREQ (Labels)", "Monthly", "Monthly"],
            ["REPORTER (Labels)", "PARTNER (Labels)", "", ""],
            *rows,
            [],
            ["Special value"],
            [":", "not available"],
        ):
            sheet.append(row)
    made.save(path)


def test_the_sheets_of_a_workbook_are_one_table(tmp_path):
    path = tmp_path / "book.xlsx"
    book(
        path,
        {
            "87032319": [["Austria", "Russian Federation (Russia)", 10.0, ":"]],
            "84148011": [["Austria", "Georgia", ":", 7.0]],
        },
    )
    found = flow_file.read_flows(path)
    rows = {(r["exporter"], r["importer"], r["product"], r["period"]) for r in found.table.to_pylist()}
    assert rows == {("AUT", "RUS", "87032319", "2020-01"), ("AUT", "GEO", "84148011", "2020-02")}
    assert "EUR" in str(found.faults.to_pylist())
    assert flow_file.read_flows(path).losses.share() == 0


def test_a_table_in_the_first_row_is_read_as_it_was(write):
    found = write("exporter,importer,product,period,value_usd\nCHN,KAZ,854143,2022,5\n")
    assert (found.notes, found.tally.rows) == ((), 1)


@given(st.lists(st.lists(st.text(max_size=12), max_size=5), max_size=12))
def test_any_rows_have_a_layout_or_none(rows):
    found = layout_of(rows)
    assert found is None or (found.skip + found.below < len(rows) and all(isinstance(n, str) for n in found.names))


@given(st.text(max_size=40))
def test_any_words_say_something_or_nothing(text):
    assert said(text).scale >= 1
    assert isinstance(role_of(text), str)
    assert isinstance(period_in(text), tuple)


@pytest.mark.parametrize(
    ("heading", "cells"),
    [
        ("Exports (thousand USD)", ("8471", "8542")),
        ("Exports", ("847130", "854231")),
        ("Imports, mln. dollars", ("2012", "2023")),
        ("当月出口（万美元）", ("8471", "8703")),
        ("Экспорт, тыс. долларов", ("2601", "2603")),
    ],
)
def test_figures_under_a_flow_a_scale_or_a_currency_are_no_codes_of_goods_and_no_years(heading, cells):
    rows = [["Country", heading, "Other"], ["Kazakhstan", cells[0], "x"], ["Kyrgyzstan", cells[1], "y"]]
    layout = layout_of(rows)
    assert layout is not None
    assert layout.names[1] == heading


@pytest.mark.parametrize("heading", ["Export HS code", "Номенклатура", "Item exported", "Zxq"])
def test_codes_of_goods_under_other_words_are_known_by_their_cells(heading):
    rows = [["Country", "Year", heading, "Value USD"], *(["Kazakhstan", "2023", c, "5"] for c in ("847130", "854231"))]
    assert layout_of(rows).names[2] == "product"
