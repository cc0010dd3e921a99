"""Scans by date, on invented quarters of one origin in which one partner took more from a known quarter on."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.core.errors import UnknownNameError
from entrepot.diversion.by_date import best_of, by_date, quarter_of
from entrepot.diversion.signals import signal_findings

PARTNERS = (
    *("USA", "DEU", "JPN", "FRA", "KAZ", "KGZ", "ITA", "TUR", "POL", "KOR", "MEX", "BRA", "CAN", "IND", "VNM"),
    *("THA", "MYS", "SWE", "ESP", "LAO"),
)
CODES = {"38180019": "Wafers", "28046190": "Polysilicon"}
QUARTERS = tuple(f"{y}-Q{q}" for y in range(2017, 2025) for q in range(1, 5))
ROSE, MORE = "2023-Q3", 4.0
DAY = date(2023, 8, 23)


def quarterly(price=20.0, other=1.0, weight=1.0):
    """Rows as the step `quarterly` has them; Laos takes `MORE` times as many wafers from `ROSE` on.

    Each of its kilograms then costs `other` times as much, and it weighs a share `weight` of what it did.
    """
    rng = np.random.default_rng(7)
    rows = []
    for code, name in CODES.items():
        for partner in PARTNERS:
            dear = other if (partner, name) == ("LAO", "Wafers") else 1.0
            size = np.exp(rng.normal(10, 0.5))
            for period in QUARTERS:
                kilos = size * np.exp(rng.normal(0, 0.1))
                if (partner, name) == ("LAO", "Wafers") and period >= ROSE:
                    kilos *= MORE * weight
                year, quarter = int(period[:4]), int(period[-1])
                rows.append({
                    "id": f"F-{partner}-{code}-{period}", "reporter": "CHN", "partner": partner,
                    "partner_iso3": partner, "flow": "export", "product": name, "hs": code, "period": period,
                    "period_start": f"{year}-{3 * quarter - 2:02}-01", "period_end": f"{year}-{3 * quarter:02}-28",
                    "value_usd": price * kilos * dear, "net_kg": kilos, "capacity_mw": 0.0, "months_reported": 3,
                    "source_id": "s", "note": None,
                })  # fmt: skip
    return pl.DataFrame(rows).to_arrow()


@pytest.fixture(scope="module")
def look():
    [found] = by_date(quarterly(), "uflpa", [DAY])
    return found


def test_the_partner_that_took_more_is_found_from_the_quarter_of_the_day_on(look):
    assert look.since == quarter_of(DAY) == ROSE
    assert [(r.said.signal["hub"], r.said.goods) for r in look.hubs] == [("LAO", "wafers")]
    assert best_of([look]).keys() == {("38180019", "LAO")}
    [rise] = look.hubs
    assert rise.said.signal["break_in"] == ROSE


def test_each_amount_stands_in_the_unit_that_it_was_counted_in(look):
    [rise] = look.hubs
    dollars, weight = (signal_findings.beyond(s) for s in (rise.said, rise.weighed))
    assert (dollars.unit, weight.unit) == ("USD", "kg")
    # One price throughout: what is beyond the expected in dollars is the same in kilograms at that price.
    assert dollars.number / weight.number == pytest.approx(20.0, rel=0.01)
    assert "dollars" not in weight.basis
    assert "net weight" in weight.quantity
    assert {r["unit"] for r in rise.weighed.path} == {"kg"}
    # 3 of 4 parts of what it took are beyond its own past; the noise is a tenth.
    taken = sum(r["net_kg"] for r in rise.said.after)
    assert weight.number == pytest.approx(taken * (1 - 1 / MORE), rel=0.15)


def test_weights_do_not_depend_on_prices(look):
    [dear] = by_date(quarterly(price=1e6), "uflpa", [DAY])
    assert dear.hubs[0].weighed.signal["excess_in"] == look.hubs[0].weighed.signal["excess_in"]
    assert dear.hubs[0].said.signal["excess_in"] == pytest.approx(5e4 * look.hubs[0].said.signal["excess_in"], rel=1e-4)


def test_a_rise_is_no_hub_where_the_kilogram_is_that_of_other_goods_or_the_weight_did_not_rise(look):
    assert not look.unlike
    [dear] = by_date(quarterly(other=50.0), "uflpa", [DAY])
    assert not dear.hubs
    [rise] = dear.unlike
    assert (rise.said.signal["hub"], rise.doubts) == ("LAO", ("the value of a kilogram is that of other goods",))
    # Dollars as they were and a quarter of the weight: none of it weighs more than before.
    rows = quarterly(weight=1 / MORE).to_pylist()
    for r in rows:
        if (r["partner"], r["product"]) == ("LAO", "Wafers") and r["period"] >= ROSE:
            r["value_usd"] *= MORE
    [light] = by_date(pl.DataFrame(rows).to_arrow(), "uflpa", [DAY])
    assert not light.hubs
    assert [r.said.signal["hub"] for r in light.unlike] == ["LAO"]


def test_days_of_one_quarter_are_one_scan_and_days_outside_the_flows_none():
    found = by_date(quarterly(), "uflpa", [date(2023, 9, 30), DAY, date(2017, 1, 2), date(2026, 1, 1)])
    assert [one.since for one in found] == [ROSE]


def test_a_day_with_one_quarter_after_is_named_and_not_judged():
    [found] = by_date(quarterly(), "uflpa", [date(2024, 11, 1)])
    assert not found.judged
    [(why, names)] = found.unjudged
    assert why == "only 1 quarter after on record"
    assert set(names) == {"wafers (38180019)", "polysilicon (28046190)"}


def test_nothing_is_asked_of_no_flows_or_of_an_unknown_measure():
    assert by_date(quarterly().slice(0, 0), "uflpa", [DAY]) == ()
    with pytest.raises(UnknownNameError):
        by_date(quarterly(), "no-such-measure", [DAY])
