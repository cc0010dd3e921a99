"""What a leg of a hub is compared with: places, or codes, that no suspect touches; which the measure may have moved.

What moved everyone is taken off as a median over others, and a median of which half may have been moved by the measure
itself hides what it moved. So a leg with too few others is not judged at all, and a scan says how many it has, and
whether they are untouched.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.units import counted
from entrepot.core.words.translate import marked, ntr, tr
from entrepot.diversion.expected.excess import judged
from entrepot.diversion.flows.legs import UNSEEN
from entrepot.diversion.flows.touched_series import comparable, direct, under, untouched, within_itself

if TYPE_CHECKING:
    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.flows.legs import Legs
    from entrepot.diversion.flows.panel import Bools, Ints, Panel
from entrepot.diversion.flows.touched_series import Route

# The least and the largest of six hold the median of what they are drawn from in 97 % of cases (1 - 2 x 2^-6); of five
# in 94 %: six is the fewest that bound it at 95 % whatever its distribution.
LEAST = 6
# Why a row cannot be judged, by how many stand beside it.
_WITH_NONE = marked("compared with no other places or control codes, {least} are needed: see --controls")
_WITH_ONE = marked("compared with one other place or control codes, {least} are needed: see --controls")
_WITH_SOME = marked("compared with {count} other places or control codes, {least} are needed: see --controls")
_SILENT = marked("compared with {count} other places or control codes of the {least} needed, for {silent}")
_SHOWN = 2  # places that are named as silent from the same period on
_LEFT_OUT = marked("the leg out of the hub is {few}, and only the leg into it is judged")
_ANY = np.iinfo(np.int64).max  # beside a leg that is not in the flows no number is asked for


def compared_with(panel: Panel, window: Window, route: Route, legs: Legs) -> Ints:
    """How many other places, or control codes, stand beside the thinner leg of each row; 0 where neither is seen.

    Args:
        panel: the flows.
        window: before and after.
        route: of the measure, with suspects and controls.
        legs: of the panel; a leg that is not in the flows is not compared.
    """
    found = np.minimum(*beside_legs(panel, window, route, legs))
    thinner: Ints = np.where(found == _ANY, 0, found)
    return thinner


def told_beside(panel: Panel, window: Window, route: Route, legs: Legs) -> tuple[Ints, list[str]]:
    """As `compared_with`, and of each row whose silence leaves too few; arguments as there."""
    into, out = silences(panel, window, route, legs)
    return compared_with(panel, window, route, legs), [a or b for a, b in zip(into, out, strict=True)]


def beside_legs(panel: Panel, window: Window, route: Route, legs: Legs) -> tuple[Ints, Ints]:
    """How many stand beside the leg into each hub, and beside that out of it; `_ANY` where the leg is not in the flows.

    Args:
        panel: the flows.
        window: before and after.
        route: of the measure, with suspects and controls.
        legs: of the panel.
    """
    usable = judged(panel.amount, window)
    plain = usable & comparable(panel, route)
    named = np.isin(np.arange(len(panel.places)), route.control_places) if route.control_places else True
    buyers = _places(panel, panel.importer, plain & (panel.importer != route.destination)) & named
    sellers = _places(panel, panel.exporter, plain & (panel.exporter != route.origin)) & named
    codes = _codes(panel, route, usable)
    start, end = np.full_like(legs.hub, route.origin), np.full_like(legs.hub, route.destination)
    into = np.maximum(_others(buyers, legs), codes[start, legs.hub])
    out = np.maximum(_others(sellers, legs), codes[legs.hub, end])
    return np.where(legs.enters >= 0, into, _ANY), np.where(legs.leaves >= 0, out, _ANY)


def without_thin(panel: Panel, window: Window, route: Route, legs: Legs) -> tuple[Legs, Ints]:
    """The legs without those out of a hub that stand beside too few where the one into it has enough beside it.

    Such a row is read as if its second leg were not in the flows: more that is known must not be less that is seen.

    Args:
        panel: the flows.
        window: before and after.
        route: of the measure, with suspects and controls.
        legs: of the panel.

    Returns:
        The legs, and of each row beside how many the leg out stood that is left out; -1 where none is.
    """
    into, out = beside_legs(panel, window, route, legs)
    thin = (legs.enters >= 0) & (into >= LEAST) & (out < LEAST)
    return replace(legs, leaves=np.where(thin, UNSEEN, legs.leaves)), np.where(thin, out, -1)


def too_few(count: int, silent: str = "") -> str:
    """Why a row, or a leg, cannot be judged that is compared with so few.

    Args:
        count: with how many.
        silent: as `silences` gives it.
    """
    if silent:
        return _SILENT.format(count=count, least=LEAST, silent=silent)
    pattern = {0: _WITH_NONE, 1: _WITH_ONE}.get(count, _WITH_SOME)
    return pattern.format(count=count, least=LEAST)


def left_out(count: int, silent: str = "") -> str:
    """That the leg out of a hub is not judged, which stands beside so few, and who is silent beside it."""
    return _LEFT_OUT.format(few=too_few(count, silent))


def silences(panel: Panel, window: Window, route: Route, legs: Legs) -> tuple[list[str], list[str]]:
    """Of the leg into each hub and that out of it, whose silence leaves too few beside it; empty where no one's does.

    Or that the measure touches all but too few: what it touches itself is compared with nothing.

    A place that stops reporting takes all that it counted out of the comparison, and no other places or codes bring it
    back. Whether an earlier end does is not supposed but counted: the others are those of a window that ends with it.

    Args:
        panel: the flows.
        window: before and after.
        route: of the measure, with suspects and controls.
        legs: of the panel.
    """
    few = [found < LEAST for found in beside_legs(panel, window, route, legs)]
    said = ([""] * len(legs.hub), [""] * len(legs.hub))
    if route.touched and (few[0].any() or few[1].any()):
        free = beside_legs(panel, window, replace(route, touched=()), legs)
        for leg in (0, 1):
            for i in np.flatnonzero(few[leg] & (free[leg] >= LEAST)).tolist():
                said[leg][i] = tr("the measure itself touches the others ({count} with them)", count=int(free[leg][i]))
    stops = _stops(panel, window) if few[0].any() or few[1].any() else {}
    for last in sorted(stops, reverse=True):
        then = beside_legs(panel, replace(window, end=last + 1), route, legs)
        known = last + 1 - window.after
        words = tr(
            "{who} after {last} ({known} of {all} periods since the day; --until {last} compares it)",
            who=stops[last], last=panel.periods[last], known=known, all=window.end - window.after,
        )  # fmt: skip
        for leg in (0, 1):
            for i in np.flatnonzero(few[leg] & (then[leg] >= LEAST)).tolist():
                said[leg][i] = said[leg][i] or words
    return said


def _stops(panel: Panel, window: Window) -> dict[int, str]:
    """The last periods of who stops reporting after the day, each with who and what, in words."""
    known = np.isfinite(panel.amount[:, : window.end])
    found: dict[int, list[str]] = {}
    for side, of, word in (
        (panel.exporter, panel.by_exporter, marked("{place} reports no exports")),
        (panel.importer, ~panel.by_exporter, marked("{place} reports no imports")),
    ):
        for place in np.unique(side[of]).tolist():
            told = np.flatnonzero(known[of & (side == place)].any(0)).tolist()
            if told and window.after <= (last := told[-1]) < window.end - 1:
                found.setdefault(last, []).append(tr(word, place=panel.places[place]))
    return {last: _named(who) for last, who in found.items()}


def _named(who: list[str]) -> str:
    rest = len(who) - _SHOWN
    return tr(" and ").join(
        [*who[:_SHOWN], *([ntr(rest, "{count} other none", "{count} others none")] if rest > 0 else [])]
    )


def _places(panel: Panel, side: Ints, use: Bools) -> Bools:
    """Products x places: whether a place is on that side of a series that counts."""
    out = np.zeros((len(panel.products), len(panel.places)), dtype=bool)
    out[panel.product[use], side[use]] = True
    return out


def _others(there: Bools, legs: Legs) -> Ints:
    """How many there are beside the hub itself."""
    found: Ints = there.sum(1)[legs.product] - there[legs.product, legs.hub]
    return found


def _codes(panel: Panel, route: Route, usable: Bools) -> Ints:
    """Exporters x importers: how many control codes were traded between them."""
    out = np.zeros((len(panel.places), len(panel.places) + 1), dtype=np.int64)  # a destination that is none: the last
    use = usable & np.isin(panel.product, route.control_goods)
    np.add.at(out, (panel.exporter[use], panel.importer[use]), 1)
    return out


def rests_on(panel: Panel, window: Window, route: Route) -> str:
    """What the flows are compared with, in sentences: how many pairs, and which of them the measure may have moved.

    Only a pair that has neither end of the route is called untouched. A flow of the origin stands in where it alone
    sells, and one of control products because the question names them: neither is known to be untouched.

    Args:
        panel: the flows, or those that are learned from.
        window: before and after.
        route: of the measure.
    """
    use = judged(panel.amount, window) & (comparable(panel, route) if route.alone else untouched(panel, route))
    use &= (panel.exporter != route.origin) | (panel.importer != route.destination)
    named = use & np.isin(panel.product, route.control_goods)
    own = use & ~named & (panel.exporter == route.origin)
    apart = use & ~named & ~own
    inside = judged(panel.amount, window) & within_itself(panel, route)
    if not use.any() and not route.alone and (panel.importer == route.destination).all():
        return " ".join((_one_market(panel, window, route), *_inside(panel, inside)))
    if not use.any():
        return tr("Compared with nothing untouched: every flow has a suspect or an end of the route in it.")
    said = [_partners(panel, route, own)] if own.any() else []
    if apart.any():
        places = counted(_pairs(panel, apart), "untouched pair of places", "untouched pairs of places")
        said.append(tr("Compared with {places} in {count}.", places=places, count=_products(panel, apart)))
    if named.any():
        places = counted(_pairs(panel, named), "pair of places", "pairs of places")
        count = counted(len(np.unique(panel.product[named])), "control product")
        said.append(
            tr(
                "Compared with {places} in {count}: that the measure moved none of them is taken from the question.",
                places=places,
                count=count,
            )
        )
    return " ".join((*said, *_left(panel, window, route), *_inside(panel, inside)))


def _left(panel: Panel, window: Window, route: Route) -> tuple[str, ...]:
    """How many pairs the measure itself touches beside the direct leg, which nothing is compared with."""
    out = judged(panel.amount, window) & under(panel, route) & ~direct(panel, route) & ~within_itself(panel, route)
    if not out.any():
        return ()
    places = counted(_pairs(panel, out), "other pair of places", "other pairs of places")
    return (tr("The measure itself touches {places}: nothing is compared with them.", places=places),)


def _inside(panel: Panel, inside: Bools) -> tuple[str, ...]:
    """That the measure touches all flows of a product there are, so that a fall that they share cannot be seen."""
    if not inside.any():
        return ()
    count = len(np.unique(panel.product[inside]))
    return (
        ntr(
            count,
            "The measure touches every flow of {count} product: they are compared with one another, and what all of "
            "them lost together is not counted as lost.",
            "The measure touches every flow of {count} products: they are compared with one another, and what all of "
            "them lost together is not counted as lost.",
        ),
    )


def _pairs(panel: Panel, use: Bools) -> int:
    return len(np.unique(panel.exporter[use] * len(panel.places) + panel.importer[use]))


def _products(panel: Panel, use: Bools) -> str:
    return counted(len(np.unique(panel.product[use])), "product")


def _partners(panel: Panel, route: Route, own: Bools) -> str:
    """What flows that all start in one place are compared with, in a sentence."""
    return tr(
        "Compared with one another: {partners} of {origin} in {count}, any of which the measure may have moved; what "
        "most of them gained together is taken for growth of all its sales and is not seen.",
        partners=counted(len(np.unique(panel.importer[own])), "partner"),
        origin=panel.places[route.origin],
        count=_products(panel, own),
    )


def _one_market(panel: Panel, window: Window, route: Route) -> str:
    """What flows that all end in one place are compared with, in a sentence."""
    there = judged(panel.amount, window) & comparable(panel, route)
    there &= (panel.importer == route.destination) & (panel.exporter != route.origin)
    sellers, market = len(np.unique(panel.exporter[there])), panel.places[route.destination]
    return tr(
        "All flows end in {market}: each seller is compared with the others there, {sellers} in all, "
        "any of which the measure may have moved; what most of them gained together is taken for growth "
        "of the market and is not seen.",
        market=market,
        sellers=sellers,
    )
