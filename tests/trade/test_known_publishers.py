"""Exports of publishers that print figures in one way alone are not asked what a point is, nor who reports.

The forms: China's customs (GB 18030, headings 数据年月 … 美元, a comma at the end of each row, thousands divided by
commas), Trade Map (a page under the name of a workbook, lines of a title, amounts by year), USITC's DataWeb, and the
Turkish institute's query by GTIP. Figures are invented.
"""

import pytest
from openpyxl import Workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading.flow_file import read_flows
from entrepot.trade.loading.losses import refuse
from entrepot.trade.loading.printed.printed_units import unit_words
from entrepot.trade.loading.printed.titles.publishers import NOBODYS, publisher_of

GACC = """数据年月,商品编码,商品名称,贸易伙伴编码,贸易伙伴名称,第一数量,第一计量单位,第二数量,第二计量单位,美元,
"202501","28046900","其他硅","502","美国","12,500","千克","-","-","31,200",
"202501","28046900","其他硅","304","德国","1,200","千克","-","-","3,100",
"""
TITLE = ["List of supplying markets for a product imported by Türkiye", "Product: 280469 Silicon"]
SOURCE = "Sources: ITC calculations based on UN COMTRADE and ITC statistics."
AMOUNTS = [["Exporters", "Imported value in 2022", "Imported value in 2023"], ["China", "41,200", "39,801"]]
DATAWEB = """Data Type,HTS Number,Country,Year 2022,Year 2023
Customs Value,2804695000,China,"31,200","29,100"
Customs Value,2804695000,Norway,"3,100","2,220"
"""


def a_map(path, text='[fixed]\nflow = "import"\n'):
    path.write_text(text, encoding="utf-8")
    return path


def amounts(found):
    refuse(found.losses, 0.0, "file")
    return {(r["exporter"], r["importer"], r["period"]): r["value_usd"] for r in found.table.to_pylist()}


def test_chinas_customs_print_thousands_by_commas(tmp_path):
    path = tmp_path / "gacc.csv"
    path.write_bytes(GACC.encode("gb18030"))
    found = read_flows(path, mapping=a_map(tmp_path / "map.toml"))
    assert amounts(found) == {("USA", "CHN", "2025-01"): 31_200.0, ("DEU", "CHN", "2025-01"): 3_100.0}
    assert {(r["quantity"], r["quantity_unit"]) for r in found.table.to_pylist()} == {
        (12_500.0, "千克"),
        (1_200.0, "千克"),
    }
    assert any("General Administration of Customs of China" in n and "CHN reports" in n for n in found.notes)


def test_what_an_office_does_not_print_is_still_asked_for(tmp_path):
    path = tmp_path / "gacc.csv"
    path.write_bytes(GACC.encode("gb18030"))
    with pytest.raises(BadInputError, match="nothing says flow"):
        read_flows(path)


@pytest.mark.parametrize("is_known", [True, False])
def test_trade_map_is_known_by_its_source_and_a_page_without_it_is_asked(tmp_path, is_known):
    above = [[t] for t in (*TITLE, *([SOURCE] if is_known else []))]
    cells = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in [*above, *AMOUNTS])
    path = tmp_path / "Trade_Map.xls"
    path.write_text(
        f"<html><head><meta charset=utf-8></head><body><table>{cells}</table></body></html>", encoding="utf-8"
    )
    if is_known:
        found = read_flows(path)
        assert amounts(found) == {("CHN", "TUR", "2022"): 41_200.0, ("CHN", "TUR", "2023"): 39_801.0}
    else:
        with pytest.raises(BadInputError, match="may divide thousands or begin a fraction"):
            amounts(read_flows(path))


def test_dataweb_reports_of_the_united_states(tmp_path):
    path = tmp_path / "dataweb.csv"
    path.write_text(DATAWEB, encoding="utf-8")
    found = amounts(read_flows(path, mapping=a_map(tmp_path / "map.toml")))
    assert found["CHN", "USA", "2022"] == 31_200.0
    assert sum(found.values()) == 31_200 + 29_100 + 3_100 + 2_220


