"""Ways that nearly all of a good flow takes: those that are least under central prices, found in some twenty rounds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.corridors.flows_on.least_cost.central_prices import Point, Restricted
from entrepot.corridors.flows_on.least_cost.one_thread import product

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.flows_on.least_cost.least_ways import LeastWays
    from entrepot.corridors.flows_on.least_cost.shared_demands import Demands
    from entrepot.corridors.flows_on.least_cost.ways_held import WaysHeld

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

# None of these steers the result: what comes after proves it.
_ROUNDS = 80
_IDLE = 8  # rounds that bring nothing
_STEPS = 5  # of Newton between two searches, which cost as much as two
_FIRST_STEPS = 12  # the first point is far from the middle
_NEARER = 0.1  # of the gap: how near the optimum over the ways at hand is asked for
_CLOSE = 1e-5  # relative: then the ways are told from one another
_DEARTH = 0.1  # of the longest way: prices begin low, and none leaps
_DEARER, _DEAREST = 4.0, 1e5  # times as dear each time, and times the longest way at most, where a price presses
_EXCESS = 0.3  # of the gap, in what goes beyond capacities: more does not vanish by itself
_USED = 1e-4  # of its commodity: a way with less and
_FAR = 0.1  # dearer by more than this share of the gap, in mean costs, is dropped


class GoodWays:
    """Rounds of central prices and least ways.

    Args:
        given: the problem.
        search: of it.
    """

    def __init__(self, given: Demands, search: LeastWays) -> None:
        self._given, self._search = given, search
        self._whole = np.asarray(given.amount, dtype=np.float64)
        self._ways = search.first
        self._mean = max(product(self._ways.cost, self._whole) / float(self._whole.sum()), 1e-9)
        self._longest = max(float(np.max(search.shortest)), 1e-9)
        self._dearth = _DEARTH * self._longest
        self._rows = np.zeros(0, dtype=np.int64)
        self._place = np.full(len(given.capacity), -1, dtype=np.int64)
        self._product = 0.1 * self._mean * float(self._whole.mean())
        none = np.zeros(0)
        away = np.full(len(self._whole), 0.1 * self._mean)
        self._point = Point(self._whole.copy(), away, self._ways.cost.copy(), none, none, none)
        self._gap = 1.0
        self._bound = -np.inf

    def found(self) -> tuple[WaysHeld, Indices]:
        """One way for each commodity, the one that most of it takes; behind them others; and capacities that bind."""
        idle = 0
        for round_ in range(_ROUNDS):
            self._limit()
            try:
                programme = self._improve(_STEPS if round_ else _FIRST_STEPS)
            except np.linalg.LinAlgError:
                break
            before = self._gap
            if self._search_again(programme, round_):
                break
            idle = idle + 1 if self._gap >= before else 0
            if idle >= _IDLE:
                break
        return self._told()

    def _limit(self) -> None:
        """A row for each capacity that is exceeded."""
        room, point = self._given.capacity, self._point
        load = self._ways.load(point.amount, len(room))
        fresh = np.flatnonzero(np.isfinite(room) & (self._place < 0) & (load >= room * (1 - 1e-9)))
        if len(fresh) == 0:
            return
        self._place[fresh] = len(self._rows) + np.arange(len(fresh))
        self._rows = np.concatenate([self._rows, fresh])
        least = 0.05 * np.maximum(room[fresh], 0.1 * self._whole.mean())
        spare = np.maximum(room[fresh] - load[fresh], least)
        price = np.minimum(self._product / spare, self._dearth / 2)
        beyond = self._product / (self._dearth - price)
        self._point = replace(
            point,
            spare=np.concatenate([point.spare, spare]),
            price=np.concatenate([point.price, price]),
            beyond=np.concatenate([point.beyond, beyond]),
        )

    def _improve(self, steps: int) -> Restricted:
        room = self._given.capacity[self._rows]
        programme = Restricted(self._ways, self._place, room, self._whole, self._dearth)
        self._point = programme.improved(self._point, steps, self._gap * _NEARER)
        count = len(self._ways) + 2 * len(self._rows)
        self._product = self._point.products(self._dearth) / count
        return programme

    def _search_again(self, programme: Restricted, round_: int) -> bool:
        """Price, add what is cheaper and drop what is not used; whether the ways are good enough."""
        price = np.zeros(len(self._given.capacity))
        price[self._rows] = self._point.price
        mine = self._ways.priced(price)
        best = np.full(len(self._whole), np.inf)
        np.minimum.at(best, self._ways.commodity, mine)
        reach, more = self._search.under(price, np.arange(len(best)), best, np.full(len(best), 1e-7 * self._mean))
        room = self._given.capacity[self._rows]
        self._bound = max(self._bound, product(self._whole, reach) - product(self._point.price, room))
        cost = programme.cost(self._point)
        apart = abs(cost - self._bound) / max(abs(cost), 1e-9)
        self._gap = max(min(self._gap, apart), 1e-9)
        if apart < _CLOSE and self._exceeded() < _CLOSE:
            return True
        # Where a price is low, what goes beyond only has not been given up yet.
        short = self._point.beyond[self._point.price > self._dearth / 2].sum()
        if round_ and self._dearth * short > _EXCESS * self._gap * cost:
            if self._dearth > _DEAREST * self._longest:
                return True
            self._dearth *= _DEARER
        self._drop()
        self._take(more, (best - reach)[more.commodity])
        return False

    def _exceeded(self) -> float:
        """By how much capacities are, as a share of all amounts."""
        room = self._given.capacity
        over = np.maximum(0.0, self._ways.load(self._point.amount, len(room)) - room)
        return float(over[np.isfinite(room)].sum() / self._whole.sum())

    def _drop(self) -> None:
        """Forget ways that are hardly used and dear; never the one that most of a commodity takes."""
        point = self._point
        share = point.amount / self._whole[self._ways.commodity]
        kept = (share > _USED) | (point.dearer < _FAR * self._gap * self._mean)
        kept[self._leading()] = True
        self._ways = self._ways.only(kept)
        self._point = replace(point, amount=point.amount[kept], dearer=point.dearer[kept])

    def _leading(self) -> Indices:
        """The way of each commodity that most of it takes."""
        order = np.lexsort((self._point.amount, self._ways.commodity))
        return order[np.searchsorted(self._ways.commodity[order], np.arange(len(self._whole)), side="right") - 1]

    def _take(self, more: WaysHeld, cheaper: Numbers) -> None:
        """Begin new ways with a little of what the leading way has, so that the point stays inside."""
        if len(more) == 0:
            return
        leading = self._leading()[more.commodity]
        amount = self._point.amount.copy()
        count = len(self._ways) + 2 * len(self._rows)
        each = max(self._product, self._gap * abs(product(self._ways.cost, amount)) * _NEARER / count)
        little = np.minimum(each / np.maximum(cheaper, 1e-6 * self._mean), 0.1 * amount[leading])
        amount[leading] -= little
        self._ways = self._ways.and_then(more)
        self._point = replace(
            self._point,
            amount=np.concatenate([amount, little]),
            dearer=np.concatenate([self._point.dearer, each / little]),
        )

    def _told(self) -> tuple[WaysHeld, Indices]:
        amounts = self._point.amount
        if not np.isfinite(amounts).all():
            return self._search.first, np.zeros(0, dtype=np.int64)
        leading = self._leading()
        near = amounts > 1e-5 * self._whole[self._ways.commodity]
        near |= self._point.dearer < 1e-5 * self._mean
        near[leading] = False
        places = np.concatenate([leading, np.flatnonzero(near)])
        room = self._given.capacity[self._rows]
        full = self._point.price * room > self._point.spare * self._mean * 1e-3
        return self._ways.at(places), self._rows[full]
