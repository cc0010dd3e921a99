"""What holds of scenarios in every world: a larger embargo, other units and names, the books, with ways round too."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenarios.unsure_worlds import BAN, CODES, ECONOMIES, scenario, small_world
from tests.scenarios.worlds import a_world, seeds

from entrepot.scenarios.asked.scenario import embargo
from entrepot.scenarios.asked.scenario_file import read_scenario
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.equilibrium.world import checked
from entrepot.scenarios.figures.difference import difference

CLOSE = 1e-9  # of the issue; markets clear to 1e-9 of value added
WAYS = """
[ways]
dispersion = 6

[[way_round]]
origin = "XIN"
hub = "KAZ"
destination = "USA"
cost_percent = 20
capacity = "post"

[[capacity]]
id = "post"
million_usd = 0.05
source = "invented"
"""


@settings(max_examples=25)
@given(seeds, st.integers(3, 6), st.randoms(use_true_random=False))
def test_a_larger_embargo_never_helps_the_target(seed, n, chance):
    """Armington, one sector, no tariffs, trade balanced: goods are gross substitutes, so that each buyer who leaves
    lowers what the target earns against all others; its real income is the share bought at home to -1 / theta.
    """
    world = a_world(seed, n, 1, inputs=False, tariffs=False)
    change, held = as_it_is(world), []
    costs = change.costs.copy()
    for buyer in chance.sample(range(1, n), n - 1):
        costs[:, buyer, 0] = np.inf
        sells = np.isfinite(costs[0, 1:, 0] * np.where(world.shares[0, 1:, 0] > 0, 1, np.inf)).any()
        if not sells:  # who sells nothing abroad buys nothing there, if it has no credit
            break
        held.append(float(solve(world, replace(change, costs=costs.copy())).welfare[0]))
    assert all(later <= earlier + CLOSE for earlier, later in zip([1.0, *held], held, strict=False))


@settings(max_examples=15)
@given(seeds)
def test_on_average_a_larger_embargo_costs_the_target_more_with_inputs_and_tariffs(seed):
    """With inputs and tariffs a single world may say otherwise; the mean over worlds does not."""
    few, many = [], []
    for more in range(6):
        world = small_world(seed % 10**6 + more)
        one = scenario(BAN, deficits="closed")
        for held, by in ((few, ("USA",)), (many, ("USA", "EU", "VNM"))):
            held.append(float(difference(world, embargo(one, by)).gain(("XIN",))))
    assert np.mean(many) <= np.mean(few) <= 0


def asked(text=BAN + WAYS):
    return read_scenario(text, "ways.toml", "ways", CODES)


@settings(max_examples=10)
@given(seeds)
def test_the_books_close_with_ways_round(seed):
    world = small_world(seed % 10**6)
    found = difference(world, asked())
    after = found.outcome.world
    assert checked(after) is after
    assert found.outcome.residual < CLOSE
    assert after.value_added.sum() == pytest.approx(world.value_added.sum(), rel=CLOSE)
    deficits = world.deficits / world.value_added.sum()
    assert after.deficits / world.value_added.sum() == pytest.approx(deficits, abs=CLOSE)
    # what takes the ways is what the buyer buys
    by_way = sum(p.value for p in found.routed.passing if (p.seller, p.buyer) == ("XIN", "USA"))
    assert by_way == pytest.approx(after.imports[:, 0, 2], rel=1e-8)


@settings(max_examples=10)
@given(seeds, st.floats(0.01, 1000))
def test_units_do_not_matter_with_ways_round(seed, factor):
    world, one = small_world(seed % 10**6), asked()
    scaled = replace(one, caps=tuple(replace(c, amount=c.amount * factor) for c in one.caps))
    found = difference(world, one)
    then = difference(replace(world, spending=world.spending * factor), scaled)
    assert then.outcome.welfare == pytest.approx(found.outcome.welfare, rel=1e-8)
    assert then.routed.waits == pytest.approx(found.routed.waits, rel=1e-5, abs=1e-7)


@settings(max_examples=10)
@given(seeds)
def test_names_do_not_matter_with_ways_round(seed):
    world, one = small_world(seed % 10**6), asked()
    order = np.random.default_rng(seed).permutation(len(ECONOMIES))
    pairs = np.ix_(range(len(world.sectors)), order, order)
    renamed = replace(
        world, economies=tuple(world.economies[i] for i in order), shares=world.shares[pairs],
        spending=world.spending[:, order], tariffs=world.tariffs[pairs], inputs=world.inputs[order],
        value_added_shares=world.value_added_shares[:, order], final=world.final[:, order],
    )  # fmt: skip
    found, then = difference(world, one), difference(renamed, one)
    assert then.outcome.welfare == pytest.approx(found.outcome.welfare[order], rel=1e-8)


@settings(max_examples=10)
@given(seeds)
def test_ways_round_a_measure_that_does_nothing_change_nothing(seed):
    """A licence that costs nothing, with ways round it whose capacity holds what goes there today."""
    world = small_world(seed % 10**6)
    one = asked(BAN.replace('"import ban"', '"licence"\ntariff_equivalent_percent = 0.000001') + WAYS)
    wide = replace(one, caps=tuple(replace(c, amount=1e9) for c in one.caps))
    assert difference(world, wide).outcome.welfare == pytest.approx(1, abs=1e-6)
