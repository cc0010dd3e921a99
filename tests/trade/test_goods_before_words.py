"""A column whose cells are a code and its words is of goods, whatever its heading; one that may be is asked about."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load


@pytest.fixture
def loaded(tmp_path):
    def read(heading, cells, more=""):
        rows = [f'"{c}";"Import";"{land}";300000;310000' for c, land in zip(cells, ("Kina", "Vietnam"), strict=True)]
        text = "\n".join([f'"{heading}";"import/eksport";"land";"2024M01";"2024M02"', *rows])
        (tmp_path / "px.csv").write_text(text + "\n", "utf-8")
        (tmp_path / "px.toml").write_text(f'[fixed]\nreporter = "NOR"\ncurrency = "NOK"\n{more}', "utf-8")
        return load(tmp_path / "px.csv", mapping=tmp_path / "px.toml")

    return read


@pytest.mark.parametrize("cell", ["85414300 Fotovoltaiske celler", "8541 43 00 Solceller", "854143 Solceller"])
def test_a_code_before_its_words_is_goods_and_not_the_total_of_all(loaded, cell):
    found = loaded("varenummer", (cell, cell))
    assert {code[:6] for code in found.table["product"].to_pylist()} == {"854143"}


def test_codes_of_four_digits_may_be_of_another_classification_and_are_asked_about(loaded):
    cells = ("2611 Electronic components", "2711 Electric motors")
    with pytest.raises(BadInputError, match="by which classification: 'CPA-gruppe'"):
        loaded("CPA-gruppe", cells)
    whole = loaded("CPA-gruppe", cells, 'product = "TOTAL"\n')
    assert {*whole.table["product"].to_pylist()} == {"+TOTAL"}
    named = loaded("Product", cells)
    assert {*named.table["product"].to_pylist()} == {"2611", "2711"}


def test_a_column_of_something_else_is_no_goods(loaded):
    found = loaded("tollsted", ("0151 Oslo", "5003 Bergen"))  # postal codes: the first is no heading
    assert {*found.table["product"].to_pylist()} == {"+TOTAL"}
