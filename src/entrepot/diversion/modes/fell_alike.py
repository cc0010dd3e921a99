"""Whether the origin sold everyone else less too: then its fall towards the destination is taken for its own year.

What an exporter sells of a product is expected to move as its sales to others do. Where a measure is on all buyers,
that is wrong, and a measure that says so is read so (`touched_series.under`). Of one that does not say it, and of a
question without a measure, nothing in the flows tells a ban from a bad harvest: so both readings are said.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import in_english, ntr, tr
from entrepot.diversion.flows.touched_series import ALONG, direct, under
from entrepot.diversion.modes.direct_observed import same_periods

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.diversion.expected.baseline import Window
    from entrepot.diversion.flows.panel import Panel
    from entrepot.diversion.flows.touched_series import Route

    Fallen = dict[str, tuple[float, float]]  # product to what remained of the direct leg, and of all other sales

_NAMED = 3  # products in a sentence
# The direct leg fell by a third or more, in logarithms: a fifth, at which an exporter shares a fall, is often a poor
# year, and a ban takes more. A convention.
_MUCH = -0.405


def fell_alike(panel: Panel, window: Window, route: Route) -> Fallen:
    """The products of which the origin's other sales fell along with the direct leg, and are no part of the measure.

    Args:
        panel: the flows.
        window: before and after.
        route: of the measure.
    """
    if min(route.origin, route.destination) < 0:
        return {}
    mine = (panel.exporter == route.origin) & ~np.isin(panel.product, route.control_goods)
    leg = direct(panel, route) & mine
    others = mine & ~leg & ~under(panel, route)
    was, now = same_periods(panel.amount, window)
    known = np.isfinite(was) & np.isfinite(now)
    found: Fallen = {}
    for product in panel.product[leg & known].tolist():
        left = []
        for part in (leg, others):
            use = part & known & (panel.product == product)
            before, since = float(was[use].sum()), float(now[use].sum())
            left.append(since / before if before > 0 else np.inf)
        change = np.log(np.maximum(left, 1e-9))
        if change[0] <= _MUCH and change[1] <= ALONG * change[0]:
            found[panel.products[product]] = left[0], left[1]
    return found


def beside(rows: Iterable[dict[str, Any]], found: Mapping[str, tuple[float, float]]) -> list[dict[str, Any]]:
    """Rows of SIGNALS, those that speak of a loss with what the origin sold everyone else.

    Args:
        rows: of one product in and out.
        found: as `fell_alike` gives it.
    """
    out = []
    for row in rows:
        left = found.get(row["product"])
        if left is not None and row.get("judged"):
            said = _row(left)
            out.append(row | {"why_not": f"{said}; {row['why_not']}" if row.get("why_not") else said})
        else:
            out.append(row)
    return out


@in_english
def _row(left: tuple[float, float]) -> str:
    return tr(
        "the origin sold everyone else less too ({others}, and {direct} on the direct leg): what all its buyers lost "
        "alike is not in the loss",
        direct=_change(left[0]),
        others=_change(left[1]),
    )


def _change(left: float) -> str:
    return f"{left - 1:+.0%}"


def told(found: Mapping[str, tuple[float, float]], origin: str, destination: str) -> tuple[str, ...]:
    """That the origin sold everyone else less too, of which products, and what to do, in a sentence; nothing where not.

    Args:
        found: as `fell_alike` gives it, of all products looked at.
        origin: whose goods.
        destination: who applies the measure.
    """
    if not found:
        return ()
    shown = "; ".join(
        tr("{product}: {direct} to {destination}, {others} to all others", product=p, destination=destination,
           direct=_change(left[0]), others=_change(left[1]))
        for p, left in sorted(found.items())[:_NAMED]
    )  # fmt: skip
    more = "; …" if len(found) > _NAMED else ""
    return (
        ntr(
            len(found),
            "Of {count} product {origin} sold everyone else less as well ({shown}{more}). That is taken for less to "
            "sell, and no loss is counted of it; if a measure is on all buyers, give it with --measure as a file with "
            'whom = "all", and it is counted.',
            "Of {count} products {origin} sold everyone else less as well ({shown}{more}). That is taken for less to "
            "sell, and no loss is counted of it; if a measure is on all buyers, give it with --measure as a file with "
            'whom = "all", and it is counted.',
            origin=origin,
            shown=shown,
            more=more,
        ),
    )
