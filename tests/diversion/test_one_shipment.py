"""A rise that one month holds is a shipment and makes no hub; trade that goes on, by however few ships, stays one."""

from datetime import date

import numpy as np
import pytest

from entrepot.diversion.contract import ALL_HUBS, HUB, ONCE, OTHERWISE, TOOK_MORE
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.signals.signal_words import answer
from planted.worlds import Size, flows, world

MONTHS, FIRST, BIG = 48, 34, 4e7  # the day falls into the 35th month, of which fourteen follow with it
SINCE = np.arange(MONTHS) - FIRST
ASKED = Question("none", "CHN", "USA", date(2018, 11, 1))
SUM = 5 * BIG  # what each place below takes and sells more, over all months


def at(*months):
    """Months after the day to a share each of `SUM`."""
    return np.isin(SINCE, months) * SUM / len(months)


RISES = {  # what each place took of China more, and sold the United States more
    "KAZ": (at(*range(14)), at(*range(14))),
    "MEX": (at(1), at(10)),
    "IND": (at(2, 6, 10), at(3, 7, 11)),
    "TUR": (at(*range(14)), at(9)),
    "VNM": (at(13), at(13)),
    "BRA": (SUM * np.where(SINCE >= 0, 1.4 ** np.maximum(SINCE, 0), 0) / np.sum(1.4 ** np.arange(14)),) * 2,
}


def moved(a, b, k, values):
    if k:
        return values
    if (a, b) == ("CHN", "USA"):
        return BIG * values / np.mean(values) * np.where(SINCE >= 0, 0.05, 1.0)
    into, out = RISES.get(b if a == "CHN" else a, (0.0, 0.0))
    return values / values.mean() * 1e6 + (into if a == "CHN" else out if b == "USA" else 0.0)


def monthly(row):
    number = int(row["period"]) - 2008
    return row | {"period": f"{2016 + number // 12}-{number % 12 + 1:02d}", "frequency": "month"}


@pytest.fixture(scope="module")
def of():
    rows = [monthly(r) for r in world(5, moved, Size(20, 1, MONTHS))]
    found = diverted(flows(rows), ASKED).signals.to_pylist()
    return {r["hub"]: r for r in found if r["hub"] != ALL_HUBS}


def test_two_single_months_nine_apart_make_no_hub_and_are_named(of):
    row = of["MEX"]
    assert (row["word"], row["reason"], row["judged"]) == (OTHERWISE, ONCE, True)
    assert "2018-12 holds 9" in row["why_not"]
    assert "2019-09 holds 9" in row["why_not"]
    assert "in 14 periods" in row["why_not"]
    assert answer(row) == "rise of another kind: one period holds the rise"


def test_a_rise_of_one_month_broke_in_that_month(of):
    assert (of["MEX"]["break_in"], of["MEX"]["break_out"]) == ("2018-12", "2019-09")


@pytest.mark.parametrize("hub", ["KAZ", "IND", "BRA"])
def test_trade_that_goes_on_stays_a_hub(of, hub):
    """By the month, by three ships, and growing by the month."""
    assert of[hub]["word"] == HUB


def test_a_place_that_buys_month_after_month_and_sells_one_ship_took_more(of):
    assert of["TUR"]["word"] == TOOK_MORE


def test_of_a_rise_in_the_last_month_it_is_not_known_whether_it_goes_on(of):
    assert of["VNM"]["reason"] != ONCE


def test_a_year_holds_many_ships():
    def once(a, b, k, values):
        years = np.arange(10)
        if k:
            return values
        if (a, b) == ("CHN", "USA"):
            return BIG * values / np.mean(values) * np.where(years >= 5, 0.05, 1.0)
        return values / values.mean() * 1e6 + (years == 6) * 2e7 * ((a, b) in {("CHN", "KAZ"), ("KAZ", "USA")})

    found = diverted(flows(world(5, once, Size(20, 1))), Question("none", "CHN", "USA", date(2013, 1, 1)))
    assert ONCE not in found.signals.column("reason").to_pylist()
