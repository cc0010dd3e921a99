"""A region cut out of its country: every total is kept, and its shares are those that are printed."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scenarios.worlds import a_change, a_world, seeds

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.core.tables.packaged import packaged_rows
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.worlds.contract import REGION_EVIDENCE
from entrepot.scenarios.worlds.embedded_world import default_world
from entrepot.scenarios.worlds.own_region import Region, drawn, own_region, region_shares, split, with_region

KEPT = 1e-12  # relative to the largest figure: what sums of doubles miss by


def together(cells, at, axis):
    """The last economy put back into the one that it was cut out of."""
    cells = np.moveaxis(cells.copy(), axis, 0)
    cells[at] += cells[-1]
    return np.moveaxis(cells[:-1], 0, axis)


@settings(max_examples=40, deadline=None)
@given(seeds, st.integers(2, 4), st.integers(1, 4), st.floats(0, 1), st.booleans())
def test_a_split_keeps_every_total(seed, n, j, home, deficits):
    world = a_world(seed, n, j, deficits=deficits)
    chance = np.random.default_rng(seed)
    at = int(chance.integers(n))
    part = chance.uniform(0.01, 0.9, j)
    cut = split(world, Region("R", "a region", world.economies[at], "the rest"), part, home=home)
    assert cut.economies == (*world.economies, "R")
    assert cut.output[:, n] == pytest.approx(part * world.output[:, at], rel=1e-11)
    for kept, was in (
        (together(together(cut.imports, at, 1), at, 2), world.imports),
        (together(cut.output, at, 1), world.output),
        (together(cut.spending, at, 1), world.spending),
        (together(cut.value_added, at, 0), world.value_added),
        (together(cut.revenue, at, 0), world.revenue),
        (together(cut.deficits, at, 0), world.deficits),
        (together(cut.final * cut.income, at, 1), world.final * world.income),
    ):
        assert np.abs(kept - was).max() <= KEPT * np.abs(world.spending).max()
    # nothing changes where nothing changes
    assert solve(cut, as_it_is(cut)).welfare == pytest.approx(1, abs=1e-9)


@settings(max_examples=10, deadline=None)
@given(seeds)
def test_a_region_like_its_country_changes_nothing_for_others(seed):
    """With one share in all sectors and no bent to buy at home the region is the country in small."""
    world = a_world(seed, 3, 2)
    change = a_change(world, seed, embargo=False)
    before = solve(world, change)
    cut = split(world, Region("R", "a region", "E0", "the rest"), np.full(2, 0.25), home=0)
    again = [0, 1, 2, 0]
    alike = replace(
        as_it_is(cut), tariffs=change.tariffs[:, again][:, :, again], costs=change.costs[:, again][:, :, again]
    )
    after = solve(cut, alike)
    assert after.welfare == pytest.approx(before.welfare[again], rel=1e-7)


def test_xinjiangs_shares_make_what_is_printed():
    baseline = default_world()
    world = baseline.world
    shares = dict(zip(world.sectors, region_shares(world, own_region()), strict=True))
    country = world.economies.index("CHN")
    earned = dict(zip(world.sectors, (world.value_added_shares * world.output)[:, country], strict=True))
    groups = [r for r in packaged_rows(REGION_EVIDENCE) if r["use"] == "group"]
    assert {s for r in groups for s in r["sectors"]} == set(world.sectors)
    for row in groups:  # by the printed values, in billions of yuan
        region, whole = map(float, row["basis"].replace(",", "").split(" billion")[0].split(" of "))
        assert row["share"] == pytest.approx(100 * region / whole, abs=0.001)
        made = sum(earned[s] * shares[s] for s in row["sectors"]) / sum(earned[s] for s in row["sectors"])
        assert 100 * made == pytest.approx(row["share"], abs=0.01)
    assert shares["mining-energy"] > 4 * shares["machinery"]  # coal, oil and gas
    chance = np.random.default_rng(3)
    draws = np.array([region_shares(world, own_region(), drawn(chance)) for _ in range(200)])
    assert (draws.std(axis=0) > 0).all()
    assert (np.quantile(draws, 0.02, axis=0) < list(shares.values())).all()
    assert (np.quantile(draws, 0.98, axis=0) > list(shares.values())).all()


def test_china_with_xinjiang_apart():
    baseline = with_region(default_world())
    world = baseline.world
    assert baseline.economies["CHN"] == "China without Xinjiang"
    earned = world.value_added[baseline.economy("CN-XJ")] / 1e3
    # 1,598.4 billion yuan of 2021 and 1,774 of 2022, at the 6.4 and 6.7 yuan to the dollar of those years
    assert 1598.4 / 6.73 * 0.95 < earned < 1774 / 6.45
    assert "Xinjiang is cut out" in baseline.notes[-1]


def test_shares_of_which_no_region_can_be_made_are_refused():
    world = a_world(1, 3, 2)
    region = Region("R", "a region", "E0", "the rest")
    for wrong, home in (([0, 0], 0.5), ([1, 1], 0.5), ([-0.1, 0.2], 0.5), ([0.1, 1.2], 0.5), ([0.1, 0.1], 2)):
        with pytest.raises(BadInputError, match="of which no region can be made"):
            split(world, region, np.array(wrong, dtype=float), home=home)
    with pytest.raises(UnknownNameError, match="E7"):
        split(world, Region("R", "a region", "E7", "the rest"), np.array([0.1, 0.1]))
    with pytest.raises(UnknownNameError, match="sector of which Xinjiang's share is known 'S0'"):
        region_shares(replace(world, economies=("CHN", "E1", "E2")), own_region())
    with pytest.raises(UnknownNameError, match="CHN"):
        region_shares(replace(world, sectors=("food", "metals")), own_region())
    with pytest.raises(UnknownNameError, match="CN-XJ"):
        with_region(default_world(), "CN-GD")
