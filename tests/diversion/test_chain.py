"""The chain: one stage in, the next out, in one unit; and the file of stages."""

import re
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.diversion.chains import chain, chains
from entrepot.diversion.modes.chain_mode import staged
from entrepot.diversion.modes.diverted import diverted
from entrepot.diversion.question import Question
from entrepot.diversion.route import question
from entrepot.vocabulary.goods import hs_code
from planted.worlds import Size, flows, world

AFTER = np.arange(10) >= 6
ASKED = Question("none", "CHN", "USA", date(2014, 1, 1), chain="solar")
CELLS, PANELS = "854142", "854143"
MADE = 2000.0  # MW a year that the hub makes of the origin's cells
PRICES = {CELLS: 90_000.0, PANELS: 4_000.0}  # USD a tonne: far from 1, so that no value passes for a weight


def solar(unit_cells=0.5, unit_panels=0.02, *, direct=True, prices=PRICES):
    """Cells and panels by weight, at these prices; KAZ makes panels of Chinese cells from 2014 on."""

    def change(a, b, k, values):
        tonnes = values / values.mean() * (500 if k == 0 else 20_000)
        if k == 1 and (a, b) == ("CHN", "USA"):
            return tonnes * (20 if direct else 0) * np.where(AFTER, 0.5, 1)
        if k == 0 and (a, b) == ("CHN", "KAZ"):
            return tonnes + np.where(AFTER, MADE / unit_cells, 0)
        if k == 1 and (a, b) == ("KAZ", "USA"):
            return tonnes + np.where(AFTER, MADE / unit_panels, 0)
        return tonnes

    rows = world(1, change, Size(14, 2))
    codes = {"10": CELLS, "11": PANELS}
    weighed = [(r, r["value_usd"], codes[r["product"]]) for r in rows]  # what the world draws is tonnes here
    return [
        r | {"product": code, "net_kg": 1000 * tonnes, "value_usd": prices[code] * tonnes}
        for r, tonnes, code in weighed
    ]


@pytest.mark.parametrize(("cells", "panels"), [(0.36, 0.013), (0.5, 0.02), (0.79, 0.0249)])
def test_what_was_made_of_the_origins_cells_lies_in_the_interval(cells, panels):
    rows = diverted(flows(solar(cells, panels)), ASKED).signals.to_pylist()
    row = next(r for r in rows if r["hub"] == "KAZ")
    assert (row["mode"], row["unit"], row["word"]) == ("chain", "MW", "possible hub")
    assert row["low"] == 0
    assert row["high_95"] >= MADE * AFTER.sum()
    assert [r["hub"] for r in rows if r["word"] == "possible hub"] == ["KAZ"]


def test_a_stage_that_never_went_directly_bounds_nothing():
    rows = [r for r in solar() if (r["exporter"], r["importer"], r["product"]) != ("CHN", "USA", PANELS)]
    row = next(r for r in diverted(flows(rows), ASKED).signals.to_pylist() if r["hub"] == "KAZ")
    assert row["loss"] is None
    assert row["high_95"] >= MADE * AFTER.sum()
    assert "does not bound" in row["why_not"]


def test_a_row_without_a_weight_is_no_zero():
    rows = flows([r | {"net_kg": None} if r["importer"] == "USA" else r for r in solar()])
    table = staged(rows, chain("solar")).to_pylist()
    assert {r["amount"] for r in table if r["importer"] == "USA"} == {None}
    assert None not in {r["value_usd"] for r in table}
    assert {(r["product"], r["code"], r["unit"]) for r in table} == {
        ("cells", CELLS, "tonnes"),
        ("panels", PANELS, "tonnes"),
    }


@settings(max_examples=4, deadline=None)
@given(st.tuples(*[st.floats(-8, 8).map(lambda x: 10.0**x)] * 2))
def test_prices_move_nothing_that_is_counted_by_weight(prices):
    dear = diverted(flows(solar(prices=dict(zip(PRICES, prices, strict=True)))), ASKED).signals
    assert dear.equals(diverted(flows(solar()), ASKED).signals)
    assert set(dear.column("unit").to_pylist()) == {"MW"}


def test_flows_without_weights_are_refused():
    with pytest.raises(BadInputError):
        diverted(flows([r | {"net_kg": None} for r in solar()]), ASKED)
    with pytest.raises(UnknownNameError):
        diverted(flows(solar()), replace(ASKED, chain="salt"))


@pytest.mark.parametrize("stage", [s for c in chains() for s in c.stages], ids=lambda s: s.name)
def test_a_stage_is_goods_of_the_tariff_and_says_where_its_range_is_from(stage):
    assert 0 < stage.least <= stage.most
    assert stage.basis in {"seen", "computed", "assumed"}
    assert stage.how
    assert stage.sources or stage.basis != "seen"
    for code in stage.codes:
        assert hs_code(code[:6]).code


def test_a_code_stands_for_one_stage_of_a_chain():
    for one in chains():
        codes = [c for s in one.stages for c in s.codes]
        assert not [(a, b) for a in codes for b in codes if a != b and a.startswith(b)]


