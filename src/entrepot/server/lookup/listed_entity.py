"""An entry of a list as an entity of FollowTheMoney."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.answer import Answer


def followthemoney(part: str) -> Mapping[str, str]:
    """Names of FollowTheMoney beside ours.

    Args:
        part: `asked`: property -> heading; `listed`: what a list says -> property.
    """
    text = files("entrepot.server").joinpath("data", "followthemoney.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text)[part])


PROPERTIES = followthemoney("listed")  # what has none stands under `notes`, with its word
_SCHEMATA: Mapping[str, str] = {
    "person": "Person",
    "company": "Company",
    "organisation": "Organization",
    "vessel": "Vessel",
    "aircraft": "Airplane",
}
_ABOUT = {"kind", "source"}  # what an entry is, and where it is read; not said of the party


def listed_entity(entity_id: str, said: Answer) -> dict[str, Any]:
    """The entity.

    Args:
        entity_id: the entry.
        said: what `show_listed` gave of it.
    """
    rows = said.to_pylist()
    properties: dict[str, list[str]] = {}
    for row in rows:
        if row["what"] in _ABOUT:
            continue
        named = PROPERTIES.get(row["what"])
        value = row["value"] if named else f"{row['what']}: {row['value']}"
        values = properties.setdefault(named or "notes", [])
        if value not in values:
            values.append(value)
    kind = next((r["value"] for r in rows if r["what"] == "kind"), "")
    return {
        "id": entity_id,
        "caption": (properties.get("name") or [entity_id])[0],
        "schema": _SCHEMATA.get(kind, "LegalEntity"),
        "properties": properties,
        "datasets": sorted({r["value"] for r in rows if r["what"] == "list"}),
        "referents": [],
        "target": True,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
    }
