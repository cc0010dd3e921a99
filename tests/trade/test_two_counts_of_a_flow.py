"""Imports by two counts beside exports: which is meant has to be said, and neither is left out without a word."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load

TABLE = """External trade by countries,,,,,,
"thousand US dollars",,,,,,
Country,Export,,{},,{},
,2023,2024,2023,2024,2023,2024
Russian Federation,300,350,400,450,380,430
China,100,120,300,330,100,120
Iran,100,-,200,220,420,450
"""
MAP = '[fixed]\nreporter = "ARM"\nproduct = "TOTAL"\n'


@pytest.fixture
def loaded(tmp_path):
    def read(*headings):
        (tmp_path / "t.csv").write_text(TABLE.format(*headings), encoding="utf-8")
        (tmp_path / "m.toml").write_text(MAP, encoding="utf-8")
        return load(tmp_path / "t.csv", mapping=tmp_path / "m.toml").table.to_pylist()

    return read


def test_imports_by_origin_and_by_consignment_are_asked_about(loaded):
    with pytest.raises(BadInputError) as told:
        loaded("Import (by country of origin)", "Import (by country of consignment)")
    assert "by country of origin" in str(told.value)
    assert "take the others out" in str(told.value)


def test_a_share_or_a_rank_of_imports_is_passed_over(loaded):
    rows = loaded("Import share, %", "Import growth, %")
    assert {r["flow"] for r in rows} == {"export"}
    assert len(rows) == 5


def test_imports_called_so_are_read_beside_a_count_that_is_not(loaded):
    rows = loaded("Import", "Import (by country of consignment)")
    imports = {(r["exporter"], r["period"]): r["value_usd"] for r in rows if r["flow"] == "import"}
    assert imports["IRN", "2024"] == pytest.approx(220_000)
    assert sum(imports.values()) == pytest.approx(1_900_000)
