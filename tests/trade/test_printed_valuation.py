"""How goods are valued is read where a heading, a title, a sheet or a cell says it.

What customs value holds is the law of each country, of which the World Customs Organization and the WTO keep lists:
the United States leave international freight and insurance out (19 U.S.C. 1401a(b)(4)(A)), the Union takes them in
(Union Customs Code, art. 71(1)(e)).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from entrepot.trade.loading import flow_file, streamed
from entrepot.trade.loading.printed.printed_valuation import spoken_valuation

if TYPE_CHECKING:
    from pathlib import Path

ROWS = ("China,854143,2022,100", "Mexico,854143,2022,50")
CASES = (
    # heading of the value, reporter, flow, valuation
    ("Customs Value (Gen) ($US)", "USA", "import", "FOB"),
    ("Customs Value", "United States", "import", "FOB"),
    ("Customs value (USD)", "DEU", "import", "CIF"),
    ("Customs value", "CAN", "import", "FOB"),
    ("CIF Value (Gen) ($US)", "USA", "import", "CIF"),
    ("C.I.F. value", "AUS", "import", "CIF"),
    ("FAS Value", "USA", "export", "FOB"),
    ("VL_FOB", "BRA", "import", "FOB"),
    ("Statistical value (USD)", "POL", "import", "CIF"),
    ("Статистическая стоимость", "KGZ", "export", "FOB"),
    ("Value", "USA", "import", "CIF"),
)


@pytest.mark.parametrize(("heading", "reporter", "flow", "valuation"), CASES)
def test_the_heading_of_a_value_says_how_goods_are_valued(
    heading: str, reporter: str, flow: str, valuation: str, tmp_path: Path
) -> None:
    file = tmp_path / "flows.csv"
    rows = [f"{reporter},{flow},{row}" for row in ROWS]
    file.write_text("\n".join([f"reporter,flow,partner,product,period,{heading}", *rows]), encoding="utf-8")
    found = flow_file.read_flows(file)
    assert found.table["valuation"].to_pylist() == [valuation] * 2
    assert found.table["value_usd"].to_pylist() == [100.0, 50.0]
    told = [f["what"] for f in found.faults.to_pylist() if repr(heading) in f["what"] and "the value of" in f["what"]]
    assert bool(told) == bool(spoken_valuation(heading))


def test_columns_of_years_titles_sheets_and_cells_say_it_too(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Customs Value"
    sheet.append(("Reporter", "Flow", "HTS Number", "Country", "2021", "2022"))
    sheet.append(("USA", "import", "854143", "China", 1, 2))
    book.save(tmp_path / "sheet.xlsx")
    head = "reporter,flow,partner,product,period"
    texts = {
        "title.csv": f"U.S. imports for consumption: customs value\n\n{head},value\nUSA,import,China,854143,2022,1\n",
        "cells.csv": f"{head},Data Type,value\nUSA,import,China,854143,2022,Customs Value,1\n",
        "wide.csv": f"reporter,partner,product,{','.join(f'{y} Import Customs Value' for y in (2021, 2022))}\n"
        "USA,China,854143,1,2\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    for name in ("sheet.xlsx", *texts):
        assert {*flow_file.read_flows(tmp_path / name).table["valuation"].to_pylist()} == {"FOB"}, name
    streamed.load_to([tmp_path / "wide.csv"], tmp_path / "wide.parquet")
    held, by_block = (flow_file.read_flows(tmp_path / f"wide.{end}").table for end in ("csv", "parquet"))
    assert by_block["valuation"].to_pylist() == held["valuation"].to_pylist()


def test_a_map_and_a_column_stand_before_the_heading(tmp_path: Path) -> None:
    file, how = tmp_path / "flows.csv", tmp_path / "map.toml"
    file.write_text("who,what,when,Customs value\nChina,854143,2022,1\n", encoding="utf-8")
    columns = '[columns]\npartner = "who"\nproduct = "what"\nperiod = "when"\nvalue = "Customs value"\n'
    fixed = '[fixed]\nreporter = "USA"\nflow = "import"\n'
    for more, valuation in (("", "FOB"), ('valuation = "CIF"\n', "CIF")):
        how.write_text(columns + fixed + more, encoding="utf-8")
        assert flow_file.read_flows(file, mapping=how).table["valuation"].to_pylist() == [valuation]


def test_what_says_two_ways_or_none_says_nothing() -> None:
    texts = ("FOB and CIF value", "customs", "China Customs", "Trade value", "")
    assert {spoken_valuation(text) for text in texts} == {""}


@pytest.mark.parametrize(
    ("title", "flow", "wanted"),
    [
        (["Customs Value by HTS Number", "U.S. Imports for Consumption", "Annual data"], "import", "FOB"),
        # What is said of exports is said of no import beside them, which is with freight and insurance.
        (["Exports: FOB", "Imports by origin"], "import", "CIF"),
        (["Trade of the United States", "Exports: FOB", "Imports: CIF"], "import", "CIF"),
    ],
)
def test_one_line_of_a_title_of_several_says_it(tmp_path: Path, title: list[str], flow: str, wanted: str) -> None:
    path = tmp_path / "title.csv"
    lines = [*title, "", "reporter,flow,partner,product,year,value", f"USA,{flow},China,854143,2022,1"]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    (row,) = flow_file.read_flows(path).table.to_pylist()
    assert row["valuation"] == wanted
