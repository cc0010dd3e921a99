"""The links above a product, tier by tier, against a plain walk over every path."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrepot.core.errors import UnknownNameError
from entrepot.tracing.upstream import upstream


def link(row, supplier, material, buyer, product):
    return {
        "file_id": "supply-0", "row": row, "supplier_id": supplier, "material": material, "buyer_id": buyer,
        "product": product,
    }  # fmt: skip


CHAIN = [
    link(1, "gin", "lint", "mill", "yarn"),
    link(2, "mill", "yarn", "maker", "shirt"),
    link(3, "buttons", "button", "maker", "shirt"),
    link(4, "farm", "tomato", "cannery", "sauce"),
    link(5, "power", None, "mill", None),
]


def test_tiers_count_the_links_between():
    assert {r["row"]: r["tier"] for r in upstream(CHAIN, "Shirt")} == {2: 1, 3: 1, 1: 2, 5: 2}
    with pytest.raises(UnknownNameError, match="hat"):
        upstream(CHAIN, "hat")
    with pytest.raises(UnknownNameError):
        upstream(CHAIN, "shirt", "mill")


PARTY, GOOD = st.sampled_from("abcd"), st.sampled_from(["x", "y", None])
GRAPHS = st.lists(st.tuples(PARTY, GOOD, PARTY, GOOD), min_size=1, max_size=9)


def walked(rows, party, good, tier, found, path):  # noqa: PLR0913, PLR0917 - where one is, and what was found
    """Every path by itself: the least tier of each link."""
    for row in rows:
        if row["buyer_id"] == party and (not good or (row["product"] or "") in {good, ""}):
            found[row["row"]] = min(found.get(row["row"], tier), tier)
            after = (row["supplier_id"], row["material"] or "")
            if after not in path:
                walked(rows, *after, tier + 1, found, {*path, after})


@given(GRAPHS)
def test_each_link_has_the_nearest_tier_of_all_paths_also_in_loops(drawn):
    rows = [link(i, *one) for i, one in enumerate(drawn)]
    for product in {r["product"] for r in rows if r["product"]}:
        found = {}
        for maker in {r["buyer_id"] for r in rows if r["product"] == product}:
            walked(rows, maker, product, 1, found, {(maker, product)})
        assert {r["row"]: r["tier"] for r in upstream(rows, product)} == found
