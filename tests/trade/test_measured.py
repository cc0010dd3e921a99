"""Flows in one quantity: the amount is what its unit says, whatever a kilogram costs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import UnknownNameError
from entrepot.trade.measured import measured
from planted.worlds import flows

PRICE = st.floats(-9, 9).map(lambda x: 10.0**x)  # USD a kilogram, from a billionth to a billion
WEIGHT = st.none() | st.floats(0, 1e9)
ROWS = st.lists(st.tuples(WEIGHT, PRICE, st.booleans()), min_size=1, max_size=8)


def table(drawn):
    """One flow a year; a value is known where the draw says so."""
    return flows([
        {"exporter": "CHN", "importer": "KAZ", "product": "854142", "period": str(2000 + t), "net_kg": weight,
         "value_usd": price * (weight or 1.0) if valued else None}
        for t, (weight, price, valued) in enumerate(drawn)
    ])  # fmt: skip


@given(ROWS)
def test_an_amount_is_the_value_in_dollars_or_the_weight_in_kilograms(drawn):
    loaded = table(drawn)
    for unit, column in (("USD", "value_usd"), ("kg", "net_kg")):
        found = measured(loaded, unit)
        assert found["unit"].unique().to_pylist() == [unit]
        assert found["amount"].to_pylist() == loaded[column].to_pylist()
        # What was counted beside it stays what it was.
        for kept in ("value_usd", "net_kg"):
            assert found[kept].to_pylist() == loaded[kept].to_pylist()


def test_a_unit_in_which_flows_are_not_counted_is_refused():
    with pytest.raises(UnknownNameError):
        measured(table([(1.0, 1.0, True)]), "MW")
