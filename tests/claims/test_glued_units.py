"""Figures with their unit glued: a number with decimals or thousands is no name, and megatonnes are no tonnes."""

from __future__ import annotations

from decimal import Decimal

import pytest

from entrepot.claims.mentions.mentions import mentions


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("a mill of 2.5MTPA", 2_500_000, "t"),
        ("shipped 95,000mt of cotton", 95_000, "t"),
        ("shipped 3.5mt of coal", 3_500_000, "t"),
        ("20GWp of modules", 20_000, "MW"),
        ("a 400kV line", 400, "kV"),
        ("flexural strength over 30Mpa", 30, "MPa"),
        ("2,000pcs of shirts", 2_000, None),
        ("density of 1.73g/cm3", Decimal("1.73"), None),
        ("100sqm of floor", 100, "m2"),
    ],
)
def test_a_glued_unit_is_read(text, value, unit):
    (found,) = (m for m in mentions(text, "en") if m.kind == "figure")
    assert (found.value, found.unit) == (value, unit)


@pytest.mark.parametrize("text", ["a 5G network", "the A-380", "9N germanium", "the J-10C"])
def test_a_number_of_a_name_is_none(text):
    assert not [m for m in mentions(text, "en") if m.kind == "figure"]
