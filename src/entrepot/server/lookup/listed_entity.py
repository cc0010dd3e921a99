"""An entry of a list as an entity of FollowTheMoney."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.answer import Answer

# What a list says -> the property of FollowTheMoney that holds it; what has none stands under `notes`, with its word.
PROPERTIES: Mapping[str, str] = {
    "name": "name",
    "Chinese name": "alias",
    "alias": "alias",
    "former name": "previousName",
    "birth_date": "birthDate",
    "birth_place": "birthPlace",
    "nationality": "nationality",
    "country": "country",
    "address": "address",
    "programme": "program",
    "remark": "notes",
    "gender": "gender",
    "title": "title",
    "website": "website",
    "email": "email",
    "telephone": "phone",
    "established": "incorporationDate",
    "vessel_flag": "flag",
    "vessel_type": "type",
    "registration": "registrationNumber",
    "tax": "taxNumber",
    "imo": "imoNumber",
    "lei": "leiCode",
    "uscc": "uscCode",
    "publisher's page": "sourceUrl",
}
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
