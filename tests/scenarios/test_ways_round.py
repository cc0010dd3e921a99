"""Trade that goes round: ways of one flow, crossings that hold so much, held against what can be reckoned otherwise."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq
from tests.scenarios.worlds import a_world

from entrepot.core.errors import BadInputError, UnknownNameError
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.hubs.capped import MEETS, solve_by_ways
from entrepot.scenarios.hubs.ways import Way

RHO = 6.0


def direct(world, seller=0, buyer=1, **more):
    return Way("direct", world.economies[seller], world.economies[buyer], np.ones(len(world.sectors)), **more)


def banned(world, dearer, seller=0, buyer=1, dispersion=RHO):
    """All goods of a seller banned by a buyer, with ways round by hubs."""
    open_way = direct(world, seller, buyer, factor=np.inf)
    weights = {hub: cost**-dispersion for hub, cost in dearer.items()}
    whole = 1 + sum(weights.values())
    others = [
        replace(open_way, name=h, shares=open_way.shares * w / whole, factor=1.0, passes=(h,))
        for h, w in weights.items()
    ]
    return [replace(open_way, shares=open_way.shares / whole), *others]


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(0.5, 3.0))
def test_one_way_is_a_change_of_cost(seed, factor):
    world = a_world(seed, 3, 2)
    change = as_it_is(world)
    costs = change.costs.copy()
    costs[:, 1, 0] *= factor
    found = solve_by_ways(world, change, [direct(world, factor=factor)], {}, dispersion=RHO)
    assert found.outcome.welfare == pytest.approx(solve(world, replace(change, costs=costs)).welfare, rel=1e-9)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(1.05, 2.0), st.floats(1.05, 2.0))
def test_ways_round_a_ban_cost_what_frechet_says_and_share_as_it_says(seed, first, second):
    world = a_world(seed, 4, 2)
    found = solve_by_ways(
        world, as_it_is(world), banned(world, {"a": first, "b": second}), {"a": 1e9, "b": 1e9}, dispersion=RHO
    )
    # all that is open costs (a^-rho + b^-rho)^(-1/rho) against (1 + a^-rho + b^-rho)^(-1/rho) before
    open_now = first**-RHO + second**-RHO
    change = as_it_is(world)
    costs = change.costs.copy()
    costs[:, 1, 0] *= (open_now / (1 + open_now)) ** (-1 / RHO)
    plain = solve(world, replace(change, costs=costs))
    assert found.outcome.welfare == pytest.approx(plain.welfare, rel=1e-9)
    by = {p.name: p for p in found.passing}
    assert by["direct"].value.sum() == 0
    assert by["a"].value == pytest.approx(by["b"].value * (first / second) ** -RHO, rel=1e-9)
    assert sum(p.value for p in found.passing) == pytest.approx(plain.world.imports[:, 1, 0], rel=1e-8)
    assert sum(p.before for p in found.passing) == pytest.approx(world.imports[:, 1, 0], rel=1e-12)


@settings(max_examples=15)
@given(st.integers(0, 10**6), st.floats(0.1, 0.95))
def test_a_full_cap_is_just_full_and_its_wait_is_that_of_a_plain_search(seed, part):
    world = a_world(seed, 3, 2)
    ways = banned(world, {"hub": 1.2})
    free = solve_by_ways(world, as_it_is(world), ways, {"hub": 1e9}, dispersion=RHO)
    most = part * float(free.loads[0])
    found = solve_by_ways(world, as_it_is(world), ways, {"hub": most}, dispersion=RHO)
    assert found.loads[0] == pytest.approx(most, rel=1e-7)
    assert found.residual <= MEETS

    def over(wait):
        # the hub is the only way left: the whole flow costs (1 + wait) times what it costs without a wait
        change = as_it_is(world)
        costs = change.costs.copy()
        left = 1.2**-RHO
        costs[:, 1, 0] *= (left / (1 + left)) ** (-1 / RHO) * (1 + wait)
        then = solve(world, replace(change, costs=costs))
        return float((then.world.imports[:, 1, 0] / (then.costs[:, 0] * costs[:, 1, 0])).sum()) - most

    assert found.waits[0] == pytest.approx(brentq(over, 0, 200, xtol=1e-12), rel=1e-5)


@settings(max_examples=10)
@given(st.integers(0, 10**6))
def test_a_cap_that_does_not_bind_changes_nothing(seed):
    world = a_world(seed, 4, 2)
    ways = banned(world, {"a": 1.1, "b": 1.3})
    free = solve_by_ways(world, as_it_is(world), ways, {"a": 1e9, "b": 1e9}, dispersion=RHO)
    roomy = dict(zip("ab", 1.01 * free.loads, strict=True))
    found = solve_by_ways(world, as_it_is(world), ways, roomy, dispersion=RHO)
    assert (found.waits == 0).all()
    assert (found.outcome.welfare == free.outcome.welfare).all()


@settings(max_examples=10)
@given(st.integers(0, 10**6), st.floats(0.05, 1.5), st.floats(0.05, 1.5))
def test_at_each_cap_it_is_full_or_nobody_waits(seed, first, second):
    world = a_world(seed, 4, 2)
    ways = [*banned(world, {"a": 1.1, "b": 1.3}), *banned(world, {"a": 1.2, "b": 1.15}, seller=2, buyer=3)]
    free = solve_by_ways(world, as_it_is(world), ways, {"a": 1e9, "b": 1e9}, dispersion=RHO)
    caps = {"a": first * float(free.loads[0]), "b": second * float(free.loads[1])}
    found = solve_by_ways(world, as_it_is(world), ways, caps, dispersion=RHO)
    assert (found.waits >= 0).all()
    assert (found.loads <= found.most * (1 + 1e-7)).all()
    assert np.abs(found.waits * (1 - found.loads / found.most)).max() <= 1e-6
    tighter = solve_by_ways(world, as_it_is(world), ways, caps | {"a": caps["a"] / 2}, dispersion=RHO)
    assert tighter.waits[0] >= found.waits[0] - 1e-9


def test_what_cannot_be_is_named():
    world = a_world(1, 3, 2)
    with pytest.raises(UnknownNameError):
        solve_by_ways(world, as_it_is(world), banned(world, {"hub": 1.2}), {}, dispersion=RHO)
    with pytest.raises(BadInputError, match="above 0"):
        solve_by_ways(world, as_it_is(world), banned(world, {"hub": 1.2}), {"hub": 0.0}, dispersion=RHO)
    half = Way("direct", *world.economies[:2], np.full(2, 0.5))
    with pytest.raises(BadInputError, match="together 1"):
        solve_by_ways(world, as_it_is(world), [half], {}, dispersion=RHO)
    with pytest.raises(BadInputError, match="itself"):
        solve_by_ways(world, as_it_is(world), [direct(world, 0, 0)], {}, dispersion=RHO)
