"""Columns of figures by what their headings say: none is lost for a cell or a mark like a year."""

from __future__ import annotations

import pytest

from entrepot.core.errors import BadInputError
from entrepot.desk.load import load

MAP = '[fixed]\nreporter = "IND"\n'


@pytest.fixture
def loaded(tmp_path):
    def read(text, more=""):
        (tmp_path / "own.csv").write_text(text, "utf-8")
        (tmp_path / "own.toml").write_text(MAP + more, "utf-8")
        return load(tmp_path / "own.csv", mapping=tmp_path / "own.toml")

    return read


@pytest.mark.parametrize("amount", ["1900.10", "2021"])
def test_months_together_are_named_whatever_their_amounts_look_like(loaded, amount):
    found = loaded(
        "Country,HS6,Flow,2022-2023,2023-2024(Apr-Dec)\n"
        f"U S A,854143,Export,900.50,{amount}\nCHINA P RP,854143,Export,50.10,20.20\n"
    )
    assert any("several months together" in n and "2023-2024(Apr-Dec)" in n for n in found.notes)


def test_two_counts_of_a_flow_are_asked_about_whatever_their_amounts_look_like(loaded):
    with pytest.raises(BadInputError, match="no column of that flow can be read"):
        loaded(
            "Country,HS6,Export 2023,Import by country of origin 2023,Import by country of consignment 2023\n"
            "China,854143,7,2021,2000\nRussia,854143,8,15,16\n"
        )


@pytest.mark.parametrize("heading", ["2024p", "2024 (est.)", "Import 10-12/2024 USD", "2024 (Jan-Mar) USD"])
def test_a_year_with_a_mark_that_is_not_understood_is_asked_about(loaded, heading):
    with pytest.raises(BadInputError, match="headed by a year and by words or a mark"):
        loaded(f"Country;HS6;Flow;2022;2023;{heading}\nChina;854143;Import;1;2;900\nRussia;854143;Import;3;4;90\n")


@pytest.mark.parametrize("heading", ["HS 2022", "Population 2024", "gdp_2024", "2024 GDP", "Rank 2024"])
def test_what_is_no_year_of_trade_is_not(loaded, heading):
    found = loaded(f"Country;HS6;Flow;2022;2023;{heading}\nChina;854143;Import;1;2;900\nRussia;854143;Import;3;4;90\n")
    assert sum(found.table["value_usd"].to_pylist()) == 10


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("USD 03/2024", "2024-03"),
        ("Import, USD 3.2024", "2024-03"),
        ("03-2024 Import", "2024-03"),
        ("Import Q2/2024", "2024-Q2"),
        ("Q2 2024 Import, USD", "2024-Q2"),
        ("Import 2024, USD", "2024"),
    ],
)
def test_a_month_by_its_number_in_a_heading_is_that_month_and_no_year(loaded, heading, period):
    found = loaded(f"Country;HS6;{heading}\nChina;854143;100\nRussia;854143;10\n", 'flow = "import"\n')
    assert {*found.table["period"].to_pylist()} == {period}


@pytest.mark.parametrize("heading", ["Import, USD 1-9/2024", "Import 2024.03", "Import 31.03.2024"])
def test_what_is_no_period_in_a_heading_is_no_year(loaded, heading):
    with pytest.raises(BadInputError):
        loaded(f"Country;HS6;{heading}\nChina;854143;100\nRussia;854143;10\n", 'flow = "import"\n')


def test_headings_of_flows_without_a_period_ask_for_the_period(loaded):
    text = "Country;HS6;Import, USD;Export, USD\nChina;854143;100;5\nRussia;854143;10;7\n"
    with pytest.raises(BadInputError) as refused:
        loaded(text)
    assert 'period = "…"' in refused.value.remedy
    assert "value =" not in refused.value.remedy
    assert len(loaded(text, 'period = "2023"\n').table) == 4


def test_values_in_a_unit_that_is_not_understood_are_asked_about_where_only_weights_are_read(loaded):
    # MDH: millions of dirhams of Morocco, as its office writes them
    text = "Country,HS6,Flow,Value 2023 ({unit}),Weight 2023 (tonnes)\nChina,854143,Import,1234.5,12340\n"
    with pytest.raises(BadInputError, match=r"a word beside it is not understood: .*Value 2023 \(MDH\)"):
        loaded(text.format(unit="MDH"))
    (row,) = loaded(text.format(unit="million USD")).table.to_pylist()
    assert (row["value_usd"], row["net_kg"]) == (1_234_500_000, 12_340_000)
