"""The day from which a measure could move trade."""

from __future__ import annotations

from datetime import date

import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.measures.effect import first_form, took_effect
from entrepot.measures.measure import measure
from entrepot.measures.overview import overview


def test_the_presumption_of_the_uflpa_began_on_21_june_2022():
    """Public Law 117-78, section 3(e): 180 days after 23 December 2021."""
    assert took_effect("uflpa") == date(2022, 6, 21)


def test_an_unknown_measure_is_refused():
    with pytest.raises(UnknownNameError):
        took_effect("uflpaa")


@pytest.mark.parametrize(
    ("measure_id", "day"),
    [
        # Treasury, 9 July 2020: the first designations over Xinjiang; guidance of 2014 on owners touches nobody
        ("ofac-xinjiang", date(2020, 7, 9)),
        # the first order on goods of its own country with codes; section 307 is of 1930, Turkmen cotton of 2018
        ("cbp-wro", date(2019, 9, 30)),
        # what has no legal basis apart stays: FR Doc 2019-22210, Regulation (EU) 2022/328, Executive Order 13685
        ("bis-entity-list", date(2019, 10, 9)),
        ("eu-russia-833", date(2022, 2, 26)),
        ("us-crimea", date(2014, 12, 19)),
    ],
)
def test_a_legal_basis_moves_no_trade_by_itself(measure_id, day):
    assert took_effect(measure_id) == day


def test_the_list_of_measures_says_since_when_each_touched_somebody():
    rows = {r["measure_id"]: r["since"] for r in overview("2026-11-24").to_pylist()}
    assert rows["ofac-xinjiang"] == "2020-07-09"
    assert rows["cbp-wro"] == "1991-11-06"  # the order on Xiang-Yang Machinery Plant
    assert rows["eu-flr"] == "2024-12-13"
    # before it touched anybody there is only what it rests on
    then = {r["measure_id"]: r["since"] for r in overview("2019-06-01").to_pylist()}
    assert then["ofac-xinjiang"] == "2014-08-13"


@pytest.mark.parametrize(
    ("act", "part", "first"),
    [
        # 83 FR 47974: 10 per cent on list 3 from 24 September 2018; 84 FR 20459: 25 per cent from 10 May 2019
        ("us-section-301-china", "list-3", "list-3-2018"),
        ("us-section-301-china", "list-4a", "list-4a-2019"),
        ("us-section-301-china", "solar-2024", "list-2-solar"),  # one heading of three is no longer in use
        ("us-section-301-china", "list-1", None),
        # Proclamation 9704: 10 per cent from 23 March 2018; 25 from 12 March 2025, 50 from 4 June 2025
        ("us-section-232", "aluminium-2025-06", "aluminium-2018"),
        ("us-section-232", "steel-2025-06", "steel-2018"),
        ("us-section-232", "steel-2026-04", "steel-2018"),
        ("us-section-232", "steel-2018", None),
        ("uflpa", "presumption", None),
    ],
)
def test_a_rate_that_rose_goes_back_to_the_first_one(act, part, first):
    (one,) = (p for p in measure(act).provisions if p.id == part)
    found = first_form(measure(act), one)
    assert (found and found.id) == first
