"""A unit of quantities beside a value is not the unit of the value: DataWeb prints one beside each."""

import openpyxl
import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load

HEADING = ("Data Type", "HTS Number", "Country", "Quantity Description", "Year 2022", "Year 2023")
ROWS = (
    ("Customs Value", "54071000", "China", "square meters", 1_200_000, 900_000),
    ("Customs Value", "85414300", "Malaysia", "number", 5_000_000, 6_000_000),
)
LINE = "reporter,partner,flow,product,period,value,{heading}\nKAZ,CHN,export,8703,2023,1000,{unit}\n"


def test_values_of_dataweb_with_what_quantities_count_are_dollars(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "Customs Value"
    for row in (HEADING, *ROWS):
        book.active.append(row)
    book.save(tmp_path / "dataweb.xlsx")
    (tmp_path / "map.toml").write_text('[fixed]\nflow = "import"\n')
    table = load(tmp_path / "dataweb.xlsx", mapping=tmp_path / "map.toml").table
    assert sum(table.column("value_usd").to_pylist()) == 13_100_000
    assert table.column("quantity").null_count == table.num_rows


@pytest.mark.parametrize(
    ("heading", "unit", "value", "quantity"),
    [
        ("quantity_unit", "number", 1000, None),
        ("Unit of quantity", "kg", 1000, None),
        ("unit", "MW", None, 1000),  # a table of one unit a row, as reports are copied into
        ("quantity_unit", "USD million", 1e9, None),
    ],
)
def test_a_heading_says_whether_a_unit_is_of_the_value(tmp_path, heading, unit, value, quantity):
    (tmp_path / "a.csv").write_text(LINE.format(heading=heading, unit=unit))
    row = load(tmp_path / "a.csv").table.to_pylist()[0]
    assert (row["value_usd"], row["quantity"]) == (value, quantity)


@pytest.mark.parametrize("unit", ["kg", "pcs", "шт", "u", "t"])
def test_a_unit_of_customs_beside_a_value_may_be_that_of_the_goods_and_is_asked_about(tmp_path, unit):
    (tmp_path / "a.csv").write_text(LINE.format(heading="unit", unit=unit), "utf-8")
    with pytest.raises(BadInputError, match=rf"counted in the unit(.|\n)*{unit}(.|\n)*currency"):
        load(tmp_path / "a.csv")
    (tmp_path / "map.toml").write_text('[fixed]\ncurrency = "USD"\n')  # what the error says to write
    row = load(tmp_path / "a.csv", mapping=tmp_path / "map.toml").table.to_pylist()[0]
    assert (row["value_usd"], row["quantity_unit"]) == (1000, unit)


def test_money_among_the_units_says_that_the_others_are_of_quantities(tmp_path):
    text = LINE.format(heading="unit", unit="USD").strip()
    (tmp_path / "a.csv").write_text(f"{text}\n{text.splitlines()[1].replace('8703', '8708').replace('USD', 'kg')}\n")
    rows = load(tmp_path / "a.csv").table.to_pylist()
    assert [(r["value_usd"], r["net_kg"]) for r in rows] == [(1000, None), (None, 1000)]
