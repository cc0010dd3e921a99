"""The equilibrium after a change, in exact changes: Caliendo and Parro (2015). See docs/design/52-scenarios.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import BadInputError, NotEstimableError
from entrepot.core.words.translate import tr
from entrepot.scenarios.equilibrium.by_wages import by_wages
from entrepot.scenarios.equilibrium.fixed_point import Found, fixed_point, nearer
from entrepot.scenarios.equilibrium.one_way import refuse_one_way

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.world import World

    Array = NDArray[np.float64]

TOLERANCE = 1e-11  # of logarithms of wages and prices and of spending in shares of income; rounding leaves 1e-14
CLEARS = 1e-9  # what the markets of an answer may miss by, in shares of an economy's value added
MOST_STEPS = 400  # tables tried need 40 to 200; a step over 200 economies and 30 sectors takes 5 ms
PATIENCE = (200, 1000)  # plain steps before the search is tried again, where it led away


@dataclass(frozen=True, eq=False)
class Change:
    """What a scenario changes.

    Attributes:
        tariffs: (J, N, N) rates of duty after the change.
        costs: (J, N, N) factor on the cost of trade other than tariffs: 1 as it was, infinite where trade is cut.
        deficits: (N,) imports less exports after the change, in shares of the world's value added; adds up to 0. None:
            each economy spends as many times its own earnings as before, all scaled alike so that the world's books
            close.
    """

    tariffs: Array
    costs: Array
    deficits: Array | None


@dataclass(frozen=True, eq=False)
class Outcome:
    """The world after a change; world value added is what it was before, which is the unit of all values.

    Attributes:
        world: the new baseline: shares, spending, tariffs.
        wages: (N,) change of the wage, as a factor.
        costs: (J, N) change of the cost of a unit of output, as a factor.
        prices: (J, N) change of the price of what buyers use of a sector, as a factor.
        price_index: (N,) change of the price of final spending, as a factor.
        welfare: (N,) change of real income, as a factor: income over price index.
        residual: the largest miss of any economy's market of labour, as a share of its value added, computed anew from
            the flows of the answer.
        steps: how many steps the search took.
    """

    world: World
    wages: Array
    costs: Array
    prices: Array
    price_index: Array
    welfare: Array
    residual: float
    steps: int


def as_it_is(world: World, *, balanced: bool = False) -> Change:
    """No change, deficits held in shares of the world's value added; balanced: deficits vanish."""
    deficits = world.deficits / world.value_added.sum()
    return Change(world.tariffs, np.ones_like(world.tariffs), np.zeros_like(deficits) if balanced else deficits)


def solve(world: World, change: Change) -> Outcome:
    """The equilibrium after a change.

    Wages, prices and spending are sought together as one fixed point: a step is three products of the table of shares
    with a vector, so that its time is that of reading 3 J N N numbers. Where that does not end the search begins again
    nearer by, and at last wages are sought by Newton's method, with prices and spending settled for each: slower, and
    it finds what hangs on very little trade.

    Args:
        world: the baseline, as `checked` lets it pass.
        change: what is changed.

    Raises:
        BadInputError: a buyer is left without any seller of a sector that it uses; deficits that do not add up to 0.
        NotEstimableError: none was found, the residual is told; or an economy could only buy or only sell abroad.
    """
    step = _Step(world, change)
    found = _search(step)
    outcome = step.outcome(found.point, found.steps)
    if not (found.converged and outcome.residual <= CLEARS):
        # With deficits that grow it is seen only here which of them would be none.
        refuse_one_way(world, step.kept, world.deficits / world.value_added, CLEARS)
        raise NotEstimableError(
            tr("no equilibrium found"),
            found=tr(
                "after {steps:,} steps markets miss by {residual:.1e} of value added, and a step still moves "
                "{distance:.1e} where {tolerance:g} is rest",
                steps=found.steps,
                residual=outcome.residual,
                distance=found.distance,
                tolerance=TOLERANCE,
            ),
            allowed=tr("a miss of at most {clears:g}", clears=CLEARS),
            remedy=tr(
                "Try a smaller change (a tariff in place of an embargo, fewer sectors), or check the elasticities."
            ),
        )
    return outcome


def _search(step: _Step) -> Found:
    """The fixed point, or the nearest that was come to it."""
    point = step.start()
    found = fixed_point(step, point, tolerance=TOLERANCE, most=MOST_STEPS)
    for patience in PATIENCE:
        if found.converged:
            return found
        point = nearer(step, point, patience)
        again = fixed_point(step, point, tolerance=TOLERANCE, most=MOST_STEPS)
        found = min(again, found, key=lambda one: one.distance if np.isfinite(one.distance) else np.inf)
    if found.converged:
        return found
    earned = step.world.value_added
    return by_wages(step, found, earned / earned.sum(), tolerance=TOLERANCE)


