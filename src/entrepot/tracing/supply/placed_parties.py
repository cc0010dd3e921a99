"""Addresses that lists of facilities give to parties of links, by name to the letter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from entrepot.ownership.formats.links_draft import by_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    Party = dict[str, str | None]


def placed(parties: Mapping[str, Party], facilities: Iterable[Mapping[str, Any]]) -> dict[str, Party]:
    """Parties with the address and country of the facility of their name, where links give none.

    A name that stands in several countries, or at several addresses, gives what all of them have alike.

    Args:
        parties: name, address and country by id.
        facilities: under SUPPLY_FACILITIES.
    """
    at: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for facility in facilities:
        at[by_name(facility["name"])].append(facility)
    return {i: _filled(p, at.get(by_name(p["name"] or ""), [])) for i, p in parties.items()}


def _filled(party: Party, found: list[Mapping[str, Any]]) -> Party:
    made = dict(party)
    for column in ("address", "country"):
        said = {f[column] for f in found if f[column]}
        if len(said) == 1 and not made[column]:
            made[column] = next(iter(said))
    return made
