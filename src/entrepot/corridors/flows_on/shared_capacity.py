"""Many commodities over shared capacities at least cost, by column generation.

Every commodity begins on its shortest way. A column of the linear programme moves some of it to another way, so that a
commodity needs no row of its own unless more would be moved than there is; a capacity needs one only once it is
exceeded. What is left is a programme of a few hundred rows, warm from one round to the next. See
docs/design/46-the-network.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.errors import NoRoomError, NotEstimableError
from entrepot.corridors.flows_on.shortest_ways import ShortestWays
from entrepot.corridors.flows_on.small_programme import SmallProgramme

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

GAP = 1e-9  # relative: below what a published optimum is printed to
_EXCEEDED = 1e-7  # of a capacity: HiGHS keeps its rows to 1e-7
_DEARER = 10.0  # how much dearer each time what exceeds a capacity becomes
_DEAREST = 1e7  # times the longest way: beyond, no price moves it
_MOST_ROUNDS = 500  # the hardest published instance takes some 30


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
    """

    cost: float
    bound: float
    ways: tuple[Way, ...]
    price: Numbers
    load: Numbers
    rounds: int


def carry(given: Demands) -> Carried:
    """Send all commodities at least cost.

    Args:
        given: network, capacities and commodities.

    Raises:
        NoRoomError: all must go, and cannot.
    """
    return _Run(given).solved()


@dataclass(slots=True, eq=False)
class _Ways:
    """Every way that was found so far, of all commodities; arcs one behind the other."""

    commodity: list[Indices] = field(default_factory=list)
    cost: list[Numbers] = field(default_factory=list)
    groups: list[Indices] = field(default_factory=list)
    arcs: list[Indices] = field(default_factory=list)
    lengths: list[Indices] = field(default_factory=list)

    def add(self, commodity: Indices, cost: Numbers, arcs: Indices, lengths: Indices, groups: Indices) -> None:
        parts: tuple[tuple[list[Any], Any], ...] = (
            (self.commodity, commodity), (self.cost, cost), (self.arcs, arcs), (self.lengths, lengths),
            (self.groups, groups),
        )  # fmt: skip
        for held, more in parts:
            held[:] = [np.concatenate([*held, more])]


