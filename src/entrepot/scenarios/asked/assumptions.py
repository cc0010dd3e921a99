"""All that a scenario assumes, one sentence each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked, tr
from entrepot.scenarios.asked.scenario import DEFICITS, LICENCE, TARIFF
from entrepot.scenarios.asked.way_round import CROSSING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.scenarios.asked.scenario import Act, Scenario
    from entrepot.scenarios.asked.unsure_world import UnsureWorld
    from entrepot.scenarios.asked.way_round import Cap, WayRound

_MODEL = (
    marked(
        "Two equilibria are compared: how long the way between them takes, who is out of work on it, stocks are not "
        "in it."
    ),
    marked("Labour and capital stay in their economy and move freely between its sectors; markets are competitive."),
    marked(
        "Spending shares, input shares and value added in output stay; only who sells changes, by the trade elasticity."
    ),
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
        yield tr("A hypothesis: {hypothesis}", hypothesis=scenario.hypothesis)
    for act in scenario.acts:
        yield _act(act)
    yield from _of_ways(scenario)
    yield DEFICITS[scenario.deficits]
    yield from _own(unsure, scenario)
    yield from unsure.known
    yield from elasticities_told(unsure, scenario)
    yield from unsure.assumed
    yield from _MODEL


def _own(unsure: UnsureWorld, scenario: Scenario) -> Iterator[str]:
    """Elasticities that the scenario gives, and how they are drawn where it does not say it itself."""
    if not scenario.elasticities:
        return
    given = ", ".join(f"{s} {e:g}" for s, e in scenario.elasticities.items())
    spreads = dict(zip(unsure.world.sectors, unsure.spreads.tolist(), strict=True))
    of_world = [s for s in scenario.elasticities if spreads[s] > 0] if scenario.spread is None else []
    known = len(of_world) < len(scenario.elasticities) and scenario.spread is None
    how = [
        *([tr(", of which {sectors} as widely drawn as what they replace", sectors=_several(of_world))]
          if of_world else []),
        *([tr(", all others taken as known") if of_world else tr(", taken as known")] if known else []),
    ]  # fmt: skip
    yield tr("Trade elasticities of the scenario's own: {given}{how}.", given=given, how="".join(how))


def cut_told(unsure: UnsureWorld) -> Iterator[str]:
    """When a region is cut out of its country, in a sentence; nothing where there is none.

    Args:
        unsure: the world.
    """
    if unsure.region:
        yield tr(
            "{name} ({code}) is an economy of its own only in a scenario that names it; in all others its country "
            "stands whole.",
            name=unsure.named(unsure.region),
            code=unsure.region,
        )


def elasticities_told(unsure: UnsureWorld, scenario: Scenario | None = None) -> Iterator[str]:
    """Whose the trade elasticities of the world are, and how they are drawn, one sentence each.

    Args:
        unsure: the world.
        scenario: what is asked; None: nothing that has elasticities or a spread of its own.
    """
    own = {} if scenario is None else scenario.elasticities
    spread = None if scenario is None else scenario.spread
    packaged = [s for s in unsure.packaged if s not in own]
    thetas = dict(zip(unsure.world.sectors, unsure.world.elasticities.tolist(), strict=True))
    if told := ", ".join(f"{s} {thetas[s]:g}" for s in unsure.given if s not in own):
        known = tr(", taken as known") if spread is None else ""
        yield tr("Trade elasticities as given{known}: {told}.", known=known, told=told)
    if packaged:
        yield _packaged(packaged, is_all=len(packaged) == len(unsure.world.sectors), is_drawn=spread is None)
    if spread:
        yield tr(
            "Each trade elasticity is drawn lognormal about its value, with {spread:g} as the standard deviation of "
            "its logarithm: the scenario's own spread.",
            spread=spread,
        )
    elif spread is not None:
        yield tr("Every trade elasticity is taken as known: the scenario's own spread is 0.")


def _packaged(sectors: Sequence[str], *, is_all: bool, is_drawn: bool) -> str:
    """Where the packaged elasticities are from, and how wide they are drawn where they are by their own errors."""
    from entrepot.scenarios.worlds.trade_elasticities import trade_elasticities

    of = "" if is_all else tr(" of {sectors}", sectors=_several(sectors))
    drawn = tr(", each drawn lognormal about its value with its standard error") if is_drawn else ""
    is_assumed = any(trade_elasticities()[s].basis == "assumed" for s in sectors)  # power, trade, transport too
    but = tr("; that of services is assumed") if is_assumed else ""
    vouched = (
        tr(
            " The standard errors were written down from memory and are held against no copy of the article: how wide "
            "the draws are is not vouched for."
        )
        if is_drawn
        else ""
    )
    return tr(
        "Trade elasticities{of} are those of Caliendo and Parro (2015), table 1, joined by "
        "sector{drawn}{but}.{vouched}",
        of=of,
        drawn=drawn,
        but=but,
        vouched=vouched,
    )


def _act(act: Act) -> str:
    goods = tr("goods of {sectors}", sectors=", ".join(act.sectors)) if act.sectors else tr("all sectors, services too")
    what = tr(
        "{instrument} by {several} on {several_2}, {goods}",
        instrument=act.instrument.capitalize(),
        several=_several(act.by),
        several_2=_several(act.on),
        goods=goods,
    )
    if act.instrument == TARIFF:
        return tr("{what}: {rate:g} per cent beyond the tariff of before.", what=what, rate=100 * act.rate)
    if act.instrument == LICENCE and act.rate:
        end = tr("costs as much as a tariff of {rate:g} per cent, and yields nothing", rate=100 * act.rate)
    elif act.instrument == LICENCE:
        end = tr("{passes:g} per cent of the flow are let through, at the prices of before", passes=100 * act.passes)
    else:
        end = tr("{passes:g} per cent of the flow still pass, at the prices of before", passes=100 * act.passes)
    if act.is_spread:
        end += tr(
            ", drawn evenly between {between:g} and {between_2:g}",
            between=100 * act.between[0],
            between_2=100 * act.between[1],
        )
    if act.content:
        end += tr("; goods of others are hit in the proportion in which they hold input from there")
    return f"{what}: {end}."


def _of_ways(scenario: Scenario) -> Iterator[str]:
    yield from map(_way, scenario.ways)
    yield from map(_cap, scenario.caps)
    if scenario.ways:
        low, high = scenario.dispersion_between
        drawn = tr(", drawn evenly between {low:g} and {high:g}", low=low, high=high) if low < high else ""
        yield (
            tr(
                "A way that is dearer by 1 per cent loses {dispersion:g} per cent of its goods to "
                "others{drawn}; what goes round today is what that and the costs of the ways give, for "
                "nobody has measured it.",
                dispersion=scenario.dispersion,
                drawn=drawn,
            )
        )


def _way(way: WayRound) -> str:
    goods = tr("goods of {several}", several=_several(way.sectors)) if way.sectors else tr("all sectors, services too")
    end = tr("{cost:g} per cent dearer than directly", cost=100 * way.cost)
    if way.between[0] < way.between[1]:
        end += tr(
            ", drawn evenly between {between:g} and {between_2:g}",
            between=100 * way.between[0],
            between_2=100 * way.between[1],
        )
    held = tr(", within the capacity {cap}", cap=way.cap) if way.cap else ""
    return tr(
        "Way round from {origin} by {hub} to {destination}, {goods}: {end}{held}.",
        origin=way.origin,
        hub=way.hub,
        destination=way.destination,
        goods=goods,
        end=end,
        held=held,
    )


def _cap(cap: Cap) -> str:
    told = tr("Capacity {id}: {basis}.", id=cap.id, basis=cap.basis)
    if cap.kind == CROSSING:
        told += tr(" It is taken to hold {amount:,.6g} a year.", amount=cap.amount)
    if cap.between[0] < cap.between[1]:
        ends = tr("{between:,.6g} and {between_2:,.6g}", between=cap.between[0], between_2=cap.between[1])
        told += tr(
            " Drawn evenly between {ends}{which}.", ends=ends, which=tr(" a year") if cap.kind == CROSSING else ""
        )
    for one in cap.carried:
        sides = "; ".join(tr("{seller} to {buyer}", seller=seller, buyer=buyer) for seller, buyer in one.pairs)
        told += tr(
            " Of what passes today {part:.3g} per cent is taken as trade from {sides}.",
            part=100 * one.part,
            sides=sides,
        )
    if cap.carried:
        told += tr(" What passes beyond that trade is in no flow of the world and keeps its place.")
    return tr("{told} What is waited there is lost, and nobody earns it.", told=told)


def _several(codes: Sequence[str]) -> str:
    return ", ".join(codes)
