"""The equilibrium: what theory says of any world, another solver, a closed form, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import optimize
from tests.scenarios.worlds import a_change, a_world, seeds, sizes

from entrepot.core.errors import BadInputError, NotEstimableError
from entrepot.scenarios.equilibrium.solve import as_it_is, solve
from entrepot.scenarios.equilibrium.world import checked

CLOSE = 1e-9  # what the search is asked for is a hundred times closer


def told(outcome):
    """All that an outcome says of each economy."""
    return np.concatenate([outcome.wages, outcome.welfare, outcome.price_index, outcome.costs.ravel()])


@settings(max_examples=40)
@given(seeds, sizes, st.booleans())
def test_what_holds_in_every_world(seed, size, deficits):
    world = a_world(seed, *size, deficits=deficits)
    same = solve(world, as_it_is(world))
    assert told(same) == pytest.approx(1, abs=CLOSE)
    change = a_change(world, seed + 1)
    outcome = solve(world, change)
    after = outcome.world
    # what is earned is what is sold, what is spent is what is earned, and the world's books close
    assert after.value_added == pytest.approx(outcome.wages * world.value_added, rel=CLOSE)
    assert after.value_added.sum() == pytest.approx(world.value_added.sum(), rel=CLOSE)
    wanted = after.final * after.income + np.einsum("nkj,jn->kn", after.bought_inputs, after.output)
    assert after.spending == pytest.approx(wanted, rel=1e-7, abs=CLOSE)
    assert after.deficits / world.value_added.sum() == pytest.approx(change.deficits, abs=CLOSE)
    assert checked(after) is after
    # where nothing was bought nothing is, and an embargo leaves nothing
    assert not after.shares[(world.shares == 0) | np.isinf(change.costs)].any()
    # other units of value change nothing
    scaled = solve(replace(world, spending=world.spending * 1e6), change)
    assert told(scaled) == pytest.approx(told(outcome), rel=CLOSE)
    # there and back again
    back = replace(as_it_is(after), tariffs=world.tariffs, costs=1 / change.costs, deficits=as_it_is(world).deficits)
    if np.isfinite(change.costs).all():
        assert told(solve(after, back)) == pytest.approx(1 / told(outcome), rel=1e-7)


@settings(max_examples=15)
@given(seeds, sizes)
def test_names_do_not_matter(seed, size):
    world = a_world(seed, *size)
    change = a_change(world, seed)
    order = np.random.default_rng(seed).permutation(len(world.economies))
    pairs = np.ix_(range(len(world.sectors)), order, order)
    renamed = replace(
        world, economies=tuple(world.economies[i] for i in order), shares=world.shares[pairs],
        spending=world.spending[:, order], tariffs=world.tariffs[pairs], inputs=world.inputs[order],
        value_added_shares=world.value_added_shares[:, order], final=world.final[:, order],
    )  # fmt: skip
    there = replace(change, tariffs=change.tariffs[pairs], costs=change.costs[pairs], deficits=change.deficits[order])
    assert solve(renamed, there).welfare == pytest.approx(solve(world, change).welfare[order], rel=CLOSE)


@settings(max_examples=15)
@given(seeds, sizes)
def test_a_closed_economy_feels_nothing(seed, size):
    world = a_world(seed, *size)
    shut = as_it_is(world, balanced=True).costs.copy()
    shut[:, 0, 1:] = shut[:, 1:, 0] = np.inf
    closed = solve(world, replace(as_it_is(world, balanced=True), costs=shut)).world
    assert solve(closed, a_change(closed, seed, embargo=False)).welfare[0] == pytest.approx(1, abs=CLOSE)


@settings(max_examples=15)
@given(seeds, st.integers(2, 6))
def test_the_loss_of_all_trade_is_the_closed_form(seed, n):
    """Arkolakis, Costinot, Rodríguez-Clare (2012), one sector without inputs: the share bought at home to 1 / theta."""
    world = a_world(seed, n, 1, inputs=False, tariffs=False)
    shut = np.where(np.eye(n)[None] > 0, 1.0, np.inf)
    outcome = solve(world, replace(as_it_is(world, balanced=True), costs=shut))
    at_home = world.shares[0][np.diag_indices(n)]
    assert outcome.welfare == pytest.approx(at_home ** (1 / world.elasticities[0]), rel=CLOSE)


def plain_solver(world, change):
    """The same equilibrium by textbook: prices by repetition, spending by a linear system, wages by scipy's root."""
    j, n, _ = world.shares.shape
    theta = world.elasticities[:, None, None]
    value = world.value_added

    def flows(log_wages):
        wages = np.exp(log_wages)
        prices = np.ones((j, n))
        for _ in range(10_000):
            costs = wages**world.value_added_shares * np.exp(
                np.einsum("nkj,kn->jn", world.bought_inputs, np.log(prices))
            )
            offers = (
                world.shares * (change.costs * (1 + change.tariffs) / (1 + world.tariffs) * costs[:, None, :]) ** -theta
            )
            then = offers.sum(axis=2) ** (-1 / theta[:, :, 0])
            done = np.abs(then / prices - 1).max() < 1e-14
            prices = then
            if done:
                break
        shares = offers / offers.sum(axis=2, keepdims=True)
        system = np.eye(j * n)
        net = shares / (1 + change.tariffs)
        duty = (shares * change.tariffs / (1 + change.tariffs)).sum(axis=2)
        for s in range(j):
            for b in range(n):
                row = s * n + b
                for k in range(j):
                    system[row, k * n + b] -= world.final[s, b] * duty[k, b]
                    for m in range(n):
                        system[row, k * n + m] -= world.bought_inputs[b, s, k] * net[k, m, b]
        outside = wages * value + change.deficits * value.sum()
        spending = np.linalg.solve(system, (world.final * outside).ravel()).reshape(j, n)
        output = np.einsum("jni,jn->ji", net, spending)
        return wages, prices, output

    def excess(free):
        log_wages = np.append(free, np.log((value.sum() - (np.exp(free) * value[:-1]).sum()) / value[-1]))
        wages, _, output = flows(log_wages)
        return (((world.value_added_shares * output).sum(axis=0) - wages * value) / value)[:-1]

    found = optimize.root(excess, np.zeros(n - 1), tol=1e-13)
    assert np.abs(found.fun).max() < 1e-9
    return flows(np.append(found.x, np.log((value.sum() - (np.exp(found.x) * value[:-1]).sum()) / value[-1])))


