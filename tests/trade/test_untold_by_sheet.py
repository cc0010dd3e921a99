"""Sheets that do not say all: two months together, goods without a partner, a year written in months; a map says it.

Titles and headings are those of China's customs and of Kazakhstan's statistics; figures are invented.
"""

from __future__ import annotations

import pytest
from tests.trade.sheet_files import as_csv

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_periods import span_in

ROWS = [("TOTAL", "909,370,000", "539,940,000", "369,430,000"), ("Kazakhstan", "5,600,000", "3,100,000", "2,500,000"),
        ("Kyrgyzstan", "2,400,000", "2,390,000", "10,000")]  # fmt: skip
ENGLISH = [
    ["(2) China's Total Export & Import Values by Country/Region, Jan-Feb 2025 (in USD)", "", "", ""],
    ["", "", "", "Unit: US$1,000"],
    ["Country (Region) of Origin/\nFinal Destination", "Total", "Export", "Import"],
    *ROWS,
]
CHINESE = [
    ["（2）2025年1至2月进出口商品国别（地区）总值表（美元值）", "", "", ""],
    ["", "", "", "单位：千美元"],
    ["进口原产国（地）\n出口最终目的国（地）", "进出口", "出口", "进口"],
    *[(name, *rest) for name, (_, *rest) in zip(("总值", "哈萨克斯坦", "吉尔吉斯斯坦"), ROWS, strict=True)],
]


def read(folder, rows, lines=""):
    how = folder / "map.toml"
    how.write_text(lines, encoding="utf-8")
    return flow_file.read_flows(as_csv(rows, folder), mapping=how if lines else None)


@pytest.mark.parametrize("rows", [ENGLISH, CHINESE], ids=["english", "chinese"])
def test_january_with_february_is_refused_with_the_line_that_holds_it(rows, tmp_path):
    with pytest.raises(BadInputError, match="several months together") as refused:
        read(tmp_path, rows)
    assert 'period = "2025-02"' in str(refused.value)
    loaded = read(tmp_path, rows, '[fixed]\nreporter = "CHN"\nperiod = "2025-02"\n')
    flows = {(f["exporter"], f["importer"]): f["value_usd"] for f in loaded.table.to_pylist()}
    assert flows == {
        ("CHN", "+WLD"): 539_940e6, ("+WLD", "CHN"): 369_430e6, ("CHN", "KAZ"): 3_100e6, ("KAZ", "CHN"): 2_500e6,
        ("CHN", "KGZ"): 2_390e6, ("KGZ", "CHN"): 10e6,
    }  # fmt: skip
    assert {f["period"] for f in loaded.table.to_pylist()} == {"2025-02"}


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Imports, Jan-Feb 2025 (in USD)", ("Jan-Feb 2025", "2025-02")),
        ("Экспорт за январь-ноябрь 2024 года", ("январь-ноябрь 2024", "2024-11")),
        ("January-December 2024", ("", "")),  # a year
        ("Jan-Mar 2024", ("", "")),  # a quarter
        ("Trade of Kazakhstan and Kyrgyzstan 2024", ("", "")),
    ],
)
def test_a_title_names_months_together(title, found):
    assert span_in(title) == found


GOODS = [
    ["(13) Major Export Commodities in Quantity and Value, October 2024 (in USD)", *[""] * 6],
    [*[""] * 6, "Unit: US$1,000"],
    ["Commodities", "Unit of Quantity", "10", "", "1to10", "", "Percentage Change"],
    ["", "", "Quantity", "Value", "Quantity", "Value", ""],
    ["Agricultural products*", "-", "-", "8,900,000", "-", "83,000,000", "3.1"],
    ["Aquatic products", "10,000 tons", "35", "1,700,000", "330", "16,000,000", "1.0"],
    ["Rare earth", "Ton", "3,000", "40,000", "46,000", "400,000", "-36.0"],
]


def test_goods_without_a_partner_ask_for_it_and_load_as_flows_with_the_world(tmp_path):
    with pytest.raises(BadInputError, match='reporter = "…", partner = "…"'):
        read(tmp_path, GOODS)
    loaded = read(tmp_path, GOODS, '[fixed]\nreporter = "CHN"\npartner = "World"\n')
    flows = loaded.table.to_pylist()
    assert {(f["exporter"], f["importer"], f["period"], f["flow"]) for f in flows} == {
        ("CHN", "+WLD", "2024-10", "export")
    }
    assert sorted(f["value_usd"] for f in flows) == [40e6, 1_700e6, 8_900e6]
    assert sorted(f["quantity"] or 0 for f in flows) == [0, 35, 3000]
    assert any("cumulative Value" in n for n in loaded.notes)


def test_a_year_that_is_written_in_months_is_a_year(tmp_path):
    rows = [
        ["Экспорт и импорт Республики Казахстан по странам", *[""] * 4],
        [*[""] * 4, "тыс. долларов США"],
        ["", "Январь-декабрь 2024 г.", "", "Январь-декабрь 2023 г.", ""],
        ["", "экспорт", "импорт", "экспорт", "импорт"],
        ["ВСЕГО", "24 600,5", "33 300,2", "24 600,0", "33 800,0"],
        ["Россия", "9 500,4", "18 200,2", "9 800,0", "17 000,0"],
        ["Китай", "15 100,1", "15 100,0", "14 800,0", "16 800,0"],
    ]
    loaded = read(tmp_path, rows, '[fixed]\nreporter = "KAZ"\n')
    flows = [f for f in loaded.table.to_pylist() if f["flow"] == "export" and f["importer"] != "+WLD"]
    assert {(f["importer"], f["period"]): f["value_usd"] for f in flows} == {
        ("RUS", "2024"): 9_500_400,
        ("RUS", "2023"): 9_800_000,
        ("CHN", "2024"): 15_100_100,
        ("CHN", "2023"): 14_800_000,
    }


def test_months_of_a_title_are_not_its_year_where_a_column_holds_the_value(tmp_path):
    rows = [
        ["2025年1至2月出口国别（地区）总值表", ""],
        ["国别", "金额（美元）"],
        ["哈萨克斯坦", "31000"],
        ["吉尔吉斯斯坦", "239"],
    ]
    with pytest.raises(BadInputError, match="several months together"):
        read(tmp_path, rows, '[fixed]\nreporter = "CHN"\nflow = "export"\n')
    loaded = read(tmp_path, rows, '[fixed]\nreporter = "CHN"\nflow = "export"\nperiod = "2025-02"\n')
    assert {(f["importer"], f["period"], f["value_usd"]) for f in loaded.table.to_pylist()} == {
        ("KAZ", "2025-02", 31000), ("KGZ", "2025-02", 239)
    }  # fmt: skip


def test_a_year_or_a_quarter_beside_its_months_is_left_out(tmp_path):
    rows = [
        ["Exports by country", "", "", "", ""],
        ["Country", "HS", "March 2023 (USD)", "January-March 2023 (USD)", "January-December 2022 (USD)"],
        ["China", "854231", "100", "300", "900"],
        ["Germany", "854231", "10", "30", "90"],
    ]
    loaded = read(tmp_path, rows, '[fixed]\nreporter = "KAZ"\nflow = "export"\n')
    found = {(f["importer"], f["period"]): f["value_usd"] for f in loaded.table.to_pylist()}
    assert found == {
        ("CHN", "2023-03"): 100, ("DEU", "2023-03"): 10, ("CHN", "2022"): 900, ("DEU", "2022"): 90,
    }  # fmt: skip
    (note,) = (n for n in loaded.notes if "January-March 2023 (USD)" in n)
    assert "would count twice" in note
