"""Rivals keep id, day and kind as the record has them; what a signal says of them is written last."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.diversion.route import question
from entrepot.diversion.signals.rival_measures import DatedMeasure, rivals
from entrepot.measures.measure import measure

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
