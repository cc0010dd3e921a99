"""Over which crossing a supply went: as a declaration says, else which are on record between the two countries."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.core.tables.packaged import PackagedTable, packaged_rows
from entrepot.corridors.contract import CROSSINGS
from entrepot.corridors.place_spellings import place_spelled
from entrepot.tracing.supply.kept_supply import declared_crossings
from entrepot.vocabulary.regions.country_cell import codes_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    Row = Mapping[str, Any]

_CROSSINGS = PackagedTable(CROSSINGS, "entrepot.corridors", "crossings.csv")
_POSTS = ("chinese_post", "crossing_point")  # one row a crossing: the other side's post and dry ports stand beside it


def crossing_of(store: Path, parties: Iterable[Row]) -> Callable[[Row], str]:
    """What is to be said of the crossing of a link: English, for it is kept with the answer.

    Args:
        store: the folder of the store.
        parties: id and country of each; of several rows of one party the first with a country counts.
    """
    told: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    own: dict[tuple[str, int], list[Row]] = defaultdict(list)
    for row in declared_crossings(store):
        own[row["file_id"], row["row"]].append(row)
        if row["invoice"]:
            told[row["supplier_id"], row["buyer_id"], row["invoice"].casefold()].append(row)
    countries: dict[str, str] = {}
    for one in parties:
        if one["country"]:
            countries.setdefault(one["id"], one["country"])

    def said(link: Row) -> str:
        by_invoice = told.get((link["supplier_id"], link["buyer_id"], (link["document"] or "").casefold()), ())
        declared = [*own.get((link["file_id"], link["row"]), ()), *by_invoice]
        if declared:
            return "; ".join(map(_declared, declared[:1]))
        ends = link["supplier_country"] or countries.get(link["supplier_id"]), countries.get(link["buyer_id"])
        return _on_record(*ends)

    return said


def _declared(row: Row) -> str:
    names = {r["name"]: r["place_id"] for r in packaged_rows(_CROSSINGS)}
    place = place_spelled(row["crossing"], names)
    by = f" by {row['document']}" if row["document"] else ""
    if not place:
        return f", over {row['crossing']}{by}"
    found = next(r for r in packaged_rows(_CROSSINGS) if r["place_id"] == place)
    return f", over {found['name']}, between {found['country']} and {found['partner']} on record,{by}".rstrip(",")


def _on_record(supplier: str | None, buyer: str | None) -> str:
    """The crossings between two countries, where no declaration names one."""
    ends = [codes_of(text) if text else frozenset() for text in (supplier, buyer)]
    names = [
        r["name"]
        for r in packaged_rows(_CROSSINGS)
        if r["kind"] in _POSTS and [frozenset({r["country"]}), frozenset({r["partner"]})] in (ends, ends[::-1])
    ]
    return f", crossing not declared; on record between them: {', '.join(names)}" if names else ""
