"""An entry of a list as an entity of FollowTheMoney."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeAlias

from entrepot.core.errors import BadDateError
from entrepot.core.periods import parse
from entrepot.vocabulary.countries import code_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from entrepot.desk.ready_lists import ListedEntry


def followthemoney(part: str) -> Mapping[str, str]:
    """Names of FollowTheMoney beside ours.

    Args:
        part: `asked`: property -> heading; `listed`: what a list says -> property; `schemata`: property -> those that
            have it; `written`: property -> how; `months` and `gender`: a word -> how it is written.
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
_ABOUT = {"kind", "source", "list"}  # what an entry is, and where it is read; not said of the party
_HAVING = {prop: frozenset(of.split()) for prop, of in followthemoney("schemata").items()}
_WRITTEN, _MONTHS, _GENDERS = followthemoney("written"), followthemoney("months"), followthemoney("gender")
_DAY = re.compile(r"(?:(\d{1,2}) )?([a-z]{3,9})\.? (\d{4})", re.IGNORECASE | re.ASCII)
_ISO = re.compile(r"\d{4}(?:-\d\d){0,2}", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)


def listed_entity(listed: ListedEntry) -> dict[str, Any]:
    """The entity.

    Args:
        listed: what its list says of it.
    """
    schema = next((_SCHEMATA[k] for k in listed.said("kind") if k in _SCHEMATA), "LegalEntity")
    properties: dict[str, list[str]] = {}
    for one in listed.statements:
        if one.what in _ABOUT:
            continue
        prop, value = _property(one.what, one.value, schema)
        values = properties.setdefault(prop, [])
        if value not in values:
            values.append(value)
    return {
        "id": listed.entity_id,
        "caption": (properties.get("name") or [listed.entity_id])[0],
        "schema": schema,
        "properties": properties,
        "datasets": [listed.list_id],
        "referents": [],
        "target": True,
        "first_seen": None,
        "last_seen": None,
        "last_change": None,
    }


def with_listed(result: dict[str, Any], listed: ListedEntry | None) -> dict[str, Any]:
    """A result of a search with all that the list says of the entity, as it is shown by itself.

    Args:
        result: as yente has it, with the names that were met.
        listed: what its list says; None where it cannot be read: the result is shown without.
    """
    if listed is None:
        return result
    whole = listed_entity(listed)
    held = whole["properties"]
    known = {name for prop in ("name", "alias", "previousName") for name in held.get(prop, ())}
    if met := [name for name in result["properties"].get("name", ()) if name not in known]:
        held["alias"] = [*held.get("alias", ()), *met]
    return {**result, **{key: whole[key] for key in ("schema", "properties")}}


def _property(what: str, value: str, schema: str) -> tuple[str, str]:
    """The property that holds what a list says, and how it is written there; else a note, with its word."""
    prop = PROPERTIES.get(what, "")
    if prop and schema in _HAVING.get(prop, (schema,)):
        how = _WRITTEN.get(prop)
        if written := _HOW[how](value) if how else value:
            return prop, written
    return "notes", f"{what}: {value}"


def _as_day(text: str) -> str:
    """A day, a month or a year by ISO 8601; empty for what is none: two of them, a span, about when."""
    given = text.strip()
    if found := _DAY.fullmatch(given):
        month = next((number for name, number in _MONTHS.items() if name.startswith(found[2].casefold())), "")
        given = "-".join(filter(None, (found[3], month, found[1] and found[1].zfill(2)))) if month else ""
    if not _ISO.fullmatch(given):
        return ""
    try:
        parse(given)
    except BadDateError:  # a day that no calendar has
        return ""
    return given


def _as_number(text: str) -> str:
    given = text.replace(",", "").strip()
    return given if _NUMBER.fullmatch(given) else ""


_How: TypeAlias = Callable[[str], str]
_HOW: Mapping[str, _How] = {
    "date": _as_day,
    "country": lambda text: code_of(text).lower(),
    "gender": lambda text: _GENDERS.get(text.strip().casefold(), ""),
    "number": _as_number,
}
