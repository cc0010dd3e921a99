"""A FollowTheMoney entity that is asked for, as cells of a row; which of its properties are read, and which are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from entrepot.core.words.translate import tr
from entrepot.server.lookup.listed_entity import followthemoney
from entrepot.server.refusal import UNREADABLE, RefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.screen import Kind

NAMES = ("name", "alias", "previousName", "weakAlias")
HEADINGS = followthemoney("asked")  # a property -> the heading under which `screen` reads it
_KINDS: Mapping[str, str | None] = {
    "Thing": None,
    "LegalEntity": None,
    "Organization": "company",
    "Company": "company",
    "PublicBody": "company",
    "Person": "person",
    "Vessel": "vessel",
    "Airplane": None,
}
_MOST_NAMES = 20  # of one entity: each is searched, and lists give ten to the longest


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """An entity that is asked for.

    Attributes:
        rows: its names as rows, each with what is known beside them.
        kind: what it is; None for either.
        read: the properties that were read, as an answer repeats them.
    """

    rows: tuple[dict[str, str], ...]
    kind: Kind | None
    read: dict[str, list[str]]


def entity_query(schema: str, properties: Mapping[str, Any]) -> EntityQuery:
    """Read an entity.

    Args:
        schema: of FollowTheMoney.
        properties: each a text or a list of texts.

    Raises:
        RefusedError: a schema that no list holds, or no name.
    """
    if schema not in _KINDS:
        raise RefusedError(UNREADABLE, tr("unknown schema"), found=schema, allowed=", ".join(_KINDS))
    given = {p: texts for p, v in properties.items() if (texts := _texts(v))}
    if "name" not in given and (parts := [given[p][0] for p in ("firstName", "middleName", "lastName") if p in given]):
        given["name"] = [" ".join(parts)]
    names = list(dict.fromkeys(n for p in NAMES for n in given.get(p, ())))[:_MOST_NAMES]
    if not names:
        raise RefusedError(
            UNREADABLE, tr("an entity without a name"), remedy=tr('Give "properties": {"name": ["..."]}.')
        )
    beside: dict[str, str] = {}
    for prop, heading in HEADINGS.items():
        if prop in given:
            beside.setdefault(heading, given[prop][0])
    read = {p: v for p, v in given.items() if p in NAMES or p in HEADINGS}
    return EntityQuery(tuple({"name": n, **beside} for n in names), cast("Kind | None", _KINDS[schema]), read)


def _texts(value: Any) -> list[str]:
    """The texts of a property; what is no text, an entity within it for one, is not read."""
    values = value if isinstance(value, list) else [value]
    return [" ".join(v.split()) for v in values if isinstance(v, str) and v.strip()]
