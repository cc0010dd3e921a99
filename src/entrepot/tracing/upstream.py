"""The links above a product, tier by tier: what a person looks at as the supply graph."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.errors import UnknownNameError
from entrepot.core.words.translate import tr
from entrepot.tracing.supply_network import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def upstream(rows: Sequence[Mapping[str, Any]], product: str, party_id: str | None = None) -> list[dict[str, Any]]:
    """The links above a product, nearest first; a link that lies on several ways has the nearest tier.

    A link is above a product where its buyer makes it and the link names it or no product, and above that are the links
    into what its supplier supplies. Days are not looked at: what came too late for the product is among them.

    Args:
        rows: under `supply_links`.
        product: as the files call it.
        party_id: who makes it; None for every party that does.

    Returns:
        The rows with `tier`, 1 for what the maker is supplied with.

    Raises:
        UnknownNameError: nobody makes such a product.
    """
    into: dict[str, list[int]] = defaultdict(list)
    for i, row in enumerate(rows):
        into[row["buyer_id"]].append(i)
    wanted = folded(product)
    makers = {r["buyer_id"] for r in rows if folded(r["product"]) == wanted and party_id in {None, r["buyer_id"]}}
    if not makers:
        named = sorted({str(r["product"]) for r in rows if r["product"]})
        raise UnknownNameError(
            tr("product of the supply links"), product, named, remedy=tr("See them: entrepot trace --all.")
        )
    layer = {(maker, wanted) for maker in makers}
    seen, tiers, tier = set(layer), dict[int, int](), 0
    while layer:
        tier += 1
        found = [
            i
            for party, good in sorted(layer)
            for i in into[party]
            if not good or folded(rows[i]["product"]) in {good, ""}
        ]
        for i in found:
            tiers.setdefault(i, tier)
        layer = {(rows[i]["supplier_id"], folded(rows[i]["material"])) for i in found} - seen
        seen |= layer
    return [{**rows[i], "tier": at} for i, at in sorted(tiers.items(), key=lambda pair: (pair[1], pair[0]))]
