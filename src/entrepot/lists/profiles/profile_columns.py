"""The profile of a listed party as the columns that stand beside a match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.lists.contract import LISTED_PARTY
from entrepot.lists.profiles.statements import kept_apart

if TYPE_CHECKING:
    from entrepot.lists.profiles.profile import Profile
    from entrepot.lists.profiles.statements import Statement

# What a statement says -> the column in which it stands.
_COLUMNS = {
    "alias": "listed_other_names",
    "former name": "listed_other_names",
    "Chinese name": "listed_other_names",
    "birth_date": "listed_birth_dates",
    "nationality": "listed_nationalities",
    "country": "listed_countries",
    "address": "listed_addresses",
    "programme": "listed_programmes",
    "linked_to": "listed_linked_to",
    "document": "listed_identifiers",
    "remark": "listed_remarks",
}
_IN_THE_MATCH = frozenset({"name", "list", "section", "listed since", "listed until"})  # the match itself says them
_OF_THEIR_OWN = frozenset({"kind", "publisher's page"})  # stand alone, in listed_kind and listed_link
_NUMBER = "identifier: "
_FACTS = "listed_facts"


def profile_columns(found: Profile | None) -> dict[str, Any]:
    """What a list says of an entry, by the columns of LISTED_PARTY: nothing of the profile is left out.

    Args:
        found: the profile; None where no list that is held has the entry: then the columns are empty.
    """
    told: dict[str, Any] = {c.name: [] for c in LISTED_PARTY if c.kind.is_list}
    if found is None:
        return told
    for one in kept_apart(found.statements):
        if one.what not in _IN_THE_MATCH and one.what not in _OF_THEIR_OWN:
            column, said = _said(one)
            told[column].append(said + (f" ({one.note})" if one.note else ""))
    return told | {"listed_kind": next(iter(found.said("kind")), None), "listed_link": found.link or None}


def _said(one: Statement) -> tuple[str, str]:
    if one.what.startswith(_NUMBER):
        return "listed_identifiers", f"{one.what.removeprefix(_NUMBER)} {one.value}"
    if one.what in _COLUMNS:
        return _COLUMNS[one.what], one.value
    return _FACTS, f"{one.what.replace('_', ' ')}: {one.value}"
