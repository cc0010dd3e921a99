"""Sanctions potential, and who would add most by joining."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from entrepot.core.errors import BadInputError, NotEstimableError
from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.asked.scenario import CLOSED, embargo, joined
from entrepot.scenarios.figures.burdens import loses
from entrepot.scenarios.figures.difference import difference
from entrepot.scenarios.figures.figure import ANSWERS, MONEY, PERCENT, Figure, Key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.scenarios.asked.scenario import Scenario
    from entrepot.scenarios.equilibrium.world import World
    from entrepot.scenarios.figures.difference import Difference

OF_FULL = marked("share of the loss under a full embargo by the coalition")
OF_GLOBAL = marked("share of the loss under a global embargo")
# What the share under a global embargo is of, where the measure itself is asked with other deficits.
LOSS_CLOSED = marked("loss of the target with deficits closed, as under a global embargo")
ADDS, JOINER_PAYS = marked("added to the loss by joining"), marked("cost of joining to who joins, value")


@dataclass(frozen=True, slots=True)
class Compared:
    """Figures that rest on further equilibria, and what could not be found.

    Attributes:
        figures: those found.
        missing: sentences on those that were not.
    """

    figures: tuple[Figure, ...]
    missing: tuple[str, ...]


def potential(found: Difference, world: World, scenario: Scenario, embargoes: Sequence[str]) -> Compared:
    """What share of the loss under a full embargo, by the coalition and by all others, the measure attains.

    Under a global embargo nobody lends to the target: deficits are closed there, and in the measure that is held
    against it; that loss is told too, so that the share can be reckoned again.

    Args:
        found: what the scenario makes of the world.
        world: the baseline.
        scenario: what is asked.
        embargoes: with which it is compared, of OF_FULL and OF_GLOBAL.
    """
    figures, missing = [], []
    for name in embargoes:
        try:
            figures += _share_of(name, found, world, scenario)
        except BadInputError as exc:
            missing.append(tr("The {name} is not known: {exc}", name=name, exc=exc))
    return Compared(tuple(figures), tuple(missing))


def _share_of(name: str, found: Difference, world: World, scenario: Scenario) -> list[Figure]:
    by: tuple[str, ...] = ()
    target = scenario.target
    figures = []
    if name == OF_GLOBAL:
        by = tuple(e for e in world.economies if e not in {*target, *scenario.home})
        if scenario.deficits != CLOSED:
            scenario = replace(scenario, deficits=CLOSED)
            found = difference(world, scenario)
            figures = [Figure(Key(ANSWERS, LOSS_CLOSED), -100 * found.gain(target) / found.income(target))]
    other = difference(world, embargo(scenario, by))
    if not loses(other, scenario):
        raise NotEstimableError(tr("under that embargo the target loses nothing"), found=other.gain(target))
    loss = -100 * other.gain(target) / other.income(target)
    share = 100 * found.gain(target) / other.gain(target)
    return [*figures, Figure(Key(ANSWERS, name.removeprefix("share of the ")), loss), Figure(Key(ANSWERS, name), share)]


def joiners(found: Difference, world: World, scenario: Scenario, candidates: Sequence[str]) -> Compared:
    """How much more the target would lose if an economy joined in each act, and what that costs who joins.

    Each candidate is answered by an equilibrium of its own.

    Args:
        found: what the scenario makes of the world.
        world: the baseline.
        scenario: what is asked.
        candidates: economies that stand aside.

    Returns:
        Figures of all candidates, who adds most first; none where the two sides cannot be told apart.
    """
    if scenario.on_both_sides:
        return Compared((), ())
    told, missing = [], []
    for one in candidates:
        try:
            then = difference(world, joined(scenario, one))
        except BadInputError as exc:
            missing.append(tr("What {one} would add by joining is not known: {exc}", one=one, exc=exc))
            continue
        more = found.gain(scenario.target) - then.gain(scenario.target)
        paid = found.gain((one,)) - then.gain((one,))
        told.append((more, paid, one))
    figures = []
    for more, paid, one in sorted(told, reverse=True):
        figures.append(Figure(Key(ANSWERS, ADDS, one), 100 * more / found.income(scenario.target), PERCENT))
        figures.append(Figure(Key(ANSWERS, f"{ADDS}, value", one), more, MONEY))
        figures.append(Figure(Key(ANSWERS, JOINER_PAYS, one), paid, MONEY))
    return Compared(tuple(figures), tuple(missing))


def aside(world: World, scenario: Scenario, nobody: Sequence[str]) -> tuple[str, ...]:
    """Economies that could join.

    Args:
        world: the baseline.
        scenario: what is asked.
        nobody: codes of the world that are no one who could act, such as the rest of a table.
    """
    return tuple(e for e in world.economies if e not in {*scenario.aside, *nobody})
