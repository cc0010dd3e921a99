"""Figures whose kind stands beside them: in the unit of the title, in a column a month, with a unit beside each."""

from __future__ import annotations

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file

WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])
# Invented figures in the layouts of offices that print a row of values above a row of weights.
TITLED = [
    ["Exports by country, 2022"],
    ["(thousand US dollars)"],
    ["Country", "Indicator", "Figure"],
    ["China", "Value", "1117.5"],
    ["China", "Weight, kg", "3351"],
    ["Germany", "Value", "2"],
    ["Germany", "Weight, kg", "9"],
]
# USITC DataWeb: a column a month, quantities under values, "Actual" beside values that are in no thousands.
MONTHS = [
    ["Data Type", "HTS Number", "Country", "Quantity Description", "Year", "January", "February"],
    ["Customs Value", "8541430010", "Vietnam", "Actual", "2023", "1000", "2000"],
    ["First Unit of Quantity", "8541430010", "Vietnam", "number", "2023", "10", "20"],
]
# As the databases of Scandinavian offices give them: the unit of the value within the word of its kind.
YEARS = [
    ["varukod", "land", "variabel", "2022", "2023"],
    ["85414300", "Kazakstan", "Värde, tkr", "100", "200"],
    ["85414300", "Kazakstan", "Kvantitet, ton", "1", "2"],
]


def read(rows, folder, fixed, written=as_csv):
    how = folder / "map.toml"
    how.write_text("[fixed]\n" + "".join(f'{k} = "{v}"\n' for k, v in fixed.items()), "utf-8")
    return flow_file.read_flows(written(rows, folder), mapping=how).table.to_pylist()


@WAYS
def test_kinds_in_rows_are_in_the_thousands_of_the_title(written, tmp_path):
    flows = read(TITLED, tmp_path, {"reporter": "KAZ"}, written)
    assert {f["importer"]: (f["value_usd"], f["net_kg"]) for f in flows} == {
        "CHN": (1_117_500, 3351),
        "DEU": (2_000, 9),
    }


def test_a_currency_of_the_title_is_that_of_kinds_in_rows(tmp_path):
    rows = [*TITLED[:1], ["(thousand euros)"], *TITLED[2:]]
    flows = read(rows, tmp_path, {"reporter": "KAZ"})
    assert next(f["value_usd"] for f in flows if f["importer"] == "DEU") == pytest.approx(2_000 * 1.053, rel=1e-3)


def test_a_unit_within_the_kind_goes_before_that_of_the_title(tmp_path):
    rows = [[c.replace("Value", "Value, million USD") for c in row] for row in TITLED]
    flows = read(rows, tmp_path, {"reporter": "KAZ"})
    assert {f["importer"]: f["value_usd"] for f in flows} == {"CHN": 1_117_500_000, "DEU": 2_000_000}


def test_the_unit_beside_a_value_is_not_that_of_the_quantity_below_it(tmp_path):
    flows = read(MONTHS, tmp_path, {"reporter": "USA", "flow": "import"})
    assert [(f["period"], f["value_usd"], f["quantity"], f["quantity_unit"]) for f in flows] == [
        ("2023-01", 1000, 10, "number"),
        ("2023-02", 2000, 20, "number"),
    ]
    assert {f["valuation"] for f in flows} == {"FOB"}  # the customs value of the United States


def test_thousands_beside_a_value_are_those_of_the_value(tmp_path):
    rows = [MONTHS[0], *([c.replace("Actual", "thousand USD") for c in row] for row in MONTHS[1:])]
    flows = read(rows, tmp_path, {"reporter": "USA", "flow": "import"})
    assert [(f["value_usd"], f["quantity"]) for f in flows] == [(1_000_000, 10), (2_000_000, 20)]


def test_a_unit_beside_a_value_that_is_not_understood_is_not_left_out(tmp_path):
    rows = [MONTHS[0], *([c.replace("Actual", "zoll USD") for c in row] for row in MONTHS[1:])]
    with pytest.raises(BadInputError):
        read(rows, tmp_path, {"reporter": "USA", "flow": "import"})


def test_kinds_in_rows_under_years(tmp_path):
    flows = read([["product", *YEARS[0][1:]], *YEARS[1:]], tmp_path, {"reporter": "SWE", "flow": "export"})
    assert {(f["period"], f["net_kg"]) for f in flows} == {("2022", 1000), ("2023", 2000)}
    assert flows[0]["value_usd"] == pytest.approx(100_000 / 10.1, rel=0.01)  # kronor to the dollar in 2022
