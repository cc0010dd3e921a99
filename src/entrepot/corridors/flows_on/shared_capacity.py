"""Many commodities over shared capacities at least cost, by column generation.

Every commodity begins on its shortest way. A column of the linear programme moves some of it to another way, so that a
commodity needs no row of its own unless more would be moved than there is; a capacity needs one only once it is
exceeded. What is left is a programme of a few hundred rows, warm from one round to the next. See
docs/design/46-the-network.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NoRoomError, NotEstimableError
from entrepot.core.words.translate import tr
from entrepot.corridors.flows_on.least_cost.first_prices import first_prices
from entrepot.corridors.flows_on.least_cost.good_ways import GoodWays
from entrepot.corridors.flows_on.least_cost.least_ways import LeastWays
from entrepot.corridors.flows_on.least_cost.one_thread import product
from entrepot.corridors.flows_on.least_cost.shared_demands import Carried, Demands, Way
from entrepot.corridors.flows_on.least_cost.small_programme import SmallProgramme
from entrepot.corridors.flows_on.least_cost.ways_held import WaysHeld

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

GAP = 1e-9  # relative: below what a published optimum is printed to
# Pivots times rows of the programme, and so the same answer on every machine: some half a minute of one processor.
WORK = 300_000_000
_BETWEEN = (0.5, 0.05)  # of the way to the best prices so far: halved while nothing is found, then no more tried
_ABOVE = 1.001  # times what being left behind costs: nothing then goes beyond a capacity that can stay
_EXCEEDED = 1e-7  # of a capacity: HiGHS keeps its rows to 1e-7
_DEARER = 10.0  # how much dearer each time what exceeds a capacity becomes
_DEAREST = 1e7  # times the longest way: beyond, no price moves it
__all__ = ["Carried", "Demands", "Way", "carry"]

_MANY = 250  # commodities: fewer are solved as soon by the simplex alone
_MOST_ROUNDS = 500  # the hardest published instance takes some 30


def carry(given: Demands, work: float = WORK) -> Carried:
    """Send all commodities at least cost.

    Args:
        given: network, capacities and commodities.
        work: after which it is stopped, in pivots times rows. What was found by then keeps every capacity, and
            `bound` proves how far from the least it can be at most.

    Raises:
        NoRoomError: all must go, and cannot.
        NotEstimableError: all must go, and it was stopped.
    """
    return _Run(given).solved(work)


class _Run:
    """One problem on its way to its solution."""

    def __init__(self, given: Demands) -> None:
        self.given = given
        self.search = LeastWays(given)
        self.shortest = self.search.shortest
        self.limited = np.isfinite(given.capacity)
        self.keys = len(given.amount)
        # No room is worth more than being left behind costs. Else what goes beyond begins cheap: no price leaps.
        left = given.left_cost
        self.dearth = max(float(np.max(self.shortest)), 1.0) if left is None else _ABOVE * max(left, 1.0)
        self.programme = SmallProgramme(self.dearth)
        self.row_of = np.full(len(given.capacity), -1, dtype=np.int64)
        self.held_back: dict[int, int] = {}
        self.ways, rows = self._begin()
        self.base = self.ways.only(np.arange(len(self.ways)) < self.keys).load(self._whole(), len(given.capacity))
        self.bound, self.best = -np.inf, np.zeros(len(given.capacity))
        if left is not None:
            self.ways = self.ways.and_then(self._left_behind(float(left)))
            self._price_first(float(left))
        self.amounts = self._nothing_goes()
        self._move(self.keys)
        self._limit(rows)

    def _left_behind(self, cost: float) -> WaysHeld:
        """Each commodity left behind: from the first round on nothing need exceed a capacity."""
        has_way = np.flatnonzero(self.ways.lengths[: self.keys] > 0)
        none, no_arcs = np.zeros(0, dtype=np.int64), np.zeros(len(has_way), dtype=np.int64)
        return WaysHeld(has_way, np.full(len(has_way), cost), no_arcs, none, none)

    def _price_first(self, left: float) -> None:
        """Where more capacities are exceeded than commodities are there, prices and ways to begin with."""
        if self.keys > self._exceeded():
            return
        self.bound, self.best, more = first_prices(self.given, self.search, left)
        self.ways = self.ways.and_then(more)

    def _exceeded(self) -> int:
        """How many capacities are exceeded where every commodity takes its shortest way."""
        load = self.search.first.load(self._whole(), len(self.given.capacity))
        return int((load > self.given.capacity * (1 + _EXCEEDED)).sum())

    def _nothing_goes(self) -> Numbers:
        """The amounts on each way where everything is left behind that can be."""
        stays = np.arange(self.keys)
        left = np.flatnonzero(self.ways.lengths == 0)
        stays[self.ways.commodity[left]] = left
        amounts = np.zeros(len(self.ways))
        amounts[stays] = self.given.amount
        return amounts

    def _whole(self) -> Numbers:
        return np.asarray(self.given.amount, dtype=np.float64)

    def _begin(self) -> tuple[WaysHeld, Indices]:
        """Every commodity on its shortest way; where many exceed capacities, on ways that are good together."""
        # The system of central prices is dense in the capacities: where they outnumber the commodities it does not pay.
        if self.keys < _MANY or not 0 < self._exceeded() < self.keys:
            return self.search.first, np.zeros(0, dtype=np.int64)
        return GoodWays(self.given, self.search).found()

    def _amounts(self) -> Numbers:
        """How much takes each way: what is moved, and what stays on the first way of its commodity."""
        moved = self.programme.moved()
        stay = self.given.amount - np.bincount(
            self.ways.commodity[self.keys :], weights=moved, minlength=self.keys
        ).astype(np.float64)
        return np.concatenate([stay, moved])

    def solved(self, work: float) -> Carried:
        price = self.best
        for rounds in range(1, _MOST_ROUNDS + 1):
            if not self._respect(work):
                break
            amounts, price = self._amounts(), self._price()
            cost, over = product(amounts, self.ways.cost), self.programme.exceeded()
            self._onward(price)
            if self.added == 0 or (cost - self.bound <= GAP * max(abs(cost), 1.0) and over <= self._slack()):
                if over > self._slack():
                    self._dearer(over, price)
                    continue
                return self._told(amounts, price, rounds)
            self.amounts = amounts
        if self.given.left_cost is None:
            raise NotEstimableError(
                tr("the flow was stopped before all that must go was placed within the capacities"),
                found=tr("{rounds} rounds", rounds=rounds),
                allowed=tr("a plan proven within the work"),
                remedy=tr(
                    "Let what cannot go be left behind (left_cost): the best plan so far is then told with its gap."
                ),
            )
        return self._told(self.amounts, price, rounds)

    def _slack(self) -> float:
        return 1e-6 * max(1.0, float(self.given.amount.sum()))

    def _dearer(self, over: float, price: Numbers) -> None:
        self.dearth *= _DEARER
        if self.dearth > _DEAREST * max(float(np.max(self.shortest)), 1.0):
            raise NoRoomError(over, tuple(int(g) for g in np.flatnonzero(price > self.dearth / _DEARER / 2)))
        self.programme.dearer(self.dearth)

    def _price(self) -> Numbers:
        price = np.zeros(len(self.given.capacity))
        used = self.row_of >= 0
        price[used] = self.programme.prices()[self.row_of[used]]
        return price

    def _respect(self, work: float) -> bool:
        """Solve, and add rows for what is exceeded, until nothing is; whether that was reached within the work."""
        while self.programme.solve(work):
            amounts = self._amounts()
            load = self.ways.load(amounts, len(self.given.capacity))
            room = np.where(self.limited, self.given.capacity, np.inf)
            fresh = np.flatnonzero((load > room * (1 + _EXCEEDED) + _EXCEEDED) & (self.row_of < 0))
            over = np.flatnonzero(amounts[: self.keys] < -_EXCEEDED * np.maximum(1.0, self.given.amount))
            again = [k for k in over.tolist() if k not in self.held_back]
            if len(fresh) == 0 and not again:
                return True
            self._limit(fresh)
            self._hold_back(again)
        return False

    def _limit(self, groups: Indices) -> None:
        """A row for each capacity that is exceeded, over all ways so far."""
        if len(groups) == 0:
            return
        self.row_of[groups] = self.programme.rows + np.arange(len(groups))
        self.programme.add_capacities(self.given.capacity[groups] - self.base[groups], self._entries(groups))

    def _hold_back(self, commodities: list[int]) -> None:
        """A row for each commodity of which more would be moved than there is."""
        for k in commodities:
            self.held_back[k] = self.programme.rows
            columns = np.flatnonzero(self.ways.commodity[self.keys :] == k)
            self.programme.add_amount(float(self.given.amount[k]), columns)

    def _entries(self, groups: Indices) -> tuple[Indices, Indices, Numbers]:
        """Row, column and value of what each way after the first puts on these capacities, less its first way."""
        place = np.full(len(self.given.capacity), -1, dtype=np.int64)
        place[groups] = np.arange(len(groups))
        return self._swaps(place, self.keys)

    def _swaps(self, place: Indices, start: int) -> tuple[Indices, Indices, Numbers]:
        commodity, lengths = self.ways.commodity, self.ways.lengths
        ends = np.cumsum(lengths)
        way = np.repeat(np.arange(len(lengths)), lengths)
        rows = place[self.ways.groups]
        mine = (way >= start) & (rows >= 0)
        row, column, value = [rows[mine]], [way[mine] - start], [np.ones(int(mine.sum()))]
        keyed = commodity[start:]  # the first way of a commodity has its number
        from_, count = (ends - lengths)[keyed], lengths[keyed]
        at = np.repeat(from_ - np.concatenate([[0], np.cumsum(count)[:-1]]), count) + np.arange(int(count.sum()))
        less = rows[at]
        row.append(less[less >= 0])
        column.append(np.repeat(np.arange(len(keyed)), count)[less >= 0])
        value.append(-np.ones(int((less >= 0).sum())))
        return np.concatenate(row), np.concatenate(column), np.concatenate(value)

    def _onward(self, price: Numbers) -> None:
        """Add ways that are shorter under prices on the way from these to the best so far, and keep the best bound.

        Prices at a corner leap from round to round while most is left behind; those that gave the best bound do not
        (Wentges 1997). Only where nothing is shorter under the prices themselves has nothing been left out.
        """
        share = _BETWEEN[0] if self.given.left_cost is not None and np.isfinite(self.bound) else 0.0
        while True:
            tried = np.asarray(share * self.best + (1 - share) * price, dtype=np.float64)
            bound = self._searched(tried)
            if bound > self.bound:
                self.bound, self.best = bound, tried
            if self.added or share == 0.0:
                return
            share = share / 2 if share > _BETWEEN[1] else 0.0

    def _searched(self, price: Numbers) -> float:
        """Add every way that is shorter under prices; a bound below the cost of all flows."""
        mine = self.ways.priced(price)
        best = np.full(self.keys, np.inf)
        np.minimum.at(best, self.ways.commodity, mine)
        slack = 1e-10 * np.maximum(1.0, self.shortest)
        # Prices are never negative, so a way that costs no more than the shortest without them needs no search.
        asked = np.flatnonzero(best > self.shortest + slack)
        least = best.copy()
        least[asked], more = self.search.under(price, asked, best[asked], slack[asked])
        start, self.added = len(self.ways), len(more)
        self.ways = self.ways.and_then(more)
        self._move(start)
        room = np.where(self.limited, self.given.capacity, 0.0)
        return product(self._whole(), least) - product(price, room)

    def _move(self, start: int) -> None:
        """Columns for the ways from this place on."""
        if start == len(self.ways):
            return
        commodity = self.ways.commodity[start:]
        step = self.ways.cost[start:] - self.ways.cost[commodity]
        row, column, value = self._swaps(self.row_of, start)
        held = [(self.held_back[k], i) for i, k in enumerate(commodity.tolist()) if k in self.held_back]
        if held:
            rows, columns = np.array(held).T
            row, column = np.concatenate([row, rows]), np.concatenate([column, columns])
            value = np.concatenate([value, np.ones(len(held))])
        self.programme.add_ways(step, self.given.amount[commodity], (row, column, value))

    def _told(self, amounts: Numbers, price: Numbers, rounds: int) -> Carried:
        amounts = np.concatenate([amounts, np.zeros(len(self.ways.lengths) - len(amounts))])
        load = self.ways.load(amounts, len(self.given.capacity))
        ends = np.cumsum(self.ways.lengths)
        used = np.flatnonzero(amounts > _EXCEEDED * np.maximum(1.0, self.given.amount[self.ways.commodity]))
        ways = tuple(
            Way(
                int(self.ways.commodity[w]),
                tuple(int(a) for a in self.ways.arcs[ends[w] - self.ways.lengths[w] : ends[w]][::-1]),
                float(amounts[w]),
            )
            for w in used
        )
        cost = product(amounts, self.ways.cost)
        return Carried(cost, self.bound, ways, price, load, rounds, len(self.ways))
