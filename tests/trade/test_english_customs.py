"""Tables of China's customs in its English edition: a month by its number beside the year so far, units of 100 million.

Figures are invented; titles, units, headings and names are those of the pages.
"""

from functools import partial

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_periods import only_period, plain_months
from entrepot.trade.loading.printed.printed_units import said

CHANGE = "Percentage Change Relative to the Same Period of the Previous Year, ±%"
ROWS = [
    ("Total", 4_105_000, 41_000_000, 2_200_000, 22_000_000, 1_905_000, 19_000_000),
    ("Asia", 3_555_000, 35_500_000, 1_850_000, 18_500_000, 1_705_000, 17_000_000),
    ("Kyrgyzstan", 155_000, 1_500_000, 150_000, 1_450_000, 5_000, 50_000),
    ("Hong Kong, China", 3_400_000, 34_000_000, 1_700_000, 17_050_000, 1_700_000, 16_950_000),
    ("Europe", 500_000, 5_000_000, 320_000, 3_200_000, 180_000, 1_800_000),
    ("Russian Federation", 500_000, 5_000_000, 320_000, 3_200_000, 180_000, 1_800_000),
    ("Countries(reg.) unknown", 50_000, 500_000, 30_000, 300_000, 20_000, 200_000),
    ("European Union", 0, 0, 0, 0, 0, 0),
]


def sheet(title, unit, months, both="Total", scale=1):
    heading = "Country (Region) of Origin/\nFinal Destination" if both == "Total" else "Country/Region"
    blank = [""] * 9
    body = [
        [name, *((f"{v / scale:,.1f}" if scale > 1 else f"{v:,}") if v else "-" for v in values), "1.5", "-2.5", "3.5"]
        for name, *values in ROWS
    ]
    return [
        [title, *blank],
        [*blank, unit],
        [heading, both, "", "Export", "", "Import", "", CHANGE, "", ""],
        ["", *months * 3, both, "Export", "Import"],
        *body,
    ]


BULLETIN = sheet(
    "(2) China's Total Export & Import Values by Country/Region, October 2024 (in USD)",
    "Unit: US$1,000",
    ["10", "1to10"],
)
WORDED = sheet(
    "(2) China's Total Export & Import Values by Country/Region, Oct 2024 (in USD)",
    "Unit: US$1,000",
    ["Oct", "Jan-Oct"],
    both="Export & Import",
)
MILLIONS = sheet(
    "(4) China's Total Export & Import Values by Country/Region, October 2024 (in USD)",
    "Unit: USD1 Million",
    ["Monthly", "YTD"],
    both="Export & Import",
    scale=1_000,
)


MERGED = ("A1:J1", "A3:A4", "B3:C3", "D3:E3", "F3:G3", "H3:J3")


@pytest.mark.parametrize("rows", [BULLETIN, WORDED, MILLIONS], ids=["numbers", "words", "monthly"])
@pytest.mark.parametrize("written", [as_csv, partial(as_workbook, merged=MERGED)], ids=["csv", "xlsx"])
def test_the_month_is_read_by_country_and_its_title_says_who_reports(rows, written, tmp_path):
    loaded = flow_file.read_flows(written(rows, tmp_path))
    flows = [f for f in loaded.table.to_pylist() if f["value_usd"]]
    exports = {f["importer"]: f["value_usd"] for f in flows if f["flow"] == "export"}
    imports = {f["exporter"]: f["value_usd"] for f in flows if f["flow"] == "import"}
    codes = ("+WLD", "+ASIA", "KGZ", "HKG", "+EUROPE", "RUS", "+NES")
    assert exports == {code: row[3] * 1_000 for code, row in zip(codes, ROWS, strict=False)}
    assert imports == {code: row[5] * 1_000 for code, row in zip(codes, ROWS, strict=False)}
    assert {(f["reporter"], f["period"]) for f in flows} == {("CHN", "2024-10")}
    assert loaded.tally.rows == len(ROWS)
    told = " ".join(loaded.notes)
    assert "Export cumulative" in told or "Export YTD" in told


def test_hundreds_of_millions_of_yuan_are_read_as_such(tmp_path):
    rows = sheet(
        "(4) China's Total Export & Import Values by Country/Region, Mar 2024 (in CNY)",
        "Unit: CNY 100 Million",
        ["3", "1-3"],
        both="Export & Import",
        scale=1_000,
    )
    loaded = flow_file.read_flows(as_csv(rows, tmp_path))
    assert any("figures are read as 100 million CNY" in note for note in loaded.notes)
    kyrgyz = next(f for f in loaded.table.to_pylist() if f["importer"] == "KGZ")
    # 150 hundred million yuan at some 7.2 yuan a dollar.
    assert kyrgyz["value_usd"] == pytest.approx(150e8 / 7.2, rel=0.05)


def test_two_months_together_are_no_period_and_are_refused(tmp_path):
    title = "(4) China's Total Export & Import Values by Country/Region, January-February 2025 (in USD)"
    rows = [
        [title, "", "", ""],
        ["", "", "", "Unit: USD1 Million"],
        ["Country/Region", "Export & Import", "Export", "Import"],
        ["Russian Federation", "30", "20", "10"],
        ["Germany", "50", "30", "20"],
    ]
    with pytest.raises(BadInputError, match="period"):
        flow_file.read_flows(as_csv(rows, tmp_path))


@pytest.mark.parametrize(
    ("unit", "scale", "currency"),
    [
        ("Unit: CNY 100 Million", 1e8, "CNY"),
        ("Unit: RMB 10,000 yuan", 1e4, "CNY"),
        ("In 100 thousand US dollars", 1e5, "USD"),
        ("US$ million", 1e6, "USD"),
        ("Value, US dollars, 2017=100", 1, "USD"),
    ],
)
def test_a_number_before_a_word_of_scale_multiplies_it(unit, scale, currency):
    assert (said(unit).scale, said(unit).currency) == (scale, currency)


def test_a_bare_number_is_a_month_only_beside_the_span_up_to_it():
    title = ["Exports, October 2024"]
    assert plain_months([title, ["", "9", "1to10", "10"]])[1] == ["", "9", "cumulative", "2024-10"]
    assert plain_months([title, ["", "10", "11"]])[1] == ["", "10", "11"]
    assert plain_months([["Exports"], ["10", "1to10"]])[1] == ["10", "1to10"]
    assert plain_months([title, ["Kazakhstan", "1-3", "3"]])[1] == ["Kazakhstan", "cumulative", "2024-03"]


def test_a_title_of_several_months_names_none():
    assert only_period([["Exports in May 2024, revised in June 2024"]]) == ""
    assert only_period([["Exports of May 2023 and 2024"]]) == ""
