"""The profile of a listed party as the columns that stand beside a match."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from entrepot.core.contract import Column
from entrepot.core.words.translate import marked
from entrepot.lists.profiles.statements import kept_apart

if TYPE_CHECKING:
    from entrepot.lists.profiles.profile import Profile
    from entrepot.lists.profiles.statements import Statement

_NOT_SAID = ("not_applicable", "not_reported")

# What its list says of a listed party, beside a match: whatever stands in its profile and not in the match itself.
LISTED_PARTY = (
    Column("listed_kind", "text", "person, organisation, vessel, aircraft or unknown", absent=_NOT_SAID),
    Column("listed_other_names", "texts", "its other names on the list, with what the list says of them"),
    Column("listed_birth_dates", "texts", "its dates or years of birth, as printed"),
    Column("listed_nationalities", "texts", "its nationalities, as printed"),
    Column("listed_countries", "texts", "the countries of its addresses, as printed"),
    Column("listed_addresses", "texts", "its addresses, as printed"),
    Column("listed_programmes", "texts", "programmes under which it is listed"),
    Column("listed_linked_to", "texts", "parties to which the list links it"),
    Column("listed_identifiers", "texts", "its numbers, each behind its kind; of a person's documents kind and issuer"),
    Column("listed_remarks", "texts", "remarks of the list"),
    Column("listed_facts", "texts", "whatever else the list prints of it, each what: value"),
    Column("listed_link", "text", "where the publisher prints the entry, or else the list", absent=_NOT_SAID),
)
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
_IN_THE_MATCH = frozenset(
    {"name", "list", "section", marked("listed since"), marked("listed until")}
)  # the match itself says them
_OF_THEIR_OWN = frozenset({"kind", marked("publisher's page")})  # stand alone, in listed_kind and listed_link
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
