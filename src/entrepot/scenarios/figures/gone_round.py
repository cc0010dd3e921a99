"""What goes round a measure, through whom, and what is full: leakage as an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.words.translate import marked
from entrepot.scenarios.asked.meant_change import held_back
from entrepot.scenarios.figures.figure import ANSWERS, MONEY, ROUTES, Figure, Key, changed
from entrepot.scenarios.figures.reroutes import touched
from entrepot.scenarios.hubs.meant_ways import DIRECT, OVER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.figures.difference import Difference
    from entrepot.scenarios.hubs.capped import Passing, Routed

    Array = NDArray[np.float64]

ROUND, ROUND_THROUGH = marked("held-back sales that go round"), marked("held-back sales that go round through")
MORE_ROUND = f"{ROUND}, more than before, value"
OF_REACHED = marked("held-back sales with a way round that go round")  # where some that are held back have none
# The price of a place is the shadow price of the capacity, as a share of the value of what passes.
USE, USE_BEFORE, WAIT, WAITED = (
    marked("use of a capacity"),
    marked("use of a capacity before the measure"),
    marked("price of a place at a full capacity"),
    marked("lost in waiting at a capacity, value"),
)
_ALIKE = 1e-9  # relative: sums of the same cells in another order
DIRECTLY, BY_WAY = marked("goes directly"), marked("goes round")


def gone_round(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """Shares that go round, by hub; use of each capacity and what a place there costs; what takes each way.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.
    """
    if found.routed is None:
        return
    held = held_back(found.before, scenario)
    pairs = {(w.origin, w.destination) for w in scenario.ways}
    passing = [p for p in found.routed.passing if (p.seller, p.buyer) in pairs]
    yield from _shares(found, scenario, passing, held)
    yield from _capacities(found.routed)
    yield from _ways(found, passing, scenario)


def _shares(found: Difference, scenario: Scenario, passing: Sequence[Passing], held: Array) -> Iterator[Figure]:
    """What goes round, as a share of all that is held back, and of what of it has a way where that is less."""
    by_id = {way.id: way for way in scenario.ways}
    whole = float((held * found.before.imports).sum())
    hubs: dict[str, float] = {}
    today = reached = 0.0
    for one in passing:
        stopped = held[:, *_flow(found, one)]
        reached += float((stopped * one.before)[_with_a_way(found, one, scenario)].sum())
        if one.name != DIRECT:
            hub = by_id[one.name].hub
            hubs[hub] = hubs.get(hub, 0.0) + float(one.value[stopped > 0].sum())
            today += float(one.before[stopped > 0].sum())
    if not whole > 0:
        return
    gone = sum(hubs.values())
    yield Figure(Key(ANSWERS, ROUND), 100 * gone / whole)
    if reached < whole * (1 - _ALIKE):
        yield Figure(Key(ANSWERS, OF_REACHED), 100 * gone / reached if reached > 0 else 0.0)
    yield Figure(Key(ANSWERS, f"{ROUND}, value"), gone, MONEY)
    yield Figure(Key(ANSWERS, MORE_ROUND), gone - today, MONEY)
    for hub, value in hubs.items():
        yield Figure(Key(ANSWERS, ROUND_THROUGH, "", "", hub), 100 * value / whole)


def _flow(found: Difference, one: Passing) -> tuple[int, int]:
    """The numbers of the buyer and the seller of a way."""
    return found.before.economies.index(one.buyer), found.before.economies.index(one.seller)


def _with_a_way(found: Difference, one: Passing, scenario: Scenario) -> NDArray[np.bool_]:
    """(J,) the sectors of a flow that may go round."""
    named = [w.sectors for w in scenario.ways if (w.origin, w.destination) == (one.seller, one.buyer)]
    return np.array([not all(named) or any(s in sectors for sectors in named) for s in found.before.sectors])


def _capacities(routed: Routed) -> Iterator[Figure]:
    for c, name in enumerate(routed.caps):
        yield Figure(Key(ANSWERS, USE, "", "", name), 100 * float(routed.loads[c] / routed.most[c]))
        yield Figure(Key(ANSWERS, USE_BEFORE, "", "", name), 100 * float(routed.today[c] / routed.most[c]))
        yield Figure(Key(ANSWERS, WAIT, "", "", name), 100 * float(routed.waits[c]))
        yield Figure(Key(ANSWERS, WAITED, "", "", name), float(routed.lost[c]), MONEY)
        over = [p for p in routed.passing if p.name == f"{OVER}{name}"]
        was, now = (
            float(sum(cells.sum() for cells in of)) for of in ([p.before for p in over], [p.value for p in over])
        )
        if over:
            yield changed(Key(ROUTES, "passes of today's trade", "", "", name), was, now)


def _ways(found: Difference, passing: Sequence[Passing], scenario: Scenario) -> Iterator[Figure]:
    """Of each destination what comes directly, and through each hub, in the sectors of the acts on that flow."""
    hit = touched(found.before, scenario.acts)
    by_id = {way.id: way for way in scenario.ways}
    rows: dict[Key, list[float]] = {}
    for one in passing:
        is_direct, sectors = one.name == DIRECT, hit[:, *_flow(found, one)]
        key = Key(ROUTES, DIRECTLY if is_direct else BY_WAY, "" if is_direct else by_id[one.name].hub, "", one.buyer)
        levels = rows.setdefault(key, [0.0, 0.0])
        levels[0] += float(one.before[sectors].sum())
        levels[1] += float(one.value[sectors].sum())
    for key, (was, now) in rows.items():
        yield changed(key, was, now)
