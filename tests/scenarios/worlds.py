"""Small worlds in equilibrium, drawn at random."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from entrepot.scenarios.equilibrium.solve import Change, as_it_is, solve
from entrepot.scenarios.equilibrium.world import World, checked


def a_world(  # noqa: PLR0913 - each names one thing that a world may lack
    seed: int, n: int, j: int, *, deficits: bool = False, inputs: bool = True, tariffs: bool = True
) -> World:
    """N economies and J sectors, a tenth of the flows zero, in equilibrium by construction."""
    chance = np.random.default_rng(seed)
    zero = chance.random((j, n, n)) < 0.1
    zero[0] = False  # who sells nothing to anybody can pay for nothing: such a world has no equilibrium
    traded = chance.lognormal(0, 1, (j, n, n)) * ~zero
    traded[:, range(n), range(n)] = chance.lognormal(1.5, 0.5, (j, n))  # most is bought at home
    value_added = chance.uniform(0.3, 0.9, (j, n)) if inputs else np.ones((j, n))
    draft = World(
        tuple(f"E{i}" for i in range(n)),
        tuple(f"S{i}" for i in range(j)),
        traded / traded.sum(axis=2, keepdims=True),
        chance.lognormal(3, 0.5, (j, n)),
        chance.uniform(0, 0.3, (j, n, n)) * (1 - np.eye(n)) * tariffs,
        value_added,
        chance.dirichlet(np.ones(j), (n, j)).transpose(0, 2, 1) * inputs,
        chance.dirichlet(np.full(j, 2.0), n).T,
        chance.uniform(2, 9, j),
    )
    shares = np.zeros(n)
    if deficits:
        shares = chance.uniform(-0.02, 0.02, n) / n
        shares -= shares.mean()
    return checked(solve(draft, replace(as_it_is(draft), deficits=shares)).world)


def a_change(world: World, seed: int, *, embargo: bool = True) -> Change:
    """Tariffs and costs drawn anew; at times one economy may no longer buy of another."""
    chance = np.random.default_rng(seed)
    j, n, _ = world.tariffs.shape
    abroad = 1 - np.eye(n)
    costs = np.exp(chance.normal(0, 0.2, (j, n, n)) * abroad)
    if embargo and n > 2 and chance.random() < 0.5:  # of two, who buys nothing of the other sells it nothing
        buyer, seller = chance.permutation(n)[:2]
        costs[:, buyer, seller] = np.inf
    return replace(as_it_is(world), tariffs=chance.uniform(0, 0.5, (j, n, n)) * abroad, costs=costs)


seeds = st.integers(0, 2**32 - 1)
sizes = st.tuples(st.integers(2, 5), st.integers(1, 4))
