"""Old and new routes: to whom the target sells, of whom the coalition buys, and what is offset through whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked
from entrepot.scenarios.asked.scenario import EXPORT_BAN, pairs
from entrepot.scenarios.figures.figure import ANSWERS, MONEY, ROUTES, Figure, Key, changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Act, Scenario
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.figures.difference import Difference

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

SOLD, BOUGHT = marked("sold by the target"), marked("bought by the coalition")
OFFSET, THROUGH = marked("lost sales offset elsewhere"), marked("lost sales offset through")
# Under a ban of exports the target cannot buy, and what matters is of whom it then buys.
TAKEN, GIVEN = marked("bought by the target"), marked("sold by the coalition")
REPLACED, REPLACED_THROUGH = marked("lost purchases replaced elsewhere"), marked("lost purchases replaced through")


def reroutes(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """Flows of the goods of the acts before and after, and how much of what is lost is sold elsewhere.

    All goes by acts: a flow is lost where an act touches just that seller, buyer and sector, and elsewhere is whoever
    else buys those goods of that seller, were it in a coalition against somebody else. Acts on what is bought of the
    target and bans of exports to it are told apart.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.
    """
    for exports in (False, True):
        if not (acts := acts_of(scenario, exports=exports)):
            continue
        names = (TAKEN, GIVEN) if exports else (SOLD, BOUGHT)
        # (J, others, acted on): under a ban of exports the target buys
        ends = (0, 2, 1) if exports else (0, 1, 2)
        was, now = (cells.transpose(ends) for cells in (found.before.imports, found.outcome.world.imports))
        hit, apart = (m.transpose(ends) for m in (touched(found.before, acts), _of_one_side(found.before, acts)))
        yield from _routes(found, names, (was, now), hit)
        yield from _offset(found, names[0], now - was, (hit, apart))


def acts_of(scenario: Scenario, *, exports: bool) -> tuple[Act, ...]:
    """The acts on the target: bans of exports to it, or those on what is bought of it.

    Args:
        scenario: what is asked.
        exports: which of the two.
    """
    return tuple(act for act in scenario.aimed if (act.instrument == EXPORT_BAN) == exports)


def touched(world: World, acts: Iterable[Act]) -> Mask:
    """(J, N, N) the flows that acts are on: sector, buyer, seller.

    Args:
        world: before.
        acts: of a scenario.
    """
    hit = np.zeros(world.tariffs.shape, dtype=bool)
    place = {code: n for n, code in enumerate(world.economies)}
    for act in acts:
        chosen = [j for j, sector in enumerate(world.sectors) if not act.sectors or sector in act.sectors]
        for seller, buyer in pairs(act):
            hit[chosen, place[buyer], place[seller]] = True
    return hit


def _of_one_side(world: World, acts: Iterable[Act]) -> Mask:
    """(J, N, N) trade at home, and between those that one act is on: it is not elsewhere."""
    apart = np.zeros(world.tariffs.shape, dtype=bool)
    apart[:, range(len(world.economies)), range(len(world.economies))] = True
    for act in acts:
        chosen = [j for j, sector in enumerate(world.sectors) if not act.sectors or sector in act.sectors]
        on = [world.economies.index(one) for one in act.on]
        apart[np.ix_(chosen, on, on)] = True
    return apart


def _routes(found: Difference, names: tuple[str, str], flows: tuple[Array, Array], hit: Mask) -> Iterator[Figure]:
    """By partner what the target trades of the goods that it is hit in, and the coalition of those that it hits.

    What a partner trades at home is in its row only where no act is on its own trade: else the row would tell of both.
    """
    home = np.eye(hit.shape[1], dtype=bool)
    of_target = hit.any(axis=1, keepdims=True) & ~(home & hit.any(axis=(0, 2))[:, None])
    of_coalition = hit.any(axis=2, keepdims=True) & ~(home & hit.any(axis=(0, 1))[None, :])
    target = [(cells * of_target).sum(axis=(0, 2)) for cells in flows]
    coalition = [(cells * of_coalition).sum(axis=(0, 1)) for cells in flows]
    for n, one in enumerate(found.before.economies):
        for name, (was, now) in zip(names, (target, coalition), strict=True):
            yield changed(Key(ROUTES, name, "", "", one), float(was[n]), float(now[n]))


def _offset(found: Difference, of: str, more: Array, masks: tuple[Mask, Mask]) -> Iterator[Figure]:
    """What is lost with the coalition, and the share of it that others trade more."""
    hit, apart = masks
    lost = -float(more[hit].sum())
    name, elsewhere, through = {
        SOLD: ("lost sales to the coalition", OFFSET, THROUGH),
        TAKEN: ("lost purchases from the coalition", REPLACED, REPLACED_THROUGH),
    }[of]
    yield Figure(Key(ANSWERS, f"{name}, value"), lost, MONEY)
    if lost <= 0:
        return
    free = hit.any(axis=1, keepdims=True) & ~hit & ~apart
    by_other = (more * free).sum(axis=(0, 2))
    others = [int(n) for n in np.flatnonzero(free.any(axis=(0, 2)))]
    yield Figure(Key(ANSWERS, elsewhere), 100 * float(np.maximum(by_other[others], 0).sum()) / lost)
    for n in others:
        yield Figure(Key(ANSWERS, through, "", "", found.before.economies[n]), 100 * float(by_other[n]) / lost)
