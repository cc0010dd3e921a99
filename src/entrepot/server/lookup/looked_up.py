"""Entities looked up in lists: those of a request together, the names of each apart."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.server.refusal import NOT_FOUND, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.desk.desk import Desk
    from entrepot.desk.ready_lists import ReadyLists
    from entrepot.server.lookup.entity_query import EntityQuery

# What yente calls collections of lists: here all that are held.
ALL = ("default", "all", "sanctions", "entrepot")


class LookUp:
    """Lists by the name of a dataset, and entities in them.

    Args:
        desk: the verbs, with the store of the server.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @cached_property
    def _ready(self) -> ReadyLists:
        """The lists; what screens is imported when a name is first looked up, for no page needs it before."""
        from entrepot.desk.ready_lists import ReadyLists

        return ReadyLists(self.desk.store)

    def lists_of(self, dataset: str) -> tuple[str, ...]:
        """The lists behind the name of a dataset; empty for all.

        Raises:
            RefusedError: 404, no such dataset.
        """
        if dataset in ALL:
            return ()
        known = sorted({r["list_id"] for r in self.desk.lists().to_pylist()})
        if dataset not in known:
            raise RefusedError(NOT_FOUND, tr("no such dataset"), found=dataset, allowed=", ".join((*ALL, *known)))
        return (dataset,)

    def found(
        self, queries: Mapping[str, EntityQuery], lists: Sequence[str], lowest: float
    ) -> dict[str, list[dict[str, Any]]]:
        """For each entity the results, the highest score first, each entry once.

        Args:
            queries: by a name of the client's.
            lists: lists; empty for all.
            lowest: the lowest score of a result, in [0, 1].
        """
        from entrepot.desk.ready_lists import Against

        by_kind: dict[Any, list[str]] = defaultdict(list)
        for name, query in queries.items():
            by_kind[query.kind].append(name)
        results: dict[str, list[dict[str, Any]]] = {}
        for kind, names in by_kind.items():
            rows = [(name, row) for name in names for row in queries[name].rows]
            against = Against(tuple(lists), None, lowest, kind)
            each = self._ready.search_all([row for _, row in rows], against)
            for (name, _), found in zip(rows, each, strict=True):
                results.setdefault(name, []).extend(found)
        return {name: _best(results[name]) for name in queries}


def _best(results: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each entry once, by the name of the query that met it best."""
    ordered = sorted(results, key=lambda r: (r["score"], r["id"]), reverse=True)
    return list({r["id"]: r for r in reversed(ordered)}.values())[::-1]
