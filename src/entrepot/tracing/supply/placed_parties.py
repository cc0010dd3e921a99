"""Addresses that lists of facilities give to parties of links, by name to the letter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.ownership.formats.links_draft import by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import pyarrow as pa

    Party = dict[str, str | None]


def placed(
    parties: Iterable[Party], facilities: Iterable[Mapping[str, Any]], ones: Mapping[str, str] | None = None
) -> list[Party]:
    """Parties with the address and country of the facility of their name, where links give none.

    A name that stands in several countries, or at several addresses, gives what all of them have alike.

    Args:
        parties: id, name, address and country.
        facilities: under SUPPLY_FACILITIES.
        ones: id by name -> the id of the firm that it is joined with.
    """
    stands = ones or {}
    at: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for facility in facilities:
        named = by_name(facility["name"])
        at[stands.get(named, named)].append(facility)
    return [_filled(p, at.get(p["id"] or "", []) or at.get(by_name(p["name"] or ""), [])) for p in parties]


def with_facilities(
    parties: pa.Table, facilities: Sequence[Mapping[str, Any]], ones: Mapping[str, str] | None = None
) -> pa.Table:
    """As `placed`, of a table with `id`, `name`, `address`, `country`; the order of its rows stays."""
    import pyarrow as pa

    if not facilities:
        return parties
    return pa.Table.from_pylist(placed(parties.to_pylist(), facilities, ones), schema=parties.schema)


def _filled(party: Party, found: list[Mapping[str, Any]]) -> Party:
    made = dict(party)
    for column in ("address", "country"):
        said = {f[column] for f in found if f[column]}
        if len(said) == 1 and not made[column]:
            made[column] = next(iter(said))
    return made
