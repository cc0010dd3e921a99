"""Which series a measure may have moved: nothing that is to expose them may be learned of them.

A measure that many countries take at once (all goods of one origin, or all exporters to one destination) moves most
series of its destination and of every hub. The importer's appetite, learned as a median over exporters, would hold the
very diversion that it is to expose. So it is learned of the others: not of the origin, nor of exporters whose sales of
the product to the destination fell with those of the origin.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from entrepot.diversion.flows.panel import Bools, Floats, Panel

# An exporter shares the fate of the origin where its sales fell by half as much or more, in logarithms, and the
# origin's by a fifth or more. In a panel shaped like 2022 (33 countries cut one destination at once) 45 of 126 products
# and hubs are found with their series left out, 23 without, none false.
ALONG, _FELL = 0.5, -0.2


@dataclass(frozen=True, slots=True)
class Route:
    """The direct leg of a measure, as numbers of a panel; -1 where there is none.

    Attributes:
        origin, destination: the two ends.
        alone: whether the origin is the only one who sells in these flows.
        suspects: places that are looked at as hubs; they teach nothing of what moved everyone.
        control_goods: products that the measure does not touch, named by who asks; they alone say what moved a pair.
        control_places: places that it does not touch; with them no others are compared with.
        touched: the flows that the measure itself touches, whoever is asked about.
    """

    origin: int
    destination: int
    alone: bool = False
    suspects: tuple[int, ...] = ()
    control_goods: tuple[int, ...] = ()
    control_places: tuple[int, ...] = ()
    touched: tuple[Under, ...] = ()


@dataclass(frozen=True, slots=True)
class Under:
    """Flows under a measure, as numbers of a panel.

    Attributes:
        exporters, importers: places; None: all.
        products: of the panel.
    """

    exporters: tuple[int, ...] | None
    importers: tuple[int, ...] | None
    products: tuple[int, ...]


def under(panel: Panel, route: Route) -> Bools:
    """The series that the measure itself touches, but for control products, which the question says it does not."""
    out = np.zeros(len(panel.product), dtype=bool)
    for part in route.touched:
        of = np.isin(panel.product, part.products)
        for side, places in ((panel.exporter, part.exporters), (panel.importer, part.importers)):
            of &= True if places is None else np.isin(side, places)
        out |= of
    found: Bools = out & ~np.isin(panel.product, route.control_goods)
    return found


def within_itself(panel: Panel, route: Route) -> Bools:
    """The series of products of which the measure touches every flow: they can only be compared with one another."""
    apart = ~(direct(panel, route) | under(panel, route))
    every = np.bincount(panel.product[apart], minlength=len(panel.products)) == 0
    found: Bools = under(panel, route) & every[panel.product]
    return found


def comparable(panel: Panel, route: Route | None) -> Bools:
    """The series that a suspect has no part in, of control places alone where some are named, and control products.

    What the measure itself touches is none of them: a ban on all buyers of one seller would else be learned as that
    seller's year. The direct leg stays, one among the many of a median, for it speaks for no seller and no buyer.
    """
    kept = np.ones(len(panel.product), dtype=bool)
    if route is None:
        return kept
    kept &= ~under(panel, route) | direct(panel, route) | within_itself(panel, route)
    for side in (panel.exporter, panel.importer):
        kept &= ~np.isin(side, route.suspects)
    if route.control_places:
        kept &= np.isin(panel.exporter, route.control_places) | np.isin(panel.importer, route.control_places)
    found: Bools = kept | np.isin(panel.product, route.control_goods)
    return found


def untouched(panel: Panel, route: Route) -> Bools:
    """The series that the measure cannot have moved: from elsewhere to elsewhere, or of control products."""
    apart = (panel.exporter != route.origin) & (panel.importer != route.destination)
    apart &= ~under(panel, route)
    found: Bools = comparable(panel, route) & (apart | np.isin(panel.product, route.control_goods))
    return found


def own_size(panel: Panel, mean: Floats, route: Route | None) -> Floats:
    """The mean of the direct leg of each series' product; infinite where there is none.

    Args:
        panel: the flows.
        mean: of each series before, a period.
        route: of the measure.
    """
    out = np.full(len(panel.products), np.inf)
    if route is not None:
        mine = direct(panel, route) & (mean > 0)
        out[panel.product[mine]] = mean[mine]
    found: Floats = out[panel.product]
    return found


def direct(panel: Panel, route: Route) -> Bools:
    """The series of the direct legs."""
    found: Bools = (panel.exporter == route.origin) & (panel.importer == route.destination)
    return found


def speakers(panel: Panel, use: Bools, route: Route | None) -> dict[str, Bools]:
    """Which series an effect is learned of, by the side that it belongs to, before fellows are known.

    Args:
        panel: the flows.
        use: those that trade often enough.
        route: of the measure; None: all speak.
    """
    if route is None:
        return dict.fromkeys(("product", "exporter", "importer"), use)
    pair = use & np.isin(panel.product, route.control_goods)
    use = use & comparable(panel, route)
    if route.alone:  # then all is the origin's, and only the direct leg does not speak
        sides = dict.fromkeys(("exporter", "importer"), use & ~direct(panel, route))
    else:
        sides = {
            "exporter": use & (panel.importer != route.destination),
            "importer": use & (panel.exporter != route.origin),
        }
    return {"product": use, **sides, "pair": pair}


def fellows(panel: Panel, left: Floats, after: slice, route: Route | None, *, buyers: bool = False) -> Bools:
    """The series of exporters whose sales of the product to the destination fell along with those of the origin.

    Where only the origin sells, all series of the products of which it sold the destination less.

    Args:
        panel: the flows.
        left: series x periods, logarithms less the level before and what moved product and exporter.
        after: the columns after the day.
        route: of the measure.
        buyers: the series of importers instead, whose purchases from the origin fell along with the destination's.
    """
    if route is None or min(route.origin, route.destination) < 0:
        return np.zeros(len(left), dtype=bool)
    known = np.isfinite(left[:, after])
    change = np.where(known, left[:, after], 0.0).sum(1) / np.maximum(known.sum(1), 1)
    fall = np.full(len(panel.products), np.nan)
    mine = direct(panel, route)
    fall[panel.product[mine]] = change[mine]
    if route.alone:  # products that fell are those that it touched
        touched: Bools = fall[panel.product] <= _FELL
        return touched
    beside, end = (panel.exporter, route.origin) if buyers else (panel.importer, route.destination)
    there = (beside == end) & known.any(1)
    with np.errstate(invalid="ignore"):
        along = there & (fall[panel.product] <= _FELL) & (change <= ALONG * fall[panel.product])
    party = panel.product * len(panel.places) + (panel.importer if buyers else panel.exporter)
    found: Bools = np.isin(party, party[along])
    return found
