"""Parties that are parts of a listed party by their name: a division of a corps, where the corps is listed.

Their names are too unlike that of the whole to be met by it. Which place of a region is a party, and how its parts are
written, is data of the region. See docs/design/27-regions.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from entrepot.core.words.translate import marked
from entrepot.vocabulary.regions.country_cell import where
from entrepot.vocabulary.regions.find_place import find_place
from entrepot.vocabulary.regions.region_files import region

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from entrepot.lists.listed_name import ListedName
    from entrepot.lists.search_set import Searched
    from entrepot.measures.by_region import UnderMeasure
    from entrepot.screening.parties.parties import Party
    from entrepot.vocabulary.regions.find_place import Evidence
    from entrepot.vocabulary.regions.region import Region, Whole

_SAID = marked("The name: ")
_OTHER_SPELLING = marked("Listed is {listed}: the same party.")
_NOT_LISTED = marked("Listed is {listed}, not this party: whether the listing reaches its parts is for the act to say.")


@dataclass(frozen=True, slots=True)
class PartOf:
    """A party that is a part of a listed one.

    Attributes:
        listed: the name by which the whole is listed.
        place_id, place: the part, of the region's places.
        span: the words that name it.
        strength: certain, or possible where the words can mean something else.
        reasons: sentences.
    """

    listed: ListedName
    place_id: str
    place: str
    span: str
    strength: str
    reasons: tuple[str, ...]


def parts_of_listed(party: Party, against: Searched, under: Sequence[UnderMeasure]) -> Iterator[PartOf]:
    """What a party is a part of by its name, each listed whole once.

    Args:
        party: as read; a person is no part.
        against: the listed names.
        under: the regions that are looked for.
    """
    if not party.name or party.kind == "person":
        return
    for at in (region(u.region) for u in under):
        for whole in at.wholes:
            found = _named(at, whole, party)
            if found is not None:
                is_itself = _is_itself(whole, found, party.name)
                yield from (
                    _part(whole, found, listed, is_itself=is_itself) for listed in _listings(at, whole, against)
                )


def wholes_listed(against: Searched, under: Sequence[UnderMeasure]) -> frozenset[tuple[str, str]]:
    """The listed entities, each list and entity, of which parties may be parts by their name.

    Args:
        against: the listed names.
        under: the regions that are looked for.
    """
    each = ((at, whole) for at in (region(u.region) for u in under) for whole in at.wholes)
    return frozenset((n.list_id, n.entity_id) for at, whole in each for n in _listings(at, whole, against))


def _named(at: Region, whole: Whole, party: Party) -> Evidence | None:
    """The part that a name says.

    A unit within another counts only where it is certain: armies, orchestras and tours have numbers too.
    """
    country = party.country or ""
    found = find_place(at, party.name, country=country, within=whole.place.place_id)
    if found is None or where(country, at) == "abroad":
        return None
    return found if found.strength == "certain" or found.place.place_id in at.places else None


def _is_itself(whole: Whole, found: Evidence, name: str) -> bool:
    """Whether a name says the whole and nothing else, so that it is no part of it."""
    beyond = name[: found.start] + name[found.end :]
    return bool(whole.itself) and found.place == whole.place and not any(map(str.isalnum, beyond))


def _part(whole: Whole, found: Evidence, listed: ListedName, *, is_itself: bool) -> PartOf:
    sentence = whole.itself if is_itself else whole.named if found.place == whole.place else whole.part
    said = sentence.format(found=found.found, part=found.place.name, whole=whole.place.name)
    doubt = _OTHER_SPELLING if is_itself else _NOT_LISTED
    place, reasons = found.place, (f"{_SAID}{said}", doubt.format(listed=listed.listed_name))
    return PartOf(listed, place.place_id, place.name, found.found, found.strength, reasons)


@lru_cache(maxsize=8)  # of one screening a set of names and a whole or two; a held set is mapped, not copied
def _listings(at: Region, whole: Whole, against: Searched) -> tuple[ListedName, ...]:
    """Each listed entity that is the whole, by one of its names among those searched; its first name before others."""
    import pyarrow as pa
    import pyarrow.compute as pc

    spellings = [s for s, (place, doubt) in at.spellings.items() if place == whole.place and not doubt]
    held = pc.is_in(pc.utf8_lower(against.names.column("text")), value_set=pa.array(spellings, pa.string()))
    out: dict[tuple[str, str], ListedName] = {}
    for position in pc.indices_nonzero(held).to_pylist():
        listed = against.listed(position)
        entity = (listed.list_id, listed.entity_id)
        if entity not in out or (listed.name_kind == "name" != out[entity].name_kind):
            out[entity] = listed
    return tuple(out.values())
