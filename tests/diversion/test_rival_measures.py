"""Rivals keep id, day and kind as the record has them; what a signal says of them is written last."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.diversion.route import question
from entrepot.diversion.signals.rival_measures import DatedMeasure, rivals, standing
from entrepot.measures.measure import measure, measures

UNTIL = date(2024, 12, 31)


@pytest.fixture(scope="module")
def cells():
    """Rivals of the UFLPA on solar cells of China through Vietnam."""
    asked = question("uflpa", origin="CHN", since="2022-06-21")
    return rivals(asked, "854142", "VNM", UNTIL)


def test_each_is_of_a_part_of_its_act_or_an_event_of_the_record(cells, rows):
    events = {r["id"]: r for r in rows("events")}
    assert {m.is_event for m in cells} == {True, False}
    for m in cells:
        if m.is_event:
            assert m.start == (events[m.id]["effective"] or events[m.id]["date"])
            assert events[m.id]["title"] in m.what
        else:
            assert m.start in {part.start for part in measure(m.id).parts}
            assert m.what == measure(m.id).kind.replace("_", " ")


def test_they_stand_in_order_of_their_days_within_the_window(cells):
    days = [m.start for m in cells]
    assert days == sorted(days)
    assert date(2021, 6, 21).isoformat() <= days[0]
    assert days[-1] <= UNTIL.isoformat()
    assert len(set(cells)) == len(cells)


def test_the_sentence_holds_its_parts():
    m = DatedMeasure("us-section-301-china", "2018-07-06", "tariff")
    assert (m.dated, m.said) == (
        "us-section-301-china from 2018-07-06",
        "us-section-301-china from 2018-07-06 (tariff)",
    )


def test_no_rival_is_of_another_good():
    """Whatever the product: each rival's file, or that which carries the event, has a part whose codes meet it.

    Cotton shirts had the orders on solar cells beside them until November 2026: events, and what the file of the
    measure named, stood beside every product.
    """
    asked = question("uflpa", origin="CHN", since="2022-06-21")
    for product in ("610910", "854142", "200290", "280461", "870323"):
        near = [*(m.id for m in rivals(asked, product, "VNM", UNTIL)), *standing(asked, product, "VNM")]
        for named in near:
            acts = [measure(named)] if not named.startswith("E") else [m for m in measures() if _carries(m, named)]
            parts = [p for act in acts for p in act.parts]
            meets = [p for p in parts if p.goods == "all" or any(product.startswith(g.prefix) for g in p.hs)]
            assert meets, (product, named)
    shirts = {*(m.id for m in rivals(asked, "610910", "VNM", UNTIL)), *standing(asked, "610910", "VNM")}
    assert not [m for m in shirts if "solar" in m]
    assert [m for m in rivals(asked, "854142", "VNM", UNTIL) if "solar" in m.id]


def _carries(act, event):
    return any(event in part.rows for part in act.parts)


def test_no_rival_is_of_another_place():
    """Duties on cells of Cambodia, Malaysia, Thailand and Viet Nam say nothing of cells through Turkey."""
    asked = question("uflpa", origin="CHN", since="2022-06-21")
    assert "us-solar-adcvd-2025" in standing(asked, "854142", "VNM")
    assert "us-solar-adcvd-2025" not in standing(asked, "854142", "TUR")


def test_a_control_of_exports_is_a_rival_of_what_leaves_its_country():
    asked = question("none", origin="CHN", destination="USA", since="2024-01-01")
    until = date(2025, 12, 31)
    assert "cn-antimony" in {m.id for m in rivals(asked, "811010", "VNM", until)}
    assert "cn-antimony" not in {m.id for m in rivals(asked, "811010", "+ALL", date(2023, 12, 31))}
    other = question("none", origin="KAZ", destination="USA", since="2024-01-01")
    assert "cn-antimony" not in {m.id for m in rivals(other, "811010", "VNM", until)}
    union = question("eu-russia-833")
    assert not rivals(union, "854231", "KAZ", until)  # itself is no rival of itself
    german = question("none", origin="DEU", destination="RUS", since="2022-01-01")
    assert "eu-russia-833" in {m.id for m in rivals(german, "854231", "KAZ", until)}


def test_an_industry_has_the_rivals_of_its_chapters():
    """Apparel by industry is cotton shirts too: what stands beside 6109 stands beside NAICS 315, and no solar duty."""
    asked = question("uflpa", origin="CHN", since="2020-12-01")  # about the orders on cotton
    shirts = {m.id for m in rivals(asked, "610910", "VNM", UNTIL)}
    industry = {m.id for m in rivals(asked, "NAICS 315", "VNM", UNTIL)}
    assert shirts
    assert shirts <= industry
    assert not [m for m in industry if "solar" in m]
    assert not rivals(asked, "NAICS 999", "VNM", UNTIL)


def test_places_named_together_have_the_rivals_of_each():
    """Of CHN and VNM read as one none stood beside a row until November 2026: no country has that code."""
    both = {
        m.said
        for m in rivals(question("none", origin="CHN,VNM", destination="USA", since="2022"), "854142", "THA", UNTIL)
    }
    each = [
        {m.said for m in rivals(question("none", origin=o, destination="USA", since="2022"), "854142", "THA", UNTIL)}
        for o in ("CHN", "VNM")
    ]
    assert both == each[0] | each[1]
    assert each[0] - each[1]
