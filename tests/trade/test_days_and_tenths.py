"""Periods that only the whole column tells: days are parts of a month, and 2023.1 is January or October."""

from __future__ import annotations

import pytest
from openpyxl import Workbook
from tests.trade.both_ways import alike

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file, streamed

HEAD = "reporter,partner,flow,product,period,value_usd"
PARTS = '[file]\nrows = "parts"\n'


def table(folder, *periods):
    path = folder / "flows.csv"
    rows = [f"TUR,GEO,export,870323,{period},{2**at}" for at, period in enumerate(periods)]
    path.write_text("\n".join([HEAD, *rows, ""]), "utf-8")
    return path


def found(loaded):
    return {r["period"]: r["value_usd"] for r in loaded.table.to_pylist()}


@pytest.mark.parametrize(
    ("periods", "month"),
    [
        (("2023.09", "2023.1", "2023.11"), "2023-10"),
        (("2022.02", "2023.1"), "2023-10"),
        (("2023.1", "2023.10"), "2023-01"),
        (("2023.1", "2023.2", "2023.9"), "2023-01"),
        (("2023.1", "2023.4", "2022.11", "2022.10"), "2023-01"),
    ],
)
def test_a_month_that_lost_its_zero_is_told_by_the_others(tmp_path, periods, month):
    loaded = alike(table(tmp_path, *periods), tmp_path)
    assert found(loaded)[month] == 2 ** periods.index("2023.1")
    assert any("behind a point" in f["what"] for f in loaded.faults.to_pylist())


@pytest.mark.parametrize("periods", [("2023.1", "2023.11"), ("2023.1", "2023.2", "2023.12"), ("2023.1", "2022")])
def test_where_nothing_tells_it_is_no_month(tmp_path, periods):
    loaded = alike(table(tmp_path, *periods), tmp_path)
    assert not {"2023-01", "2023-10"} & found(loaded).keys()
    assert any("January, or October" in f["what"] for f in loaded.faults.to_pylist())


def test_numbers_of_a_workbook_are_read_so_too(tmp_path):
    book = Workbook()
    for row in [HEAD.split(","), *(["TUR", "GEO", "export", "870323", p, p] for p in (2023.08, 2023.1, 2023.12))]:
        book.active.append(row)
    book.save(tmp_path / "flows.xlsx")
    assert [*found(flow_file.read_flows(tmp_path / "flows.xlsx"))] == ["2023-08", "2023-10", "2023-12"]


@pytest.mark.parametrize("periods", [("2023-03-01", "2023-03-14"), ("2023-03-01", "2023-03-31"), ("14.03.2023",)])
def test_a_day_is_no_month(tmp_path, periods):
    path = table(tmp_path, *periods)
    with pytest.raises(BadInputError, match="part of its month"):
        flow_file.read_flows(path)
    with pytest.raises(BadInputError, match="part of its month"):
        streamed.load_to((path,), tmp_path / "out.parquet", streamed.Manner())


def test_days_are_added_up_where_a_map_says_so(tmp_path):
    (tmp_path / "map.toml").write_text(PARTS)
    path = table(tmp_path, "2023-03-01", "2023-03-14", "2023-03-31", "2023-04-02")
    loaded = alike(path, tmp_path, tmp_path / "map.toml")
    assert found(loaded) == {"2023-03": 7.0, "2023-04": 8.0}
    assert any("parts of their months" in f["what"] for f in loaded.faults.to_pylist())


@pytest.mark.parametrize(
    "periods",
    [
        ("2023-03-01", "2023-04-01"),
        ("2023-03-31", "2023-04-30"),
        ("31.03.2023", "30.04.2023"),
        ("01.03.2023", "01.04.2023"),
        ("31/03/2023", "30/04/2023"),
        ("03/31/2023", "04/30/2023"),
        ("20230331", "20230430"),
        ("2023-03-31 00:00:00", "2023-04-30 00:00:00"),
    ],
)
def test_series_dated_by_the_first_or_the_last_day_are_of_months(tmp_path, periods):
    assert found(alike(table(tmp_path, *periods), tmp_path)) == {"2023-03": 1.0, "2023-04": 2.0}


def test_a_day_far_down_tells_of_those_above(tmp_path):
    path = table(tmp_path, *["2023-03-01"] * 3, "2023-03-02")
    with pytest.raises(BadInputError, match="part of its month"):
        streamed.load_to((path,), tmp_path / "out.parquet", streamed.Manner())
