"""All that a scenario assumes, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.scenarios.asked.scenario import DEFICITS, LICENCE, TARIFF

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.scenarios.asked.scenario import Act, Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld

_MODEL = (
    "Two equilibria are compared: how long the way between them takes, who is out of work on it, stocks are not in it.",
    "Labour and capital stay in their economy and move freely between its sectors; markets are competitive.",
    "Spending shares, input shares and value added in output stay; only who sells changes, by the trade elasticity.",
)


def assumed(unsure: UnsureWorld, scenario: Scenario) -> tuple[str, ...]:
    """What is assumed.

    Args:
        unsure: the world with what is known of it.
        scenario: what is asked.
    """
    return tuple(_sentences(unsure, scenario))


def _sentences(unsure: UnsureWorld, scenario: Scenario) -> Iterator[str]:
    if scenario.hypothesis:
        yield f"A hypothesis: {scenario.hypothesis}"
    for act in scenario.acts:
        yield _act(act)
    yield DEFICITS[scenario.deficits]
    if scenario.elasticities:
        given = ", ".join(f"{s} {e:g}" for s, e in scenario.elasticities.items())
        yield f"Trade elasticities of the scenario's own: {given}."
    yield from unsure.known
    yield from unsure.assumed
    yield from _MODEL


def _act(act: Act) -> str:
    goods = f"goods of {', '.join(act.sectors)}" if act.sectors else "all goods"
    what = f"{act.instrument.capitalize()} by {_several(act.by)} on {_several(act.on)}, {goods}"
    if act.instrument == TARIFF:
        return f"{what}: {100 * act.rate:g} per cent beyond the tariff of before."
    if act.instrument == LICENCE and act.rate:
        end = f"costs as much as a tariff of {100 * act.rate:g} per cent, and yields nothing"
    elif act.instrument == LICENCE:
        end = f"{100 * act.passes:g} per cent of the flow are let through, at the prices of before"
    else:
        end = f"{100 * act.passes:g} per cent of the flow still pass, at the prices of before"
    if act.is_spread:
        end += f", drawn evenly between {100 * act.between[0]:g} and {100 * act.between[1]:g}"
    if act.content:
        end += "; goods of others are hit in the proportion in which they hold input from there"
    return f"{what}: {end}."


def _several(codes: Sequence[str]) -> str:
    return ", ".join(codes)
