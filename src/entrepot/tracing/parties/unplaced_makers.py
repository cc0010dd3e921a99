"""Makers of which no file tells where they make: what comes out of them may be of the region, whatever went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from entrepot.tracing.nearest_paths import nearest_paths
from entrepot.tracing.supply_network import ENDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from entrepot.tracing.asked_exposure import Asked
    from entrepot.tracing.method.share_rows import Flags
    from entrepot.tracing.nearest_paths import NearestPaths
    from entrepot.tracing.supply_network import Network, Row


def tells_elsewhere(rows: Iterable[Row], origins: Mapping[str, str]) -> bool:
    """Whether each of some supplies names an origin that lies outside of the region: what was made was made there."""
    return all(origins.get(str(r.get("origin") or "")) == "elsewhere" for r in rows)


class UnplacedMakers:
    """Makers of a network of which no file tells where they make.

    Who hands on what it is supplied with makes nothing; nor does the place count where every supply of the maker's
    names an origin elsewhere.
    """

    def __init__(self, made: Network, asked: Asked) -> None:
        """Find them.

        Args:
            made: the network.
            asked: links, parties and the day.
        """
        self._made = made
        self.makers = _makers(made, asked) if asked.unplaced else np.zeros(len(made.keys), dtype=bool)
        self._paths: NearestPaths | None = nearest_paths(made, self.makers) if self.makers.any() else None

    def above(self, node: int) -> list[int]:
        """The nearest such maker above each input of a node, the nearest first; not the maker of the node itself.

        Args:
            node: the product.
        """
        if self._paths is None:
            return []
        tiers = self._paths.tiers
        found: dict[int, int] = {}
        for k in self._made.inputs(node):
            source = int(self._made.rows.sources[k])
            if source >= ENDS and tiers[source] >= 0:
                begin = self._paths.path(source)[0]
                found[begin] = min(int(tiers[source]), found.get(begin, int(tiers[source])))
        return sorted((n for n in found if n != node), key=lambda n: (found[n], self._made.name(n)))


def _makers(made: Network, asked: Asked) -> Flags:
    unplaced = made.of_party(np.array([i in asked.unplaced for i in made.columns.ids], dtype=bool))
    many = len(made.columns.goods)
    named = made.at >= 0
    takers, at = made.rows.takers[named], made.at[named]
    makes: Flags = np.zeros(len(made.keys), dtype=bool)
    makes[takers[made.columns.material[at] != made.keys[takers] % many]] = True
    abroad = np.array([asked.origins.get(text) == "elsewhere" for text in made.columns.origins], dtype=bool)
    supplied = made.supplied
    tells: Flags = np.zeros(len(made.keys), dtype=bool)
    tells[supplied] = True
    tells[supplied[~abroad[made.columns.origin]]] = False
    return unplaced & makes & ~tells
