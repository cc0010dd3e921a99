"""Prices in the middle of all that are optimal for the ways at hand, by an interior point.

Prices at a corner, as the simplex gives them, leap from round to round, and each leap brings ways of no use. Those in
the middle move little (Gondzio, González-Brevis and Munari 2013). The Newton system has one row for each capacity: what
keeps a commodity whole is a diagonal and goes out of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.corridors.flows_on.least_cost.one_thread import lower_factor, product

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from entrepot.corridors.flows_on.least_cost.ways_held import WaysHeld

    Numbers = NDArray[np.float64]
    Indices = NDArray[np.int64]

_SHORT_OF = 0.97  # of the way to the border; it must not be reached
_WIDE = 0.3  # of the products that would be exact enough: below, the point would leave the middle
_UNEVEN = 1e-3  # of all amounts, in what is not kept yet, while prices are still rough


@dataclass(frozen=True, slots=True, eq=False)
class Point:
    """An inner point.

    Attributes:
        amount: on each way, above 0.
        dearer: by how much each way is dearer than the worth of its commodity, above 0.
        worth: of one unit of each commodity.
        spare: of each capacity, above 0.
        beyond: what goes beyond each capacity, above 0.
        price: of each capacity, between 0 and what going beyond costs.
    """

    amount: Numbers
    dearer: Numbers
    worth: Numbers
    spare: Numbers
    beyond: Numbers
    price: Numbers

    def products(self, dearth: float) -> float:
        """What separates the point from the optimum, in cost."""
        return float(
            product(self.amount, self.dearer)
            + product(self.spare, self.price)
            + product(self.beyond, dearth - self.price)
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Step:
    """A direction; that of `dearth - price` is the price's turned round."""

    amount: Numbers
    dearer: Numbers
    worth: Numbers
    spare: Numbers
    beyond: Numbers
    price: Numbers


class Restricted:
    """The programme over the ways at hand.

    Args:
        ways: they.
        place: for each capacity its row; -1 where it has none.
        room: of each row.
        amount: of each commodity.
        dearth: what one unit beyond a capacity costs.
    """

    def __init__(self, ways: WaysHeld, place: Indices, room: Numbers, amount: Numbers, dearth: float) -> None:
        from scipy.sparse import csr_array

        self.commodity, self.costs, self.room, self.whole = ways.commodity, ways.cost, room, amount
        self.dearth = dearth
        row = place[ways.groups]
        on = row >= 0
        way = np.repeat(np.arange(len(ways)), ways.lengths)[on]
        shape = (len(ways), len(room))
        self.passes: Any = csr_array((np.ones(len(way)), (way, row[on])), shape=shape)
        self.loads: Any = csr_array(self.passes.T)
        # A commodity with one way alone adds nothing to the Newton system: its two terms cancel.
        several = np.bincount(ways.commodity, minlength=len(amount))[ways.commodity] > 1
        self.several = np.flatnonzero(several)
        self.passes_several: Any = self.passes[self.several]
        self.loads_several: Any = csr_array(self.passes_several.T)
        ones, at = np.ones(len(self.several)), np.arange(len(self.several))
        self.belongs: Any = csr_array((ones, (ways.commodity[several], at)), shape=(len(amount), len(at)))

    def improved(self, point: Point, steps: int, close: float) -> Point:
        """A better point.

        Args:
            point: from which.
            steps: of Newton, at most.
            close: how close to the optimum it need come, as a share of the cost.
        """
        for _ in range(steps):
            if self._is_close(point, close):
                break
            point = self._stepped(point, close)
        return point

    def cost(self, point: Point) -> float:
        """Of what is carried, and of what goes beyond."""
        return product(self.costs, point.amount) + float(self.dearth * point.beyond.sum())

    def per_commodity(self, of_ways: Numbers) -> Numbers:
        """The sum over the ways of each commodity.

        Args:
            of_ways: for each way.
        """
        return np.bincount(self.commodity, of_ways, len(self.whole)).astype(np.float64)

    def missed(self, point: Point) -> tuple[Numbers, Numbers, Numbers]:
        """By how much ways, commodities and capacities miss their equations."""
        ways = self.costs + self.passes @ point.price - point.worth[self.commodity] - point.dearer
        commodities = self.whole - self.per_commodity(point.amount)
        return ways, commodities, self.room - self.loads @ point.amount - point.spare + point.beyond

    def _is_close(self, point: Point, close: float) -> bool:
        _, commodities, rooms = self.missed(point)
        cost = self.cost(point)
        dual = product(point.worth, self.whole) - product(point.price, self.room)
        uneven = (np.abs(commodities).sum() + np.abs(rooms).sum()) / self.whole.sum()
        apart = max(point.products(self.dearth), abs(cost - dual))
        return bool(apart < close * max(cost, 1.0) and uneven < min(_UNEVEN, close))

    def _stepped(self, point: Point, close: float) -> Point:
        """Mehrotra's step: ahead to see how far one comes, then back towards the middle."""
        newton = _Newton(self, point)
        count = len(point.amount) + 2 * len(point.price)
        ahead = newton.towards(np.zeros(1), np.zeros(1), np.zeros(1))
        middle = point.products(self.dearth) / count
        reached = _moved(point, ahead, _longest(point, ahead, self.dearth)).products(self.dearth) / count
        aim = middle * (reached / middle) ** 3
        aim = max(aim, _WIDE * close * self.cost(point) / count)
        step = newton.towards(
            aim - ahead.amount * ahead.dearer, aim - ahead.spare * ahead.price, aim + ahead.beyond * ahead.price
        )
        primal, dual = _longest(point, step, self.dearth)
        return _moved(point, step, (min(1.0, _SHORT_OF * primal), min(1.0, _SHORT_OF * dual)))