@pytest.mark.parametrize("seed", range(6))
def test_another_solver_finds_the_same(seed):
    world = a_world(seed, 4, 3, deficits=seed % 2 == 1)
    change = a_change(world, seed)
    outcome = solve(world, change)
    wages, prices, output = plain_solver(world, change)
    assert outcome.wages == pytest.approx(wages, rel=1e-7)
    assert outcome.prices == pytest.approx(prices, rel=1e-7)
    assert outcome.world.output == pytest.approx(output, rel=1e-6)


def test_deficits_are_held_closed_or_grow_with_earnings():
    world = a_world(3, 4, 2, deficits=True)
    change = a_change(world, 3)
    closed = solve(world, replace(change, deficits=np.zeros(4)))
    assert closed.world.deficits == pytest.approx(0, abs=CLOSE * world.value_added.sum())
    grown = solve(world, replace(change, deficits=None)).world
    before, after = (w.income / (w.value_added + w.revenue) for w in (world, grown))
    assert after / before == pytest.approx((after / before)[0], rel=1e-7)  # all scaled alike


def test_what_has_no_equilibrium_says_so_and_gives_no_number():
    """An economy that buys on credit and may no longer trade: nobody can pay its deficit."""
    world = a_world(5, 3, 2, deficits=True)
    costs = np.ones_like(world.tariffs)
    costs[:, 0, 1:] = costs[:, 1:, 0] = np.inf
    with pytest.raises(NotEstimableError, match="E0 could neither buy nor sell abroad, and its deficit is held"):
        solve(world, replace(as_it_is(world), costs=costs))
    costs[:, 0, 0] = np.inf
    with pytest.raises(BadInputError, match="leaves buyers without any seller: 'S0 in E0, S1 in E0'"):
        solve(world, replace(as_it_is(world), costs=costs))
    with pytest.raises(BadInputError, match="deficits that do not add up to 0"):
        solve(world, replace(as_it_is(world), deficits=np.full(3, 0.1)))


@pytest.mark.parametrize(
    ("cut", "says"), [("buys", "could buy nothing abroad"), ("sells", "could sell nothing abroad")]
)
@pytest.mark.parametrize("deficits", [False, True])
def test_who_could_trade_one_way_only_is_told_and_not_sought(cut, says, deficits):
    """By arithmetic: exports less imports is the surplus, which is 0 or held, and no price leaves nothing bought."""
    world = a_world(11, 4, 2, deficits=deficits)
    costs = np.ones_like(world.tariffs)
    for other in (0, 1, 3):
        costs[:, 2, other] = np.inf if cut == "buys" else costs[:, 2, other]
        costs[:, other, 2] = np.inf if cut == "sells" else costs[:, other, 2]
    held = world.deficits[2] if deficits else 0.0
    change = replace(as_it_is(world, balanced=not deficits), costs=costs)
    pays = held < 0 if cut == "buys" else held > 0  # a surplus is sold for nothing, a deficit is bought for nothing
    if pays:
        assert solve(world, change).residual <= CLOSE
    else:
        with pytest.raises(NotEstimableError, match=f"no equilibrium is possible: 'E2 {says}") as refused:
            solve(world, change)
        assert "leakage" in str(refused.value)
    leaking = replace(change, costs=np.where(np.isinf(costs), 1.5, costs))
    assert solve(world, leaking).residual <= CLOSE


def _with(cells, where, value):
    cells = cells.copy()
    cells[where] = value
    return cells


@pytest.mark.parametrize(
    ("field", "edit", "said"),
    [
        ("elasticities", lambda c: _with(c, 1, 0.0), "elasticity of S1: 0.0; expected a number above 0"),
        ("shares", lambda c: _with(c, (1, 2, 0), -0.1), "negative cell of shares: 'S1, E2, E0: -0.1'"),
        ("shares", lambda c: _with(c, (0, 1, 1), 0.0), "shares of sellers that do not add up to one: 'S0, E1"),
        ("spending", lambda c: _with(c, (0, 1), np.nan), "a cell of spending that is no number: 'S0, E1: nan'"),
        ("spending", lambda c: _with(c, (0, 1), c[0, 1] * 1.1), "a table that does not add up: 'S0 in E1"),
        ("spending", lambda c: _with(c, (slice(None), 2), 0.0), "a table that does not add up|economy without output"),
        ("final", lambda c: c * 0.9, "shares of final spending that do not add up to one"),
        ("inputs", lambda c: c[:2], r"shape of inputs: '\(2, 3, 3\)'; expected \(4, 3, 3\)"),
    ],
)  # fmt: skip
def test_a_world_that_does_not_add_up_is_named(field, edit, said):
    world = a_world(1, 4, 3)
    with pytest.raises(BadInputError, match=said):
        checked(replace(world, **{field: edit(getattr(world, field))}))