class _Run:
    """One problem on its way to its solution."""

    def __init__(self, given: Demands) -> None:
        self.given = given
        self.search = ShortestWays(given.nodes, given.tail, given.head, given.origin, given.target)
        self.ways = _Ways()
        self.limited = np.isfinite(given.capacity)
        free = self.search.find(given.cost, np.arange(len(given.amount)))
        self.shortest = self._with_left(free.distance)
        if not np.isfinite(self.shortest).all():
            raise NoRoomError(float(given.amount[~np.isfinite(self.shortest)].sum()), ())
        goes = free.distance <= self._with_left(free.distance)
        lengths = np.where(goes, free.lengths, 0)
        arcs = free.arcs[np.repeat(goes, free.lengths)]
        self._add(np.arange(len(given.amount)), arcs, lengths)
        self.keys = len(given.amount)
        self.base = self._load(np.asarray(given.amount, dtype=np.float64))
        self.dearth = max(float(np.max(self.shortest)), 1.0)
        self.programme = SmallProgramme(self.dearth)
        self.row_of = np.full(len(given.capacity), -1, dtype=np.int64)
        self.held_back: dict[int, int] = {}

    def _with_left(self, distance: Numbers) -> Numbers:
        left = self.given.left_cost
        return distance if left is None else np.minimum(distance, left)

    def _add(self, commodity: Indices, arcs: Indices, lengths: Indices) -> None:
        cost = _sums(self.given.cost[arcs], lengths)
        if self.given.left_cost is not None:
            cost = np.where(lengths == 0, np.where(self._at_home(commodity), 0.0, self.given.left_cost), cost)
        self.ways.add(commodity, cost, arcs, lengths, self.given.group[arcs])

    def _at_home(self, commodity: Indices) -> NDArray[np.bool_]:
        return np.asarray(self.given.origin[commodity] == self.given.target[commodity])

    def _load(self, amounts: Numbers) -> Numbers:
        """What ways with these amounts put on each capacity."""
        weights = np.repeat(amounts, self.ways.lengths[0])
        load = np.bincount(self.ways.groups[0], weights=weights, minlength=len(self.given.capacity))
        return load.astype(np.float64)

    def _amounts(self) -> Numbers:
        """How much takes each way: what is moved, and what stays on the first way of its commodity."""
        moved = self.programme.moved()
        stay = self.given.amount - np.bincount(
            self.ways.commodity[0][self.keys :], weights=moved, minlength=self.keys
        ).astype(np.float64)
        return np.concatenate([stay, moved])

    def solved(self) -> Carried:
        bound = -np.inf
        for rounds in range(1, _MOST_ROUNDS + 1):
            self._respect()
            amounts = self._amounts()
            price = self._price()
            cost, over = float(amounts @ self.ways.cost[0]), self.programme.exceeded()
            bound = max(bound, self._onward(self.given.cost + price[self.given.group], price))
            if self.added == 0 or (cost - bound <= GAP * max(abs(cost), 1.0) and over <= self._slack()):
                if over > self._slack():
                    self._dearer(over, price)
                    continue
                return self._told(amounts, price, (cost, bound), rounds)
        raise NotEstimableError(f"not solved in {_MOST_ROUNDS} rounds", found=f"gap {cost - bound:g}")

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

    def _respect(self) -> None:
        """Solve, and add rows for what is exceeded, until nothing is."""
        while True:
            self.programme.solve()
            amounts = self._amounts()
            load = self._load(amounts)
            room = np.where(self.limited, self.given.capacity, np.inf)
            fresh = np.flatnonzero((load > room * (1 + _EXCEEDED) + _EXCEEDED) & (self.row_of < 0))
            over = np.flatnonzero(amounts[: self.keys] < -_EXCEEDED * np.maximum(1.0, self.given.amount))
            again = [k for k in over.tolist() if k not in self.held_back]
            if len(fresh) == 0 and not again:
                return
            self._limit(fresh)
            self._hold_back(again)

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
            columns = np.flatnonzero(self.ways.commodity[0][self.keys :] == k)
            self.programme.add_amount(float(self.given.amount[k]), columns)

    def _entries(self, groups: Indices) -> tuple[Indices, Indices, Numbers]:
        """Row, column and value of what each way after the first puts on these capacities, less its first way."""
        place = np.full(len(self.given.capacity), -1, dtype=np.int64)
        place[groups] = np.arange(len(groups))
        return self._swaps(place, self.keys)

    def _swaps(self, place: Indices, start: int) -> tuple[Indices, Indices, Numbers]:
        commodity, lengths = self.ways.commodity[0], self.ways.lengths[0]
        ends = np.cumsum(lengths)
        way = np.repeat(np.arange(len(lengths)), lengths)
        rows = place[self.ways.groups[0]]
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

    def _onward(self, weight: Numbers, price: Numbers) -> float:
        """Add every way that is shorter under the prices; a bound below the cost of all flows."""
        mine = self.ways.cost[0] + _sums(price[self.ways.groups[0]], self.ways.lengths[0])
        best = np.full(self.keys, np.inf)
        np.minimum.at(best, self.ways.commodity[0], mine)
        slack = 1e-10 * np.maximum(1.0, self.shortest)
        # Prices are never negative, so a way that costs no more than the shortest without them needs no search.
        asked = np.flatnonzero(best > self.shortest + slack)
        least = best.copy()
        self.added = 0
        if len(asked):
            found = self.search.find(weight, asked, float(np.max(best[asked])))
            reach = self._with_left(found.distance)
            least[asked] = np.minimum(best[asked], reach)
            better = reach < best[asked] - slack[asked]
            self._take(asked[better], found.only(better & (found.distance <= reach), better))
        room = np.where(self.limited, self.given.capacity, 0.0)
        return float(self.given.amount @ least - price @ room)

    def _take(self, commodity: Indices, found: tuple[Indices, Indices]) -> None:
        self.added = len(commodity)
        if self.added == 0:
            return
        start = len(self.ways.lengths[0])
        self._add(commodity, *found)
        step = self.ways.cost[0][start:] - self.ways.cost[0][commodity]
        row, column, value = self._swaps(self.row_of, start)
        held = [(self.held_back[k], i) for i, k in enumerate(commodity.tolist()) if k in self.held_back]
        if held:
            rows, columns = np.array(held).T
            row, column = np.concatenate([row, rows]), np.concatenate([column, columns])
            value = np.concatenate([value, np.ones(len(held))])
        self.programme.add_ways(step, self.given.amount[commodity], (row, column, value))

    def _told(self, amounts: Numbers, price: Numbers, proof: tuple[float, float], rounds: int) -> Carried:
        amounts = np.concatenate([amounts, np.zeros(len(self.ways.lengths[0]) - len(amounts))])
        ends = np.cumsum(self.ways.lengths[0])
        used = np.flatnonzero(amounts > _EXCEEDED * np.maximum(1.0, self.given.amount[self.ways.commodity[0]]))
        ways = tuple(
            Way(
                int(self.ways.commodity[0][w]),
                tuple(int(a) for a in self.ways.arcs[0][ends[w] - self.ways.lengths[0][w] : ends[w]][::-1]),
                float(amounts[w]),
            )
            for w in used
        )
        return Carried(*proof, ways, price, self._load(amounts), rounds)


def _sums(values: Numbers, lengths: Indices) -> Numbers:
    """The sum of each stretch of values; 0 of an empty one."""
    ends: Any = np.concatenate([[0.0], np.cumsum(values)])
    at = np.concatenate([[0], np.cumsum(lengths)])
    return np.asarray(ends[at[1:]] - ends[at[:-1]], dtype=np.float64)
