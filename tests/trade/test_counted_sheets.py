"""Sheets that say what they count: a quantity or a weight is no value, and stands beside the value of its flow."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load
from entrepot.trade.loading import flow_file

HEAD = ["Data Type", "Schedule B Number", "Country", "2021", "2022"]


def book(folder, **sheets):
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def sheet(kind, rows, unit=""):
    head = [*HEAD[:3], *(["Quantity Description"] if unit else []), *HEAD[3:]]
    title = [[f"{kind} by Schedule B Number and Country"], ["U.S. Domestic Exports"], [None]]
    return [*title, head, *([kind, code, place, *([unit] if unit else []), *years] for code, place, *years in rows)]


VALUES = sheet("FAS Value", [("870323", "Georgia", 90_000, 120_000), ("870323", "Chile", 45_000, 0)])
COUNTS = sheet("First Unit of Quantity", [("870323", "Georgia", 9, 12), ("870899", "Chile", 700, 800)], "number")


def read(path):
    return flow_file.read_flows(path)


def test_a_sheet_of_quantities_is_no_sheet_of_dollars(tmp_path):
    loaded = read(book(tmp_path, First_Unit_of_Quantity=COUNTS))
    rows = loaded.table.to_pylist()
    assert [r["value_usd"] for r in rows] == [None] * 4
    assert sorted((r["quantity"], r["quantity_unit"]) for r in rows) == [
        (9.0, "number"),
        (12.0, "number"),
        (700.0, "number"),
        (800.0, "number"),
    ]
    assert "no value" in " ".join(loaded.notes)


def test_quantities_stand_beside_the_values_of_their_flows(tmp_path):
    rows = read(book(tmp_path, FAS_Value=VALUES, First_Unit_of_Quantity=COUNTS)).table.to_pylist()
    found = {(r["importer"], r["product"], r["period"]): (r["value_usd"], r["quantity"]) for r in rows}
    assert found == {
        ("GEO", "870323", "2021"): (90_000.0, 9.0),
        ("GEO", "870323", "2022"): (120_000.0, 12.0),
        ("CHL", "870323", "2021"): (45_000.0, None),
        ("CHL", "870323", "2022"): (0.0, None),
        ("CHL", "870899", "2021"): (None, 700.0),
        ("CHL", "870899", "2022"): (None, 800.0),
    }


def test_a_sheet_with_two_values_of_a_flow_is_not_joined(tmp_path):
    twice = [*VALUES, ["FAS Value", "870323", "Georgia", 1, 2]]
    path = book(tmp_path, FAS_Value=twice, First_Unit_of_Quantity=COUNTS)
    with pytest.raises(BadInputError, match="would be set aside"):
        load([path], out=tmp_path / "out.csv")


def test_a_column_of_one_measure_decides_in_any_table(tmp_path):
    path = tmp_path / "flows.csv"
    text = "reporter,partner,flow,product,period,Measure,figure\n"
    path.write_text(text.replace("figure", "value") + "TUR,GEO,export,870323,2024,Net weight (t),12\n", "utf-8")
    (row,) = read(path).table.to_pylist()
    assert (row["value_usd"], row["net_kg"]) == (None, 12_000.0)


def test_two_quantities_in_one_column_are_refused(tmp_path):
    mixed = [*COUNTS, ["Second Unit of Quantity", "870323", "Georgia", "kg", 900, 1200]]
    with pytest.raises(BadInputError, match="which quantity"):
        read(book(tmp_path, Quantities=mixed))


def test_a_value_beside_a_quantity_stays_a_value(tmp_path):
    path = tmp_path / "flows.csv"
    head = "reporter,partner,flow,product,period,value_usd,quantity,Counted by\n"
    path.write_text(head + "TUR,GEO,export,870323,2024,90000,9,Quantity\n", "utf-8")
    (row,) = read(path).table.to_pylist()
    assert (row["value_usd"], row["quantity"]) == (90_000.0, 9.0)


DUTIES = [["Imports: For Consumption"], ["Calculated Duties by HTS Number and Country"], [None]]
DUTIES += [["HTS Number", "Country", "2021", "2022"], ["870323", "Georgia", 5, 6]]
CUSTOMS = [["Imports: For Consumption"], ["Customs Value by HTS Number and Country"], [None]]
CUSTOMS += [["HTS Number", "Country", "2021", "2022"], ["870323", "Georgia", 100, 120]]
OF_USA = '[fixed]\nreporter = "USA"\nflow = "import"\n'


def mapped(folder):
    path = folder / "map.toml"
    path.write_text(OF_USA, encoding="utf-8")
    return path


def test_duties_are_no_value_of_goods(tmp_path):
    with pytest.raises(BadInputError, match="duties or charges") as told:
        flow_file.load((book(tmp_path, Calculated_Duties=DUTIES),), mapping=mapped(tmp_path))
    assert "Calculated Duties" in str(told.value)


def test_duties_in_a_title_or_in_a_column_are_no_value_either(tmp_path):
    lines = ["Data Type,HTS Number,Country,2021,2022", "Calculated Duties,870323,Georgia,5,6"]
    for name, rows in (
        ("cells", lines),
        ("title", ["Import Charges by HTS Number and Country", "", *lines[:1], "x" + lines[1][17:]]),
    ):
        path = tmp_path / f"{name}.csv"
        path.write_text("\n".join(rows), encoding="utf-8")
        with pytest.raises(BadInputError, match="duties or charges"):
            flow_file.load((path,), mapping=mapped(tmp_path))


def test_a_sheet_of_duties_beside_one_of_values_is_left_out_and_told(tmp_path):
    path = book(tmp_path, Calculated_Duties=DUTIES, Customs_Value=CUSTOMS, Import_Charges=DUTIES)
    loaded = flow_file.load((path,), mapping=mapped(tmp_path))
    assert [r["value_usd"] for r in loaded.table.to_pylist()] == [100, 120]
    (note,) = [n for n in loaded.notes if "duties" in n]
    assert "Calculated Duties, Import Charges" in note


def test_goods_and_values_whose_words_name_a_duty_are_read(tmp_path):
    path = book(tmp_path, **{"Landed Duty-Paid Value": CUSTOMS})
    loaded = flow_file.load((path,), mapping=mapped(tmp_path))
    assert [r["value_usd"] for r in loaded.table.to_pylist()] == [100, 120]


@pytest.mark.parametrize(
    ("said", "is_told"), [("Seasonally adjusted", True), ("Unadjusted", False), ("Not seasonally adjusted", False)]
)
def test_figures_without_their_season_are_told(tmp_path, said, is_told):
    path = tmp_path / "flows.csv"
    rows = ["reporter,partner,flow,product,period,Adjustment,value_usd", f"CAN,CHN,Import,TOTAL,2023-01,{said},5100"]
    path.write_text("\n".join(rows), encoding="utf-8")
    loaded = flow_file.load((path,))
    assert [r["value_usd"] for r in loaded.table.to_pylist()] == [5100]
    assert any("seasonally adjusted" in note for note in loaded.notes) is is_told


def test_the_area_that_trade_map_names_no_further_is_a_residual(tmp_path):
    path = tmp_path / "flows.csv"
    path.write_text(
        "reporter,partner,flow,product,period,value_usd\nCAN,Area Nes,Import,8541,2023,5\n", encoding="utf-8"
    )
    assert [r["exporter"] for r in flow_file.load((path,)).table.to_pylist()] == ["+NES"]
