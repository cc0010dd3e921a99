"""Controls that moved with the measure: the scan says so, and takes no fall away that they share."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from entrepot.diversion.contract import ALL_HUBS
from entrepot.diversion.expected.baseline import Window
from entrepot.diversion.modes.direct_observed import same_periods
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.signals.signal_explained import explain
from planted.worlds import Size, flows, world

YEARS = 10
AFTER = np.arange(YEARS) >= 6
TREATED = 2  # products 10 and 11; 12 to 23 are controls
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1), control_goods=tuple(f"{10 + k}" for k in range(TREATED, 14)))
SUSPECTS = ("KAZ", "KGZ", "TUR")


def scanned(change, asked=ASKED):
    rows = world(11, change=lambda *of: np.where(AFTER, change(*of[:3]), 1.0) * of[3], size=Size(14, 14))
    scan = diverted(flows(rows), asked)
    return [r for r in scan.signals.to_pylist() if r["hub"] != ALL_HUBS], scan.told, rows


def embargo(a, b, k):
    """All goods of the pair fall, the controls by nine tenths and those of the measure by seven."""
    return 1.0 if (a, b) != ("CHN", "USA") else 0.1 if k >= TREATED else 0.3


def about_controls(told):
    return [t for t in told if "control products from CHN to USA" in t]


def test_a_fall_that_the_controls_share_is_not_nothing_to_attribute():
    rows, told, _ = scanned(embargo)
    (said,) = about_controls(told)
    assert said.startswith("The controls broke with the measure: the 12 control products from CHN to USA fell too, -")
    fell = [r for r in rows if r["loss"] is not None and r["loss"] <= 0]
    assert fell
    assert {(r["word"], r["reason"]) for r in fell} == {("cannot be judged", "controls fell too")}
    assert {r["high"] for r in fell} == {r["high_95"] for r in fell} == {None}
    assert all(r["why_not"].startswith("the controls of the direct leg fell with the measure, -") for r in fell)


def test_a_row_has_what_the_direct_leg_was_before_and_since_as_counted():
    rows, _, flowed = scanned(embargo)
    for row in rows:
        mine = [r for r in flowed if (r["exporter"], r["importer"], r["product"]) == ("CHN", "USA", row["product"])]
        before = sum(r["value_usd"] for r in mine if "2010" <= r["period"] <= "2013")
        since = sum(r["value_usd"] for r in mine if r["period"] >= "2014")
        assert row["direct_before"] == pytest.approx(before, rel=1e-5)
        assert row["direct_since"] == pytest.approx(since, rel=1e-5)
    look = type("Look", (), {"sources": {}})()
    told = " ".join(explain(rows[0], look).told)
    assert "As it was counted, the direct flow was " in told


@pytest.mark.parametrize(
    "change",
    [
        lambda a, b, k: 0.1 if (a, b) == ("CHN", "USA") and k < TREATED else 1.0,  # the measure, as it should be
        lambda _a, _b, k: 0.3 if k >= TREATED else 1.0,  # the whole world trades less of the controls
        lambda a, _b, _k: 0.4 if a == "CHN" else 1.0,  # the origin sells everybody less of everything
        lambda a, b, k: 0.1 if (a, b) == ("DEU", "JPN") and k >= TREATED else 1.0,  # another pair's controls
        lambda _a, _b, _k: 1.0,
    ],
)
def test_controls_that_move_as_they_do_elsewhere_did_not_break(change):
    rows, told, _ = scanned(change)
    (said,) = about_controls(told)
    assert said.startswith("The 12 control products from CHN to USA did not move beyond chance on the day: ")
    assert not [r for r in rows if "controls of the direct leg" in (r["why_not"] or "")]


def test_controls_that_rose_make_a_loss_of_nothing_and_the_rows_say_so():
    rows, told, _ = scanned(lambda a, b, k: 6.0 if (a, b) == ("CHN", "USA") and k >= TREATED else 1.0)
    assert "rose, +" in about_controls(told)[0]
    lost = [r for r in rows if r["judged"]]
    assert all("the controls of the direct leg rose with the measure, +" in r["why_not"] for r in lost)


def test_controls_of_a_suspect_that_rose_are_named():
    asked = replace(ASKED, hubs=SUSPECTS)
    _, told, _ = scanned(lambda a, b, k: 8.0 if (a, b) == ("CHN", "KAZ") and k >= TREATED else 1.0, asked)
    (said,) = [t for t in told if t.startswith("The controls moved on legs of suspects too")]
    assert "CHN-KAZ +" in said
    assert "CHN-KGZ" not in said


def test_where_no_controls_are_named_nothing_is_said_of_them():
    _, told, _ = scanned(embargo, replace(ASKED, control_goods=()))
    assert not [t for t in told if "ontrols" in t]


def test_the_break_is_said_where_only_the_origin_reports():
    rows = [r for r in world(12, size=Size(14, 14)) if r["exporter"] == "CHN"]
    cut = [r | {"value_usd": r["value_usd"] * 0.1} if r["importer"] == "USA" and r["period"] >= "2014" else r
           for r in rows]  # fmt: skip
    told = diverted(flows(cut), ASKED).told
    assert about_controls(told)[0].startswith("The controls broke with the measure")
    assert about_controls(diverted(flows(rows), ASKED).told)[0].startswith("The 12 control products")


@pytest.mark.parametrize(
    ("after", "end", "frequency", "before", "since"),
    [
        (14, 16, "month", 2 + 3, 14 + 15),  # two months, twelve back
        (2, 4, "year", 0 + 1, 2 + 3),  # two years, two back
        (1, 4, "year", 0, 3),  # of three years only the last has a like before the day
        (3, 16, "month", np.nan, np.nan),  # thirteen months lie two years back, before the flows begin
        (5, 7, "quarter", 1 + 2, 5 + 6),
    ],
)
def test_the_same_periods_lie_whole_years_back(after, end, frequency, before, since):
    amount = np.arange(16.0)[None, :]
    was, now = same_periods(amount, Window(after, end, frequency))
    assert (was[0], now[0]) == pytest.approx((before, since), nan_ok=True)


def test_a_period_that_is_not_known_on_one_side_counts_on_neither():
    amount = np.array([[1.0, np.nan, 4.0, 8.0], [np.nan, 2.0, np.nan, 4.0], [np.nan, 1.0, 2.0, np.nan]])
    was, now = same_periods(amount, Window(2, 4, "year"))
    assert (was[0], now[0], was[1], now[1]) == (1, 4, 2, 4)
    assert np.isnan([was[2], now[2]]).all()
