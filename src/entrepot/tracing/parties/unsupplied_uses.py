"""Inputs that nobody is on record as supplying, in the network: what was used as links, what is asked for as marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from entrepot.core.contract import table
from entrepot.core.words.translate import in_english, tr
from entrepot.tracing.balance.unsupplied_inputs import is_same_good
from entrepot.tracing.contract import SUPPLY_LINKS
from entrepot.tracing.nearest_paths import nearest_paths
from entrepot.tracing.supply_network import ENDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pyarrow as pa

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.balance.unsupplied_inputs import Unsupplied
    from entrepot.tracing.evidence_paths import Evidence
    from entrepot.tracing.method.share_rows import Flags
    from entrepot.tracing.nearest_paths import NearestPaths
    from entrepot.tracing.supply_network import Network


def used_of(asked: Asked) -> list[Unsupplied]:
    """What was used and nobody supplied, that is a part of the shares.

    Of a maker to whom no supply is on record nothing above is known, whatever it used; there an input counts only
    where its own row names the region.
    """
    return [
        u
        for u in asked.unsupplied
        if u.is_used and (u.has_supplies or asked.origins.get(str(u.row["origin"] or "")) == "region")
    ]


@in_english
def with_uses(asked: Asked) -> pa.Table:
    """The links, and behind them what was used and nobody supplied, each a link from nobody on record.

    Args:
        asked: links, and what nobody supplied.
    """
    import pyarrow as pa

    rows = [_link(u, product) for u in used_of(asked) for product in u.products or (None,)]
    return pa.concat_tables([asked.links, table(SUPPLY_LINKS, rows)]) if rows else asked.links


def _link(one: Unsupplied, product: str | None) -> dict[str, Any]:
    file, row, entry = one.place
    return {
        **dict.fromkeys(SUPPLY_LINKS.names),
        "file_id": file,
        "row": row,
        # A supplier of its own each, for nothing tells that two came from one.
        "supplier_id": f"nobody:{file}:{row}:{entry}",
        "supplier": tr("nobody on record ({file} row {row})", file=one.file, row=row),
        "buyer_id": one.maker_id,
        "buyer": one.maker,
        "product": product,
        **{c: one.row[c] for c in ("material", "quantity", "unit", "date", "document", "origin")},
    }


class UnsuppliedInputs:
    """Which products of a network an input is in that nobody is on record as supplying."""

    def __init__(self, made: Network, asked: Asked) -> None:
        """Find them.

        Args:
            made: the network, of `with_uses`.
            asked: links, and what nobody supplied.
        """
        self._made = made
        self._used = [u for u in used_of(asked) for _ in u.products or (None,)]
        self._own = asked.links.num_rows
        self._recipes = [u for u in asked.unsupplied if not u.is_used]
        self._nodes = _nodes(made, self._recipes)
        marks: Flags = np.zeros(len(made.keys), dtype=bool)
        marks[list(self._nodes)] = True
        self._paths: NearestPaths | None = nearest_paths(made, marks) if self._nodes else None

    def used(self, seen: Evidence) -> list[Unsupplied]:
        """What was used in what lies above a product, the nearest first; nothing of it has a supplier.

        Args:
            seen: what lies above the product.
        """
        made = self._made
        at = [int(made.at[k]) - self._own for n in seen.above for k in made.inputs(n)]
        return list({id(u): u for i in at if i >= 0 for u in (self._used[i],)}.values())

    def asked_for(self, node: int, seen: Evidence) -> list[Unsupplied]:
        """What bills of material ask for in a product and above it, and no supply brings.

        Args:
            node: the product.
            seen: what lies above it.
        """
        if self._paths is None or self._paths.tiers[node] < 0:
            return []
        nearest = self._paths.path(node)[0]
        some = [u for n in (*(n for n in seen.above if n in self._nodes), nearest) for u in self._nodes[n]]
        return list({id(u): u for u in some}.values())


def _nodes(made: Network, recipes: Sequence[Unsupplied]) -> dict[int, list[Unsupplied]]:
    """By node that makes a product of a bill of material, what no supply brings for it."""
    found: dict[int, list[Unsupplied]] = {}
    for one in recipes:
        for node in made.nodes_of(one.maker_id):
            good = made.good(int(node)).good
            if node >= ENDS and (not good or any(is_same_good(good, p) for p in one.products)):
                found.setdefault(int(node), []).append(one)
    return found
