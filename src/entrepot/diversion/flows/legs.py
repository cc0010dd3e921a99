"""The three legs of each product and possible hub: origin to destination, origin to hub, hub to destination."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.diversion.flows.measure_goods import flows_touched, is_of_the_measure
from entrepot.diversion.flows.touched_series import Route, Under, untouched

if TYPE_CHECKING:
    from collections.abc import Sequence

    from entrepot.diversion.flows.panel import Bools, Floats, Ints, Panel
    from entrepot.diversion.question import Question

UNSEEN, NOTHING = -2, -1  # nobody reports this leg; who reports it never had anything to record


@dataclass(frozen=True, slots=True, eq=False)
class Legs:
    """One row a product and hub; series numbers of the panel, or UNSEEN, or NOTHING.

    Attributes:
        product, hub: numbers of the panel.
        direct, enters, leaves: origin to destination, origin to hub, hub to destination.
    """

    product: Ints
    hub: Ints
    direct: Ints
    enters: Ints
    leaves: Ints

    def of(self, rows: Ints) -> Legs:
        """Some of the rows."""
        return Legs(*(a[rows] for a in (self.product, self.hub, self.direct, self.enters, self.leaves)))


def legs(panel: Panel, question: Question) -> Legs:
    """All products and hubs of which one leg at least was ever traded, and neither is known to be nothing.

    Raises:
        UnknownNameError: the origin, the destination or a hub is not in the flows.
    """
    products = chosen_products(panel, question)
    return _between(panel, question, (products, products))


def legs_between(panel: Panel, question: Question, stages: tuple[str, str]) -> Legs:
    """The legs of a chain: one product enters the hub, another leaves it and is the one of the direct leg.

    Raises:
        UnknownNameError: as in `legs`.
    """
    enters, leaves = (np.array([panel.products.index(s)], dtype=np.int64) for s in stages)
    return _between(panel, question, (enters, leaves))


def _between(panel: Panel, question: Question, products: tuple[Ints, Ints]) -> Legs:
    origin, destination = _ends(panel, question)
    named = chosen_hubs(panel, question, (origin, destination))
    # Rates are made over all places, whichever are named: a list of suspects must not be a way to fewer tests.
    hubs = chosen_hubs(panel, replace(question, hubs=None), (origin, destination))
    product, hub = (a.ravel() for a in np.meshgrid(products[0], hubs, indexing="ij"))
    after = np.repeat(products[1], len(hubs))
    find = _Finder(panel)
    end, start = np.full_like(hub, destination), np.full_like(hub, origin)
    enters, leaves, direct = find(product, start, hub), find(after, hub, end), find(after, start, end)
    keep = ((enters >= 0) | (leaves >= 0)) & (enters != NOTHING) & (leaves != NOTHING)
    if question.hubs is not None:
        keep |= np.isin(hub, named)
    return Legs(*(a[keep] for a in (product, hub, direct, enters, leaves)))


def _ends(panel: Panel, question: Question) -> tuple[int, int]:
    for what, code in (("origin", question.origin), ("destination", question.destination)):
        if code is not None and code not in panel.places:
            raise UnknownNameError(
                tr("{what} in the flows", what=what), code, panel.places, remedy=tr("Codes are ISO alpha-3.")
            )
    return panel.place(question.origin), panel.place(question.destination)


def refuse_unknown(products: Sequence[str], places: Sequence[str], question: Question) -> None:
    """See that the products and hubs asked for, and what to compare with, are there.

    Raises:
        UnknownNameError: a code that no product begins with; a control or a hub that is no place of the flows.
    """
    _refuse_unknown_hubs(places, question)
    for place in question.control_places:
        if place not in places:
            raise UnknownNameError(tr("control in the flows"), place, places, remedy=tr("Codes are ISO alpha-3."))
    for code in (*(question.products or ()), *question.control_goods):
        if not any(p.startswith(code) for p in products):
            raise UnknownNameError(tr("product in the flows"), code, products)


def _refuse_unknown_hubs(places: Sequence[str], question: Question) -> None:
    for code in question.hubs or ():
        if code not in places:
            raise UnknownNameError(tr("hub in the flows"), code, places, remedy=tr("Codes are ISO alpha-3."))


def chosen_products(panel: Panel, question: Question) -> Ints:
    """The products asked for; a code stands for the codes that begin with it."""
    mine = [i for i, p in enumerate(panel.products) if asked_for(question, p)]
    return np.array(mine, dtype=np.int64)


def asked_for(question: Question, product: str) -> bool:
    """Whether a product, or a code that it is joined from, begins with a code asked for, and is no control.

    Where none is asked for, it is one of the goods of the measure, if all of them are on record.
    """
    if question.control_goods and _begins(product, question.control_goods):
        return False
    if question.products is None:
        return is_of_the_measure(question, product)
    return _begins(product, question.products)


def _begins(product: str, codes: Sequence[str]) -> bool:
    return any(q.startswith(c) for c in codes for q in (product, *product.split("/")))


def chosen_hubs(panel: Panel, question: Question, ends: tuple[int, int]) -> Ints:
    """The places asked for, without the two ends of the route.

    Raises:
        UnknownNameError: a hub is not in the flows.
    """
    if question.hubs is None:
        return np.array([i for i in range(len(panel.places)) if i not in ends], dtype=np.int64)
    _refuse_unknown_hubs(panel.places, question)
    return np.array([h for c in question.hubs if (h := panel.place(c)) not in ends], dtype=np.int64)


class _Finder:
    """Finds the series of a product and pair."""

    def __init__(self, panel: Panel) -> None:
        self.panel, self.base = panel, len(panel.places)
        self.keys = (panel.product * self.base + panel.exporter) * self.base + panel.importer
        sides = {side: np.zeros(self.base, dtype=bool) for side in ("export", "import")}
        for side, place in panel.valuations:
            if place in panel.places:
                sides[side][panel.place(place)] = True
        self.sides = sides

    def __call__(self, product: Ints, exporter: Ints, importer: Ints) -> Ints:
        """Series numbers, UNSEEN or NOTHING."""
        wanted = (product * self.base + exporter) * self.base + importer
        at = np.clip(np.searchsorted(self.keys, wanted), 0, len(self.keys) - 1)
        reported = self.sides["export"][exporter] | self.sides["import"][importer]
        return np.where(self.keys[at] == wanted, at, np.where(reported, NOTHING, UNSEEN))


def placebos(panel: Panel, question: Question) -> Bools:
    """The series that the measure cannot have touched: neither from the origin nor to the destination."""
    return untouched(panel, route_of(panel, question))


def route_of(panel: Panel, question: Question, *, alone: bool = False) -> Route:
    """The direct leg of a question; `alone`: only the origin sells in these flows."""
    goods = [i for i, p in enumerate(panel.products) if _begins(p, question.control_goods)]
    suspects = [panel.place(h) for h in question.hubs or ()]
    controls = [panel.place(p) for p in question.control_places]
    return Route(
        panel.place(question.origin),
        panel.place(question.destination),
        alone,
        tuple(s for s in suspects if s >= 0),
        tuple(goods),
        tuple(c for c in controls if c >= 0),
        _touched(panel, question),
    )


def _touched(panel: Panel, question: Question) -> tuple[Under, ...]:
    """The flows that the measure touches, as numbers; along a chain its goods are stages, and none are named."""
    if question.chain is not None:
        return ()
    number = {p: i for i, p in enumerate(panel.products)}

    def places(of: frozenset[str]) -> tuple[int, ...] | None:
        # Places that are read as one are touched where any of them is.
        named = {*of, *(name for name, members in question.united if of & set(members))}
        return tuple(sorted(i for p in named if (i := panel.place(p)) >= 0)) if of else None

    found = flows_touched(question, panel.products)
    return tuple(
        Under(places(t.exporters), places(t.importers), tuple(sorted(number[p] for p in t.products))) for t in found
    )


def rest_of_imports(panel: Panel, of: Legs, origin: int) -> tuple[Panel, Ints]:
    """What each hub bought of each product from anyone but the origin.

    Returns:
        A panel with one series a product and hub, and its row for each leg; -1 where nothing is known.
    """
    base = len(panel.places)
    key = panel.product * base + panel.importer
    wanted = np.unique(of.product * base + of.hub)
    mine = np.flatnonzero((panel.exporter != origin) & np.isin(key, wanted))
    groups, row = np.unique(key[mine], return_inverse=True)
    total = summed(panel.amount[mine], row, len(groups))
    nobody = np.full(len(groups), len(panel.places), dtype=np.int64)
    rest = replace(
        panel,
        places=(*panel.places, ""),
        exporter=nobody,
        importer=groups % base,
        product=groups // base,
        amount=total,
        mirror=np.full_like(total, np.nan),
        unit_value=np.full_like(total, np.nan),
        by_exporter=np.zeros(len(groups), dtype=bool),
    )
    if not len(groups):
        return rest, np.full(len(of.hub), -1, dtype=np.int64)
    at = np.clip(np.searchsorted(groups, of.product * base + of.hub), 0, len(groups) - 1)
    return rest, np.where(groups[at] == of.product * base + of.hub, at, -1)


def summed(value: Floats, row: Ints, count: int) -> Floats:
    """Rows added up by group; a cell is empty where nobody in the group reported."""
    total, known = np.zeros((count, value.shape[1])), np.zeros((count, value.shape[1]), dtype=bool)
    np.add.at(total, row, np.nan_to_num(value))
    np.logical_or.at(known, row, np.isfinite(value))
    return np.where(known, total, np.nan)
