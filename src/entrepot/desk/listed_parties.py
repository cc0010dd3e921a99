"""What the lists say of the listed parties that were met, beside matches and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import arrow_schema
from entrepot.core.errors import StoreError
from entrepot.core.words.translate import tr
from entrepot.desk.contract import HITS
from entrepot.lists.profiles.profile import gone, profiles
from entrepot.lists.profiles.profile_columns import LISTED_PARTY, profile_columns
from entrepot.lists.vouching import version_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    import pyarrow as pa

    from entrepot.lists.profiles.profile import Profile

_WANTED = ["list_id", "entity_id", "list_sha256", "list_as_of"]


def profiles_met(tables: Iterable[pa.Table], place: Path) -> tuple[dict[str, Profile], tuple[str, ...]]:
    """The profiles of the listed parties of matches in tables: as `profiles_of`.

    Args:
        tables: under MATCHES.
        place: the store.
    """
    return profiles_of((row for data in tables for row in data.select(_WANTED).to_pylist()), place)


def profiles_of(matches: Iterable[Mapping[str, Any]], place: Path) -> tuple[dict[str, Profile], tuple[str, ...]]:
    """The profiles of those who were met, each list in the version that was searched; and why there are none.

    Args:
        matches: rows of MATCHES.
        place: the store.

    Returns:
        entity_id -> profile; and a sentence where a list cannot be read: a hit is shown without what its list says.
    """
    seen = {tuple(m[c] for c in _WANTED) for m in matches if m["entity_id"]}
    hashes = {list_id: sha256 or "" for list_id, _, sha256, _ in seen}
    days = {list_id: day or "" for list_id, _, _, day in seen}
    try:
        found = profiles(place, {(one[0], one[1]) for one in seen}, hashes, days) if seen else {}
        lost = {r["list_id"] for r in version_rows.held(place)}.intersection(gone(place, hashes)) if seen else ()
    except StoreError as exc:
        return {}, (tr("Warning: what the lists say of the listed parties cannot be read: {exc}", exc=exc),)
    return found, tuple(
        tr(
            "{list_id} of {day}, sha256 {sha256}, is no longer held: what it says of the listed parties is not shown.",
            list_id=n,
            day=days[n] or tr("an unknown day"),
            sha256=hashes[n],
        )
        for n in sorted(lost)
    )


def hits(matches: pa.Table, known: Mapping[str, Profile]) -> pa.Table:
    """Matches, each with what its list says of the listed party.

    Args:
        matches: under MATCHES.
        known: entity_id -> profile.

    Returns:
        Under HITS.
    """
    import pyarrow as pa

    entities = matches.column("entity_id").to_pylist()
    told = {e: profile_columns(known.get(e)) for e in dict.fromkeys(entities)}
    schema = arrow_schema(HITS)
    beside: list[Any] = [
        pa.array([told[e].get(c.name) for e in entities], schema.field(c.name).type) for c in LISTED_PARTY
    ]
    return pa.Table.from_arrays([*matches.columns, *beside], schema=schema)
