"""A simulation as a page: routes drawn to scale, nothing left out unsaid, scenarios side by side."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from tests.scenarios.test_ways_in_files import WAYS
from tests.scenarios.unsure_worlds import BAN, scenario, small_unsure_world

from entrepot.brief.scenario_page.route_ribbons import Route, route_ribbons
from entrepot.brief.scenario_page.scenario_document import scenario_document
from entrepot.core.document.blocks import Grid, Heading, texts
from entrepot.print.html_page import html_page
from entrepot.scenarios.answered_scenario import Doubt, answered

ROUTES = (
    Route("United States", 60.0, 0.0, "60 → 0", is_hit=True),
    Route("Viet Nam & others", 30.0, 45.0, "30 → 45", is_hit=False),
    Route("nobody yet", 0.0, 0.0, "0 → 0", is_hit=False),
)


def thick(course):
    """How thick a ribbon is where it begins: from its first point down to its last."""
    places = [(float(x), float(y)) for x, y in re.findall(r"(-?[\d.]+),(-?[\d.]+)", course)]
    return places[-1][1] - places[0][1]


def test_ribbons_are_as_thick_as_what_flows():
    drawing = route_ribbons("Sold", ("before", "after"), ROUTES)
    root = ET.fromstring(drawing)
    ribbons = [thick(e.get("d")) for e in root.iter("{http://www.w3.org/2000/svg}path")]
    assert len(ribbons) == 3  # two before, one after: what is nothing has none
    first, second, later = ribbons
    assert first / second == pytest.approx(2, abs=0.01)
    assert later / second == pytest.approx(1.5, abs=0.01)
    bars = [float(e.get("height")) for e in root.iter("{http://www.w3.org/2000/svg}rect") if e.get("width") == "14"]
    assert bars == pytest.approx([first + second, later], abs=0.2)
    assert "Viet Nam &amp; others 30 → 45" in drawing


@pytest.fixture(scope="module")
def pair():
    unsure = small_unsure_world()
    asked = [
        scenario(BAN),
        scenario(BAN + "leakage = 0.5\n", id="half", title="Half", hypothesis="nobody asks for it."),
    ]
    return unsure, [answered(unsure, one, Doubt(draws=4, workers=1)) for one in asked]


def test_a_page_says_that_it_is_simulated_and_all_that_is_assumed(pair):
    _, found = pair
    said = texts(scenario_document(found))
    assert said[2].startswith("Simulated")
    assert "nobody asks for it." in said
    for one in found:
        assert all(text in said for text in one.assumed)
        assert all(text in said for text in one.missing)


def test_scenarios_stand_side_by_side_with_their_figures(pair):
    _, found = pair
    document = scenario_document(found)
    place = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text == "Side by side")
    legend, grid = document.blocks[place + 1 : place + 3]
    assert legend.rows == (("A.", "A ban"), ("B.", "Half"))
    assert isinstance(grid, Grid)
    assert [c.title for c in grid.columns] == ["figure", "A", "B"]
    loss = next(row for row in grid.rows if row[0] == "loss of the target, %")
    for cell, one in zip(loss[1:], found, strict=True):
        (row,) = [r for r in one.rows if r["quantity"] == "loss of the target"]
        assert float(cell.partition(" ")[0]) == pytest.approx(row["value"], rel=0.01)


def test_what_a_scenario_says_cannot_write_into_the_page(pair):
    unsure, _ = pair
    bad = "<script>alert(1)</script>"
    one = answered(unsure, scenario(BAN, title=bad, says=bad, hypothesis=bad), Doubt())
    assert bad not in html_page(scenario_document([one]))


def test_what_goes_round_is_drawn_by_hub_and_scenarios_without_an_answer_have_a_dash(pair):
    unsure, plain = pair
    one = answered(unsure, scenario(WAYS, id="ways"), Doubt())
    page = html_page(scenario_document([*plain, one]))
    assert "Asked as from 2024-01-01" in page
    for name in ("United States, directly", "United States, by KAZ (full)", "United States, by VNM"):
        assert f">{name}</text>" in page
    assert "What goes round before the measure is assumed" in page
    document = scenario_document([*plain, one])
    place = next(i for i, b in enumerate(document.blocks) if isinstance(b, Heading) and b.text == "Side by side")
    row = next(r for r in document.blocks[place + 2].rows if r[0] == "held-back sales that go round, %")
    assert row[1] == row[2] == "–" != row[3]
