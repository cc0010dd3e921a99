"""Cells that a spreadsheet wrote as money are figures, and their sign says the currency where nothing else does."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load


@pytest.fixture
def loaded(tmp_path):
    def read(*cells, heading="Import", more='reporter = "KGZ"\n'):
        lands = ("China", "Russia", "Kazakhstan")
        rows = [f'{land};854143;2023;"{c}"' for land, c in zip(lands, cells, strict=False)]
        (tmp_path / "own.csv").write_text("\n".join([f"Country;HS6;Year;{heading}", *rows]) + "\n", "utf-8")
        (tmp_path / "own.toml").write_text(f"[fixed]\n{more}", "utf-8")
        return load(tmp_path / "own.csv", mapping=tmp_path / "own.toml")

    return read


def told(found):
    return sorted(r["value_usd"] for r in found.table.to_pylist())


@pytest.mark.parametrize(
    "cells", [("$1,234,567", "$12,345", "$0"), ("USD 1,234,567", "USD 12,345", "0"), ("1,234,567.00 $", "12,345.00 $")]
)
def test_dollars_are_read_to_the_unit_and_no_notice_says_that_nothing_tells_the_currency(loaded, cells):
    found = loaded(*cells)
    assert [v for v in told(found) if v] == [12_345, 1_234_567]
    assert not any("nothing says the currency" in f["what"] for f in found.faults.to_pylist())


def test_euros_are_turned_into_dollars(loaded):
    cells, bare = ("1.234.567,00 €", "12,50 €"), ("1.234.567,00", "12,50")
    assert told(loaded(*cells)) == told(loaded(*bare, heading="Import (EUR)"))


def test_the_heading_goes_before_the_cells(loaded):
    cells = ("$1,234,567", "$12,345")
    assert told(loaded(*cells, heading="Import (CAD)")) == told(
        loaded(*(c.strip("$") for c in cells), heading="Import (CAD)")
    )


def test_a_sign_of_several_currencies_is_asked_about(loaded):
    with pytest.raises(BadInputError, match="CAN may mean CAD or USD"):
        loaded("$1,234,567", more='reporter = "CAN"\n')


@pytest.mark.parametrize("cells", [("$1,234,567", "€1,234,567"), ("$1,234,567", "1,234,567"), ("1.5M", "2.5M")])
def test_cells_of_different_signs_or_of_none_are_not_read(loaded, cells):
    with pytest.raises(BadInputError):
        loaded(*cells)


def test_countries_of_exporter_and_importer_are_the_sides(tmp_path):
    text = 'Exporter Country,Importer Country,HS Code,Month,Value\nChina,Kazakhstan,854143,2023-01,"US$ 1,234,567.00"\n'
    (tmp_path / "vendor.csv").write_text(text, "utf-8")
    (row,) = load(tmp_path / "vendor.csv").table.to_pylist()
    assert (row["exporter"], row["importer"], row["value_usd"]) == ("CHN", "KAZ", 1_234_567)