class _Newton:
    """The equations at one point, factored once for both steps."""

    def __init__(self, of: Restricted, point: Point) -> None:
        from scipy.sparse import csr_array

        self._of, self._at = of, point
        self._left = of.dearth - point.price
        self._missed = of.missed(point)
        self._weight = point.amount / point.dearer
        self._whole = of.per_commodity(self._weight)
        passes = of.passes_several
        heavy = np.repeat(self._weight[of.several], np.diff(passes.indptr))
        weighted = csr_array((passes.data * heavy, passes.indices, passes.indptr), shape=passes.shape)
        self._shared = of.belongs @ weighted
        each = np.repeat(1 / np.sqrt(self._whole), np.diff(self._shared.indptr))
        part = csr_array(
            (self._shared.data * each, self._shared.indices, self._shared.indptr), shape=self._shared.shape
        )
        matrix = (of.loads_several @ weighted).toarray() - (part.T @ part).toarray()
        places = np.arange(len(point.price))
        matrix[places, places] += point.spare / point.price + point.beyond / self._left
        self._factor = lower_factor(matrix)

    def towards(self, ways: Numbers, spare: Numbers, beyond: Numbers) -> _Step:
        """The step towards these products of each pair."""
        from scipy.linalg import cho_solve

        of, at = self._of, self._at
        missed, whole, room = self._missed
        free = ways / at.dearer - at.amount - self._weight * missed
        spared, over = spare / at.price - at.spare, beyond / self._left - at.beyond
        rest = whole - of.per_commodity(free)
        # Of a commodity with one way the worth follows from the amount: its rows are not among the shared.
        right = of.loads @ free + self._spread(rest) + spared - over - room
        price = cho_solve((self._factor, True), right, check_finite=False)
        worth = (rest + self._gathered(price)) / self._whole
        dearer = of.passes @ price - worth[of.commodity] + missed
        amount = ways / at.dearer - at.amount - self._weight * dearer
        slope = at.spare / at.price, at.beyond / self._left
        return _Step(amount, dearer, worth, spared - slope[0] * price, over + slope[1] * price, price)

    def _spread(self, rest: Numbers) -> Any:
        """What the commodities' missing amounts put on the capacities, over their ways by weight."""
        of = self._of
        return of.loads @ (self._weight * (rest / self._whole)[of.commodity])

    def _gathered(self, price: Numbers) -> Numbers:
        of = self._of
        return of.per_commodity(self._weight * (of.passes @ price))


def _longest(point: Point, step: _Step, dearth: float) -> tuple[float, float]:
    """How far amounts, and prices, may go before one of them comes to nothing; 1 is the whole step or more."""
    primal = min(_until(point.amount, step.amount), _until(point.spare, step.spare), _until(point.beyond, step.beyond))
    dual = min(
        _until(point.dearer, step.dearer), _until(point.price, step.price), _until(dearth - point.price, -step.price)
    )
    return min(primal, 1.0 / _SHORT_OF), min(dual, 1.0 / _SHORT_OF)


def _until(value: Numbers, change: Numbers) -> float:
    falls = change < 0
    return float(np.min(-value[falls] / change[falls])) if falls.any() else np.inf


def _moved(point: Point, step: _Step, lengths: tuple[float, float]) -> Point:
    primal, dual = (min(1.0, length) for length in lengths)
    return replace(
        point,
        amount=point.amount + primal * step.amount,
        spare=point.spare + primal * step.spare,
        beyond=point.beyond + primal * step.beyond,
        dearer=point.dearer + dual * step.dearer,
        worth=point.worth + dual * step.worth,
        price=point.price + dual * step.price,
    )
