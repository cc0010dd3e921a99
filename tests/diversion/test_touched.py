"""A measure that many take at once, and flows of the whole world: neither hides a hub."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from entrepot.diversion.expected.baseline import offsets
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from planted.worlds import Size, flows, world

TOGETHER = ("CHN", "DEU", "JPN", "FRA", "ITA", "POL", "KOR")
SHARE = 0.5


def signals(change, size, **other):
    question = Question("none", "CHN", "USA", date(2014, 1, 1), **other)
    return pl.DataFrame(diverted(flows(world(1, change, size)), question).signals).filter(pl.col("hub") != "+ALL")


@pytest.fixture(scope="module")
def coalition():
    """Seven origins cut five products of eight to the United States; half of it comes round through Kazakhstan."""
    size = Size(places=16, products=8)
    plain = {(r["exporter"], r["importer"], r["product"], r["period"]): r["value_usd"] for r in world(1, None, size)}

    def moved(a, k, t):
        return SHARE * plain[a, "USA", f"{k + 10}", str(2008 + t)]

    def change(a, b, k, values):
        if k > 4:
            return values
        after = np.arange(len(values)) >= 6
        if a in TOGETHER and b == "USA":
            return np.where(after, values * (1 - SHARE), values)
        if a in TOGETHER and b == "KAZ":
            return values + np.where(after, [moved(a, k, t) for t in range(len(values))], 0.0)
        if (a, b) == ("KAZ", "USA"):
            return values + np.where(after, [sum(moved(o, k, t) for o in TOGETHER) for t in range(len(values))], 0.0)
        return values

    truth = {f"{k + 10}": sum(moved("CHN", k, t) for t in range(6, 10)) for k in range(5)}
    return signals(change, size), truth


def test_a_measure_that_many_take_at_once_does_not_hide_its_hub(coalition):
    found, truth = coalition
    named = found.filter(pl.col("word") == "possible hub")
    assert set(named["hub"]) == {"KAZ"}
    assert set(named["product"]) == set(truth)


def test_what_one_of_them_sent_through_it_is_not_taken_for_its_appetite(coalition):
    found, truth = coalition
    rows = found.filter(pl.col("hub") == "KAZ", pl.col("product").is_in(list(truth)))
    for product, low, high in rows.select("product", "low_95", "high_95").rows():
        assert low <= truth[product] <= high
    ratio = np.array([r["excess_in"] / truth[r["product"]] for r in rows.iter_rows(named=True)])
    assert np.median(ratio) == pytest.approx(1.0, abs=0.25)  # noise of a tenth a year, and the effects' own error


def test_a_small_direct_leg_sets_the_size_that_matters():
    mean, product = np.array([1e9, 1e6, 1e4]), np.zeros(3, dtype=np.int64)
    world_wide, _ = offsets(mean, product)
    beside, _ = offsets(mean, product, np.full(3, 1e6))
    assert world_wide[2] > mean[2]  # half a thousandth of all trade buries a leg of a hundredth of the direct one
    assert beside[2] <= 0.02 * 1e6 + 0.05 * mean[2]
    assert offsets(mean, product, np.full(3, np.inf))[0] == pytest.approx(world_wide)
