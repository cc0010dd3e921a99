"""The tables of a region: its places with their spellings, what else bears their names, its numbered units."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from entrepot.core.errors import UnreadableFileError
from entrepot.core.tables.packaged import packaged_content, rows_of
from entrepot.core.words.translate import tr
from entrepot.vocabulary.regions.contract import LOOK_ALIKES_OF_REGION, PLACES_OF_REGION, UNITS_OF_REGION
from entrepot.vocabulary.regions.folding import folded_letters, is_han
from entrepot.vocabulary.regions.region import LookAlike, Place

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from entrepot.core.contract import Contract
    from entrepot.core.tables.packaged import Row
    from entrepot.vocabulary.regions.region import Doubt

_ROOM = "entrepot.vocabulary.regions"  # whose folder data it is
PLACES, LOOK_ALIKES, UNITS = "places", "look-alikes", "units"
CONTRACTS: Mapping[str, Contract] = MappingProxyType(
    {PLACES: PLACES_OF_REGION, LOOK_ALIKES: LOOK_ALIKES_OF_REGION, UNITS: UNITS_OF_REGION}
)
_DOUBTS: tuple[tuple[str, Doubt], ...] = (("spellings", ""), ("ambiguous_abroad", "abroad"), ("ambiguous", "home"))
_GAP = re.compile(r"[\s\-']+")


def file_names() -> list[str]:
    """The files of the folder data, in order, by their names in the repository: a wheel has its tables packed."""
    names = (e.name.removesuffix(".gz") for e in (files(_ROOM) / "data").iterdir())
    return sorted(n for n in names if n.endswith((".toml", ".csv")))


@cache
def text_of(name: str) -> str:
    """The content of a file of the folder data."""
    return packaged_content(_ROOM, name).decode("utf-8")


def region_texts() -> dict[str, str]:
    """The content of every file from which regions are read, by name."""
    return {n: text_of(n) for n in file_names() if not n.endswith("-in-names.toml")}


def region_ids(texts: Mapping[str, str]) -> list[str]:
    """The regions that have a file, in order."""
    return sorted(n.removesuffix(".toml") for n in texts if n.endswith(".toml"))


def rows(region_id: str, table: str, texts: Mapping[str, str]) -> list[Row]:
    """The rows of one table of a region; none where it has no such table.

    Raises:
        ContractBrokenError: its columns are others, or a cell is empty that may not be, as that of the source.
        UnreadableFileError: it is no strict CSV, or a cell is of another type.
    """
    name = f"{region_id}-{table}.csv"
    return rows_of(CONTRACTS[table], texts[name].encode(), name) if name in texts else []


def places_of(region_id: str, texts: Mapping[str, str]) -> tuple[dict[str, Place], list[Row]]:
    """The places by place_id, and the rows that they stand in.

    Raises:
        UnreadableFileError: there is none, a place_id stands twice, or a parent is no place.
    """
    name = f"{region_id}-{PLACES}.csv"
    found = rows(region_id, PLACES, texts)
    if not found:
        raise UnreadableFileError(name, tr("is missing or empty"), allowed=tr("the places of the region"))
    places: dict[str, Place] = {}
    for row in found:
        place = Place(*(row[k] for k in ("place_id", "kind", "name", "name_local", "parent", "source_id")))
        if places.setdefault(place.place_id, place) is not place:
            raise UnreadableFileError(
                name, tr("place_id {place_id} stands twice", place_id=place.place_id), allowed=tr("each once")
            )
    for place in places.values():
        if place.parent and place.parent not in places:
            raise UnreadableFileError(
                name,
                tr("the parent of {place_id} is {parent}", place_id=place.place_id, parent=place.parent),
                allowed=tr("a place_id"),
            )
    return places, found


def spelling_key(spelling: str) -> str:
    """A spelling folded, with one space for each gap, hyphen or apostrophe."""
    return closed_up(folded_letters(spelling))


def closed_up(letters: str) -> str:
    """Folded letters with one space for each gap, hyphen or apostrophe, and none behind: a soft sign is optional."""
    return _GAP.sub(" ", letters).rstrip()


def spellings_of(found: list[Row], places: Mapping[str, Place]) -> dict[str, tuple[Place, Doubt]]:
    """Folded spelling -> place and doubt; the first row with a spelling keeps it, certain before doubtful."""
    out: dict[str, tuple[Place, Doubt]] = {}
    for column, doubt in _DOUBTS:
        for row in found:
            for spelling in row[column]:
                out.setdefault(spelling_key(spelling), (places[row["place_id"]], doubt))
    return out


def derived_spellings(
    found: list[Row], places: Mapping[str, Place], letters: Mapping[str, str], behind: Mapping[str, Sequence[str]]
) -> dict[str, tuple[Place, Doubt]]:
    """Folded spelling -> place and doubt, of spellings that follow from others.

    Args:
        found: the rows of the places.
        places: by place_id.
        letters: the local script, each letter in Latin ones; a spelling with another letter is not read so.
        behind: by kind of place what is written behind its name, apart or run together with it.
    """
    out: dict[str, tuple[Place, Doubt]] = {}
    for column, doubt in _DOUBTS:
        for row in found:
            place = places[row["place_id"]]
            for spelling in row[column]:
                if letters and all(c == " " or c in letters for c in spelling):
                    # A word of few letters may be a name of anything: what it names stands beside it, or it is doubted.
                    doubted = doubt or ("" if " " in spelling else "home")
                    out.setdefault(spelling_key("".join(letters.get(c, c) for c in spelling)), (place, doubted))
                if spelling.isascii() and spelling.isalpha():
                    for word in behind.get(place.kind, ()):
                        out.setdefault(f"{spelling.lower()}{word}", (place, doubt))
                        out.setdefault(f"{spelling.lower()} {word}", (place, doubt))
    return out


def look_alikes_of(
    region_id: str, texts: Mapping[str, str], spellings: Mapping[str, object]
) -> dict[str, tuple[LookAlike, ...]]:
    """Folded spelling -> what else bears it.

    Raises:
        UnreadableFileError: a spelling is none of the places.
    """
    out: dict[str, tuple[LookAlike, ...]] = {}
    for row in rows(region_id, LOOK_ALIKES, texts):
        key = spelling_key(row["spelling"])
        if key not in spellings:
            name = f"{region_id}-{LOOK_ALIKES}.csv"
            raise UnreadableFileError(
                name, tr("{spelling!r} is no spelling of a place", spelling=row["spelling"]), allowed=tr("one of them")
            )
        signs = [folded_letters(s) for s in row["signs"]]
        words = "|".join(re.escape(s) for s in signs if not is_han(s[0]))
        han = "|".join(re.escape(s) for s in signs if is_han(s[0]))
        pattern = "|".join([*([rf"(?<![a-z0-9])(?:{words})(?![a-z0-9])"] if words else []), *([han] if han else [])])
        alike = LookAlike(key, row["elsewhere"], frozenset(row["countries"]), re.compile(pattern) if pattern else None)
        out[key] = (*out.get(key, ()), alike)
    return out


def blocks_of(region_id: str, texts: Mapping[str, str]) -> tuple[dict[int, str], str]:
    """Number of a unit -> place_id of the one that it lies in; and the source of the numbers."""
    found = rows(region_id, UNITS, texts)
    numbers = {n: row["place_id"] for row in found for n in range(row["first"], row["last"] + 1)}
    return numbers, found[0]["source_id"] if found else ""
