"""What a point is in a column whose own cells do not tell: the other figures of the file do, where they agree."""

from __future__ import annotations

import pytest

HEAD = "reporter;partner;flow;product;period;value_usd;quantity;quantity_unit\n"


def read(write, *pairs):
    """Quantities of rows of a value and a quantity each, in the order of the rows."""
    rows = [f"TUR;KAZ;export;854231;2023-{n:02};{value};{of};items\n" for n, (value, of) in enumerate(pairs, 1)]
    loaded = write(HEAD + "".join(rows))
    return loaded, [r["quantity"] for r in sorted(loaded.table.to_pylist(), key=lambda r: r["period"])]


@pytest.mark.parametrize(
    ("pairs", "quantities"),
    [
        ([("1.234.567,50", "1.000"), ("234.567,00", "200")], [1000, 200]),
        ([("1.234.567", "7.000"), ("99", "3")], [7000, 3]),
        ([("5.000.000,00", "12.345"), ("1.500,25", "50")], [12345, 50]),
        ([("1.234.567,5", "1.000"), ("8.000.000", "1.001")], [1000, 1001]),
        # Where commas divide thousands a point begins a fraction.
        ([("1,234,567.50", "1.250"), ("2,000,000", "3")], [1.25, 3]),
        # By its own cells, whatever stands beside.
        ([("1.234.567,50", "1.000"), ("2", "1.000.000")], [1000, 1_000_000]),
    ],
)
def test_the_points_of_a_column_are_told_by_the_others(write, faults, pairs, quantities):
    loaded, found = read(write, *pairs)
    assert found == quantities
    assert not faults(loaded, "thousands_separator").get("set_aside")


@pytest.mark.parametrize(
    "pairs",
    [
        [("1.234", "1.000"), ("99", "3")],
        [("100", "1.000"), ("99", "3")],
        [("12.345", "1.000"), ("999", "2.000")],
        [("1234.5", "1.000"), ("99", "3")],
        [("1.234.567", "1.000"), ("1,234,567", "3")],
    ],
)
def test_where_nothing_tells_or_cells_disagree_a_point_is_not_guessed(write, faults, pairs):
    loaded, found = read(write, *pairs)
    assert found[0] is None
    assert faults(loaded, "thousands_separator")["set_aside"]
