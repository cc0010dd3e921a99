"""Supply links as a network: what shares they give, what order of dates allows, and what exposure follows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from entrepot.core.contract import table
from entrepot.tracing.asked_exposure import Asked, Exposed
from entrepot.tracing.contract import EXPOSURES, SUPPLY_LINKS
from entrepot.tracing.exposures import exposures
from entrepot.tracing.supply_network import UNNAMED, Good, network

DAY = date(2026, 1, 1)
EMPTY = dict.fromkeys(
    ("supplier_address", "supplier_country", "material", "product", "quantity", "unit", "value", "currency",
     "low_percent", "high_percent", "date", "document", "origin")
)  # fmt: skip


def link(row: int, supplier: str, buyer: str, **more: Any) -> dict[str, Any]:
    return {
        **EMPTY,
        "file_id": "supply-000000000000",
        "row": row,
        "supplier": supplier,
        "supplier_id": supplier,
        "buyer": buyer,
        "buyer_id": buyer,
        **more,
    }


def exposed(rows: list[dict[str, Any]], who: dict[str, str], **origins: Any) -> list[dict[str, Any]]:
    """The exposures of all final products, checked against their contract."""
    grounds = {p: Exposed(s, "a list") for p, s in who.items()}  # type: ignore[arg-type]
    found = exposures(Asked(table(SUPPLY_LINKS, rows), grounds, origins, DAY), lambda made: made.final)
    return table(EXPOSURES, found.rows).to_pylist()


def ends(row: dict[str, Any]) -> tuple[float, float | None, float]:
    return row["low_percent"], row["likely_percent"], row["high_percent"]


def test_values_of_one_currency_are_shares():
    rows = [
        link(1, "Listed", "Maker", value=30.0, currency="EUR"),
        link(2, "Other", "Maker", value=70.0, currency="eur", origin="Italy"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"}, Italy="elsewhere")
    assert row["touches"] == "yes"
    assert ends(row) == (30, 30, 30)


@pytest.mark.parametrize(
    ("first", "second", "share_of", "low"),
    [
        ({"value": 10.0, "currency": "EUR"}, {"value": 90.0, "currency": "EUR"}, "value", 10),
        ({}, {}, "quantity", 25),
        ({"value": 10.0, "currency": "EUR"}, {}, "quantity", 25),
        ({"low_percent": 40.0, "high_percent": 40.0}, {"low_percent": 60.0, "high_percent": 60.0}, "percent", 40),
        ({"unit": "pcs"}, {}, "not_known", 0),
    ],
)
def test_of_what_a_share_is_a_part_is_told(first, second, share_of, low):
    """One row in four of the kilograms, and one euro in ten."""
    rows = [
        link(1, "Listed", "Mill", material="pulp", product="paper", **{"quantity": 100.0, "unit": "kg"} | first),
        link(2, "Other", "Mill", material="pulp", product="paper", **{"quantity": 300.0, "unit": "kg"} | second),
        link(3, "Mill", "Printer", material="paper", product="book", quantity=5.0, unit="t"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"})
    assert row["share_of"] == ["one_supply", share_of]  # the book is of paper alone
    assert row["low_percent"] == low


def test_an_only_supply_without_an_amount_is_the_whole():
    (row,) = exposed([link(1, "Listed", "Maker", product="x")], {"Listed": "certain"})
    assert (row["share_of"], row["low_percent"]) == (["one_supply"], 100)


def test_values_of_two_currencies_are_no_shares():
    rows = [
        link(1, "Listed", "Maker", value=30.0, currency="EUR"),
        link(2, "Other", "Maker", value=70.0, currency="USD", origin="Italy"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"}, Italy="elsewhere")
    assert row["touches"] == "yes"
    assert ends(row) == (0, None, 100)


def test_what_a_share_leaves_is_of_nobody_that_is_named():
    rows = [link(1, "Listed", "Maker", low_percent=20.0, high_percent=50.0)]
    (row,) = exposed(rows, {"Listed": "certain"})
    assert (row["low_percent"], row["high_percent"], row["untraced_percent"]) == (20, 100, 80)
    assert "a part of the input that no link names" in row["ends"]


def test_shares_above_the_whole_are_read_as_not_known_and_said():
    rows = [link(i, f"S{i}", "Maker", low_percent=70.0, high_percent=70.0) for i in (1, 2)]
    made = network(table(SUPPLY_LINKS, rows), {})
    assert [made.good(i) for i in made.over] == [Good("Maker", "")]
    assert UNNAMED not in made.rows.sources
    found = exposures(
        Asked(table(SUPPLY_LINKS, rows), {"S1": Exposed("certain", "a list")}, {}, DAY), lambda m: m.final
    )
    assert any("more than 100 %" in n for n in found.notes)
    assert (found.rows[0]["low_percent"], found.rows[0]["high_percent"]) == (0, 100)


def test_a_possible_party_moves_only_the_upper_end():
    rows = [
        link(1, "Perhaps", "Maker", value=40.0, currency="EUR", origin="Italy"),
        link(2, "Other", "Maker", value=60.0, currency="EUR", origin="Italy"),
    ]
    (row,) = exposed(rows, {"Perhaps": "possible"}, Italy="elsewhere")
    assert row["touches"] == "cannot_be_excluded"
    assert ends(row) == (0, 0, 40)


def test_goods_are_not_made_of_what_arrived_later():
    rows = [
        link(1, "Listed", "Spinner", date="2025-06-01"),
        link(2, "Other", "Spinner", date="2025-01-01", origin="Italy"),
        link(3, "Spinner", "Maker", date="2025-03-01"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"}, Italy="elsewhere")
    assert row["touches"] == "no"
    assert ends(row) == (0, 0, 0)


def unplaced(rows: list[dict[str, Any]], who: set[str], **origins: Any) -> list[dict[str, Any]]:
    found = exposures(Asked(table(SUPPLY_LINKS, rows), {}, origins, DAY, who), lambda made: made.final)
    return table(EXPOSURES, found.rows).to_pylist()


def test_a_maker_whose_place_nobody_tells_cannot_be_excluded():
    rows = [
        link(1, "Grower", "Mill", material="cotton", product="yarn", origin="Italy"),
        link(2, "Mill", "Trader", material="yarn"),
        link(3, "Trader", "Maker", material="yarn", product="shirt"),
    ]
    (row,) = unplaced(rows, {"Mill", "Grower", "Maker"}, Italy="elsewhere")
    assert (row["touches"], row["high_percent"]) == ("cannot_be_excluded", 0)
    assert "where Mill make" in row["reason"]
    assert row["ends"] == ["where Mill makes yarn"]
    for known in (set(), {"Grower"}, {"Trader"}, {"Maker"}):  # of what only passes through, the place says nothing
        assert [r["touches"] for r in unplaced(rows, known, Italy="elsewhere")] == ["no"]
    rows[1]["origin"] = "Italy"
    assert [r["touches"] for r in unplaced(rows, {"Mill"}, Italy="elsewhere")] == ["no"]


def test_an_undated_link_may_be_of_any_day():
    rows = [
        link(1, "Listed", "Spinner"),
        link(2, "Other", "Spinner", date="2025-01-01", origin="Italy"),
        link(3, "Spinner", "Maker", date="2025-03-01"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"}, Italy="elsewhere")
    assert row["touches"] == "yes"


def test_the_path_keeps_the_order_of_dates_over_several_links():
    """The listed cotton came to the ginner after its first lint had left, and before its second."""
    rows = [
        link(1, "Listed", "Ginner", date="2025-05-01", material="cotton", product="lint"),
        link(2, "Ginner", "Spinner", date="2025-04-01", material="lint", product="yarn", document="early"),
        link(3, "Ginner", "Spinner", date="2025-05-02", material="lint", product="yarn", document="late"),
        link(4, "Spinner", "Maker", date="2025-06-01", material="yarn", product="shirt"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"})
    assert row["touches"] == "yes"
    assert any("late" in p for p in row["path"])
    assert not any("early" in p for p in row["path"])


def test_a_product_takes_the_links_that_name_it_and_those_that_name_none():
    rows = [
        link(1, "Listed", "Maker", material="cotton", product="shirt"),
        link(2, "Other", "Maker", material="leather", product="shoe", origin="Italy"),
        link(3, "Glue", "Maker", material="glue", origin="Italy"),
    ]
    found = {r["product"]: r["touches"] for r in exposed(rows, {"Listed": "certain"}, Italy="elsewhere")}
    assert found["shirt"] == "yes"
    assert found["shoe"] == "no"


def test_where_nothing_is_known_above_it_cannot_be_excluded():
    (row,) = exposed([link(1, "Somebody", "Maker")], {})
    assert row["touches"] == "cannot_be_excluded"
    assert ends(row) == (0, 0, 100)
    assert row["ends"] == ["supplies of Somebody"]


def test_two_makers_that_supply_each_other_cannot_hide_where_it_came_from():
    rows = [
        link(1, "Listed", "A", material="x", product="y"),
        link(2, "A", "B", material="y", product="z"),
        link(3, "B", "A", material="z", product="y"),
        link(4, "B", "Maker", material="z", product="end"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"})
    assert ends(row) == (100, 100, 100)


def test_origin_in_the_region_counts_whatever_stands_above():
    rows = [link(1, "Ginner", "Maker", origin="Xinjiang"), link(2, "Farm", "Ginner", origin="Italy")]
    (row,) = exposed(rows, {}, Xinjiang="region", Italy="elsewhere")
    assert row["touches"] == "yes"
    assert row["low_percent"] == 100


def test_a_listed_maker_is_told_as_such():
    (row,) = exposed([link(1, "Farm", "Listed", origin="Italy")], {"Listed": "certain"}, Italy="elsewhere")
    assert row["touches"] == "yes"
    assert row["tiers"] == 0
    assert "makes it" in row["reason"]


def test_a_party_that_supplies_itself_is_named_and_counts_what_came_from_elsewhere():
    rows = [
        link(1, "Listed", "Maker", material="lint", product="yarn", value=10.0, currency="EUR"),
        link(2, "Maker", "Maker", material="yarn", product="yarn", value=90.0, currency="EUR"),
        link(3, "Maker", "End", material="yarn", product="shirt"),
    ]
    asked = Asked(table(SUPPLY_LINKS, rows), {"Listed": Exposed("certain", "a list")}, {}, DAY)
    found = exposures(asked, lambda made: made.final)
    assert ends(found.rows[0]) == (100, 100, 100)
    assert any(n.startswith("Maker: supplies itself") for n in found.notes)


def test_a_listed_party_behind_one_that_may_be_listed_is_reached():
    rows = [link(1, "Listed", "Perhaps"), link(2, "Perhaps", "Maker")]
    (row,) = exposed(rows, {"Listed": "certain", "Perhaps": "possible"})
    assert row["touches"] == "yes"
    assert row["tiers"] == 2


def test_more_nodes_than_are_walked_are_said_to_be_and_change_no_number():
    rows = [link(i, f"S{i}", "Maker", value=1.0, currency="EUR", origin="Italy") for i in range(1, 2_501)]
    rows += [link(9_000, "Listed", "Deep"), link(9_001, "Deep", "Maker", value=2_500.0, currency="EUR")]
    asked = Asked(table(SUPPLY_LINKS, rows), {"Listed": Exposed("certain", "a list")}, {"Italy": "elsewhere"}, DAY)
    found = exposures(asked, lambda made: made.final)
    (row,) = found.rows
    assert ends(row) == (50, 50, 50)
    assert row["reached"][0].startswith("Listed")
    assert row["tiers"] == 2


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_rows_says_nothing(order):
    rows = [
        link(1, "Listed", "Spinner", quantity=10.0, unit="t", material="lint", product="yarn"),
        link(2, "Farm", "Spinner", quantity=30.0, unit="t", material="lint", product="yarn", origin="Italy"),
        link(3, "Spinner", "Maker", material="yarn", product="shirt"),
    ]
    (row,) = exposed(rows[::order], {"Listed": "certain"}, Italy="elsewhere")
    assert ends(row) == (25, 25, 25)


def test_what_names_no_product_is_no_end_product_of_who_supplies_on():
    rows = [
        link(1, "Listed", "Cannery", material="tomatoes", date="2025-01-01"),
        link(2, "Cannery", "Shop", material="paste", product="sauce", date="2025-02-01"),
    ]
    (row,) = exposed(rows, {"Listed": "certain"})
    assert (row["touches"], row["product"], row["party"]) == ("yes", "sauce", "Shop")
    # What came after all that the cannery supplied is in none of it, and would be told nowhere else.
    late = link(3, "Listed", "Cannery", material="tomatoes", date="2025-03-01")
    assert {r["party"] for r in exposed([*rows, late], {"Listed": "certain"})} == {"Shop", "Cannery"}