WAFERS = "381800"


def skipping():
    """KAZ buys wafers of China from 2014 on and sells panels; nobody's trade in cells moves."""

    def change(a, b, k, values):
        tonnes = values / values.mean() * (500 if k < 2 else 20_000)
        if k == 2 and (a, b) == ("CHN", "USA"):
            return tonnes * 20 * np.where(AFTER, 0.5, 1)
        if k == 0 and (a, b) == ("CHN", "KAZ"):
            return tonnes + np.where(AFTER, MADE / 0.6, 0)
        if k == 2 and (a, b) == ("KAZ", "USA"):
            return tonnes + np.where(AFTER, MADE / 0.02, 0)
        return tonnes

    codes = {"10": WAFERS, "11": CELLS, "12": PANELS}
    return [
        r | {"product": codes[r["product"]], "net_kg": 1000 * r["value_usd"]} for r in world(2, change, Size(14, 3))
    ]


def test_a_place_that_buys_one_stage_and_sells_one_two_further_is_found():
    scan = diverted(flows(skipping()), ASKED)
    rows = scan.signals.to_pylist()
    assert [(r["hub"], r["product"], r["product_out"]) for r in rows if r["word"] == "possible hub"] == [
        ("KAZ", WAFERS, PANELS)
    ]
    # Of each place and stage into it one row stands; the rate is that of all ways, three for each of twelve places.
    assert len({(r["hub"], r["product"]) for r in rows}) == len(rows)
    assert scan.told[0].startswith("36 ways along the chain")


def test_what_was_lost_is_a_share_of_what_was_expected_in_the_same_unit():
    """The world halves the direct flow of panels: a share of some .5, whatever a tonne of panels holds."""
    rows = diverted(flows(solar()), ASKED).signals.to_pylist()
    shares = {r["lost_share"] for r in rows if r["lost_share"] is not None}
    assert len(shares) == 1
    assert shares.pop() == pytest.approx(0.5, abs=0.15)  # .15: each flow moves by itself from year to year


def test_every_figure_of_a_row_is_in_the_unit_of_the_chain():
    rows = diverted(flows(solar()), replace(ASKED, level=1e-9)).signals.to_pylist()  # so sure is nobody
    said = [str(r["why_not"]) for r in rows if r["reason"] == "too little power"]
    assert said
    for why in said:
        assert re.search(r"the direct leg lost [\d.,]+ (k )?MW", why)
        assert "tonnes" not in why


def test_what_has_a_value_and_no_weight_is_told_with_its_share_of_the_value():
    every = solar()
    light = [r | {"net_kg": None} if r["importer"] == "USA" and r["exporter"] == "CHN" else r for r in every]
    lost = sum(r["value_usd"] for r in light if r["net_kg"] is None)
    count = sum(r["net_kg"] is None for r in light)
    scan = diverted(flows(light), ASKED)
    share = lost / sum(r["value_usd"] for r in every)
    assert (
        f"Counted by weight, and {count:,} flows of {lost:,.0f} USD have none: {share:.1%} of the value is in no leg."
        in scan.told
    )
    row = next(r for r in scan.signals.to_pylist() if r["hub"] == "KAZ")
    assert "no direct flow" not in row["why_not"]  # it is in the file, with a value
    assert "the direct leg of the later stage is too short: 0 years reported before and 0 after" in row["why_not"]
    assert not [n for n in diverted(flows(every), ASKED).told if "Counted by weight" in n]
    by_weight = replace(ASKED, chain=None, counted="kg")
    assert any("Counted by weight" in n for n in diverted(flows(light), by_weight).told)


def test_rows_of_another_length_of_period_are_told_along_a_chain():
    rows = solar()
    month = [rows[0] | {"period": "2014-03", "frequency": "month"}]
    assert any("rows of other lengths are left out" in n for n in diverted(flows([*rows, *month]), ASKED).told)


def test_a_chain_without_an_end_is_refused():
    """The leg out of a hub would be a flow between others: no place stands at its end."""
    with pytest.raises(BadInputError, match="none is named"):
        diverted(flows(solar()), replace(ASKED, destination=None))


def test_what_is_not_heard_along_a_chain_is_said():
    every = flows(solar())
    asked = replace(ASKED, products=(CELLS,), control_goods=("9401",), output_growth=0.2)
    told = [n for n in diverted(every, asked).told if "not used" in n]
    assert told == [
        "Along a chain its stages are the goods; not used: --product, codes of --controls, --output-growth."
    ]
    assert diverted(every, asked).signals.equals(diverted(every, ASKED).signals)
    assert not [n for n in diverted(every, ASKED).told if "not used" in n]
    with pytest.raises(UnknownNameError):
        diverted(every, replace(ASKED, control_places=("XYZ",)))


@pytest.mark.parametrize("asked", [{"destination": "USA,EU27"}, {"destination": "USA", "hubs": "EU27"}])
def test_a_group_among_single_places_is_refused_by_name(asked):
    with pytest.raises(BadInputError, match="EU27") as refused:
        question("none", origin="CHN", since="2022-07-01", **asked)
    assert "members" in str(refused.value)