def test_a_map_goes_before_what_is_known_of_a_publisher(tmp_path):
    path = tmp_path / "dataweb.csv"
    path.write_text(DATAWEB, encoding="utf-8")
    said = a_map(tmp_path / "map.toml", '[fixed]\nflow = "import"\nreporter = "CAN"\n[file]\ndecimal = ","\n')
    assert amounts(read_flows(path, mapping=said))["CHN", "CAN", "2022"] == 31.2


def test_what_the_file_proves_goes_before_what_is_known_of_a_publisher(tmp_path):
    # Saved again by a program that writes a comma before fractions: one cell of three proves it.
    path = tmp_path / "gacc.csv"
    path.write_text(GACC.replace("31,200", "31,25").replace("12,500", "12,5"), encoding="utf-8")
    assert amounts(read_flows(path, mapping=a_map(tmp_path / "map.toml")))["USA", "CHN", "2025-01"] == 31.25
    # Points prove nothing of themselves, and what they are is still asked.
    path.write_text(GACC.replace("31,200", "31.200").replace("12,500", "12.500"), encoding="utf-8")
    with pytest.raises(BadInputError, match="may divide thousands"):
        amounts(read_flows(path, mapping=a_map(tmp_path / "map.toml")))


@pytest.mark.parametrize(("unit", "told"), [("Kg", "Kg"), (None, None)])
def test_a_quantity_has_its_unit_and_never_the_words_of_its_heading(tmp_path, unit, told):
    head = ["Yıl", "Ülke", "GTIP", *(["Ölçü Birimi"] if unit else []), "İthalat Miktar", "İthalat Dolar"]
    book = Workbook()
    for row in (head, [2024, "Çin", "280469000000", *([unit] if unit else []), 20000, 48200]):
        book.active.append(row)
    book.save(tmp_path / "tuik.xlsx")
    (flow,) = read_flows(tmp_path / "tuik.xlsx").table.to_pylist()
    assert (flow["importer"], flow["value_usd"], flow["quantity"], flow["quantity_unit"]) == ("TUR", 48200, 20000, told)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("January Units", "January Units"),
        ("Import quantity", ""),
        ("Quantity (pairs)", "pairs"),
        ("进口数量", ""),
        ("Miktar (adet)", "adet"),
    ],
)
def test_words_that_only_say_that_something_is_counted_are_no_unit(heading, unit):
    assert unit_words(heading) == unit


def test_headings_of_nobody_are_nobodys():
    assert publisher_of([["Data type", "Country", "Value"], ["a", "b", "c"]]) is NOBODYS
    assert publisher_of([["GTIP", "Ülke", "Değer"]]) is NOBODYS


ROW_OF_HMRC = (
    "085414300|77637|000|720|CN|03/2020|023|FXT|006|GB|0|001|010|00|000|   |000|000|+000000001234567|+0000000008900|"
    "+0000000000100|000000000000000"
)


@pytest.mark.parametrize(
    "lines", [["000000000|00000|SMKE19|MAR 2020", ROW_OF_HMRC], [ROW_OF_HMRC], [ROW_OF_HMRC.replace("77637|", "")]]
)
def test_a_bulk_file_of_hmrc_is_told_by_its_rows(tmp_path, lines):
    path = tmp_path / "SMKE192003"
    path.write_bytes("\r\n".join([*lines, "999999999|000000003", ""]).encode())
    with pytest.raises(BadInputError, match=r"bulk data file of HM Revenue.*headings = \["):
        read_flows(path)


def test_its_rows_alone_are_read_as_a_map_names_them(tmp_path):
    path = tmp_path / "SMKE192003.txt"
    path.write_text(f"{ROW_OF_HMRC}\n{ROW_OF_HMRC.replace('|023|', '|029|')}\n")
    names = ["product", "", "", "", "partner", "period", *[""] * 12, "value", "weight", "", ""]
    (tmp_path / "m.toml").write_text(
        '[fixed]\nreporter = "GBR"\nflow = "export"\ncurrency = "GBP"\n'
        f'[file]\nrows = "parts"\nheadings = {names}\n'.replace("'", '"')
    )
    loaded = read_flows(path, mapping=tmp_path / "m.toml")
    (row,) = loaded.table.to_pylist()
    assert (row["importer"], row["period"], row["net_kg"]) == ("CHN", "2020-03", 2 * 8900)
