"""A problem of commodities over shared capacities, and what carries it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Demands:
    """Commodities over a network with capacities.

    Attributes:
        nodes: how many nodes there are, counted from 0.
        tail, head: the ends of each arc.
        cost: of one unit on each arc, never negative.
        group: for each arc which capacity it shares; arcs may share one.
        capacity: of each group, in units; infinite where nothing limits it.
        origin, target, amount: of each commodity.
        left_cost: of one unit that is left behind; None: all must go.
    """

    nodes: int
    tail: Indices
    head: Indices
    cost: Numbers
    group: Indices
    capacity: Numbers
    origin: Indices
    target: Indices
    amount: Numbers
    left_cost: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way that some of a commodity takes.

    Attributes:
        commodity: its place among the commodities.
        arcs: in order; empty where it is left behind.
        amount: how much takes it.
    """

    commodity: int
    arcs: tuple[int, ...]
    amount: float


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """What goes where at least cost.

    Attributes:
        cost: of everything, what is left behind taken in.
        bound: below which no flow can cost; it proves the cost.
        ways: the ways that are used.
        price: of one unit of each capacity, 0 where it is not used up. Prices need not be unique.
        load: on each capacity.
        rounds: of column generation.
        columns: ways that the last programme held.
    """

    cost: float
    bound: float
    ways: tuple[Way, ...]
    price: Numbers
    load: Numbers
    rounds: int
    columns: int
