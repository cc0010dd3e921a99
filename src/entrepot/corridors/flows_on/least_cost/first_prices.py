"""Prices to begin with where far more is wanted than a network holds, by the subgradient of Lagrange's bound.

The simplex begins with bounds below nothing there, and needs hundreds of rounds. A step of this costs a search and no
programme: dearer where more would pass than there is room for, cheaper where less. Source: Polyak, "Minimization of
unsmooth functionals", USSR Computational Mathematics and Mathematical Physics 9 (1969), 14-29.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.corridors.flows_on.least_cost.one_thread import product

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.flows_on.least_cost.least_ways import LeastWays
    from entrepot.corridors.flows_on.least_cost.shared_demands import Demands
    from entrepot.corridors.flows_on.least_cost.ways_held import WaysHeld

    Numbers = NDArray[np.float64]

# None of these steers the result: what comes after proves it.
_STEPS = 20  # the bound is then at seven tenths of the least cost; forty more bring it to nine, and the simplex sooner
_KEPT = 0.7  # of the last direction: without it steps go back and forth between two ways
_BETTER = 1e-4  # relative: a smaller gain is none
_IDLE = 4  # steps without a gain, after which they become half as long


def first_prices(given: Demands, search: LeastWays, left_cost: float) -> tuple[float, Numbers, WaysHeld]:
    """A bound below the cost of all flows, the prices that give it, and the ways that are least under them.

    Args:
        given: the problem.
        search: of it.
        left_cost: of one unit that is left behind.
    """
    whole = np.asarray(given.amount, dtype=np.float64)
    limited = np.isfinite(given.capacity)
    room = np.where(limited, given.capacity, 0.0)
    everything = np.arange(len(whole))
    free, any_ = np.full(len(whole), np.inf), np.zeros(len(whole))
    most = left_cost * float(whole.sum())  # nothing goes: near the least where little can
    price = best = np.zeros(len(room))
    bound, step, idle = -np.inf, 1.0, 0
    kept = search.first
    turn = np.zeros(len(room))
    for _ in range(_STEPS):
        reach, ways = search.under(price, everything, free, any_)
        found = product(whole, reach) - product(price, room)
        if found > bound + (_BETTER * abs(bound) if np.isfinite(bound) else 0.0):
            bound, best, idle, kept = found, price, 0, ways
        else:
            idle += 1
            if idle == _IDLE:
                step, idle, price = step / 2, 0, best
        load = ways.load(whole[ways.commodity], len(room))
        over = np.where(limited, load - room, 0.0).astype(np.float64)
        over[(price <= 0) & (over < 0)] = 0.0
        turn = np.asarray(_KEPT * turn + (1 - _KEPT) * over, dtype=np.float64)
        length = product(turn, turn)
        if length <= 0:
            break
        price = np.clip(price + step * (most - found) / length * turn, 0.0, left_cost).astype(np.float64)
    return bound, best, kept
