"""What makes no hub: a price that rose alone, trade that rose with everybody, a leg in without a leg out."""

from datetime import date

import numpy as np
import pytest

from entrepot.diversion.contract import ALL_HUBS, EVERYWHERE, HUB, OTHERWISE, PRICE, TOOK_MORE
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.signals.signal_words import answer
from planted.worlds import Size, flows, world

SEEDS, MOST = range(8), 2  # at a rate of a tenth, 96 % of binomial draws of eight are no more than two
AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1))
BIG = 1e8
SIZE = Size(20, 2)
LEGS = {place: {("CHN", place), (place, "USA")} for place in ("KAZ", "MEX", "IND")}


def moved(a, b, k, values):
    """KAZ is a hub; MEX is dearer on both legs; IND trades more with everybody; TUR buys more and keeps it."""
    if k:
        return values
    if (a, b) == ("CHN", "USA"):
        return BIG * values / np.mean(values) * np.where(AFTER, 0.2, 1.0)
    if (a, b) in LEGS["KAZ"]:
        return values + np.where(AFTER, 0.3 * BIG, 0.0)
    more = 6.0 if (a, b) in LEGS["MEX"] or "IND" in (a, b) else 1.0
    kept = 0.3 * BIG if (a, b) == ("CHN", "TUR") else 0.0
    return values * np.where(AFTER, more, 1.0) + np.where(AFTER, kept, 0.0)


def weighed(row):
    """A kilogram is worth ten dollars, and sixty on the legs of MEX after the day."""
    dear = (row["exporter"], row["importer"]) in LEGS["MEX"] and row["product"] == "10" and row["period"] >= "2014"
    return row | {"net_kg": row["value_usd"] / (60.0 if dear else 10.0)}


ROWS = world(3, moved, SIZE)


@pytest.fixture(scope="module")
def of():
    """Question and rows to the signals of product 10, by place; each asked once."""
    known = {}

    def asked(*, weights=True, **other):
        key = weights, *sorted(other.items())
        if key not in known:
            table = flows([weighed(r) for r in ROWS] if weights else ROWS)
            question = Question("none", "CHN", "USA", date(2014, 1, 1), **other)
            known[key] = diverted(table, question).signals.to_pylist()
        return {r["hub"]: r for r in known[key] if r["product"] == "10" and r["hub"] != ALL_HUBS}

    return asked


def test_a_price_that_rose_alone_makes_no_hub(of):
    row = of()["MEX"]
    assert (row["word"], row["reason"], row["judged"]) == (OTHERWISE, PRICE, True)
    assert "a kilogram from CHN to MEX is worth +500%" in row["why_not"]
    assert answer(row) == "rise of another kind: the value rose and the weight did not"


def test_where_nothing_is_weighed_the_value_alone_speaks(of):
    assert of(weights=False)["MEX"]["word"] == HUB


@pytest.mark.parametrize("hubs", [None, ("KAZ", "IND", "MEX", "TUR")])
def test_trade_that_grew_alike_with_everybody_makes_no_hub(of, hubs):
    row = of(hubs=hubs)["IND"]
    assert row["word"] != HUB
    assert hubs is None or (row["word"], row["reason"]) == (OTHERWISE, EVERYWHERE)
    assert hubs is None or "with 15 other partners to" in row["why_not"]


@pytest.mark.parametrize("hubs", [None, ("KAZ", "IND", "MEX", "TUR")])
def test_a_hub_stays_one_beside_them(of, hubs):
    assert [h for h, r in of(hubs=hubs).items() if r["word"] == HUB] == ["KAZ"]


def test_a_place_that_took_more_and_sold_no_more_is_an_end_market(of):
    row = of()["TUR"]
    assert (row["word"], row["legs"]) == (TOOK_MORE, "all")
    assert row["q"] <= ASKED.level
    assert row["p"] == row["p_in"]
    assert "another end market" in row["why_not"]
    # It can have taken over what it took, and no more than was lost.
    assert row["low_95"] == 0
    assert row["high"] == pytest.approx(min(row["excess_in"], row["loss"]))
    assert row["high_95"] >= 0.3 * BIG * AFTER.sum()


def test_by_weight_the_same_places_are_named(of):
    found = {h: r["word"] for h, r in of(counted="kg").items() if r["word"] in (HUB, TOOK_MORE)}
    assert found == {"KAZ": HUB, "TUR": TOOK_MORE}


def cut(a, b, k, values):
    """The direct leg is cut and nothing goes anywhere else."""
    return values * np.where(AFTER, 0.2, 1.0) if (a, b, k) == ("CHN", "USA", 0) else values


def test_where_a_flow_is_cut_and_nothing_moves_few_scans_say_that_a_place_took_more():
    scans = [diverted(flows(world(seed, cut, Size(12, 1))), ASKED).signals.column("word").to_pylist() for seed in SEEDS]
    for word in (TOOK_MORE, HUB):
        assert sum(word in words for words in scans) <= MOST
