"""The equilibrium where goods may go round and crossings hold so much: a complementarity problem.

What a cap holds back waits; the wait makes the way dearer until as much is left as passes. Either a cap is not full and
nobody waits there, or it is full and the wait is its price. See docs/design/55-ways-round.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, NotEstimableError
from entrepot.core.words.translate import tr
from entrepot.scenarios.equilibrium.solve import solve
from entrepot.scenarios.hubs.ways import Nest, Way, nests

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.solve import Change, Outcome
    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]

MEETS = 1e-8  # relative: what a full cap's load may differ from it by, and what may wait at one that is not full
_MOST_STEPS = 60  # worlds drawn at random needed up to 12
_SMALL = (
    1e-5  # logarithm of the wait: by how much it is moved to see what follows; its square is above the solver's 1e-11
)
_LEAST = -50.0  # logarithm of a load that is next to nothing, so that it can be reckoned with
_HALVINGS = 12  # of a step that leads away: what is left is a four-thousandth of it


@dataclass(frozen=True, eq=False)
class Passing:
    """What takes a way after the change.

    Attributes:
        name: of the way.
        seller: code of the economy that makes the goods.
        buyer: code of the economy that uses them.
        shares: (J,) what part of the flow takes it.
        value: (J,) value before tariffs, in units of the world.
        before: (J,) likewise before the change.
    """

    name: str
    seller: str
    buyer: str
    shares: Array
    value: Array
    before: Array


@dataclass(frozen=True, eq=False)
class Routed:
    """The equilibrium with its ways.

    Attributes:
        outcome: the world after the change.
        passing: what takes each way.
        caps: names of the caps.
        loads: (C,) what passes each, in values of before the change: quantities at the prices of the baseline.
        today: (C,) likewise before the change, when nobody waits.
        most: (C,) what each holds.
        waits: (C,) what the wait at each adds to the cost of what passes, `.1` for ten per cent; 0 where there is room:
            the shadow price of the cap, as a share of the value of what passes.
        lost: (C,) what is lost in waiting at each, in units of the world, of ways that pass no other cap.
        residual: the larger of what a full cap's load misses it by, as a share of it, and a wait where there is room.
        solved: how many equilibria were computed.
    """

    outcome: Outcome
    passing: tuple[Passing, ...]
    caps: tuple[str, ...]
    loads: Array
    today: Array
    most: Array
    waits: Array
    lost: Array
    residual: float
    solved: int


def solve_by_ways(
    world: World, change: Change, ways: Iterable[Way], caps: Mapping[str, float], *, dispersion: float
) -> Routed:
    """The equilibrium after a change in which some goods have several ways, and some ways hold so much.

    What a wait costs is lost, as hours and fuel are: nobody earns it.

    Args:
        world: the baseline.
        change: as for `solve`; costs of pairs that have ways are those of the ways times these.
        ways: of the pairs that have more than one, or one that passes a cap.
        caps: by name, the most that passes: a value at the prices of the baseline, in units of the world.
        dispersion: rho, how alike forwarders find the ways; the larger, the more take the cheapest.

    Raises:
        BadInputError: ways or caps that cannot be; a change that leaves a buyer without a seller.
        NotEstimableError: no equilibrium was found; the residual is told.
    """
    for name, most in caps.items():
        if not most > 0:
            raise BadInputError(
                tr("the cap {name}", name=name),
                found=most,
                allowed=tr("above 0"),
                remedy=tr("A way that is closed has an infinite factor."),
            )
    found = nests(world, ways, tuple(caps), dispersion)
    problem = _Problem(world, change, found, np.array(list(caps.values()), dtype=np.float64), dispersion)
    waits = _complementary(problem.gaps, len(caps)) if caps else np.zeros(0)
    return problem.routed(waits, tuple(caps))


class _Problem:
    """What passes each cap, as a function of what is waited there."""

    def __init__(self, world: World, change: Change, found: Sequence[Nest], most: Array, dispersion: float) -> None:
        self.world, self.change, self.nests, self.most, self.dispersion = world, change, found, most, dispersion
        self.solved = 0

    def outcome(self, waits: Array) -> Outcome:
        """The equilibrium at given waits, in logarithms."""
        costs = self.change.costs.copy()
        for nest in self.nests:
            costs[:, nest.buyer, nest.seller] *= nest.together(waits, self.dispersion)[0]
        self.solved += 1
        return solve(self.world, replace(self.change, costs=costs))

    def loads(self, waits: Array, outcome: Outcome) -> Array:
        """(C,) quantities that pass each cap, at the prices of the baseline."""
        out = np.zeros(len(self.most))
        for nest in self.nests:
            factor, parts = nest.together(waits, self.dispersion)
            price = outcome.costs[:, nest.seller] * self.change.costs[:, nest.buyer, nest.seller] * factor
            value = outcome.world.imports[:, nest.buyer, nest.seller]
            arrived = np.where(value > 0, value / price, 0.0)
            out += (parts @ arrived) @ nest.passes
        return out

    def gaps(self, waits: Array) -> Array:
        """(C,) logarithm of load over cap: above 0 where more would pass than can."""
        with np.errstate(divide="ignore"):
            over: Array = np.log(self.loads(waits, self.outcome(waits)) / self.most)
        return np.maximum(over, _LEAST)

    def routed(self, waits: Array, names: tuple[str, ...]) -> Routed:
        """The answer, with its residual computed from its own flows."""
        outcome = self.outcome(waits)
        loads = self.loads(waits, outcome)
        residual = float(np.abs(np.minimum(waits, 1 - loads / self.most)).max(initial=0.0))
        passing = tuple(p for n in self.nests for p in self._passing(n, waits, outcome))
        lost = self._lost(waits, outcome)
        return Routed(
            outcome, passing, names, loads, self._today(), self.most, np.expm1(waits), lost, residual, self.solved
        )

    def _today(self) -> Array:
        """(C,) what passes each cap before the change, by the shares of the ways."""
        of = [(n.shares @ self.world.imports[:, n.buyer, n.seller]) @ n.passes for n in self.nests]
        return np.sum(of, axis=0) if of else np.zeros(len(self.most))

    def _lost(self, waits: Array, outcome: Outcome) -> Array:
        lost = np.zeros(len(self.most))
        for nest in self.nests:
            value = nest.together(waits, self.dispersion)[1] @ outcome.world.imports[:, nest.buyer, nest.seller]
            lost += -np.expm1(-waits) * (value @ nest.passes)
        return lost

    def _passing(self, nest: Nest, waits: Array, outcome: Outcome) -> list[Passing]:
        _, parts = nest.together(waits, self.dispersion)
        at = np.s_[:, nest.buyer, nest.seller]
        value, before = outcome.world.imports[at], self.world.imports[at]
        seller, buyer = self.world.economies[nest.seller], self.world.economies[nest.buyer]
        return [
            Passing(name, seller, buyer, part, value * part, before * share)
            for name, part, share in zip(nest.names, parts, nest.shares, strict=True)
        ]


def _complementary(gaps: Callable[[Array], Array], count: int) -> Array:
    """Waits of which each is 0 where there is room, else such that the cap is just full, by Newton's method.

    Raises:
        NotEstimableError: none were found.
    """
    waits = np.zeros(count)
    over = gaps(waits)
    miss = np.minimum(waits, -over)
    for _ in range(_MOST_STEPS):
        if np.abs(miss).max() <= MEETS:
            return waits
        move = _newton(gaps, waits, over, miss)
        for halving in range(_HALVINGS):
            tried = np.maximum(waits + move / 2**halving, 0.0)
            then = gaps(tried)
            left = np.minimum(tried, -then)
            if np.abs(left).max() < np.abs(miss).max():
                break
        else:
            break
        waits, over, miss = tried, then, left
    if np.abs(miss).max() <= MEETS:
        return waits
    raise NotEstimableError(
        tr("no equilibrium found at which each cap is full or nobody waits"),
        found=tr("the nearest misses by {miss:.1e}", miss=np.abs(miss).max()),
        allowed=tr("a miss of at most {meets:g}", meets=MEETS),
        remedy=tr("Try a smaller dispersion, or a cap that is nearer to what passes today."),
    )


def _newton(gaps: Callable[[Array], Array], waits: Array, over: Array, miss: Array) -> Array:
    """The step that would bring the minimum of waits and room to 0 if all were straight lines."""
    count = len(waits)
    slopes = np.empty((count, count))
    for c in range(count):
        nearby = waits.copy()
        nearby[c] += _SMALL
        slopes[:, c] = (gaps(nearby) - over) / _SMALL
    is_full = -over < waits
    system = np.where(is_full[:, None], -slopes, np.eye(count))
    step: Array = np.linalg.lstsq(system, -miss)[0].astype(np.float64)
    return step
