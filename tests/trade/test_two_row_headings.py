"""Tables of China's customs as it prints them: months over quantity and value, flows over months, the year so far."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_headings import when_in

# Invented figures in the layout of the published tables: a merged cell stands in its first column.
OF_GOODS = [
    ["(14)2023年11月出口主要商品国别(地区)量值表"],
    ["商品名称：集成电路", "", "", "", "计量单位：万个；金额单位：千美元"],
    ["国别(地区)", "11月", "", "1至11月", ""],
    ["", "数量", "金额", "数量", "金额"],
    ["哈萨克斯坦", "1,000", "400", "10,000", "4,000"],
    ["吉尔吉斯斯坦", "600", "250.5", "5,500", "2,300"],
    ["俄罗斯联邦", "1,234,500", "600", "15,000", "6,000"],
    ["乌兹别克斯坦", "-", "-", "-", "-"],
    ["注：本表数据为初步统计。"],
]
OF_TOTALS = [
    ["（2）2023年11月进出口商品国别（地区）总值表（美元值）"],
    ["", "", "", "", "", "", "", "", "单位：千美元"],
    [
        "进口原产国（地区）\n出口最终目的国（地区）",
        "进出口",
        "",
        "出口",
        "",
        "进口",
        "",
        "1至11月累计比去年同期±％",
        "",
        "",
    ],
    ["", "11月", "1至11月", "11月", "1至11月", "11月", "1至11月", "进出口", "出口", "进口"],
    ["总值", "600", "6,000", "380", "3,800", "220", "2,200", "-5.6", "-5.2", "-6.0"],
    ["哈萨克斯坦", "300", "3,100", "200", "2,000", "100", "1,100", "1.0", "2.0", "-0.5"],
    ["俄罗斯联邦", "300", "2,900", "180", "1,800", "120", "1,100", "26.7", "50.2", "12.9"],
]
FIXED = '[fixed]\nreporter = "CHN"\n'


def read(file, folder):
    how = folder / "map.toml"
    how.write_text(FIXED, "utf-8")
    return flow_file.read_flows(file, mapping=how)


WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])


@WAYS
def test_quantity_and_value_of_the_month_are_read_and_the_year_so_far_is_not(written, tmp_path):
    loaded = read(written(OF_GOODS, tmp_path), tmp_path)
    flows = loaded.table.to_pylist()
    assert sorted((f["importer"], f["value_usd"], f["quantity"]) for f in flows) == [
        ("KAZ", 400_000, 1_000),
        ("KGZ", 250_500, 600),
        ("RUS", 600_000, 1_234_500),
    ]
    assert {(f["period"], f["flow"], f["quantity_unit"]) for f in flows} == {("2023-11", "export", "万个")}
    assert any("1至11月 金额" in note and "not read" in note for note in loaded.notes)


@WAYS
def test_exports_and_imports_of_the_month_are_read_in_the_unit_of_the_line_above(written, tmp_path):
    flows = read(written(OF_TOTALS, tmp_path), tmp_path).table.to_pylist()
    exports = {f["importer"]: f["value_usd"] for f in flows if f["flow"] == "export"}
    imports = {f["exporter"]: f["value_usd"] for f in flows if f["flow"] == "import"}
    assert exports == {"+WLD": 380_000, "KAZ": 200_000, "RUS": 180_000}
    assert imports == {"+WLD": 220_000, "KAZ": 100_000, "RUS": 120_000}
    assert {f["period"] for f in flows} == {"2023-11"}


def test_a_month_that_stands_alone_above_is_that_month(tmp_path):
    rows = [["2023年11月"], *OF_TOTALS[1:]]
    flows = read(as_csv(rows, tmp_path), tmp_path).table.to_pylist()
    assert {f["period"] for f in flows} == {"2023-11"}
    assert sum(f["value_usd"] for f in flows if f["flow"] == "export") == 760_000


@pytest.mark.parametrize("written", [as_csv, as_workbook])
def test_who_reports_is_asked_for_and_nothing_else(written, tmp_path):
    with pytest.raises(BadInputError, match="nothing says reporter") as refused:
        flow_file.read_flows(written(OF_TOTALS, tmp_path))
    assert "[fixed]" in str(refused.value)
    assert "skip" not in str(refused.value)


@pytest.mark.parametrize(
    ("heading", "told"),
    [
        ("11月", ("", "11", "")),
        ("3月份 金额", ("", "03", "金额")),
        ("1至11月", ("", "", "")),
        ("1-11月 金额", ("", "", "")),
        ("1～11月累计", ("", "", "")),
        ("13月", ("", "", "")),
        ("2022年1月", ("2022年1月", "", "")),
        ("3월 수출금액", ("", "03", "수출금액")),
    ],
)
def test_a_month_by_its_number_is_one_and_a_span_is_none(heading, told):
    assert when_in(heading) == told


def test_a_full_row_of_flows_under_periods_is_of_each_period(tmp_path):
    # Armenia's office: the periods merged over exports and imports, the countries beside these.
    rows = [
        ["Export and import by countries"],
        ["thsd. US dollars"],
        ["", "January-December 2022", "", "January-December 2023", ""],
        ["Countries", "Export", "Import", "Export", "Import"],
        ["Russian Federation", "24", "26", "34", "39"],
        ["China", "3", "13", "4", "16"],
    ]
    how = tmp_path / "map.toml"
    how.write_text('[fixed]\nreporter = "ARM"\n', "utf-8")
    flows = flow_file.read_flows(as_workbook(rows, tmp_path), mapping=how).table.to_pylist()
    assert {(f["exporter"], f["importer"], f["period"]): f["value_usd"] for f in flows} == {
        ("ARM", "RUS", "2022"): 24_000,
        ("RUS", "ARM", "2022"): 26_000,
        ("ARM", "RUS", "2023"): 34_000,
        ("RUS", "ARM", "2023"): 39_000,
        ("ARM", "CHN", "2022"): 3_000,
        ("CHN", "ARM", "2022"): 13_000,
        ("ARM", "CHN", "2023"): 4_000,
        ("CHN", "ARM", "2023"): 16_000,
    }
