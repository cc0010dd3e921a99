"""Which supplies to replace at least cost so that no documents lead from an exposed party to a product any more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.words.translate import tr
from entrepot.tracing.method.minimum_cut import CostedLinks, NoCutError, minimum_cut
from entrepot.tracing.supply_network import REGION

if TYPE_CHECKING:
    from entrepot.tracing.method.share_rows import Floats
    from entrepot.tracing.solved_network import Solved

_DOCUMENTS = 5  # named of one supply: a year of monthly invoices is told by some, and by how many more


def replaced(found: Solved, node: int, *, even_possible: bool = False) -> tuple[list[dict[str, Any]], str]:
    """The supplies to replace, under REPLACED_SUPPLIES, and by what they were weighed.

    A supply is all that one party gives another of one good for one product. Its cost is its value, where every link
    above the product says one in the same currency; else each supply counts one. Dates leave out a link only where
    what is exposed came after it, so that the supplies named are enough; where dates rule out a path that links leave
    open they may be more than needed.

    Args:
        found: the network.
        node: the product.
        even_possible: cut those off too that may be exposed.
    """
    made = found.made
    at, heads, tails = made.at, made.rows.sources, made.rows.takers
    seeds = found.certain.copy()
    if even_possible:
        seeds |= found.possible
    seeds[REGION] = True
    usable = np.flatnonzero(at >= 0)
    costs, unit = _costs(found, usable)
    try:
        cut = minimum_cut(len(seeds), CostedLinks(heads[usable], tails[usable], costs), seeds, node)
    except NoCutError:
        return [], tr("the maker itself is listed: no supply that is replaced changes that")
    return _rows(found, node, usable[cut], costs[cut]), unit


def _costs(found: Solved, usable: Any) -> tuple[Floats, str]:
    made, seen = found.made, found.made.columns
    at = made.at[usable]
    codes = np.unique(seen.currency[at])
    if len(codes) == 1 and codes[0] >= 0 and not np.isnan(seen.value[at]).any():
        return seen.value[at], str(made.row(int(at[0]))["currency"])
    # Links of one supply together count one, however many deliveries it came in.
    pairs = made.rows.sources[usable] * len(made.keys) + made.rows.takers[usable]
    _, number, count = np.unique(pairs, return_inverse=True, return_counts=True)
    return 1.0 / count[number], "supplies"


def _rows(found: Solved, node: int, cut: Any, costs: Floats) -> list[dict[str, Any]]:
    made = found.made
    supplies: dict[tuple[int, int], list[int]] = {}
    for place, k in enumerate(cut.tolist()):
        supplies.setdefault((int(made.rows.sources[k]), int(made.rows.takers[k])), []).append(place)
    rows = []
    for (_, taker), places in sorted(supplies.items()):
        links = [made.row(int(made.at[cut[p]])) for p in places]
        papers = [str(r["document"]) for r in links if r["document"]]
        rows.append(
            {
                "product": made.good(node).good or None,
                "party": made.name(node),
                "supplier": links[0]["supplier"],
                "material": links[0]["material"],
                "buyer": made.name(taker),
                "cost": round(float(costs[places].sum()), 6),
                "links": len(links),
                "documents": papers[:_DOCUMENTS] or None,
            }
        )
    return sorted(rows, key=lambda r: (-r["cost"], r["supplier"], r["buyer"]))
