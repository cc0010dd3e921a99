"""The supply graph as a drawing: who is marked by a shape, what fits a phone, where links lead."""

from __future__ import annotations

import re

import pytest

from entrepot.brief.charts.on_pages.supply_graph import MOST, MOST_NARROW, Mark, supply_graph

PHONE = 362


def link(supplier, buyer, tier, row, *, made_of=("", "")):
    """A link with what is supplied and what is made of it."""
    material, product = made_of
    return {
        "supplier": supplier, "supplier_id": f"id:{supplier}", "buyer": buyer, "buyer_id": f"id:{buyer}", "tier": tier,
        "material": material, "product": product, "date": "2025-01-02", "document": f"INV-{row}", "file_id": "f",
        "row": row, "href": f"/tracing/f?row={row}",
    }  # fmt: skip


CHAIN = [
    link("A Mill", "A Maker", 1, 2, made_of=("yarn", "shirt")),
    link("A Gin", "A Mill", 2, 3, made_of=("lint", "")),
]


@pytest.mark.parametrize("width", [1180, PHONE])
@pytest.mark.parametrize(
    ("kind", "sign", "word"),
    [
        ("listing", "<circle", "listed, lint"),
        ("owned", "l6,6l-6,6", "owners are listed"),
        ("region", "l6.5,11h-13z", "in the region"),
    ],
)
def test_a_party_is_marked_by_a_sign_and_a_word_beside_the_colour(kind, sign, word, width):
    plain = supply_graph(CHAIN, set(), "graph", {}, width)
    marked = supply_graph(CHAIN, set(), "graph", {"id:A Gin": Mark(kind, is_sure=True)}, width)
    assert sign in marked
    assert sign not in plain
    assert word[:12] in marked
    perhaps = supply_graph(CHAIN, set(), "graph", {"id:A Gin": Mark(kind, is_sure=False)}, width)
    assert "stroke-dasharray" in perhaps
    assert "stroke-dasharray" not in marked


def test_a_link_for_no_product_leads_to_the_box_of_what_is_made():
    drawn = supply_graph(CHAIN, {("f", 2), ("f", 3)}, "graph")
    assert drawn.count(">A Mill<") == 1
    assert re.findall(r'href="/tracing/f\?row=(\d)"', drawn) == ["2", "3"]
    assert drawn.count('stroke-width="3"') == 2


def test_many_parties_of_a_tier_are_a_number_and_those_marked_stand_first():
    rows = [link(f"Mill {i:02}", "A Maker", 1, i + 2, made_of=("yarn", "shirt")) for i in range(40)]
    marks = {"id:Mill 39": Mark("listing", is_sure=True)}
    for width, most in ((1180, MOST), (PHONE, MOST_NARROW)):
        drawn = supply_graph(rows, set(), "graph", marks, width)
        assert f"+ {40 - most}" in drawn
        assert ">Mill 39<" in drawn
        assert "style=" not in drawn


@pytest.mark.parametrize("depth", [1, 3, 5])
def test_the_graph_is_as_wide_as_the_page_and_the_phone(depth):
    rows = [link(f"P{t}", f"P{t - 1}", t, t + 1, made_of=(f"m{t}", f"m{t - 1}")) for t in range(1, depth + 1)]
    for width, most in ((1180, 1272), (PHONE, PHONE)):
        drawn = supply_graph(rows, set(), "graph", {}, width)
        assert float(re.search(r'width="(\d+)"', drawn)[1]) <= most
