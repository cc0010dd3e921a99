"""Tables of one partner, whom the title names or a map says: goods, years or flows down the side, amounts beside."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.trade.loading import flow_file

WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])
TITLE = [["Trade of Kazakhstan with one country"], ["Country: China"], ["(thousand US dollars)"]]
RUSSIAN = [["Торговля с одной страной"], ["Страна: Китай"], ["(тыс. долларов США)"]]
# Invented figures; the tables are read alike by whoever looks at them.
BY_GOODS = [["Flow", "Year", "Commodity code", "Value"], ["Exports", "2022", "8541", "12"]]
BY_YEAR = [["Year", "Exports", "", "Imports", ""], ["", "Value", "Weight, kg", "Value", "Weight, kg"]]
BY_FLOW = [["Направление", "2021 г.", "2022 г."], ["Экспорт", "11", "12"], ["Импорт", "21", "22"]]


def read(rows, folder, written, more=""):
    how = folder / "map.toml"
    how.write_text(f'[fixed]\nreporter = "KAZ"\n{more}', "utf-8")
    flows = flow_file.read_flows(written(rows, folder), mapping=how).table.to_pylist()
    return {(f["exporter"], f["importer"], f["product"], f["period"]): (f["value_usd"], f["net_kg"]) for f in flows}


@WAYS
def test_goods_and_flows_of_the_partner_of_the_title(written, tmp_path):
    assert read([*TITLE, *BY_GOODS], tmp_path, written) == {("KAZ", "CHN", "8541", "2022"): (12_000, None)}


@WAYS
def test_years_and_measures_of_the_partner_of_the_title(written, tmp_path):
    rows = [*TITLE, *BY_YEAR, ["2021", "10", "5", "20", "6"], ["2022", "11", "7", "21", "8"]]
    assert read(rows, tmp_path, written) == {
        ("KAZ", "CHN", "+TOTAL", "2021"): (10_000, 5),
        ("KAZ", "CHN", "+TOTAL", "2022"): (11_000, 7),
        ("CHN", "KAZ", "+TOTAL", "2021"): (20_000, 6),
        ("CHN", "KAZ", "+TOTAL", "2022"): (21_000, 8),
    }


@WAYS
def test_flows_down_the_side_and_years_across(written, tmp_path):
    assert read([*RUSSIAN, *BY_FLOW], tmp_path, written) == {
        ("KAZ", "CHN", "+TOTAL", "2021"): (11_000, None),
        ("KAZ", "CHN", "+TOTAL", "2022"): (12_000, None),
        ("CHN", "KAZ", "+TOTAL", "2021"): (21_000, None),
        ("CHN", "KAZ", "+TOTAL", "2022"): (22_000, None),
    }


@WAYS
def test_goods_of_a_partner_that_a_map_says(written, tmp_path):
    rows = [["Экспорт товаров, 2022 год"], ["(тыс. долларов США)"], ["Код ТН ВЭД", "Стоимость"], ["8541", "12"]]
    assert read(rows, tmp_path, written, 'partner = "CHN"\n') == {("KAZ", "CHN", "8541", "2022"): (12_000, None)}
