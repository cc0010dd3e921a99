"""Units of UN Comtrade's bulk files, which stand as numbers; fiscal years with their months behind them."""

from __future__ import annotations

import pytest

from entrepot.trade.loading.printed.printed_periods import is_fiscal, period_of

HEAD = "period\treporterCode\tflowCode\tpartnerCode\tcmdCode\tqtyUnitCode\tqty\tprimaryValue\tclassificationCode\n"


def unit_of(write, unit, head=HEAD):
    loaded = write(f"{head}202301\t417\tX\t643\t854231\t{unit}\t10\t1000\tH6\n", "final.tsv")
    return loaded.table["quantity_unit"].to_pylist()[0]


# UN Comtrade, WCO supplementary quantity units.
@pytest.mark.parametrize(
    ("number", "unit"),
    [
        ("8", "kg"),
        ("8.0", "kg"),
        ("5", "u"),
        ("2", "m2"),
        ("12", "m3"),
        ("13", "carat"),
        ("3", "1000 kWh"),
        ("-1", None),
    ],
)
def test_a_unit_by_its_number_is_called_by_its_name(write, number, unit):
    assert unit_of(write, number) == unit


@pytest.mark.parametrize("unit", ["kg", "u", "1000u", "12u", "99"])
def test_a_unit_that_is_named_or_not_on_record_stays(write, unit):
    assert unit_of(write, unit) == unit
    assert unit_of(write, unit, HEAD.replace("qtyUnitCode", "qtyUnitAbbr")) == unit


@pytest.mark.parametrize(
    "printed",
    ["2023-2024(Apr-Mar(P))", "2023-24 (Apr-Mar)", "2023-2024 (April-March(R))", "2023-2024(P)", "2023/24 (Jul-Jun)"],
)
def test_a_fiscal_year_with_its_months_behind_it_is_one(printed):
    assert period_of(printed) == "2023"
    assert is_fiscal(printed)


@pytest.mark.parametrize(
    "printed",
    ["2023-2024(Apr-Dec(P))", "2023-2024 (Jul-Mar)", "2019-2023(Apr-Mar)", "2023(Apr-Mar)", "2023-2024(Growth-Rate)"],
)
def test_a_part_of_a_fiscal_year_is_none(printed):
    assert period_of(printed) == ""
    assert not is_fiscal(printed)
