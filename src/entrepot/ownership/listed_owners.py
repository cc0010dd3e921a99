"""Which parties of ownership data are listed: by the entry's id, by a number, or by a name to the letter."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from entrepot.core.words.translate import in_english, marked, tr
from entrepot.lists.in_force import list_ids, names_in_force
from entrepot.lists.listed_name import PROBABLE
from entrepot.lists.registry import sources
from entrepot.ownership.formats.links_draft import folded
from entrepot.vocabulary.identifiers import normal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from entrepot.lists.in_force import Listings
    from entrepot.lists.listed_name import ListedName
    from entrepot.ownership.owned_parties import OwnedParties

# A name of fewer letters is too often another's to tie a party to a listing by itself.
SHORTEST = 5
BY_ID, BY_NUMBER, BY_DECISION, BY_NAME, BY_WRITING = (
    marked("by its entry"),
    marked("by number"),
    marked("as decided on its case"),
    marked("by name alone: check that it is the same party"),
    marked(
        "by name alone, the same but for title, order or legal form as they are written: check that it is the same "
        "party"
    ),
)


@dataclass(frozen=True, slots=True)
class Tie:
    """A listing that a party of ownership data has.

    Attributes:
        entity_id, list_id, listed_name: of the listing.
        how: by its entry, by number, as decided, or by name.
        is_sure: whether the listing is in force that day beyond doubt.
        programmes: under which it is listed.
    """

    entity_id: str
    list_id: str
    listed_name: str
    how: str
    is_sure: bool
    programmes: tuple[str, ...]

    @property
    def said(self) -> str:
        """The tie in words."""
        doubt = "" if self.is_sure else tr(", which may be in force that day")
        return f"{self.listed_name} ({self.entity_id}, {self.list_id}{doubt}), {self.how}"


@in_english
def listed_owners(held: OwnedParties, data: Listings, lists: Sequence[str], day: date) -> Mapping[int, Sequence[Tie]]:
    """Place of each party that is listed -> its listings, the surest tie first.

    Args:
        held: the parties.
        data: the listings.
        lists: whose parties are the listed ones.
        day: on which they are in force.
    """
    found: dict[int, dict[str, Tie]] = defaultdict(dict)
    programmes = told_programmes(data)
    numbers = _numbers(held)
    weak = weak_names(data)
    for name in names_in_force(data, lists, day):
        tells = name.name_kind != PROBABLE and (name.entity_id, name.text) not in weak
        for place, how in _places(held, numbers, name, tells=tells):
            told = tuple((name.section or "").split("; ")) if name.section else programmes.get(name.entity_id, ())
            sure = name.status == "in_force"
            tie = Tie(name.entity_id, name.list_id, name.listed_name, how, sure, told)
            before = found[place].get(name.entity_id)
            if before is None or ORDER[how] < ORDER[before.how]:
                found[place][name.entity_id] = tie
    return {p: sorted(ties.values(), key=lambda t: (ORDER[t.how], t.entity_id)) for p, ties in found.items()}


# The surest first: an entry is named by whoever wrote the file, a number is one party's, a name may be several'.
ORDER = {BY_ID: 0, BY_NUMBER: 1, BY_DECISION: 2, BY_NAME: 3, BY_WRITING: 4}


def entry_ids(list_id: str, entity_id: str) -> tuple[str, ...]:
    """The ids by which a file may name an entry of a list: `ofac-sdn-29299` is `ofac-29299` too."""
    of = sources().get(list_id)
    return (entity_id,) if of is None else of.ids_of(entity_id)


def unheld_entries(held: OwnedParties, data: Listings, wanted: Sequence[str]) -> list[str]:
    """Ids of parties that look like those of a list's entries and name none that is held, on whatever day.

    Args:
        held: the parties.
        data: the listings.
        wanted: lists to which it is confined, for no other is read; empty for every list that is known.
    """
    lists = set(wanted or (*list_ids(data), *sources()))
    begins = lists | {of.prefix for name, of in sources().items() if name in lists and of.prefix}
    looks = re.compile("(?:" + "|".join(map(re.escape, sorted(begins))) + r")-\S+")
    found = [party for party in held.ids if looks.fullmatch(party)]
    if not found:
        return []
    tables = [data.listings, *(v.entries for v in data.versions.values())]
    rows = (zip(*(t.column(c).to_pylist() for c in ("list_id", "entity_id")), strict=True) for t in tables)
    known = {said for of_table in rows for row in of_table for said in entry_ids(*row)}
    return [party for party in found if party not in known]


def told_programmes(data: Listings) -> Mapping[str, tuple[str, ...]]:
    """Entry -> programmes under which the record lists it."""
    return {r["entity_id"]: tuple(r["programme"] or ()) for r in data.listings.to_pylist()}


def weak_names(data: Listings) -> frozenset[tuple[str, str]]:
    """Entry and name of each alias of which its list warns that it fits many."""
    rows = (r for v in data.versions.values() for r in v.names.to_pylist())
    return frozenset((r["entity_id"], r["name"]) for r in rows if r["strength"] == "weak")


def _places(
    held: OwnedParties, numbers: Mapping[tuple[str, str], Sequence[int]], name: ListedName, *, tells: bool
) -> Iterator[tuple[int, str]]:
    """Where a listed name's party stands, and by what; by the name itself only where that tells one from another."""
    for said in entry_ids(name.list_id, name.entity_id):
        if (place := held.by_id.get(said)) is not None:
            yield place, BY_ID
    for kind, number, country in json.loads(name.particulars).get("numbers", ()) if name.particulars else ():
        for place in numbers.get(("LEI" if kind == "lei" else country, number), ()):
            yield place, BY_NUMBER
    text = folded(name.text)
    if not tells or (text.isascii() and len(text.replace(" ", "")) < SHORTEST):
        return
    for place in held.by_name.get(text, ()):
        if {held.kinds[place], name.party} != {"person", "company"}:
            yield place, BY_NAME


def _numbers(held: OwnedParties) -> Mapping[tuple[str, str], list[int]]:
    """(LEI or country of the register, normal form) -> places."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, party in enumerate(held.ids):
        for said in (party, *held.numbers.get(place, ())):
            scheme, mark, number = said.partition(":")
            if mark and scheme not in {"name", "person", "record"}:
                kind = "lei" if scheme == "LEI" else "registration"
                found["LEI" if scheme == "LEI" else scheme[:2], normal(kind, number)].append(place)
    return found
