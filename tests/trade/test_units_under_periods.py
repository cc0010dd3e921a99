"""A unit printed once under several years is that of each; a heading without a unit is not dollars beside millions."""

import pytest
from tests.trade.sheet_files import as_csv, as_workbook

from entrepot.core.errors import BadInputError
from entrepot.trade.loading import flow_file

# Invented figures in the layout of India's data bank: years above, one unit under two of them.
YEARS_OVER_UNITS = [
    ["Export :: Commodity-wise all countries"],
    ["Commodity: 854231 PROCESSORS", "", "", "", "Unit: NOS"],
    ["S.No.", "Country", "2021-2022", "2022-2023", "%Growth", "2021-2022", "2022-2023", "%Growth"],
    ["", "", "Values in US $ Million", "", "", "Quantity in thousands", "", ""],
    ["1", "KAZAKHSTAN", "1.5", "2.25", "50", "3", "4", "33"],
    ["2", "RUSSIA", "0.5", "0.75", "50", "1", "2", "100"],
]
MAP = '[fixed]\nreporter = "IND"\n'
WAYS = pytest.mark.parametrize("written", [as_csv, as_workbook])


def read(file, folder, mapping=MAP):
    how = folder / "map.toml"
    how.write_text(mapping, "utf-8")
    return flow_file.read_flows(file, mapping=how).table.to_pylist()


@WAYS
def test_one_unit_under_two_years_is_that_of_both(written, tmp_path):
    flows = read(written(YEARS_OVER_UNITS, tmp_path), tmp_path)
    assert {(f["importer"], f["period"]): f["value_usd"] for f in flows} == {
        ("KAZ", "2021"): 1_500_000,
        ("KAZ", "2022"): 2_250_000,
        ("RUS", "2021"): 500_000,
        ("RUS", "2022"): 750_000,
    }


@WAYS
def test_thousands_of_a_quantity_stay_with_the_unit_of_the_title(written, tmp_path):
    flows = read(written(YEARS_OVER_UNITS, tmp_path), tmp_path)
    assert {f["quantity_unit"] for f in flows} == {"thousands NOS"}
    assert sorted(f["quantity"] for f in flows) == [1, 2, 3, 4]


def test_a_heading_without_a_unit_is_no_dollar_beside_millions(tmp_path):
    rows = [
        ["Country", "Year", "HS", "Exports (million USD)", "Imports"],
        ["Russia", "2022", "854231", "2", "3"],
    ]
    with pytest.raises(BadInputError, match=r"say a unit(.|\n)*Imports"):
        read(as_csv(rows, tmp_path), tmp_path)


def test_a_heading_without_a_unit_is_in_that_of_the_title(tmp_path):
    rows = [
        ["Trade of India, thousand USD"],
        ["Country", "Year", "HS", "Exports (million USD)", "Imports"],
        ["Russia", "2022", "854231", "2", "3"],
    ]
    flows = read(as_csv(rows, tmp_path), tmp_path)
    assert {f["flow"]: f["value_usd"] for f in flows} == {"export": 2_000_000, "import": 3_000}
