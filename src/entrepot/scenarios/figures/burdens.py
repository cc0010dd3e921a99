"""What the target loses, what the coalition pays, and the transfers by which its members would lose alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import NotEstimableError
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.asked.scenario import TARIFF
from entrepot.scenarios.figures.figure import ANSWERS, MONEY, RATIO, Figure, Key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.figures.difference import Difference

    Array = NDArray[np.float64]

BOTH, ONLY_TARGET, ONLY_SENDER = (
    marked("loss of who both acts and is acted on"), marked("loss of who is only acted on"),
    marked("loss of who only acts"),
)  # fmt: skip
MEMBER = marked("cost of a member")
REVENUE = marked("tariff revenue, value")
_ALIKE = 1e-7  # members' losses as shares of income: a thousandth of the smallest figure that is printed
_ROUNDS = 25  # each round leaves a tenth to a third of what is unequal
_LEAST = 1e-9  # of the target's income: a smaller loss is rounding, and no share of it means anything


def burdens(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """The loss of the target, the cost of the coalition and of each member, and of all.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.
    """
    for name, who in (("loss of the target", scenario.target), ("cost of the coalition", scenario.coalition)):
        yield from _loss(name, found, who)
    if len(scenario.coalition) > 1:
        for one in scenario.coalition:
            yield Figure(Key(ANSWERS, MEMBER, one), -100 * found.gain((one,)) / found.income((one,)))
    yield from _sides(found, scenario)
    yield Figure(Key(ANSWERS, "loss of the world, value"), -float(found.gains.sum()), MONEY)
    yield from _revenue(found, scenario)
    if loses(found, scenario) and not scenario.on_both_sides:  # else the same loss would stand over itself
        ratio = found.gain(scenario.coalition) / found.gain(scenario.target)
        yield Figure(Key(ANSWERS, "cost of the coalition for each dollar of the target's loss"), ratio, RATIO)


def _loss(name: str, found: Difference, who: tuple[str, ...]) -> Iterator[Figure]:
    """What some lose together, as a share of their income and as money."""
    yield Figure(Key(ANSWERS, name), -100 * found.gain(who) / found.income(who))
    yield Figure(Key(ANSWERS, f"{name}, value"), -found.gain(who), MONEY)


def _revenue(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """What tariffs yield each who sets one, beyond what they yielded before: on imports at the prices of after."""
    who = dict.fromkeys(one for act in scenario.acts if act.instrument == TARIFF for one in act.by)
    before, after = found.before.revenue, found.outcome.world.revenue
    for one, n in zip(who, found.places(who), strict=True):
        was, now = float(before[n]), float(after[n])
        yield Figure(Key(ANSWERS, REVENUE, one), now - was, MONEY, was, now)


def _sides(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """Where some both act and are acted on: their loss, that of who is only acted on, and of who only acts."""
    if not scenario.on_both_sides:
        return
    for name, who in sides(scenario).items():
        yield from _loss(name, found, who)


def sides(scenario: Scenario) -> dict[str, tuple[str, ...]]:
    """Who stands on both sides of a scenario, who is only acted on, who only acts; a side of nobody is left out.

    Args:
        scenario: what is asked.
    """
    both = scenario.on_both_sides
    of = {
        BOTH: both,
        ONLY_TARGET: tuple(one for one in scenario.target if one not in both),
        ONLY_SENDER: tuple(one for one in scenario.coalition if one not in both),
    }
    return {name: who for name, who in of.items() if who}


def loses(found: Difference, scenario: Scenario) -> bool:
    """Whether the target loses at all."""
    return -found.gain(scenario.target) > _LEAST * found.income(scenario.target)


def transfers(found: Difference, scenario: Scenario) -> Iterator[Figure]:
    """What each member would have to receive, or to pay (below 0), for all to lose the same share of their income.

    The transfers are added to the deficits and the world is solved anew until the shares are alike, so that what they
    do to prices is in them. Nothing where deficits grow with earnings, which leaves no room for transfers, and where
    some are acted on by others who act.

    Args:
        found: what the scenario makes of the world.
        scenario: what is asked.

    Raises:
        NotEstimableError: none were found.
    """
    if found.change.deficits is None or len(scenario.coalition) < 2:  # noqa: PLR2004 - one alone shares with nobody
        return
    if scenario.on_both_sides:  # they bear no burden together
        return
    places, world = found.places(scenario.coalition), found.before
    income, total = world.income[places], float(world.value_added.sum())
    given, welfare = np.zeros(len(places)), found.outcome.welfare[places]
    for _ in range(_ROUNDS):
        alike = float(income @ (welfare - 1) / income.sum())
        missed = alike - (welfare - 1)
        if np.abs(missed).max() <= _ALIKE:
            break
        given = given + missed * income
        deficits = found.change.deficits.copy()
        deficits[places] += given / total
        welfare = found.with_deficits(deficits).welfare[places]
    else:
        raise NotEstimableError(tr("no transfers found that share the burden"), found=float(np.abs(missed).max()))
    yield Figure(Key(ANSWERS, "cost of each member after transfers"), -100 * alike)
    for one, value in zip(scenario.coalition, given, strict=True):
        yield Figure(Key(ANSWERS, "transfer that shares the burden", one), float(value), MONEY)
