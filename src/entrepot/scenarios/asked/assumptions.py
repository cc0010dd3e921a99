"""All that a scenario assumes, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.scenarios.asked.scenario import DEFICITS, LICENCE, TARIFF
from entrepot.scenarios.asked.way_round import CROSSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.scenarios.asked.scenario import Act, Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld
    from entrepot.scenarios.asked.way_round import Cap, WayRound

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
    yield from _of_ways(scenario)
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


def _of_ways(scenario: Scenario) -> Iterator[str]:
    yield from map(_way, scenario.ways)
    yield from map(_cap, scenario.caps)
    if scenario.ways:
        low, high = scenario.dispersion_between
        drawn = f", drawn evenly between {low:g} and {high:g}" if low < high else ""
        yield (
            f"A way that is dearer by 1 per cent loses {scenario.dispersion:g} per cent of its goods to others{drawn}; "
            "what goes round today is what that and the costs of the ways give, for nobody has measured it."
        )


def _way(way: WayRound) -> str:
    goods = f"goods of {_several(way.sectors)}" if way.sectors else "all goods"
    end = f"{100 * way.cost:g} per cent dearer than directly"
    if way.between[0] < way.between[1]:
        end += f", drawn evenly between {100 * way.between[0]:g} and {100 * way.between[1]:g}"
    held = f", within the capacity {way.cap}" if way.cap else ""
    return f"Way round from {way.origin} by {way.hub} to {way.destination}, {goods}: {end}{held}."


def _cap(cap: Cap) -> str:
    told = f"Capacity {cap.id}: {cap.basis}."
    if cap.kind == CROSSING:
        told += f" It is taken to hold {cap.amount:,.6g} a year."
    if cap.between[0] < cap.between[1]:
        ends = f"{cap.between[0]:,.6g} and {cap.between[1]:,.6g}"
        told += f" Drawn evenly between {ends}{' a year' if cap.kind == CROSSING else ''}."
    for one in cap.carried:
        sides = "; ".join(f"{seller} to {buyer}" for seller, buyer in one.pairs)
        told += f" Of what passes today {100 * one.part:.3g} per cent is taken as trade from {sides}."
    if cap.carried:
        told += " What passes beyond that trade is in no flow of the world and keeps its place."
    return f"{told} What is waited there is lost, and nobody earns it."


def _several(codes: Sequence[str]) -> str:
    return ", ".join(codes)
