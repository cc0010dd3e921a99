"""For each economy and each of its sectors exports, imports, output, prices; for economies both measures of welfare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.scenarios.equilibrium.first_order import first_order
from entrepot.scenarios.figures.figure import ECONOMIES, SECTORS, Figure, Key, changed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.figures.difference import Difference

    Array = NDArray[np.float64]


def economy_figures(found: Difference) -> Iterator[Figure]:
    """Figures of whole economies.

    Args:
        found: what the scenario makes of the world.
    """
    out, before, after = found.outcome, found.before, found.outcome.world
    first = first_order(before, out).welfare
    levels = [(name, was.sum(axis=0), now.sum(axis=0)) for name, was, now in _levels(before, after)]
    for n, economy in enumerate(before.economies):
        income = float(before.income[n])
        real = income * float(out.welfare[n])
        yield changed(Key(ECONOMIES, "welfare", economy), income, real)
        yield Figure(Key(ECONOMIES, "welfare, first order", economy), 100 * float(first[n]))
        for name, was, now in levels:
            yield changed(Key(ECONOMIES, name, economy), float(was[n]), float(now[n]))
        yield Figure(Key(ECONOMIES, "cost of living", economy), 100 * float(out.price_index[n] - 1))
        yield Figure(Key(ECONOMIES, "wages", economy), 100 * float(out.wages[n] - 1))


def sector_figures(found: Difference) -> Iterator[Figure]:
    """Figures of each sector of each economy.

    Args:
        found: what the scenario makes of the world.
    """
    levels = list(_levels(found.before, found.outcome.world))
    for n, economy in enumerate(found.before.economies):
        for j, sector in enumerate(found.before.sectors):
            for name, was, now in levels:
                yield changed(Key(SECTORS, name, economy, sector), float(was[j, n]), float(now[j, n]))
            dearer = 100 * float(found.outcome.prices[j, n] - 1)
            yield Figure(Key(SECTORS, "prices", economy, sector), dearer)


def _levels(before: World, after: World) -> Iterator[tuple[str, Array, Array]]:
    """(J, N) values before and after, by what they are of."""
    abroad = 1 - np.eye(len(before.economies))
    was, now = before.imports * abroad, after.imports * abroad
    yield "exports", was.sum(axis=1), now.sum(axis=1)
    yield "imports", was.sum(axis=2), now.sum(axis=2)
    yield "output", before.output, after.output
