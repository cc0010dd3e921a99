"""Derivations on rows made for the test: each operator against arithmetic done by hand."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.claims.cells import Cell, Fact, Index
from entrepot.claims.derive import DEPTH, WIDEST, Budget, derive
from entrepot.claims.indexed.intervals import printed

YEAR = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
BEFORE = {"start": date(2022, 1, 1), "end": date(2022, 12, 31)}


def cell(subject="a", quantity="trade_value", unit="CNY", **more) -> Cell:
    return Cell(subject, quantity, unit, **({"direction": "both"} | YEAR | more))


def fact(row_id: str, of: Cell, value: float, bound: str = "exact", **more) -> Fact:
    number = printed(value, bound, of.unit)
    return Fact(row_id, "observations", of, number, **({"family": "one"} | more))


def index(*facts: Fact, parts=None, also=None) -> Index:
    by_key: dict = {}
    for f in facts:
        by_key.setdefault((f.cell.subject, f.cell.quantity), []).append(f)
    return Index({k: tuple(v) for k, v in by_key.items()}, {}, {}, parts or {}, also or {})


def found(held: Index, wanted: Cell, depth: int = DEPTH):
    return list(derive(held, wanted, depth, Budget()))


def test_the_year_before_from_printed_growth():
    held = index(fact("now", cell(), 150, growth=50.0))
    (one,) = found(held, cell(**BEFORE), 1)
    assert one.value == pytest.approx(100)
    assert one.interval.low <= 100 <= one.interval.high
    assert one.rows == ("now",)


def test_growth_is_never_chained():
    held = index(fact("now", cell(start=date(2024, 1, 1), end=date(2024, 12, 31)), 150, growth=50.0))
    assert found(held, cell(**BEFORE)) == []


def test_growth_from_two_rows():
    held = index(fact("now", cell(), 156.7), fact("then", cell(**BEFORE), 123.4))
    (one,) = found(held, cell(unit="percent", comparison="yoy"))
    assert one.value == pytest.approx(100 * (156.7 / 123.4 - 1))
    assert one.interval.low <= one.value <= one.interval.high


def test_a_part_from_its_share():
    share = fact("s", cell(quantity="trade_share", unit="percent", partner="b"), 79.4)
    total = fact("t", cell(), 357.33)
    (one,) = found(index(share, total), cell(partner="b"), 1)
    assert one.value == pytest.approx(357.33 * 0.794)
    assert one.interval.low <= 283.67 <= one.interval.high
    assert one.interval.width < WIDEST


def test_a_share_from_part_and_total():
    held = index(fact("p", cell(partner="b"), 50.5), fact("t", cell(), 101.0))
    (one,) = found(held, cell(quantity="trade_share", unit="percent", partner="b"), 1)
    assert one.value == pytest.approx(50)


def test_an_amount_in_another_currency_at_the_rates_of_the_period():
    (one,) = found(index(fact("y", cell(), 7.123e9)), cell(unit="USD"), 1)
    assert 0.95e9 < one.value < 1.06e9  # the yuan stood between 6.7 and 7.35 to the dollar in 2023
    assert one.interval.low < one.value < one.interval.high


def test_both_directions_from_in_and_out_and_back():
    held = index(fact("i", cell(direction="in"), 40.5), fact("o", cell(direction="out"), 60.5))
    assert [d.value for d in found(held, cell(), 1)] == [101]
    held = index(fact("b", cell(), 101.5), fact("o", cell(direction="out"), 60.5))
    assert [d.value for d in found(held, cell(direction="in"), 1)] == [41]


def test_the_parts_of_a_group():
    held = index(fact("x", cell("x"), 12.5), fact("y", cell("y"), 30.1), parts={"g": ("x", "y")})
    (one,) = found(held, cell("g"), 1)
    assert one.value == pytest.approx(42.6)
    assert found(index(fact("x", cell("x"), 12.5), parts={"g": ("x", "y")}), cell("g")) == []


def test_the_months_between_two_years_to_date():
    held = index(fact("nine", cell(end=date(2023, 9, 30)), 90.5), fact("six", cell(end=date(2023, 6, 30)), 60.1))
    (one,) = found(held, cell(start=date(2023, 7, 1), end=date(2023, 9, 30)), 1)
    assert one.value == pytest.approx(30.4)


def test_stretches_that_adjoin():
    held = index(fact("first", cell(end=date(2023, 6, 30)), 60.1), fact("second", cell(start=date(2023, 7, 1)), 50.2))
    assert [d.value for d in found(held, cell(), 1)] == [pytest.approx(110.3)]


def test_a_days_rate_over_its_days():
    june = {"start": date(2023, 6, 1), "end": date(2023, 6, 30)}
    held = index(fact("d", cell(quantity="trains", unit="trains", per="day", **june), 21))
    (one,) = found(held, cell(quantity="trains", unit="trains", **june), 1)
    assert one.value == 630


def test_two_families_are_never_combined():
    held = index(fact("i", cell(direction="in"), 40.5), fact("o", cell(direction="out"), 60.5, family="two"))
    assert found(held, cell()) == []


def test_unclear_rows_imply_nothing():
    held = index(fact("i", cell(direction="in"), 4.5, quality="unclear"), fact("o", cell(direction="out"), 6.5))
    assert found(held, cell()) == []


def test_two_steps_at_most_and_the_shorter_first():
    share = fact("s", cell(quantity="trade_share", unit="percent", partner="b"), 50.0)
    held = index(share, fact("i", cell(direction="in"), 40.5), fact("o", cell(direction="out"), 60.5))
    depths = [d.depth for d in found(held, cell(partner="b"))]
    assert depths == sorted(depths)
    assert max(depths) == 2


def test_the_search_ends_with_its_budget():
    budget = Budget(1)
    held = index(fact("i", cell(direction="in"), 40.5), fact("o", cell(direction="out"), 60.5))
    assert list(derive(held, cell(), DEPTH, budget)) == []
    assert budget.spent


def test_what_a_list_gained_between_two_days(whole):
    wanted = Cell("uflpa-entity-list", "batches.added", "entities", start=date(2024, 1, 1), end=date(2024, 12, 31))
    (one,) = list(derive(whole.index, wanted, 1, Budget()))
    assert one.value == 107 - 39  # the totals of 2024-11-25 and 2023-12-11
