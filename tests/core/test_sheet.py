"""A workbook keeps to what Excel says that a sheet holds; what is beyond is refused, and nothing is cut."""

from __future__ import annotations

import openpyxl
import pyarrow as pa
import pytest

from entrepot.core import output
from entrepot.core.errors import BadInputError
from entrepot.core.tables import sheet

# support.microsoft.com, "Excel specifications and limits": rows and columns of a worksheet, characters of a cell.
EXCEL = (1_048_576, 16_384, 32_767)
REMEDY = r"Write it as \.csv or \.parquet"


def test_the_limits_are_those_of_excel():
    assert (sheet.MOST_ROWS, sheet.MOST_COLUMNS, sheet.MOST_TEXT) == EXCEL


def written(tmp_path, table):
    output.write(table, tmp_path / "t.xlsx", "xlsx")
    return list(openpyxl.load_workbook(tmp_path / "t.xlsx", read_only=True).active.values)


@pytest.mark.parametrize("long", ["a" * 32_767, "中" * 32_767, "🚢" * 16_383])
def test_a_cell_that_is_full_is_written_whole_and_one_more_character_refused(tmp_path, long):
    assert written(tmp_path, pa.table({"a": ["x", long]})) == [("a",), ("x",), (long,)]
    (tmp_path / "t.xlsx").unlink()
    with pytest.raises(BadInputError, match=f"column a: a text longer than a cell.*{REMEDY}"):
        output.write(pa.table({"a": ["x", long + "🚢"]}), tmp_path / "t.xlsx", "xlsx")
    assert list(tmp_path.iterdir()) == []


def test_a_list_that_is_too_long_once_it_is_joined_names_its_row(tmp_path):
    table = pa.table({"a": [["x"], ["y" * 20_000, "z" * 20_000]]})
    with pytest.raises(BadInputError, match="row 2, column a: a text longer"):
        output.write(table, tmp_path / "t.xlsx", "xlsx")


def test_a_full_sheet_is_written_and_one_more_row_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(sheet, "MOST_ROWS", 4)
    parts = [pa.table({"a": [1, 2]}), pa.table({"a": [3]})]
    assert output.write_parts(parts, parts[0].schema, tmp_path / "t.xlsx", "xlsx") == 3
    with pytest.raises(BadInputError, match=f"more rows than a sheet of Excel has.*at most 3 under.*{REMEDY}"):
        output.write_parts([*parts, parts[1]], parts[0].schema, tmp_path / "u.xlsx", "xlsx")
    assert [p.name for p in tmp_path.iterdir()] == ["t.xlsx"]


def test_a_table_of_too_many_columns_is_refused_before_a_row_is_made(tmp_path):
    wide = pa.schema([(str(i), pa.int64()) for i in range(sheet.MOST_COLUMNS + 1)])

    def never():
        raise AssertionError
        yield

    with pytest.raises(BadInputError, match=f"more columns than a sheet of Excel has: 16385.*{REMEDY}"):
        output.write_parts(never(), wide, tmp_path / "t.xlsx", "xlsx")


def test_a_screening_stops_when_its_workbook_is_full(tmp_path, monkeypatch):
    from entrepot import screen
    from entrepot.screening.runs import bulk

    monkeypatch.setattr(sheet, "MOST_ROWS", 20)
    monkeypatch.setattr("entrepot.screening.runs.run.PART", 2)
    monkeypatch.setattr(bulk, "PART", 2)
    done = []
    parties = pa.table({"name": ["Kashgar Construction Engineering (Group) Co Ltd"] * 40})
    listed = pa.table({"name": ["Kashgar Construction Engineering (Group) Co Ltd"]})
    with pytest.raises(BadInputError, match="more rows than a sheet of Excel has"):
        screen(parties, listed, out=tmp_path / "t.xlsx", workers=1, progress=lambda n, _: done.append(n))
    assert 0 < max(done) < 20
    assert screen(parties, listed, out=tmp_path / "t.csv", workers=1).written >= 40
