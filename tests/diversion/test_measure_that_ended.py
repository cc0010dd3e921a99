"""A measure with a last day: what was traded after it is not looked at, unless it is asked for."""

from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.route import question
from planted.worlds import Size, flows, world

FILE = """\
title = "An invented duty that ended"
who = "USA"
whom = ["CHN"]
goods = ["12"]
from = {start}
{end}
"""
CUT = 0.3  # what is left of the flow while the measure lasts


def changed(a, b, k, values):
    """CHN's sales of product 12 to the USA in 2014 and 2015 only."""
    years = 2008 + np.arange(len(values))
    held = ((years == 2014) | (years == 2015)) & ((a, b, k) == ("CHN", "USA", 2))
    return np.where(held, values * CUT, values)


@pytest.fixture(scope="module")
def table():
    return flows(world(5, changed, Size(places=12, years=12, noise=0.05)))


def asked(folder, start="2014-01-01", end="to = 2015-12-31", **other):
    path = folder / "duty.toml"
    path.write_text(FILE.format(start=start, end=end), encoding="utf-8")
    return question(str(path), **other)


def scan(table, given):
    found = diverted(table, given)
    return pl.DataFrame(found.signals).filter(product="12"), " ".join(found.told)


def test_a_scan_ends_with_its_measure_and_says_so(table, tmp_path):
    rows, told = scan(table, asked(tmp_path))
    assert rows["until"].unique().to_list() == ["2015"]
    left = (
        pl.DataFrame(table)
        .filter(exporter="CHN", importer="USA", product="12")
        .filter(pl.col("period").is_in(["2014", "2015"]))
    )
    lost = left["value_usd"].sum() * (1 / CUT - 1)
    assert rows["loss"].unique().to_list() == pytest.approx([lost], rel=0.25)
    assert "duty ended on 2015-12-31: looked at up to 2015. --until DATE looks further." in told
    # as counted it is the years of the measure beside the two before them
    ends = rows.select("direct_from", "direct_to", "direct_since").unique().rows()
    assert ends == [("2012", "2013", pytest.approx(left["value_usd"].sum()))]


def test_until_wins_over_the_end_of_the_measure(table, tmp_path):
    rows, told = scan(table, asked(tmp_path, until="2017-12-31"))
    assert rows["until"].unique().to_list() == ["2017"]
    assert "duty ended on 2015-12-31: what was traded after that, up to 2017, counts as under it." in told


@pytest.mark.parametrize(
    ("given", "until", "ended"),
    [
        ({"end": ""}, None, None),
        ({}, date(2015, 12, 31), date(2015, 12, 31)),
        ({"until": "2014-12-31"}, date(2014, 12, 31), date(2015, 12, 31)),
        ({"since": "2016-01-01"}, None, None),  # asked about a time after it: its end says nothing of that
    ],
)
def test_the_last_day_of_a_question(given, until, ended, tmp_path):
    found = asked(tmp_path, **given)
    assert (found.until, found.ended) == (until, ended)


def test_a_period_that_the_measure_left_is_not_counted_as_under_it(table, tmp_path):
    rows, _ = scan(table, asked(tmp_path, end="to = 2016-01-20"))
    assert rows["until"].unique().to_list() == ["2015"]
    # a measure shorter than a period has that period alone
    rows, _ = scan(table, asked(tmp_path, end="to = 2014-06-30"))
    assert rows["until"].unique().to_list() == ["2014"]


def test_nothing_is_said_of_an_end_that_the_flows_do_not_reach(table, tmp_path):
    rows, told = scan(table, asked(tmp_path, end="to = 2025-12-31"))
    assert rows["until"].unique().to_list() == ["2019"]
    assert "ended on" not in told
