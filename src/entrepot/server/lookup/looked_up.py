"""Entities looked up in lists: those of a request together, the names of each apart."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from entrepot.core.words.translate import tr
from entrepot.server.lookup.listed_entity import listed_entity, with_listed
from entrepot.server.refusal import NOT_FOUND, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.desk.desk import Desk
    from entrepot.desk.ready_lists import LookedAt, ReadyLists
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

    def screened_by(self, dataset: str) -> tuple[str, ...]:
        """As `lists_of`, where entities are screened: what the settings of the store require holds.

        Args:
            dataset: the name of a dataset.

        Raises:
            RefusedError: 404, no such dataset.
            BadInputError: a list that is required is missing, or too old.
        """
        lists = self.lists_of(dataset)
        self._ready.refuse_short(lists)
        return lists

    def found(
        self, queries: Mapping[str, EntityQuery], lists: Sequence[str], lowest: float, *, screens: bool = True
    ) -> dict[str, LookedAt]:
        """For each entity the results, the highest score first, each entry once, and the regions that it is placed in.

        Args:
            queries: by a name of the client's.
            lists: lists; empty for all.
            lowest: the lowest score of a result, in [0, 1].
            screens: whether what the settings of the store require of a screening holds.

        Raises:
            BadInputError: a list that is required is missing, or too old.
        """
        from entrepot.desk.ready_lists import Against

        by_kind: dict[Any, list[str]] = defaultdict(list)
        for name, query in queries.items():
            by_kind[query.kind].append(name)
        met: dict[str, list[LookedAt]] = {}
        for kind, names in by_kind.items():
            rows = [(name, row) for name in names for row in queries[name].rows]
            against = Against(tuple(lists), None, lowest, kind, screens)
            each = self._ready.look_all([row for _, row in rows], against)
            for (name, _), looked in zip(rows, each, strict=True):
                met.setdefault(name, []).append(looked)
        return {name: _as_one(met[name]) for name in queries}

    def listed(self, results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Results with all that lists say of the entities, as each is shown by itself.

        Args:
            results: as yente has them.
        """
        known = self._ready.profiles((r["datasets"][0], r["id"]) for r in results)
        return [with_listed(r, known.get(r["id"])) for r in results]

    def entity(self, entity_id: str) -> dict[str, Any]:
        """All that a list says of one of its entries.

        Args:
            entity_id: the entry.

        Raises:
            UnknownNameError: no list that is held has it.
        """
        return listed_entity(self._ready.profile(entity_id))


def _as_one(rows: Sequence[LookedAt]) -> LookedAt:
    """An entity of several names and addresses: each entry once, by the name that met it best; each ground once."""
    ordered = sorted((r for row in rows for r in row.results), key=lambda r: (r["score"], r["id"]), reverse=True)
    results = list({r["id"]: r for r in reversed(ordered)}.values())[::-1]
    regions: list[dict[str, Any]] = []
    for region in (r for row in rows for r in row.regions):
        if region not in regions:
            regions.append(region)
    is_party, is_named = any(row.is_party for row in rows), any(row.is_named for row in rows)
    return replace(rows[0], results=results, regions=regions, is_party=is_party, is_named=is_named)
