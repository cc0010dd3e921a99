"""Rows that head the rows below them: flows, years, countries and goods, with figures of their own or without."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.trade.loading import flow_file
from entrepot.trade.loading.losses import refuse

WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])
# Invented figures in the layouts of the offices of Kyrgyzstan, Uzbekistan and Russia.
FLOWS = [
    ["Внешняя торговля со странами"],
    ["(тыс. долларов США)"],
    ["", "2021", "2022"],
    ["Экспорт", "", ""],
    ["Россия", "393", "963"],
    ["Китай", "64", "60"],
    ["Импорт", "", ""],
    ["Россия", "1800", "2200"],
    ["Китай", "1464", "4100"],
]
WANTED = {
    ("KGZ", "RUS", "2021"): 393_000,
    ("KGZ", "RUS", "2022"): 963_000,
    ("KGZ", "CHN", "2021"): 64_000,
    ("KGZ", "CHN", "2022"): 60_000,
    ("RUS", "KGZ", "2021"): 1_800_000,
    ("RUS", "KGZ", "2022"): 2_200_000,
    ("CHN", "KGZ", "2021"): 1_464_000,
    ("CHN", "KGZ", "2022"): 4_100_000,
}
SUMS = {
    ("KGZ", "+WLD", "2021"): 457_000,
    ("KGZ", "+WLD", "2022"): 1_023_000,
    ("+WLD", "KGZ", "2021"): 3_264_000,
    ("+WLD", "KGZ", "2022"): 6_300_000,
}


def load(rows, folder, written, fixed='reporter = "KGZ"\n'):
    how = folder / "map.toml"
    how.write_text(f"[fixed]\n{fixed}", "utf-8")
    return flow_file.read_flows(written(rows, folder), mapping=how)


def dollars(found):
    return {(f["exporter"], f["importer"], f["period"]): f["value_usd"] for f in found.table.to_pylist()}


@WAYS
def test_rows_below_exports_are_exports_and_rows_below_imports_are_imports(written, tmp_path):
    found = load(FLOWS, tmp_path, written)
    assert dollars(found) == WANTED
    assert any("head the rows below them: 'Экспорт', 'Импорт'" in note for note in found.notes)


@WAYS
def test_a_head_with_figures_is_that_of_the_world(written, tmp_path):
    heads = {"Экспорт": ["Экспорт - всего", "457", "1023"], "Импорт": ["Импорт, из них:", "3264", "6300"]}
    assert dollars(load([heads.get(r[0], r) for r in FLOWS], tmp_path, written)) == WANTED | SUMS


@WAYS
def test_the_turnover_above_both_is_no_flow_and_no_loss(written, tmp_path):
    both = [["Внешнеторговый оборот", "3721", "7323"], ["Россия", "2193", "3163"], ["Китай", "1528", "4160"]]
    found = load([*FLOWS[:3], *both, *FLOWS[3:]], tmp_path, written)
    assert dollars(found) == WANTED
    refuse(found.losses, 0.0, "file")


@WAYS
def test_exports_of_services_are_no_exports_of_goods(written, tmp_path):
    found = load([*FLOWS[:6], ["Экспорт услуг", "", ""], ["Китай", "7", "8"], *FLOWS[6:]], tmp_path, written)
    assert dollars(found) == WANTED
    assert found.losses.share() > 0  # they are told as not read


@WAYS
def test_a_country_over_its_exports_and_imports(written, tmp_path):
    by_country = [["Россия", "2193", "3163"], ["экспорт", "393", "963"], ["импорт", "1800", "2200"]]
    by_country += [["Китай", "1528", "4160"], ["экспорт", "64", "60"], ["импорт", "1464", "4100"]]
    assert dollars(load([*FLOWS[:2], ["Страны", "2021", "2022"], *by_country], tmp_path, written)) == WANTED


@WAYS
def test_a_year_over_its_countries(written, tmp_path):
    rows = [["Trade by country, thousand USD"], ["Country", "Exports", "Imports"]]
    rows += [["2021", "", ""], ["Russia", "393", "1800"], ["China", "64", "1464"]]
    rows += [["2022", "", ""], ["Russia", "963", "2200"], ["China", "60", "4100"]]
    assert dollars(load(rows, tmp_path, written)) == WANTED


@WAYS
def test_a_merged_row_in_the_first_column_whatever_its_heading(written, tmp_path):
    rows = [["Trade by country, thousand USD"], ["Year", "Country", "Value"]]
    rows += [["Exports", "", ""], ["2021", "Russia", "393"], ["2021", "China", "64"]]
    rows += [["2022", "Russia", "963"], ["2022", "China", "60"]]
    rows += [["Imports", "", ""], ["2021", "Russia", "1800"], ["2021", "China", "1464"]]
    rows += [["2022", "Russia", "2200"], ["2022", "China", "4100"]]
    assert dollars(load(rows, tmp_path, written)) == WANTED


@WAYS
def test_goods_over_the_countries_of_them(written, tmp_path):
    rows = [["Exports, thousand USD"], ["Country", "2021", "2022"]]
    rows += [["8541", "", ""], ["Russia", "1", "2"], ["China", "3", "4"], ["8542", "", ""], ["Russia", "5", "6"]]
    found = load(rows, tmp_path, written).table.to_pylist()
    assert {(f["product"], f["importer"], f["period"]): f["value_usd"] for f in found} == {
        ("8541", "RUS", "2021"): 1_000,
        ("8541", "RUS", "2022"): 2_000,
        ("8541", "CHN", "2021"): 3_000,
        ("8541", "CHN", "2022"): 4_000,
        ("8542", "RUS", "2021"): 5_000,
        ("8542", "RUS", "2022"): 6_000,
    }


@WAYS
def test_a_region_above_its_countries_is_no_head(written, tmp_path):
    rows = [["Exports, thousand USD"], ["Country", "2021", "2022"], ["Asia", "", ""], ["China", "64", "60"]]
    rows += [["Europe", "", ""], ["Russia", "393", "963"]]
    assert dollars(load(rows, tmp_path, written)) == {k: v for k, v in WANTED.items() if k[0] == "KGZ"}
