"""The change to a world that a scenario means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.scenarios.asked.scenario import CLOSED, GROWING, SECONDARY, TARIFF, pairs
from entrepot.scenarios.equilibrium.solve import Change, as_it_is, solve

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Act, Scenario
    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]


def ready(world: World, scenario: Scenario) -> World:
    """The world before the measure: with the scenario's elasticities, and with deficits closed where it says so.

    Args:
        world: the baseline.
        scenario: what is asked.

    Raises:
        NotEstimableError: no equilibrium without deficits was found.
    """
    theta = [scenario.elasticities.get(s, float(e)) for s, e in zip(world.sectors, world.elasticities, strict=True)]
    before = replace(world, elasticities=np.array(theta))
    return solve(before, as_it_is(before, balanced=True)).world if scenario.deficits == CLOSED else before


def meant_change(world: World, scenario: Scenario) -> Change:
    """What the scenario changes.

    A share s that passes is a factor `s ** (-1 / elasticity)` on the cost of trade: at the prices of before just that
    share of the flow is left, and none where s is 0. What the buyer pays more is lost on the way and yields nothing.

    Args:
        world: as `ready` gives it.
        scenario: what is asked.
    """
    tariffs, costs = of_acts(world, scenario)
    for act in scenario.acts:
        if act.content:
            _add_content(act, world, costs)
    same = as_it_is(world, balanced=scenario.deficits == CLOSED)
    return Change(tariffs, costs, None if scenario.deficits == GROWING else same.deficits)


def of_acts(world: World, scenario: Scenario) -> tuple[Array, Array]:
    """(J, N, N) tariffs and factors on costs, on the flows that the acts name; not on what others make of them.

    Args:
        world: as `ready` gives it.
        scenario: what is asked.
    """
    tariffs, costs = world.tariffs.copy(), np.ones_like(world.tariffs)
    for act in scenario.acts:
        _add(act, world, tariffs, costs)
    return tariffs, costs


def held_back(world: World, scenario: Scenario) -> Array:
    """(J, N, N) what part of each flow the acts hold back, at the prices of before: sector, buyer, seller.

    A ban holds back all but its leakage, a licence all but what it lets through; of one that is priced like a tariff
    nobody says how much, and the whole flow is counted. A tariff holds nothing back. A secondary sanction closes a way:
    the hub's own sales are counted only where nobody else is acted on.

    Args:
        world: as `ready` gives it.
        scenario: what is asked.
    """
    acts = [act for act in scenario.acts if act.instrument != TARIFF]
    held = np.zeros_like(world.tariffs)
    place = {code: n for n, code in enumerate(world.economies)}
    for act in [act for act in acts if act.instrument != SECONDARY] or acts:
        chosen = _sectors(world, act.sectors)
        for seller, buyer in pairs(act):
            cells = (chosen, place[buyer], place[seller])
            held[cells] = np.maximum(held[cells], 1.0 if act.rate else 1 - act.passes)
    return held


def _add(act: Act, world: World, tariffs: Array, costs: Array) -> None:
    """Add an act to tariffs and costs."""
    chosen = _sectors(world, act.sectors)
    place = {code: n for n, code in enumerate(world.economies)}
    for seller, buyer in pairs(act):
        cells = (chosen, place[buyer], place[seller])
        if act.instrument == TARIFF:
            tariffs[cells] += act.rate
        else:
            costs[cells] = np.maximum(costs[cells], _factor(act.passes, world.elasticities[chosen]) * (1 + act.rate))


def _factor(passes: float | Array, theta: Array) -> Array:
    """The factor on the cost of trade that lets this share pass at the prices of before."""
    with np.errstate(divide="ignore"):
        out: Array = np.power(np.broadcast_to(np.asarray(passes, dtype=np.float64), theta.shape), -1 / theta)
    return out


def _add_content(act: Act, world: World, costs: Array) -> None:
    """Let the goods of all others, in the sectors of the act, pay in proportion to what is in them."""
    held = content(world, act.on, act.sectors)
    held[[s for s in range(len(world.sectors)) if s not in _sectors(world, act.sectors)]] = 0.0
    stopped = (1 - act.passes) if act.rate == 0 else 1 - (1 + act.rate) ** -world.elasticities[:, None]
    factor = _factor(1 - held * stopped, np.broadcast_to(world.elasticities[:, None], held.shape))
    apart = {*act.by, *act.on}
    for n, buyer in enumerate(world.economies):
        for i, seller in enumerate(world.economies):
            if buyer in act.by and seller not in apart:
                costs[:, n, i] = np.maximum(costs[:, n, i], factor[:, i])


def content(world: World, origin: Sequence[str], sectors: Sequence[str] = ()) -> Array:
    """The share of the value of each good that is input from an origin, direct and through others' inputs.

    Inputs are taken to be bought in the proportions in which a buyer buys a sector's goods at all, as world tables do.

    Args:
        world: the baseline.
        origin: economies.
        sectors: of theirs; empty: all.

    Returns:
        (J, N), of the output of each sector and economy; 1 in the origin's own.
    """
    j, n = world.spending.shape
    # from[k, m, s, i]: what output of sector s in economy i needs of sector k from economy m
    bought = np.einsum("iks,kim->kmsi", world.bought_inputs, world.shares / (1 + world.tariffs))
    own = np.zeros((j, n), dtype=bool)
    own[np.ix_(_sectors(world, sectors), [world.economies.index(o) for o in origin])] = True
    matrix = bought.reshape(j * n, j * n).T
    inner, known = ~own.ravel(), own.ravel()
    held = np.ones(j * n)
    system = np.eye(int(inner.sum())) - matrix[np.ix_(inner, inner)]
    held[inner] = np.linalg.solve(system, matrix[np.ix_(inner, known)].sum(axis=1)).astype(np.float64)
    out: Array = np.clip(held, 0, 1).reshape(j, n)
    return out


def _sectors(world: World, sectors: Sequence[str]) -> list[int]:
    return [s for s, name in enumerate(world.sectors) if not sectors or name in sectors]