class _Step:
    """One step of the search: from wages, prices and spending to those that follow from them."""

    def __init__(self, world: World, change: Change) -> None:
        self.world, self.change = world, change
        self.theta = world.elasticities[:, None]
        with np.errstate(divide="ignore"):
            factor = change.costs * (1 + change.tariffs) / (1 + world.tariffs)
            self.kept = np.where(world.shares > 0, world.shares * factor ** -world.elasticities[:, None, None], 0.0)
        self.used = world.spending > 0
        self._sold()
        self.before_tariff = self.kept / (1 + change.tariffs)
        self.to_sellers = np.ascontiguousarray(self.before_tariff.transpose(0, 2, 1))
        self.by_input = world.bought_inputs
        self.by_output = np.ascontiguousarray(world.bought_inputs.transpose(0, 2, 1))
        if change.deficits is not None and abs(change.deficits.sum()) > CLEARS:
            raise BadInputError(tr("deficits that do not add up to 0"), found=float(change.deficits.sum()))
        self.beyond = world.income / (world.value_added + world.revenue)
        if change.deficits is not None:
            held = change.deficits * world.value_added.sum() / world.value_added
            refuse_one_way(world, self.kept, held, CLEARS)

    def _sold(self) -> None:
        """Refuse a buyer whom the change leaves without a seller of what it uses."""
        left = self.used & ~(self.kept.sum(axis=2) > 0)
        if left.any():
            named = [
                tr("{sectors} in {economies}", sectors=self.world.sectors[j], economies=self.world.economies[n])
                for j, n in np.argwhere(left)[:5]
            ]
            more = int(left.sum()) - len(named)
            raise BadInputError(
                tr("a change that leaves buyers without any seller"),
                found=", ".join(named) + (tr(" and {more} more", more=more) if more > 0 else ""),
                allowed=tr("at least one seller for what is used, be it at home"),
                remedy=tr("Leave one supplier open, or join the sector to a larger one."),
            )

    def start(self) -> Array:
        """Where the search begins: all as it was."""
        world = self.world
        n = len(world.economies)
        return np.concatenate([np.zeros(n + world.spending.size), (world.spending / world.income).ravel()])

    def parts(self, point: Array) -> tuple[Array, Array, Array]:
        """Logarithms of wages (N,) and prices (J, N), and spending (J, N)."""
        n = len(self.world.economies)
        shape = self.world.spending.shape
        cut = n + self.world.spending.size
        return point[:n], point[n:cut].reshape(shape), point[cut:].reshape(shape) * self.world.income

    def costs(self, wages: Array, prices: Array) -> Array:
        """(J, N) logarithm of the cost of a unit of output."""
        inputs: Array = np.matmul(self.by_output, prices.T[:, :, None])[:, :, 0].T
        return self.world.value_added_shares * wages + inputs

    def income(self, earned: Array) -> Array:
        """(N,) what final buyers spend, given what they earn, tariffs included."""
        if self.change.deficits is not None:
            held: Array = earned + self.change.deficits * self.world.value_added.sum()
            return held
        spent = earned * self.beyond
        grown: Array = spent * (earned.sum() / spent.sum())
        return grown

    def __call__(self, point: Array) -> Array:
        """The next point."""
        world = self.world
        wages, prices, spending = self.parts(point)
        offers = np.exp(-self.theta * self.costs(wages, prices))
        sums = np.where(self.used, np.matmul(self.kept, offers[:, :, None])[:, :, 0], 1.0)
        by_offer = spending / sums
        net = by_offer * np.matmul(self.before_tariff, offers[:, :, None])[:, :, 0]
        output = offers * np.matmul(self.to_sellers, by_offer[:, :, None])[:, :, 0]
        earned = (world.value_added_shares * output).sum(axis=0)
        income = self.income(np.exp(wages) * world.value_added + (spending - net).sum(axis=0))
        wanted = world.final * income + np.matmul(self.by_input, output.T[:, :, None])[:, :, 0].T
        earned = earned * (world.value_added.sum() / earned.sum())
        next_wages = np.log(earned / world.value_added)
        return np.concatenate([next_wages, (-np.log(sums) / self.theta).ravel(), (wanted / world.income).ravel()])

    def outcome(self, point: Array, steps: int) -> Outcome:
        """What a point means, with the residual computed from the flows themselves."""
        from dataclasses import replace

        world = self.world
        wages, prices, spending = self.parts(point)
        costs = self.costs(wages, prices)
        offers = np.exp(-self.theta * costs)
        shares = self.kept * offers[:, None, :]
        sums = np.where(self.used, shares.sum(axis=2), 1.0)
        shares = shares / sums[:, :, None]
        after = replace(world, shares=shares, spending=spending, tariffs=self.change.tariffs)
        index = np.exp((world.final * -np.log(sums) / self.theta).sum(axis=0))
        earned = np.exp(wages) * world.value_added
        residual = float(np.abs(after.value_added / earned - 1).max())
        return Outcome(
            after, np.exp(wages), np.exp(costs), np.exp(-np.log(sums) / self.theta), index,
            self.income(earned + after.revenue) / world.income / index, residual, steps,
        )  # fmt: skip
