"""A FollowTheMoney entity that is asked for, as cells of a row; which of its properties are read, and which are not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from entrepot.core.tables.buffers import is_storable
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
_MOST_NAMES = 20  # and addresses, of one entity: each is searched, and lists give ten to the longest
_OF_NAME = ("firstName", "middleName", "lastName")  # together a name, where none is given as one
_NOBODYS = {HEADINGS["country"], HEADINGS["birthDate"]}  # many have the same: by them no party is told, as in `screen`
_BESIDE_WORDS = re.compile(r"[\s_-]+")


@dataclass(frozen=True, slots=True)
class EntityQuery:
    """An entity that is asked for.

    Attributes:
        rows: its names as rows, each with what is known beside them.
        kind: what it is; None for either.
        read: the properties that were read, as an answer repeats them.
        unread: the others.
    """

    rows: tuple[dict[str, str], ...]
    kind: Kind | None
    read: dict[str, list[str]]
    unread: tuple[str, ...] = ()


class UnstorableError(RefusedError):
    """An entity whose text no table holds; the others of its request are answered.

    Args:
        prop: the property.
        found: its text.
    """

    def __init__(self, prop: str, found: str) -> None:
        thing = tr("{heading} holds a character that cannot be written", heading=prop)
        allowed = tr("text without NUL and without half a surrogate pair")
        super().__init__(UNREADABLE, thing, found=found, allowed=allowed)


def entity_query(schema: str, properties: Mapping[str, Any]) -> EntityQuery:
    """Read an entity.

    Args:
        schema: of FollowTheMoney.
        properties: each a text or a list of texts.

    Raises:
        RefusedError: a schema that no list holds; no name, and neither an address nor a number of a register.
        UnstorableError: a text that no table holds.
    """
    if schema not in _KINDS:
        raise RefusedError(UNREADABLE, tr("unknown schema"), found=schema, allowed=", ".join(_KINDS))
    given = {p: texts for p, v in properties.items() if (texts := _texts(v))}
    for prop, text in ((p, t) for p, texts in given.items() for t in texts):
        if not is_storable(text):
            raise UnstorableError(prop, text)
    put_together = () if "name" in given else [p for p in _OF_NAME if p in given]
    if put_together:
        given["name"] = [" ".join(given[p][0] for p in put_together)]
    names = list(dict.fromkeys(n for p in NAMES for n in given.get(p, ())))[:_MOST_NAMES]
    beside: dict[str, str] = {}
    for prop, heading in HEADINGS.items():
        if prop in given:
            beside.setdefault(heading, given[prop][0])
    if not names and _NOBODYS.issuperset(beside):
        raise RefusedError(
            UNREADABLE,
            tr("an entity without a name"),
            remedy=tr('Give "properties": {"name": ["..."]}, or an address.'),
        )
    read = {p: v for p, v in given.items() if p in NAMES or p in HEADINGS}
    unread = tuple(p for p, v in properties.items() if p not in read and p not in put_together and v not in _EMPTY)
    rows = [{"name": n, **beside} for n in names or ("",)]
    others = [a for p in ("address", "full") for a in given.get(p, ()) if a != beside["address"]]
    rows += [rows[0] | {"address": a} for a in dict.fromkeys(others[:_MOST_NAMES])]
    return EntityQuery(tuple(rows), cast("Kind | None", _KINDS[schema]), read, unread)


def by_property(said: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an object by the properties that they mean: `birth_date` and `birth date` are birthDate.

    Args:
        said: fields as somebody calls them; of two that mean one property the first is it, the other keeps its name.
    """
    meant: dict[str, Any] = {}
    for name, value in said.items():
        prop = _MEANT.get(_run_together(name), name)
        meant[name if prop in meant else prop] = value
    return meant


def _run_together(name: str) -> str:
    return _BESIDE_WORDS.sub("", name).casefold()


# As `screen` calls a column, or as the model calls a property; the property goes before.
_MEANT: Mapping[str, str] = {
    **{_run_together(heading): prop for prop, heading in reversed(list(HEADINGS.items()))},
    **{_run_together(prop): prop for prop in (*NAMES, *_OF_NAME, *HEADINGS)},
}
_EMPTY: tuple[Any, ...] = (None, "", [], {})  # what says nothing is not missed


def _texts(value: Any) -> list[str]:
    """The texts of a property, a whole number among them; what is neither, an entity within it for one, is not read."""
    values = value if isinstance(value, list) else [value]
    texts = [str(v) if type(v) is int else v for v in values]
    return [" ".join(v.split()) for v in texts if isinstance(v, str) and v.strip()]
