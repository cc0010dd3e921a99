"""Periods that nobody reported are named with what the others hold; what was reported as nothing is no gap."""

import re
from datetime import date

import numpy as np
import pytest

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import flows, world

AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 3e8


def through(a, b, k, values):
    if k:
        return values
    if (a, b) == ("CHN", "USA"):
        return BIG * values / np.mean(values) * np.where(AFTER, 0.5, 1.0)
    return values + np.where(AFTER, 0.5 * BIG, 0.0) if (a, b) in {("CHN", "KAZ"), ("KAZ", "USA")} else values


ROWS = world(1, through)


def scan(leave_out, only=None):
    kept = [r for r in ROWS if not leave_out(r) and (only is None or r["exporter"] == only)]
    found = diverted(flows(kept), ASKED)
    rows = {r["hub"]: r for r in found.signals.to_pylist() if r["product"] == "10"}
    return rows["KAZ"], [said for said in found.told if "without a report" in said]


def test_a_year_without_a_report_is_named_with_what_the_others_hold():
    row, told = scan(lambda r: r["exporter"] == "KAZ" and r["period"] == "2015")
    assert row["word"] == "possible hub"
    assert "KAZ to USA is not reported for 1 of 4 periods (2015), which are taken at the mean" in row["why_not"]
    held = re.search(r"those that are reported hold (\d+) m USD more than expected", row["why_not"])
    assert held is not None
    assert int(held[1]) * 1e6 == pytest.approx(0.75 * row["excess_out"], rel=0.01)  # three of four years
    assert int(held[1]) * 1e6 == pytest.approx(3 * 0.5 * BIG, rel=0.1)  # half of the direct flow in each
    assert "CHN to KAZ is not" not in row["why_not"]
    assert len(told) == 1
    assert "(KAZ exports: 2015)" in told[0]


def test_where_only_the_origin_reports_its_gap_is_named():
    row, told = scan(lambda r: r["period"] == "2016", only="CHN")
    assert row["mode"] == "partner"
    assert "CHN to KAZ is not reported for 1 of 4 periods (2016)" in row["why_not"]
    assert "(CHN exports: 2016)" in told[0]


@pytest.mark.parametrize(
    "leave_out",
    [
        lambda r: r["exporter"] == "nobody",
        lambda r: r["exporter"] == "KAZ" and r["period"] == "2010",  # before the day
        lambda r: (r["exporter"], r["importer"], r["period"]) == ("KAZ", "USA", "2015"),  # reported, and nothing
    ],
)
def test_what_is_no_gap_after_the_day_is_not_named(leave_out):
    row, told = scan(leave_out)
    assert "not reported for" not in (row["why_not"] or "")
    assert not told


def test_a_direct_leg_without_any_value_after_the_day_is_judged_without_a_warning():
    """Values that a loader emptied (a zero beside a weight) are not known: no fall is read out of them."""

    def emptied(row):
        gone = (row["exporter"], row["importer"]) == ("CHN", "USA") and row["period"] >= "2014"
        return row | {"value_usd": None} if gone else row

    found = diverted(flows([emptied(r) for r in ROWS]), ASKED)  # a warning of numpy is an error here
    of = [r for r in found.signals.to_pylist() if r["product"] == "10"]
    assert [r["word"] for r in of] == ["cannot be judged"]
    assert "6 years reported before and 0 after" in of[0]["why_not"]
