"""Turnover and balance in a column of flows are no flow: told, no loss, and never exports."""

import pytest
from tests.trade.sheet_files import as_workbook

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load
from entrepot.trade.loading import flow_file
from entrepot.trade.loading.printed.printed_units import said

HEADING = "reporter,partner,flow,product,period,value_usd"
WORDS = [
    ("出口", "进口", "进出口"),
    ("Экспорт", "Импорт", "Товарооборот"),
    ("Экспорт", "Импорт", "Сальдо"),
    ("Export", "Import", "Trade balance"),
    ("Exports", "Imports", "Net exports"),
]


@pytest.mark.parametrize("words", WORDS, ids=lambda words: words[2])
def test_a_row_of_both_flows_is_left_out_and_is_no_loss(tmp_path, words):
    rows = [f"KAZ,CHN,{w},854231,2023,{v}" for w, v in zip(words, (700, 300, 1000), strict=True)]
    (tmp_path / "a.csv").write_text("\n".join([HEADING, *rows]), "utf-8")
    loaded = flow_file.read_flows(tmp_path / "a.csv")
    assert {r["flow"]: r["value_usd"] for r in loaded.table.to_pylist()} == {"export": 700, "import": 300}
    assert loaded.losses.share() == 0
    (fault,) = [f for f in loaded.faults.to_pylist() if words[2] in f["what"]]
    assert fault["done"] == "set_aside"


def test_a_file_of_turnover_alone_says_that_it_is_no_flow(tmp_path):
    (tmp_path / "a.csv").write_text(f"{HEADING}\nKAZ,CHN,Товарооборот,854231,2023,1000", "utf-8")
    with pytest.raises(BadInputError, match="exports and imports together"):
        load(tmp_path / "a.csv")


def test_a_column_that_no_heading_explains_is_of_flows_with_turnover_and_balance_in_it(tmp_path):
    rows = [["Внешняя торговля, млн. долларов США"], ["Страны", "Показатель", "Январь 2023", "Февраль 2023"]]
    for place in ("Китай", "Россия"):
        for word, value in (("Экспорт", 7), ("Импорт", 3), ("Товарооборот", 10), ("Сальдо", 4)):
            rows.append([place, word, str(value), str(value)])
    (tmp_path / "map.toml").write_text('[fixed]\nreporter = "KAZ"\n')
    flows = load(as_workbook(rows, tmp_path), mapping=tmp_path / "map.toml").table.to_pylist()
    assert len(flows) == 8
    assert {(f["flow"], f["value_usd"]) for f in flows} == {("export", 7_000_000), ("import", 3_000_000)}


@pytest.mark.parametrize("heading", ["Net exports", "Net imports (USD million)", "net export 2023"])
def test_net_exports_are_a_difference(heading):
    assert (said(heading).flow, said(heading).label) == ("", "none")


def test_the_net_weight_of_exports_is_one():
    assert said("Net export weight (kg)").label == said("Export net weight (kg)").label == "kg"
